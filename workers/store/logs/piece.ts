/**
 * A piece is a run of events of one stream in the order they were ingested: an open tail in memory, later a sealed chunk.
 *
 * Invariants: rows are only ever appended; row r of a piece is the same event before and after sealing; a reader that took
 * `count` rows of an open piece may keep the arrays it was given, since growth copies into new ones.
 */

import { digestTexts } from "../../model/digest.ts";
import { decodeChunk, encodeChunkIn } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import { Room } from "../room.ts";
import type { LogBatch } from "./contract.ts";

export interface Columns {
  readonly timestamps: Float64Array;
  readonly ingestion: Float64Array;
  readonly sequences: Float64Array;
  /** count + 1 entries. */
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

export interface Piece {
  readonly stream: string;
  count: number;
  messageBytes: number;
  minTime: number;
  maxTime: number;
  /** Chunk id once sealed. */
  id?: string;
  /** The open tail; absent once sealed. */
  tail?: Tail;
}

interface Tail {
  timestamps: Float64Array;
  ingestion: Float64Array;
  sequences: Float64Array;
  offsets: Uint32Array;
  bytes: Uint8Array;
}

/** Bytes of columns beside the messages: three doubles and an offset. */
const ROW_OVERHEAD = 28;
/** A tail is sealed when it holds this much. */
export const SEAL_BYTES = 1 << 20;

/** Chunks are made in it and given to the sink as a part of it. */
const room = new Room();

export function openPiece(stream: string): Piece {
  const tail: Tail = {
    timestamps: new Float64Array(8),
    ingestion: new Float64Array(8),
    sequences: new Float64Array(8),
    offsets: new Uint32Array(9),
    bytes: new Uint8Array(1024),
  };
  return { stream, count: 0, messageBytes: 0, minTime: Infinity, maxTime: -Infinity, tail };
}

export const isFull = (piece: Piece): boolean => piece.messageBytes + piece.count * ROW_OVERHEAD >= SEAL_BYTES;

/** Appends rows [from, to) of a batch; sequences count up from `sequence`. */
export function appendRows(piece: Piece, tail: Tail, batch: LogBatch, sequence: number): void {
  const added = batch.timestamps.length;
  const start = batch.offsets[0]!;
  const size = batch.offsets[added]! - start;
  reserve(tail, piece.count + added, piece.messageBytes + size);
  tail.timestamps.set(batch.timestamps, piece.count);
  tail.ingestion.set(batch.ingestion, piece.count);
  const shift = piece.messageBytes - start;
  for (let i = 0; i < added; i++) {
    tail.sequences[piece.count + i] = sequence + i;
    tail.offsets[piece.count + i + 1] = batch.offsets[i + 1]! + shift;
    const time = batch.timestamps[i]!;
    if (time < piece.minTime) piece.minTime = time;
    if (time > piece.maxTime) piece.maxTime = time;
  }
  tail.bytes.set(batch.bytes.subarray(start, start + size), piece.messageBytes);
  piece.count += added;
  piece.messageBytes += size;
}

function reserve(tail: Tail, rows: number, size: number): void {
  if (rows > tail.timestamps.length) {
    const capacity = Math.max(rows, tail.timestamps.length * 2);
    tail.timestamps = grown(tail.timestamps, new Float64Array(capacity));
    tail.ingestion = grown(tail.ingestion, new Float64Array(capacity));
    tail.sequences = grown(tail.sequences, new Float64Array(capacity));
    tail.offsets = grown(tail.offsets, new Uint32Array(capacity + 1));
  }
  if (size > tail.bytes.length) tail.bytes = grown(tail.bytes, new Uint8Array(Math.max(size, tail.bytes.length * 2)));
}

function grown<T extends Float64Array | Uint32Array | Uint8Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Views of an open tail's columns, cut to its rows. */
export function tailColumns(piece: Piece, tail: Tail): Columns {
  return {
    timestamps: tail.timestamps.subarray(0, piece.count),
    ingestion: tail.ingestion.subarray(0, piece.count),
    sequences: tail.sequences.subarray(0, piece.count),
    offsets: tail.offsets.subarray(0, piece.count + 1),
    bytes: tail.bytes.subarray(0, piece.messageBytes),
  };
}

/**
 * Hands the tail to the chunk sink. The id comes from `content` (the stream's running digest), so that the same id always
 * names the same bytes, even after a rewind that takes another turn.
 */
export function seal(piece: Piece, tail: Tail, owner: string, content: string, chunks: ChunkSink): void {
  const columns = tailColumns(piece, tail);
  const id = `log-${digestTexts(owner, content, String(columns.sequences[0])).hex()}`;
  if (!chunks.has(id)) {
    const header = {
      kind: "log",
      owner,
      count: piece.count,
      firstSeq: columns.sequences[0]!,
      lastSeq: columns.sequences[piece.count - 1]!,
      minTime: piece.minTime,
      maxTime: piece.maxTime,
    };
    chunks.put(id, encodeChunkIn(room, header, { ...columns }));
  }
  piece.id = id;
  delete piece.tail;
}

/** Reads pieces, keeping the last few decoded chunks at hand. */
export interface PieceReader {
  columns(piece: Piece): MaybePromise<Columns>;
  /** Columns of several pieces, in their order; synchronous when all are resident. */
  all(pieces: readonly Piece[]): MaybePromise<readonly Columns[]>;
}

const DECODED = 32;

export function createPieceReader(chunks: ChunkSink): PieceReader {
  const decoded = new Map<string, Columns>();
  /** A buffer that the storage still holds need not be checked again: that takes as long as searching it. */
  const checked = new WeakMap<ArrayBuffer, Columns>();
  const remember = (id: string, buffer: ArrayBuffer): Columns => {
    const columns = checked.get(buffer) ?? (decodeChunk(buffer).columns as unknown as Columns); // written by seal() with exactly these names
    checked.set(buffer, columns);
    decoded.set(id, columns);
    if (decoded.size > DECODED) decoded.delete(decoded.keys().next().value!);
    return columns;
  };
  const columnsOf = (piece: Piece): MaybePromise<Columns> => {
    if (piece.tail) return tailColumns(piece, piece.tail);
    const id = piece.id!;
    const held = decoded.get(id);
    if (held) {
      decoded.delete(id);
      decoded.set(id, held);
      return held;
    }
    const buffer = chunks.get(id);
    return buffer instanceof ArrayBuffer ? remember(id, buffer) : buffer.then((bytes) => remember(id, bytes));
  };
  return {
    columns: columnsOf,
    all(pieces) {
      const got = pieces.map(columnsOf);
      return got.some((entry) => entry instanceof Promise) ? Promise.all(got) : (got as Columns[]);
    },
  };
}
