import { describe, expect, it } from "vitest";
import { aggregateKept, keepCells, keepLines, keepPoints, matchKept, percentilesKept } from "../../../workers/kernels/kept.ts";
import { loadWasm } from "../../../workers/kernels/load.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";

const n = 150_000;
const timestamps = Float64Array.from({ length: n }, (_, i) => i * 10 + ((i * 7919) % 10));
const values = Float64Array.from({ length: n }, (_, i) => ((i * 31_337) % 10_007) / 3);
const counts = Float64Array.from({ length: n }, (_, i) => (i % 4) + 1);
const grids = [
  { start: 0, period: 60, cells: 25_100 },
  { start: 777, period: 6000, cells: 200 },
  { start: -5, period: 1_400_000, cells: 2 },
  { start: 2_000_000, period: 10, cells: 3 },
];

describe("columns kept in the kernels' memory", () => {
  it("aggregate as the reference does, with and without counts, empty cells behind the last point included", async () => {
    const { host } = await loadWasm("simd");
    for (const points of [
      { timestamps, values },
      { timestamps, values, counts },
    ]) {
      const mark = host.mark();
      const kept = keepPoints(host, points);
      for (const grid of grids) {
        const cells = keepCells(host, grid.cells);
        aggregateKept(host, kept, grid, cells.at);
        const want = referenceKernels.aggregate(points, grid);
        for (const column of ["count", "sum", "min", "max"] as const) {
          expect(cells.views()[column].every((v, i) => Object.is(v, want[column][i]))).toBe(true);
        }
      }
      host.release(mark);
    }
  });

  it("find percentiles as the reference does, in cells longer than a slice too", async () => {
    const { host } = await loadWasm("simd");
    const kept = keepPoints(host, { timestamps, values });
    for (const grid of grids) {
      const out = host.take(grid.cells * 8 * 3);
      percentilesKept(host, kept, grid, [0, 50, 99], out);
      const want = referenceKernels.percentiles({ timestamps, values }, grid, [0, 50, 99]);
      want.forEach((column, r) => {
        expect(host.f64(out + r * grid.cells * 8, grid.cells).every((v, i) => Object.is(v, column[i]))).toBe(true);
      });
    }
  });

  it("refuse points that are not sorted, before anything is asked of them", async () => {
    const { host } = await loadWasm("simd");
    expect(() => keepPoints(host, { timestamps: Float64Array.of(1, 0), values: Float64Array.of(1, 1) })).toThrow("not sorted");
  });

  it("match as the reference does over several slices, though the memory grows between two questions", async () => {
    const { host } = await loadWasm("simd");
    const utf8 = new TextEncoder();
    const text = Array.from({ length: 40_000 }, (_, i) => `line ${i} ${i % 97 === 0 ? "ERROR" : "fine"} ${"x".repeat(i % 60)}\n`);
    const bytes = utf8.encode(text.join(""));
    const offsets = new Uint32Array(text.length + 1);
    text.forEach((line, i) => {
      offsets[i + 1] = (offsets[i] as number) + line.length;
    });
    const block = { bytes, offsets };
    const kept = keepLines(host, block);
    for (const program of [
      { all: [utf8.encode("ERROR")], any: [], none: [] },
      { all: [], any: [utf8.encode("ERROR"), utf8.encode("line 77")], none: [utf8.encode("xxxx")] },
      { all: [], any: [], none: [utf8.encode("fine")] },
    ]) {
      const found = matchKept(host, program, kept);
      expect(found.length).toBeGreaterThan(0);
      expect([...found]).toEqual([...referenceKernels.matchTerms(program, block)]);
      host.take(12 << 20);
    }
  });
});
