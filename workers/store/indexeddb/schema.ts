/**
 * The database of one account, `nephoscope-account-<id>`, and how older versions of it become the present one.
 *
 *     meta              "meta"             what the account is
 *     journal, tail     id                 sealed records: length, checksum, JSON bytes
 *     checkpoints       [at, journalId]    which chunks, and checksum of the state
 *     states            [at, journalId]    the state itself, apart so that listing loads none
 *     chunks            id                 ArrayBuffer, or Blob where it is long, packed where that makes it smaller (`packing.ts`)
 *     chunkIndex        id                 its length, and seal of the chunk unpacked; apart so that opening loads none
 *     attachments       sha256             name, length
 *     attachmentPieces  [sha256, number]   4 MiB each, so that no large file is cloned at once
 */
import type { DBSchema, IDBPDatabase, IDBPTransaction, StoreNames } from "idb";
import { checksum32 } from "../checksum.ts";
import type { AccountMeta, Attachment } from "../contract.ts";
import type { CheckpointKey } from "../retention.ts";

export interface SealedRecord {
  readonly id: number;
  readonly length: number;
  readonly checksum: number;
  readonly bytes: Uint8Array;
}

export interface CheckpointRow extends CheckpointKey {
  readonly engine: number;
  readonly chunks: readonly string[];
  /** Size and checksum of the state, by `fingerprint`. */
  readonly bytes: number;
  readonly checksum: number;
}

export interface ChunkEntry {
  /** Bytes as they are stored. */
  readonly length: number;
  /** What `sealOf` says of the chunk itself. */
  readonly checksum: number;
}

export interface AttachmentPiece {
  readonly checksum: number;
  readonly bytes: ArrayBuffer;
}

export interface AccountSchema extends DBSchema {
  meta: { key: string; value: AccountMeta };
  journal: { key: number; value: SealedRecord };
  tail: { key: number; value: SealedRecord };
  checkpoints: { key: [number, number]; value: CheckpointRow };
  states: { key: [number, number]; value: unknown };
  chunks: { key: string; value: ArrayBuffer | Blob };
  chunkIndex: { key: string; value: ChunkEntry };
  attachments: { key: string; value: Attachment };
  attachmentPieces: { key: [string, number]; value: AttachmentPiece };
}
export type AccountDatabase = IDBPDatabase<AccountSchema>;
type Upgrade = IDBPTransaction<AccountSchema, StoreNames<AccountSchema>[], "versionchange">;

/** Entry i takes version i to version i + 1. They are never edited once shipped; the one transaction holds all of them or none. */
const MIGRATIONS: readonly ((db: AccountDatabase, tx: Upgrade) => Promise<void>)[] = [
  async (db) => {
    db.createObjectStore("meta");
    db.createObjectStore("journal", { keyPath: "id" });
    db.createObjectStore("checkpoints");
    db.createObjectStore("states");
    db.createObjectStore("chunks");
    db.createObjectStore("attachments", { keyPath: "sha256" });
    db.createObjectStore("attachmentPieces");
  },
  // A rewind keeps what it drops, and opening no longer loads every chunk to know its size.
  async (db, tx) => {
    db.createObjectStore("tail", { keyPath: "id" });
    const index = db.createObjectStore("chunkIndex");
    const chunks = tx.objectStore("chunks");
    for (const id of await chunks.getAllKeys()) {
      const bytes = await chunks.get(id);
      if (bytes instanceof ArrayBuffer) await index.put({ length: bytes.byteLength, checksum: checksum32(new Uint8Array(bytes)) }, id);
      else await chunks.delete(id);
    }
  },
  // Chunks may be packed from here on. Nothing changes in what is there, but a page from before would take them for torn.
  async () => undefined,
  // Chunks may be blobs from here on, and their entries tell their seals. Again: only not to be read by a page from before.
  async () => undefined,
];

export const ACCOUNT_VERSION = MIGRATIONS.length;
/**
 * Milliseconds until "blocked" counts: a connection that was just closed holds its database until its last transaction
 * has ended, and the browser already calls that blocked.
 */
export const PATIENCE = 1_500;
export const INDEX_NAME = "nephoscope";
export const accountDatabaseName = (id: string): string => `nephoscope-account-${id}`;

/** Runs the migrations between two versions inside the upgrade transaction. */
export async function migrate(db: AccountDatabase, tx: Upgrade, from: number, to: number): Promise<void> {
  for (const step of MIGRATIONS.slice(from, to)) await step(db, tx);
}
