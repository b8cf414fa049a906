/**
 * A log kept as documents: ids are twelve-digit sequence numbers, so ascending id = order of arrival. Invariant: every
 * entry has `first` <= its number < `next`; numbers are never used twice; `dropped` counts what fell out at the old end.
 * Appending and dropping cost the same however long the log is.
 */
import type { Context, Documents, Scope } from "./contract.ts";

interface Head {
  readonly first: number;
  readonly next: number;
  readonly dropped: number;
}

const EMPTY: Head = { first: 1, next: 1, dropped: 0 };

export interface SequenceLog<D extends object> {
  /** Adds at the new end, drops from the old end beyond `cap` entries; answers the id. */
  append(entry: D): string;
  /** Drops from the old end as long as `isOld` says so. */
  dropWhile(isOld: (entry: D) => boolean): void;
  /** Newest first, from just before the id `before`. */
  newestFirst(before?: string): Generator<readonly [string, D]>;
  readonly dropped: number;
  readonly length: number;
}

export function sequenceLog<D extends object>(ctx: Context, kind: string, cap: number, scope?: Partial<Scope>): SequenceLog<D> {
  const entries: Documents<D> = ctx.docs<D>(kind, scope);
  const heads = ctx.docs<Head>(`${kind}-head`, scope);
  const head = (): Head => heads.get("head") ?? EMPTY;
  const numbered = (n: number): string => String(n).padStart(12, "0");
  return {
    append(entry) {
      const { first, next, dropped } = head();
      const id = numbered(next);
      entries.put(id, entry);
      const over = next + 1 - first > cap;
      if (over) entries.delete(numbered(first));
      heads.put("head", { first: over ? first + 1 : first, next: next + 1, dropped: over ? dropped + 1 : dropped });
      return id;
    },
    dropWhile(isOld) {
      const { first, next, dropped } = head();
      let at = first;
      for (; at < next; at++) {
        const entry = entries.get(numbered(at));
        if (entry !== undefined && !isOld(entry)) break;
        entries.delete(numbered(at));
      }
      if (at > first) heads.put("head", { first: at, next, dropped: dropped + at - first });
    },
    *newestFirst(before) {
      const { first, next } = head();
      const start = before === undefined ? next - 1 : Math.min(next - 1, Number.parseInt(before, 10) - 1);
      for (let n = start; n >= first; n--) {
        const id = numbered(n);
        const entry = entries.get(id);
        if (entry !== undefined) yield [id, entry];
      }
    },
    get dropped() {
      return head().dropped;
    },
    get length() {
      return entries.size;
    },
  };
}
