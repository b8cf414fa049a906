import { expect, it } from "vitest";
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { checkpoint, command, same } from "../../unit/store/storage-contract.ts";
import { type Acknowledged, chunkBytes, fileBytes } from "./crash-worker.ts";
import { freshId } from "./places.ts";

/** Lets a worker write until it has acknowledged `until` things, then kills it without warning. */
function writeAndKill(account: string, from: number, until: number): Promise<Acknowledged[]> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./crash-worker.ts", import.meta.url), { type: "module" });
    const acknowledged: Acknowledged[] = [];
    worker.onerror = (event) => reject(new Error(event.message));
    worker.onmessage = ({ data }: MessageEvent<Acknowledged>) => {
      acknowledged.push(data);
      if (acknowledged.length < until) return;
      worker.terminate();
      resolve(acknowledged);
    };
    worker.postMessage({ account, from });
  });
}

it("keeps everything acknowledged and gives back nothing torn, however often the worker is killed while it writes", async () => {
  const account = freshId();
  let from = 1;
  const records = new Set<number>();
  const files = new Set<string>();
  for (const until of [2, 9, 23, 3, 41, 17]) {
    const acknowledged = await writeAndKill(account, from, until);
    let newest: { at: number; chunks: readonly string[] } | undefined;
    for (const one of acknowledged) {
      if (one.what === "record") records.add(one.id);
      if (one.what === "checkpoint") newest = one;
      if (one.what === "file") files.add(one.sha256);
    }
    const storage = await openIndexedDbStorage(account);
    const journal = await storage.journal();
    const ids = new Set(journal.map((record) => record.id));
    for (const id of records) expect(ids.has(id), `acknowledged command ${id}`).toBe(true);
    for (const record of journal) expect(record).toEqual(command(record.id));

    const found = await storage.checkpointBefore(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    if (newest !== undefined) expect(found?.at).toBeGreaterThanOrEqual(newest.at);
    if (found !== undefined) {
      expect(found.state).toEqual(checkpoint(found.at, 0).state);
      for (const id of found.chunks) {
        const bytes = new Uint8Array(await storage.get(id));
        expect(same(bytes, new Uint8Array(chunkBytes(Number(id.slice(6)))))).toBe(true);
      }
      for (const id of newest?.chunks ?? []) expect(found.chunks).toContain(id);
    }
    const stored = await storage.attachments();
    for (const sha256 of files) expect(stored.some((file) => file.sha256 === sha256)).toBe(true);
    for (const { sha256 } of stored) {
      expect(same((await storage.attachment(sha256))?.bytes, fileBytes(Number(sha256.slice(5))))).toBe(true);
    }
    // Nothing was torn; at most the pieces of a file that was on its way were cleared.
    for (const repair of (await storage.report()).repairs) expect(repair).toBe("A file that was not stored to its end was dropped.");
    from = Math.max(from, ...ids, (found?.at ?? 0) / 1000) + 1;
    await storage.dispose();
  }
  expect(records.size).toBeGreaterThan(20);
}, 120_000);
