/** Where a text stops being JSON. JSON.parse knows, but does not always tell the place. */

export interface SyntaxPlace {
  readonly message: string;
  readonly from: number;
  readonly to: number;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON's strings hold none
const STRING = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

/** Undefined: the text is JSON. */
export function syntaxError(text: string): SyntaxPlace | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return false;
    at += found[0].length;
    return true;
  };
  const wrong = (wanted: string): SyntaxPlace => {
    const found = text.slice(at, at + 1);
    if (found === "") return { message: `The text ends, and ${wanted} is wanted.`, from: text.length, to: text.length };
    if (found === '"' && wanted !== "a comma")
      return { message: "The string is broken: a quote, a backslash or a line break.", from: at, to: text.length };
    return { message: `Here ${wanted} is wanted.`, from: at, to: at + 1 };
  };
  /** What is open, innermost last. */
  const open: ("{" | "[")[] = [];
  let state: "value" | "first" | "name" | "after" = "value";
  for (;;) {
    take(SPACE);
    const here = text[at];
    if (state === "after") {
      const inner = open.at(-1);
      if (inner === undefined) return here === undefined ? undefined : { message: "JSON ends before this.", from: at, to: text.length };
      if (here === ",") {
        at++;
        state = inner === "{" ? "name" : "value";
      } else if (here === (inner === "{" ? "}" : "]")) {
        at++;
        open.pop();
      } else return wrong("a comma");
      continue;
    }
    if (state === "name" || (state === "first" && open.at(-1) === "{")) {
      if (state === "first" && here === "}") {
        at++;
        open.pop();
        state = "after";
        continue;
      }
      if (!take(STRING)) return wrong("a member's name in quotes");
      take(SPACE);
      if (text[at] !== ":") return wrong("a colon");
      at++;
      state = "value";
      continue;
    }
    if (state === "first" && here === "]") {
      at++;
      open.pop();
      state = "after";
    } else if (here === "{" || here === "[") {
      at++;
      open.push(here);
      state = "first";
    } else if (take(STRING) || take(NUMBER) || take(WORD)) state = "after";
    else return wrong("a value");
  }
}
