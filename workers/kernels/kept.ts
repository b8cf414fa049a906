/**
 * Columns and blocks that stay in the kernels' memory, to be asked many times without a copy. What was kept last is
 * released first (`host.mark` and `host.release`). Answers may be left there too.
 */
import { callAggregate } from "./aggregate.ts";
import { checkBlock, checkGrid, checkLengths, checkRanks, unsorted } from "./checks.ts";
import type { LineBlock, PeriodCells, PeriodGrid, Points, TermProgram } from "./contract.ts";
import { HAS_NAN, type KernelHost, SLICE_POINTS, UNSORTED } from "./host.ts";
import { search } from "./match.ts";
import { callPercentiles, scratchBytes } from "./percentile.ts";
import { lowerBound, type Slice } from "./slices.ts";

/** Sorted points in the kernels' memory. */
export interface KeptPoints {
  readonly timestamps: number;
  readonly values: number;
  readonly counts: number;
  readonly length: number;
  readonly hasNaN: boolean;
}

export interface KeptLines {
  readonly bytes: number;
  readonly byteLength: number;
  readonly offsets: number;
  readonly lines: number;
}

/** Copies sorted points in. Throws when they are not sorted. */
export function keepPoints(host: KernelHost, points: Points): KeptPoints {
  checkLengths(points);
  const length = points.timestamps.length;
  const timestamps = host.take(length * 8 + 64);
  const values = host.take(length * 8 + 64);
  const counts = points.counts === undefined ? 0 : host.take(length * 8 + 64);
  const t = host.f64(timestamps, length + 8);
  t.set(points.timestamps);
  t.fill(Infinity, length);
  host.f64(values, length).set(points.values);
  if (points.counts !== undefined) host.f64(counts, length).set(points.counts);
  const flags = host.exports.inspect(timestamps, values, length, -Infinity);
  if (flags & UNSORTED) throw unsorted();
  return { timestamps, values, counts, length, hasNaN: (flags & HAS_NAN) !== 0 };
}

/** Copies lines in. */
export function keepLines(host: KernelHost, block: LineBlock): KeptLines {
  checkBlock(block);
  const kept = {
    bytes: host.take(block.bytes.length),
    byteLength: block.bytes.length,
    offsets: host.take(block.offsets.length * 4),
    lines: Math.max(0, block.offsets.length - 1),
  };
  host.u8(kept.bytes, block.bytes.length).set(block.bytes);
  host.u32(kept.offsets, block.offsets.length).set(block.offsets);
  return kept;
}

/** Room for the answers of `aggregateKept`; the views hold until the memory grows. */
export function keepCells(host: KernelHost, cells: number): { readonly at: number; readonly views: () => PeriodCells } {
  const at = host.take(cells * 32);
  const column = (i: number): Float64Array => host.f64(at + i * cells * 8, cells);
  return { at, views: () => ({ count: column(0), sum: column(1), min: column(2), max: column(3) }) };
}

/** count, sum, min, max of kept points into the cells at `out` (see `keepCells`). */
export function aggregateKept(host: KernelHost, points: KeptPoints, grid: PeriodGrid, out: number): void {
  checkGrid(grid);
  const stride = grid.cells * 8;
  const mark = host.mark();
  const done = eachKept(host, points, grid, host.take(16), (slice) => callAggregate(host, slice, grid, out + slice.firstCell * 8, stride));
  host.release(mark);
  const fill = (column: number, value: number): unknown => host.f64(out + column * stride + done * 8, grid.cells - done).fill(value);
  fill(0, 0);
  fill(1, 0);
  fill(2, Infinity);
  fill(3, -Infinity);
}

/** Percentiles of kept points into one column per rank at `out`, each `grid.cells` long. */
export function percentilesKept(host: KernelHost, points: KeptPoints, grid: PeriodGrid, ranks: readonly number[], out: number): void {
  checkGrid(grid);
  checkRanks(ranks);
  const mark = host.mark();
  const ranksAt = host.take(ranks.length * 8);
  const state = host.take(16);
  const scratch = host.mark();
  let longest = SLICE_POINTS;
  const reserve = (): number => host.take(scratchBytes(longest, ranks.length, points.counts !== 0));
  reserve();
  host.f64(ranksAt, ranks.length).set(ranks);
  const stride = grid.cells * 8;
  const done = eachKept(host, points, grid, state, (slice) => {
    const call = (): number =>
      callPercentiles(host, slice, grid, ranksAt, ranks.length, out + slice.firstCell * 8, stride, scratch, longest);
    let cells = call();
    while (cells === 0) {
      // The first cell is longer than the scratch: make that longer.
      longest *= 4;
      host.release(scratch);
      reserve();
      cells = call();
    }
    return cells;
  });
  for (let r = 0; r < ranks.length; r++) host.f64(out + r * stride + done * 8, grid.cells - done).fill(Number.NaN);
  host.release(mark);
}

/** Matching lines of kept lines. */
export function matchKept(host: KernelHost, program: TermProgram, lines: KeptLines): Uint32Array {
  // The memory must not grow while these views are read: room for one slice's answers and program is taken first.
  const mark = host.mark();
  host.take(8 << 20);
  host.release(mark);
  const block = { bytes: host.u8(lines.bytes, lines.byteLength), offsets: host.u32(lines.offsets, lines.lines + 1) };
  return search(host, program, block, (from) => ({
    bytes: lines.bytes + (block.offsets[from] as number),
    offsets: lines.offsets + from * 4,
  }));
}

function eachKept(host: KernelHost, points: KeptPoints, grid: PeriodGrid, state: number, run: (slice: Slice) => number): number {
  let at = lowerBound(host.f64(points.timestamps, points.length), grid.start);
  let cell = 0;
  while (at < points.length && cell < grid.cells) {
    const n = points.length - at;
    cell += run({
      timestamps: points.timestamps + at * 8,
      values: points.values + at * 8,
      counts: points.counts === 0 ? 0 : points.counts + at * 8,
      n,
      budget: Math.min(n, SLICE_POINTS),
      final: 1,
      firstCell: cell,
      cells: grid.cells - cell,
      state,
      hasNaN: points.hasNaN,
    });
    at += host.u32(state, 1)[0] as number;
  }
  return cell;
}
