/**
 * Roll-up: the points and statistic sets of an hour as cells of one minute, five minutes and one hour.
 * A cell has count, sum, min, max and, where single values are known and none is negative, their distribution
 * (percentile-like statistics do not exist for negative values, CloudWatch User Guide "CloudWatch statistics definitions").
 */
import { type Distribution, distributionOf, exactDistribution, mergeDistributions } from "./distribution.ts";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const TIERS = [3600, 300, 60] as const;
export type Tier = (typeof TIERS)[number];

export interface Cell {
  /** Start of the cell. */
  readonly time: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly distribution: Distribution | undefined;
}

export interface HourCells {
  readonly start: number;
  /** An hour. */
  readonly span: number;
  readonly cells: Readonly<Record<Tier, readonly Cell[]>>;
}

/** @param points rows (time, value, count) in time order. @param sets rows (time, count, sum, min, max) in time order. */
export function rollUp(points: readonly Float64Array[], sets: readonly Float64Array[]): HourCells[] {
  const hours: HourCells[] = [];
  const minutes = minuteCells(points, sets);
  for (let at = 0; at < minutes.length; ) {
    const hour = floorTo((minutes[at] as Cell).time, HOUR);
    let end = at;
    while (end < minutes.length && (minutes[end] as Cell).time < hour + HOUR) end++;
    const cells = minutes.slice(at, end);
    hours.push({ start: hour, span: HOUR, cells: { 60: cells, 300: coarser(cells, 300_000), 3600: coarser(cells, HOUR) } });
    at = end;
  }
  return hours;
}

export const floorTo = (time: number, step: number): number => Math.floor(time / step) * step;

function minuteCells(points: readonly Float64Array[], sets: readonly Float64Array[]): Cell[] {
  const [times, values, counts] = points as [Float64Array, Float64Array, Float64Array];
  const [setTimes, ...setColumns] = sets as [Float64Array, ...Float64Array[]];
  const cells: Cell[] = [];
  for (let p = 0, s = 0; p < times.length || s < setTimes.length; ) {
    const minute = floorTo(Math.min(times[p] ?? Number.POSITIVE_INFINITY, setTimes[s] ?? Number.POSITIVE_INFINITY), MINUTE);
    const firstPoint = p;
    const firstSet = s;
    let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (; p < times.length && (times[p] as number) < minute + MINUTE; p++) {
      const value = values[p] as number;
      count += counts[p] as number;
      sum += value * (counts[p] as number);
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    for (; s < setTimes.length && (setTimes[s] as number) < minute + MINUTE; s++) {
      count += setColumns[0]?.[s] as number;
      sum += setColumns[1]?.[s] as number;
      min = Math.min(min, setColumns[2]?.[s] as number);
      max = Math.max(max, setColumns[3]?.[s] as number);
    }
    const known = s === firstSet && min >= 0;
    const distribution = known ? limited(values.subarray(firstPoint, p), counts.subarray(firstPoint, p)) : undefined;
    cells.push({ time: minute, count, sum, min, max, distribution });
  }
  return cells;
}

function limited(values: Float64Array, counts: Float64Array): Distribution {
  const exact = exactDistribution(values, counts);
  return distributionOf(exact.values, exact.counts);
}

function coarser(cells: readonly Cell[], step: number): Cell[] {
  const out: Cell[] = [];
  for (let at = 0; at < cells.length; ) {
    const time = floorTo((cells[at] as Cell).time, step);
    let end = at;
    while (end < cells.length && (cells[end] as Cell).time < time + step) end++;
    out.push(joined(time, cells.slice(at, end)));
    at = end;
  }
  return out;
}

function joined(time: number, cells: readonly Cell[]): Cell {
  let [count, sum, min, max] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const parts: Distribution[] = [];
  for (const cell of cells) {
    count += cell.count;
    sum += cell.sum;
    min = Math.min(min, cell.min);
    max = Math.max(max, cell.max);
    if (cell.distribution !== undefined) parts.push(cell.distribution);
  }
  return { time, count, sum, min, max, distribution: parts.length === cells.length ? mergeDistributions(parts) : undefined };
}
