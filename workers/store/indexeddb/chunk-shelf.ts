/**
 * Chunks: put at once, packed and written later, 4 MiB of them to a transaction, unpacked and checked at their load. What
 * is put as a part of a buffer is packed at once instead, for the buffer is the caller's again. Where only the shelf has a
 * buffer, its memory is given back as soon as it is not needed: left to the collector it is replaced by fresh memory, and that
 * costs more than packing.
 * Invariant: a chunk is in `queue` until its transaction has committed, and in `index` exactly when it is in the database
 * and not about to be deleted or written anew.
 */
import type { BlockCodec } from "../../kernels/contract.ts";
import { Bug } from "../../model/errors.ts";
import { isWhole, sealOf, TornChunk } from "../chunk.ts";
import { ChunkCache } from "../chunk-cache.ts";
import type { MaybePromise } from "../contract.ts";
import { StorageFull } from "../failure.ts";
import { Packer, packedAtMost, unpackedLength } from "../packing.ts";
import { Blocks, bufferOf, type Held, Room } from "../room.ts";
import type { Connection } from "./connection.ts";
import type { ChunkEntry } from "./schema.ts";

/** Packed in one go, and so as long as nothing else gets a turn: some 15 ms. */
const BATCH = 4 * 1024 * 1024;
/** Chunks that are read at the same time where many are. */
const AHEAD = 16;
/** Stored forms of this many bytes go into blobs, which the browser does not copy as often; shorter ones cost a file less. */
const BLOB_BYTES = 65_536;

interface Stored {
  readonly held: Held;
  readonly entry: ChunkEntry;
}
/** A buffer that was put, or the stored form of what was put as a part of one. */
type Waiting = ArrayBuffer | Stored;

interface Packed extends Stored {
  readonly id: string;
  /** What was put, where it is still there. */
  readonly chunk: ArrayBuffer | undefined;
}

export class ChunkShelf {
  private readonly queue = new Map<string, Waiting>();
  private readonly index = new Map<string, ChunkEntry>();
  private readonly loading = new Map<string, Promise<ArrayBuffer>>();
  /** Written or read whole in this session. */
  private readonly whole = new Set<string>();
  /** Found torn or missing in this session. */
  private readonly lost = new Set<string>();
  private readonly cache: ChunkCache;
  private readonly packer: Packer;
  /** Stored forms until they are written. */
  private readonly blocks = new Blocks();
  /** Those of them that are being written. */
  private readonly flying = new Set<Held>();
  /** For the chunk that is visited; none while one is, for its visitor may visit another. */
  private room: Room | undefined = new Room();
  /** Does the browser take blobs? Some do not while they browse in private. */
  private takesBlobs = true;
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
  put(id: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): void {
    if (this.whole.has(id) || this.queue.has(id)) return;
    if (this.index.has(id)) this.forget(id);
    this.lost.delete(id);
    if (bytes instanceof ArrayBuffer) {
      this.queue.set(id, bytes);
      return;
    }
    this.queue.set(id, this.packedForm(bytes));
    if (this.cache.fits(bytes.length)) this.cache.set(id, bufferOf(bytes));
  }

  get(id: string): MaybePromise<ArrayBuffer> {
    const held = this.resident(id);
    if (held !== undefined) return held;
    const waiting = this.queue.get(id) as Stored | undefined;
    if (waiting === undefined) return this.loading.get(id) ?? this.load(id);
    const chunk = own(this.packer.unpack(waiting.held.bytes), waiting);
    this.cache.set(id, chunk);
    return chunk;
  }

  /** Gives a chunk to `use`, in memory that is used again where there is no room to keep it. */
  visit<T>(id: string, use: (bytes: Uint8Array<ArrayBuffer>) => T): MaybePromise<T> {
    const held = this.resident(id);
    if (held !== undefined) return use(new Uint8Array(held));
    const waiting = this.queue.get(id) as Stored | undefined;
    if (waiting !== undefined) return this.lend((room) => use(this.packer.unpack(waiting.held.bytes, room)));
    const loading = this.loading.get(id);
    if (loading !== undefined) return loading.then((chunk) => use(new Uint8Array(chunk)));
    const entry = this.index.get(id);
    return entry === undefined ? missing(id) : this.readWhole(id, entry, use);
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

  /** Bytes that wait to be written, packed or not. */
  get waiting(): number {
    let bytes = 0;
    for (const waiting of this.queue.values()) bytes += sizeOf(waiting);
    return bytes;
  }

  /** Writes all that is queued now. What cannot be written stays queued and readable. */
  flush(): Promise<void> {
    return this.inOrder(async () => {
      const ids = [...this.queue.keys()];
      // While one batch is being written the next one is packed.
      let writing: Promise<void> = Promise.resolve();
      while (ids.length > 0) {
        const before = writing;
        writing = this.writeAfter(before, this.packed(ids));
        // It is awaited in the next round or below; until then its failure waits as well.
        writing.catch(() => undefined);
        await before;
      }
      await writing;
    });
  }

  /** Deletes what `isWanted` does not know. Which those are is settled at the call; chunks put later are safe. */
  collect(isWanted: (id: string) => boolean): Promise<number> {
    let queued = 0;
    for (const [id, waiting] of this.queue) {
      if (isWanted(id)) continue;
      this.queue.delete(id);
      this.unhold(waiting);
      queued++;
    }
    const doomed = [...this.index.keys()].filter((id) => !isWanted(id));
    for (const id of doomed) this.forget(id);
    return this.inOrder(async () => {
      await this.delete(doomed);
      return doomed.length + queued;
    });
  }

  /** Whether chunks are there and whole, as far as reading at most `budget` stored bytes can tell; newest last in `ids`. */
  async check(ids: readonly string[], budget: number): Promise<boolean> {
    if (!ids.every((id) => this.has(id))) return false;
    const unseen = ids.filter((id) => !this.queue.has(id) && !this.whole.has(id));
    for (let left = budget; left > 0 && unseen.length > 0; ) {
      const some: MaybePromise<undefined>[] = [];
      for (; some.length < AHEAD && left > 0 && unseen.length > 0; ) {
        const id = unseen.pop()!;
        left -= this.index.get(id)?.length ?? 0;
        some.push(this.visit(id, () => undefined));
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

  /** What can be given without unpacking. */
  private resident(id: string): ArrayBuffer | undefined {
    const waiting = this.queue.get(id);
    return waiting instanceof ArrayBuffer ? waiting : this.cache.get(id);
  }

  private load(id: string): Promise<ArrayBuffer> {
    const entry = this.index.get(id);
    if (entry === undefined) return missing(id);
    const promise = this.readWhole(id, entry).finally(() => this.loading.delete(id));
    this.loading.set(id, promise);
    return promise;
  }

  private readWhole(id: string, entry: ChunkEntry): Promise<ArrayBuffer>;
  private readWhole<T>(id: string, entry: ChunkEntry, use: (bytes: Uint8Array<ArrayBuffer>) => T): Promise<T>;
  private async readWhole<T>(id: string, entry: ChunkEntry, use?: (bytes: Uint8Array<ArrayBuffer>) => T): Promise<T | ArrayBuffer> {
    const found = await this.connection.read((db) => db.get("chunks", id));
    const stored = "value" in found ? await bytesOf(found.value) : undefined;
    const isKept = use === undefined || stored === undefined || this.cache.fits(unpackedLength(stored));
    return this.lend((room) => {
      const chunk = this.unpacked(id, entry, stored, isKept ? undefined : room);
      if (typeof chunk === "string") return this.torn(id, entry, chunk);
      this.whole.add(id);
      if (chunk.buffer !== stored?.buffer) stored?.buffer.transfer(0); // Its memory is free at once.
      if (isKept) this.cache.set(id, chunk.buffer);
      return use === undefined ? chunk.buffer : use(chunk);
    });
  }

  private async torn(id: string, entry: ChunkEntry, why: string): Promise<never> {
    // Deleted by us while it was being read, or put anew: not torn.
    if (this.index.get(id) === entry) {
      this.forget(id);
      this.lose(id, why);
      await this.inOrder(() => this.delete([id]));
    }
    throw new TornChunk(`chunk ${id}`, why, "whole");
  }

  /** The chunk that was stored, or what is wrong with it. */
  private unpacked(
    id: string,
    entry: ChunkEntry,
    stored: Uint8Array<ArrayBuffer> | undefined,
    room: Room | undefined,
  ): Uint8Array<ArrayBuffer> | string {
    if (stored === undefined) return "it is missing";
    if (stored.length !== entry.length) return `it has ${stored.length} bytes instead of ${entry.length}`;
    try {
      const chunk = this.packer.unpack(stored, room);
      return this.whole.has(id) || isWhole(chunk, entry.checksum) ? chunk : "its checksum does not fit";
    } catch (error) {
      if (error instanceof TornChunk) return `its ${error.path.slice("chunk/".length)} is damaged: ${error.found}`;
      throw error;
    }
  }

  private lend<T>(step: (room: Room | undefined) => T): T {
    const { room } = this;
    this.room = undefined;
    try {
      return step(room);
    } finally {
      this.room = room;
    }
  }

  private packedForm(chunk: Uint8Array<ArrayBuffer>): Stored {
    const held = this.blocks.hold(packedAtMost(chunk.length), (room) => this.packer.pack(chunk, room));
    return { held, entry: { length: held.bytes.length, checksum: sealOf(chunk) } };
  }

  /** Takes a batch off the front of `ids` and packs it; what was collected since is left out. */
  private packed(ids: string[]): readonly Packed[] {
    const batch: Packed[] = [];
    for (let size = 0; ids.length > 0; ) {
      const waiting = this.queue.get(ids[0]!);
      if (waiting !== undefined && batch.length > 0 && size + sizeOf(waiting) > BATCH) break;
      const id = ids.shift()!;
      if (waiting === undefined) continue;
      if (!(waiting instanceof ArrayBuffer)) batch.push({ id, chunk: undefined, ...waiting });
      else if (waiting.detached) throw new Bug(`Chunk ${id} was transferred away before it was stored.`);
      else batch.push({ id, chunk: waiting, ...this.packedForm(new Uint8Array(waiting)) });
      this.flying.add(batch.at(-1)!.held);
      size += sizeOf(waiting);
    }
    return batch;
  }

  private async writeAfter(before: Promise<void>, batch: readonly Packed[]): Promise<void> {
    try {
      await before;
      this.makeRoom(batch.reduce((sum, { entry }) => sum + entry.length, 0));
      await this.write(batch);
    } finally {
      for (const { id, held } of batch) {
        this.flying.delete(held);
        const waiting = this.queue.get(id);
        // What was put packed and could not be written waits for the next flush.
        if (waiting === undefined || waiting instanceof ArrayBuffer || waiting.held !== held) this.blocks.giveBack(held);
      }
    }
  }

  /** Gives back what a chunk held that waits no more; if it is being written, that is done when it is. */
  private unhold(waiting: Waiting | undefined): void {
    if (waiting === undefined || waiting instanceof ArrayBuffer || this.flying.has(waiting.held)) return;
    this.blocks.giveBack(waiting.held);
  }

  private async write(batch: readonly Packed[]): Promise<void> {
    try {
      await this.writeAs(batch, this.takesBlobs);
    } catch (error) {
      if (!this.takesBlobs || error instanceof StorageFull) throw error;
      await this.writeAs(batch, false);
      this.takesBlobs = false;
    }
    const unwanted: string[] = [];
    for (const { id, chunk, entry } of batch) {
      // Another one than was written where it was collected and put again meanwhile.
      this.unhold(this.queue.get(id));
      if (!this.queue.delete(id)) {
        unwanted.push(id);
        continue;
      }
      this.remember(id, entry);
      this.whole.add(id);
      if (chunk !== undefined) this.cache.set(id, chunk);
    }
    // Collected while they were being written.
    if (unwanted.length > 0) await this.delete(unwanted);
  }

  private writeAs(batch: readonly Packed[], blobs: boolean): Promise<void> {
    return this.connection.write(["chunks", "chunkIndex"], "relaxed", (tx) => {
      const [chunks, index] = [tx.objectStore("chunks"), tx.objectStore("chunkIndex")];
      return batch.flatMap(({ id, held: { bytes }, entry }) => [
        chunks.put(blobs && bytes.length >= BLOB_BYTES ? new Blob([bytes]) : bytes.slice().buffer, id),
        index.put(entry, id),
      ]);
    });
  }

  /** Deletes chunks that were forgotten; those that were put and written anew until their turn came stay. */
  private async delete(forgotten: readonly string[]): Promise<void> {
    const ids = forgotten.filter((id) => !this.index.has(id));
    if (ids.length === 0) return;
    await this.connection.write(["chunks", "chunkIndex"], "relaxed", (tx) =>
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

function sizeOf(waiting: Waiting): number {
  return waiting instanceof ArrayBuffer ? waiting.byteLength : waiting.held.bytes.length;
}

/** The buffer of an unpacked chunk, never the one it was unpacked from, which is used again. */
function own(chunk: Uint8Array<ArrayBuffer>, { held }: Stored): ArrayBuffer {
  return chunk === held.bytes ? bufferOf(chunk) : chunk.buffer;
}

function missing(id: string): Promise<never> {
  return Promise.reject(new TornChunk(`chunk ${id}`, "missing", "stored"));
}

/** The stored form in a value of the database; undefined where it is none or the browser lost it. */
async function bytesOf(value: unknown): Promise<Uint8Array<ArrayBuffer> | undefined> {
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (!(value instanceof Blob)) return undefined;
  try {
    return new Uint8Array(await value.arrayBuffer());
  } catch (error) {
    if (error instanceof DOMException) return undefined;
    throw error;
  }
}
