import { describe, expect, it } from "vitest";
import { termsSentence } from "../../../../src/editors/filter-pattern/terms-sentence.ts";
import { evaluate } from "../../../../workers/language/filter-pattern/evaluate.ts";
import { parseFilterPattern } from "../../../../workers/language/filter-pattern/parse.ts";
import type { TermsPattern } from "../../../../workers/language/filter-pattern/tree.ts";

const parsed = (source: string): TermsPattern => parseFilterPattern(source) as TermsPattern;

describe("what a pattern of terms means", () => {
  it.each([
    ["ERROR timeout", undefined],
    ["?ERROR ?WARN", "Matches lines with ERROR or WARN."],
    ["ERROR -retry", "Matches lines with ERROR and without retry."],
    ["-retry -debug", "Matches every line without retry and without debug."],
    [
      "?ERROR ?WARN -retry",
      "Matches every line without retry. ?ERROR and ?WARN are ignored: optional terms count only where all terms are optional.",
    ],
    ["?ERROR timeout", "Matches lines with timeout. ?ERROR is ignored: optional terms count only where all terms are optional."],
    ['?"order failed" ?%4\\d\\d%', 'Matches lines with "order failed" or %4\\d\\d%.'],
  ])("%s", (source, sentence) => {
    expect(termsSentence(parsed(source))).toBe(sentence);
  });

  it("is what the engine does", () => {
    const mixed = parsed("?ERROR ?WARN -retry");
    expect(["INFO fine", "ERROR retry", "WARN"].map((line) => evaluate(mixed, line).matched)).toEqual([true, false, true]);
  });
});
