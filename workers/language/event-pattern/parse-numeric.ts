/** The operator `numeric`: equality, one bound, or a lower and an upper bound in this order. */
import { comparable } from "./numbers.ts";
import type { JsonReader } from "./reader.ts";
import type { Bound, TestRule } from "./tree.ts";

/** At the operator's value; leaves the reader at its closing bracket. */
export function parseNumeric(reader: JsonReader): TestRule {
  if (reader.token.kind !== "[") throw reader.fail("Value of numeric must be an array.");
  const first = reader.next();
  if (first.kind !== "string") throw reader.fail(`Invalid member in numeric match: ${reader.written}`);
  const operator = first.text;
  switch (operator) {
    case "=": {
      const equal = bound(reader, "equals", true);
      close(reader, "Too many elements in numeric expression");
      return { kind: "numeric", low: equal, high: equal };
    }
    case "<":
    case "<=": {
      const high = bound(reader, operator, operator === "<=");
      close(reader, "Too many terms in numeric range expression");
      return { kind: "numeric", high };
    }
    case ">":
    case ">=":
      return fromBelow(reader, bound(reader, operator, operator === ">="));
    default:
      throw reader.fail(`Unrecognized numeric range operator: ${operator}`);
  }
}

function fromBelow(reader: JsonReader, low: Bound): TestRule {
  const { kind, text } = reader.next();
  if (kind === "]") return { kind: "numeric", low };
  if (kind !== "string") throw reader.fail(`Bad value in numeric range: ${reader.written}`);
  if (text !== "<" && text !== "<=") throw reader.fail(`Bad numeric range operator: ${text}`);
  const high = bound(reader, text, text === "<=");
  close(reader, "Too many terms in numeric range expression");
  if (!(low.value < high.value)) throw reader.fail("Bottom must be less than top");
  return { kind: "numeric", low, high };
}

function bound(reader: JsonReader, operator: string, isInclusive: boolean): Bound {
  const { kind, text } = reader.next();
  if (kind !== "number") throw reader.fail(`Value of ${operator} must be numeric`);
  const value = comparable(text);
  if (value === undefined) throw reader.fail(`Cannot compare number : ${text}`);
  return { value, text, isInclusive };
}

function close(reader: JsonReader, otherwise: string): void {
  if (reader.next().kind !== "]") throw reader.fail(otherwise);
}
