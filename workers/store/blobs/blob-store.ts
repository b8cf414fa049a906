/**
 * Bytes of any size that documents refer to by id: the bodies of objects. Ids come from the content, so equal bytes are
 * stored once. Invariant: `holders` counts the documents that refer to an id; at none, the bytes are let go.
 */
import { Digest128 } from "../../model/digest.ts";
import { Bug } from "../../model/errors.ts";
import { chain } from "../chain.ts";
import { decodeChunk, encodeChunk } from "../chunk.ts";
import type { ChunkSink, MaybePromise, TelemetryStore } from "../contract.ts";

export interface BlobStore extends TelemetryStore {
  /** Stores bytes for one document that will refer to them; answers their id. */
  put(bytes: Uint8Array): string;
  /** The bytes: do not write to them. */
  get(id: string): MaybePromise<Uint8Array>;
  /** A document no longer refers to them. */
  release(id: string): void;
}

export function createBlobStore({ chunks }: { readonly chunks: ChunkSink }): BlobStore {
  const holders = new Map<string, number>();
  const checked = new WeakMap<ArrayBuffer, Uint8Array>();
  return {
    put(bytes) {
      const id = `blob-${new Digest128().bytes(bytes).hex()}-${bytes.length}`;
      if (!chunks.has(id)) chunks.put(id, encodeChunk({ kind: "blob", owner: id, count: bytes.length }, { bytes }));
      holders.set(id, (holders.get(id) ?? 0) + 1);
      return id;
    },
    get: (id) =>
      chain(chunks.get(id), (buffer) => {
        const bytes = checked.get(buffer) ?? (decodeChunk(buffer).columns["bytes"] as Uint8Array); // put() wrote it
        checked.set(buffer, bytes);
        return bytes;
      }),
    release(id) {
      const count = holders.get(id);
      if (count === undefined) throw new Bug(`nobody holds the blob ${id}`);
      if (count === 1) holders.delete(id);
      else holders.set(id, count - 1);
    },
    snapshot: () => [...holders],
    restore(snapshot) {
      holders.clear();
      for (const [id, count] of snapshot as readonly (readonly [string, number])[]) holders.set(id, count); // what snapshot() gave
    },
    chunkIds: () => holders.keys(),
    *digests() {
      for (const [id, count] of holders) yield [id, String(count)] as const;
    },
  };
}
