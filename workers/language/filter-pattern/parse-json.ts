/** JSON patterns: `{ $.selector op value && ... }`. */
import { invalidCharacters, invalidPattern, PatternError } from "./pattern-error.ts";
import { MOST_REGEXES, readLogic, readOperand, readOperator, Scanner } from "./scanner.ts";
import type { JsonPattern, JsonTest, Selector, SelectorStep } from "./tree.ts";

const NAME = /[A-Za-z0-9_-]/;
const MOST_WILDCARDS = 3;
const isWildcard = (step: SelectorStep): boolean => step.kind === "any-member" || step.kind === "any-element";

export function parseJson(source: string, from: number, to: number): JsonPattern {
  if (source[to - 1] !== "}" || to - from < 2) {
    throw new PatternError("If a filter pattern starts with '{' it must end with '}'", { from, to }, "Add the closing brace.");
  }
  const scan = new Scanner(source, from + 1, to - 1);
  const test = readOr(scan);
  scan.skipBlanks();
  if (scan.at < scan.end) throw invalidPattern(scan.at, scan.end, "This is left over: && or || was expected.");
  if (scan.regexes > MOST_REGEXES) throw invalidPattern(from, to, `A pattern may hold at most ${MOST_REGEXES} regular expressions.`);
  let wildcards = 0;
  eachSelector(test, (selector) => {
    const own = selector.steps.filter(isWildcard).length;
    if (own > 1) throw invalidPattern(selector.from, selector.to, "A selector may hold one wildcard.");
    wildcards += own;
  });
  if (wildcards > MOST_WILDCARDS) throw invalidPattern(from, to, `A pattern may hold at most ${MOST_WILDCARDS} wildcard selectors.`);
  return { kind: "json", source, from, to, test };
}

/** Visits the selectors of a test, left to right. */
export function eachSelector(test: JsonTest, visit: (selector: Selector) => void): void {
  if ("parts" in test) for (const part of test.parts) eachSelector(part, visit);
  else visit(test.selector);
}

function readOr(scan: Scanner): JsonTest {
  const prime = (): JsonTest => readPrime(scan);
  return readLogic<JsonTest>(scan, prime, prime, (kind, parts) => ({ kind, parts, from: parts[0]!.from, to: parts[parts.length - 1]!.to }));
}

function readPrime(scan: Scanner): JsonTest {
  scan.skipBlanks();
  const from = scan.at;
  if (scan.take("(")) {
    const inner = readOr(scan);
    scan.skipBlanks();
    if (!scan.take(")")) throw invalidPattern(from, scan.end, "This parenthesis is never closed.");
    return { ...inner, from, to: scan.at };
  }
  const selector = readSelector(scan);
  scan.skipBlanks();
  const at = scan.at;
  const word = scan.run(/[A-Za-z]/);
  if (word === "") {
    const operator = readOperator(scan);
    const value = readOperand(scan, operator);
    return { kind: "compare", selector, operator, value, from, to: scan.at };
  }
  scan.skipBlanks();
  const second = scan.run(/[A-Za-z]/);
  if (word === "IS" && (second === "NULL" || second === "TRUE" || second === "FALSE")) {
    return { kind: "is", selector, what: second, from, to: scan.at };
  }
  if (word === "NOT" && second === "EXISTS") return { kind: "not-exists", selector, from, to: scan.at };
  throw invalidPattern(at, scan.at, "After a selector: a comparison, IS NULL, IS TRUE, IS FALSE or NOT EXISTS (in capitals).");
}

function readSelector(scan: Scanner): Selector {
  const from = scan.at;
  if (!scan.take("$")) {
    throw invalidPattern(from, Math.min(from + 1, scan.end), "A condition begins with a selector such as $.status.");
  }
  const steps: SelectorStep[] = [];
  for (;;) {
    const step = readStep(scan, from);
    if (step === undefined) break;
    steps.push(step);
  }
  if (steps.length === 0) throw invalidPattern(from, scan.at, "A selector names a field: $.status.");
  return { steps, from, to: scan.at };
}

function readStep(scan: Scanner, selectorFrom: number): SelectorStep | undefined {
  const from = scan.at;
  if (scan.take(".['")) {
    const close = scan.source.indexOf("']", scan.at);
    if (close < 0 || close >= scan.end) throw invalidPattern(from, scan.end, "This bracket is never closed with '].");
    const name = scan.source.slice(scan.at, close);
    if (name === "") throw invalidPattern(from, close + 2, "There is no name between the quotes.");
    scan.at = close + 2;
    return { kind: "member", name };
  }
  if (scan.take(".")) {
    if (scan.take("*")) return { kind: "any-member" };
    const name = scan.run(NAME);
    if (name === "") {
      const hint = "A field name has letters, digits, _ and -; any other name goes in brackets: $.['the name'].";
      throw invalidCharacters(scan.source, selectorFrom, Math.min(scan.at + 1, scan.end), hint);
    }
    return { kind: "member", name };
  }
  if (!scan.take("[")) return undefined;
  if (scan.take("*]")) return { kind: "any-element" };
  const digits = scan.run(/\d/);
  if (digits === "" || !scan.take("]"))
    throw invalidPattern(from, Math.min(scan.at + 1, scan.end), "Here a position is expected: [0] or [*].");
  return { kind: "element", index: Number(digits) };
}

/** A selector on its own, as in a metric value (`$.latency`); undefined when the text is none. */
export function parseSelector(text: string): Selector | undefined {
  const scan = new Scanner(text, 0, text.length);
  try {
    const selector = readSelector(scan);
    return scan.at === text.length ? selector : undefined;
  } catch (error) {
    if (error instanceof PatternError) return undefined;
    throw error;
  }
}
