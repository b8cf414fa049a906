/**
 * A run is a stretch of records in the order they arrived: an open tail in memory, later two sealed chunks, one with the
 * columns that are searched and one with the texts, so that a search reads no text.
 *
 *     index chunk   times f64[n]   terms u32[m] (numbers of texts)   ends u32[n]: terms of row i are terms[ends[i-1] .. ends[i])
 *     text chunk    offsets u32[n+1]   bytes u8[]: text i is bytes[offsets[i] .. offsets[i+1]), UTF-8
 *
 * Invariant: row i of a run is record `first + i` of its book; rows below `dropped` are gone.
 */
import { digestTexts } from "../../model/digest.ts";
import { utf8Column } from "../../model/utf8.ts";
import { chain } from "../chain.ts";
import { decodeChunk, encodeChunk } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";

export interface IndexColumns {
  readonly times: Float64Array;
  readonly terms: Uint32Array;
  readonly ends: Uint32Array;
}

export interface TextColumns {
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface Run {
  readonly first: number;
  count: number;
  dropped: number;
  minTime: number;
  maxTime: number;
  /** Ids of both chunks once sealed. */
  sealed?: { readonly index: string; readonly text: string };
}

/** A row of the open tail whose text is made. */
export interface TailRow {
  readonly at: number;
  readonly text: string;
  readonly terms: readonly number[];
}

export const SEAL_ROWS = 4096;
export const SEAL_CHARACTERS = 1 << 22;

/** Number of a term: FNV-1a over its UTF-16 units. */
export function termNumber(term: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < term.length; i++) hash = Math.imul(hash ^ term.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

export function indexOf(rows: readonly TailRow[]): IndexColumns {
  const ends = new Uint32Array(rows.length);
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    total += rows[i]!.terms.length;
    ends[i] = total;
  }
  const terms = new Uint32Array(total);
  let at = 0;
  for (const row of rows) for (const term of row.terms) terms[at++] = term;
  return { times: Float64Array.from(rows, (row) => row.at), terms, ends };
}

/** Hands a tail's rows to the chunk sink. Ids come from `content` (the book's running digest): the same id names the same bytes. */
export function sealRows(run: Run, rows: readonly TailRow[], owner: string, content: string, chunks: ChunkSink): void {
  const id = digestTexts(owner, content, String(run.first)).hex();
  const sealed = { index: `record-index-${id}`, text: `record-text-${id}` };
  const span = { minTime: run.minTime, maxTime: run.maxTime };
  const header = { owner, count: rows.length, firstSeq: run.first, lastSeq: run.first + rows.length - 1, ...span };
  if (!chunks.has(sealed.index)) chunks.put(sealed.index, encodeChunk({ kind: "record-index", ...header }, { ...indexOf(rows) }));
  if (!chunks.has(sealed.text)) {
    const { offsets, bytes } = utf8Column(rows.map((row) => row.text));
    chunks.put(sealed.text, encodeChunk({ kind: "record-text", ...header }, { offsets, bytes }));
  }
  run.sealed = sealed;
}

export interface RunReader {
  index(id: string): MaybePromise<IndexColumns>;
  text(id: string): MaybePromise<TextColumns>;
}

/** Reads sealed runs; a buffer that the storage still holds is not checked again. */
export function createRunReader(chunks: ChunkSink): RunReader {
  const checked = new WeakMap<ArrayBuffer, object>();
  const columns = <C extends object>(id: string): MaybePromise<C> =>
    chain(chunks.get(id), (buffer) => {
      const held = checked.get(buffer) ?? decodeChunk(buffer).columns;
      checked.set(buffer, held);
      return held as C; // written by sealRows() with exactly these names
    });
  return { index: (id) => columns<IndexColumns>(id), text: (id) => columns<TextColumns>(id) };
}

const decoder = new TextDecoder();

export const textAt = ({ offsets, bytes }: TextColumns, row: number): string =>
  decoder.decode(bytes.subarray(offsets[row]!, offsets[row + 1]!));

/** Rows of [fromRow, count) in the time range that have the term (all where there is none), ascending. */
export function matchingRows(
  { times, terms, ends }: IndexColumns,
  fromRow: number,
  from: number,
  to: number,
  term: number | undefined,
): number[] {
  const rows: number[] = [];
  if (term === undefined) {
    for (let row = fromRow; row < times.length; row++) if (times[row]! >= from && times[row]! <= to) rows.push(row);
    return rows;
  }
  // Terms lie one after another: the plain loop over all of them is what makes a million records quick.
  let row = 0;
  for (let i = terms.indexOf(term); i >= 0; i = terms.indexOf(term, ends[row - 1]!)) {
    row = rowOfTerm(ends, row, i);
    if (row >= fromRow && times[row]! >= from && times[row]! <= to) rows.push(row);
    row++;
    if (row >= times.length) break;
  }
  return rows;
}

/** The row whose terms hold place i: the first whose end is above it. */
function rowOfTerm(ends: Uint32Array, from: number, i: number): number {
  let [low, high] = [from, ends.length - 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ends[middle]! > i) high = middle;
    else low = middle + 1;
  }
  return low;
}
