/**
 * A fresh account stores nothing until its first command: this storage keeps everything in memory and opens the real one
 * when the first record or file has to be durable.
 */
import type { AccountMeta, AccountStorage, CheckpointRecord } from "../store/contract.ts";
import { StorageFull } from "../store/failure.ts";
import { createMemoryStorage } from "../store/memory-storage.ts";
import { bufferOf } from "../store/room.ts";

export function deferredStorage(id: string, open: () => Promise<AccountStorage>): AccountStorage {
  const early = createMemoryStorage({ id });
  const earlyChunks = new Map<string, ArrayBuffer>();
  let meta: AccountMeta | undefined;
  let checkpoint: CheckpointRecord | undefined;
  let real: AccountStorage | undefined;
  let opening: Promise<AccountStorage> | undefined;

  const settle = async (): Promise<AccountStorage> => {
    const storage = await open();
    for (const [chunk, bytes] of earlyChunks) storage.put(chunk, bytes);
    if (meta !== undefined) await storage.setMeta(meta);
    // Without room for a checkpoint the journal is all there is to open from: no reason to refuse the command.
    if (checkpoint !== undefined)
      await storage.saveCheckpoint(checkpoint).catch((thrown: unknown) => {
        if (!(thrown instanceof StorageFull)) throw thrown;
      });
    earlyChunks.clear();
    real = storage;
    return storage;
  };
  const needed = (): Promise<AccountStorage> => {
    // A failed opening is tried again by the next command.
    opening ??= settle().catch((thrown: unknown) => {
      opening = undefined;
      throw thrown;
    });
    return opening;
  };
  const now = (): AccountStorage => real ?? early;

  return {
    id,
    get kind() {
      return real?.kind ?? "indexeddb";
    },
    put(chunk, bytes) {
      if (real === undefined) {
        const buffer = bufferOf(bytes);
        earlyChunks.set(chunk, buffer);
        early.put(chunk, buffer);
      } else real.put(chunk, bytes);
    },
    get: (chunk) => now().get(chunk),
    has: (chunk) => now().has(chunk),
    visit: (chunk, use) => now().visit(chunk, use),
    meta: () => now().meta(),
    async setMeta(value) {
      meta = value;
      await now().setMeta(value);
    },
    append: async (records) => (await needed()).append(records),
    journal: () => now().journal(),
    exchange: async (journalId, records, aside) => (await needed()).exchange(journalId, records, aside),
    tail: () => now().tail(),
    async saveCheckpoint(record) {
      checkpoint = record;
      await now().saveCheckpoint(record);
    },
    checkpointBefore: (moment, journalId) => now().checkpointBefore(moment, journalId),
    checkpoints: () => now().checkpoints(),
    putAttachment: async (info, bytes) => (await needed()).putAttachment(info, bytes),
    attachment: (sha256) => now().attachment(sha256),
    attachments: () => now().attachments(),
    dropAttachment: (sha256) => now().dropAttachment(sha256),
    async collect(live) {
      const collected = await now().collect(live);
      for (const chunk of earlyChunks.keys()) if (!early.has(chunk)) earlyChunks.delete(chunk);
      return collected;
    },
    flush: () => now().flush(),
    /** Before the first command nothing is stored because nothing needs to be, not because it could not. */
    report: async () => (real === undefined ? { ...(await early.report()), kind: "indexeddb" as const } : real.report()),
    dispose: async () => {
      await opening; // an opening that is under way ends first, so that it is closed too
      await now().dispose();
    },
  };
}
