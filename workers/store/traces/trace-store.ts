/**
 * The store of traces. Per account and Region a table of spans (table.ts), resident, and the documents they came from, in
 * pieces (piece.ts). The table follows from the spans of the pieces and the tail; a checkpoint holds the names of the
 * former and a copy of the latter. Times of spans are integer microseconds, all others epoch milliseconds.
 */
import { Digest128 } from "../../model/digest.ts";
import { decodeChunk, encodeChunkIn } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import { Room } from "../room.ts";
import {
  appendDocument,
  DOCUMENT_BYTES,
  emptyTail,
  type Piece,
  readDocuments,
  SEAL_BYTES,
  sealDocuments,
  type Tail,
  type TailColumns,
  tailBytes,
  tailColumns,
  writeDocument,
} from "./piece.ts";
import { ownRows, putSpans, type SpanRows, takeSpans } from "./span-rows.ts";
import { TraceTable } from "./table.ts";
import type { TraceWords } from "./trace-ids.ts";

export { TraceTable } from "./table.ts";

/**
 * Takes documents in, one after the other: `open` one, add the spans in it to the table, then `take` it or `drop` it. Nothing
 * of a document that is dropped stays.
 */
export interface SegmentWriter {
  readonly table: TraceTable;
  /** The text as UTF-8 is bytes [from, to), and bytes[to] is 0; undefined where it has more than 64 KB. */
  open(text: string): { readonly bytes: Uint8Array; readonly from: number; readonly to: number } | undefined;
  take(words: TraceWords, ingestion: number): void;
  drop(): void;
}

/** A *key* is any text that names an account and Region; the store gives it no meaning. */
export interface TraceStore {
  writer(key: string): SegmentWriter;
  /** The spans as they are now, every trace assembled; undefined where nothing came. */
  table(key: string): TraceTable | undefined;
  /** Texts of the documents with these sequences, ascending; undefined for those that were let go. */
  documents(key: string, sequences: readonly number[]): MaybePromise<readonly (string | undefined)[]>;
  /** Lets go of documents of traces that began before `before`, when there are enough of them. Readers must not rely on it. */
  expire(key: string, before: number): void;
  snapshot(): unknown;
  /** Rejects with `TornChunk` where a chunk of spans is not whole; the store is then half filled. */
  restore(snapshot: unknown): Promise<void>;
  chunkIds(): Iterable<string>;
  digests(): Iterable<readonly [string, string]>;
}

/** A piece, where its spans stand in the table, and times and sizes of its documents. */
interface Held extends Piece {
  readonly ingestion: Float64Array;
  readonly sizes: Uint32Array;
  readonly spanFrom: number;
  readonly spanTo: number;
}

interface Shelf {
  table: TraceTable;
  pieces: Held[];
  tail: Tail;
  tailSpans: number;
  /** Latest time of a trace in the tail, epoch ms. */
  tailTime: number;
  /** Documents of the tail that the digests have seen. */
  digested: number;
  readonly bytesDigest: Digest128;
  readonly headDigest: Digest128;
}

interface ShelfSnapshot {
  readonly key: string;
  readonly pieces: readonly Piece[];
  readonly first: number;
  readonly tailTime: number;
  readonly tail: TailColumns;
  readonly spans: SpanRows;
  readonly bytesDigest: readonly number[];
  readonly headDigest: readonly number[];
}

export function createTraceStore({ chunks }: { readonly chunks: ChunkSink }): TraceStore {
  const shelves = new Map<string, Shelf>();
  const room = new Room();
  const shelfOf = (key: string): Shelf => {
    const known = shelves.get(key);
    if (known !== undefined) return known;
    const shelf: Shelf = {
      table: new TraceTable(),
      pieces: [],
      tail: emptyTail(0),
      tailSpans: 0,
      tailTime: Number.NEGATIVE_INFINITY,
      digested: 0,
      bytesDigest: new Digest128(),
      headDigest: new Digest128(),
    };
    shelves.set(key, shelf);
    return shelf;
  };

  return {
    writer(key) {
      const shelf = shelfOf(key);
      let end = 0;
      return {
        get table() {
          return shelf.table;
        },
        open(text) {
          if (text.length > DOCUMENT_BYTES) return undefined;
          if (tailBytes(shelf.tail) >= SEAL_BYTES) seal(shelf, key, chunks, room);
          end = writeDocument(shelf.tail, text);
          const from = tailBytes(shelf.tail);
          return end - from > DOCUMENT_BYTES ? undefined : { bytes: shelf.tail.bytes, from, to: end };
        },
        take(words, ingestion) {
          const { table, tail } = shelf;
          const size = appendDocument(tail, end, ingestion);
          shelf.tailTime = Math.max(shelf.tailTime, words.word0 * 1000);
          table.link(table.traceFor(words, size, ingestion), tail.first + tail.count - 1);
        },
        drop: () => shelf.table.unlink(),
      };
    },

    table(key) {
      const table = shelves.get(key)?.table;
      table?.settle();
      return table;
    },

    documents(key, sequences) {
      const shelf = shelves.get(key);
      return shelf === undefined ? sequences.map(() => undefined) : readDocuments(sequences, shelf.pieces, shelf.tail, chunks);
    },

    expire(key, before) {
      const shelf = shelves.get(key);
      if (shelf !== undefined) expire(shelf, before);
    },

    snapshot: () => ({ shelves: [...shelves].map(([key, shelf]) => snapshotOf(key, shelf)) }),

    async restore(snapshot) {
      shelves.clear();
      const { shelves: saved } = snapshot as { readonly shelves: readonly ShelfSnapshot[] }; // what snapshot() gave
      for (const entry of saved) shelves.set(entry.key, await restored(entry, chunks));
    },

    *chunkIds() {
      for (const { pieces } of shelves.values()) for (const piece of pieces) yield* [piece.documents, piece.spans];
    },

    *digests() {
      for (const [key, shelf] of shelves) yield [key, digestOf(shelf)] as const;
    },
  };
}

/** Two streams, so that it does not matter when the digest is asked for: the bytes, and times and sizes. */
function digestOf(shelf: Shelf): string {
  const { tail, digested, bytesDigest, headDigest } = shelf;
  if (digested < tail.count) {
    const from = tail.offsets[digested] as number;
    bytesDigest.bytes(tail.bytes.subarray(from, tailBytes(tail)));
    const heads = new Float64Array((tail.count - digested) * 2);
    for (let at = digested; at < tail.count; at++) {
      heads[(at - digested) * 2] = tail.ingestion[at] as number;
      heads[(at - digested) * 2 + 1] = (tail.offsets[at + 1] as number) - (tail.offsets[at] as number);
    }
    headDigest.f64(heads);
    shelf.digested = tail.count;
  }
  return bytesDigest.hex() + headDigest.hex();
}

function sizesOf(tail: Tail): Uint32Array {
  const sizes = new Uint32Array(tail.count);
  for (let at = 0; at < tail.count; at++) sizes[at] = (tail.offsets[at + 1] as number) - (tail.offsets[at] as number);
  return sizes;
}

const tailSpanRows = ({ table, tail, tailSpans }: Shelf): SpanRows =>
  takeSpans(table, {
    first: tail.first,
    from: tailSpans,
    to: table.spans.count,
    ingestion: tail.ingestion.subarray(0, tail.count),
    sizes: sizesOf(tail),
  });

function seal(shelf: Shelf, key: string, chunks: ChunkSink, room: Room): void {
  const { tail, table, tailSpans, tailTime } = shelf;
  const content = digestOf(shelf);
  const documents = sealDocuments(tail, key, content, chunks, room);
  const spans = `spans-${documents.slice("trace-".length)}`;
  if (!chunks.has(spans)) {
    const header = {
      kind: "spans",
      owner: key,
      count: table.spans.count - tailSpans,
      firstSeq: tail.first,
      lastSeq: tail.first + tail.count - 1,
    };
    chunks.put(spans, encodeChunkIn(room, header, { ...tailSpanRows(shelf) }));
  }
  const piece = { first: tail.first, count: tail.count, lastTime: tailTime, documents, spans };
  shelf.pieces.push({
    ...piece,
    ingestion: tail.ingestion.slice(0, tail.count),
    sizes: sizesOf(tail),
    spanFrom: tailSpans,
    spanTo: table.spans.count,
  });
  shelf.tail = emptyTail(tail.first + tail.count, tail);
  shelf.tailSpans = table.spans.count;
  shelf.tailTime = Number.NEGATIVE_INFINITY;
  shelf.digested = 0;
}

/** Making the table anew costs as much as it holds: only when a quarter of it goes. */
function expire(shelf: Shelf, before: number): void {
  if (shelf.pieces.every(({ lastTime }) => lastTime >= before)) return;
  const kept = shelf.pieces.filter(({ lastTime }) => lastTime >= before);
  const gone = shelf.pieces.reduce((sum, { spanFrom, spanTo, lastTime }) => (lastTime < before ? sum + spanTo - spanFrom : sum), 0);
  if (gone * 4 < shelf.table.spans.count) return;
  const old = shelf.table;
  const table = new TraceTable();
  const pieces = kept.map((piece): Held => {
    const spanFrom = table.spans.count;
    putSpans(
      table,
      takeSpans(old, { first: piece.first, from: piece.spanFrom, to: piece.spanTo, ingestion: piece.ingestion, sizes: piece.sizes }),
      piece.first,
    );
    return { ...piece, spanFrom, spanTo: table.spans.count };
  });
  const tailSpans = table.spans.count;
  putSpans(table, tailSpanRows(shelf), shelf.tail.first);
  table.version = old.version + 1;
  shelf.table = table;
  shelf.pieces = pieces;
  shelf.tailSpans = tailSpans;
}

function snapshotOf(key: string, shelf: Shelf): ShelfSnapshot {
  digestOf(shelf);
  const { ingestion, offsets, bytes } = tailColumns(shelf.tail);
  return {
    key,
    pieces: shelf.pieces.map(({ first, count, lastTime, documents, spans }) => ({ first, count, lastTime, documents, spans })),
    first: shelf.tail.first,
    tailTime: shelf.tailTime,
    tail: { ingestion: ingestion.slice(), offsets: offsets.slice(), bytes: bytes.slice() },
    spans: ownRows(tailSpanRows(shelf)),
    bytesDigest: shelf.bytesDigest.snapshot(),
    headDigest: shelf.headDigest.snapshot(),
  };
}

async function restored(saved: ShelfSnapshot, chunks: ChunkSink): Promise<Shelf> {
  const table = new TraceTable();
  const pieces: Held[] = [];
  for (const piece of saved.pieces) {
    const spanFrom = table.spans.count;
    // Written by seal() with exactly these names.
    const rows = decodeChunk(await chunks.get(piece.spans)).columns as unknown as SpanRows;
    putSpans(table, rows, piece.first);
    pieces.push({ ...piece, ingestion: rows.ingestion.slice(), sizes: rows.sizes.slice(), spanFrom, spanTo: table.spans.count });
  }
  const tailSpans = table.spans.count;
  putSpans(table, saved.spans, saved.first);
  const { ingestion, offsets, bytes } = saved.tail;
  return {
    table,
    pieces,
    tail: { first: saved.first, count: ingestion.length, ingestion: ingestion.slice(), offsets: offsets.slice(), bytes: bytes.slice() },
    tailSpans,
    tailTime: saved.tailTime,
    digested: ingestion.length,
    bytesDigest: Digest128.from(saved.bytesDigest),
    headDigest: Digest128.from(saved.headDigest),
  };
}
