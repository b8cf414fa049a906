/**
 * Chunks: put at once, written later in transactions of at most 16 MiB, checked at their first load.
 * Invariant: a chunk is in `queue` until its transaction has committed, and in `index` exactly when it is in the database
 * and not about to be deleted or written anew.
 */
import { Bug } from "../../model/errors.ts";
import { checksum32 } from "../checksum.ts";
import { TornChunk } from "../chunk.ts";
import { ChunkCache } from "../chunk-cache.ts";
import type { MaybePromise } from "../contract.ts";
import type { Connection } from "./connection.ts";
import type { ChunkEntry } from "./schema.ts";

const BATCH = 16 * 1024 * 1024;

export class ChunkShelf {
  private readonly queue = new Map<string, ArrayBuffer>();
  private readonly index = new Map<string, ChunkEntry>();
  private readonly loading = new Map<string, Promise<ArrayBuffer>>();
  /** Written or read whole in this session. */
  private readonly whole = new Set<string>();
  /** Found torn or missing in this session. */
  private readonly lost = new Set<string>();
  private readonly cache: ChunkCache;
  private order: Promise<unknown> = Promise.resolve();
  private storedBytes = 0;

  constructor(
    private readonly connection: Connection,
    cacheBytes: number,
    private readonly makeRoom: (bytes: number) => void,
  ) {
    this.cache = new ChunkCache(cacheBytes);
  }

  /** Learns what the database holds. */
  async open(): Promise<void> {
    const found = await this.connection.read(async (db) => {
      const tx = db.transaction(["chunkIndex", "chunks"]);
      const index = tx.objectStore("chunkIndex");
      return Promise.all([index.getAllKeys(), index.getAll(), tx.objectStore("chunks").getAllKeys(), tx.done]);
    });
    if ("unreadable" in found) {
      this.connection.repairs.push(`The list of stored telemetry cannot be read (${found.unreadable}).`);
      return;
    }
    const [ids, entries, present] = found.value;
    const there = new Set(present);
    for (const [at, id] of ids.entries()) {
      if (!there.has(id)) this.lose(id, "it is missing");
      else this.remember(id, entries[at]!);
    }
  }

  /**
   * A chunk that is there but was not seen whole in this session is written anew: whoever puts it is rebuilding the
   * account, perhaps because others were torn, and then it costs less to write it than to find out.
   */
  put(id: string, bytes: ArrayBuffer): void {
    if (this.whole.has(id) || this.queue.has(id)) return;
    if (this.index.has(id)) this.forget(id);
    this.lost.delete(id);
    this.queue.set(id, bytes);
  }

  get(id: string): MaybePromise<ArrayBuffer> {
    return this.queue.get(id) ?? this.cache.get(id) ?? this.loading.get(id) ?? this.load(id);
  }

  has(id: string): boolean {
    return this.queue.has(id) || this.index.has(id);
  }

  isLost(id: string): boolean {
    return this.lost.has(id);
  }

  get count(): number {
    return this.index.size + this.queue.size;
  }

  /** Bytes in the database. */
  get stored(): number {
    return this.storedBytes;
  }

  /** Bytes that wait to be written. */
  get waiting(): number {
    let bytes = 0;
    for (const chunk of this.queue.values()) bytes += chunk.byteLength;
    return bytes;
  }

  /** Writes all that is queued now. What cannot be written stays queued and readable. */
  flush(): Promise<void> {
    return this.inOrder(async () => {
      while (this.queue.size > 0) await this.writeBatch();
    });
  }

  /** Deletes what `isWanted` does not know. Which those are is settled at the call; chunks put later are safe. */
  collect(isWanted: (id: string) => boolean): Promise<number> {
    let queued = 0;
    for (const id of this.queue.keys()) {
      if (isWanted(id)) continue;
      this.queue.delete(id);
      queued++;
    }
    const doomed = [...this.index.keys()].filter((id) => !isWanted(id));
    for (const id of doomed) this.forget(id);
    return this.inOrder(async () => {
      if (doomed.length > 0) await this.delete(doomed);
      return doomed.length + queued;
    });
  }

  /** Whether a chunk is there and whole, as far as reading at most `budget` bytes can tell; newest last in `ids`. */
  async check(ids: readonly string[], budget: number): Promise<boolean> {
    if (!ids.every((id) => this.has(id))) return false;
    let left = budget;
    for (const id of ids.toReversed()) {
      if (left <= 0) break;
      if (this.queue.has(id) || this.whole.has(id)) continue;
      left -= this.index.get(id)?.length ?? 0;
      try {
        await this.get(id);
      } catch (error) {
        if (error instanceof TornChunk) return false;
        throw error;
      }
    }
    return true;
  }

  /** Waits for what is being written and forgets everything; what was never flushed is gone. */
  async close(): Promise<void> {
    await this.order;
    this.cache.clear();
    this.queue.clear();
    this.index.clear();
  }

  private load(id: string): Promise<ArrayBuffer> {
    const entry = this.index.get(id);
    if (entry === undefined) return Promise.reject(new TornChunk(`chunk ${id}`, "missing", "stored"));
    const promise = this.readWhole(id, entry).finally(() => this.loading.delete(id));
    this.loading.set(id, promise);
    return promise;
  }

  private async readWhole(id: string, entry: ChunkEntry): Promise<ArrayBuffer> {
    const found = await this.connection.read((db) => db.get("chunks", id));
    const bytes = "value" in found ? found.value : undefined;
    let wrong: string | undefined;
    if (!(bytes instanceof ArrayBuffer)) wrong = "it is missing";
    else if (bytes.byteLength !== entry.length) wrong = `it has ${bytes.byteLength} bytes instead of ${entry.length}`;
    else if (!this.whole.has(id) && checksum32(new Uint8Array(bytes)) !== entry.checksum) wrong = "its checksum does not fit";
    if (wrong === undefined) {
      this.whole.add(id);
      this.cache.set(id, bytes!);
      return bytes!;
    }
    // Deleted by us while it was being read, or put anew: not torn.
    if (this.index.get(id) === entry) {
      this.forget(id);
      this.lose(id, wrong);
      await this.inOrder(() => this.delete([id]));
    }
    throw new TornChunk(`chunk ${id}`, wrong, "whole");
  }

  private async writeBatch(): Promise<void> {
    const batch: { id: string; bytes: ArrayBuffer; entry: ChunkEntry }[] = [];
    let size = 0;
    for (const [id, bytes] of this.queue) {
      if (bytes.detached) throw new Bug(`Chunk ${id} was transferred away before it was stored.`);
      if (batch.length > 0 && size + bytes.byteLength > BATCH) break;
      batch.push({ id, bytes, entry: { length: bytes.byteLength, checksum: checksum32(new Uint8Array(bytes)) } });
      size += bytes.byteLength;
    }
    this.makeRoom(size);
    await this.connection.write(["chunks", "chunkIndex"], "relaxed", (tx) => {
      const [chunks, index] = [tx.objectStore("chunks"), tx.objectStore("chunkIndex")];
      return batch.flatMap(({ id, bytes, entry }) => [chunks.put(bytes, id), index.put(entry, id)]);
    });
    const unwanted: string[] = [];
    for (const { id, bytes, entry } of batch) {
      if (!this.queue.delete(id)) {
        unwanted.push(id);
        continue;
      }
      this.remember(id, entry);
      this.whole.add(id);
      this.cache.set(id, bytes);
    }
    // Collected while they were being written.
    if (unwanted.length > 0) await this.delete(unwanted);
  }

  private delete(ids: readonly string[]): Promise<void> {
    return this.connection.write(["chunks", "chunkIndex"], "relaxed", (tx) =>
      ids.flatMap((id) => [tx.objectStore("chunks").delete(id), tx.objectStore("chunkIndex").delete(id)]),
    );
  }

  private remember(id: string, entry: ChunkEntry): void {
    this.index.set(id, entry);
    this.storedBytes += entry.length;
  }

  private forget(id: string): void {
    this.storedBytes -= this.index.get(id)?.length ?? 0;
    this.index.delete(id);
    this.whole.delete(id);
    this.cache.delete(id);
  }

  private lose(id: string, why: string): void {
    this.lost.add(id);
    this.connection.repairs.push(`A piece of stored telemetry (${id}) was not stored whole (${why}) and was dropped.`);
  }

  private inOrder<T>(step: () => Promise<T>): Promise<T> {
    const next = this.order.then(step, step);
    // Only the order is kept here; the failure belongs to whoever awaits `next`.
    this.order = next.catch(() => undefined);
    return next;
  }
}
