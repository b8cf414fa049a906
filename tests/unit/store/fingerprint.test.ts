import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ChunkCache } from "../../../workers/store/chunk-cache.ts";
import { sizeText } from "../../../workers/store/failure.ts";
import { fingerprint } from "../../../workers/store/fingerprint.ts";

const anything = fc.anything({
  withBigInt: true,
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withNullPrototype: false,
  withDate: false,
});

describe("the fingerprint of a state", () => {
  it("is the same after a structured clone", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(fingerprint(structuredClone(value))).toEqual(fingerprint(value));
      }),
    );
  });

  it.each([
    ["a number's sign of zero", 0, -0],
    ["nothing and null", { a: undefined }, { a: null }],
    ["a missing member", { a: undefined }, {}],
    ["the order of a list", [1, 2], [2, 1]],
    ["the nesting", [[1], 2], [[1, 2]]],
    ["where one text ends", ["ab", "c"], ["a", "bc"]],
    ["a number and its text", "1", 1],
    ["an array's type", new Uint8Array([1, 0]), new Uint16Array([1])],
    ["one element", new Float64Array([1, 2]), new Float64Array([1, 3])],
    ["Map and Set", new Map(), new Set()],
  ])("tells apart %s", (_, a, b) => {
    expect(fingerprint(a).checksum).not.toBe(fingerprint(b).checksum);
  });

  it("refuses what storage could not give back as it was", () => {
    const ring: unknown[] = [];
    ring.push(ring);
    expect(() => fingerprint(ring)).toThrow(/cycle/);
    expect(() => fingerprint({ run: () => 1 })).toThrow(/function/);
    expect(() => fingerprint(new Date(0))).toThrow(/Date/);
  });

  it("counts bytes about as they lie in storage", () => {
    expect(fingerprint({ a: new Float64Array(1000) }).bytes).toBeGreaterThan(7999);
    expect(fingerprint({ a: new Float64Array(1000) }).bytes).toBeLessThan(8100);
  });
});

describe("the chunk cache", () => {
  it("lets the least recently used go and never holds more than its limit", () => {
    const cache = new ChunkCache(100);
    for (const id of ["a", "b", "c"]) cache.set(id, new ArrayBuffer(30));
    cache.get("a");
    cache.set("d", new ArrayBuffer(40));
    expect(["a", "b", "c", "d"].map((id) => cache.get(id) !== undefined)).toEqual([true, false, true, true]);
    expect(cache.size).toBe(100);
    cache.set("big", new ArrayBuffer(101));
    expect(cache.size).toBe(0);
  });
});

it("writes sizes as people read them", () => {
  expect([0, 999, 1000, 3_460_000, 24_000_000, 2_000_000_000].map(sizeText)).toEqual([
    "0 bytes",
    "999 bytes",
    "1 kB",
    "3.5 MB",
    "24 MB",
    "2 GB",
  ]);
});
