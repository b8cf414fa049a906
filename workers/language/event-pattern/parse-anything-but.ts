/** The operator `anything-but`: a string, a number, a list of one kind, or one string operator with a string or a list. */
import { comparable } from "./numbers.ts";
import { wildcardOf } from "./parse-strings.ts";
import type { JsonReader } from "./reader.ts";
import { folded } from "./strings.ts";
import type { PatternNumber, StringTest, TestRule } from "./tree.ts";

const NEITHER = "Value of anything-but must be an array or single string/number value.";
const MIXED = "Inside anything but list, either all values are number or string, mixed type is not supported";
const NO_STRING = "prefix/suffix match pattern must be a string";

const butString = (text: string): StringTest => ({ kind: "equals", text, address: undefined });

/** At the operator's value; leaves the reader at the last token of it. */
export function parseAnythingBut(reader: JsonReader): TestRule {
  const { kind, text } = reader.token;
  if (kind === "string") return but([butString(text)]);
  if (kind === "number") return but([], [numberOf(reader)]);
  if (kind === "[") return parseList(reader);
  if (kind !== "{") throw reader.fail(NEITHER);
  const rule = parseNested(reader);
  if (reader.next().kind !== "}") throw reader.fail("Only one key allowed in match expression");
  return rule;
}

const but = (strings: readonly StringTest[], numbers: readonly PatternNumber[] = []): TestRule => ({
  kind: "anything-but",
  strings,
  numbers,
});

function numberOf(reader: JsonReader): PatternNumber {
  const { text } = reader.token;
  return { text, value: comparable(text) };
}

function parseList(reader: JsonReader): TestRule {
  const strings: StringTest[] = [];
  const numbers: PatternNumber[] = [];
  for (;;) {
    const { kind, text } = reader.next();
    if (kind === "]") break;
    if (kind === "string") strings.push(butString(text));
    else if (kind === "number") numbers.push(numberOf(reader));
    else throw reader.fail("Inside anything but list, start|null|boolean is not supported.", reader.token, 2);
  }
  if (strings.length > 0 === numbers.length > 0) throw reader.fail(MIXED, reader.token, 2);
  return but(strings, numbers);
}

function parseNested(reader: JsonReader): TestRule {
  const name = reader.next();
  if (name.kind !== "name") throw reader.fail("Match expression name not found");
  const operator = name.text;
  switch (operator) {
    case "prefix":
    case "suffix":
      return but(
        each(reader, NO_STRING, NEITHER, (text) => {
          if (text === "") throw reader.fail("Null prefix/suffix not allowed");
          return { kind: operator, text };
        }),
      );
    case "equals-ignore-case":
      return but(
        each(reader, "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.", NEITHER, (text) => ({
          kind: operator,
          text,
          units: folded(text),
        })),
      );
    case "wildcard":
      return but(
        each(reader, "wildcard match pattern must be a string", "wildcard match pattern must be a string", (text) => ({
          kind: operator,
          text,
          pieces: wildcardOf(reader, text),
        })),
      );
    default:
      throw reader.fail(`Unsupported anything-but pattern: ${operator}`);
  }
}

/** A string or a list of strings. */
function each(reader: JsonReader, noString: string, noValue: string, make: (text: string) => StringTest): readonly StringTest[] {
  const { kind, text } = reader.next();
  if (kind === "string") return [make(text)];
  if (kind !== "[") throw reader.fail(kind === "number" ? noString : noValue);
  const made: StringTest[] = [];
  while (reader.next().kind !== "]") {
    if (reader.token.kind !== "string") throw reader.fail(noString, reader.token, 2);
    made.push(make(reader.token.text));
  }
  if (made.length === 0) throw reader.fail(MIXED, reader.token, 2);
  return made;
}
