import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { jsonColours } from "../../../../src/editors/json/json-colours.ts";
import { compacted, laidOut } from "../../../../src/editors/json/json-layout.ts";

describe("JSON laid out", () => {
  test("has its members one a line, and short lists on one", () => {
    const text = '{"source":["aws.ec2"],"detail":{"n":[{"numeric":[">",5]}],"e":{},"l":[]}}';
    expect(laidOut(text)).toBe(
      [
        "{",
        '  "source": ["aws.ec2"],',
        '  "detail": {',
        '    "n": [{ "numeric": [">", 5] }],',
        '    "e": {},',
        '    "l": []',
        "  }",
        "}",
      ].join("\n"),
    );
  });

  test("breaks a list that is too long for a line", () => {
    const text = JSON.stringify(Array.from({ length: 30 }, (_, at) => `name-${at}`));
    expect(laidOut(text)?.split("\n")).toHaveLength(32);
  });

  test("keeps names and values as they were written, also those that a number cannot hold, and names that stand twice", () => {
    const text = '{"a":12345678901234567890,"b":1.50e2,"c":"\\u0041 {x}: [,]","a":-0}';
    expect(compacted(laidOut(text) ?? "")).toBe(text);
  });

  test("is nothing for what is no JSON", () => {
    for (const text of ["", "{", "{'a':1}", "[1,]", '{"a" 1}']) expect([laidOut(text), compacted(text)]).toEqual([undefined, undefined]);
  });

  test("says the same as before, and laid out again stays as it is", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2, "\t"), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), null, indent);
        const laid = laidOut(text) as string;
        expect(JSON.parse(laid)).toEqual(JSON.parse(text));
        expect(laidOut(laid)).toBe(laid);
        expect(compacted(laid)).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
  });
});

describe("colours of JSON", () => {
  test("tell names, texts, numbers and signs apart", () => {
    const text = '{"a": ["b", -1.5e3, true]}';
    expect(jsonColours(text).map(({ from, to, css }) => [text.slice(from, to), css])).toEqual([
      ["{", "pu"],
      ['"a"', "k"],
      ["[", "pu"],
      ['"b"', "st"],
      [",", "pu"],
      ["-1.5e3", "nu"],
      [",", "pu"],
      ["true", "nu"],
      ["]", "pu"],
      ["}", "pu"],
    ]);
  });

  test("of a text that is not closed end with its line", () => {
    const text = '{"a": "b\n"c": 1';
    expect(jsonColours(text).map(({ from, to, css }) => [text.slice(from, to), css])).toContainEqual(['"c"', "k"]);
  });

  test("come in order and never overlap, whatever is typed", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[{}[\]":, \\a1\n-]*$/)), (text) => {
        let end = 0;
        for (const { from, to } of jsonColours(text)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(to).toBeGreaterThan(from);
          end = to;
        }
        expect(end).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
