import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patternTokens } from "../../../../src/editors/filter-pattern/pattern-tokens.ts";

const cut = (source: string): string[] => patternTokens(source).map(({ from, to, css }) => `${css}:${source.slice(from, to)}`);

describe("colours of a filter pattern", () => {
  it.each([
    ['{ $.table = "orders" && $.n >= 4 }', ["pu:{", "k:$.table", "op:=", 'st:"orders"', "op:&&", "k:$.n", "op:>=", "nu:4", "pu:}"]],
    ["{ $.a.['b c'][0] IS NULL }", ["pu:{", "k:$.a.['b c'][0]", "op:IS", "op:NULL", "pu:}"]],
    ["{ $.code = *Throttl* }", ["pu:{", "k:$.code", "op:=", "st:*Throttl*", "pu:}"]],
    ["{ $.m = %a.b% }", ["pu:{", "k:$.m", "op:=", "nu:%a.b%", "pu:}"]],
    ["[ip, ..., status = 5*]", ["pu:[", "k:ip", "pu:,", "pu:...", "pu:,", "k:status", "op:=", "st:5*", "pu:]"]],
    ["[n = 4 && n != 5]", ["pu:[", "k:n", "op:=", "nu:4", "op:&&", "k:n", "op:!=", "nu:5", "pu:]"]],
    ['?ERROR -"not me" %\\d+%', ["op:?", "op:-", 'st:"not me"', "nu:%\\d+%"]],
    ['{ $.a = "never closed', ["pu:{", "k:$.a", "op:=", 'st:"never closed']],
  ])("cuts %s", (source, expected) => {
    expect(cut(source)).toEqual(expected);
  });

  it("gives ascending tokens that do not overlap, for any text", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."{}[]$.'\"%&|=<>!?- a1*\\,()") }), (source) => {
        let at = 0;
        for (const { from, to } of patternTokens(source)) {
          expect(from).toBeGreaterThanOrEqual(at);
          expect(to).toBeGreaterThan(from);
          at = to;
        }
        expect(at).toBeLessThanOrEqual(source.length);
      }),
    );
  });
});
