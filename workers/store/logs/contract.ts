/**
 * What readers and writers of log events see. A *group key* is any text that names a log group of one account and
 * Region (`123456789012:us-east-1:/aws/lambda/shop`); the store gives it no meaning. All times are epoch milliseconds.
 */
import type { LineBlock } from "../../kernels/contract.ts";
import type { MaybePromise, TelemetryStore } from "../contract.ts";

/** Events of one call, in the order they came. Message i is bytes[offsets[i] .. offsets[i+1]), UTF-8; offsets has one entry more than there are events. */
export interface LogBatch {
  readonly timestamps: Float64Array;
  readonly ingestion: Float64Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** What is known of a stream without reading its events. */
export interface StreamStats {
  readonly events: number;
  /** UTF-8 bytes of the messages, without any per-event overhead. */
  readonly messageBytes: number;
  readonly firstTimestamp: number;
  readonly lastTimestamp: number;
  readonly lastIngestion: number;
}

/** Events as columns, in the order they were asked for. Row i is of stream `streams[streamIndex[i]]`. */
export interface LogRows {
  readonly timestamps: Float64Array;
  readonly ingestion: Float64Array;
  /** Place of the event in the order of ingestion of its group: 0, 1, 2 ...; unique in the group. */
  readonly sequences: Float64Array;
  readonly streams: readonly string[];
  readonly streamIndex: Uint32Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
}

/** Finds lines: answers ascending indexes into the block. Must be pure: the answer for a line depends on its bytes alone. */
export type LineMatcher = (block: LineBlock) => Uint32Array;

/**
 * The events of some streams of a group, merged by (timestamp, ingestion time, sequence), as they stood when the view
 * was taken: what arrives later is not in it. Positions run from 0 to count - 1.
 */
export interface LogView {
  readonly count: number;
  /** Timestamp of the event at a position. */
  timestampAt(position: number): number;
  /** First position whose timestamp is >= `timestamp` (count when there is none). Binary search. */
  lowerBound(timestamp: number): number;
  /** Events at positions [from, to). */
  range(from: number, to: number): MaybePromise<LogRows>;
  /** Events at the given positions, in that order. */
  rows(positions: ArrayLike<number>): MaybePromise<LogRows>;
  /**
   * Lines at positions [wanted.from, wanted.to) that `matcher` finds. What it found is remembered under `key`: asked again,
   * for another range, or when the group has grown, only lines that were not looked at are.
   */
  search(key: string, matcher: LineMatcher, wanted: Wanted): MaybePromise<Matches>;
}

export interface Wanted {
  readonly from: number;
  readonly to: number;
  /** So many lines are enough; there may be more in the answer. */
  readonly limit?: number;
  /** Settle the end of the range first. */
  readonly newestFirst?: boolean;
  /** How often the search may let other work in before it answers what it has. Default: until it is done. */
  readonly breaths?: number;
}

/** All matching positions in [from, to), ascending: the wanted range, or the part of it that is settled. */
export interface Matches {
  readonly from: number;
  readonly to: number;
  readonly positions: Uint32Array;
}

export interface LogStore extends TelemetryStore {
  /** Stores the events of one call. Late events (older than stored ones) are fine. */
  append(group: string, stream: string, batch: LogBatch): void;
  deleteStream(group: string, stream: string): void;
  deleteGroup(group: string): void;
  /** Forgets sealed chunks of the group whose newest event is older than `before`. Readers must not rely on it: ask with a lower bound. */
  expire(group: string, before: number): void;
  /** Grows with everything that changes what readers see of the group; 0 for a group without events. */
  version(group: string): number;
  stats(group: string, stream: string): StreamStats | undefined;
  /** Names of the streams that hold events, ascending. */
  streams(group: string): readonly string[];
  /** Events with timestamp >= `from`: how many, and their message bytes. */
  stored(group: string, from: number): MaybePromise<{ readonly events: number; readonly messageBytes: number }>;
  /** All streams of the group, or those named (unknown names hold nothing). */
  view(group: string, streams?: readonly string[]): MaybePromise<LogView>;
}
