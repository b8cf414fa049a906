import { describe, expect, it } from "vitest";
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { checkpoint } from "../../unit/store/storage-contract.ts";
import { BRANCHES, ROOT } from "./exchange-worker.ts";
import { filling, freshId } from "./places.ts";

const [ONE, OTHER] = BRANCHES;

/** Lets a worker exchange until it has acknowledged `until` times, then kills it some milliseconds into the next. */
function exchangeAndKill(account: string, until: number, after: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./exchange-worker.ts", import.meta.url), { type: "module" });
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<number>) => {
      if (data + 1 !== until) return;
      setTimeout(() => {
        worker.terminate();
        resolve();
      }, after);
    };
    worker.postMessage(account);
  });
}

describe("branches that change places", () => {
  it("are both there, whole, however often the worker is killed between", async () => {
    const account = freshId();
    const first = await openIndexedDbStorage(account);
    await first.append([...ROOT, ...ONE]);
    await first.dispose();
    for (const [round, until] of [1, 2, 4, 1, 3, 2].entries()) {
      await exchangeAndKill(account, until, round * 3);
      const storage = await openIndexedDbStorage(account);
      const [journal, tail] = [await storage.journal(), await storage.tail()];
      const lives = journal.length === ROOT.length + ONE.length ? ONE : OTHER;
      expect(journal).toEqual([...ROOT, ...lives]);
      expect(tail).toEqual(lives === ONE ? OTHER : ONE);
      expect((await storage.report()).repairs).toEqual([]);
      await storage.dispose();
    }
  }, 60_000);

  it("stay as they were where the browser has no room for the exchange", async () => {
    let full = false;
    const storage = await openIndexedDbStorage(freshId(), { wrap: filling(() => full) });
    await storage.append([...ROOT, ...ONE]);
    await storage.saveCheckpoint(checkpoint(160_000, ONE.at(-1)?.id ?? 0));
    full = true;
    await expect(storage.exchange(1, OTHER, ONE)).rejects.toThrow(/no room left/);
    expect(await storage.checkpoints()).toHaveLength(1);
    await storage.dispose();
    const again = await openIndexedDbStorage(storage.id);
    expect(await again.journal()).toEqual([...ROOT, ...ONE]);
    expect(await again.tail()).toEqual([]);
    expect(await again.checkpoints()).toHaveLength(1);
    expect((await again.report()).journalRecords).toBe(ROOT.length + ONE.length);
    await again.exchange(1, OTHER, ONE);
    expect(await again.checkpoints()).toEqual([]);
    expect(await again.tail()).toEqual(ONE);
  });
});
