/**
 * The regular expressions of filter patterns (between two % signs). There are no groups, so an expression is a list of
 * alternatives, each a sequence of characters classes with bounds, and anchors. Source: user guide "Supported regular expressions".
 */
import { invalidPattern } from "./pattern-error.ts";

/** A set of characters: by ASCII code, and whether every character beyond ASCII is in it. */
export interface CharacterSet {
  readonly ascii: Uint8Array;
  readonly beyond: boolean;
}

export type RegexItem =
  | { readonly kind: "start" }
  | { readonly kind: "end" }
  | { readonly kind: "set"; readonly set: CharacterSet; readonly least: number; readonly most: number };

export type Alternative = readonly RegexItem[];

const LITERALS = /[A-Za-z0-9:_#=@/;,\- ]/;
const OPERATORS = "^$?[]{}|\\*+.";
/** Copies a bound may ask for; more makes no sense in a line and would only cost memory. */
const MOST_REPEATS = 1000;
/** Characters sets in the whole expression once bounds are written out. */
const MOST_STATES = 4000;

const setOf = (characters: string): CharacterSet => {
  const ascii = new Uint8Array(128);
  for (const character of characters) ascii[character.charCodeAt(0)] = 1;
  return { ascii, beyond: false };
};
const inverted = (set: CharacterSet): CharacterSet => ({ ascii: set.ascii.map((member) => 1 - member), beyond: !set.beyond });

const DIGITS = setOf("0123456789");
const BLANKS = setOf("\t \n");
const WORD = setOf("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
const ANY = inverted(setOf(""));
const CLASSES: Readonly<Record<string, CharacterSet>> = {
  d: DIGITS,
  D: inverted(DIGITS),
  s: BLANKS,
  S: inverted(BLANKS),
  w: WORD,
  W: inverted(WORD),
};

/** Parses `pattern[from, to)`, the text between the % signs. Throws `PatternError` with positions in the whole pattern. */
export function parseRegex(pattern: string, from: number, to: number): readonly Alternative[] {
  if (from === to) throw invalidPattern(from - 1, to + 1, "There is nothing between the % signs.");
  let at = from;
  let states = 0;
  const alternatives: RegexItem[][] = [[]];
  while (at < to) {
    const start = at;
    const character = pattern[at]!;
    const sequence = alternatives[alternatives.length - 1]!;
    if (character === "|") {
      alternatives.push([]);
      at++;
      continue;
    }
    if (character === "^" || character === "$") {
      sequence.push({ kind: character === "^" ? "start" : "end" });
      at++;
      continue;
    }
    const [set, next] = readSet(pattern, at, to);
    const bounds = readBounds(pattern, next, to);
    at = bounds.next;
    states += bounds.most === Infinity ? bounds.least + 1 : bounds.most;
    if (states > MOST_STATES) throw invalidPattern(start, at, "This regular expression repeats too much.");
    sequence.push({ kind: "set", set, least: bounds.least, most: bounds.most });
  }
  return alternatives;
}

function readSet(pattern: string, at: number, to: number): readonly [CharacterSet, number] {
  const character = pattern[at]!;
  if (character === ".") return [ANY, at + 1];
  if (character === "[") return readBrackets(pattern, at, to);
  if (character === "\\") {
    const [set, next] = readEscape(pattern, at, to);
    return [set, next];
  }
  if (LITERALS.test(character)) return [setOf(character), at + 1];
  if (OPERATORS.includes(character)) throw invalidPattern(at, at + 1, `"${character}" has nothing before it to act on.`);
  throw invalidPattern(at, at + 1, forbidden(pattern, at));
}

function forbidden(pattern: string, at: number): string {
  const code = pattern.codePointAt(at)!;
  if (code > 127) return "Regular expressions in filter patterns take ASCII characters only.";
  const character = pattern[at]!;
  const escaped = `\\x${code.toString(16).padStart(2, "0").toUpperCase()}`;
  return character === "(" || character === ")"
    ? `Parentheses are not supported; write ${escaped} for the character itself.`
    : `"${character}" is not allowed in a regular expression; write ${escaped} instead.`;
}

/** `\d`, `\x28`, `\.`: the set, where it ends, and the character when it stands for exactly one. */
function readEscape(pattern: string, at: number, to: number): readonly [CharacterSet, number, string | undefined] {
  const next = at + 1 < to ? pattern[at + 1]! : "";
  const named = CLASSES[next];
  if (named !== undefined) return [named, at + 2, undefined];
  if (next === "x") {
    const digits = pattern.slice(at + 2, Math.min(at + 4, to));
    const code = Number.parseInt(digits, 16);
    if (!/^[0-9A-Fa-f]{2}$/.test(digits) || code > 127) {
      throw invalidPattern(at, Math.min(at + 4, to), "\\x needs two hexadecimal digits of an ASCII character, as in \\x28.");
    }
    const character = String.fromCharCode(code);
    return [setOf(character), at + 4, character];
  }
  if (next !== "" && !/[A-Za-z0-9 ]/.test(next) && (OPERATORS.includes(next) || LITERALS.test(next))) return [setOf(next), at + 2, next];
  throw invalidPattern(
    at,
    Math.min(at + 2, to),
    next === "(" || next === ")" ? forbidden(pattern, at + 1) : "This backslash does not begin an escape.",
  );
}

function readBrackets(pattern: string, open: number, to: number): readonly [CharacterSet, number] {
  const ascii = new Uint8Array(128);
  let beyond = false;
  let at = open + 1;
  const isNegated = pattern[at] === "^";
  if (isNegated) at++;
  const first = at;
  for (;;) {
    if (at >= to) throw invalidPattern(open, to, 'This "[" is never closed.');
    if (pattern[at] === "]") break;
    const low = readMember(pattern, at, to);
    at = low.next;
    if (pattern[at] === "-" && at + 1 < to && pattern[at + 1] !== "]") {
      const high = readMember(pattern, at + 1, to);
      if (low.one === undefined || high.one === undefined || low.one > high.one) {
        throw invalidPattern(low.from, high.next, "A range goes from a lower to a higher character.");
      }
      for (let code = low.one.charCodeAt(0); code <= high.one.charCodeAt(0); code++) ascii[code] = 1;
      at = high.next;
    } else {
      low.set.ascii.forEach((member, code) => {
        if (member === 1) ascii[code] = 1;
      });
      beyond ||= low.set.beyond;
    }
  }
  if (at === first) throw invalidPattern(open, at + 1, "There is nothing between the brackets.");
  const set = { ascii, beyond };
  return [isNegated ? inverted(set) : set, at + 1];
}

interface Member {
  readonly from: number;
  readonly set: CharacterSet;
  readonly one: string | undefined;
  readonly next: number;
}

function readMember(pattern: string, at: number, to: number): Member {
  const character = pattern[at]!;
  if (character === "\\") {
    const [set, next, one] = readEscape(pattern, at, to);
    return { from: at, set, one, next };
  }
  if (!LITERALS.test(character) && !OPERATORS.includes(character)) throw invalidPattern(at, at + 1, forbidden(pattern, at));
  return { from: at, set: setOf(character), one: character, next: at + 1 };
}

function readBounds(pattern: string, at: number, to: number): { readonly least: number; readonly most: number; readonly next: number } {
  const character = at < to ? pattern[at] : "";
  let bounds: { least: number; most: number; next: number };
  if (character === "*") bounds = { least: 0, most: Infinity, next: at + 1 };
  else if (character === "+") bounds = { least: 1, most: Infinity, next: at + 1 };
  else if (character === "?") bounds = { least: 0, most: 1, next: at + 1 };
  else if (character === "{") bounds = readBraces(pattern, at, to);
  else return { least: 1, most: 1, next: at };
  const after = bounds.next < to ? pattern[bounds.next]! : "";
  if (after !== "" && "*+?{".includes(after)) {
    throw invalidPattern(bounds.next, bounds.next + 1, `"${after}" stands right after another repetition.`);
  }
  return bounds;
}

function readBraces(pattern: string, open: number, to: number): { least: number; most: number; next: number } {
  const found = /^\{(\d*)(,?)(\d*)\}/.exec(pattern.slice(open, to));
  const [whole = "", low = "", comma = "", high = ""] = found ?? [];
  if (found === null || (low === "" && high === "")) throw invalidPattern(open, open + 1, "A repetition reads {3}, {3,}, {,5} or {3,5}.");
  const least = low === "" ? 0 : Number(low);
  const most = comma === "" ? least : high === "" ? Infinity : Number(high);
  if (least > most) throw invalidPattern(open, open + whole.length, "The lower bound is above the upper bound.");
  if (least > MOST_REPEATS || (most !== Infinity && most > MOST_REPEATS)) {
    throw invalidPattern(open, open + whole.length, `A repetition goes up to ${MOST_REPEATS}.`);
  }
  return { least, most, next: open + whole.length };
}
