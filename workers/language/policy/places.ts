/** Where the statements of a policy stand in its text. The text is valid JSON. */

export interface Place {
  /** From 1. */
  readonly Line: number;
  readonly Column: number;
}

export interface Span {
  /** Offsets: of the first character, and behind the last. */
  readonly from: number;
  readonly to: number;
}

const SPACE = /[\s,:]/;

const skipSpace = (text: string, at: number): number => {
  while (at < text.length && SPACE.test(text[at] as string)) at++;
  return at;
};

/** Behind the string that begins at `at`. */
function skipString(text: string, at: number): number {
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === '"') return i + 1;
  }
  return text.length;
}

/** Behind the value that begins at `at`. */
function skipValue(text: string, at: number): number {
  if (text[at] === '"') return skipString(text, at);
  if (text[at] !== "{" && text[at] !== "[") {
    while (at < text.length && !/[\s,\]}]/.test(text[at] as string)) at++;
    return at;
  }
  let depth = 0;
  while (at < text.length) {
    const character = text[at];
    if (character === '"') {
      at = skipString(text, at);
      continue;
    }
    at++;
    if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at;
  }
  return at;
}

/** Spans of the statements, in their order. */
export function statementSpans(text: string): readonly Span[] {
  let at = skipSpace(text, 0) + 1;
  let spans: readonly Span[] = [];
  for (;;) {
    at = skipSpace(text, at);
    if (at >= text.length || text[at] === "}") return spans;
    const keyEnd = skipString(text, at);
    const isStatement = (JSON.parse(text.slice(at, keyEnd)) as string) === "Statement";
    const from = skipSpace(text, keyEnd);
    const to = skipValue(text, from);
    // Of a member that is there twice the last counts, as JSON.parse has it.
    if (isStatement) spans = text[from] === "[" ? elements(text, from) : [{ from, to }];
    at = to;
  }
}

/**
 * Where a member stands, by the path in a parser's words (`Statement[0].Effect`): its value, else its name's nearest parent.
 * One statement that is no list is `Statement[0]` too. The text is valid JSON.
 */
export function memberSpan(text: string, path: string): Span {
  const steps = path.match(/[^.[\]]+|\[\d+\]/g) ?? [];
  const start = skipSpace(text, 0);
  let span: Span = { from: start, to: skipValue(text, start) };
  for (let i = 0; i < steps.length; i++) {
    const step = steps[i] as string;
    if (step.startsWith("[")) {
      if (text[span.from] !== "[") continue;
      const element = elements(text, span.from)[Number(step.slice(1, -1))];
      if (element === undefined) return span;
      span = element;
      continue;
    }
    // A name may hold dots (`aws:x.y`): the rest of the path is tried first.
    const found = membersOf(text, span.from);
    const whole = found.find(({ name }) => name === steps.slice(i).join("."));
    const next = whole ?? found.findLast(({ name }) => name === step);
    if (next === undefined) return span;
    span = next;
    if (whole !== undefined) return span;
  }
  return span;
}

function membersOf(text: string, at: number): readonly (Span & { readonly name: string })[] {
  const found: (Span & { readonly name: string })[] = [];
  if (text[at] !== "{") return found;
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "}") {
    const keyEnd = skipString(text, at);
    const name = JSON.parse(text.slice(at, keyEnd)) as string;
    const from = skipSpace(text, keyEnd);
    const to = skipValue(text, from);
    found.push({ name, from, to });
    at = skipSpace(text, to);
  }
  return found;
}

function elements(text: string, at: number): readonly Span[] {
  const spans: Span[] = [];
  at = skipSpace(text, at + 1);
  while (at < text.length && text[at] !== "]") {
    const to = skipValue(text, at);
    spans.push({ from: at, to });
    at = skipSpace(text, to);
  }
  return spans;
}

export function placeOf(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  const lastBreak = before.lastIndexOf("\n");
  return { Line: before.split("\n").length, Column: offset - lastBreak };
}
