/** Typed wrapper of `assembly/aggregate.ts`. */
import { checkGrid, checkLengths } from "./checks.ts";
import type { PeriodCells, PeriodGrid, Points } from "./contract.ts";
import { counted, type KernelHost } from "./host.ts";
import { referenceKernels } from "./reference.ts";
import { eachSlice, SLICE_CELLS, type Slice } from "./slices.ts";

/** count, sum, min, max per cell; see the contract. Copies the points of the grid in and the cells out. */
export function aggregate(host: KernelHost, points: Points, grid: PeriodGrid): PeriodCells {
  if (points.timestamps.length <= host.small) return referenceKernels.aggregate(points, grid);
  checkLengths(points);
  checkGrid(grid);
  const column = (): Float64Array => new Float64Array(grid.cells);
  const result = { count: column(), sum: column(), min: column(), max: column() };
  const stride = Math.min(grid.cells, SLICE_CELLS) * 8;
  const answered = eachSlice(
    host,
    points,
    grid,
    () => stride * 4,
    (slice, out) => {
      const done = callAggregate(host, slice, grid, out, stride);
      result.count.set(host.f64(out, done), slice.firstCell);
      result.sum.set(host.f64(out + stride, done), slice.firstCell);
      result.min.set(host.f64(out + stride * 2, done), slice.firstCell);
      result.max.set(host.f64(out + stride * 3, done), slice.firstCell);
      return done;
    },
  );
  if (answered < 0) return referenceKernels.aggregate(points, grid);
  result.min.fill(Infinity, answered);
  result.max.fill(-Infinity, answered);
  return result;
}

/** One call of the kernel: cells into four columns at `out`, `stride` bytes apart. Answers how many. */
export function callAggregate(host: KernelHost, slice: Slice, grid: PeriodGrid, out: number, stride: number): number {
  return counted(
    "aggregate",
    host.exports.aggregate(
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
      out,
      stride,
      slice.state,
    ),
  );
}
