/** GetMetricData: several metrics at once. Metric math, SEARCH and Metrics Insights are refused by name. */

import type {
  GetMetricDataInput,
  GetMetricDataOutput,
  MetricDataQuery,
  MetricDataResult,
  MetricStat,
} from "../../model/generated/cloudwatch.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { invalid, notBuilt } from "./failures.ts";
import { checkLabel, defaultLabels, labelText } from "./labels.ts";
import { all, gridOf, isPeriod, readPreferredUnit, seriesIdOf, type UnitAnswer } from "./series-read.ts";
import { parseStatistic, type Statistic, statisticColumn, wantOf } from "./statistic.ts";
import { offsetMs } from "./time-text.ts";
import { pageToken, placeOf } from "./tokens.ts";

const MOST_QUERIES = 500;
const MOST_DATAPOINTS = 100_800;

interface Line {
  readonly query: MetricDataQuery;
  readonly label: string;
  /** In the order asked for. */
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
  readonly unitsSeen: readonly string[];
  readonly because: { readonly id: string; readonly unit: string; readonly tier: number; readonly exactness: "exact" | "sketch" };
}

export function getMetricData(ctx: Context, input: GetMetricDataInput): MaybePromise<GetMetricDataOutput> {
  const stats = checkQueries(input);
  const place = placeOf("GetMetricData", input.NextToken);
  const queries = input.MetricDataQueries;
  const labels = defaultLabels(queries);
  const start = wholeSeconds(input.StartTime);
  const end = wholeSeconds(input.EndTime);
  const answers = queries.map((query, i): MaybePromise<Line> => {
    const stat = query.MetricStat as MetricStat; // checkQueries refuses queries without one
    const statistic = stats[i] as Statistic;
    const grid = gridOf(start, end, stat.Period, ctx.now);
    const read = readPreferredUnit(ctx, seriesIdOf(ctx, stat.Metric), stat.Unit, grid, wantOf(statistic));
    return chain(read, (answer) => lineOf(ctx, input, query, labels[i] as string, statistic, grid, answer));
  });
  return chain(all(answers), (lines) => {
    ctx.explain?.({
      kind: "metric-data",
      queries: lines.map(({ because, values, unitsSeen }) => ({ ...because, datapoints: values.length, unitsSeen })),
    });
    return pageOf(
      lines.filter((_, i) => queries[i]?.ReturnData !== false),
      typeof place === "number" ? place : 0,
      Math.min(input.MaxDatapoints ?? MOST_DATAPOINTS, MOST_DATAPOINTS),
    );
  });
}

function lineOf(
  ctx: Context,
  input: GetMetricDataInput,
  query: MetricDataQuery,
  defaultLabel: string,
  statistic: Statistic,
  grid: { readonly start: number; readonly period: number },
  { unit, answer, unitsSeen }: UnitAnswer,
): Line {
  const timestamps: number[] = [];
  const values: number[] = [];
  statisticColumn(statistic, answer).forEach((value, cell) => {
    if (Number.isNaN(value)) return;
    timestamps.push(grid.start + cell * grid.period);
    values.push(value);
  });
  const facts = { defaultLabel, timestamps, values, stat: query.MetricStat, account: ctx.account, region: ctx.region, now: ctx.now };
  const label = labelText(query.Label, { ...facts, timezone: input.LabelOptions?.Timezone });
  if (input.ScanBy !== "TimestampAscending") {
    timestamps.reverse();
    values.reverse();
  }
  const because = { id: query.Id, unit, tier: answer.tier, exactness: answer.exactness };
  return { query, label, timestamps, values, unitsSeen, because };
}

/** Datapoints `from` to `from + most` of all lines in a row; the token says where the next page begins. */
function pageOf(lines: readonly Line[], from: number, most: number): GetMetricDataOutput {
  const results: MetricDataResult[] = [];
  let before = 0;
  for (const { query, label, timestamps, values, unitsSeen } of lines) {
    const a = Math.max(0, from - before);
    const b = Math.min(values.length, from + most - before);
    const sentEarlier = from > 0 && (values.length === 0 || a >= values.length);
    before += values.length;
    if (sentEarlier) continue;
    const several = unitsSeen.length > 1;
    results.push({
      Id: query.Id,
      Label: label,
      Timestamps: timestamps.slice(a, Math.max(a, b)),
      Values: values.slice(a, Math.max(a, b)),
      StatusCode: b < values.length ? "PartialData" : "Complete",
      ...(several ? { Messages: [{ Code: "MultipleUnits", Value: `Multiple units returned: '[${unitsSeen.join(", ")}]'` }] } : {}),
    });
  }
  const next = from + most;
  return { MetricDataResults: results, ...(next < before ? { NextToken: pageToken("GetMetricData", next) } : {}), Messages: [] };
}

const wholeSeconds = (ms: number): number => Math.floor(ms / 1000) * 1000;

/** Refusals; answers each query's statistic. */
function checkQueries(input: GetMetricDataInput): readonly Statistic[] {
  const { MetricDataQueries: queries } = input;
  const [start, end] = [wholeSeconds(input.StartTime), wholeSeconds(input.EndTime)];
  if (start === end) throw invalid("The parameter StartTime must not equal parameter EndTime.");
  if (start > end) throw invalid("The parameter EndTime must be greater than StartTime.");
  if (queries.length === 0) throw invalid("The parameter MetricDataQueries is required.\n");
  if (queries.length > MOST_QUERIES) {
    throw invalid(`The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`);
  }
  if (input.MaxDatapoints !== undefined && !(input.MaxDatapoints >= 1))
    throw invalid("The parameter MaxDatapoints must be greater than 0.");
  const timezone = input.LabelOptions?.Timezone;
  if (timezone !== undefined && offsetMs(timezone) === undefined) {
    throw invalid(`The value ${timezone} for parameter LabelOptions.Timezone is invalid. It must have the form +0130.`);
  }
  const ids = new Set<string>();
  for (const [i, query] of queries.entries()) checkQuery(query, `MetricDataQueries.member.${i + 1}`, ids);
  for (const { Expression } of queries) {
    if (Expression !== undefined) throw notBuilt("Metric math (an Expression in GetMetricData, including SEARCH and Metrics Insights)");
  }
  return queries.map((query, i) => {
    const path = `MetricDataQueries.member.${i + 1}.MetricStat`;
    const stat = query.MetricStat as MetricStat;
    const statistic = parseStatistic(stat.Stat);
    if (statistic === undefined) throw invalid(`The value for parameter ${path}.Stat is not a valid statistic.`);
    if (!isPeriod(stat.Period)) {
      throw invalid(`The value ${stat.Period} for parameter ${path}.Period must be 1, 5, 10, 20, 30 or a multiple of 60.`);
    }
    return statistic;
  });
}

function checkQuery(query: MetricDataQuery, path: string, ids: Set<string>): void {
  if (!/^[a-z][A-Za-z0-9_]*$/.test(query.Id)) {
    throw invalid(`The value ${query.Id} for parameter ${path}.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.`);
  }
  if (ids.has(query.Id)) throw invalid("The values for parameter id in MetricDataQueries are not unique.");
  ids.add(query.Id);
  if (query.MetricStat !== undefined && query.Expression !== undefined) {
    throw invalid(`The parameters ${path}.Expression and ${path}.MetricStat are mutually exclusive and you have specified both.`);
  }
  if (query.MetricStat === undefined && query.Expression === undefined) throw invalid(`The parameter ${path}.MetricStat is required.\n`);
  if (query.MetricStat !== undefined) {
    const { Namespace, MetricName } = query.MetricStat.Metric;
    if (Namespace === undefined) throw invalid(`The parameter ${path}.MetricStat.Metric.Namespace is required.\n`);
    if (MetricName === undefined) throw invalid(`The parameter ${path}.MetricStat.Metric.MetricName is required.\n`);
  }
  if (query.Label !== undefined) checkLabel(query.Label, `${path}.Label`);
}
