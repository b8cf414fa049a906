import type { MarkerKind } from "./marker-shapes.tsx";

/** A chart's data as uPlot wants it: one x axis, nulls where a line must break. */

export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  /** Epoch ms, ascending; the starts of the periods. */
  readonly times: readonly number[] | Float64Array;
  readonly values: readonly (number | null)[] | Float64Array;
  /** Distance of two neighbours in ms; a line breaks where more is missing. Without it, it never breaks. */
  readonly stepMs?: number;
  readonly kind?: "line" | "area" | "bars";
  readonly unit?: string;
  /** 1 to 10; default: its place in the list. */
  readonly colour?: number;
  readonly axis?: "left" | "right";
  /** Periods that were asked for and had no datapoint: violet dashed squares under the axis. */
  readonly missing?: readonly number[];
  readonly isBreaching?: (value: number) => boolean;
}

export interface ChartThreshold {
  readonly value: number;
  readonly label: string;
}

export interface ChartBand {
  readonly from: number;
  readonly to: number;
  readonly label?: string;
}

export interface AlignedData {
  /** Epoch ms, ascending. */
  readonly times: readonly number[];
  readonly values: readonly (readonly (number | null | undefined)[])[];
}

/** Joins series on one axis: undefined = this series has nothing here (its line goes on), null = it breaks here. */
export function alignSeries(all: readonly ChartSeries[]): AlignedData {
  const xs = new Set<number>();
  const columns = all.map((series) => {
    const points = new Map<number, number | null>();
    const count = Math.min(series.times.length, series.values.length);
    for (let at = 0; at < count; at++) {
      const time = series.times[at] as number;
      const value = series.values[at];
      points.set(time, value === null || value === undefined || !Number.isFinite(value) ? null : value);
      const next = series.times[at + 1];
      if (series.stepMs !== undefined && next !== undefined && next - time > series.stepMs * 1.5) points.set(time + series.stepMs, null);
    }
    for (const time of points.keys()) xs.add(time);
    return points;
  });
  const times = [...xs].sort((a, b) => a - b);
  const values = columns.map((points) => {
    // Inside a gap the times of other series are null too: after an undefined the line would go on.
    let isGap = false;
    return times.map((time) => {
      const value = points.get(time);
      if (value === undefined) return isGap ? null : undefined;
      isGap = value === null;
      return value;
    });
  });
  return { times, values };
}

/** The position of the time nearest to `moment`; -1 when there is none. */
export function nearest(times: ArrayLike<number>, moment: number): number {
  let low = 0;
  let high = times.length - 1;
  if (high < 0) return -1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && moment - (times[low - 1] as number) <= (times[low] as number) - moment) return low - 1;
  return low;
}

/** The value of a series at exactly this time. */
export function valueAt(series: ChartSeries, time: number): number | undefined {
  const at = nearest(series.times, time);
  if (at < 0 || series.times[at] !== time) return undefined;
  const value = series.values[at];
  return value === null || value === undefined || !Number.isFinite(value) ? undefined : value;
}

/** Dashes in CSS px, by place: blue first, from two on a dash too. */
export const DASHES: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [8, 3, 2, 3]];
export const dashOf = (place: number): readonly number[] => DASHES[place % DASHES.length] ?? [];
export const colourOf = (series: ChartSeries, place: number): number => series.colour ?? (place % 10) + 1;

/** One sentence: range, and for each series least, most and last. */
export function summaryOf(title: string, all: readonly ChartSeries[], rangeText: string, valueText: (value: number) => string): string {
  const parts = all.map((series) => {
    let [low, high, last, count] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 0];
    for (const value of series.values) {
      if (value === null || !Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
      last = value;
      count++;
    }
    const missing = series.missing?.length ?? 0;
    const gaps = missing === 0 ? "" : `, ${missing} missing`;
    return count === 0
      ? `${series.label}: no datapoints${gaps}.`
      : `${series.label}: ${count} datapoints from ${valueText(low)} to ${valueText(high)}, last ${valueText(last)}${gaps}.`;
  });
  return `${title}, ${rangeText}. ${parts.join(" ")}`;
}

export interface ChartMarker {
  readonly at: number;
  readonly kind: MarkerKind;
  readonly text: string;
}
