/** Reads statistics per period out of a column: points in memory, points in chunks, roll-up cells in books. */
import type { Kernels, Points } from "../../kernels/contract.ts";
import { decodeChunk } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import { type BlockRef, blocksBetween, DAY, tierRows } from "./blocks.ts";
import { type Book, type BookShelf, distributionAt } from "./book.ts";
import type { Column } from "./column.ts";
import { type Distribution, exactDistribution, mergeDistributions, percentileOf } from "./distribution.ts";
import { HOUR, TIERS, type Tier } from "./rollup.ts";
import { lowerBound, mergeRows } from "./rows.ts";
import type { ReadAnswer, ReadQuery } from "./types.ts";

/** How long each grain (in seconds) is readable (User Guide, "Metrics retention"). Milliseconds. */
export const RETENTION = { 1: 3 * HOUR, 60: 15 * DAY, 300: 63 * DAY, 3600: 455 * DAY } as const;

/** How far back a period (milliseconds) can be read. */
export function readableFor(period: number): number {
  if (period % HOUR === 0) return RETENTION[3600];
  if (period % 300_000 === 0) return RETENTION[300];
  return period % 60_000 === 0 ? RETENTION[60] : RETENTION[1];
}

/** Coarsest roll-up tier that fits a grid; undefined when no roll-up does (periods under a minute). */
function tierFor(query: ReadQuery): Tier | undefined {
  return TIERS.find((tier) => query.period % (tier * 1000) === 0 && query.start % (tier * 1000) === 0);
}

interface Sources {
  /** Rows (time, value, count) in time order. */
  readonly points: readonly Float64Array[];
  readonly sets: readonly Float64Array[];
  readonly blocks: readonly { readonly ref: BlockRef; readonly book: Book }[];
  readonly tier: Tier | undefined;
  readonly weighted: boolean;
}

export type Reader = (column: Column | undefined, query: ReadQuery) => MaybePromise<ReadAnswer>;

export function createReader(kernels: Kernels, chunks: ChunkSink, shelf: BookShelf): Reader {
  return (column, query) => {
    if (column === undefined || query.cells === 0) return combine(kernels, query, undefined);
    const end = query.start + query.period * query.cells;
    const skipped = Math.max(0, Math.ceil((query.now - readableFor(query.period) - query.start) / query.period));
    const from = query.start + skipped * query.period;
    if (from >= end) return combine(kernels, query, undefined);
    const tier = tierFor(query);
    const refs = tier === undefined ? [] : blocksBetween(column.blocks, from, end);
    const sealed = column.sealed.filter((chunk) => chunk.last >= from && chunk.first < end);
    const sources = {
      points: column.points.between(from, end),
      sets: column.sets.between(from, end),
      tier,
      weighted: column.weighted,
    };
    const buffers = sealed.map((chunk) => chunks.get(chunk.chunk));
    const books = refs.map((ref) => shelf.get(ref.chunk));
    const finish = (ready: readonly ArrayBuffer[], read: readonly Book[], tail: readonly Float64Array[], sets: readonly Float64Array[]) => {
      // Counts that are all one are not carried along: less to copy where a million points are read.
      const width = sources.weighted ? 3 : 2;
      const parts = ready.map((buffer) => rowsOf(buffer, from, end, width));
      const points = mergeRows([...parts, tail.slice(0, width) as Float64Array[]], width);
      const blocks = refs.map((ref, i) => ({ ref, book: read[i] as Book }));
      return combine(kernels, query, { ...sources, points, sets, blocks }, from);
    };
    if (buffers.every((b) => b instanceof ArrayBuffer) && books.every((b) => !(b instanceof Promise))) {
      return finish(buffers as ArrayBuffer[], books as Book[], sources.points, sources.sets);
    }
    // The answer is that of this moment: rows in memory are copied, chunks and books do not change.
    const [tail, sets] = [sources.points.map((c) => c.slice()), sources.sets.map((c) => c.slice())];
    return Promise.all([Promise.all(buffers), Promise.all(books)]).then(([ready, read]) => finish(ready, read, tail, sets));
  };
}

/** Rows of a chunk within [from, end). A chunk without counts was written while every count was one. */
function rowsOf(buffer: ArrayBuffer, from: number, end: number, width: number): Float64Array[] {
  const { columns } = decodeChunk(buffer, { trusted: true });
  const [times, values, counts] = [columns["times"], columns["values"], columns["counts"]] as [Float64Array, Float64Array, Float64Array?];
  const a = lowerBound(times, from, 0, times.length);
  const b = lowerBound(times, end, a, times.length);
  const rows = [times.subarray(a, b), values.subarray(a, b)];
  if (width === 3) rows.push(counts === undefined ? new Float64Array(b - a).fill(1) : counts.subarray(a, b));
  return rows;
}

function combine(kernels: Kernels, query: ReadQuery, sources: Sources | undefined, from = query.start): ReadAnswer {
  const grid = { start: query.start, period: query.period, cells: query.cells };
  const points: Points = {
    timestamps: sources?.points[0] ?? new Float64Array(0),
    values: sources?.points[1] ?? new Float64Array(0),
    counts: sources?.weighted === true ? sources.points[2] : undefined,
  };
  const { count, sum, min, max } = kernels.aggregate(points, grid);
  const add = (cell: number, c: number, s: number, low: number, high: number): void => {
    count[cell] = (count[cell] as number) + c;
    sum[cell] = (sum[cell] as number) + s;
    min[cell] = Math.min(min[cell] as number, low);
    max[cell] = Math.max(max[cell] as number, high);
  };
  const known: Distribution[][] = [];
  const unknown = new Uint8Array(query.cells);
  const wantValues = query.want !== "summary";
  const cellOf = (time: number): number => Math.floor((time - query.start) / query.period);

  const [setTimes, ...sets] = sources?.sets ?? [new Float64Array(0)];
  for (let i = 0; i < (setTimes as Float64Array).length; i++) {
    const cell = cellOf(setTimes?.[i] as number);
    add(cell, sets[0]?.[i] as number, sets[1]?.[i] as number, sets[2]?.[i] as number, sets[3]?.[i] as number);
    unknown[cell] = 1;
  }
  let sketched = false;
  const end = query.start + query.period * query.cells;
  for (const { ref, book } of sources?.blocks ?? []) {
    const [first, last] = tierRows(ref, sources?.tier as Tier);
    for (let row = first; row < last; row++) {
      const time = book.times[row] as number;
      if (time < from || time >= end) continue;
      const cell = cellOf(time);
      add(cell, book.count[row] as number, book.sum[row] as number, book.min[row] as number, book.max[row] as number);
      if (!wantValues) continue;
      const distribution = distributionAt(book, row);
      if (distribution === undefined) unknown[cell] = 1;
      else {
        known[cell] ??= [];
        known[cell].push(distribution);
        sketched ||= !distribution.exact;
      }
    }
  }
  const usedBlocks = (sources?.blocks.length ?? 0) > 0;
  const base = {
    count,
    sum,
    min,
    max,
    exactness: sketched ? ("sketch" as const) : ("exact" as const),
    tier: usedBlocks ? (sources?.tier as Tier) : (1 as const),
  };
  if (!wantValues) return base;
  if (Array.isArray(query.want) && !usedBlocks && unknown.every((u) => u === 0)) {
    return { ...base, percentiles: kernels.percentiles(points, grid, query.want) };
  }
  const distributions = withPoints(points, query, known).map((d, cell) => (unknown[cell] === 1 ? undefined : d));
  if (query.want === "distribution") return { ...base, distributions };
  const ranks = query.want as readonly number[];
  const ofCell = (d: Distribution | undefined, rank: number): number => (d === undefined ? Number.NaN : percentileOf(d, rank));
  return { ...base, percentiles: ranks.map((rank) => Float64Array.from(distributions, (d) => ofCell(d, rank))) };
}

/** Per cell: the distribution of its points joined with those of its roll-up cells; undefined where there is nothing. */
function withPoints(
  points: Points,
  query: ReadQuery,
  known: readonly (readonly Distribution[] | undefined)[],
): (Distribution | undefined)[] {
  const out: (Distribution | undefined)[] = [];
  let at = lowerBound(points.timestamps, query.start, 0, points.timestamps.length);
  for (let cell = 0; cell < query.cells; cell++) {
    const end = lowerBound(points.timestamps, query.start + (cell + 1) * query.period, at, points.timestamps.length);
    const parts = [...(known[cell] ?? [])];
    if (end > at) parts.push(exactDistribution(points.values.subarray(at, end), points.counts?.subarray(at, end)));
    out.push(parts.length === 0 ? undefined : mergeDistributions(parts, true));
    at = end;
  }
  return out;
}
