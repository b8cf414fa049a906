/** Checkpoints: rows with their chunk lists, states apart. `rows` mirrors what is committed. */
import { Bug } from "../../model/errors.ts";
import type { CheckpointRecord } from "../contract.ts";
import { fingerprint } from "../fingerprint.ts";
import { byMoment, type CheckpointKey, keptCheckpoints } from "../retention.ts";
import type { ChunkShelf } from "./chunk-shelf.ts";
import type { Connection } from "./connection.ts";
import type { CheckpointRow } from "./schema.ts";

const text = ({ at, journalId }: CheckpointKey): string => `${at}/${journalId}`;
const keyOf = ({ at, journalId }: CheckpointKey): [number, number] => [at, journalId];

export class CheckpointShelf {
  private rows = new Map<string, CheckpointRow>();
  /** Chunk lists of checkpoints that are being saved: collecting must spare them. */
  private readonly coming = new Set<readonly string[]>();

  constructor(
    private readonly connection: Connection,
    private readonly chunks: ChunkShelf,
    /** How many bytes of chunks are read to check a checkpoint, newest chunks first; older ones are checked when they are used. */
    private readonly verifyBytes: number,
    private readonly makeRoom: (bytes: number) => void,
  ) {}

  async open(): Promise<void> {
    const found = await this.connection.read((db) => db.getAll("checkpoints"));
    if ("unreadable" in found) this.connection.repairs.push(`The list of checkpoints cannot be read (${found.unreadable}).`);
    else for (const row of found.value) this.rows.set(text(row), row);
  }

  list(): readonly CheckpointRow[] {
    return [...this.rows.values()].sort(byMoment);
  }

  get bytes(): number {
    let sum = 0;
    for (const row of this.rows.values()) sum += row.bytes;
    return sum;
  }

  /** Every chunk that a checkpoint, kept or coming, refers to. */
  referred(): Set<string> {
    const ids = new Set<string>();
    for (const row of this.rows.values()) for (const id of row.chunks) ids.add(id);
    for (const list of this.coming) for (const id of list) ids.add(id);
    return ids;
  }

  /** `write` runs the last step in the order of the other writers of checkpoints. */
  async save(record: CheckpointRecord, write: (step: () => Promise<void>) => Promise<void>): Promise<void> {
    // The state may change while its chunks are written out: take it as it is now.
    const state: unknown = structuredClone(record.state);
    const chunks = [...record.chunks];
    const row: CheckpointRow = { at: record.at, journalId: record.journalId, engine: record.engine, chunks, ...fingerprint(state) };
    this.coming.add(chunks);
    try {
      await this.chunks.flush();
      await write(async () => {
        this.makeRoom(row.bytes);
        const all = [...this.list().filter((held) => byMoment(held, row) !== 0), row];
        const kept = new Set<CheckpointRow>(keptCheckpoints(all));
        const retired = all.filter((held) => !kept.has(held) && held !== row);
        await this.connection.write(["checkpoints", "states"], "strict", async (tx) => {
          const [rows, states] = [tx.objectStore("checkpoints"), tx.objectStore("states")];
          await Promise.all([rows.put(row, keyOf(row)), states.put(state, keyOf(row)), ...deletions([rows, states], retired)]);
        });
        this.rows.set(text(row), row);
        this.forget(retired);
      });
    } finally {
      this.coming.delete(chunks);
    }
  }

  /** Newest valid one not after the moment and the record. Those that are torn on the way are deleted and said. */
  async before(moment: number, journalId: number): Promise<CheckpointRecord | undefined> {
    for (const row of this.list().toReversed()) {
      if (row.at > moment || row.journalId > journalId) continue;
      const found = await this.load(row);
      if (typeof found !== "string") return found;
      this.connection.repairs.push(
        `The checkpoint of ${new Date(row.at).toISOString()} was not stored whole (${found}) and was dropped; the account is rebuilt from an older one.`,
      );
      await this.drop([row]);
    }
    return undefined;
  }

  async drop(rows: readonly CheckpointRow[]): Promise<void> {
    await this.connection.write(["checkpoints", "states"], "strict", (tx) =>
      deletions([tx.objectStore("checkpoints"), tx.objectStore("states")], rows),
    );
    this.forget(rows);
  }

  /** After a transaction that deleted them. */
  forget(rows: readonly CheckpointRow[]): void {
    for (const row of rows) this.rows.delete(text(row));
  }

  private async load(row: CheckpointRow): Promise<CheckpointRecord | string> {
    const found = await this.connection.read((db) => db.get("states", keyOf(row)));
    if ("unreadable" in found) return "its state cannot be read";
    if (found.value === undefined) return "its state is missing";
    const print = fingerprint(found.value);
    if (print.checksum !== row.checksum || print.bytes !== row.bytes) return "the checksum of its state does not fit";
    if (!(await this.chunks.check(row.chunks, this.verifyBytes))) return "telemetry it refers to is missing or torn";
    const { at, journalId, engine, chunks } = row;
    return { at, journalId, engine, chunks, state: found.value };
  }
}

/** Within a transaction over the stores `checkpoints` and `states`: deletes the rows from both. */
export function deletions(stores: readonly Deletable[], rows: readonly CheckpointKey[]): Promise<void>[] {
  return stores.flatMap((store) => rows.map((row) => store.delete(keyOf(row))));
}

interface Deletable {
  delete(key: [number, number]): Promise<void>;
}

/** The chunk for whose sake a checkpoint over these cannot be saved, because it was lost. Throws where one was never put. */
export function lostChunk(chunks: ChunkShelf, ids: readonly string[]): string | undefined {
  const absent = ids.find((id) => !chunks.has(id));
  if (absent === undefined || chunks.isLost(absent)) return absent;
  throw new Bug(`The checkpoint refers to chunk ${absent}, which was never put.`);
}
