import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadModels } from "../../../workers/model/models.ts";
import { compilePattern, matchesPattern } from "../../../workers/model/patterns.ts";

describe("model patterns", () => {
  it("all compile", async () => {
    const models = await loadModels();
    const patterns = new Set<string>();
    for (const service of models.services) {
      for (const shape of Object.values(models.get(service)!.shapes))
        if (shape.type === "string" && shape.pattern !== undefined) patterns.add(shape.pattern);
    }
    expect(patterns.size).toBeGreaterThan(80);
    for (const pattern of patterns) expect(compilePattern(pattern)).toBeInstanceOf(RegExp);
  });

  it.each([
    ["[\\.\\-_/#A-Za-z0-9]+", "a b", false],
    ["[\\.\\-_/#A-Za-z0-9]+", "a/b.c#d", true],
    ["[^:*]*", "2024/01/01/[$LATEST]abc def ü", true],
    ["[^:*]*", "a\nb", true],
    ["^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$", "Größe 1", true],
    ["^([\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]+)$", "a*", false],
    ["[\\w-_]*", "a-b_c", true],
    ["(?s).*", "a\nb", true],
    [".*", "a\nb", false],
    ["a|b", "ab", false],
    ["[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*", "tab\t and 𝄞", true],
    ["[\\u0020-\\uD7FF\\uE000-\\uFFFD\\uD800\\uDC00-\\uDBFF\\uDFFF\\t]*", "line\n", false],
  ])("%s on %j is %s: the whole text counts", (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected);
  });

  it.each([
    "^[ \\t]*[\\x20-\\x7E]+([ \\t]+[\\x20-\\x7E]+)*[ \\t]*$",
    "^[ \\t]*[^\\x00-\\x1F:\\x7F]+([ \\t]+[^\\x00-\\x1F:\\x7F]+)*[ \\t]*$",
  ])("%s is replaced by an equal one that answers at once", (pattern) => {
    const original = new RegExp(`^(?:${pattern})$`);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", " ", "\t", ":", "\n", "~", "ä"), maxLength: 9 }), (text) => {
        expect(matchesPattern(pattern, text)).toBe(original.test(text));
      }),
      { numRuns: 2000 },
    );
    expect(matchesPattern(pattern, `${"a ".repeat(2000)}\n`)).toBe(false);
  });
});
