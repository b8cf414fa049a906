/**
 * What the rest of the house asks of storage. Two implementations: IndexedDB (browser) and memory (Node, private mode).
 * All times are epoch milliseconds of the account's clock.
 */

export type MaybePromise<T> = T | Promise<T>;

/** Plain data that survives structured clone and canonical JSON. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * Where sealed chunks go. A chunk never changes once put. `put` returns at once; the bytes are durable after the
 * storage's next `flush()`. A buffer is handed over; of a part of a buffer `put` takes what it needs before it returns, and the
 * caller may write over it: that spares both of them fresh memory. `get` answers synchronously while the chunk is resident, and rejects with `TornChunk` where the
 * chunk is missing or not whole; putting it again mends it.
 */
export interface ChunkSink {
  put(id: string, bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): void;
  get(id: string): MaybePromise<ArrayBuffer>;
  has(id: string): boolean;
}

/** A store of telemetry (metrics, logs): memory tails plus sealed chunks, with a running digest per series or stream. */
export interface TelemetryStore {
  /** Everything that is not in sealed chunks, as structured-cloneable data (typed arrays allowed), plus the chunk list. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
  /** Ids of all sealed chunks that the present state refers to. */
  chunkIds(): Iterable<string>;
  /** Stable key -> digest (hex), one per series or stream: order of keys does not matter. Feeds the state hash. */
  digests(): Iterable<readonly [string, string]>;
}

/** One accepted command of a person or program, in order. */
export interface JournalRecord {
  /** 1, 2, 3 ... never reused in an account. */
  readonly id: number;
  /** Clock when it was accepted. */
  readonly at: number;
  readonly command: Plain;
}

export interface CheckpointRecord {
  /** Clock of the checkpoint. */
  readonly at: number;
  /** Last journal id that it contains. */
  readonly journalId: number;
  readonly engine: number;
  /** Chunks it refers to. */
  readonly chunks: readonly string[];
  /** Structured-cloneable state. */
  readonly state: unknown;
}

export interface Attachment {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
}

/** What an account's storage remembers besides journal, checkpoints and chunks. */
export interface AccountMeta {
  readonly id: string;
  readonly title: string;
  readonly engine: number;
  /** The scenario the account started from, as plain data. */
  readonly scenario: Plain;
  /** Last clock known to be reached; at least every two seconds of real work. */
  readonly clock: number;
  readonly lastUsed: number;
}

export interface StorageReport {
  readonly kind: "indexeddb" | "memory";
  /** Why memory, in a sentence for the screen; absent for indexeddb. */
  readonly reason?: string;
  readonly journalRecords: number;
  readonly checkpoints: number;
  readonly chunks: number;
  readonly chunkBytes: number;
  readonly attachmentBytes: number;
  /** 0 = no limit of ours. */
  readonly budgetBytes: number;
  /** Things found torn and dropped at opening, as sentences. */
  readonly repairs: readonly string[];
}

/** One account's storage. Every promise resolves after the data are durable. */
export interface AccountStorage extends ChunkSink {
  /** Id under which the account is stored; `AccountMeta.id` equals it. */
  readonly id: string;
  readonly kind: "indexeddb" | "memory";
  meta(): Promise<AccountMeta | undefined>;
  setMeta(meta: AccountMeta): Promise<void>;
  /** Appends with strict durability. */
  append(records: readonly JournalRecord[]): Promise<void>;
  /** All records, ascending by id; torn ones dropped and reported. */
  journal(): Promise<readonly JournalRecord[]>;
  /**
   * In one durable step: the records with id > `journalId` leave the journal, `records` are its end instead, and `aside`
   * is what is set aside instead of what was. Checkpoints that contain what leaves go, and those that `records` make
   * untrue. After a crash all of it has happened or none.
   */
  exchange(journalId: number, records: readonly JournalRecord[], aside: readonly JournalRecord[]): Promise<void>;
  /** What rewinding and undo set aside, ascending by id (empty when nothing is). */
  tail(): Promise<readonly JournalRecord[]>;
  saveCheckpoint(record: CheckpointRecord): Promise<void>;
  /**
   * Newest valid checkpoint with `at` <= `moment` and `journalId` <= `journalId`: its state is whole and its chunks are all
   * there. That the chunks are whole as well is checked as far as reading a bounded amount allows (256 MB of what was not
   * yet read in this session, newest first); one that is torn beyond that rejects at its first `get` with `TornChunk`, is
   * dropped and reported, and no checkpoint with it is given from then on: whoever meets it asks again for an older one.
   */
  checkpointBefore(moment: number, journalId: number): Promise<CheckpointRecord | undefined>;
  checkpoints(): Promise<readonly Pick<CheckpointRecord, "at" | "journalId">[]>;
  putAttachment(attachment: Attachment, bytes: Uint8Array): Promise<void>;
  attachment(sha256: string): Promise<{ info: Attachment; bytes: Uint8Array } | undefined>;
  attachments(): Promise<readonly Attachment[]>;
  dropAttachment(sha256: string): Promise<void>;
  /**
   * Gives a chunk to `use`, whose answer it answers. The bytes are good only until `use` returns: what is not resident anyway
   * is read into memory that is used again. Otherwise as `get`.
   */
  visit<T>(id: string, use: (bytes: Uint8Array<ArrayBuffer>) => T): MaybePromise<T>;
  /** Writes out what `put` handed over. */
  flush(): Promise<void>;
  /** Deletes chunks that neither `live` (the present state) nor a kept checkpoint refers to; answers how many. */
  collect(live: Iterable<string>): Promise<number>;
  report(): Promise<StorageReport>;
  dispose(): Promise<void>;
}
