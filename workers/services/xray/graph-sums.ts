/** Sums of requests: how many ended how, how long they took. */
import type { EdgeStatistics, HistogramEntry } from "../../model/generated/xray.ts";
import { SPAN } from "../../store/traces/columns.ts";
import { seconds } from "./traces.ts";

/** Distinct values that a histogram shows as they are; when there are more, all are merged to two significant digits. */
const EXACT_VALUES = 1000;
/** Values that wait to be counted. */
const WAITING = 1024;
/** Values of two digits: 0 to 99, then ninety for each power of ten. */
const MERGED_VALUES = 1000;
const POWERS = Float64Array.from({ length: 11 }, (_, power) => Number(`1e${power}`));

/** Requests by how many microseconds they took. What it shows depends on the values alone, not on their order. */
export class Histogram {
  private waiting: number[] = [];
  private exact = new Map<number, number>();
  /** Once there are too many values: how often each of two digits occurs; those that have no place here are in `exact`. */
  private merged: Float64Array | undefined;

  add(value: number): void {
    if (this.merged !== undefined) this.addMerged(this.merged, value, 1);
    else if (this.waiting.push(value) === WAITING) this.settle();
  }

  addAll(other: Histogram): void {
    other.settle();
    this.settle();
    if (other.merged !== undefined) {
      const merged = this.merge();
      for (let at = 0; at < MERGED_VALUES; at++) merged[at] = (merged[at] as number) + (other.merged[at] as number);
    }
    for (const [value, count] of other.exact) this.addCount(value, count);
  }

  private settle(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    for (const value of waiting) this.addCount(value, 1);
  }

  private addCount(value: number, count: number): void {
    if (this.merged !== undefined) {
      this.addMerged(this.merged, value, count);
      return;
    }
    this.exact.set(value, (this.exact.get(value) ?? 0) + count);
    if (this.exact.size > EXACT_VALUES) this.merge();
  }

  private merge(): Float64Array {
    if (this.merged !== undefined) return this.merged;
    const merged = new Float64Array(MERGED_VALUES);
    this.merged = merged;
    const { exact } = this;
    this.exact = new Map();
    for (const [value, count] of exact) this.addMerged(merged, value, count);
    return merged;
  }

  private addMerged(merged: Float64Array, value: number, count: number): void {
    const place = placeOf(value);
    if (place >= 0) merged[place] = (merged[place] as number) + count;
    else {
      const key = twoDigits(value);
      this.exact.set(key, (this.exact.get(key) ?? 0) + count);
    }
  }

  /** Ascending by value, seconds. */
  entries(): readonly HistogramEntry[] {
    this.settle();
    const counts: (readonly [number, number])[] = [...this.exact];
    this.merged?.forEach((count, place) => {
      if (count > 0) counts.push([valueAt(place), count]);
    });
    return counts.sort(([a], [b]) => a - b).map(([value, Count]) => ({ Value: seconds(value), Count }));
  }
}

function twoDigits(value: number): number {
  let scale = 1;
  while (value >= 100 * scale) scale *= 10;
  return Math.round(value / scale) * scale;
}

/** Place of a whole number's two digits among the merged values; -1 where it has none. */
function placeOf(value: number): number {
  if (!(value >= 0) || value >= 99.5e9) return -1;
  if (value < 100) return value;
  let power = 1;
  while (value >= 100 * (POWERS[power] as number)) power++;
  // A hundred is the next power's ten, and its place is the next.
  return 90 * power + Math.round(value / (POWERS[power] as number));
}

function valueAt(place: number): number {
  if (place < 100) return place;
  const power = Math.floor((place - 10) / 90);
  return (place - 90 * power) * (POWERS[power] as number);
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

export function addSum(sum: Sum, other: Sum): void {
  sum.ok += other.ok;
  sum.throttle += other.throttle;
  sum.error += other.error;
  sum.fault += other.fault;
  sum.time += other.time;
  sum.start = Math.min(sum.start, other.start);
  sum.end = Math.max(sum.end, other.end);
  sum.histogram.addAll(other.histogram);
}

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
