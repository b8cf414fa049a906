/** Sums of requests: how many ended how, how long they took. */
import type { EdgeStatistics, HistogramEntry } from "../../model/generated/xray.ts";
import { SPAN } from "../../store/traces/columns.ts";
import { seconds } from "./traces.ts";

/** Distinct values that a histogram shows as they are; beyond that they are merged to two significant digits. */
const EXACT_VALUES = 1000;

export interface Sum {
  ok: number;
  throttle: number;
  error: number;
  fault: number;
  /** Microseconds. */
  time: number;
  /** Microseconds to requests. */
  readonly histogram: Map<number, number>;
  /** First start and last end, those in progress included; microseconds. */
  start: number;
  end: number;
}

export const emptySum = (): Sum => ({
  ok: 0,
  throttle: 0,
  error: 0,
  fault: 0,
  time: 0,
  histogram: new Map(),
  start: Infinity,
  end: -Infinity,
});

/** Counts a request once it has ended; one in progress only shows that there is something. */
export function addRequest(sum: Sum, flags: number, start: number, end: number): void {
  if (start < sum.start) sum.start = start;
  const last = Number.isNaN(end) ? start : end;
  if (last > sum.end) sum.end = last;
  if (Number.isNaN(end)) return;
  if ((flags & SPAN.fault) !== 0) sum.fault++;
  else if ((flags & SPAN.throttle) !== 0) sum.throttle++;
  else if ((flags & SPAN.error) !== 0) sum.error++;
  else sum.ok++;
  const took = end - start;
  sum.time += took;
  sum.histogram.set(took, (sum.histogram.get(took) ?? 0) + 1);
}

export const countOf = ({ ok, throttle, error, fault }: Sum): number => ok + throttle + error + fault;

export function statistics(sum: Sum): EdgeStatistics {
  return {
    OkCount: sum.ok,
    ErrorStatistics: { ThrottleCount: sum.throttle, OtherCount: sum.error, TotalCount: sum.throttle + sum.error },
    FaultStatistics: { OtherCount: sum.fault, TotalCount: sum.fault },
    TotalCount: countOf(sum),
    TotalResponseTime: seconds(sum.time),
  };
}

/** Ascending by value, seconds. */
export function histogramOf(values: ReadonlyMap<number, number>): readonly HistogramEntry[] {
  let shown = values;
  if (values.size > EXACT_VALUES) {
    const merged = new Map<number, number>();
    for (const [value, count] of values) {
      const rounded = twoDigits(value);
      merged.set(rounded, (merged.get(rounded) ?? 0) + count);
    }
    shown = merged;
  }
  return [...shown].sort(([a], [b]) => a - b).map(([value, Count]) => ({ Value: seconds(value), Count }));
}

function twoDigits(value: number): number {
  let scale = 1;
  while (value >= 100 * scale) scale *= 10;
  return Math.round(value / scale) * scale;
}
