/** JSON patterns against one line. */
import type { Because } from "../because.ts";
import type { Evaluation } from "./evaluation.ts";
import { compareScalar, selectValues } from "./select.ts";
import type { JsonPattern, JsonTest, Operand, Operator } from "./tree.ts";

export type JsonObject = Readonly<Record<string, unknown>>;

/** The line as a JSON object; undefined when it is anything else. JSON inside other text does not count. */
export function parseObject(message: string): JsonObject | undefined {
  // Most lines that are no JSON are told apart without an exception.
  if (!/^[ \t\n\r]*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message) as JsonObject; // begins with a brace and parses: an object
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

export function evaluateJson(pattern: JsonPattern, message: string, explain: boolean): Evaluation {
  const object = parseObject(message);
  const { source, from, to } = pattern;
  if (object === undefined) {
    const reason = message.includes("{")
      ? "The line as a whole is not a JSON object; JSON inside other text does not count."
      : "The line is not a JSON object.";
    return { matched: false, ...(explain ? { because: { text: source, from, to, verdict: false, found: message, reason } } : {}) };
  }
  if (!explain) return { matched: holds(pattern.test, object) };
  const because = told(pattern.test, object, source);
  return { matched: because.verdict, because };
}

function holds(test: JsonTest, object: JsonObject): boolean {
  switch (test.kind) {
    case "and":
      return test.parts.every((part) => holds(part, object));
    case "or":
      return test.parts.some((part) => holds(part, object));
    default:
      return leaf(test, selectValues(object, test.selector));
  }
}

type Leaf = Exclude<JsonTest, { readonly kind: "and" | "or" }>;

function leaf(test: Leaf, values: readonly unknown[]): boolean {
  switch (test.kind) {
    case "not-exists":
      return values.length === 0;
    case "is": {
      const wanted = test.what === "NULL" ? null : test.what === "TRUE";
      return values.includes(wanted);
    }
    case "compare":
      return values.some((value) => isComparable(value) && compareScalar(value, test.operator, test.value));
  }
}

/** Null, booleans, arrays and objects satisfy no comparison, not even `!=`. */
const isComparable = (value: unknown): value is string | number => typeof value === "string" || typeof value === "number";

/** The same decision with every node told. */
function told(test: JsonTest, object: JsonObject, source: string): Because {
  const { from, to } = test;
  const text = source.slice(from, to);
  if ("parts" in test) {
    const parts = test.parts.map((part) => told(part, object, source));
    const verdict = test.kind === "and" ? parts.every((part) => part.verdict) : parts.some((part) => part.verdict);
    const held = parts.filter((part) => part.verdict).length;
    const reason = `${held} of ${parts.length} conditions hold; ${test.kind === "and" ? "all must" : "one must"}.`;
    return { text, from, to, verdict, reason, parts };
  }
  const values = selectValues(object, test.selector);
  const verdict = leaf(test, values);
  const found = values.length === 0 ? undefined : values.length === 1 ? JSON.stringify(values[0]) : JSON.stringify(values);
  return { text, from, to, verdict, ...(found === undefined ? {} : { found }), reason: reasonOf(test, values, verdict, source) };
}

function reasonOf(test: Leaf, values: readonly unknown[], verdict: boolean, source: string): string {
  const name = source.slice(test.selector.from, test.selector.to);
  if (values.length === 0) {
    return test.kind === "not-exists"
      ? `${name} is not there, as wanted.`
      : `${name} is not there; a missing field satisfies no comparison.`;
  }
  if (test.kind === "not-exists") return `${name} is there${values[0] === null ? " (null counts as there)" : ""}.`;
  const what = values.length === 1 ? kindOf(values[0]) : `${values.length} values`;
  if (test.kind === "is") return verdict ? `${name} is ${test.what.toLowerCase()}.` : `${name} is ${what}, not ${test.what.toLowerCase()}.`;
  if (!values.some(isComparable)) return `${name} is ${what}; ${what} satisfies no comparison, not even !=.`;
  if (values.length > 1)
    return verdict ? `One of the ${what} under ${name} satisfies this.` : `None of the ${what} under ${name} satisfies this.`;
  return comparisonReason(name, values[0] as string | number, test.operator, test.value, verdict);
}

/** Why a scalar did or did not satisfy a comparison, in a sentence. */
export function comparisonReason(name: string, value: string | number, operator: Operator, operand: Operand, verdict: boolean): string {
  const shown = JSON.stringify(value);
  if (operand.kind === "number" && typeof value === "string" && !verdict && Number.isNaN(Number(value))) {
    return `${name} is ${shown}, which is no number.`;
  }
  if (verdict) return `${name} is ${shown}, which satisfies this.`;
  if (operand.kind === "regex") return `${name} is ${shown}; the regular expression ${operator === "=" ? "does not match" : "matches"} it.`;
  if (operand.kind === "text" && operator === "=" && typeof value === "string") {
    if (value.toLowerCase() === operand.text.toLowerCase()) return `${name} is ${shown}; matching is case-sensitive.`;
    if (!operand.openStart && !operand.openEnd && value.includes(operand.text) && operand.text !== "") {
      return `${name} is ${shown}; = compares the whole value (write *${operand.text}* for a part of it).`;
    }
  }
  return `${name} is ${shown}, which does not satisfy this.`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return typeof value === "boolean" ? String(value) : `the ${typeof value} ${JSON.stringify(value)}`;
}
