import { describe, expect, it } from "vitest";
import { encodeChunk } from "../../../workers/store/chunk.ts";
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { bytesOf, checkpoint, command, describeStorage, same } from "../../unit/store/storage-contract.ts";
import { freshId, refusing, reopen, tamper } from "./places.ts";

describeStorage("IndexedDB", {
  fresh: (options) => openIndexedDbStorage(freshId(), options),
  reopened: (storage, options) => reopen(storage, options),
});

const altered = (buffer: ArrayBuffer): ArrayBuffer => {
  const copy = buffer.slice(0);
  new Uint8Array(copy)[copy.byteLength >> 1]! ^= 1;
  return copy;
};

describe("what was not stored whole", () => {
  it.each([
    ["cut off", (bytes: Uint8Array) => bytes.slice(0, bytes.length - 3), /bytes instead of/],
    ["altered", (bytes: Uint8Array) => bytes.map((byte, i) => (i === 5 ? byte ^ 4 : byte)), /checksum does not fit/],
    ["emptied", () => undefined, /no bytes/],
  ])("drops a journal record that was %s, once, and says so", async (_, tear, sentence) => {
    let storage = await openIndexedDbStorage(freshId());
    await storage.append([command(1), command(2), command(3)]);
    await storage.dispose();
    await tamper(storage.id, async (db) => {
      const record = await db.get("journal", 2);
      await db.put("journal", { ...record, bytes: tear(record.bytes) });
    });
    storage = await openIndexedDbStorage(storage.id);
    expect((await storage.journal()).map((record) => record.id)).toEqual([1, 3]);
    const { repairs, journalRecords } = await storage.report();
    expect(repairs).toEqual([expect.stringMatching(/^Command 2 was not stored whole .* and was dropped\.$/)]);
    expect(repairs[0]).toMatch(sentence);
    expect(journalRecords).toBe(2);
    storage = await reopen(storage);
    expect((await storage.journal()).map((record) => record.id)).toEqual([1, 3]);
    expect((await storage.report()).repairs).toEqual([]);
  });

  it("drops a set-aside record that was altered", async () => {
    let storage = await openIndexedDbStorage(freshId());
    await storage.append([command(1), command(2)]);
    await storage.exchange(0, [], [command(1), command(2)]);
    await storage.dispose();
    await tamper(storage.id, async (db) => db.put("tail", { ...(await db.get("tail", 1)), checksum: 0 }));
    storage = await openIndexedDbStorage(storage.id);
    expect(await storage.tail()).toEqual([command(2)]);
    expect((await storage.report()).repairs[0]).toMatch(/^Set-aside command 1/);
  });

  it.each([
    ["altered", async (bytes: ArrayBuffer) => altered(bytes)],
    ["cut off", async (bytes: ArrayBuffer) => bytes.slice(8)],
    ["lost", async () => undefined],
  ])("falls back to the checkpoint before when a chunk was %s, and never gives that chunk", async (_, tear) => {
    let storage = await openIndexedDbStorage(freshId());
    storage.put("a", bytesOf(1, 5000));
    await storage.saveCheckpoint(checkpoint(1000, 1, ["a"]));
    storage.put("b", bytesOf(2, 5000));
    await storage.saveCheckpoint(checkpoint(2000, 1, ["a", "b"]));
    await storage.dispose();
    await tamper(storage.id, async (db) => {
      const torn = await tear(await db.get("chunks", "b"));
      await (torn === undefined ? db.delete("chunks", "b") : db.put("chunks", torn, "b"));
    });
    storage = await openIndexedDbStorage(storage.id);
    expect(await storage.checkpointBefore(9999, 9)).toEqual(checkpoint(1000, 1, ["a"]));
    const { repairs } = await storage.report();
    expect(repairs).toHaveLength(2);
    expect(repairs[0]).toMatch(/^A piece of stored telemetry \(b\) was not stored whole/);
    expect(repairs[1]).toMatch(/^The checkpoint of 1970-01-01T00:00:02\.000Z was not stored whole .* rebuilt from an older one/);
    expect(storage.has("b")).toBe(false);
    await expect(Promise.resolve(storage.get("b"))).rejects.toThrow(/chunk b/);
    expect(await storage.checkpoints()).toEqual([{ at: 1000, journalId: 1 }]);
    // Replay seals the same chunk again: it can be put and is whole from then on.
    storage.put("b", bytesOf(2, 5000));
    await storage.saveCheckpoint(checkpoint(2000, 1, ["a", "b"]));
    storage = await reopen(storage);
    expect(await storage.checkpointBefore(9999, 9)).toEqual(checkpoint(2000, 1, ["a", "b"]));
  });

  it.each([
    ["its envelope", (bytes: Uint8Array) => bytes.fill(7, 4, 8), /envelope version is damaged/],
    ["its block", (bytes: Uint8Array) => bytes.fill(255, 40, 80), /block is damaged|checksum does not fit/],
    ["a letter in it", (bytes: Uint8Array) => bytes.fill(33, 140, 141), /checksum does not fit/],
  ])("takes a packed chunk of which the disk damaged %s for torn, and mends it when it is put again", async (_, damage, sentence) => {
    const text = new Uint8Array(100_000).map((_, i) => 32 + ((i * i) % 91));
    const chunk = encodeChunk({ kind: "log", owner: "a", count: 1 }, { text });
    let storage = await openIndexedDbStorage(freshId());
    storage.put("a", chunk);
    await storage.saveCheckpoint(checkpoint(1000, 1, ["a"]));
    await storage.dispose();
    await tamper(storage.id, async (db) => {
      const bytes: ArrayBuffer = await db.get("chunks", "a");
      expect(bytes.byteLength).toBeLessThan(10_000);
      damage(new Uint8Array(bytes));
      await db.put("chunks", bytes, "a");
    });
    storage = await openIndexedDbStorage(storage.id);
    await expect(Promise.resolve(storage.get("a"))).rejects.toThrow(sentence);
    expect((await storage.report()).repairs).toEqual([expect.stringMatching(/^A piece of stored telemetry \(a\) was not stored whole/)]);
    storage.put("a", chunk);
    await storage.flush();
    storage = await reopen(storage);
    expect(same(new Uint8Array(await storage.get("a")), new Uint8Array(chunk))).toBe(true);
    expect((await storage.report()).repairs).toEqual([]);
  });

  it.each([
    ["altered", async (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes.fill(7, 90_000, 90_001)]), /checksum does not fit/],
    ["cut off", async (bytes: Uint8Array<ArrayBuffer>) => new Blob([bytes.subarray(8)]), /bytes instead of/],
    ["emptied", async () => new Blob([]), /0 bytes instead of/],
    ["of another kind", async () => "not bytes at all", /it is missing/],
  ])("finds a long chunk torn that was %s, which is a blob, and mends it when it is put again", async (_, tear, sentence) => {
    const chunk = encodeChunk({ kind: "log", owner: "a", count: 1 }, { text: new Uint8Array(bytesOf(3, 200_000)) });
    let storage = await openIndexedDbStorage(freshId());
    storage.put("a", chunk);
    storage.put("b", bytesOf(1, 200_000));
    await storage.flush();
    await storage.dispose();
    await tamper(storage.id, async (db) => {
      const blob = await db.get("chunks", "a");
      expect(blob).toBeInstanceOf(Blob);
      await db.put("chunks", await tear(new Uint8Array(await blob.arrayBuffer())), "a");
    });
    for (const read of ["get", "visit"] as const) {
      storage = await openIndexedDbStorage(storage.id, { cacheBytes: 0 });
      const answer = read === "get" ? storage.get("a") : storage.visit("a", () => undefined);
      if (read === "get") await expect(Promise.resolve(answer)).rejects.toThrow(sentence);
      else await expect(Promise.resolve(answer)).rejects.toThrow(/chunk a is missing/);
      expect(same(new Uint8Array(await storage.get("b")), new Uint8Array(bytesOf(1, 200_000)))).toBe(true);
      await storage.dispose();
    }
    storage = await openIndexedDbStorage(storage.id);
    storage.put("a", chunk);
    await storage.flush();
    storage = await reopen(storage);
    expect(same(new Uint8Array(await storage.get("a")), new Uint8Array(chunk))).toBe(true);
    expect((await storage.report()).repairs).toEqual([]);
  });

  it("stores long chunks as buffers where the browser refuses blobs, as in private windows", async () => {
    let refused = 0;
    const wrap = refusing((value) => {
      if (!(value instanceof Blob)) return;
      refused++;
      throw new DOMException("Error preparing Blob/File data to be stored in object store", "UnknownError");
    });
    let storage = await openIndexedDbStorage(freshId(), { wrap });
    storage.put("a", bytesOf(1, 200_000));
    await storage.flush();
    storage.put("b", bytesOf(2, 200_000));
    await storage.flush();
    expect(refused).toBe(1);
    storage = await reopen(storage);
    for (const [i, id] of ["a", "b"].entries())
      expect(same(new Uint8Array(await storage.get(id)), new Uint8Array(bytesOf(i + 1, 200_000)))).toBe(true);
    expect((await storage.report()).repairs).toEqual([]);
  });

  it("checks a chunk at its first load even where opening did not read that far", async () => {
    let storage = await openIndexedDbStorage(freshId());
    storage.put("old", bytesOf(1, 5000));
    storage.put("new", bytesOf(2, 5000));
    await storage.saveCheckpoint(checkpoint(1000, 1, ["old", "new"]));
    await storage.dispose();
    await tamper(storage.id, async (db) => db.put("chunks", altered(await db.get("chunks", "old")), "old"));
    storage = await openIndexedDbStorage(storage.id, { verifyBytes: 1000 });
    expect(await storage.checkpointBefore(9999, 9)).toBeDefined();
    await expect(Promise.resolve(storage.get("old"))).rejects.toThrow(/Torn chunk: chunk old/);
    // A checkpoint over what is lost would be worthless: none is saved, and that is said.
    await storage.saveCheckpoint(checkpoint(2000, 1, ["old", "new"]));
    expect((await storage.report()).repairs.at(-1)).toMatch(/^No checkpoint was saved at/);
    expect(await storage.checkpointBefore(9999, 9)).toBeUndefined();
  });

  it.each([
    ["altered", { docs: new Map([["a", { at: 7 }]]) }],
    ["lost", undefined],
  ])("falls back when the state of a checkpoint was %s", async (_, state) => {
    let storage = await openIndexedDbStorage(freshId());
    await storage.saveCheckpoint(checkpoint(1000, 1));
    await storage.saveCheckpoint(checkpoint(2000, 1));
    await storage.dispose();
    await tamper(storage.id, async (db) => (state === undefined ? db.delete("states", [2000, 1]) : db.put("states", state, [2000, 1])));
    storage = await openIndexedDbStorage(storage.id);
    expect(await storage.checkpointBefore(9999, 9)).toEqual(checkpoint(1000, 1));
    expect((await storage.report()).repairs).toHaveLength(1);
  });

  it("drops a file of which a piece was altered, and the leftovers of one that never got its row", async () => {
    let storage = await openIndexedDbStorage(freshId());
    const bytes = new Uint8Array(bytesOf(1, 5_000_000));
    await storage.putAttachment({ sha256: "aa", name: "a.log", bytes: bytes.length }, bytes);
    await storage.putAttachment({ sha256: "bb", name: "b.log", bytes: bytes.length }, bytes);
    await storage.dispose();
    await tamper(storage.id, async (db) => {
      const piece = await db.get("attachmentPieces", ["aa", 1]);
      await db.put("attachmentPieces", { ...piece, bytes: altered(piece.bytes) }, ["aa", 1]);
      await db.delete("attachments", "bb");
    });
    storage = await openIndexedDbStorage(storage.id);
    expect(await storage.attachment("aa")).toBeUndefined();
    expect(await storage.attachments()).toEqual([]);
    expect((await storage.report()).repairs).toEqual([
      "A file that was not stored to its end was dropped.",
      "The file a.log was not stored whole and was dropped; give it again to see its data.",
    ]);
    await storage.dispose();
    await tamper(storage.id, async (db) => expect(await db.count("attachmentPieces")).toBe(0));
  });
});

describe("large amounts", () => {
  it("gives back a file of 24 MB byte for byte", async () => {
    let storage = await openIndexedDbStorage(freshId());
    const bytes = new Uint8Array(bytesOf(5, 24_000_000));
    await storage.putAttachment({ sha256: "ff", name: "big.log", bytes: bytes.length }, bytes);
    storage = await reopen(storage);
    expect(same((await storage.attachment("ff"))?.bytes, bytes)).toBe(true);
    await tamper(storage.id, async (db) => expect(await db.count("attachmentPieces")).toBe(6));
  });

  it("writes 40 MB of chunks in several transactions and reads them with a cache that holds few", async () => {
    let storage = await openIndexedDbStorage(freshId());
    for (let i = 0; i < 40; i++) storage.put(`c${i}`, bytesOf(i, 1_000_000));
    await storage.flush();
    storage = await reopen(storage, { cacheBytes: 3_000_000 });
    for (const i of [0, 13, 39, 0, 5])
      expect(same(new Uint8Array(await storage.get(`c${i}`)), new Uint8Array(bytesOf(i, 1_000_000)))).toBe(true);
    expect(storage.get("c5")).toBeInstanceOf(ArrayBuffer);
    expect(storage.get("c20")).toBeInstanceOf(Promise);
  });

  it("loads a chunk once for all who ask at the same time", async () => {
    let storage = await openIndexedDbStorage(freshId());
    storage.put("a", bytesOf(1, 100));
    await storage.flush();
    storage = await reopen(storage);
    const [first, second] = [storage.get("a"), storage.get("a")];
    expect(first).toBe(second);
    expect(await first).toBe(await second);
  });
});
