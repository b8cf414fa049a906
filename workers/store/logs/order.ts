/**
 * The merged order of some pieces: for each position the timestamp, the piece and the row in it.
 *
 *     position    0     1     2     3  ...
 *     timestamps  10    10    12    15        non-decreasing; ties by ingestion time, then by sequence
 *     piece       0     3     0     3         index into the group's list of pieces
 *     row         0     0     1     1
 *
 * An order never changes. A longer one may share its arrays: entries behind `count` belong to whoever owns the buffers
 * last (`buffers.used`). Rows are appended in one pass when they come after everything before, which is the usual
 * case; late rows cost a merge of the part of the order that they fall into.
 */
import { chain } from "../chain.ts";
import type { MaybePromise } from "../contract.ts";
import type { Piece, PieceReader } from "./piece.ts";

interface Buffers {
  timestamps: Float64Array;
  piece: Uint32Array;
  row: Uint32Array;
  used: number;
}

export interface Order {
  readonly count: number;
  /** Rows of each piece that are in the order, by index into the group's pieces. */
  readonly covered: Uint32Array;
  readonly buffers: Buffers;
  /** Ingestion time of the last entry, to see whether new rows come after it. */
  readonly lastIngestion: number;
}

/** Rows [from, to) of piece number `index`. */
interface Run {
  readonly index: number;
  readonly from: number;
  readonly to: number;
}

export function emptyOrder(): Order {
  const buffers = { timestamps: new Float64Array(0), piece: new Uint32Array(0), row: new Uint32Array(0), used: 0 };
  return { count: 0, covered: new Uint32Array(0), buffers, lastIngestion: -Infinity };
}

/** Rows that are put in order at once, where the pieces allow it. */
const AT_ONCE = 65_536;

/**
 * The order that also covers the rows up to `counts` (by piece index; 0 leaves a piece out).
 * Reads the pieces that have new rows, and for late rows those they fall between. Pieces that lie one after the other in
 * time are taken a few at a time: then not all are in memory at once, and `breathe` may let other work in between.
 */
export function extendOrder(
  base: Order,
  pieces: readonly Piece[],
  counts: Uint32Array,
  reader: PieceReader,
  breathe?: () => Promise<void> | undefined,
): MaybePromise<Order> {
  const runs: Run[] = [];
  for (let index = 0; index < counts.length; index++) {
    const from = base.covered[index] ?? 0;
    if (counts[index]! > from) runs.push({ index, from, to: counts[index]! });
  }
  if (runs.length === 0) return base;
  // By age, so that what is gathered is sorted already wherever streams do not overlap.
  runs.sort((a, b) => pieces[a.index]!.minTime - pieces[b.index]!.minTime || a.index - b.index);
  const total = runs.reduce((sum, { from, to }) => sum + to - from, base.count);
  let order = base;
  let at = 0;
  const go = (): MaybePromise<Order> => {
    while (at < runs.length) {
      const end = endOfBatch(runs, at, pieces);
      const batch = runs.slice(at, end);
      at = end;
      const covered = end === runs.length ? counts : withRuns(order.covered, counts.length, batch);
      const next = withBatch(order, batch, pieces, covered, reader, total);
      if (next instanceof Promise) {
        return next.then((longer) => {
          order = longer;
          const breath = breathe?.();
          return breath === undefined ? go() : breath.then(go);
        });
      }
      order = next;
      const breath = at < runs.length ? breathe?.() : undefined;
      if (breath !== undefined) return breath.then(go);
    }
    return order;
  };
  return go();
}

/** The first run behind a batch: every run in it ends before those behind begin. */
function endOfBatch(runs: readonly Run[], from: number, pieces: readonly Piece[]): number {
  let rows = 0;
  let latest = -Infinity;
  for (let at = from; at < runs.length; at++) {
    const { index, from: first, to } = runs[at]!;
    if (rows >= AT_ONCE && pieces[index]!.minTime > latest) return at;
    rows += to - first;
    latest = Math.max(latest, pieces[index]!.maxTime);
  }
  return runs.length;
}

function withRuns(covered: Uint32Array, length: number, batch: readonly Run[]): Uint32Array {
  const longer = new Uint32Array(length);
  longer.set(covered);
  for (const { index, to } of batch) longer[index] = to;
  return longer;
}

/** @param total rows that the order will have when all batches are in it */
function withBatch(
  base: Order,
  runs: readonly Run[],
  pieces: readonly Piece[],
  covered: Uint32Array,
  reader: PieceReader,
  total: number,
): MaybePromise<Order> {
  return chain(gather(runs, pieces, reader), (fresh) => {
    const first = fresh.order[0]!;
    const start = fresh.timestamps[first]!;
    const last = base.count === 0 ? -Infinity : base.buffers.timestamps[base.count - 1]!;
    const comesAfter = start > last || (start === last && fresh.ingestion[first]! >= base.lastIngestion);
    if (comesAfter) return append(base, base.count, fresh, covered, total);
    const cut = lowerBound(base.buffers.timestamps, base.count, start);
    return chain(gather([...entryRuns(base, cut), ...runs], pieces, reader), (merged) => append(base, cut, merged, covered, total));
  });
}

/** The entries from position `cut` on, as runs of neighbouring rows. */
function entryRuns(order: Order, cut: number): Run[] {
  const runs: Run[] = [];
  const { piece, row } = order.buffers;
  for (let at = cut; at < order.count; ) {
    let end = at + 1;
    while (end < order.count && piece[end] === piece[at] && row[end] === row[at]! + (end - at)) end++;
    runs.push({ index: piece[at]!, from: row[at]!, to: row[at]! + (end - at) });
    at = end;
  }
  return runs;
}

interface Gathered {
  readonly timestamps: Float64Array;
  readonly ingestion: Float64Array;
  readonly piece: Uint32Array;
  readonly row: Uint32Array;
  /** Sorted: indexes into the arrays above. */
  readonly order: Uint32Array;
}

function gather(runs: readonly Run[], pieces: readonly Piece[], reader: PieceReader): MaybePromise<Gathered> {
  return chain(reader.all(runs.map((run) => pieces[run.index]!)), (columns) => {
    let total = 0;
    for (const run of runs) total += run.to - run.from;
    const timestamps = new Float64Array(total);
    const ingestion = new Float64Array(total);
    const sequences = new Float64Array(total);
    const piece = new Uint32Array(total);
    const row = new Uint32Array(total);
    let at = 0;
    runs.forEach((run, i) => {
      timestamps.set(columns[i]!.timestamps.subarray(run.from, run.to), at);
      ingestion.set(columns[i]!.ingestion.subarray(run.from, run.to), at);
      sequences.set(columns[i]!.sequences.subarray(run.from, run.to), at);
      for (let r = run.from; r < run.to; r++, at++) {
        piece[at] = run.index;
        row[at] = r;
      }
    });
    return { timestamps, ingestion, piece, row, order: sorted(timestamps, ingestion, sequences) };
  });
}

/** Natural merge sort: finds the ascending runs that are there and merges neighbours until one is left. */
function sorted(timestamps: Float64Array, ingestion: Float64Array, sequences: Float64Array): Uint32Array {
  const n = timestamps.length;
  const isBefore = (a: number, b: number): boolean => {
    const byTime = timestamps[a]! - timestamps[b]!;
    if (byTime !== 0) return byTime < 0;
    const byIngestion = ingestion[a]! - ingestion[b]!;
    if (byIngestion !== 0) return byIngestion < 0;
    return sequences[a]! < sequences[b]!;
  };
  let from = new Uint32Array(n);
  let bounds: number[] = [0];
  for (let i = 0; i < n; i++) {
    from[i] = i;
    if (i > 0 && isBefore(i, i - 1)) bounds.push(i);
  }
  bounds.push(n);
  let to = bounds.length > 2 ? new Uint32Array(n) : from;
  while (bounds.length > 2) {
    const next: number[] = [0];
    for (let r = 0; r + 1 < bounds.length; r += 2) {
      const middle = bounds[r + 1]!;
      const end = bounds[r + 2] ?? middle;
      let a = bounds[r]!;
      let b = middle;
      for (let at = a; at < end; at++) {
        if (a < middle && (b >= end || !isBefore(from[b]!, from[a]!))) to[at] = from[a++]!;
        else to[at] = from[b++]!;
      }
      next.push(end);
    }
    bounds = next;
    [from, to] = [to, from];
  }
  return from;
}

function append(base: Order, keep: number, fresh: Gathered, covered: Uint32Array, total: number): Order {
  const count = keep + fresh.order.length;
  const buffers = room(base, keep, count, total);
  fresh.order.forEach((from, i) => {
    buffers.timestamps[keep + i] = fresh.timestamps[from]!;
    buffers.piece[keep + i] = fresh.piece[from]!;
    buffers.row[keep + i] = fresh.row[from]!;
  });
  buffers.used = count;
  return { count, covered, buffers, lastIngestion: fresh.ingestion[fresh.order[fresh.order.length - 1]!]! };
}

/** The base's own buffers when nobody has written behind them and all of it is kept, else copies with room for `total` rows. */
function room(base: Order, keep: number, count: number, total: number): Buffers {
  const old = base.buffers;
  if (keep === base.count && old.used === base.count && count <= old.row.length) return old;
  const capacity = Math.max(count, total, keep === 0 ? 0 : count + (count >>> 1));
  const buffers = { timestamps: new Float64Array(capacity), piece: new Uint32Array(capacity), row: new Uint32Array(capacity), used: keep };
  buffers.timestamps.set(old.timestamps.subarray(0, keep));
  buffers.piece.set(old.piece.subarray(0, keep));
  buffers.row.set(old.row.subarray(0, keep));
  return buffers;
}

/** First of `count` ascending values that is >= `value`. */
export function lowerBound(values: Float64Array | Uint32Array, count: number, value: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
