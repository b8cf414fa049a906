/**
 * A storage that another tab may take away: from then on everything new is kept in memory, so that two tabs never write
 * into the same database. Chunks and files that are there already are still read.
 */
import type { AccountStorage, JournalRecord } from "../store/contract.ts";
import { createMemoryStorage } from "../store/memory-storage.ts";

export interface DetachableStorage extends AccountStorage {
  /** From now on nothing is written. `journal`: the account's commands so far; `reason`: a sentence for the screen. */
  detach(journal: readonly JournalRecord[], reason: string): void;
}

export function detachableStorage(real: AccountStorage): DetachableStorage {
  let apart: AccountStorage | undefined;
  let filled: Promise<void> = Promise.resolve();

  /** Where things are written; after a detachment only once memory holds what was there. */
  const place = async (): Promise<AccountStorage> => {
    await filled;
    return apart ?? real;
  };

  return {
    id: real.id,
    get kind() {
      return (apart ?? real).kind;
    },
    detach(journal, reason) {
      if (apart !== undefined) return;
      const memory = createMemoryStorage({ id: real.id, reason });
      apart = memory;
      filled = memory.append(journal);
    },
    put: (id, bytes) => (apart ?? real).put(id, bytes),
    get: (id) => (apart?.has(id) ? apart : real).get(id),
    visit: (id, use) => (apart?.has(id) ? apart : real).visit(id, use),
    has: (id) => apart?.has(id) === true || real.has(id),
    meta: async () => (await apart?.meta()) ?? real.meta(),
    setMeta: async (meta) => (await place()).setMeta(meta),
    append: async (records) => (await place()).append(records),
    journal: async () => (await place()).journal(),
    exchange: async (journalId, records, aside) => (await place()).exchange(journalId, records, aside),
    tail: async () => (await place()).tail(),
    // What a checkpoint refers to may lie in the other tab's hands: without one, going back replays from the start.
    saveCheckpoint: async (record) => (apart === undefined ? await real.saveCheckpoint(record) : undefined),
    checkpointBefore: async (moment, journalId) => (apart === undefined ? await real.checkpointBefore(moment, journalId) : undefined),
    checkpoints: async () => (apart === undefined ? await real.checkpoints() : []),
    putAttachment: async (info, bytes) => (await place()).putAttachment(info, bytes),
    attachment: async (sha256) => (await apart?.attachment(sha256)) ?? real.attachment(sha256),
    attachments: async () => {
      const [mine, there] = [(await apart?.attachments()) ?? [], await real.attachments()];
      return [...mine, ...there.filter((file) => !mine.some((m) => m.sha256 === file.sha256))];
    },
    dropAttachment: async (sha256) => (await place()).dropAttachment(sha256),
    flush: async () => (await place()).flush(),
    collect: async (live) => (apart === undefined ? await real.collect(live) : 0),
    report: () => (apart ?? real).report(),
    dispose: async () => {
      await apart?.dispose();
      await real.dispose();
    },
  };
}
