/** PutMetricData: rows of data, and the columnar form for agents of the world and for imports. Both end in the same writes. */
import type { Dimension, MetricDatum, PutMetricDataInput } from "../../model/generated/cloudwatch.ts";
import type { SeriesId, StorageResolution } from "../../store/metrics/types.ts";
import type { Context } from "../contract.ts";
import { invalidCombination, invalidValue, missingParameter } from "./failures.ts";
import { javaDouble } from "./java-double.ts";
import { AHEAD, DAY, seriesIdOf } from "./series-read.ts";
import { isUnit } from "./units.ts";
import { wakeWatchers } from "./watch.ts";

const MOST_DATA = 1000;
const MOST_VALUES = 150;
const MOST_DIMENSIONS = 30;
/** 2^360: values lie between minus and plus this. */
const GREATEST = 2.3485425827738332e108;

/** One metric's data as columns; `timestamps` in epoch milliseconds. May hold more than 1000 data: it stands for several calls. */
export interface MetricColumns {
  readonly MetricName: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Unit?: string;
  readonly StorageResolution?: number;
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  readonly counts?: Float64Array;
}

/** The columnar form: one metric, or several of one namespace under `series`. */
export type PutMetricDataColumns = { readonly Namespace: string } & (MetricColumns | { readonly series: readonly MetricColumns[] });

export function putMetricData(ctx: Context, input: PutMetricDataInput): Record<string, never> {
  checkNamespace(ctx, input.Namespace);
  const groups: (readonly [string, readonly MetricDatum[]])[] = [];
  if (input.MetricData !== undefined) groups.push(["MetricData", input.MetricData]);
  input.EntityMetricData?.forEach((entity, i) => {
    groups.push([`EntityMetricData.member.${i + 1}.MetricData`, entity.MetricData ?? []]);
  });
  const size = groups.reduce((n, [, data]) => n + data.length, 0);
  if (size === 0) throw missingParameter("The parameter MetricData is required.");
  if (size > MOST_DATA) throw invalidValue(`The collection MetricData must not have a size greater than ${MOST_DATA}.`);
  const times: string[] = [];
  for (const [path, data] of groups) {
    data.forEach((datum, i) => {
      checkDatum(datum, `${path}.member.${i + 1}`);
      times.push(...timeProblems(ctx.now, datum.Timestamp ?? ctx.now, `${path}.member.${i + 1}`));
    });
  }
  if (times.length > 0) throw invalidValue(times.join("\n"));
  for (const [, data] of groups) for (const datum of data) store(ctx, input.Namespace, datum);
  return {};
}

export function putMetricDataColumns(ctx: Context, columns: object): Record<string, never> {
  const input = columns as PutMetricDataColumns; // the door hands columns through as they came; what is wrong is refused below
  checkNamespace(ctx, input.Namespace);
  const all = "series" in input ? input.series : [input];
  const times: string[] = [];
  for (const series of all) {
    const n = series.timestamps.length;
    if (series.values.length !== n || (series.counts !== undefined && series.counts.length !== n)) {
      throw invalidValue("The parameters timestamps, values and counts must be of the same size.");
    }
    checkIdentity(series, "MetricData.member.1");
    for (let i = 0; i < n; i++) {
      const path = `MetricData.member.${i + 1}`;
      checkNumber(series.values[i] as number, `${path}.Value`);
      if (series.counts !== undefined) checkCount(series.counts[i] as number, `${path}.Counts.member.1`);
      if (times.length < MOST_DATA) times.push(...timeProblems(ctx.now, series.timestamps[i] as number, path));
    }
  }
  if (times.length > 0) throw invalidValue(times.join("\n"));
  for (const series of all) {
    const id = seriesIdOf(ctx, { ...series, Namespace: input.Namespace });
    putPoints(ctx, id, series, series.timestamps, series.values, series.counts);
  }
  return {};
}

function store(ctx: Context, namespace: string, datum: MetricDatum): void {
  const id = seriesIdOf(ctx, { ...datum, Namespace: namespace });
  const time = datum.Timestamp ?? ctx.now;
  const values = datum.Value === undefined ? (datum.Values ?? []) : [datum.Value];
  if (values.length > 0) {
    putPoints(
      ctx,
      id,
      datum,
      new Float64Array(values.length).fill(time),
      Float64Array.from(values),
      datum.Counts && Float64Array.from(datum.Counts),
    );
  }
  const set = datum.StatisticValues;
  if (set !== undefined) {
    const one = (value: number): Float64Array => Float64Array.of(value);
    const sets = { timestamps: one(time), count: one(set.SampleCount), sum: one(set.Sum), min: one(set.Minimum), max: one(set.Maximum) };
    ctx.metrics.putSets(id, datum.Unit ?? "None", resolutionOf(datum), sets, ctx.now);
    wakeWatchers(ctx, namespace, id.metricName, id.dimensions);
  }
}

function putPoints(
  ctx: Context,
  id: SeriesId,
  datum: { readonly Unit?: string; readonly StorageResolution?: number },
  timestamps: Float64Array,
  values: Float64Array,
  counts: Float64Array | undefined,
): void {
  let columns = { timestamps, values, counts };
  // A count of 0 says that the value did not occur.
  if (counts?.includes(0)) {
    const kept = [...counts.keys()].filter((i) => counts[i] !== 0);
    const pick = (from: Float64Array): Float64Array => Float64Array.from(kept, (i) => from[i] as number);
    columns = { timestamps: pick(timestamps), values: pick(values), counts: pick(counts) };
  }
  if (columns.timestamps.length === 0) return;
  ctx.metrics.put(id, datum.Unit ?? "None", resolutionOf(datum), columns, ctx.now);
  wakeWatchers(ctx, id.namespace, id.metricName, id.dimensions);
}

const resolutionOf = (datum: { readonly StorageResolution?: number }): StorageResolution => (datum.StorageResolution === 1 ? 1 : 60);

function checkNamespace(ctx: Context, namespace: string): void {
  const wrong = (): Error => invalidValue(`The value ${namespace} for parameter Namespace is invalid.`);
  if (!/^[^:\s]/.test(namespace) || namespace.length > 255) throw wrong();
  const forAws = namespace.startsWith("AWS/");
  if (forAws && (ctx.callerKind === "person" || ctx.callerKind === "program")) throw wrong();
}

function checkDatum(datum: MetricDatum, path: string): void {
  checkIdentity(datum, path);
  const { Value, Values, Counts, StatisticValues } = datum;
  const exclusive = (other: string): Error =>
    invalidCombination(`The parameters ${path}.Value and ${path}.${other} are mutually exclusive and you have specified both.`);
  if (Value !== undefined && Values !== undefined) throw exclusive("Values");
  if (Value !== undefined && StatisticValues !== undefined) throw exclusive("StatisticValues");
  if (Value === undefined && (Values ?? []).length === 0 && StatisticValues === undefined) {
    throw missingParameter("At least one of the parameters must be specified.");
  }
  if (Counts !== undefined && Counts.length !== (Values?.length ?? 0)) {
    throw invalidValue(`The parameters ${path}.Values and ${path}.Counts must be of the same size.`);
  }
  if ((Values?.length ?? 0) > MOST_VALUES) {
    throw invalidValue(`The collection ${path}.Values must not have a size greater than ${MOST_VALUES}.`);
  }
  if (Value !== undefined) checkNumber(Value, `${path}.Value`);
  for (const [i, value] of (Values ?? []).entries()) checkNumber(value, `${path}.Values.member.${i + 1}`);
  for (const [i, count] of (Counts ?? []).entries()) checkCount(count, `${path}.Counts.member.${i + 1}`);
  if (StatisticValues === undefined) return;
  for (const name of ["Sum", "Minimum", "Maximum"] as const) checkNumber(StatisticValues[name], `${path}.StatisticValues.${name}`);
  checkCount(StatisticValues.SampleCount, `${path}.StatisticValues.SampleCount`);
  if (StatisticValues.SampleCount === 0) throw badNumber(0, `${path}.StatisticValues.SampleCount`);
}

function checkIdentity(datum: Pick<MetricColumns, "MetricName" | "Dimensions" | "Unit" | "StorageResolution">, path: string): void {
  if (datum.MetricName === undefined || datum.MetricName === "") throw missingParameter(`The parameter ${path}.MetricName is required.`);
  if (datum.MetricName.length > 255) {
    throw invalidValue(`The value ${datum.MetricName} for parameter ${path}.MetricName must not be longer than 255 characters.`);
  }
  const dimensions = datum.Dimensions ?? [];
  if (dimensions.length > MOST_DIMENSIONS) {
    throw invalidValue(`The collection ${path}.Dimensions must not have a size greater than ${MOST_DIMENSIONS}.`);
  }
  if (new Set(dimensions.map(({ Name }) => Name)).size < dimensions.length) {
    throw invalidValue("No metric may specify the same dimension name twice.");
  }
  dimensions.forEach(({ Name, Value }, i) => {
    const at = `${path}.Dimensions.member.${i + 1}`;
    if (!/^[^:\s]/.test(Name) || !isAscii(Name)) throw invalidValue(`The value ${Name} for parameter ${at}.Name is invalid.`);
    if (Value.trim() === "" || !isAscii(Value)) throw invalidValue(`The value ${Value} for parameter ${at}.Value is invalid.`);
  });
  if (datum.Unit !== undefined && !isUnit(datum.Unit)) throw invalidValue(`The value ${datum.Unit} for parameter ${path}.Unit is invalid.`);
  if (datum.StorageResolution !== undefined && datum.StorageResolution !== 1 && datum.StorageResolution !== 60) {
    throw invalidValue(
      `The value ${datum.StorageResolution} for parameter ${path}.StorageResolution is invalid. Valid values are 1 and 60.`,
    );
  }
}

const isAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);

const badNumber = (value: number, path: string): Error => invalidValue(`The value ${javaDouble(value)} for parameter ${path} is invalid.`);

function checkNumber(value: number, path: string): void {
  if (!(value >= -GREATEST && value <= GREATEST)) throw badNumber(value, path);
}

function checkCount(value: number, path: string): void {
  if (!(value >= 0 && value <= GREATEST)) throw badNumber(value, path);
}

/** Sentences on a stamp out of bounds: two weeks back, two hours ahead. */
function timeProblems(now: number, time: number, path: string): string[] {
  if (time < now - 14 * DAY) return [`The parameter ${path}.Timestamp must specify a time within the past two weeks.`];
  if (time > now + AHEAD) return [`The parameter ${path}.Timestamp must specify a time no more than two hours in the future.`];
  return [];
}
