import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createBlobStore } from "../../../../workers/store/blobs/blob-store.ts";
import { memoryChunks } from "../../services/harness.ts";

describe("the store of bytes", () => {
  it("gives back what was put, and the same id for the same bytes only", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.uint8Array({ maxLength: 50 }), (a, b) => {
        const store = createBlobStore({ chunks: memoryChunks() });
        const [first, second] = [store.put(a), store.put(b)];
        expect(store.get(first)).toEqual(a);
        expect(store.get(second)).toEqual(b);
        expect(first === second).toBe(a.length === b.length && a.every((byte, i) => byte === b[i]));
      }),
    );
  });

  it("keeps bytes as long as one document refers to them", async () => {
    const chunks = memoryChunks();
    const store = createBlobStore({ chunks });
    const id = store.put(new Uint8Array([1, 2]));
    expect(store.put(new Uint8Array([1, 2]))).toBe(id);
    store.release(id);
    expect([...store.chunkIds()]).toEqual([id]);
    const copy = createBlobStore({ chunks });
    copy.restore(structuredClone(store.snapshot()));
    copy.release(id);
    expect([...copy.chunkIds()]).toEqual([]);
    expect(() => copy.release(id)).toThrow("nobody holds");
    chunks.slow = true;
    expect(await store.get(id)).toEqual(new Uint8Array([1, 2]));
  });
});
