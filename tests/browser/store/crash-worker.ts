/** Writes to an account without end and tells what was acknowledged, until it is killed. */
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { bytesOf, checkpoint, command } from "../../unit/store/storage-contract.ts";

export type Acknowledged =
  | { readonly what: "open" }
  | { readonly what: "record"; readonly id: number }
  | { readonly what: "checkpoint"; readonly at: number; readonly chunks: readonly string[] }
  | { readonly what: "file"; readonly sha256: string };

const tell = (message: Acknowledged): void => postMessage(message);

/** Chunk number i of a round; the test makes the same bytes again. */
export const chunkBytes = (round: number): ArrayBuffer => bytesOf(round, 60_000 + (round % 7) * 8_000);
export const fileBytes = (round: number): Uint8Array => new Uint8Array(bytesOf(round, 4_500_000));

async function run(account: string, from: number): Promise<void> {
  const storage = await openIndexedDbStorage(account);
  tell({ what: "open" });
  const held = [...(await storage.checkpoints())].at(-1);
  const chunks = held === undefined ? [] : [...((await storage.checkpointBefore(held.at, held.journalId))?.chunks ?? [])];
  const commands = async (): Promise<void> => {
    for (let id = from; ; id++) {
      await storage.append([command(id)]);
      tell({ what: "record", id });
    }
  };
  const telemetry = async (): Promise<void> => {
    for (let round = from; ; round++) {
      const id = `chunk-${round}`;
      storage.put(id, chunkBytes(round));
      chunks.push(id);
      const at = round * 1000;
      await storage.saveCheckpoint(checkpoint(at, 0, chunks));
      tell({ what: "checkpoint", at, chunks: [...chunks] });
      if (round % 5 === 0) {
        const sha256 = `file-${round}`;
        const bytes = fileBytes(round);
        await storage.putAttachment({ sha256, name: sha256, bytes: bytes.length }, bytes);
        tell({ what: "file", sha256 });
      }
    }
  };
  await Promise.all([commands(), telemetry()]);
}

// Imported by the test for its functions, run only as a worker.
if (typeof WorkerGlobalScope !== "undefined" && self instanceof WorkerGlobalScope) {
  addEventListener("message", ({ data }: MessageEvent<{ account: string; from: number }>) => {
    run(data.account, data.from).catch((error: unknown) => {
      setTimeout(() => {
        throw error;
      });
    });
  });
}
