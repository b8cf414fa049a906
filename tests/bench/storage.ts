/**
 * A million log events into IndexedDB and out again: our way (columns in sealed chunks) beside the usual one (a record an
 * event). Runs in a Chromium page with a profile on disk; the entry imports it and prints the table.
 */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import { decodeChunk, encodeChunk } from "../../workers/store/chunk.ts";
import { deleteAccount } from "../../workers/store/indexeddb/index-database.ts";
import { openIndexedDbStorage } from "../../workers/store/indexeddb/storage.ts";

export interface StorageBench {
  /** Milliseconds until everything was committed, or read and summed. */
  readonly milliseconds: number;
  readonly events: number;
  /** Sums over what was written or read: equal for both ways, or one of them did not do the work. */
  readonly timeSum: number;
  readonly byteSum: number;
}

const ACCOUNT = "bench-chunked";
const RECORDS = "nephoscope-bench-records";
const EVENT_BYTES = 140;
/** Rows that make about 1 MiB of columns. */
const ROWS = Math.floor((1 << 20) / (EVENT_BYTES + 12));
const START = 1_700_000_000_000;

interface EventRow {
  readonly timestamp: number;
  readonly message: string;
}
interface RecordSchema extends DBSchema {
  events: { key: number; value: EventRow };
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Event number i: an access log line of exactly 140 ASCII bytes. */
export function benchEvent(i: number): EventRow {
  const path = `/orders/${(i * 7919) % 100_003}/items/${i % 17}`;
  const line = `10.0.${(i >> 8) & 255}.${i & 255} "GET ${path}" status=${i % 50 === 0 ? 500 : 200} bytes=${(i * 31) % 65_536} request=${i}`;
  return { timestamp: START + i * 3, message: line.padEnd(EVENT_BYTES, ".") };
}

/** Writes `events` events as sealed chunks of about 1 MiB, by the storage that accounts use. */
export async function writeChunked(events: number): Promise<StorageBench> {
  await deleteAccount(ACCOUNT);
  const storage = await openIndexedDbStorage(ACCOUNT, { cacheBytes: 0 });
  const began = performance.now();
  let [timeSum, byteSum] = [0, 0];
  for (let first = 0; first < events; first += ROWS) {
    const count = Math.min(ROWS, events - first);
    const [times, offsets, text] = [new Float64Array(count), new Uint32Array(count + 1), new Uint8Array(count * EVENT_BYTES)];
    for (let row = 0; row < count; row++) {
      const { timestamp, message } = benchEvent(first + row);
      times[row] = timestamp;
      const { written } = encoder.encodeInto(message, text.subarray(row * EVENT_BYTES));
      offsets[row + 1] = (offsets[row] ?? 0) + written;
      timeSum += timestamp - START;
      byteSum += written;
    }
    const header = { kind: "bench", owner: "bench", count, firstSeq: first, lastSeq: first + count - 1 };
    const chunk = encodeChunk({ ...header, minTime: times[0] ?? START, maxTime: times[count - 1] ?? START }, { times, offsets, text });
    storage.put(`c${String(first).padStart(9, "0")}`, chunk);
    // 16 MiB at a time, as the account does between checkpoints.
    if ((first / ROWS) % 16 === 15) await storage.flush();
  }
  await storage.flush();
  const milliseconds = performance.now() - began;
  await storage.dispose();
  return { milliseconds, events, timeSum, byteSum };
}

/** Reads every chunk, checks it, and goes over times and bytes of each event in place. */
export async function readChunked(events: number): Promise<StorageBench> {
  const storage = await openIndexedDbStorage(ACCOUNT, { cacheBytes: 0 });
  const began = performance.now();
  let [seen, timeSum, byteSum] = [0, 0, 0];
  for (let first = 0; first < events; first += ROWS) {
    const { header, columns } = decodeChunk(await storage.get(`c${String(first).padStart(9, "0")}`));
    const { times, offsets } = columns as { times: Float64Array; offsets: Uint32Array };
    for (let row = 0; row < header.count; row++) {
      timeSum += times[row]! - START;
      byteSum += offsets[row + 1]! - offsets[row]!;
    }
    seen += header.count;
  }
  const milliseconds = performance.now() - began;
  await storage.dispose();
  return { milliseconds, events: seen, timeSum, byteSum };
}

/** Writes `events` events as one record each, 10,000 to a transaction. */
export async function writePerRecord(events: number): Promise<StorageBench> {
  await deleteDB(RECORDS);
  const db = await openRecords();
  const began = performance.now();
  let [timeSum, byteSum] = [0, 0];
  for (let first = 0; first < events; first += 10_000) {
    const tx = db.transaction("events", "readwrite", { durability: "relaxed" });
    const puts: Promise<unknown>[] = [tx.done];
    for (let i = first; i < Math.min(events, first + 10_000); i++) {
      const event = benchEvent(i);
      puts.push(tx.store.put(event, i));
      timeSum += event.timestamp - START;
      byteSum += event.message.length;
    }
    await Promise.all(puts);
  }
  const milliseconds = performance.now() - began;
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

/** Text of event i as it stands in a chunk: shows that what is read is what was written. */
export async function chunkedMessage(i: number): Promise<string> {
  const storage = await openIndexedDbStorage(ACCOUNT);
  const first = i - (i % ROWS);
  const { columns } = decodeChunk(await storage.get(`c${String(first).padStart(9, "0")}`));
  const { offsets, text } = columns as { offsets: Uint32Array; text: Uint8Array };
  const message = decoder.decode(text.subarray(offsets[i - first], offsets[i - first + 1]));
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
