/** Reading through a merged order: rows as columns, and the remembered positions of the lines that a matcher finds. */
import { chain } from "../chain.ts";
import type { MaybePromise } from "../contract.ts";
import type { LineMatcher, LogRows, LogView } from "./contract.ts";
import { lowerBound, type Order } from "./order.ts";
import type { Columns, Piece, PieceReader } from "./piece.ts";

/** Which rows of each piece a matcher found, as far as it has looked. */
interface Found {
  readonly order: Order;
  readonly positions: Uint32Array;
  /** By piece index: matching rows, ascending, among the first `looked` rows. */
  readonly rows: readonly (Uint32Array | undefined)[];
  readonly looked: Uint32Array;
}

/** Answers of matchers by key; the least recently used is forgotten first. */
export type FoundCache = Map<string, Found>;

const REMEMBERED = 12;

export function createView(order: Order, pieces: readonly Piece[], reader: PieceReader, cache: FoundCache): LogView {
  return {
    count: order.count,
    timestampAt: (position) => order.buffers.timestamps[position] ?? Number.NaN,
    lowerBound: (timestamp) => lowerBound(order.buffers.timestamps, order.count, timestamp),
    range: (from, to) => {
      const start = Math.max(0, Math.min(from, order.count));
      const end = Math.max(start, Math.min(to, order.count));
      return rowsAt(
        Uint32Array.from({ length: end - start }, (_, i) => start + i),
        order,
        pieces,
        reader,
      );
    },
    rows: (positions) => rowsAt(positions, order, pieces, reader),
    matching: (key, matcher) => {
      const known = cache.get(key);
      if (known?.order === order) return known.positions;
      const usable = known && covers(order, known) ? known : undefined;
      return chain(find(order, pieces, reader, matcher, usable), (found) => {
        cache.delete(key);
        cache.set(key, found);
        if (cache.size > REMEMBERED) cache.delete(cache.keys().next().value!);
        return found.positions;
      });
    },
  };
}

const covers = (order: Order, found: Found): boolean => found.looked.every((rows, index) => rows <= (order.covered[index] ?? 0));

function find(
  order: Order,
  pieces: readonly Piece[],
  reader: PieceReader,
  matcher: LineMatcher,
  before: Found | undefined,
): MaybePromise<Found> {
  const rows: (Uint32Array | undefined)[] = [];
  const todo: number[] = [];
  for (let index = 0; index < order.covered.length; index++) {
    rows[index] = before?.rows[index];
    if (order.covered[index]! > (before?.looked[index] ?? 0)) todo.push(index);
  }
  // One piece at a time: a scan of a large group must not hold every chunk in memory at once.
  const step = (next: number): MaybePromise<Found> => {
    for (let at = next; at < todo.length; at++) {
      const index = todo[at]!;
      const from = before?.looked[index] ?? 0;
      const look = (columns: Columns): void => {
        rows[index] = joined(rows[index], lookAt(columns, from, order.covered[index]!, matcher), from);
      };
      const columns = reader.columns(pieces[index]!);
      if (columns instanceof Promise) {
        return columns.then((loaded) => {
          look(loaded);
          return step(at + 1);
        });
      }
      look(columns);
    }
    return { order, rows, looked: order.covered, positions: positionsOf(order, rows, before) };
  };
  return step(0);
}

function lookAt(columns: Columns, from: number, to: number, matcher: LineMatcher): Uint32Array {
  const start = columns.offsets[from]!;
  const offsets = columns.offsets.slice(from, to + 1);
  if (start > 0) for (let i = 0; i < offsets.length; i++) offsets[i] = offsets[i]! - start;
  return matcher({ bytes: columns.bytes.subarray(start, columns.offsets[to]!), offsets });
}

function joined(before: Uint32Array | undefined, found: Uint32Array, shift: number): Uint32Array {
  const old = before?.length ?? 0;
  if (old === 0 && shift === 0) return found;
  const all = new Uint32Array(old + found.length);
  if (before) all.set(before);
  for (let i = 0; i < found.length; i++) all[old + i] = found[i]! + shift;
  return all;
}

/** Walks the order once; from where it left off when the order only grew at its end. */
function positionsOf(order: Order, rows: readonly (Uint32Array | undefined)[], before: Found | undefined): Uint32Array {
  const grewAtEnd = before !== undefined && before.order.buffers === order.buffers;
  const start = grewAtEnd ? before.order.count : 0;
  const marks = rows.map((found, index) => {
    const marked = new Uint8Array(order.covered[index] ?? 0);
    if (found) for (const row of found) marked[row] = 1;
    return marked;
  });
  let total = 0;
  for (const found of rows) total += found?.length ?? 0;
  const positions = new Uint32Array(total);
  let at = 0;
  if (grewAtEnd) {
    positions.set(before.positions);
    at = before.positions.length;
  }
  const { piece, row } = order.buffers;
  for (let position = start; position < order.count; position++) {
    if (marks[piece[position]!]![row[position]!] === 1) positions[at++] = position;
  }
  return positions;
}

function rowsAt(positions: ArrayLike<number>, order: Order, pieces: readonly Piece[], reader: PieceReader): MaybePromise<LogRows> {
  const needed = new Map<number, number>();
  for (let i = 0; i < positions.length; i++) {
    const index = order.buffers.piece[positions[i]!]!;
    if (!needed.has(index)) needed.set(index, needed.size);
  }
  const indexes = [...needed.keys()];
  return chain(reader.all(indexes.map((index) => pieces[index]!)), (loaded) => {
    const streams = [...new Set(indexes.map((index) => pieces[index]!.stream))];
    const n = positions.length;
    const timestamps = new Float64Array(n);
    const ingestion = new Float64Array(n);
    const sequences = new Float64Array(n);
    const streamIndex = new Uint32Array(n);
    const offsets = new Uint32Array(n + 1);
    for (let i = 0; i < n; i++) {
      const position = positions[i]!;
      const index = order.buffers.piece[position]!;
      const row = order.buffers.row[position]!;
      const columns = loaded[needed.get(index)!]!;
      timestamps[i] = columns.timestamps[row]!;
      ingestion[i] = columns.ingestion[row]!;
      sequences[i] = columns.sequences[row]!;
      streamIndex[i] = streams.indexOf(pieces[index]!.stream);
      offsets[i + 1] = offsets[i]! + columns.offsets[row + 1]! - columns.offsets[row]!;
    }
    const bytes = new Uint8Array(offsets[n]!);
    for (let i = 0; i < n; i++) {
      const position = positions[i]!;
      const row = order.buffers.row[position]!;
      const columns = loaded[needed.get(order.buffers.piece[position]!)!]!;
      bytes.set(columns.bytes.subarray(columns.offsets[row]!, columns.offsets[row + 1]!), offsets[i]!);
    }
    return { timestamps, ingestion, sequences, streams, streamIndex, offsets, bytes };
  });
}
