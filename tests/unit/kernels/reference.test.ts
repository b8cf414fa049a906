import { describe, expect, it } from "vitest";
import { loadKernels } from "../../../workers/kernels/load.ts";
import { nearestRank, referenceKernels } from "../../../workers/kernels/reference.ts";

const f = (...values: number[]): Float64Array => Float64Array.from(values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Lines with their newlines, the last one as it comes. */
function lines(text: string): { bytes: Uint8Array; offsets: Uint32Array } {
  const bytes = utf8(text);
  const offsets = [0];
  bytes.forEach((byte, i) => {
    if (byte === 10) offsets.push(i + 1);
  });
  if (offsets[offsets.length - 1] !== bytes.length) offsets.push(bytes.length);
  return { bytes, offsets: Uint32Array.from(offsets) };
}

const terms = (all: string[], any: string[] = [], none: string[] = []) => ({
  all: all.map(utf8),
  any: any.map(utf8),
  none: none.map(utf8),
});

describe("aggregation", () => {
  it("puts a point on a border into the later cell and leaves out what lies outside the grid", () => {
    const cells = referenceKernels.aggregate(
      { timestamps: f(-1, 0, 59_999, 60_000, 179_999, 180_000), values: f(9, 1, 2, 4, 8, 9) },
      { start: 0, period: 60_000, cells: 3 },
    );
    expect([...cells.count]).toEqual([2, 1, 1]);
    expect([...cells.sum]).toEqual([3, 4, 8]);
    expect([...cells.min]).toEqual([1, 4, 8]);
    expect([...cells.max]).toEqual([2, 4, 8]);
  });

  it("gives an empty cell count 0, sum 0, +Infinity and -Infinity", () => {
    const cells = referenceKernels.aggregate({ timestamps: f(), values: f() }, { start: 0, period: 1, cells: 1 });
    expect([cells.count[0], cells.sum[0], cells.min[0], cells.max[0]]).toEqual([0, 0, Infinity, -Infinity]);
  });

  it("adds in eight lanes: 1e16 and -1e16 eight points apart meet before the ones between them are added", () => {
    // One after another: 1e16 + 1 = 1e16 (seven times), - 1e16 = 0. In lanes: L0 = 0, L1..L7 = 1, so 7.
    const values = f(1e16, 1, 1, 1, 1, 1, 1, 1, -1e16);
    const cells = referenceKernels.aggregate({ timestamps: new Float64Array(9), values }, { start: 0, period: 1, cells: 1 });
    expect(cells.sum[0]).toBe(7);
  });

  it("weights values by their counts and skips a count that is not above zero", () => {
    const cells = referenceKernels.aggregate(
      { timestamps: f(0, 0, 0, 0), values: f(10, 20, -99, 99), counts: f(2, 3, 0, Number.NaN) },
      { start: 0, period: 1, cells: 1 },
    );
    expect([cells.count[0], cells.sum[0], cells.min[0], cells.max[0]]).toEqual([5, 80, 10, 20]);
  });

  it("lets a NaN spoil the sum, not the minimum and maximum, and never answers -0", () => {
    const cells = referenceKernels.aggregate(
      { timestamps: f(0, 0, 0, 1, 1), values: f(1, Number.NaN, 3, -0, -0) },
      { start: 0, period: 1, cells: 2 },
    );
    expect([cells.count[0], cells.sum[0], cells.min[0], cells.max[0]]).toEqual([3, Number.NaN, 1, 3]);
    expect([cells.sum[1], cells.min[1], cells.max[1]].map((v) => Object.is(v, 0))).toEqual([true, true, true]);
  });
});

describe("percentiles by nearest rank", () => {
  const at = (n: number): Float64Array => new Float64Array(n);
  const one = { start: 0, period: 1, cells: 1 };

  it("finds the ceil(n * rank / 100)-th smallest, the least for rank 0", () => {
    const values = f(15, 20, 35, 40, 50);
    const found = referenceKernels.percentiles({ timestamps: at(5), values }, one, [0, 5, 30, 40, 50, 100]);
    expect(found.map((c) => c[0])).toEqual([15, 15, 20, 20, 35, 50]);
  });

  it("does not slip by one through rounding: p99.9 of 1000 values is the 999th", () => {
    expect([nearestRank(1000, 99.9), nearestRank(1000, 99.91), nearestRank(3, 33.333333333333336), nearestRank(7, 0)]).toEqual([
      999, 1000, 1, 0,
    ]);
  });

  it("cumulates counts: of 1 x 90 and 100 x 10 the p90 is 1 and the p91 is 100", () => {
    const found = referenceKernels.percentiles({ timestamps: at(2), values: f(100, 1), counts: f(10, 90) }, one, [90, 91]);
    expect(found.map((c) => c[0])).toEqual([1, 100]);
  });

  it("answers NaN for an empty cell", () => {
    expect(referenceKernels.percentiles({ timestamps: at(0), values: at(0) }, one, [50])[0]?.[0]).toBeNaN();
  });
});

describe("filter programs", () => {
  const block = lines("ERROR one\nINFO two\n\nERROR two\nWARN ERR\u00c9 three");

  it("wants every needle of all, one of any, none of none", () => {
    expect([...referenceKernels.matchTerms(terms(["ERROR"]), block)]).toEqual([0, 3]);
    expect([...referenceKernels.matchTerms(terms(["ERROR", "two"]), block)]).toEqual([3]);
    expect([...referenceKernels.matchTerms(terms([], ["one", "three"]), block)]).toEqual([0, 4]);
    expect([...referenceKernels.matchTerms(terms([], [], ["o"]), block)]).toEqual([2, 4]);
    expect([...referenceKernels.matchTerms(terms(["ERR"], ["two", "\u00c9"], ["INFO"]), block)]).toEqual([3, 4]);
  });

  it("matches every line without needles, and by an empty needle", () => {
    expect([...referenceKernels.matchTerms(terms([]), block)]).toEqual([0, 1, 2, 3, 4]);
    expect([...referenceKernels.matchTerms(terms([""], ["nowhere", ""]), block)]).toEqual([0, 1, 2, 3, 4]);
    expect([...referenceKernels.matchTerms(terms([], [], [""]), block)]).toEqual([]);
  });
});

describe("what is refused", () => {
  const one = { start: 0, period: 1, cells: 1 };

  it("names the broken promise, in every flavour", async () => {
    for (const kernels of [referenceKernels, await loadKernels()]) {
      expect(() => kernels.aggregate({ timestamps: f(2, 1), values: f(1, 1) }, one)).toThrow("timestamps are not sorted");
      expect(() => kernels.aggregate({ timestamps: f(Number.NaN), values: f(1) }, one)).toThrow("timestamps are not sorted");
      expect(() => kernels.aggregate({ timestamps: f(1), values: f(1, 2) }, one)).toThrow("columns differ in length");
      expect(() => kernels.aggregate({ timestamps: f(1), values: f(1), counts: f() }, one)).toThrow("columns differ in length");
      expect(() => kernels.aggregate({ timestamps: f(), values: f() }, { ...one, period: 0 })).toThrow("period of 0 ms");
      expect(() => kernels.aggregate({ timestamps: f(), values: f() }, { ...one, cells: 0.5 })).toThrow("0.5 cells");
      expect(() => kernels.percentiles({ timestamps: f(), values: f() }, one, [101])).toThrow("rank 101");
      expect(() => kernels.matchTerms(terms(["a"]), { bytes: utf8("ab"), offsets: Uint32Array.of(0, 3) })).toThrow("after the 2 bytes");
      expect(() => kernels.matchTerms(terms(["a"]), { bytes: utf8("ab"), offsets: Uint32Array.of(1, 0) })).toThrow("lies before");
    }
  });

  it("loads the SIMD flavour in this engine, and says no reason then", async () => {
    const kernels = await loadKernels();
    expect([kernels.flavour, kernels.reason]).toEqual(["simd", undefined]);
  });
});
