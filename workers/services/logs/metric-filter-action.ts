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

/** A minute in which events came in, for a filter with a default value. Gone when the minute is over. */
interface MinuteDoc {
  readonly minute: number;
  readonly matched: boolean;
}
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
    if (filter.transformation.defaultValue !== undefined) noteMinute(ctx, filter, matching.length > 0);
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

function noteMinute(ctx: Context, { logGroupName, filterName }: FilterDoc, matched: boolean): void {
  const minutes = ctx.docs<MinuteDoc>("filterMinute");
  const id = idIn(logGroupName, filterName);
  const minute = Math.floor(ctx.now / MINUTE) * MINUTE;
  const known = minutes.get(id);
  if (known?.minute === minute && (known.matched || !matched)) return;
  minutes.put(id, { minute, matched });
  ctx.schedule({ at: minute + MINUTE, kind: DEFAULT_VALUE, key: id });
}

/** At the end of a minute with events but without a match: the default value, at the minute's start. */
export function publishDefault(ctx: Context, item: { readonly key: string }): void {
  const minutes = ctx.docs<MinuteDoc>("filterMinute");
  const minute = minutes.get(item.key);
  minutes.delete(item.key);
  const filter = filterDocs(ctx).get(item.key);
  const value = filter?.transformation.defaultValue;
  if (minute === undefined || filter === undefined || value === undefined || minute.matched) return;
  emitDatum(ctx, filter, [], Float64Array.of(minute.minute), Float64Array.of(value));
}

/** A filter that goes takes its open minute with it. */
export function forgetMinute(ctx: Context, group: string, filterName: string): void {
  const id = idIn(group, filterName);
  if (!ctx.docs<MinuteDoc>("filterMinute").delete(id)) return;
  ctx.unschedule(DEFAULT_VALUE, id);
}
