/** Journal and set-aside tail: sealed records, so that a torn one is found wherever it was cut. */
import { checksum32 } from "../checksum.ts";
import type { JournalRecord } from "../contract.ts";
import type { Connection, WriteTransaction } from "./connection.ts";
import type { SealedRecord } from "./schema.ts";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** A record as it is stored: JSON bytes with their length and checksum. */
export function sealRecord(record: JournalRecord): SealedRecord {
  const bytes = encoder.encode(JSON.stringify([record.id, record.at, record.command]));
  return { id: record.id, length: bytes.length, checksum: checksum32(bytes), bytes };
}

/** The record, or what is wrong with it. */
export function openRecord(id: number, sealed: SealedRecord | undefined): JournalRecord | string {
  if (sealed === undefined) return "it cannot be read";
  if (!(sealed.bytes instanceof Uint8Array)) return "it has no bytes";
  if (sealed.bytes.length !== sealed.length) return `it has ${sealed.bytes.length} bytes instead of ${sealed.length}`;
  if (checksum32(sealed.bytes) !== sealed.checksum) return "its checksum does not fit";
  const [own, at, command] = JSON.parse(decoder.decode(sealed.bytes)) as [number, number, JournalRecord["command"]];
  return own === id ? { id, at, command } : `it calls itself ${own}`;
}

type Shelf = "journal" | "tail";

/** All whole records, ascending; torn ones are deleted and said. */
export async function readRecords(connection: Connection, shelf: Shelf): Promise<readonly JournalRecord[]> {
  const keys = await connection.read((db) => db.getAllKeys(shelf));
  if ("unreadable" in keys) {
    connection.repairs.push(`The ${shelf} cannot be read (${keys.unreadable}).`);
    return [];
  }
  const all = await connection.read((db) => db.getAll(shelf));
  const records: JournalRecord[] = [];
  const torn: number[] = [];
  for (const [index, id] of keys.value.entries()) {
    let sealed: SealedRecord | undefined;
    if ("value" in all) sealed = all.value[index];
    else {
      // One value that cannot be read fails the lot: take them one by one.
      const one = await connection.read((db) => db.get(shelf, id));
      sealed = "value" in one ? one.value : undefined;
    }
    const record = openRecord(id, sealed);
    if (typeof record === "string") {
      torn.push(id);
      const name = shelf === "journal" ? "Command" : "Set-aside command";
      connection.repairs.push(`${name} ${id} was not stored whole (${record}) and was dropped.`);
    } else records.push(record);
  }
  if (torn.length > 0) await connection.write([shelf], "strict", (tx) => torn.map((id) => tx.objectStore(shelf).delete(id)));
  return records;
}

type RewindTransaction = WriteTransaction<("journal" | "tail" | "checkpoints" | "states")[]>;

/** Within a transaction: `added` takes the place of the records after `journalId`, `aside` that of the tail. Answers how many the journal has. */
export async function exchangeEnd(
  tx: RewindTransaction,
  journalId: number,
  added: readonly SealedRecord[],
  aside: readonly SealedRecord[],
): Promise<number> {
  const [journal, tail] = [tx.objectStore("journal"), tx.objectStore("tail")];
  await Promise.all([journal.delete(IDBKeyRange.lowerBound(journalId, true)), tail.clear()]);
  await Promise.all([...added.map((record) => journal.add(record)), ...aside.map((record) => tail.put(record))]);
  return journal.count();
}
