/** An account's storage that lives as long as the page: Node, private mode, and whenever IndexedDB is not to be had. */
import { Bug, InputError } from "../model/errors.ts";
import { TornChunk } from "./chunk.ts";
import type { AccountMeta, AccountStorage, Attachment, CheckpointRecord, JournalRecord } from "./contract.ts";
import { checkBudget } from "./failure.ts";
import { fingerprint } from "./fingerprint.ts";
import { byMoment, keptCheckpoints, staleCheckpoints } from "./retention.ts";
import { bufferOf } from "./room.ts";

export interface MemoryStorageOptions {
  /** Account id, as IndexedDB would name it. */
  readonly id: string;
  /** Why memory, in a sentence for the screen. */
  readonly reason?: string;
  /** Limit on chunks, checkpoints and attachments in bytes; default none. */
  readonly budgetBytes?: number;
}

/** Same rules as the IndexedDB storage; data are copied on the way in and out, so that nobody shares them. */
export function createMemoryStorage(options: MemoryStorageOptions): AccountStorage {
  const budget = options.budgetBytes ?? 0;
  const chunks = new Map<string, ArrayBuffer>();
  const files = new Map<string, { readonly info: Attachment; readonly bytes: Uint8Array }>();
  let meta: AccountMeta | undefined;
  let records: JournalRecord[] = [];
  let aside: readonly JournalRecord[] = [];
  let saved: { readonly record: CheckpointRecord; readonly bytes: number }[] = [];
  let chunkBytes = 0;
  let fileBytes = 0;

  const used = (): number => chunkBytes + fileBytes + saved.reduce((sum, checkpoint) => sum + checkpoint.bytes, 0);
  const keep = (records: readonly CheckpointRecord[]): void => {
    const wanted = new Set(records);
    saved = saved.filter((checkpoint) => wanted.has(checkpoint.record));
  };
  const dropStale = (added: readonly JournalRecord[]): void => {
    const held = saved.map((checkpoint) => checkpoint.record);
    const stale = staleCheckpoints(held, added);
    keep(held.filter((record) => !stale.includes(record)));
  };

  return {
    id: options.id,
    kind: "memory",
    put(id, bytes) {
      if (chunks.has(id)) return;
      chunks.set(id, bufferOf(bytes));
      chunkBytes += bytes.byteLength;
    },
    get: (id) => chunks.get(id) ?? Promise.reject(new TornChunk(`chunk ${id}`, "missing", "stored")),
    has: (id) => chunks.has(id),
    visit: (id, use) => {
      const bytes = chunks.get(id);
      return bytes === undefined ? Promise.reject(new TornChunk(`chunk ${id}`, "missing", "stored")) : use(new Uint8Array(bytes));
    },
    meta: async () => structuredClone(meta),
    async setMeta(next) {
      if (next.id !== options.id) throw new Bug(`Meta of account ${next.id} does not belong into the storage of ${options.id}.`);
      meta = structuredClone(next);
    },
    async append(added) {
      records = withAdded(records, added);
      dropStale(added);
    },
    journal: async () => structuredClone(records),
    async exchange(journalId, added, setAside) {
      records = withAdded(
        records.filter((record) => record.id <= journalId),
        added,
      );
      aside = structuredClone(setAside);
      saved = saved.filter((checkpoint) => checkpoint.record.journalId <= journalId);
      dropStale(added);
    },
    tail: async () => structuredClone(aside),
    async saveCheckpoint(record) {
      for (const id of record.chunks) if (!chunks.has(id)) throw new Bug(`The checkpoint refers to chunk ${id}, which was never put.`);
      const copy = structuredClone(record);
      const { bytes } = fingerprint(copy.state);
      saved = saved.filter((checkpoint) => byMoment(checkpoint.record, record) !== 0);
      checkBudget(used(), bytes, budget, "a checkpoint");
      saved.push({ record: copy, bytes });
      keep(keptCheckpoints(saved.map((checkpoint) => checkpoint.record)));
    },
    async checkpointBefore(moment, journalId) {
      const fitting = saved.map((checkpoint) => checkpoint.record).filter((r) => r.at <= moment && r.journalId <= journalId);
      const newest = fitting.sort(byMoment).findLast((record) => record.chunks.every((id) => chunks.has(id)));
      return newest === undefined ? undefined : structuredClone(newest);
    },
    checkpoints: async () => saved.map(({ record: { at, journalId } }) => ({ at, journalId })).sort(byMoment),
    async putAttachment(info, bytes) {
      if (info.bytes !== bytes.length) throw wrongLength(info, bytes);
      if (files.has(info.sha256)) return;
      checkBudget(used(), bytes.length, budget, `the file ${info.name}`);
      files.set(info.sha256, { info, bytes: bytes.slice() });
      fileBytes += bytes.length;
    },
    async attachment(sha256) {
      const found = files.get(sha256);
      return found === undefined ? undefined : { info: found.info, bytes: found.bytes.slice() };
    },
    attachments: async () => [...files.values()].map((file) => file.info),
    async dropAttachment(sha256) {
      fileBytes -= files.get(sha256)?.bytes.length ?? 0;
      files.delete(sha256);
    },
    async flush() {
      checkBudget(used(), 0, budget, "telemetry");
    },
    async collect(live) {
      const wanted = new Set(live);
      for (const { record } of saved) for (const id of record.chunks) wanted.add(id);
      let dropped = 0;
      for (const [id, bytes] of chunks) {
        if (wanted.has(id)) continue;
        chunks.delete(id);
        chunkBytes -= bytes.byteLength;
        dropped++;
      }
      return dropped;
    },
    report: async () => ({
      kind: "memory",
      ...(options.reason === undefined ? {} : { reason: options.reason }),
      journalRecords: records.length,
      checkpoints: saved.length,
      chunks: chunks.size,
      chunkBytes,
      attachmentBytes: fileBytes,
      budgetBytes: budget,
      repairs: [],
    }),
    async dispose() {
      chunks.clear();
      files.clear();
      records = [];
      saved = [];
      aside = [];
      chunkBytes = 0;
      fileBytes = 0;
    },
  };
}

/** Throws before anything has changed where a record is there already. What comes at the end, as commands do, is put there. */
function withAdded(records: JournalRecord[], added: readonly JournalRecord[]): JournalRecord[] {
  const follows = added.every(({ id }, i) => id > (added[i - 1] ?? records.at(-1) ?? { id: 0 }).id);
  if (follows) {
    for (const record of structuredClone(added)) records.push(record);
    return records;
  }
  const ids = new Set(records.map((record) => record.id));
  for (const { id } of added) {
    if (ids.has(id)) throw new Bug(`Journal record ${id} is there already.`);
    ids.add(id);
  }
  return [...records, ...structuredClone(added)].sort((a, b) => a.id - b.id);
}

/** The announced length of a file is not that of its bytes. */
export function wrongLength(info: Attachment, bytes: Uint8Array): InputError {
  return new InputError(`The file ${info.name} has ${bytes.length} bytes, not ${info.bytes}.`, {
    path: "bytes",
    found: String(bytes.length),
    allowed: String(info.bytes),
  });
}
