/** What every account storage must do, whoever keeps it. Run for memory in Node and for IndexedDB in Chromium. */
import { describe, expect, it } from "vitest";
import { InputError } from "../../../workers/model/errors.ts";
import { encodeChunk } from "../../../workers/store/chunk.ts";
import type { AccountStorage, CheckpointRecord, JournalRecord } from "../../../workers/store/contract.ts";

export interface Place {
  /** Opens a storage that nobody has used. */
  fresh(options?: { budgetBytes?: number; cacheBytes?: number }): Promise<AccountStorage>;
  /** Closes and opens again; undefined where closing means forgetting. */
  reopened: ((storage: AccountStorage, options?: { cacheBytes?: number }) => Promise<AccountStorage>) | undefined;
}

export const command = (id: number, at = id * 1000): JournalRecord => ({
  id,
  at,
  command: { line: `aws logs ${id}`, args: [1, null, "é"] },
});
/** Bytes that no packing makes fewer, so that what is stored is as long as what was put. */
export function bytesOf(seed: number, length: number): ArrayBuffer {
  const bytes = new Uint8Array(length);
  let word = seed + 1;
  for (let i = 0; i < length; i++) {
    word = (Math.imul(word, 1_664_525) + 1_013_904_223) | 0;
    bytes[i] = word >>> 24;
  }
  return bytes.buffer;
}
export const checkpoint = (at: number, journalId: number, chunks: readonly string[] = []): CheckpointRecord => ({
  at,
  journalId,
  engine: 3,
  chunks,
  state: { docs: new Map([["a", { at }]]), tails: new Float64Array([at, Number.NaN, -0]), none: undefined },
});

export function describeStorage(name: string, place: Place): void {
  /** The storage as it is after closing and opening, where that exists: what is promised must hold on both sides. */
  const again = async (storage: AccountStorage, options?: { cacheBytes?: number }): Promise<AccountStorage> =>
    (await place.reopened?.(storage, options)) ?? storage;

  describe(`${name} as an account's storage`, () => {
    it("refuses a second record under the same id and keeps the first", async () => {
      const storage = await place.fresh();
      await storage.append([command(1)]);
      await expect(storage.append([command(2), command(1)])).rejects.toThrow(/there already/);
      expect(await (await again(storage)).journal()).toEqual([command(1)]);
    });

    it("gives back the journal in order, across appends", async () => {
      let storage = await place.fresh();
      await storage.append([command(1), command(2)]);
      await storage.append([command(3)]);
      storage = await again(storage);
      await storage.append([command(10)]);
      expect(await storage.journal()).toEqual([1, 2, 3, 10].map((id) => command(id)));
      expect((await storage.report()).journalRecords).toBe(4);
    });

    it("sets the records after a rewind aside, with the checkpoints that contain them", async () => {
      let storage = await place.fresh();
      await storage.append([1, 2, 3, 4].map((id) => command(id)));
      await storage.saveCheckpoint(checkpoint(1500, 1));
      await storage.saveCheckpoint(checkpoint(3500, 3));
      await storage.exchange(2, [], [command(3), command(4)]);
      storage = await again(storage);
      expect(await storage.journal()).toEqual([command(1), command(2)]);
      expect(await storage.tail()).toEqual([command(3), command(4)]);
      expect(await storage.checkpoints()).toEqual([{ at: 1500, journalId: 1 }]);
      expect((await storage.report()).journalRecords).toBe(2);
      await storage.exchange(2, [], []);
      expect(await (await again(storage)).tail()).toEqual([]);
    });

    it("puts back a part of what is set aside, before records that came later", async () => {
      let storage = await place.fresh();
      await storage.append([1, 2, 3].map((id) => command(id)));
      await storage.exchange(1, [], [command(2), command(3)]);
      await storage.append([command(4)]);
      await storage.saveCheckpoint(checkpoint(4500, 4));
      await storage.exchange(1, [command(2), command(4)], [command(3)]);
      storage = await again(storage);
      expect((await storage.journal()).map((record) => record.id)).toEqual([1, 2, 4]);
      expect(await storage.tail()).toEqual([command(3)]);
      expect(await storage.checkpoints()).toEqual([]);
      expect((await storage.report()).journalRecords).toBe(3);
    });

    it("gives the newest checkpoint that is neither after the moment nor after the record, with its state", async () => {
      let storage = await place.fresh();
      for (const [at, id] of [
        [1000, 1],
        [2000, 1],
        [2000, 2],
        [3000, 4],
      ] as const)
        await storage.saveCheckpoint(checkpoint(at, id));
      storage = await again(storage);
      expect(await storage.checkpointBefore(999, 9)).toBeUndefined();
      expect(await storage.checkpointBefore(2500, 9)).toEqual(checkpoint(2000, 2));
      expect(await storage.checkpointBefore(2500, 1)).toEqual(checkpoint(2000, 1));
      expect(await storage.checkpointBefore(9999, 3)).toEqual(checkpoint(2000, 2));
      expect((await storage.checkpoints()).map((key) => [key.at, key.journalId])).toEqual([
        [1000, 1],
        [2000, 1],
        [2000, 2],
        [3000, 4],
      ]);
    });

    it("takes the state of a checkpoint as it was at the call", async () => {
      let storage = await place.fresh();
      const record = checkpoint(1000, 1);
      const saving = storage.saveCheckpoint(record);
      (record.state as { tails: Float64Array }).tails[0] = 77;
      await saving;
      storage = await again(storage);
      expect(await storage.checkpointBefore(1000, 1)).toEqual(checkpoint(1000, 1));
    });

    it("drops checkpoints of a future that a new command has made untrue", async () => {
      let storage = await place.fresh();
      await storage.append([command(1, 1000)]);
      await storage.saveCheckpoint(checkpoint(1500, 1));
      await storage.saveCheckpoint(checkpoint(9000, 1));
      await storage.append([command(2, 2000)]);
      storage = await again(storage);
      expect(await storage.checkpoints()).toEqual([{ at: 1500, journalId: 1 }]);
      expect(await storage.checkpointBefore(10_000, 2)).toEqual(checkpoint(1500, 1));
    });

    it("keeps the newest twelve checkpoints, the first, and one per doubling of age", async () => {
      let storage = await place.fresh();
      for (let i = 0; i < 60; i++) await storage.saveCheckpoint(checkpoint(i * 600_000, 0));
      storage = await again(storage);
      const kept = (await storage.checkpoints()).map((key) => key.at / 600_000);
      expect(kept[0]).toBe(0);
      expect(kept.slice(-12)).toEqual(Array.from({ length: 12 }, (_, i) => 48 + i));
      expect(kept.length).toBeLessThanOrEqual(12 + 1 + 4);
      expect(kept.length).toBeGreaterThan(13);
    });

    it("gives back chunks at once while they are in memory and whole after a flush", async () => {
      let storage = await place.fresh();
      storage.put("a", bytesOf(1, 1000));
      storage.put("b", bytesOf(2, 10));
      expect(storage.get("a")).toBeInstanceOf(ArrayBuffer);
      expect([storage.has("a"), storage.has("c")]).toEqual([true, false]);
      await storage.flush();
      expect(storage.get("a")).toBeInstanceOf(ArrayBuffer);
      storage = await again(storage);
      expect(new Uint8Array(await storage.get("a"))).toEqual(new Uint8Array(bytesOf(1, 1000)));
      expect(await storage.report()).toMatchObject({ chunks: 2, chunkBytes: 1010 });
    });

    it("takes what it needs of a part of a buffer before `put` returns", async () => {
      for (const options of [{}, { cacheBytes: 0 }]) {
        let storage = await place.fresh(options);
        const room = new Uint8Array(4000);
        const chunks = [encodeChunk({ kind: "log", owner: "a", count: 1 }, { text: new Uint8Array(3000).fill(7) }), bytesOf(4, 900)];
        for (const [at, chunk] of chunks.entries()) {
          room.set(new Uint8Array(chunk));
          storage.put(`c${at}`, room.subarray(0, chunk.byteLength));
          room.fill(at);
        }
        const isWhole = async (): Promise<boolean[]> => {
          const whole: boolean[] = [];
          for (const [at, chunk] of chunks.entries()) {
            const is = (bytes: Uint8Array): boolean => same(bytes, new Uint8Array(chunk));
            whole.push(is(new Uint8Array(await storage.get(`c${at}`))), await storage.visit(`c${at}`, is));
          }
          return whole;
        };
        expect(await isWhole()).toEqual([true, true, true, true]);
        await storage.flush();
        expect(await isWhole()).toEqual([true, true, true, true]);
        storage = await again(storage, options);
        expect(await isWhole()).toEqual([true, true, true, true]);
      }
    });

    it("gives each visitor its own chunk, also to one that visits another meanwhile", async () => {
      let storage = await place.fresh({ cacheBytes: 0 });
      const chunkOf = (i: number): ArrayBuffer =>
        encodeChunk({ kind: "log", owner: `${i}`, count: i }, { text: new Uint8Array(5000 + i).fill(i) });
      const seen = (bytes: Uint8Array): number => bytes[bytes.length - 8]!;
      for (let i = 1; i <= 3; i++) storage.put(`c${i}`, new Uint8Array(chunkOf(i)));
      const nested = await storage.visit("c1", (outer) => {
        const inner = storage.visit("c2", seen);
        return [seen(outer), inner, seen(outer)];
      });
      expect(nested).toEqual([1, 2, 1]);
      await storage.flush();
      storage = await again(storage, { cacheBytes: 0 });
      expect(await Promise.all([3, 1, 2, 1].map((i) => storage.visit(`c${i}`, seen)))).toEqual([3, 1, 2, 1]);
    });

    it("rejects a chunk it does not have by its name", async () => {
      const storage = await place.fresh();
      await expect(Promise.resolve(storage.get("nowhere"))).rejects.toThrow(/chunk nowhere is missing/);
      await expect(Promise.resolve(storage.visit("nowhere", () => 1))).rejects.toThrow(/chunk nowhere is missing/);
    });

    it("makes the chunks of a checkpoint durable with it, and refuses one whose chunk was never put", async () => {
      let storage = await place.fresh();
      storage.put("a", bytesOf(1, 100));
      await storage.saveCheckpoint(checkpoint(1000, 1, ["a"]));
      await expect(storage.saveCheckpoint(checkpoint(2000, 1, ["a", "x"]))).rejects.toThrow(/chunk x/);
      storage = await again(storage);
      expect((await storage.checkpointBefore(5000, 5))?.chunks).toEqual(["a"]);
      expect(new Uint8Array(await storage.get("a"))).toEqual(new Uint8Array(bytesOf(1, 100)));
    });

    it("collects what neither the present nor a checkpoint refers to", async () => {
      let storage = await place.fresh();
      for (const [index, id] of ["kept", "live", "gone"].entries()) storage.put(id, bytesOf(index, 50));
      await storage.saveCheckpoint(checkpoint(1000, 1, ["kept"]));
      storage.put("queued", bytesOf(9, 50));
      const collecting = storage.collect(["live"]);
      storage.put("late", bytesOf(4, 50));
      expect(await collecting).toBe(2);
      await storage.flush();
      storage = await again(storage);
      expect(["kept", "live", "gone", "queued", "late"].filter((id) => storage.has(id))).toEqual(["kept", "live", "late"]);
      expect(await storage.report()).toMatchObject({ chunks: 3, chunkBytes: 150, repairs: [] });
    });

    it("can put a chunk again right after it was collected", async () => {
      let storage = await place.fresh();
      storage.put("a", bytesOf(1, 50));
      await storage.flush();
      const collecting = storage.collect([]);
      storage.put("a", bytesOf(1, 50));
      await collecting;
      await storage.flush();
      storage = await again(storage);
      expect(new Uint8Array(await storage.get("a"))).toEqual(new Uint8Array(bytesOf(1, 50)));
    });

    it("keeps files byte for byte under their hash until they are dropped", async () => {
      let storage = await place.fresh();
      const info = { sha256: "ab".repeat(32), name: "app.log", bytes: 9_000_001 };
      const bytes = new Uint8Array(bytesOf(3, info.bytes));
      await storage.putAttachment(info, bytes);
      await storage.putAttachment({ ...info, sha256: "cd".repeat(32), bytes: 0 }, new Uint8Array(0));
      storage = await again(storage);
      const found = await storage.attachment(info.sha256);
      expect(found?.info).toEqual(info);
      expect(same(found?.bytes, bytes)).toBe(true);
      expect((await storage.attachment("cd".repeat(32)))?.bytes.length).toBe(0);
      expect((await storage.report()).attachmentBytes).toBe(info.bytes);
      await storage.dropAttachment(info.sha256);
      storage = await again(storage);
      expect(await storage.attachment(info.sha256)).toBeUndefined();
      expect(await storage.attachments()).toHaveLength(1);
    });

    it("refuses a file whose length is not the one announced", async () => {
      const storage = await place.fresh();
      await expect(storage.putAttachment({ sha256: "00", name: "x", bytes: 3 }, new Uint8Array(2))).rejects.toThrow("has 2 bytes, not 3");
    });

    it("says in a sentence when its budget is used up, and loses nothing that it had", async () => {
      let storage = await place.fresh({ budgetBytes: 10_000 });
      storage.put("a", bytesOf(1, 9_000));
      await storage.flush();
      storage.put("b", bytesOf(2, 9_000));
      const failure = await storage.flush().then(
        () => undefined,
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(InputError);
      expect(failure).toMatchObject({
        path: "storage",
        message: expect.stringMatching(/^There is no room left to store telemetry: .* are used/),
      });
      expect(new Uint8Array(await storage.get("b"))).toEqual(new Uint8Array(bytesOf(2, 9_000)));
      await expect(storage.putAttachment({ sha256: "00", name: "big.log", bytes: 5_000 }, new Uint8Array(5_000))).rejects.toThrow(
        /big\.log/,
      );
      await storage.append([command(1)]);
      await storage.collect(["a"]);
      await storage.flush();
      storage = await again(storage);
      expect(new Uint8Array(await storage.get("a"))).toEqual(new Uint8Array(bytesOf(1, 9_000)));
      expect(await storage.journal()).toEqual([command(1)]);
    });

    it("remembers what the account is", async () => {
      let storage = await place.fresh();
      expect(await storage.meta()).toBeUndefined();
      const meta = { id: storage.id, title: "Shop", engine: 1, scenario: { seed: "s" }, clock: 5, lastUsed: 6 };
      await storage.setMeta(meta);
      await expect(storage.setMeta({ ...meta, id: "another" })).rejects.toThrow(/does not belong/);
      storage = await again(storage);
      expect(await storage.meta()).toEqual(meta);
    });
  });
}

/** Comparing millions of bytes by `toEqual` takes seconds. */
export function same(a: Uint8Array | undefined, b: Uint8Array): boolean {
  if (a === undefined || a.length !== b.length) return false;
  for (let i = 0; i < b.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
