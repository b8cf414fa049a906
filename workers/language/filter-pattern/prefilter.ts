/**
 * Texts that a line must hold to match a JSON or space-delimited pattern: a scan for them skips most lines before anything is
 * parsed. Sound, never complete: what it finds is still evaluated.
 *
 * In JSON a character may be spelled as an escape. Letters, digits and a few signs can only be escaped as \uXXXX, so a
 * line without the literal text and without "\u" does not hold it. A member's name, and a value that is a whole text,
 * stand between quotation marks.
 */
import type { FilterPattern, JsonTest, Operand, SlotTest } from "./tree.ts";

/** Text that JSON spells as it is, or with \uXXXX. */
export const PLAIN = /^[A-Za-z0-9_. :=@#+-]+$/;
/** Holds a character that no spelling of a number has, so that it can only be compared with a JSON string. */
const NO_NUMBER = /[^0-9eE+.\-Infity]/;

/** A line matches only when it holds all of `all` and one of `any` (if there are any), or, with `mayEscape`, holds "\u". UTF-8. */
export interface Prefilter {
  readonly all: readonly Uint8Array[];
  readonly any: readonly Uint8Array[];
  readonly mayEscape: boolean;
}

/** Undefined when nothing can be said. */
export function prefilter(pattern: FilterPattern): Prefilter | undefined {
  let all: readonly string[] = [];
  let any: readonly string[] = [];
  if (pattern.kind === "json") {
    const literals = jsonLiterals(pattern.test);
    all = literals.all;
    any = literals.any[0] ?? [];
  } else if (pattern.kind === "delimited") {
    const literals = [...pattern.head, ...(pattern.tail ?? [])].flatMap(({ test }) => (test === undefined ? [] : slotLiterals(test)));
    all = longest(literals);
  }
  if (all.length + any.length === 0) return undefined;
  const encoder = new TextEncoder();
  const bytes = (texts: readonly string[]): Uint8Array[] => [...new Set(texts)].map((text) => encoder.encode(text));
  return { all: bytes(all), any: bytes(any), mayEscape: pattern.kind === "json" };
}

const longest = (texts: readonly string[]): readonly string[] =>
  [...texts].sort((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, 1);

const textOf = (value: Operand, operator: string): string =>
  operator === "=" && value.kind === "text" && value.text !== "" ? value.text : "";

/** Texts that must all be there, and sets of which one must be. */
interface Literals {
  readonly all: readonly string[];
  readonly any: readonly (readonly string[])[];
}

function jsonLiterals(test: JsonTest): Literals {
  switch (test.kind) {
    case "and": {
      const parts = test.parts.map(jsonLiterals);
      return { all: parts.flatMap(({ all }) => all), any: parts.flatMap(({ any }) => any) };
    }
    case "or": {
      const parts = test.parts.map(jsonLiterals);
      // One text of each branch; a branch that says nothing lets everything through.
      const one = parts.map(({ all, any }) => (all.length > 0 ? longest(all) : (any[0] ?? [])));
      return { all: [], any: one.some(({ length }) => length === 0) ? [] : [one.flat()] };
    }
    case "not-exists":
      return { all: [], any: [] };
    case "is":
    case "compare": {
      const names = test.selector.steps.flatMap((step) => (step.kind === "member" && PLAIN.test(step.name) ? [step.name] : []));
      const text = test.kind === "compare" ? textOf(test.value, test.operator) : "";
      const value = PLAIN.test(text) && NO_NUMBER.test(text) ? [quoted(text, test.kind === "compare" ? test.value : undefined)] : [];
      return { all: [...names.slice(-1).map((name) => quoted(name)), ...value], any: [] };
    }
  }
}

/** A text between quotation marks; a wildcard end is open. */
function quoted(text: string, value?: Operand): string {
  const { openStart = false, openEnd = false } = value?.kind === "text" ? value : {};
  return `${openStart ? "" : '"'}${text}${openEnd ? "" : '"'}`;
}

function slotLiterals(test: SlotTest): readonly string[] {
  if (test.kind === "and") return test.parts.flatMap(slotLiterals);
  const text = test.kind === "compare" ? textOf(test.value, test.operator) : "";
  return text === "" ? [] : [text];
}
