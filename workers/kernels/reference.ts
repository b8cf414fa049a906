/**
 * The kernels in plain TypeScript: fallback and oracle. The order of every sum is part of the contract:
 *
 *   point k of a cell (k = 0, 1, 2 ... from the cell's first point) is added to lane k mod 4;
 *   the cell's sum is (lane0 + lane2) + (lane1 + lane3)
 *
 * which is what two f64x2 accumulators do, one holding lanes 0 and 1, the other lanes 2 and 3. With counts each addend is
 * value × count. A NaN result is the canonical NaN. Minimum and maximum ignore the sign of zero: the first one met stays.
 */
import type { Kernels, LineBlock, PeriodCells, PeriodGrid, Points, TermProgram } from "./contract.ts";

/** First index at or after `from` whose timestamp is >= `moment` (timestamps ascending). */
function lowerBound(timestamps: Float64Array, moment: number, from: number): number {
  let [low, high] = [from, timestamps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timestamps[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Calls `visit(cell, first, end)` for every cell that has points. */
function eachCell(points: Points, grid: PeriodGrid, visit: (cell: number, first: number, end: number) => void): void {
  const { timestamps } = points;
  const last = grid.start + grid.period * grid.cells;
  let first = lowerBound(timestamps, grid.start, 0);
  while (first < timestamps.length && (timestamps[first] as number) < last) {
    const cell = Math.floor(((timestamps[first] as number) - grid.start) / grid.period);
    const end = lowerBound(timestamps, grid.start + (cell + 1) * grid.period, first);
    visit(cell, first, end);
    first = end;
  }
}

function aggregate(points: Points, grid: PeriodGrid): PeriodCells {
  const { values, counts } = points;
  const cells: PeriodCells = {
    count: new Float64Array(grid.cells),
    sum: new Float64Array(grid.cells),
    min: new Float64Array(grid.cells).fill(Number.POSITIVE_INFINITY),
    max: new Float64Array(grid.cells).fill(Number.NEGATIVE_INFINITY),
  };
  const lanes = new Float64Array(4);
  eachCell(points, grid, (cell, first, end) => {
    lanes.fill(0);
    let count = 0;
    let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let i = first; i < end; i++) {
      const value = values[i] as number;
      const times = counts === undefined ? 1 : (counts[i] as number);
      lanes[(i - first) & 3] = (lanes[(i - first) & 3] as number) + (counts === undefined ? value : value * times);
      count += times;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    cells.count[cell] = count;
    cells.sum[cell] = (lanes[0] as number) + (lanes[2] as number) + ((lanes[1] as number) + (lanes[3] as number));
    cells.min[cell] = min;
    cells.max[cell] = max;
  });
  return cells;
}

function percentiles(points: Points, grid: PeriodGrid, ranks: readonly number[]): Float64Array[] {
  const answers = ranks.map(() => new Float64Array(grid.cells).fill(Number.NaN));
  eachCell(points, grid, (cell, first, end) => {
    const order = Array.from({ length: end - first }, (_, i) => first + i).sort((a, b) => (points.values[a] as number) - (points.values[b] as number));
    const weight = (i: number): number => (points.counts === undefined ? 1 : (points.counts[i] as number));
    let total = 0;
    for (const i of order) total += weight(i);
    for (const [r, rank] of ranks.entries()) {
      const wanted = Math.max(1, Math.ceil((total * rank) / 100));
      let seen = 0;
      for (const i of order) {
        seen += weight(i);
        if (seen >= wanted) {
          (answers[r] as Float64Array)[cell] = points.values[i] as number;
          break;
        }
      }
    }
  });
  return answers;
}

/** Index of `needle` in bytes[from, to), or -1. */
function find(bytes: Uint8Array, needle: Uint8Array, from: number, to: number): number {
  if (needle.length === 0) return from;
  const last = to - needle.length;
  outer: for (let at = bytes.indexOf(needle[0] as number, from); at >= 0 && at <= last; at = bytes.indexOf(needle[0] as number, at + 1)) {
    for (let k = 1; k < needle.length; k++) if (bytes[at + k] !== needle[k]) continue outer;
    return at;
  }
  return -1;
}

function matchTerms(program: TermProgram, block: LineBlock): Uint32Array {
  const lines: number[] = [];
  for (let i = 0; i + 1 < block.offsets.length; i++) {
    const [from, to] = [block.offsets[i] as number, block.offsets[i + 1] as number];
    const holds = (needle: Uint8Array): boolean => find(block.bytes, needle, from, to) >= 0;
    if (program.all.every(holds) && (program.any.length === 0 || program.any.some(holds)) && !program.none.some(holds)) lines.push(i);
  }
  return Uint32Array.from(lines);
}

export const referenceKernels: Kernels = { flavour: "reference", aggregate, percentiles, matchTerms };
