/** Sums of requests: how many ended how, how long they took. */
import type { EdgeStatistics, HistogramEntry } from "../../model/generated/xray.ts";
import { SPAN } from "../../store/traces/columns.ts";
import { seconds } from "./traces.ts";

/** Distinct values that a histogram shows as they are; when there are more, all are merged to two significant digits. */
const EXACT_VALUES = 1000;

/** Requests by how many microseconds they took. What it shows depends on the values alone, not on their order. */
export class Histogram {
  private counts = new Map<number, number>();
  private isMerged = false;

  add(value: number, count = 1): void {
    const key = this.isMerged ? twoDigits(value) : value;
    this.counts.set(key, (this.counts.get(key) ?? 0) + count);
    if (this.isMerged || this.counts.size <= EXACT_VALUES) return;
    const exact = this.counts;
    this.counts = new Map();
    this.isMerged = true;
    for (const [each, times] of exact) this.add(each, times);
  }

  /** Ascending by value, seconds. */
  entries(): readonly HistogramEntry[] {
    return [...this.counts].sort(([a], [b]) => a - b).map(([value, Count]) => ({ Value: seconds(value), Count }));
  }
}

function twoDigits(value: number): number {
  let scale = 1;
  while (value >= 100 * scale) scale *= 10;
  return Math.round(value / scale) * scale;
}

export interface Sum {
  ok: number;
  throttle: number;
  error: number;
  fault: number;
  /** Microseconds. */
  time: number;
  readonly histogram: Histogram;
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
  histogram: new Histogram(),
  start: Infinity,
  end: -Infinity,
});

/** Counts a request once it has ended; one in progress only shows that there is something. */
export function addRequest(sum: Sum, flags: number, start: number, end: number): void {
  if (start < sum.start) sum.start = start;
  const isOpen = Number.isNaN(end);
  const last = isOpen ? start : end;
  if (last > sum.end) sum.end = last;
  if (isOpen) return;
  if ((flags & (SPAN.fault | SPAN.throttle | SPAN.error)) === 0) sum.ok++;
  else if ((flags & SPAN.fault) !== 0) sum.fault++;
  else if ((flags & SPAN.throttle) !== 0) sum.throttle++;
  else sum.error++;
  const took = end - start;
  sum.time += took;
  sum.histogram.add(took);
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
