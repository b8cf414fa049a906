/**
 * A million log events into IndexedDB and out again: our way (columns in sealed chunks) beside the usual one (a record an
 * event). Events are made in batches before the clock runs; it runs over what turns events in hand into committed storage.
 * Runs in a Chromium page with a profile on disk; the entry imports it and prints the table.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { BlockCodec } from "../../workers/kernels/contract.ts";
import { utf8Column } from "../../workers/model/utf8.ts";
import { decodeChunk, encodeChunkIn } from "../../workers/store/chunk.ts";
import { deleteAccount } from "../../workers/store/indexeddb/index-database.ts";
import { openIndexedDbStorage } from "../../workers/store/indexeddb/storage.ts";
import { Room } from "../../workers/store/room.ts";
import { BATCH, benchEvents, EVENT_BYTES, type EventRow, START } from "./events.ts";

export interface StorageBench {
  /** Milliseconds until everything was committed, or read and summed. */
  readonly milliseconds: number;
  readonly events: number;
  /** Sums over what was written or read: equal for both ways, or one of them did not do the work. */
  readonly timeSum: number;
  readonly byteSum: number;
  /** Bytes of the chunks, and of their stored form. */
  readonly chunkBytes?: number;
  readonly storedBytes?: number;
}

const ACCOUNT = "bench-chunked";
const RECORDS = "nephoscope-bench-records";
/** Rows that make about 1 MiB of columns. */
const ROWS = Math.floor((1 << 20) / (EVENT_BYTES + 12));
/** Chunks that are handed over before the storage is told to write them out. */
const FLUSH = 4;
/** Chunks that are asked for before the first of them is used; the rival asks for 10,000 records at once. */
const AHEAD = 16;

interface RecordSchema extends DBSchema {
  events: { key: number; value: EventRow };
}

const idOf = (first: number): string => `c${String(first).padStart(9, "0")}`;

/** Gives all that waits its turn, as between two calls of an agent. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(0);
  });
}

/** First rows of the chunks: full ones, cut where a batch ends. */
function chunkStarts(events: number): readonly number[] {
  const starts: number[] = [];
  for (let batch = 0; batch < events; batch += BATCH)
    for (let first = batch; first < Math.min(events, batch + BATCH); first += ROWS) starts.push(first);
  return starts;
}

/** Writes `events` events as sealed chunks of about 1 MiB, by the storage that accounts use. */
export async function writeChunked(events: number, codec: BlockCodec): Promise<StorageBench> {
  await deleteAccount(ACCOUNT);
  const storage = await openIndexedDbStorage(ACCOUNT, { cacheBytes: 0, codec });
  const [texts, room] = [new Uint8Array(ROWS * EVENT_BYTES), new Room()];
  let [milliseconds, timeSum, byteSum, chunkBytes] = [0, 0, 0, 0];
  for (let batch = 0; batch < events; batch += BATCH) {
    const rows = benchEvents(batch, Math.min(events, batch + BATCH));
    const began = performance.now();
    let flushing: Promise<void> | undefined;
    for (let first = 0, chunks = 1; first < rows.length; first += ROWS, chunks++) {
      const part = rows.slice(first, first + ROWS);
      const times = new Float64Array(part.length);
      for (let row = 0; row < part.length; row++) {
        times[row] = part[row]!.timestamp;
        timeSum += times[row]! - START;
      }
      const { bytes: text, offsets } = utf8Column(
        part.map(({ message }) => message),
        texts,
      );
      byteSum += text.length;
      const [firstSeq, count] = [batch + first, part.length];
      const header = { kind: "bench", owner: "bench", count, firstSeq, lastSeq: firstSeq + count - 1 };
      const chunk = encodeChunkIn(room, { ...header, minTime: times[0]!, maxTime: times[count - 1]! }, { times, offsets, text });
      chunkBytes += chunk.byteLength;
      storage.put(idOf(firstSeq), chunk);
      if (chunks % FLUSH !== 0) continue;
      await flushing;
      flushing = storage.flush();
      // The writing begins in the storage's turn; then it goes on while the next chunks are made.
      await turn();
    }
    await flushing;
    await storage.flush();
    milliseconds += performance.now() - began;
  }
  const storedBytes = (await storage.report()).chunkBytes;
  await storage.dispose();
  return { milliseconds, events, timeSum, byteSum, chunkBytes, storedBytes };
}

/** Reads every chunk, lets the storage check it, and goes over times and bytes of each event in place. */
export async function readChunked(events: number, codec: BlockCodec): Promise<StorageBench> {
  const storage = await openIndexedDbStorage(ACCOUNT, { cacheBytes: 0, codec });
  const ids = chunkStarts(events).map(idOf);
  const began = performance.now();
  let [seen, timeSum, byteSum] = [0, 0, 0];
  const sum = (chunk: Uint8Array<ArrayBuffer>): void => {
    const { header, columns } = decodeChunk(chunk, { trusted: true });
    const { times, offsets } = columns as { times: Float64Array; offsets: Uint32Array };
    for (let row = 0; row < header.count; row++) {
      timeSum += times[row]! - START;
      byteSum += offsets[row + 1]! - offsets[row]!;
    }
    seen += header.count;
  };
  const coming = ids.slice(0, AHEAD).map((id) => storage.visit(id, sum));
  for (let i = 0; i < ids.length; i++) {
    await coming.shift()!;
    if (i + AHEAD < ids.length) coming.push(storage.visit(ids[i + AHEAD]!, sum));
  }
  const milliseconds = performance.now() - began;
  await storage.dispose();
  return { milliseconds, events: seen, timeSum, byteSum };
}

/** Writes `events` events as one record each, 10,000 to a transaction. */
export async function writePerRecord(events: number): Promise<StorageBench> {
  await deleteDB(RECORDS);
  const db = await openRecords();
  let [milliseconds, timeSum, byteSum] = [0, 0, 0];
  for (let batch = 0; batch < events; batch += BATCH) {
    const rows = benchEvents(batch, Math.min(events, batch + BATCH));
    const began = performance.now();
    for (let first = 0; first < rows.length; first += 10_000) {
      const tx = db.transaction("events", "readwrite", { durability: "relaxed" });
      const puts: Promise<unknown>[] = [tx.done];
      for (let i = first; i < Math.min(rows.length, first + 10_000); i++) {
        const event = rows[i]!;
        puts.push(tx.store.put(event, batch + i));
        timeSum += event.timestamp - START;
        byteSum += event.message.length;
      }
      await Promise.all(puts);
    }
    milliseconds += performance.now() - began;
  }
  db.close();
  return { milliseconds, events, timeSum, byteSum };
}

/** Reads all records, 10,000 at a time, which is faster than a cursor and bounded in memory. */
export async function readPerRecord(events: number): Promise<StorageBench> {
  const db = await openRecords();
  const began = performance.now();
  let [seen, timeSum, byteSum] = [0, 0, 0];
  for (let first = 0; first < events; first += 10_000) {
    for (const event of await db.getAll("events", IDBKeyRange.bound(first, first + 10_000, false, true))) {
      timeSum += event.timestamp - START;
      byteSum += event.message.length;
      seen++;
    }
  }
  const milliseconds = performance.now() - began;
  db.close();
  return { milliseconds, events: seen, timeSum, byteSum };
}

/** Text of event i of `events` as it stands in a chunk: shows that what is read is what was written. */
export async function chunkedMessage(i: number, events: number): Promise<string> {
  const storage = await openIndexedDbStorage(ACCOUNT);
  const first = chunkStarts(events).findLast((start) => start <= i)!;
  const { columns } = decodeChunk(await storage.get(idOf(first)));
  const { offsets, text } = columns as { offsets: Uint32Array; text: Uint8Array };
  const message = new TextDecoder().decode(text.subarray(offsets[i - first], offsets[i - first + 1]));
  await storage.dispose();
  return message;
}

/** Deletes what the four functions left behind. */
export async function removeBenchData(): Promise<void> {
  await deleteAccount(ACCOUNT);
  await deleteDB(RECORDS);
}

function openRecords(): Promise<IDBPDatabase<RecordSchema>> {
  return openDB<RecordSchema>(RECORDS, 1, { upgrade: (db) => void db.createObjectStore("events") });
}
