/**
 * Reads filter expressions (facts xray §8.1). AND binds tighter than OR, side by side means AND.
 *
 *     expr    = and { OR and }
 *     and     = unary { [AND] unary }
 *     unary   = "!" unary | "(" expr ")" | primary
 */
import { invalidExpression } from "./expression-error.ts";
import { readPrimary } from "./parse-primary.ts";
import { scan, type Token } from "./scanner.ts";
import type { Expression, Place } from "./tree.ts";

export const LONGEST = 2000;
/** Brackets and negations in one another; a person's expressions have a handful. */
const DEEPEST = 100;
const GROUPS_DEEP = 5;

export interface Group {
  readonly name: string;
  readonly arn: string;
  readonly expression: string;
}

/** Finds a group by its name or ARN. */
export type GroupLookup = (by: "name" | "arn", value: string) => Group | undefined;

export interface Reader {
  readonly text: string;
  readonly groups: GroupLookup;
  /** How many groups stand for one another around this text. */
  readonly inGroups: number;
  peek(): Token;
  next(): Token;
  /** Takes a sign or keyword (any case) when it is next. */
  take(value: string): boolean;
  expect(sign: string, hint: string): Token;
  expression(place: Place, depth: number): Expression;
}

/** Throws `FilterExpressionError` with the offsets of what is wrong. */
export function parseFilter(text: string, groups: GroupLookup = () => undefined, inGroups = 0): Expression {
  if (text.length > LONGEST) throw invalidExpression(LONGEST, text.length, `An expression has at most ${LONGEST} characters.`);
  if (inGroups > GROUPS_DEEP) throw invalidExpression(0, text.length, "Groups stand for one another without an end.");
  const reader = readerOf(text, groups, inGroups);
  if (reader.peek().kind === "end") throw invalidExpression(0, text.length, "An expression is expected.");
  const expression = reader.expression("trace", 0);
  const rest = reader.peek();
  if (rest.kind !== "end")
    throw invalidExpression(rest.from, rest.to, `Nothing is open that ${text.slice(rest.from, rest.to)} could close.`);
  return expression;
}

function readerOf(text: string, groups: GroupLookup, inGroups: number): Reader {
  const tokens = scan(text);
  let at = 0;
  const reader: Reader = {
    text,
    groups,
    inGroups,
    peek: () => tokens[at] as Token,
    next: () => tokens[at < tokens.length - 1 ? at++ : at] as Token,
    take(value) {
      if (!isToken(reader.peek(), value)) return false;
      reader.next();
      return true;
    },
    expect(sign, hint) {
      const token = reader.next();
      if (!isToken(token, sign)) throw invalidExpression(token.from, Math.max(token.to, token.from + 1), hint);
      return token;
    },
    expression: (place, depth) => readOr(reader, place, depth),
  };
  return reader;
}

const isToken = (token: Token, value: string): boolean =>
  (token.kind === "sign" && token.value === value) || (token.kind === "word" && token.value.toUpperCase() === value);

function readOr(reader: Reader, place: Place, depth: number): Expression {
  const parts = [readAnd(reader, place, depth)];
  while (reader.take("OR")) parts.push(readAnd(reader, place, depth));
  return joined("or", parts);
}

function readAnd(reader: Reader, place: Place, depth: number): Expression {
  const parts = [readUnary(reader, place, depth)];
  for (;;) {
    if (!reader.take("AND") && !beginsUnary(reader.peek())) return joined("and", parts);
    parts.push(readUnary(reader, place, depth));
  }
}

const beginsUnary = (token: Token): boolean =>
  token.kind === "sign" ? token.value === "!" || token.value === "(" : token.kind === "word" && token.value.toUpperCase() !== "OR";

function readUnary(reader: Reader, place: Place, depth: number): Expression {
  const token = reader.peek();
  if (depth > DEEPEST) throw invalidExpression(token.from, token.to, `Nested more than ${DEEPEST} deep.`);
  if (reader.take("!")) {
    const part = readUnary(reader, place, depth + 1);
    return { kind: "not", part, from: token.from, to: part.to };
  }
  if (reader.take("(")) {
    const inner = reader.expression(place, depth + 1);
    const close = reader.expect(")", "A closing bracket is expected here.");
    return { ...inner, from: token.from, to: close.to };
  }
  return readPrimary(reader, place, depth);
}

function joined(kind: "and" | "or", parts: readonly Expression[]): Expression {
  const [first] = parts as [Expression];
  return parts.length === 1 ? first : { kind, parts, from: first.from, to: (parts.at(-1) as Expression).to };
}
