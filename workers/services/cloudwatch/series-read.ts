/** Reading one metric with one statistic: unit, grid, values. Shared by the queries, the alarms and the looks. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import { readableFor } from "../../store/metrics/read.ts";
import type { MetricDimension, ReadAnswer, ReadQuery, SeriesId } from "../../store/metrics/types.ts";
import type { Context } from "../contract.ts";
import { preferredUnit } from "./units.ts";

export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;
/** How far ahead of the clock a datapoint may be stamped. */
export const AHEAD = 2 * HOUR;

export interface Grid {
  /** Milliseconds. */
  readonly start: number;
  readonly period: number;
  readonly cells: number;
}

/** Periods CloudWatch knows, in seconds. */
export const isPeriod = (seconds: number): boolean =>
  seconds === 1 || seconds === 5 || seconds === 10 || seconds === 20 || seconds === 30 || (seconds > 0 && seconds % 60 === 0);

/**
 * The grid of a query. `StartTime` is rounded down by its age: to the minute, from 15 days on to 5 minutes, from 63 days on to
 * the hour; with periods under a minute to that part of a minute. `EndTime` is exclusive (API reference, GetMetricData).
 * Cells that can hold nothing, older than the period is readable or further ahead than a stamp may lie, are left out at both
 * ends, so that a question about centuries by the second costs no more than what is kept.
 */
export function gridOf(startTime: number, endTime: number, periodSeconds: number, now: number): Grid {
  const period = periodSeconds * 1000;
  const age = now - startTime;
  const step = period < MINUTE ? period : age < 15 * DAY ? MINUTE : age < 63 * DAY ? 5 * MINUTE : HOUR;
  const asked = Math.floor(startTime / step) * step;
  const start = asked + period * Math.max(0, Math.ceil((now - readableFor(period) - asked) / period));
  const end = Math.min(endTime, now + AHEAD + 1);
  return { start, period, cells: Math.max(0, Math.ceil((end - start) / period)) };
}

export function seriesIdOf(
  ctx: Pick<Context, "account" | "region">,
  metric: { readonly Namespace?: string; readonly MetricName?: string; readonly Dimensions?: readonly MetricDimension[] },
): SeriesId {
  return {
    account: ctx.account,
    region: ctx.region,
    namespace: metric.Namespace ?? "",
    metricName: metric.MetricName ?? "",
    dimensions: metric.Dimensions ?? [],
  };
}

export interface UnitAnswer {
  readonly unit: string;
  readonly answer: ReadAnswer;
  /** Units that have data in the range, ascending; more than one = AWS says MultipleUnits. */
  readonly unitsSeen: readonly string[];
}

/** Reads the asked unit, or where none is asked the preferred one of those that have data in the range. */
export function readPreferredUnit(
  ctx: Context,
  series: SeriesId,
  unit: string | undefined,
  grid: Grid,
  want: ReadQuery["want"],
  now = ctx.now,
): MaybePromise<UnitAnswer> {
  const info = ctx.metrics.describe(series);
  const id = info?.id ?? series; // the store's own id object is found without building a key
  const units = unit === undefined ? (info?.units ?? []) : [unit];
  const read = (of: string, what: ReadQuery["want"]): MaybePromise<ReadAnswer> =>
    ctx.metrics.read({ series: id, unit: of, ...grid, now, want: what });
  const only = units[0] ?? "None";
  if (units.length <= 1) return chain(read(only, want), (answer) => ({ unit: only, answer, unitsSeen: hasData(answer) ? [only] : [] }));
  return chain(all(units.map((of) => read(of, "summary"))), (summaries) => {
    const unitsSeen = units.filter((_, i) => hasData(summaries[i] as ReadAnswer));
    const chosen = preferredUnit(unitsSeen.length > 0 ? unitsSeen : units) as string;
    return chain(read(chosen, want), (answer) => ({ unit: chosen, answer, unitsSeen }));
  });
}

const hasData = (answer: ReadAnswer): boolean => answer.count.some((count) => count > 0);

export function all<T>(values: readonly MaybePromise<T>[]): MaybePromise<readonly T[]> {
  return values.some((value) => value instanceof Promise) ? Promise.all(values) : (values as readonly T[]);
}
