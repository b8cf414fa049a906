import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PatternError } from "../../../../workers/language/filter-pattern/pattern-error.ts";
import { compileRegex } from "../../../../workers/language/filter-pattern/regex.ts";

const encoder = new TextEncoder();
const matches = (source: string, text: string): boolean => {
  const bytes = encoder.encode(text);
  return compileRegex(source, 0, source.length).matches(bytes, 0, bytes.length);
};

describe("regular expressions of filter patterns", () => {
  it.each([
    ["a|b|", "nothing of it", true],
    ["^$", "", true],
    ["^$", "a", false],
    ["a*^b", "b", true],
    ["a*^b", "ab", false],
    ["b$c*", "ab", true],
    ["b$c*", "bc", false],
    ["b$c", "bc", false],
    ["^.$", "🙂", true],
    ["^..$", "🙂", false],
    ["^[^a]{3}$", "éü🙂", true],
    ["^\\W$", "é", true],
    ["^\\w$", "é", false],
    ["a{0}b", "b", true],
    ["^a{,2}$", "aa", true],
    ["^a{,2}$", "aaa", false],
    ["^a{2}$", "aaa", false],
    ["^a{2,}$", "aaaaa", true],
    ["[\\]x-]", "-", true],
    ["[\\]x-]", "]", true],
    ["[\\d.]+$", "v1.2", true],
    ["\\x5B", "[", true],
    ["\\/", "/", true],
    ["a.c", "a\nc", true],
    ["^\\s$", "\t", true],
    ["^\\s$", "\r", false],
  ])("%s on %j: %s", (source, text, expected) => expect(matches(source, text)).toBe(expected));

  it.each([
    ["", 0],
    ["*a", 0],
    ["a|+", 2],
    ["a**", 2],
    ["a{x}", 1],
    ["a{3,2}", 1],
    ["a{1001}", 1],
    ["(a)", 0],
    ["\\(", 0],
    ["\\q", 0],
    ["\\x2", 0],
    ["\\xFF", 0],
    ["a\\", 1],
    ["[a", 0],
    ["[]", 0],
    ["[z-a]", 1],
    ["[\\d-z]", 1],
    ["a!", 1],
    ["é", 0],
    ["]", 0],
    ["a{1000}a{1000}a{1000}a{1000}a{1000}", 28],
  ])("refuses %s and says where", (source, from) => {
    try {
      compileRegex(source, 0, source.length);
    } catch (error) {
      expect(error).toBeInstanceOf(PatternError);
      expect(Math.max(0, (error as PatternError).from)).toBe(from);
      expect((error as PatternError).message).toBe("Invalid filter pattern");
      return;
    }
    expect.unreachable(`${source} was taken`);
  });

  it("agrees with the engine's own regular expressions on what both understand", () => {
    const atom = fc.oneof(fc.constantFrom("a", "b", "c", "-", ".", "\\d", "\\w", "\\D", "\\W", "[ab]", "[^a]", "[a-c]", "[^\\d]", "\\."));
    const bounds = fc.constantFrom("", "", "", "*", "+", "?", "{2}", "{1,2}", "{2,}");
    const sequence = fc
      .tuple(fc.constantFrom("", "^"), fc.array(fc.tuple(atom, bounds), { minLength: 1, maxLength: 5 }), fc.constantFrom("", "$"))
      .map(([start, parts, end]) => start + parts.map(([a, b]) => a + b).join("") + end);
    const source = fc.array(sequence, { minLength: 1, maxLength: 3 }).map((alternatives) => alternatives.join("|"));
    const text = fc.string({ unit: fc.constantFrom("a", "b", "c", "1", "-", ".", "é", "🙂", "\n"), maxLength: 10 });
    fc.assert(
      fc.property(source, fc.array(text, { minLength: 1, maxLength: 5 }), (pattern, texts) => {
        const theirs = new RegExp(pattern, "su");
        for (const each of texts) expect([pattern, each, matches(pattern, each)]).toEqual([pattern, each, theirs.test(each)]);
      }),
      { numRuns: 1500 },
    );
  });

  it("stays linear on expressions that make backtracking engines explode", () => {
    const regex = compileRegex("a*a*a*a*a*a*a*a*b|[ab]{1,40}c", 0, 29);
    const time = (length: number): number => {
      const bytes = encoder.encode("a".repeat(length));
      const start = performance.now();
      expect(regex.matches(bytes, 0, length)).toBe(false);
      return performance.now() - start;
    };
    time(10_000);
    time(400_000);
    expect(time(400_000)).toBeLessThan(2000);
  });
});
