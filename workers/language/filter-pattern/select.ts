/** Reading a JSON value by a selector, and comparing what was read with an operand of a pattern. */
import type { Operand, Operator, Selector } from "./tree.ts";

/** All values a selector reaches: at most one without a wildcard. */
export function selectValues(root: unknown, selector: Selector): readonly unknown[] {
  let values: unknown[] = [root];
  for (const step of selector.steps) {
    const next: unknown[] = [];
    for (const value of values) {
      if (typeof value !== "object" || value === null) continue;
      const isArray = Array.isArray(value);
      if (step.kind === "member" && !isArray && Object.hasOwn(value, step.name)) next.push((value as Record<string, unknown>)[step.name]);
      else if (step.kind === "any-member" && !isArray) next.push(...Object.values(value));
      else if (step.kind === "element" && isArray && step.index < value.length) next.push(value[step.index]);
      else if (step.kind === "any-element" && isArray) for (const item of value) next.push(item);
    }
    values = next;
    if (values.length === 0) break;
  }
  return values;
}

/** Text of a scalar, as a dimension value shows it; undefined for null, arrays, objects and nothing. */
export function textOfValue(value: unknown): string | undefined {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
}

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The number a text spells out, if it is nothing but a number. */
export function numberOf(text: string): number | undefined {
  return NUMERIC.test(text) ? Number(text) : undefined;
}

const encoder = new TextEncoder();

/**
 * A text or number of a line against an operand. A number in the pattern compares by value, with a numeric text too; a
 * text in the pattern compares with the text of a number. Everything differs from a text it does not equal.
 */
export function compareScalar(value: string | number, operator: Operator, operand: Operand): boolean {
  if (operand.kind === "number") {
    const number = typeof value === "number" ? value : numberOf(value);
    if (number === undefined) return operator === "!=";
    switch (operator) {
      case "=":
        return number === operand.value;
      case "!=":
        return number !== operand.value;
      case "<":
        return number < operand.value;
      case ">":
        return number > operand.value;
      case "<=":
        return number <= operand.value;
      case ">=":
        return number >= operand.value;
    }
  }
  const text = String(value);
  let isEqual: boolean;
  if (operand.kind === "regex") {
    const bytes = encoder.encode(text);
    isEqual = operand.regex.matches(bytes, 0, bytes.length);
  } else if (operand.openStart && operand.openEnd) isEqual = text.includes(operand.text);
  else if (operand.openStart) isEqual = text.endsWith(operand.text);
  else if (operand.openEnd) isEqual = text.startsWith(operand.text);
  else isEqual = text === operand.text;
  return operator === "=" ? isEqual : !isEqual;
}
