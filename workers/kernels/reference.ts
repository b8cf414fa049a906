/**
 * The kernels in plain TypeScript: the oracle of the WebAssembly builds and the fallback where there is no WebAssembly.
 * Whatever is said here holds for all three builds, to the bit.
 *
 * Order of sums. Within a cell, point number i (counted from the cell's first point that lies in the grid, 0, 1, 2 ...)
 * goes to lane i mod 8. Every lane starts at +0 and adds its points in order. The cell's sum is
 *
 *     ((L0 + L2) + (L4 + L6)) + ((L1 + L3) + (L5 + L7))
 *
 * that is four f64x2 accumulators A0 = (L0, L1), A1 = (L2, L3) ... combined as (A0 + A1) + (A2 + A3), then left + right.
 * A weighted point adds `value * count`, rounded once before it is added (no fused multiply-add); its counts add up in
 * the same lanes and the same order. A point whose count is not above zero (zero, negative, NaN) keeps its lane but
 * adds +0, and takes no part in minimum, maximum or percentiles.
 *
 * NaN as a value counts, makes the sum NaN, is ignored by minimum and maximum (a cell of nothing but NaN keeps
 * +Infinity and -Infinity) and is the greatest value for percentiles. Every NaN that comes out is the canonical one.
 * Zero comes out as +0 always: minimum, maximum, percentile and sum of zeros of either sign are +0.
 *
 * Border i of the grid is start + i·period in doubles; cell i holds the points with border(i) <= t < border(i + 1).
 */
import { checkBlock, checkGrid, checkPoints, checkRanks } from "./checks.ts";
import type { Kernels, LineBlock, PeriodCells, PeriodGrid, Points, TermProgram } from "./contract.ts";
import { compress, decompress } from "./lz4-reference.ts";

/** The kernels without WebAssembly. */
export const referenceKernels: Kernels = { flavour: "reference", aggregate, percentiles, matchTerms, compress, decompress };

function aggregate(points: Points, grid: PeriodGrid): PeriodCells {
  checkPoints(points);
  checkGrid(grid);
  const cells = emptyCells(grid.cells);
  eachCell(points.timestamps, grid, (cell, from, to) => {
    if (points.counts === undefined) aggregateCell(points.values, from, to, cell, cells);
    else aggregateWeightedCell(points.values, points.counts, from, to, cell, cells);
  });
  return cells;
}

/** Cells in which nothing lies. */
export function emptyCells(cells: number): PeriodCells {
  return {
    count: new Float64Array(cells),
    sum: new Float64Array(cells),
    min: new Float64Array(cells).fill(Infinity),
    max: new Float64Array(cells).fill(-Infinity),
  };
}

/** Calls back for every non-empty cell with its points [from, to). Linear in points, not in cells. */
function eachCell(timestamps: Float64Array, grid: PeriodGrid, visit: (cell: number, from: number, to: number) => void): void {
  const { start, period, cells } = grid;
  let from = 0;
  while (from < timestamps.length && (timestamps[from] as number) < start) from++;
  while (from < timestamps.length) {
    const t = timestamps[from] as number;
    // The quotient may be one off through rounding; the borders decide.
    let cell = Math.floor((t - start) / period);
    while (cell > 0 && t < start + cell * period) cell--;
    while (cell < cells && t >= start + (cell + 1) * period) cell++;
    if (cell >= cells) return;
    const end = start + (cell + 1) * period;
    let to = from + 1;
    while (to < timestamps.length && (timestamps[to] as number) < end) to++;
    visit(cell, from, to);
    from = to;
  }
}

function aggregateCell(values: Float64Array, from: number, to: number, cell: number, out: PeriodCells): void {
  const lanes = new Float64Array(8);
  let min = Infinity;
  let max = -Infinity;
  for (let i = from; i < to; i++) {
    const value = values[i] as number;
    const lane = (i - from) & 7;
    lanes[lane] = (lanes[lane] as number) + value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  out.count[cell] = to - from;
  out.sum[cell] = canonical(sumOfLanes(lanes));
  out.min[cell] = min + 0;
  out.max[cell] = max + 0;
}

function aggregateWeightedCell(values: Float64Array, counts: Float64Array, from: number, to: number, cell: number, out: PeriodCells): void {
  const lanes = new Float64Array(8);
  const countLanes = new Float64Array(8);
  let min = Infinity;
  let max = -Infinity;
  for (let i = from; i < to; i++) {
    const count = counts[i] as number;
    if (!(count > 0)) continue;
    const value = values[i] as number;
    const lane = (i - from) & 7;
    lanes[lane] = (lanes[lane] as number) + value * count;
    countLanes[lane] = (countLanes[lane] as number) + count;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  out.count[cell] = sumOfLanes(countLanes);
  out.sum[cell] = canonical(sumOfLanes(lanes));
  out.min[cell] = min + 0;
  out.max[cell] = max + 0;
}

function sumOfLanes(l: Float64Array): number {
  const [l0, l1, l2, l3, l4, l5, l6, l7] = l as unknown as [number, number, number, number, number, number, number, number];
  return l0 + l2 + (l4 + l6) + (l1 + l3 + (l5 + l7));
}

/** One bit pattern for NaN, whatever the processor made. */
function canonical(value: number): number {
  return Number.isNaN(value) ? Number.NaN : value;
}

/**
 * Nearest rank: ceil(n·rank/100), where a product within 1e-14 (relative) of a whole number is that number, so that
 * p99.9 of 1000 values is the 999th although 99.9 is no double.
 */
export function nearestRank(n: number, rank: number): number {
  if (rank === 0) return 0;
  const exact = (n * rank) / 100;
  const whole = Math.floor(exact + 0.5);
  return Math.abs(exact - whole) <= exact * 1e-14 ? whole : Math.ceil(exact);
}

function percentiles(points: Points, grid: PeriodGrid, ranks: readonly number[]): Float64Array[] {
  checkPoints(points);
  checkGrid(grid);
  checkRanks(ranks);
  const out = ranks.map(() => new Float64Array(grid.cells).fill(Number.NaN));
  eachCell(points.timestamps, grid, (cell, from, to) => {
    const answers =
      points.counts === undefined
        ? cellPercentiles(points.values.slice(from, to), ranks)
        : weightedPercentiles(points.values, points.counts, from, to, ranks);
    answers.forEach((value, r) => {
      (out[r] as Float64Array)[cell] = canonical(value + 0);
    });
  });
  return out;
}

function cellPercentiles(values: Float64Array, ranks: readonly number[]): number[] {
  values.sort(); // numeric, NaN last
  return ranks.map((rank) => values[Math.max(1, nearestRank(values.length, rank)) - 1] as number);
}

/** Counts are cumulated in the order (value, count); the first value whose cumulated count reaches the rank is it. */
function weightedPercentiles(values: Float64Array, counts: Float64Array, from: number, to: number, ranks: readonly number[]): number[] {
  const pairs: { value: number; count: number }[] = [];
  for (let i = from; i < to; i++) {
    const count = counts[i] as number;
    if (count > 0) pairs.push({ value: values[i] as number, count });
  }
  pairs.sort((a, b) => byValue(a.value, b.value) || a.count - b.count);
  let total = 0;
  for (const pair of pairs) total += pair.count;
  return ranks.map((rank) => {
    const target = nearestRank(total, rank);
    let cumulated = 0;
    for (const pair of pairs) {
      cumulated += pair.count;
      if (cumulated >= target) return pair.value;
    }
    return pairs[pairs.length - 1]?.value ?? Number.NaN; // fractional counts: the rank was rounded up past the total
  });
}

/** Ascending, NaN last, zeros of either sign equal. */
function byValue(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

function matchTerms(program: TermProgram, block: LineBlock): Uint32Array {
  checkBlock(block);
  const { bytes, offsets } = block;
  const lines = Math.max(0, offsets.length - 1);
  const matching: number[] = [];
  for (let line = 0; line < lines; line++) {
    const from = offsets[line] as number;
    const to = offsets[line + 1] as number;
    const holds = (needle: Uint8Array): boolean => contains(bytes, from, to, needle);
    if (program.all.every(holds) && (program.any.length === 0 || program.any.some(holds)) && !program.none.some(holds)) matching.push(line);
  }
  return Uint32Array.from(matching);
}

/** Whether bytes[from..to) hold the needle. The empty needle is everywhere. */
function contains(bytes: Uint8Array, from: number, to: number, needle: Uint8Array): boolean {
  const last = to - needle.length;
  if (needle.length === 0) return true;
  const first = needle[0] as number;
  for (let at = from; at <= last; at++) {
    if (bytes[at] !== first) continue;
    let same = 1;
    while (same < needle.length && bytes[at + same] === needle[same]) same++;
    if (same === needle.length) return true;
  }
  return false;
}
