import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { events } from "../../../workers/services/events/definition.ts";
import { pageBehind, placeIn, placeToken } from "../../../workers/services/place-token.ts";
import { harness } from "./harness.ts";

describe("a page token", () => {
  it("gives its place back, whatever text it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (place) => {
        expect(placeIn(placeToken(place))).toBe(place);
      }),
    );
  });

  it("is none where it is any other text", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.base64String(),
          fc.string().map((text) => btoa(encodeURIComponent(text))),
        ),
        (text) => {
          const place = placeIn(text);
          if (place !== undefined) expect(placeToken(place)).toBe(text);
        },
      ),
    );
  });

  it("leads through all rows once, page by page, and there is none after the last", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1, unit: "grapheme" })), fc.integer({ min: 1, max: 5 }), (names, most) => {
        const rows = names.sort((a, b) => (a < b ? -1 : 1));
        const seen: string[] = [];
        for (let after: string | undefined = ""; after !== undefined; ) {
          const { page, next }: { readonly page: readonly string[]; readonly next?: string } = pageBehind(rows, (row) => row, after, most);
          expect(page.length).toBe(Math.min(most, rows.length - seen.length));
          seen.push(...page);
          after = next === undefined ? undefined : placeIn(next);
        }
        expect(seen).toEqual(rows);
      }),
    );
  });

  it("with a badly escaped name is refused by EventBridge, and is no defect", () => {
    const h = harness(events);
    expect(() => h.call("ListRules", { NextToken: btoa("before:%E0") })).toThrow("Token is invalid.");
    // A place that no rule has is a place all the same.
    expect(h.call("ListRules", { NextToken: btoa("after:%E0") })).toEqual({ Rules: [] });
  });
});
