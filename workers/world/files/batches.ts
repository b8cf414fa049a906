/** Columns of events cut into batches that PutLogEvents takes. */
import type { EventColumns } from "./events.ts";

/** What one PutLogEvents call may hold: events, bytes with 26 for each event, and span (API reference, PutLogEvents). */
export const BATCH_EVENTS = 10_000;
export const BATCH_BYTES = 1_048_576;
export const BATCH_SPAN = 86_400_000;
const EVENT_OVERHEAD = 26;

/** Cuts rows [from, to) into [start, end) pairs that one call each can take. */
export function* batchRows(columns: EventColumns, from: number, to: number): Generator<readonly [number, number]> {
  const { timestamps, offsets } = columns;
  let start = from;
  while (start < to) {
    let size = 0;
    let end = start;
    while (end < to && end - start < BATCH_EVENTS) {
      size += (offsets[end + 1] ?? 0) - (offsets[end] ?? 0) + EVENT_OVERHEAD;
      if (end > start && (size > BATCH_BYTES || (timestamps[end] ?? 0) - (timestamps[start] ?? 0) > BATCH_SPAN)) break;
      end++;
    }
    yield [start, end];
    start = end;
  }
}

/** Rows [from, to) as columns of their own. */
export function takeRows(columns: EventColumns, from: number, to: number): EventColumns {
  const start = columns.offsets[from] ?? 0;
  return {
    timestamps: columns.timestamps.slice(from, to),
    offsets: columns.offsets.slice(from, to + 1).map((offset) => offset - start),
    bytes: columns.bytes.slice(start, columns.offsets[to] ?? start),
  };
}
