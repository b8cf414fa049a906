/** Typed wrapper of `assembly/percentile.ts`. */
import { checkGrid, checkLengths, checkRanks } from "./checks.ts";
import type { PeriodGrid, Points } from "./contract.ts";
import { counted, type KernelHost } from "./host.ts";
import { referenceKernels } from "./reference.ts";
import { eachSlice, SLICE_CELLS, type Slice } from "./slices.ts";

/** Exact percentiles by nearest rank, one array per rank; see the contract. */
export function percentiles(host: KernelHost, points: Points, grid: PeriodGrid, ranks: readonly number[]): Float64Array[] {
  if (points.timestamps.length <= host.small) return referenceKernels.percentiles(points, grid, ranks);
  checkLengths(points);
  checkGrid(grid);
  checkRanks(ranks);
  const result = ranks.map(() => new Float64Array(grid.cells));
  const stride = Math.min(grid.cells, SLICE_CELLS) * 8;
  const rankBytes = ranks.length * 8 + 64;
  const outBytes = stride * ranks.length + 64;
  const answered = eachSlice(
    host,
    points,
    grid,
    (n) => rankBytes + outBytes + 128 + scratchBytes(n, ranks.length, points.counts !== undefined),
    (slice, at) => {
      const out = (at + rankBytes + 63) & ~63;
      const scratch = (out + outBytes + 63) & ~63;
      host.f64(at, ranks.length).set(ranks);
      const done = callPercentiles(host, slice, grid, at, ranks.length, out, stride, scratch, slice.n);
      result.forEach((column, r) => {
        column.set(host.f64(out + r * stride, done), slice.firstCell);
      });
      return done;
    },
  );
  if (answered < 0) return referenceKernels.percentiles(points, grid, ranks);
  for (const column of result) column.fill(Number.NaN, answered);
  return result;
}

/** What the kernel needs beside its columns: wanted positions, histogram, and work for a cell of n points. */
export function scratchBytes(n: number, ranks: number, isWeighted: boolean): number {
  return ranks * 36 + 64 + 10_240 + n * (isWeighted ? 32 : 16) + 256;
}

/** One call of the kernel: cells into one column per rank at `out`, `stride` bytes apart; cells of up to `longest` points. Answers how many. */
export function callPercentiles(
  host: KernelHost,
  slice: Slice,
  grid: PeriodGrid,
  ranks: number,
  rankCount: number,
  out: number,
  stride: number,
  scratch: number,
  longest: number,
): number {
  return counted(
    "percentiles",
    host.exports.percentiles(
      slice.timestamps,
      slice.values,
      slice.counts,
      slice.n,
      slice.budget,
      slice.final,
      grid.start,
      grid.period,
      slice.firstCell,
      slice.cells,
      ranks,
      rankCount,
      out,
      stride,
      scratch,
      longest,
      slice.state,
      slice.hasNaN ? 1 : 0,
    ),
  );
}
