import { describe, expect, it } from "vitest";
import { countGrams, type GramCounts, planGrams } from "../../../workers/kernels/program-grams.ts";

const encoder = new TextEncoder();
const needles = (...texts: readonly string[]): Uint8Array[] => texts.map((text) => encoder.encode(text));
const countsOf = (text: string): (() => GramCounts) => {
  const bytes = encoder.encode(text);
  return () => countGrams(bytes, (visit) => visit(0, bytes.length));
};
const nothing = countsOf("");

describe("the grams that a set of needles is searched by", () => {
  it("are looked at every eighth byte from eleven bytes on, every fourth from seven on, else not at all", () => {
    expect(planGrams(needles("deadlock det", "timed out.."), nothing)?.stride).toBe(8);
    expect(planGrams(needles("seven77", "seven78", "seven79", "seven80", "seven81"), nothing)?.stride).toBe(4);
    expect(planGrams(needles("six666", "longer than that", "x-y-z-v-w-u", "abcdefghij", "klmnopqrst"), nothing)).toBeUndefined();
  });

  it("are left to pairs of bytes for one needle and for a few short ones", () => {
    expect(planGrams(needles("one needle alone"), nothing)).toBeUndefined();
    expect(planGrams(needles("seven77", "seven78"), nothing)).toBeUndefined();
  });

  it("are the needle's rarest", () => {
    const plan = planGrams(
      needles("request id xq-zz-vv-ww", "request id kkkkjjjjhhhh"),
      countsOf("request id 17 of request id 18, ".repeat(40)),
    );
    for (const { from } of plan?.windows ?? []) expect(from).toBeGreaterThanOrEqual(8);
    expect(plan?.windows).toHaveLength(2);
  });

  it("are not used when the text is full of them, nor for more needles than the table has entries for", () => {
    expect(planGrams(needles("request id ", "some other t"), countsOf("request id request id ".repeat(40)))).toBeUndefined();
    const many = Array.from({ length: 40 }, (_, i) => `needle number ${i}`);
    expect(planGrams(needles(...many), nothing)).toBeUndefined();
  });
});
