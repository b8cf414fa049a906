/** Tokens of a filter expression. */
import { invalidExpression } from "./expression-error.ts";

export interface Token {
  /** `json`: from `#[` to its closing bracket; `bracketed`: what stands in `annotation[...]`. */
  readonly kind: "word" | "number" | "text" | "sign" | "json" | "end";
  /** As written; of a text what is meant, of a word in lower case. */
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

const SIGNS = ["!=", "<=", ">=", "=", "<", ">", "!", "(", ")", "{", "}", "[", "]", ",", ":"] as const;
const WORD = /[A-Za-z_][A-Za-z0-9_.]*/y;
const NUMBER = /-?\d+(?:\.\d+)?(?![A-Za-z0-9_.])/y;
const BLANK = /\s/;

/** All tokens, an `end` behind them. Throws `FilterExpressionError` at the first character that begins none. */
export function scan(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const add = (kind: Token["kind"], value: string, to: number): void => {
    tokens.push({ kind, value, from: at, to });
    at = to;
  };
  while (at < text.length) {
    const character = text[at] as string;
    if (BLANK.test(character)) {
      at++;
      continue;
    }
    if (character === '"') {
      const { value, to } = readText(text, at);
      add("text", value, to);
      continue;
    }
    if (text.startsWith("#[", at)) {
      const to = endOfJson(text, at + 1);
      add("json", text.slice(at + 1, to), to);
      continue;
    }
    WORD.lastIndex = NUMBER.lastIndex = at;
    const word = WORD.exec(text)?.[0];
    const number = NUMBER.exec(text)?.[0];
    const sign = SIGNS.find((each) => text.startsWith(each, at));
    if (word !== undefined) add("word", word, at + word.length);
    else if (number !== undefined) add("number", number, at + number.length);
    else if (sign !== undefined) add("sign", sign, at + sign.length);
    else throw invalidExpression(at, at + 1, strayHint(text, at));
  }
  add("end", "", at);
  return tokens;
}

function strayHint(text: string, at: number): string {
  if (text.startsWith("&&", at)) return "Write AND.";
  if (text.startsWith("||", at)) return "Write OR.";
  if (text[at] === "'") return "A text stands in double quotes.";
  if (/[-\d]/.test(text[at] as string)) return "This is no number.";
  return "This character has no meaning here.";
}

/** From `"` to the next `"` without a backslash before it; `\"` is a quote and `\\` a backslash, any other backslash itself. */
function readText(text: string, open: number): { readonly value: string; readonly to: number } {
  let value = "";
  for (let at = open + 1; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"') return { value, to: at + 1 };
    const next = text[at + 1];
    if (character === "\\" && (next === '"' || next === "\\")) {
      value += next;
      at++;
    } else value += character;
  }
  throw invalidExpression(open, text.length, "This quote is never closed.");
}

function endOfJson(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const character = text[at];
    if (character === '"') {
      for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === "\\") at++;
    } else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") {
      depth--;
      if (depth === 0) return at + 1;
    }
  }
  throw invalidExpression(open - 1, text.length, "This list is never closed.");
}
