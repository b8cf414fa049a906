/** Exchanges two branches of a journal without end, and tells each exchange that was acknowledged, until it is killed. */
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { command } from "../../unit/store/storage-contract.ts";

const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => command(from + i));
export const ROOT = [command(1)];
/** Long enough that an exchange takes the database many steps. */
export const BRANCHES = [ids(2, 150), ids(500, 120)] as const;

async function run(account: string): Promise<void> {
  const storage = await openIndexedDbStorage(account);
  for (let turn = 0; ; turn++) {
    const [lives, waits] = turn % 2 === 0 ? [BRANCHES[1], BRANCHES[0]] : [BRANCHES[0], BRANCHES[1]];
    await storage.exchange(1, lives, waits);
    postMessage(turn);
  }
}

// Imported by the test for its branches, run only as a worker.
if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  addEventListener("message", ({ data }: MessageEvent<string>) => {
    run(data).catch((error: unknown) => {
      setTimeout(() => {
        throw error;
      });
    });
  });
}
