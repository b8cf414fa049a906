/**
 * A piece is a run of documents in the order they came: an open tail in memory, later two sealed chunks. One holds the
 * documents, read when somebody wants to see one; the other their spans as columns (span-chunk.ts), read once when a
 * checkpoint is restored.
 */
import { digestTexts } from "../../model/digest.ts";
import { chain } from "../chain.ts";
import { decodeChunk, encodeChunkIn } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import type { Room } from "../room.ts";

export interface Piece {
  /** Sequence of its first document. */
  readonly first: number;
  readonly count: number;
  /** Latest moment of its spans, epoch milliseconds, for retention. */
  readonly lastTime: number;
  /** Chunk ids. */
  readonly documents: string;
  readonly spans: string;
}

/** Documents that are not sealed yet: document i is bytes[offsets[i] .. offsets[i+1]). */
export interface Tail {
  first: number;
  count: number;
  ingestion: Float64Array;
  offsets: Uint32Array;
  bytes: Uint8Array;
}

/** A tail is sealed when its documents have this many bytes. */
export const SEAL_BYTES = 1 << 20;
/** UTF-8 bytes of a document at the most. */
export const DOCUMENT_BYTES = 65_536;

/** @param used a tail whose documents are sealed: its memory is used again */
export const emptyTail = (first: number, used?: Tail): Tail => ({
  first,
  count: 0,
  ingestion: used?.ingestion ?? new Float64Array(64),
  offsets: used?.offsets ?? new Uint32Array(65),
  bytes: used?.bytes ?? new Uint8Array(DOCUMENT_BYTES),
});

export const tailBytes = (tail: Tail): number => tail.offsets[tail.count] as number;

const encoder = new TextEncoder();

/**
 * Writes a text behind the documents without making it one of them, and a 0 behind it; answers where it ends in `bytes`. Longer
 * ones than a document may be are written as far as they show that.
 */
export function writeDocument(tail: Tail, text: string): number {
  const at = tailBytes(tail);
  // Three bytes a character at the most. A character that has no room is not begun: four bytes show that one was left out.
  const room = Math.min(text.length * 3, DOCUMENT_BYTES + 4);
  if (at + room + 1 > tail.bytes.length) {
    const longer = new Uint8Array(Math.max(at + room + 1, tail.bytes.length * 2));
    longer.set(tail.bytes.subarray(0, at));
    tail.bytes = longer;
  }
  const { written } = encoder.encodeInto(text, tail.bytes.subarray(at, at + room));
  tail.bytes[at + written] = 0;
  return at + written;
}

/** Makes what was written a document; answers how many bytes it has. @param end what `writeDocument` answered */
export function appendDocument(tail: Tail, end: number, ingestion: number): number {
  const size = end - tailBytes(tail);
  if (tail.count + 2 > tail.offsets.length) {
    const ingested = new Float64Array(Math.max(64, tail.ingestion.length * 2));
    ingested.set(tail.ingestion);
    tail.ingestion = ingested;
    const offsets = new Uint32Array(ingested.length + 1);
    offsets.set(tail.offsets);
    tail.offsets = offsets;
  }
  tail.ingestion[tail.count] = ingestion;
  tail.count++;
  tail.offsets[tail.count] = end;
  return size;
}

export interface TailColumns {
  readonly ingestion: Float64Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export const tailColumns = (tail: Tail): TailColumns => ({
  ingestion: tail.ingestion.subarray(0, tail.count),
  offsets: tail.offsets.subarray(0, tail.count + 1),
  bytes: tail.bytes.subarray(0, tailBytes(tail)),
});

/** Puts the documents' chunk; the id comes from `content`, so that the same id always names the same bytes. */
export function sealDocuments(tail: Tail, owner: string, content: string, chunks: ChunkSink, room: Room): string {
  const id = `trace-${digestTexts(owner, content, String(tail.first)).hex()}`;
  if (!chunks.has(id)) {
    const header = { kind: "trace", owner, count: tail.count, firstSeq: tail.first, lastSeq: tail.first + tail.count - 1 };
    chunks.put(id, encodeChunkIn(room, header, { ...tailColumns(tail) }));
  }
  return id;
}

const decoder = new TextDecoder("utf-8");

const textAt = ({ offsets, bytes }: TailColumns, row: number): string => decoder.decode(bytes.subarray(offsets[row], offsets[row + 1]));

/** Texts of documents by their sequences, ascending; undefined for those that are gone. Synchronous where all chunks are resident. */
export function readDocuments(
  sequences: readonly number[],
  pieces: readonly Piece[],
  tail: Tail,
  chunks: ChunkSink,
): MaybePromise<readonly (string | undefined)[]> {
  const wanted = new Map<Piece, MaybePromise<ArrayBuffer>>();
  const places = sequences.map((sequence) => {
    if (sequence >= tail.first) return { sequence, piece: undefined };
    const piece = pieceOf(pieces, sequence);
    if (piece !== undefined && !wanted.has(piece)) wanted.set(piece, chunks.get(piece.documents));
    return { sequence, piece };
  });
  const loaded = [...wanted.values()];
  const buffers: MaybePromise<readonly ArrayBuffer[]> = loaded.some((buffer) => buffer instanceof Promise)
    ? Promise.all(loaded)
    : (loaded as ArrayBuffer[]);
  // The tail may be sealed while chunks are read: take its texts now.
  const fromTail = new Map(
    sequences.filter((each) => each >= tail.first).map((each) => [each, textAt(tailColumns(tail), each - tail.first)]),
  );
  return chain(buffers, (all) => {
    // Written by sealDocuments with exactly these names.
    const columns = new Map(
      [...wanted.keys()].map((piece, at) => [piece, decodeChunk(all[at] as ArrayBuffer).columns as unknown as TailColumns]),
    );
    return places.map(({ sequence, piece }) => {
      if (piece === undefined) return fromTail.get(sequence);
      return textAt(columns.get(piece) as TailColumns, sequence - piece.first);
    });
  });
}

function pieceOf(pieces: readonly Piece[], sequence: number): Piece | undefined {
  let [low, high] = [0, pieces.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const piece = pieces[middle] as Piece;
    if (sequence < piece.first) high = middle - 1;
    else if (sequence >= piece.first + piece.count) low = middle + 1;
    else return piece;
  }
  return undefined;
}
