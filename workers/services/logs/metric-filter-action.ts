/** What a metric filter does: on events as they come in, and at the end of a minute for its default value. */

import type { Extractor } from "../../language/filter-pattern/evaluate.ts";
import { compileExtractor } from "../../language/filter-pattern/evaluate.ts";
import { numberOf } from "../../language/filter-pattern/select.ts";
import type { FilterPattern } from "../../language/filter-pattern/tree.ts";
import type { MetricTransformation } from "../../model/generated/logs.ts";
import type { LogBatch } from "../../store/logs/log-store.ts";
import type { Context } from "../contract.ts";
import { type FilterDoc, filterDocs, filtersOf, idIn } from "./documents.ts";
import { compiledPattern, lineMatcher, lineTexts } from "./patterns.ts";

const MINUTE = 60_000;
/** CloudWatch takes values between minus and plus 2^360. */
const GREATEST = 2.3485425827738332e108;

/**
 * Minutes (by the events' own time) that a filter with a default value has seen lately: `open` has events and no match yet,
 * `done` has a match or its default. Events reach the group a little after their time, so a minute is judged by the time
 * of its events; by the time of arrival a minute whose only match belongs to the minute before would have no datum at all.
 */
interface MinutesDoc {
  readonly minutes: Readonly<Record<string, "open" | "done">>;
}
/** How long a judged minute is remembered, so that late events do not have it judged again. */
const REMEMBERED = 5 * MINUTE;
export const DEFAULT_VALUE = "defaultValue";

/** Data of one series, in the order of the events. */
export interface FilterSeries {
  readonly dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
}

/**
 * The data that matching lines give: one datum per line with the metric value, at the line's own time, a series for every set
 * of dimension values. A line whose value is no number, or that lacks a dimension, gives none.
 */
export function filterSeries(
  pattern: FilterPattern,
  transformation: Pick<MetricTransformation, "metricValue" | "dimensions">,
  lines: { readonly timestamps: Float64Array; readonly text: (line: number) => string; readonly matching: Uint32Array },
): FilterSeries[] {
  const fixed = numberOf(transformation.metricValue);
  const value = fixed === undefined ? compileExtractor(pattern, transformation.metricValue) : undefined;
  const dimensions = Object.entries(transformation.dimensions ?? {}).map(
    ([name, from]) => [name, compileExtractor(pattern, from)] as const,
  );
  const found = new Map<string, { values: string[]; timestamps: number[]; data: number[] }>();
  for (const line of lines.matching) {
    const message = fixed === undefined || dimensions.length > 0 ? lines.text(line) : "";
    const datum = fixed ?? numberOf(value?.(message) ?? "");
    if (datum === undefined || !(datum >= -GREATEST && datum <= GREATEST)) continue;
    const values = dimensionValues(dimensions, message);
    if (values === undefined) continue;
    const key = JSON.stringify(values);
    let series = found.get(key);
    if (series === undefined) {
      series = { values, timestamps: [], data: [] };
      found.set(key, series);
    }
    series.timestamps.push(lines.timestamps[line]!);
    series.data.push(datum);
  }
  return [...found.values()].map(({ values, timestamps, data }) => ({
    dimensions: values.map((Value, i) => ({ Name: dimensions[i]![0], Value })),
    timestamps: Float64Array.from(timestamps),
    values: Float64Array.from(data),
  }));
}

/** All dimension values of a line, or undefined when one is missing or nothing that CloudWatch takes (ASCII, not blank, at most 1024). */
function dimensionValues(dimensions: readonly (readonly [string, Extractor | undefined])[], message: string): string[] | undefined {
  const values: string[] = [];
  for (const [, extract] of dimensions) {
    const value = extract?.(message);
    if (value === undefined || value.trim() === "" || value.length > 1024 || !/^[\x20-\x7e]*$/.test(value)) return undefined;
    values.push(value);
  }
  return values;
}

/** Runs every metric filter of the group over a batch that was just stored. */
export function applyMetricFilters(ctx: Context, group: string, batch: LogBatch): void {
  const filters = filtersOf(ctx, group);
  if (filters.length === 0) return;
  const text = lineTexts(batch);
  for (const filter of filters) {
    const pattern = compiledPattern(filter.filterPattern);
    const matching = lineMatcher(pattern, ctx.kernels)(batch);
    const all = filterSeries(pattern, filter.transformation, { timestamps: batch.timestamps, text, matching });
    for (const { dimensions, timestamps, values } of all) emitDatum(ctx, filter, dimensions, timestamps, values);
    if (filter.transformation.defaultValue !== undefined) noteMinutes(ctx, filter, batch.timestamps, matching);
  }
}

function emitDatum(
  ctx: Context,
  { transformation }: FilterDoc,
  dimensions: FilterSeries["dimensions"],
  timestamps: Float64Array,
  values: Float64Array,
): void {
  ctx.emit({
    service: "cloudwatch",
    operation: "PutMetricData",
    columns: {
      Namespace: transformation.metricNamespace,
      MetricName: transformation.metricName,
      Dimensions: dimensions,
      Unit: transformation.unit ?? "None",
      StorageResolution: 60,
      timestamps,
      values,
    },
  });
}

function noteMinutes(ctx: Context, { logGroupName, filterName }: FilterDoc, timestamps: Float64Array, matching: Uint32Array): void {
  const docs = ctx.docs<MinutesDoc>("filterMinute");
  const id = idIn(logGroupName, filterName);
  const known = docs.get(id)?.minutes ?? {};
  const minutes: Record<string, "open" | "done"> = { ...known };
  let last = Number.NaN; // events of one minute mostly stand together
  for (const timestamp of timestamps) {
    const minute = minuteOf(timestamp);
    if (minute !== last) minutes[minute] ??= "open";
    last = minute;
  }
  for (const line of matching) minutes[minuteOf(timestamps[line]!)] = "done";
  if (Object.keys(minutes).every((minute) => known[minute] === minutes[minute])) return;
  docs.put(id, { minutes });
  ctx.schedule({ at: minuteOf(ctx.now) + MINUTE, kind: DEFAULT_VALUE, key: id });
}

const minuteOf = (moment: number): number => Math.floor(moment / MINUTE) * MINUTE;

/** At the end of a minute: the default value for every minute that had events and no match, at that minute's start. */
export function publishDefault(ctx: Context, item: { readonly key: string }): void {
  const docs = ctx.docs<MinutesDoc>("filterMinute");
  const doc = docs.get(item.key);
  const filter = filterDocs(ctx).get(item.key);
  const value = filter?.transformation.defaultValue;
  docs.delete(item.key);
  if (doc === undefined || filter === undefined || value === undefined) return;
  const starts = Object.keys(doc.minutes)
    .map(Number)
    .sort((a, b) => a - b);
  const open = starts.filter((start) => doc.minutes[start] === "open");
  if (open.length > 0) emitDatum(ctx, filter, [], Float64Array.from(open), new Float64Array(open.length).fill(value));
  const remembered = starts.filter((start) => start > ctx.now - REMEMBERED);
  if (remembered.length === 0) return;
  docs.put(item.key, { minutes: Object.fromEntries(remembered.map((start) => [start, "done"])) });
  // Once more when the last of them is too old, so that nothing is remembered for ever.
  ctx.schedule({ at: Math.max(ctx.now + MINUTE, remembered.at(-1)! + REMEMBERED), kind: DEFAULT_VALUE, key: item.key });
}

/** A filter that goes takes its open minute with it. */
export function forgetMinute(ctx: Context, group: string, filterName: string): void {
  const id = idIn(group, filterName);
  if (!ctx.docs<MinutesDoc>("filterMinute").delete(id)) return;
  ctx.unschedule(DEFAULT_VALUE, id);
}
