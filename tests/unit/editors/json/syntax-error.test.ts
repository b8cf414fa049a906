import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { syntaxError } from "../../../../src/editors/json/syntax-error.ts";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("where a text stops being JSON", () => {
  it.each([
    ['{"a": [}', 7, "a value"],
    ['{"a" 1}', 5, "a colon"],
    ['{"a": 1 "b": 2}', 8, "a comma"],
    ["{a: 1}", 1, "a member's name in quotes"],
    ["[1, 2", 5, "a comma"],
    ["[1,]", 3, "a value"],
    ['{"a": 1,}', 8, "a member's name in quotes"],
    ["", 0, "a value"],
    ['{"a": "x\ny"}', 6, "string is broken"],
    ["{} x", 3, "ends before"],
  ])("is found in %j at %i", (text, from, words) => {
    const error = syntaxError(text);
    expect(error?.from).toBe(from);
    expect(error?.message).toContain(words);
  });

  it("is nowhere exactly where JSON.parse takes the text", () => {
    fc.assert(fc.property(fc.json(), (text) => syntaxError(text) === undefined));
    // Real texts with something in them changed, taken away or doubled.
    const broken = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom("", "]", "}", ",", '"', "\\", "1", ":", "\n", "e", "-", "tru"))
      .map(([text, where, put]) => {
        const at = where % (text.length + 1);
        return text.slice(0, at) + put + text.slice(at + 1);
      });
    fc.assert(
      fc.property(broken, (text) => {
        expect([text, syntaxError(text) === undefined]).toEqual([text, isJson(text)]);
      }),
      { numRuns: 1000 },
    );
  });
});
