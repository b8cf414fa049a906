/** One account in IndexedDB: the shelves put together behind `AccountStorage`. */
import type { BlockCodec } from "../../kernels/contract.ts";
import { referenceKernels } from "../../kernels/reference.ts";
import { Bug } from "../../model/errors.ts";
import type { AccountMeta, AccountStorage, JournalRecord } from "../contract.ts";
import { checkBudget } from "../failure.ts";
import { staleCheckpoints } from "../retention.ts";
import { AttachmentShelf } from "./attachment-shelf.ts";
import { CheckpointShelf, deletions, lostChunk } from "./checkpoint-shelf.ts";
import { ChunkShelf } from "./chunk-shelf.ts";
import { type ConnectionOptions, connect } from "./connection.ts";
import { enterAccount } from "./index-database.ts";
import { exchangeEnd, readRecords, sealRecord } from "./journal-shelf.ts";

export interface IndexedDbOptions extends ConnectionOptions {
  /** Limit on chunks, checkpoints and attachments in bytes. Default: four fifths of what the browser grants, at most 2 GB. */
  readonly budgetBytes?: number;
  /** Chunks held in memory besides those that wait to be written. Default 128 MB. */
  readonly cacheBytes?: number;
  /** How much telemetry is read and checked when a checkpoint is opened. Default 256 MB, newest first. */
  readonly verifyBytes?: number;
  /** What packs chunks; default the reference, which writes the same bytes, only slower. */
  readonly codec?: BlockCodec;
}

const MB = 1_000_000;
const HIGHEST_BUDGET = 2_000 * MB;

/**
 * Opens or creates the storage of an account. Rejects with `StorageUnavailable` where the browser does not give it.
 * The journal is never refused for the budget's sake, only by the browser's quota: commands are small and dear.
 */
export async function openIndexedDbStorage(accountId: string, options: IndexedDbOptions = {}): Promise<AccountStorage> {
  const budget = options.budgetBytes ?? (await grantedBudget());
  const connection = await connect(accountId, options);
  try {
    return await storageOver(connection, accountId, budget, options);
  } catch (error) {
    connection.close();
    throw error;
  }
}

async function storageOver(
  connection: Awaited<ReturnType<typeof connect>>,
  accountId: string,
  budget: number,
  options: IndexedDbOptions,
): Promise<AccountStorage> {
  const used = (): number => chunks.stored + checkpoints.bytes + attachments.bytes;
  const chunks = new ChunkShelf(connection, options.cacheBytes ?? 128 * MB, options.codec ?? referenceKernels, (more) =>
    checkBudget(used(), more, budget, "telemetry"),
  );
  const attachments = new AttachmentShelf(connection, (more, name) =>
    checkBudget(used() + chunks.waiting, more, budget, `the file ${name}`),
  );
  const checkpoints = new CheckpointShelf(connection, chunks, options.verifyBytes ?? 256 * MB, (more) =>
    checkBudget(used(), more, budget, "a checkpoint"),
  );
  await chunks.open();
  await checkpoints.open();
  await attachments.open();
  const counted = await connection.read((db) => db.count("journal"));
  let journalRecords = "value" in counted ? counted.value : 0;

  // Writers of journal and checkpoints go one after the other, so that `checkpoints` always mirrors what is committed.
  let order: Promise<unknown> = Promise.resolve();
  const inOrder = <T>(step: () => Promise<T>): Promise<T> => {
    const next = order.then(step, step);
    order = next.catch(() => undefined);
    return next;
  };

  return {
    id: accountId,
    kind: "indexeddb",
    put: (id, bytes) => chunks.put(id, bytes),
    get: (id) => chunks.get(id),
    has: (id) => chunks.has(id),
    visit: (id, use) => chunks.visit(id, use),
    async meta() {
      const found = await connection.read((db) => db.get("meta", "meta"));
      return "value" in found ? found.value : undefined;
    },
    async setMeta(meta: AccountMeta) {
      if (meta.id !== accountId) throw new Bug(`Meta of account ${meta.id} does not belong into the storage of ${accountId}.`);
      // The list first: an account that is listed but empty can be deleted, one that is not listed could not.
      await enterAccount(meta);
      await connection.write(["meta"], "relaxed", (tx) => [tx.objectStore("meta").put(meta, "meta")]);
    },
    append: (records: readonly JournalRecord[]) => {
      const sealed = records.map(sealRecord);
      return inOrder(async () => {
        const stale = staleCheckpoints(checkpoints.list(), records);
        await connection.write(["journal", "checkpoints", "states"], "strict", async (tx) => {
          const journal = tx.objectStore("journal");
          await Promise.all([
            ...sealed.map((record) => journal.add(record)),
            ...deletions([tx.objectStore("checkpoints"), tx.objectStore("states")], stale),
          ]);
        });
        journalRecords += records.length;
        checkpoints.forget(stale);
      });
    },
    journal: () =>
      inOrder(async () => {
        const records = await readRecords(connection, "journal");
        journalRecords = records.length;
        return records;
      }),
    exchange: (journalId, records, aside) => {
      const [added, setAside] = [records.map(sealRecord), aside.map(sealRecord)];
      return inOrder(async () => {
        const held = checkpoints.list();
        const stale = new Set(staleCheckpoints(held, records));
        const gone = held.filter((row) => row.journalId > journalId || stale.has(row));
        await connection.write(["journal", "tail", "checkpoints", "states"], "strict", async (tx) => {
          const [left] = await Promise.all([
            exchangeEnd(tx, journalId, added, setAside),
            ...deletions([tx.objectStore("checkpoints"), tx.objectStore("states")], gone),
          ]);
          journalRecords = left;
        });
        checkpoints.forget(gone);
      });
    },
    tail: () => inOrder(() => readRecords(connection, "tail")),
    async saveCheckpoint(record) {
      const lost = lostChunk(chunks, record.chunks);
      if (lost === undefined) await checkpoints.save(record, inOrder);
      else
        connection.repairs.push(
          `No checkpoint was saved at ${new Date(record.at).toISOString()}: it needs telemetry (${lost}) that is lost.`,
        );
    },
    checkpointBefore: (moment, journalId) => inOrder(() => checkpoints.before(moment, journalId)),
    checkpoints: async () => checkpoints.list().map(({ at, journalId }) => ({ at, journalId })),
    putAttachment: (info, bytes) => attachments.put(info, bytes),
    attachment: (sha256) => attachments.get(sha256),
    attachments: async () => attachments.list(),
    dropAttachment: (sha256) => attachments.drop(sha256),
    flush: () => chunks.flush(),
    collect(live) {
      const wanted = checkpoints.referred();
      for (const id of live) wanted.add(id);
      return chunks.collect((id) => wanted.has(id));
    },
    report: async () => ({
      kind: "indexeddb",
      journalRecords,
      checkpoints: checkpoints.list().length,
      chunks: chunks.count,
      chunkBytes: chunks.stored + chunks.waiting,
      attachmentBytes: attachments.bytes,
      budgetBytes: budget,
      repairs: [...connection.repairs],
    }),
    async dispose() {
      await order;
      await chunks.close();
      connection.close();
    },
  };
}

/** What the browser grants this page, with a fifth left for itself. */
async function grantedBudget(): Promise<number> {
  const estimate = await navigator.storage?.estimate?.();
  return Math.min(HIGHEST_BUDGET, Math.floor((estimate?.quota ?? HIGHEST_BUDGET / 4) * 0.8));
}
