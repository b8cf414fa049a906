/** The equality suite of the kernels, run in Node and in Chromium: every flavour answers as the reference does, to the bit. */
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { LineBlock, PeriodGrid, Points, TermProgram } from "../../../workers/kernels/contract.ts";
import { loadWasm, type WasmKernels } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";

/** Equal in every bit: -0 differs from +0, one NaN from another. */
function expectSameBits(got: Float64Array, want: Float64Array, column: string): void {
  expect(got.length, `length of ${column}`).toBe(want.length);
  const a = new BigUint64Array(got.slice().buffer);
  const b = new BigUint64Array(want.slice().buffer);
  const at = a.findIndex((word, i) => word !== b[i]);
  if (at >= 0) expect(`${got[at]} ${a[at]?.toString(16)}`, `${column}[${at}]`).toBe(`${want[at]} ${b[at]?.toString(16)}`);
}

const value = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 3, arbitrary: fc.integer({ min: -3, max: 3 }) },
  { weight: 1, arbitrary: fc.constantFrom(-0, 0, Number.NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324) },
);
const plainValue = fc.oneof(fc.double({ min: 0, max: 1e3, noNaN: true }), fc.integer({ min: 0, max: 20 }));
const count = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(0.5, 1e6, 0, -1, Number.NaN));

/** Sorted points in runs, so that cells are empty, short and long side by side. */
function points(values: fc.Arbitrary<number>, maxLength: number): fc.Arbitrary<Points> {
  const row = fc.tuple(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 400 })), values, count);
  return fc
    .tuple(fc.array(row, { maxLength, size: "max" }), fc.boolean(), fc.integer({ min: 0, max: 1000 }))
    .map(([rows, weighted, at]) => {
      let t = at;
      const timestamps = Float64Array.from(rows, ([gap]) => {
        t += gap;
        return t;
      });
      return {
        timestamps,
        values: Float64Array.from(rows, (r) => r[1]),
        ...(weighted ? { counts: Float64Array.from(rows, (r) => r[2]) } : {}),
      };
    });
}

const grid: fc.Arbitrary<PeriodGrid> = fc.record({
  start: fc.oneof(fc.constant(0), fc.integer({ min: -50, max: 2000 }), fc.double({ min: 0, max: 100, noNaN: true })),
  period: fc.oneof(fc.constantFrom(1, 7, 60, 1000, 100_000), fc.double({ min: 0.3, max: 50, noNaN: true })),
  cells: fc.oneof(fc.constantFrom(0, 1, 3), fc.integer({ min: 4, max: 300 })),
});

const ranks = fc.array(fc.oneof(fc.constantFrom(0, 50, 90, 99, 99.9, 100), fc.double({ min: 0, max: 100, noNaN: true })), {
  maxLength: 4,
});

/** Bytes of few kinds make hits, near hits and overlaps likely. */
const letters = fc.array(fc.constantFrom(97, 97, 98, 99, 0xc3, 0xa9, 0), { maxLength: 12 });
const needle = fc.oneof(letters, fc.array(fc.constantFrom(97, 98), { minLength: 1, maxLength: 3 })).map((b) => Uint8Array.from(b));
const line = fc.oneof(
  { weight: 4, arbitrary: letters },
  { weight: 1, arbitrary: fc.constant([] as number[]) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.integer({ min: 0, max: 140 }), letters).map(([pad, b]) => [...new Array<number>(pad).fill(120), ...b]),
  },
);

function blockOf(lines: readonly (readonly number[])[], separator: readonly number[], endsOpen: boolean): LineBlock {
  const bytes: number[] = [];
  const offsets = [0];
  lines.forEach((l, i) => {
    bytes.push(...l);
    if (!(endsOpen && i === lines.length - 1)) bytes.push(...separator);
    offsets.push(bytes.length);
  });
  return { bytes: Uint8Array.from(bytes), offsets: Uint32Array.from(offsets) };
}

const block = fc
  .tuple(fc.array(line, { maxLength: 60, size: "max" }), fc.constantFrom([], [10], [13, 10]), fc.boolean())
  .map(([lines, separator, endsOpen]) => blockOf(lines, separator, endsOpen));
const program: fc.Arbitrary<TermProgram> = fc.record({
  all: fc.array(needle, { maxLength: 3 }),
  any: fc.array(needle, { maxLength: 12 }),
  none: fc.array(needle, { maxLength: 3 }),
});
const sparseProgram: fc.Arbitrary<TermProgram> = fc.oneof(
  program,
  needle.map((n) => ({ all: [n], any: [], none: [] })),
  fc.array(needle, { minLength: 2, maxLength: 8 }).map((any) => ({ all: [], any, none: [] })),
  fc.array(needle, { minLength: 1, maxLength: 3 }).map((none) => ({ all: [], any: [], none })),
);

/** Needles of seven bytes and more, and lines of them whole, cut and run together, in more than the 64 KiB from which grams are used. */
const longSet = fc
  .record({
    needles: fc.uniqueArray(fc.string({ unit: fc.constantFrom("a", "b", "c", " "), minLength: 7, maxLength: 24 }), {
      minLength: 2,
      maxLength: 12,
    }),
    least: fc.constantFrom(7, 11),
    lines: fc.array(fc.array(fc.tuple(fc.nat(11), fc.nat(12), fc.nat(24)), { maxLength: 5 }), { minLength: 1, maxLength: 40 }),
    pad: fc.integer({ min: 0, max: 9 }),
  })
  .map(({ needles, least, lines, pad }) => {
    const encoder = new TextEncoder();
    const long = needles.map((text) => encoder.encode(text.padEnd(least, "-")));
    const made = lines.map((parts) =>
      parts.flatMap(([which, from, to]) => [...(long[which % long.length] as Uint8Array).subarray(from > 6 ? 0 : from, to), 46]),
    );
    const filler = new Array<number>(300 + pad).fill(120);
    const all = Array.from({ length: 240 }, (_, i) => (i % 3 === 0 ? filler : (made[i % made.length] as number[])));
    return { needles: long, block: blockOf([...all, filler], [], true) };
  })
  .map(({ needles, block: small }) => {
    const times = Math.ceil(70_000 / small.bytes.length);
    const bytes = new Uint8Array(small.bytes.length * times);
    const offsets = [0];
    for (let i = 0; i < times; i++) {
      bytes.set(small.bytes, i * small.bytes.length);
      for (const end of small.offsets.subarray(1)) offsets.push(i * small.bytes.length + end);
    }
    return { needles, block: { bytes, offsets: Uint32Array.from(offsets) } };
  });

export function equalitySuite(flavour: "simd" | "scalar", runs: number): void {
  describe(`the ${flavour} kernels`, () => {
    let kernels: WasmKernels;
    beforeAll(async () => {
      kernels = await loadWasm(flavour);
    });

    const sameCells = (p: Points, g: PeriodGrid): void => {
      const got = kernels.aggregate(p, g);
      const want = referenceKernels.aggregate(p, g);
      for (const column of ["count", "sum", "min", "max"] as const) expectSameBits(got[column], want[column], column);
    };
    const samePercentiles = (p: Points, g: PeriodGrid, r: readonly number[]): void => {
      const got = kernels.percentiles(p, g, r);
      const want = referenceKernels.percentiles(p, g, r);
      expect(got.length).toBe(r.length);
      want.forEach((column, i) => {
        expectSameBits(got[i] as Float64Array, column, `p${r[i]}`);
      });
    };
    const sameLines = (t: TermProgram, b: LineBlock): void => {
      expect([...kernels.matchTerms(t, b)]).toEqual([...referenceKernels.matchTerms(t, b)]);
    };

    it("aggregate like the reference, to the bit, whatever the values, counts and grid", () => {
      fc.assert(fc.property(points(value, 400), grid, sameCells), { numRuns: runs });
    });

    it("find percentiles like the reference, to the bit, NaN, infinities and weights included", () => {
      fc.assert(fc.property(points(value, 400), grid, ranks, samePercentiles), { numRuns: runs });
    });

    it("find percentiles of ordinary values like the reference", () => {
      fc.assert(fc.property(points(plainValue, 900), grid, ranks, samePercentiles), { numRuns: runs });
    });

    it("match filter programs like the reference", () => {
      fc.assert(fc.property(sparseProgram, block, sameLines), { numRuns: runs * 3 });
    });

    it("match sets of long needles in long blocks like the reference", () => {
      fc.assert(
        fc.property(longSet, ({ needles, block: long }) => {
          sameLines({ all: [], any: needles, none: [] }, long);
          sameLines({ all: [], any: [], none: needles }, long);
        }),
        { numRuns: Math.ceil(runs / 4) },
      );
    });

    it("answer the same when a program was made ready by another block", () => {
      fc.assert(
        fc.property(sparseProgram, fc.array(block, { minLength: 2, maxLength: 4 }), (t, blocks) => {
          for (const b of blocks) sameLines(t, b);
        }),
        { numRuns: runs },
      );
      fc.assert(
        fc.property(longSet, block, ({ needles, block: long }, short) => {
          const t = { all: [], any: needles, none: [] };
          for (const b of [short, long, short]) sameLines(t, b);
        }),
        { numRuns: Math.ceil(runs / 8) },
      );
    });

    it("refuse timestamps that are not sorted, wherever the two lie, as the reference does", () => {
      fc.assert(
        fc.property(points(plainValue, 200), grid, fc.nat(), (p, g, where) => {
          fc.pre(p.timestamps.length >= 2);
          const timestamps = p.timestamps.slice();
          const i = where % (timestamps.length - 1);
          timestamps[i] = (timestamps[i + 1] as number) + 1;
          const broken = { ...p, timestamps };
          expect(() => referenceKernels.aggregate(broken, g)).toThrow("not sorted");
          expect(() => kernels.aggregate(broken, g)).toThrow("not sorted");
          expect(() => kernels.percentiles(broken, g, [50])).toThrow("not sorted");
        }),
        { numRuns: runs },
      );
    });

    it("carry on over slices: more points than a slice, a cell longer than a slice, more cells than a call answers", () => {
      const n = 200_003;
      const timestamps = Float64Array.from({ length: n }, (_, i) => i * 10 + ((i * 7919) % 10));
      const values = Float64Array.from({ length: n }, (_, i) => ((i * 2_654_435_761) % 1_000_003) / 7 - 5e4);
      const counts = Float64Array.from({ length: n }, (_, i) => (i % 5) + 1);
      for (const g of [
        { start: 5, period: 60, cells: 33_000 },
        { start: 100, period: 7, cells: 300_000 },
        { start: 0, period: 900_000, cells: 3 },
        { start: 1000, period: 1_800_000, cells: 1 },
        { start: -10, period: 6000, cells: 400 },
      ]) {
        sameCells({ timestamps, values }, g);
        sameCells({ timestamps, values, counts }, g);
        samePercentiles({ timestamps, values }, g, [50, 90, 99]);
      }
      samePercentiles({ timestamps, values, counts }, { start: 0, period: 600_000, cells: 4 }, [1, 50, 99.9]);
    });

    it("select exactly from skewed, repeated and spread values in long cells", () => {
      const shapes: ((i: number) => number)[] = [
        (i) => (i % 97 === 0 ? 1e9 : (i * 31) % 1000),
        (i) => 2 ** ((i * 37) % 600) * (i % 2 === 0 ? 1 : -1),
        (i) => i % 3,
        (i) => (i === 17 ? 1e308 : i === 18 ? -1e308 : i),
        () => -0,
        (i) => 1 + ((i * 7919) % 5000) * 2.220446049250313e-16,
        (i) => ((i * 7919) % 5000) * 5e-324,
      ];
      for (const shape of shapes) {
        for (const n of [9, 33, 160, 401, 1601, 70_000]) {
          const timestamps = Float64Array.from({ length: n }, (_, i) => i);
          const values = Float64Array.from({ length: n }, (_, i) => shape(i));
          samePercentiles({ timestamps, values }, { start: 0, period: n, cells: 1 }, [0, 1, 50, 90, 99, 99.9, 100]);
        }
      }
    });

    it("find needles at every place around the borders of a block of 64 and of a slice of 1 MiB", () => {
      const text = new TextEncoder();
      const term = text.encode("ERROR timeout");
      for (let at = 0; at < 140; at++) {
        const bytes = new Uint8Array(200).fill(46);
        bytes.set(term, at);
        for (const cut of [at, at + 1, at + term.length - 1, at + term.length]) {
          const b = { bytes, offsets: Uint32Array.of(0, cut, 200) };
          sameLines({ all: [term], any: [], none: [] }, b);
          sameLines({ all: [], any: [term, text.encode("zzz"), text.encode("R t")], none: [] }, b);
          sameLines({ all: [], any: [], none: [term] }, b);
        }
      }
      const long = new Uint8Array(3 << 20).fill(46);
      const offsets = [0];
      for (let at = 0; at + 1000 < 2 << 20; at += 1000) {
        if (at % 7000 === 0) long.set(term, at + ((at / 1000) % 990));
        offsets.push(at + 1000);
      }
      long.set(term, long.length - term.length);
      offsets.push(long.length); // one line longer than a slice, the needle at its very end
      const b = { bytes: long, offsets: Uint32Array.from(offsets) };
      sameLines({ all: [term, text.encode("..")], any: [], none: [] }, b);
      sameLines({ all: [], any: [term, text.encode("nothing")], none: [text.encode("ERRORS")] }, b);
      sameLines({ all: [], any: [], none: [term] }, b);
    });

    it("never let a needle reach from one line into the next", () => {
      const b = blockOf([[97, 98], [97], [98], [97, 98]], [], true);
      const ab = Uint8Array.of(97, 98);
      expect([...kernels.matchTerms({ all: [ab], any: [], none: [] }, b)]).toEqual([0, 3]);
      expect([...kernels.matchTerms({ all: [], any: [ab, Uint8Array.of(99)], none: [] }, b)]).toEqual([0, 3]);
      expect([...kernels.matchTerms({ all: [], any: [], none: [ab] }, b)]).toEqual([1, 2]);
    });

    it("begin at the first offset, not at the first byte", () => {
      const bytes = new TextEncoder().encode("error\nok\nerror\nok\n");
      const b = { bytes, offsets: Uint32Array.of(6, 9, 15, 18) };
      expect([...kernels.matchTerms({ all: [new TextEncoder().encode("error")], any: [], none: [] }, b)]).toEqual([1]);
    });

    it("answer nothing for no points, no cells, no lines", () => {
      const none = { timestamps: new Float64Array(0), values: new Float64Array(0) };
      sameCells(none, { start: 0, period: 60, cells: 2 });
      samePercentiles(none, { start: 0, period: 60, cells: 2 }, [50]);
      sameLines({ all: [Uint8Array.of(97)], any: [], none: [] }, { bytes: new Uint8Array(0), offsets: new Uint32Array(0) });
      sameLines({ all: [], any: [], none: [] }, { bytes: new Uint8Array(0), offsets: Uint32Array.of(0, 0, 0) });
    });
  });
}
