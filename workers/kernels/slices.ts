/**
 * Sorted points through the kernels slice by slice: only whole cells are answered, so no state crosses a call. A cell
 * that is longer than the slice makes the slice grow; one that is longer than the memory is the caller's to do otherwise.
 */
import { unsorted } from "./checks.ts";
import type { PeriodGrid, Points } from "./contract.ts";
import { HAS_NAN, type KernelHost, SLICE_POINTS, UNSORTED } from "./host.ts";

/** Where one slice lies: addresses for the kernel's call. */
export interface Slice {
  readonly timestamps: number;
  readonly values: number;
  /** 0 = every value once. */
  readonly counts: number;
  readonly n: number;
  /** The call ends when so many points are consumed. */
  readonly budget: number;
  /** 1 when no point of the grid follows the slice. */
  readonly final: number;
  readonly firstCell: number;
  /** At most so many cells may be answered. */
  readonly cells: number;
  /** The kernel writes here how many points it consumed. */
  readonly state: number;
  readonly hasNaN: boolean;
}

/** Cells answered by one call at most. */
export const SLICE_CELLS = 65_536;

/** First index in [0, n] whose timestamp is not before `border`. */
export function lowerBound(timestamps: Float64Array, border: number): number {
  let low = 0;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timestamps[middle] as number) < border) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Copies the points of the grid in, slice after slice, and has `run` answer cells of each (it returns how many).
 * `scratch(n)` is how many bytes `run` needs besides for a slice of n points. Answers how many cells were answered, those
 * behind them being empty, or -1 when a single cell does not fit in the memory. Throws when the timestamps are not sorted, be it outside the grid.
 */
export function eachSlice(
  host: KernelHost,
  points: Points,
  grid: PeriodGrid,
  scratch: (n: number) => number,
  run: (slice: Slice, scratchAt: number) => number,
): number {
  const { timestamps, values, counts } = points;
  const from = lowerBound(timestamps, grid.start);
  const to = Math.max(from, lowerBound(timestamps, grid.start + grid.cells * grid.period));
  checkSorted(timestamps, 0, from);
  checkSorted(timestamps, to, timestamps.length);
  const columns = counts === undefined ? 2 : 3;
  let size = SLICE_POINTS;
  let at = from;
  let cell = 0;
  while (at < to && cell < grid.cells) {
    const n = Math.min(size, to - at);
    const mark = host.mark();
    if (!host.fits(columns * (n * 8 + 256) + scratch(n) + 512)) return -1;
    const slice: Slice = {
      timestamps: host.take(n * 8 + 64),
      values: host.take(n * 8 + 64),
      counts: counts === undefined ? 0 : host.take(n * 8 + 64),
      state: host.take(16),
      n,
      budget: n,
      final: at + n === to ? 1 : 0,
      firstCell: cell,
      cells: Math.min(grid.cells - cell, SLICE_CELLS),
      hasNaN: false,
    };
    const scratchAt = host.take(scratch(n));
    const t = host.f64(slice.timestamps, n + 8);
    t.set(timestamps.subarray(at, at + n));
    t.fill(Infinity, n);
    host.f64(slice.values, n).set(values.subarray(at, at + n));
    if (counts !== undefined) host.f64(slice.counts, n).set(counts.subarray(at, at + n));
    const flags = host.exports.inspect(slice.timestamps, slice.values, n, at === 0 ? -Infinity : (timestamps[at - 1] as number));
    if (flags & UNSORTED) throw released(host, mark);
    const done = run({ ...slice, hasNaN: (flags & HAS_NAN) !== 0 }, scratchAt);
    const consumed = host.u32(slice.state, 1)[0] as number;
    host.release(mark);
    if (done === 0 && consumed === 0) size *= 2;
    cell += done;
    at += consumed;
  }
  // Points that no cell took (none, unless the last border was rounded) have not been looked at.
  checkSorted(timestamps, at, to);
  return cell;
}

function released(host: KernelHost, mark: number): Error {
  host.release(mark);
  return unsorted();
}

/** Throws unless [from, to) ascends and does not begin before what stands in front of it. */
function checkSorted(timestamps: Float64Array, from: number, to: number): void {
  let previous = from === 0 ? -Infinity : (timestamps[from - 1] as number);
  for (let i = from; i < to; i++) {
    const t = timestamps[i] as number;
    if (!(t >= previous)) throw unsorted();
    previous = t;
  }
}
