/** Comparisons of filter expressions. */
import type { NumberOperator, NumberTest, TextOperator, TextTest } from "./tree.ts";

/** What is unset is NaN and passes nothing, `!=` included. */
export function numberPasses({ operator, value }: NumberTest, found: number): boolean {
  switch (operator) {
    case "=":
      return found === value;
    case "!=":
      return found < value || found > value;
    case "<":
      return found < value;
    case "<=":
      return found <= value;
    case ">":
      return found > value;
    case ">=":
      return found >= value;
  }
}

export const numberTest = (operator: NumberOperator, value: number): NumberTest => ({ kind: "number", operator, value });

export function textTest(operator: TextOperator, value: string): TextTest {
  return { kind: "text", operator, value, passes: passesOf(operator, value) };
}

function passesOf(operator: TextOperator, value: string): (text: string) => boolean {
  switch (operator) {
    case "=":
      return (text) => text === value;
    case "!=":
      return (text) => text !== value;
    case "CONTAINS":
      return (text) => text.includes(value);
    case "BEGINSWITH":
      return (text) => text.startsWith(value);
    case "ENDSWITH":
      return (text) => text.endsWith(value);
  }
}
