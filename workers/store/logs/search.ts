/**
 * Finding lines in a merged order. What was looked at is remembered per pattern, piece by piece, so that a search goes on
 * where another one stopped: for the next page, for a longer range, or because the group has grown.
 *
 *     pieces by age   [ looked ][ looked ][ looked ][ not yet ][ not yet ]
 *     positions       |<-- answered, all of them ->|
 *
 * Pieces are looked at in the order of their first (or, newest first, their last) time, so the positions before the first
 * time of what is left are settled. Between pieces `breathe` may let other work in.
 */
import type { MaybePromise } from "../contract.ts";
import type { LineMatcher, Matches, Wanted } from "./contract.ts";
import { lowerBound, type Order } from "./order.ts";
import type { Columns, Piece, PieceReader } from "./piece.ts";

/** What is known of one pattern: by piece index the matching rows, ascending, among the first `looked` rows. */
interface Found {
  readonly rows: (Uint32Array | undefined)[];
  readonly looked: number[];
  /** Matching positions in [from, to) of an order with these buffers. */
  known: { readonly buffers: Order["buffers"]; readonly from: number; readonly to: number; readonly positions: Uint32Array } | undefined;
}

/** Answers of matchers by key; the least recently used is forgotten first. */
export type FoundCache = Map<string, Found>;

/** Answers a promise when it is time to let other work in. */
export type Breathe = () => Promise<void> | undefined;

const REMEMBERED = 12;

export interface SearchParts {
  readonly order: Order;
  readonly pieces: readonly Piece[];
  readonly reader: PieceReader;
  readonly cache: FoundCache;
  readonly breathe: Breathe | undefined;
}

/** See `LogView.search`. */
export function searchOrder(parts: SearchParts, key: string, matcher: LineMatcher, wanted: Wanted): MaybePromise<Matches> {
  const { order, pieces, reader, breathe } = parts;
  const from = Math.max(0, Math.min(wanted.from, order.count));
  const to = Math.max(from, Math.min(wanted.to, order.count));
  const isNewestFirst = wanted.newestFirst === true;
  const found = foundOf(parts.cache, key);
  const todo = unlooked(parts, found, from, to, isNewestFirst);
  let at = 0;
  let breaths = 0;

  const answer = (): Matches => {
    while (at < todo.length && isLooked(found, order, todo[at]!)) at++;
    const next = todo[at];
    const { timestamps } = order.buffers;
    if (next === undefined) return { from, to, positions: positionsIn(found, order, from, to) };
    if (isNewestFirst) {
      const settled = Math.max(from, Math.min(to, lowerBound(timestamps, order.count, pieces[next]!.maxTime + 1)));
      return { from: settled, to, positions: positionsIn(found, order, settled, to) };
    }
    const settled = Math.max(from, Math.min(to, lowerBound(timestamps, order.count, pieces[next]!.minTime)));
    return { from, to: settled, positions: positionsIn(found, order, from, settled) };
  };
  const go = (): MaybePromise<Matches> => {
    for (;;) {
      while (at < todo.length && isLooked(found, order, todo[at]!)) at++;
      const index = todo[at];
      if (index === undefined || breaths > (wanted.breaths ?? Infinity)) return answer();
      // With a limit it pays to see after each piece whether that is enough: it costs a walk over what the piece settled.
      if (wanted.limit !== undefined) {
        const soFar = answer();
        if (soFar.positions.length >= wanted.limit) return soFar;
      }
      const columns = reader.columns(pieces[index]!);
      if (columns instanceof Promise) return columns.then((loaded) => goOn(index, loaded) ?? go());
      const pause = goOn(index, columns);
      if (pause !== undefined) return pause;
    }
  };
  /** Looks at a piece; the rest of the search when it is time for other work, else undefined. */
  const goOn = (index: number, columns: Columns): Promise<Matches> | undefined => {
    look(found, order, index, columns, matcher);
    const breath = breathe?.();
    if (breath === undefined) return undefined;
    breaths++;
    return breath.then(go);
  };
  return go();
}

function foundOf(cache: FoundCache, key: string): Found {
  const found = cache.get(key) ?? { rows: [], looked: [], known: undefined };
  cache.delete(key);
  cache.set(key, found);
  if (cache.size > REMEMBERED) cache.delete(cache.keys().next().value!);
  return found;
}

const isLooked = (found: Found, order: Order, index: number): boolean => (found.looked[index] ?? 0) >= order.covered[index]!;

/** Pieces with rows of the order that were not looked at and may lie in [from, to), in the order in which to look at them. */
function unlooked({ order, pieces }: SearchParts, found: Found, from: number, to: number, isNewestFirst: boolean): number[] {
  if (from >= to) return [];
  const earliest = order.buffers.timestamps[from]!;
  const latest = order.buffers.timestamps[to - 1]!;
  const todo: number[] = [];
  for (let index = 0; index < order.covered.length; index++) {
    const { minTime, maxTime } = pieces[index]!;
    if (!isLooked(found, order, index) && maxTime >= earliest && minTime <= latest) todo.push(index);
  }
  const age = (index: number): number => (isNewestFirst ? -pieces[index]!.maxTime : pieces[index]!.minTime);
  return todo.sort((a, b) => age(a) - age(b) || a - b);
}

function look(found: Found, order: Order, index: number, columns: Columns, matcher: LineMatcher): void {
  const from = found.looked[index] ?? 0;
  const to = order.covered[index]!;
  // Another search may have been here while the columns were on their way.
  if (from >= to) return;
  found.rows[index] = joined(found.rows[index], lookAt(columns, from, to, matcher), from);
  found.looked[index] = to;
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

/** Matching positions in [from, to), of which all pieces are looked at. Walks only what was not walked before. */
function positionsIn(found: Found, order: Order, from: number, to: number): Uint32Array {
  const { buffers } = order;
  let known = found.known;
  if (known?.buffers !== buffers || from > known.to || to < known.from) known = { buffers, from, to: from, positions: new Uint32Array(0) };
  if (from < known.from) {
    known = { ...known, from, positions: concatenated(walked(found, order, from, known.from), known.positions) };
  }
  if (to > known.to) known = { ...known, to, positions: concatenated(known.positions, walked(found, order, known.to, to)) };
  found.known = known;
  const { positions } = known;
  return positions.subarray(lowerBound(positions, positions.length, from), lowerBound(positions, positions.length, to));
}

function walked({ rows }: Found, { buffers, covered }: Order, from: number, to: number): Uint32Array {
  const marks: Uint8Array[] = [];
  const marksOf = (index: number): Uint8Array => {
    const marked = new Uint8Array(covered[index]!);
    // Rows behind what the order covers are not in it: setting them does nothing.
    for (const at of rows[index] ?? []) marked[at] = 1;
    marks[index] = marked;
    return marked;
  };
  const { piece, row } = buffers;
  let positions = new Uint32Array(256);
  let count = 0;
  for (let position = from; position < to; position++) {
    const index = piece[position]!;
    if ((marks[index] ?? marksOf(index))[row[position]!] !== 1) continue;
    if (count === positions.length) positions = concatenated(positions, new Uint32Array(count));
    positions[count++] = position;
  }
  return positions.slice(0, count);
}

function concatenated(a: Uint32Array, b: Uint32Array): Uint32Array<ArrayBuffer> {
  const all = new Uint32Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}
