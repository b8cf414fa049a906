import fc from "fast-check";
import { expect, it } from "vitest";
import { referenceKernels } from "../../../../workers/kernels/reference.ts";
import { evaluate } from "../../../../workers/language/filter-pattern/evaluate.ts";
import { parseFilterPattern } from "../../../../workers/language/filter-pattern/parse.ts";
import { lineMatcher, lineTexts } from "../../../../workers/services/logs/patterns.ts";
import { columnsOf } from "./support.ts";

const needle = fc.constantFrom("a", "b", "ab", '"a b"', '" "', '"é"', "%a.b%", "%^b|ac?$%", "%[^a]%");
const terms = fc
  .array(fc.tuple(fc.constantFrom("", "?", "-"), needle), { maxLength: 4 })
  .map((all) => all.map(([sign, text]) => sign + text).join(" "));
const comparison = fc
  .tuple(
    fc.constantFrom("$.a", "$.b", "$.b.a", "$.*", "$.b[*]"),
    fc.constantFrom(
      "= a",
      '= "a b"',
      "!= a",
      "= a*",
      "= *b*",
      "= 4*",
      "> 3",
      "<= 40",
      "= 40",
      "!= 40",
      "= %a%",
      "IS NULL",
      "IS TRUE",
      "NOT EXISTS",
    ),
  )
  .map((parts) => parts.join(" "));
const json = fc
  .tuple(comparison, fc.constantFrom("&&", "||"), comparison)
  .filter(([a, , b]) => (a + b).split("*").length < 4 && (a + b).split("%").length < 6)
  .map(([a, join, b]) => `{ ${a} ${join} ${b} }`);
const delimited = fc.constantFrom("[]", "[x = a, ...]", "[x, y = *b*]", "[..., z > 3]", "[x = a || x = 40, y]", "[x = %a%]", "[x != a]");
const pattern = fc.oneof(terms, json, delimited);

const value = fc.constantFrom('"a"', '"a b"', '"\\u0061"', '"é"', "40", "4.0e1", "4", "null", "true", "[4,5]", '{"a":"ab"}', '["a"]');
const message = fc.oneof(
  fc.string({ unit: fc.constantFrom("a", "b", "c", " ", "é", "🙂", '"', "[", "]", "4", "0"), minLength: 1, maxLength: 10 }),
  fc.tuple(value, value).map(([a, b]) => `{"a":${a},"b":${b}}`),
  fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c", "\\u0061", "a b"), fc.constantFrom(":", " : ", ":\t"), value), { maxLength: 4 })
    .map((members) => `{${members.map(([name, colon, text]) => `"${name}"${colon}${text}`).join(", ")}}`),
  fc.tuple(value, value).map(([a, b]) => `{"b":{"a":${a}},"c":"\\"a\\": ","a":${b}`),
);

it("finding lines in a block gives what evaluating each line gives, for every kind of pattern", () => {
  fc.assert(
    fc.property(pattern, fc.array(message, { maxLength: 8 }), (source, lines) => {
      const tree = parseFilterPattern(source);
      const expected = lines.flatMap((line, i) => (evaluate(tree, line).matched ? [i] : []));
      const found = lineMatcher(tree, referenceKernels)(columnsOf(lines.map((line, i) => [i, line])));
      expect([source, lines, [...found]]).toEqual([source, lines, expected]);
    }),
    { numRuns: 3000 },
  );
});

it("the texts of a block are those that went in, whatever their alphabet", () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 6 })), (lines) => {
      const text = lineTexts(columnsOf(lines.map((line, i) => [i, line])));
      expect(lines.map((_, i) => text(i))).toEqual(lines);
    }),
  );
  const block = { bytes: Uint8Array.of(0x80, 0x9f, 0x41, 0xff), offsets: Uint32Array.of(0, 2, 3, 4) };
  expect([0, 1, 2].map(lineTexts(block))).toEqual(["\ufffd\ufffd", "A", "\ufffd"]);
});
