/** A cursor over a pattern, and the lexical parts that JSON and space-delimited patterns share. */
import { invalidCharacters, invalidPattern } from "./pattern-error.ts";
import { compileRegex, type Regex } from "./regex.ts";
import type { Operand, Operator, TextOperand } from "./tree.ts";

export const MOST_REGEXES = 2;
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const OPERATORS: readonly Operator[] = ["!=", "<=", ">=", "=", "<", ">"];

export class Scanner {
  at: number;
  regexes = 0;
  readonly source: string;
  readonly end: number;

  constructor(source: string, from: number, end: number) {
    this.source = source;
    this.at = from;
    this.end = end;
  }

  skipBlanks(): void {
    while (this.at < this.end && /\s/.test(this.source[this.at]!)) this.at++;
  }
  peek(): string {
    return this.at < this.end ? this.source[this.at]! : "";
  }
  /** Goes past `text` when it is next. */
  take(text: string): boolean {
    if (this.at + text.length > this.end || !this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }
  /** The longest run of characters that `set` matches. */
  run(set: RegExp): string {
    const start = this.at;
    while (this.at < this.end && set.test(this.source[this.at]!)) this.at++;
    return this.source.slice(start, this.at);
  }
}

export function readOperator(scan: Scanner): Operator {
  scan.skipBlanks();
  const start = scan.at;
  for (const operator of OPERATORS) if (scan.take(operator)) return operator;
  throw invalidPattern(start, Math.min(start + 1, scan.end), "Here one of = != < > <= >= is expected.");
}

/** A number, a text with or without quotes, or a regular expression; and whether it may stand after `operator`. */
export function readOperand(scan: Scanner, operator: Operator): Operand {
  scan.skipBlanks();
  const operand = readAnyOperand(scan);
  if (operand.kind !== "number" && operator !== "=" && operator !== "!=") {
    throw invalidPattern(operand.from, operand.to, `${operator} compares numbers; this is no number.`);
  }
  return operand;
}

function readAnyOperand(scan: Scanner): Operand {
  const from = scan.at;
  if (scan.peek() === "%") {
    const regex = readRegex(scan);
    return { kind: "regex", regex, from, to: scan.at };
  }
  if (scan.peek() === '"') return { ...wildcards(readQuoted(scan)), from, to: scan.at };
  const text = scan.run(/[A-Za-z0-9_.*+-]/);
  const to = scan.at;
  if (NUMBER.test(text)) return { kind: "number", value: Number(text), text, from, to };
  const wrong = text.search(/[+-]/);
  if (wrong >= 0) {
    throw invalidCharacters(scan.source, from + wrong, from + wrong + 1, "Put a value with other than letters, digits, _ . * in quotes.");
  }
  if (text === "") throw invalidPattern(from, Math.min(from + 1, scan.end), "Here a value is expected: a number, a text or %regex%.");
  return { ...wildcards(text), from, to };
}

/** From `%` to the next `%`. */
export function readRegex(scan: Scanner): Regex {
  const open = scan.at;
  const close = scan.source.indexOf("%", open + 1);
  if (close < 0 || close >= scan.end) throw invalidPattern(open, scan.end, "A regular expression needs a second % at its end.");
  const regex = compileRegex(scan.source, open + 1, close);
  scan.regexes++;
  scan.at = close + 1;
  return regex;
}

/** From `"` to the next `"` that has no backslash before it; `\"` is a quote, any other backslash itself. */
export function readQuoted(scan: Scanner): string {
  const open = scan.at;
  let text = "";
  for (let at = open + 1; at < scan.end; at++) {
    const character = scan.source[at]!;
    if (character === '"') {
      scan.at = at + 1;
      return text;
    }
    if (character === "\\" && at + 1 < scan.end && scan.source[at + 1] === '"') {
      text += '"';
      at++;
    } else text += character;
  }
  throw invalidPattern(open, scan.end, "This quote is never closed.");
}

function wildcards(text: string): TextOperand {
  const openStart = text.startsWith("*");
  const openEnd = text.length > 1 && text.endsWith("*");
  return { kind: "text", text: text.slice(openStart ? 1 : 0, openEnd ? -1 : undefined), openStart, openEnd };
}

/** `a && b || c` with && binding tighter; `first` begins, `next` reads what follows an operator. */
export function readLogic<T extends { readonly from: number; readonly to: number }>(
  scan: Scanner,
  first: () => T,
  next: () => T,
  join: (kind: "and" | "or", parts: readonly T[]) => T,
): T {
  const readAnd = (begin: () => T): T => {
    const parts = [begin()];
    for (scan.skipBlanks(); scan.take("&&"); scan.skipBlanks()) parts.push(next());
    return parts.length === 1 ? parts[0]! : join("and", parts);
  };
  const parts = [readAnd(first)];
  for (scan.skipBlanks(); scan.take("||"); scan.skipBlanks()) parts.push(readAnd(next));
  return parts.length === 1 ? parts[0]! : join("or", parts);
}
