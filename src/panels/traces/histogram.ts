/** Response times in bins, and the times that a share of answers kept within. */
import type { HistogramEntry } from "./answers.ts";

export interface Bin {
  /** Seconds: [from, to). */
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

const BINS = 24;

const sorted = (entries: readonly HistogramEntry[]): readonly (readonly [value: number, count: number])[] =>
  entries.map(({ Value = 0, Count = 0 }) => [Value, Count] as const).sort((a, b) => a[0] - b[0]);

/** Bins of equal width; of equal ratio where the times go far apart. Empty without entries. */
export function binsOf(entries: readonly HistogramEntry[], most = BINS): readonly Bin[] {
  const all = sorted(entries);
  const [first, last] = [all[0]?.[0], all.at(-1)?.[0]];
  if (first === undefined || last === undefined) return [];
  const low = Math.max(first, 1e-6);
  const isWide = last / low > 100;
  const edge = isWide
    ? (at: number): number => (at === 0 ? Math.min(first, low) : low * (last / low) ** (at / most))
    : (at: number): number => first + ((last - first || Math.max(last, 0.001) * 0.1) * at) / most;
  const counts = Array.from({ length: most }, () => 0);
  let bin = 0;
  for (const [value, count] of all) {
    while (bin < most - 1 && value >= edge(bin + 1)) bin++;
    counts[bin] = (counts[bin] ?? 0) + count;
  }
  return counts.map((count, at) => ({ from: edge(at), to: edge(at + 1), count }));
}

/** The time within which that share of answers came, seconds; undefined without answers. */
export function percentile(entries: readonly HistogramEntry[], share: number): number | undefined {
  const all = sorted(entries);
  const total = all.reduce((sum, [, count]) => sum + count, 0);
  let seen = 0;
  for (const [value, count] of all) {
    seen += count;
    if (total > 0 && seen >= share * total) return value;
  }
  return undefined;
}

export const answersOf = (entries: readonly HistogramEntry[]): number => entries.reduce((sum, { Count = 0 }) => sum + Count, 0);
