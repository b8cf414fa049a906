/** A JSON line cut into coloured tokens, each value with the way to it. Text that is no JSON ends the reading quietly. */
export interface JsonToken {
  readonly from: number;
  readonly to: number;
  readonly css: "k" | "st" | "nu" | "pu";
  /** Members and positions from the root; of values only. */
  readonly path?: readonly (string | number)[];
}

const DEEPEST = 40;
const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const STRING = /"(?:\\.|[^"\\])*"/y;

/** Undefined when the text does not begin as a JSON object; else the tokens as far as it goes. */
export function jsonTokens(text: string): readonly JsonToken[] | undefined {
  let at = /^\s*/.exec(text)?.[0].length ?? 0;
  if (text[at] !== "{") return undefined;
  const tokens: JsonToken[] = [];
  const path: (string | number)[] = [];

  const blanks = (): void => {
    while (at < text.length && " \t\n\r".includes(text[at] as string)) at++;
  };
  const take = (set: RegExp): string | undefined => {
    set.lastIndex = at;
    const found = set.exec(text)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  const add = (from: number, css: JsonToken["css"], isValue: boolean): void => {
    tokens.push({ from, to: at, css, ...(isValue ? { path: [...path] } : {}) });
  };
  /** False = it is no JSON from here on. */
  const value = (depth: number): boolean => {
    blanks();
    const from = at;
    const opening = text[at];
    if (opening === '"') {
      if (take(STRING) === undefined) return false;
      add(from, "st", true);
      return true;
    }
    if (opening !== "{" && opening !== "[") {
      if (take(NUMBER) === undefined) return false;
      add(from, "nu", true);
      return true;
    }
    if (depth > DEEPEST) return false;
    at++;
    const closing = opening === "{" ? "}" : "]";
    for (let index = 0; ; index++) {
      blanks();
      if (text[at] === closing) {
        at++;
        return true;
      }
      if (index > 0) {
        if (text[at] !== ",") return false;
        at++;
        blanks();
      }
      if (opening === "{") {
        const start = at;
        const name = take(STRING);
        if (name === undefined) return false;
        add(start, "k", false);
        blanks();
        if (text[at] !== ":") return false;
        at++;
        path.push(nameOf(name));
      } else path.push(index);
      const isFine = value(depth + 1);
      path.pop();
      if (!isFine) return false;
    }
  };
  value(0);
  return tokens;
}

function nameOf(quoted: string): string {
  if (!quoted.includes("\\")) return quoted.slice(1, -1);
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1); // an escape that JSON does not know: shown as it stands
  }
}

/** `$.a.b[0]`, as a filter pattern writes the way to a value. */
export function selectorOf(path: readonly (string | number)[]): string {
  return `$${path.map((step) => (typeof step === "number" ? `[${step}]` : /^[\w-]+$/.test(step) ? `.${step}` : `.['${step}']`)).join("")}`;
}
