/**
 * Text to tree. The first character that is no blank decides the kind: `{` JSON, `[` space-delimited, else terms.
 * Source: CloudWatch Logs user guide, "Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail".
 */
import { parseDelimited } from "./parse-delimited.ts";
import { parseJson } from "./parse-json.ts";
import { parseTerms } from "./parse-terms.ts";
import { PatternError } from "./pattern-error.ts";
import type { FilterPattern, JsonTest, SlotTest } from "./tree.ts";

export const LONGEST_PATTERN = 1024;

/** Parses a filter pattern; throws `PatternError` in AWS's words, with the place. Time grows with the length of the pattern only. */
export function parseFilterPattern(source: string): FilterPattern {
  if (source.length > LONGEST_PATTERN) {
    const constraint = `failed to satisfy constraint: Member must have length less than or equal to ${LONGEST_PATTERN}`;
    throw new PatternError(
      `1 validation error detected: Value '${source}' at 'filterPattern' ${constraint}`,
      { from: LONGEST_PATTERN, to: source.length },
      "Shorten the pattern.",
    );
  }
  const from = source.length - source.trimStart().length;
  const to = source.trimEnd().length;
  if (from >= to) return { kind: "everything", source, from: 0, to: source.length };
  if (source[from] === "{") return parseJson(source, from, to);
  if (source[from] === "[") return parseDelimited(source, from, to);
  return parseTerms(source, from, to);
}

/** Whether the pattern holds a regular expression: at most five such patterns per log group. */
export function hasRegex(pattern: FilterPattern): boolean {
  switch (pattern.kind) {
    case "everything":
      return false;
    case "terms":
      return pattern.terms.some(({ regex }) => regex !== undefined);
    case "json":
      return testHasRegex(pattern.test);
    case "delimited":
      return [...pattern.head, ...(pattern.tail ?? [])].some(({ test }) => test !== undefined && testHasRegex(test));
  }
}

function testHasRegex(test: JsonTest | SlotTest): boolean {
  if (test.kind === "and" || test.kind === "or") return (test.parts as readonly (JsonTest | SlotTest)[]).some(testHasRegex);
  return test.kind === "compare" && test.value.kind === "regex";
}
