/** Metrics as the looks `metricCatalog` and `series` answer them, and as charts want them. Moments are epoch ms. */
import type { Accessor } from "solid-js";
import type { TimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createQuestion, type Read } from "../../client/resource.ts";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

export interface MetricName {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
}

export interface CatalogMetric extends MetricName {
  readonly units: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly samples: number;
}

interface CatalogAnswer {
  readonly namespaces: readonly { readonly namespace: string; readonly metrics: readonly Omit<CatalogMetric, "namespace">[] }[];
}

/** Every metric of the Region. */
export function useCatalog(): Read<CatalogAnswer> & { readonly metrics: Accessor<readonly CatalogMetric[]> } {
  const { pulse } = useClient();
  const read = createLook<CatalogAnswer>(() => {
    const region = pulse()?.region;
    return region === undefined ? undefined : { service: "cloudwatch", view: "metricCatalog", region };
  });
  const metrics = (): readonly CatalogMetric[] =>
    (read.data()?.namespaces ?? []).flatMap(({ namespace, metrics: own }) => own.map((metric) => ({ namespace, ...metric })));
  return { ...read, metrics };
}

export const metricKey = (metric: MetricName): string => JSON.stringify([metric.namespace, metric.metricName, metric.dimensions]);

/** Function=checkout, Stage=prod */
export const dimensionsText = (dimensions: readonly Dimension[]): string =>
  dimensions.map(({ Name, Value }) => `${Name}=${Value}`).join(", ");

/** Reads what `dimensionsText` writes; a part without `=` is a name whose value is still to be typed. */
export function dimensionsOf(text: string): readonly Dimension[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "")
    .map((part) => {
      const at = part.indexOf("=");
      return at < 0 ? { Name: part, Value: "" } : { Name: part.slice(0, at).trim(), Value: part.slice(at + 1).trim() };
    });
}

export const STATISTICS: readonly { readonly value: string; readonly detail?: string }[] = [
  { value: "Sum" },
  { value: "Average" },
  { value: "SampleCount" },
  { value: "Minimum" },
  { value: "Maximum" },
  { value: "p50", detail: "median" },
  { value: "p90" },
  { value: "p95" },
  { value: "p99" },
  { value: "p99.9" },
  { value: "tm90", detail: "trimmed mean" },
  { value: "tc90", detail: "trimmed count" },
  { value: "ts90", detail: "trimmed sum" },
  { value: "wm90", detail: "winsorized mean" },
  { value: "IQM", detail: "interquartile mean" },
  { value: "PR(:100)", detail: "percentile rank" },
];

const PERIODS: readonly (readonly [seconds: number, label: string])[] = [
  [1, "1 second"],
  [5, "5 seconds"],
  [10, "10 seconds"],
  [20, "20 seconds"],
  [30, "30 seconds"],
  [60, "1 minute"],
  [300, "5 minutes"],
  [900, "15 minutes"],
  [3600, "1 hour"],
  [21_600, "6 hours"],
  [86_400, "1 day"],
];

export function periodText(seconds: number): string {
  const named = PERIODS.find(([one]) => one === seconds)?.[1];
  if (named !== undefined) return named;
  if (seconds % 3600 === 0) return `${seconds / 3600} hours`;
  return seconds % 60 === 0 ? `${seconds / 60} minutes` : `${seconds} seconds`;
}

/** A list of periods to choose from; `present` is in it whatever it is. */
export function periodOptions(least: number, present?: number): readonly { readonly value: number; readonly label: string }[] {
  const all = PERIODS.map(([seconds]) => seconds).filter((seconds) => seconds >= least);
  if (present !== undefined && !all.includes(present)) all.push(present);
  return all.sort((a, b) => a - b).map((value) => ({ value, label: periodText(value) }));
}

/** At most this many points are drawn in one line. */
const MOST_POINTS = 1500;

/** The period itself, or the shortest longer one that keeps the line drawable. */
export function drawnPeriod(seconds: number, range: { readonly from: number; readonly to: number }): number {
  const fits = (one: number): boolean => (range.to - range.from) / (one * 1000) <= MOST_POINTS;
  return fits(seconds) ? seconds : (PERIODS.map(([one]) => one).find((one) => one >= Math.max(60, seconds) && fits(one)) ?? 86_400);
}

/** The period that a range is drawn with when nobody chose one. */
export function automaticPeriod(range: { readonly from: number; readonly to: number }): number {
  return [60, 300, 900, 3600, 21_600, 86_400].find((seconds) => (range.to - range.from) / (seconds * 1000) <= 400) ?? 86_400;
}

export interface SeriesColumns {
  readonly start: number;
  /** Milliseconds. */
  readonly period: number;
  readonly unit: string;
  readonly stats: Readonly<Record<string, ArrayLike<number>>>;
  readonly because: { readonly tier: number; readonly exactness: "exact" | "sketch"; readonly unitsSeen: readonly string[] };
}

export interface SeriesWanted extends MetricName {
  readonly stat: string;
  readonly unit?: string;
}

/** What tells two wanted lines apart. */
export const wantedKey = (line: SeriesWanted): string =>
  JSON.stringify([line.namespace, line.metricName, line.dimensions, line.stat, line.unit ?? null]);

/** One column per wanted line (found by `wantedKey`) over a range, cells on whole multiples of the period. */
export type SeriesRead = Read<ReadonlyMap<string, SeriesColumns>>;

export function useSeries(
  wanted: Accessor<readonly SeriesWanted[]>,
  range: Accessor<TimeRange>,
  periodSeconds: Accessor<number>,
): SeriesRead {
  const { api, pulse } = useClient();
  return createQuestion(
    () => {
      const region = pulse()?.region;
      const lines = wanted();
      if (region === undefined || lines.length === 0) return undefined;
      const step = periodSeconds() * 1000;
      const metrics = lines.map(({ namespace, metricName, dimensions, stat, unit }) => ({
        namespace,
        metricName,
        dimensions,
        stats: [stat],
        ...(unit === undefined ? {} : { unit }),
      }));
      const question = { metrics, start: Math.floor(range().from / step) * step, end: range().to, periodSeconds: periodSeconds() };
      return { service: "cloudwatch", view: "series", region, question, keys: lines.map(wantedKey) };
    },
    async ({ keys, ...question }) => {
      const columns = (await api.look(question)) as readonly SeriesColumns[];
      return new Map(columns.map((column, at) => [keys[at] as string, column]));
    },
  );
}

export interface Points {
  readonly times: readonly number[];
  readonly values: readonly number[];
  /** Starts of whole periods up to `until` without a datapoint. */
  readonly missing: readonly number[];
}

export function pointsOf(columns: SeriesColumns | undefined, stat: string, until: number): Points {
  const [times, values, missing]: [number[], number[], number[]] = [[], [], []];
  const column = columns?.stats[stat];
  if (columns === undefined || column === undefined) return { times, values, missing };
  for (let cell = 0; cell < column.length; cell++) {
    const at = columns.start + cell * columns.period;
    const value = column[cell] as number;
    if (!Number.isNaN(value)) {
      times.push(at);
      values.push(value);
    } else if (at + columns.period <= until) missing.push(at);
  }
  return { times, values, missing };
}

/** 1 s cells; 5 min cells */
export function tierText(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return seconds < 3600 ? `${seconds / 60} min` : `${seconds / 3600} h`;
}
