/** Which checkpoints and journal records stay: pure rules that both storages follow. */
import type { JournalRecord } from "./contract.ts";

/** What identifies a checkpoint: clock in epoch milliseconds, and the last journal record it contains. */
export interface CheckpointKey {
  readonly at: number;
  readonly journalId: number;
}

const NEWEST = 12;
const MINUTE = 60_000;

/** Ascending by moment, then by journal id. */
export const byMoment = (a: CheckpointKey, b: CheckpointKey): number => a.at - b.at || a.journalId - b.journalId;

/**
 * The newest 12, the first, and between them one per doubling of age (age in whole minutes before the newest checkpoint).
 * Of each doubling the oldest stays, so that whatever is kept now is what grows into the next doubling.
 */
export function keptCheckpoints<K extends CheckpointKey>(all: readonly K[]): readonly K[] {
  const sorted = [...all].sort(byMoment);
  const newest = sorted.at(-1);
  if (newest === undefined) return [];
  const taken = new Set<number>();
  return sorted.filter((key, index) => {
    if (index === 0 || index >= sorted.length - NEWEST) return true;
    const minutes = Math.min(0xffffffff, Math.floor((newest.at - key.at) / MINUTE));
    const doubling = 32 - Math.clz32(minutes);
    if (taken.has(doubling)) return false;
    taken.add(doubling);
    return true;
  });
}

/**
 * Checkpoints that new records make untrue: taken later than a record's moment, without the record. They are left over
 * from before a rewind and describe a future that will not come.
 */
export function staleCheckpoints<K extends CheckpointKey>(all: Iterable<K>, records: readonly JournalRecord[]): readonly K[] {
  return [...all].filter((key) => records.some((record) => record.id > key.journalId && record.at < key.at));
}
