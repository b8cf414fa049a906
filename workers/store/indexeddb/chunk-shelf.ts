/**
 * Chunks: put at once, packed and written later, 4 MiB of them to a transaction, unpacked and checked at their load.
 * Invariant: a chunk is in `queue` until its transaction has committed, and in `index` exactly when it is in the database
 * and not about to be deleted or written anew.
 */
import type { BlockCodec } from "../../kernels/contract.ts";
import { Bug } from "../../model/errors.ts";
import { checksum32 } from "../checksum.ts";
import { TornChunk } from "../chunk.ts";
import { ChunkCache } from "../chunk-cache.ts";
import type { MaybePromise } from "../contract.ts";
import { Packer } from "../packing.ts";
import type { Connection } from "./connection.ts";
import type { ChunkEntry } from "./schema.ts";

/** Packed in one go, and so as long as nothing else gets a turn: some 15 ms. */
const BATCH = 4 * 1024 * 1024;
/** Chunks that are read at the same time where many are. */
const AHEAD = 8;

interface Packed {
  readonly id: string;
  readonly chunk: ArrayBuffer;
  readonly stored: ArrayBuffer;
  readonly entry: ChunkEntry;
}

export class ChunkShelf {
  private readonly queue = new Map<string, ArrayBuffer>();
  private readonly index = new Map<string, ChunkEntry>();
  private readonly loading = new Map<string, Promise<ArrayBuffer>>();
  /** Written or read whole in this session. */
  private readonly whole = new Set<string>();
  /** Found torn or missing in this session. */
  private readonly lost = new Set<string>();
  private readonly cache: ChunkCache;
  private readonly packer: Packer;
  private order: Promise<unknown> = Promise.resolve();
  private storedBytes = 0;

  constructor(
    private readonly connection: Connection,
    cacheBytes: number,
    codec: BlockCodec,
    private readonly makeRoom: (bytes: number) => void,
  ) {
    this.cache = new ChunkCache(cacheBytes);
    this.packer = new Packer(codec);
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

  /** Bytes in the database, as they are stored. */
  get stored(): number {
    return this.storedBytes;
  }

  /** Bytes that wait to be written, before they are packed. */
  get waiting(): number {
    let bytes = 0;
    for (const chunk of this.queue.values()) bytes += chunk.byteLength;
    return bytes;
  }

  /** Writes all that is queued now. What cannot be written stays queued and readable. */
  flush(): Promise<void> {
    return this.inOrder(async () => {
      const ids = [...this.queue.keys()];
      // While one batch is being written the next one is packed.
      let writing: Promise<void> = Promise.resolve();
      while (ids.length > 0) {
        const batch = this.packed(ids);
        await writing;
        this.makeRoom(batch.reduce((sum, { entry }) => sum + entry.length, 0));
        writing = this.write(batch);
        // It is awaited above or below; until then its failure waits as well.
        writing.catch(() => undefined);
      }
      await writing;
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

  /** Whether chunks are there and whole, as far as reading at most `budget` stored bytes can tell; newest last in `ids`. */
  async check(ids: readonly string[], budget: number): Promise<boolean> {
    if (!ids.every((id) => this.has(id))) return false;
    const unseen = ids.filter((id) => !this.queue.has(id) && !this.whole.has(id));
    for (let left = budget; left > 0 && unseen.length > 0; ) {
      const some: MaybePromise<ArrayBuffer>[] = [];
      for (; some.length < AHEAD && left > 0 && unseen.length > 0; ) {
        const id = unseen.pop()!;
        left -= this.index.get(id)?.length ?? 0;
        some.push(this.get(id));
      }
      for (const read of await Promise.allSettled(some)) {
        if (read.status === "fulfilled") continue;
        if (read.reason instanceof TornChunk) return false;
        throw read.reason;
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
    const chunk = this.unpacked(id, entry, "value" in found ? found.value : undefined);
    if (typeof chunk !== "string") {
      this.whole.add(id);
      this.cache.set(id, chunk);
      return chunk;
    }
    // Deleted by us while it was being read, or put anew: not torn.
    if (this.index.get(id) === entry) {
      this.forget(id);
      this.lose(id, chunk);
      await this.inOrder(() => this.delete([id]));
    }
    throw new TornChunk(`chunk ${id}`, chunk, "whole");
  }

  /** The chunk that was stored, or what is wrong with it. */
  private unpacked(id: string, entry: ChunkEntry, stored: unknown): ArrayBuffer | string {
    if (!(stored instanceof ArrayBuffer)) return "it is missing";
    if (stored.byteLength !== entry.length) return `it has ${stored.byteLength} bytes instead of ${entry.length}`;
    try {
      const chunk = this.packer.unpack(stored);
      const isWhole = this.whole.has(id) || checksum32(new Uint8Array(chunk)) === entry.checksum;
      return isWhole ? chunk : "its checksum does not fit";
    } catch (error) {
      if (error instanceof TornChunk) return `its ${error.path.slice("chunk/".length)} is damaged: ${error.found}`;
      throw error;
    }
  }

  /** Takes a batch off the front of `ids` and packs it; what was collected since is left out. */
  private packed(ids: string[]): readonly Packed[] {
    const batch: Packed[] = [];
    for (let size = 0; ids.length > 0; ) {
      const chunk = this.queue.get(ids[0]!);
      if (chunk !== undefined && batch.length > 0 && size + chunk.byteLength > BATCH) break;
      const id = ids.shift()!;
      if (chunk === undefined) continue;
      if (chunk.detached) throw new Bug(`Chunk ${id} was transferred away before it was stored.`);
      const stored = this.packer.pack(chunk);
      batch.push({ id, chunk, stored, entry: { length: stored.byteLength, checksum: checksum32(new Uint8Array(chunk)) } });
      size += chunk.byteLength;
    }
    return batch;
  }

  private async write(batch: readonly Packed[]): Promise<void> {
    await this.connection.write(["chunks", "chunkIndex"], "relaxed", (tx) => {
      const [chunks, index] = [tx.objectStore("chunks"), tx.objectStore("chunkIndex")];
      return batch.flatMap(({ id, stored, entry }) => [chunks.put(stored, id), index.put(entry, id)]);
    });
    const unwanted: string[] = [];
    for (const { id, chunk, entry } of batch) {
      if (!this.queue.delete(id)) {
        unwanted.push(id);
        continue;
      }
      this.remember(id, entry);
      this.whole.add(id);
      this.cache.set(id, chunk);
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
