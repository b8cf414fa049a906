/** The shared metric-filter cases against the filter pattern language, as TestMetricFilter would answer them. */
import { describe, expect, it } from "vitest";
import { evaluate, extractedValues } from "../../workers/language/filter-pattern/evaluate.ts";
import { parseFilterPattern } from "../../workers/language/filter-pattern/parse.ts";
import { PatternError } from "../../workers/language/filter-pattern/pattern-error.ts";
import { casesOf } from "./shared.ts";

interface Case {
  readonly id: string;
  readonly pattern: string;
  readonly message: string;
  readonly expect: "match" | "no-match" | "invalid";
  readonly extracted?: Readonly<Record<string, string>>;
  readonly errorContains?: string;
}

describe("the metric filter cases", () => {
  const cases = casesOf<Case>("metric-filters");
  it("are found", () => expect(cases.length).toBeGreaterThan(0));
  for (const entry of cases) {
    it(`${entry.id} ${entry.pattern} on a line: ${entry.expect}`, () => {
      if (entry.expect === "invalid") {
        const refused = (): unknown => parseFilterPattern(entry.pattern);
        expect(refused).toThrow(PatternError);
        if (entry.errorContains !== undefined) expect(refused).toThrow(entry.errorContains);
        return;
      }
      const pattern = parseFilterPattern(entry.pattern);
      const expected = entry.expect === "match";
      expect(evaluate(pattern, entry.message).matched).toBe(expected);
      const told = evaluate(pattern, entry.message, true);
      expect([told.matched, told.because?.verdict]).toEqual([expected, expected]);
      if (entry.extracted !== undefined) expect(extractedValues(pattern, entry.message)).toEqual(entry.extracted);
    });
  }
});
