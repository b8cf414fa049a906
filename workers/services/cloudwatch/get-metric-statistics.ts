/** GetMetricStatistics: one metric, several statistics, a datapoint per unit and period. */

import type { Datapoint, GetMetricStatisticsInput, GetMetricStatisticsOutput } from "../../model/generated/cloudwatch.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { ReadAnswer } from "../../store/metrics/types.ts";
import type { Context } from "../contract.ts";
import { invalidCombination, invalidValue } from "./failures.ts";
import { all, gridOf, isPeriod, seriesIdOf } from "./series-read.ts";
import { parseStatistic, type Statistic, statisticAt, wantOf } from "./statistic.ts";

const MOST_DATAPOINTS = 1440;

interface Asked {
  readonly name: string;
  readonly statistic: Statistic;
  readonly extended: boolean;
}

export function getMetricStatistics(ctx: Context, input: GetMetricStatisticsInput): MaybePromise<GetMetricStatisticsOutput> {
  const asked = checked(input);
  const series = seriesIdOf(ctx, input);
  const units = input.Unit === undefined ? (ctx.metrics.describe(series)?.units ?? []) : [input.Unit];
  const grid = gridOf(input.StartTime, input.EndTime, input.Period, ctx.now);
  // One read serves all simple statistics; each other one has its own.
  const reads = units.flatMap((unit) =>
    asked.map(({ statistic }, i) =>
      i > 0 && statistic.kind === "simple" ? undefined : ctx.metrics.read({ series, unit, ...grid, now: ctx.now, want: wantOf(statistic) }),
    ),
  );
  return chain(all(reads), (answers) => {
    const datapoints: Datapoint[] = [];
    for (let cell = 0; cell < grid.cells; cell++) {
      units.forEach((unit, u) => {
        const point = datapointAt(cell, asked, answers.slice(u * asked.length, (u + 1) * asked.length));
        if (point !== undefined)
          datapoints.push({ Timestamp: grid.start + cell * grid.period, ...point, Unit: unit as Datapoint["Unit"] & string });
      });
    }
    ctx.explain?.({
      kind: "metric-statistics",
      units: units.map((unit, u) => {
        const { tier, exactness } = answers[u * asked.length] as ReadAnswer;
        return { unit, tier, exactness };
      }),
    });
    return { Label: input.MetricName, Datapoints: datapoints };
  });
}

function datapointAt(cell: number, asked: readonly Asked[], answers: readonly (ReadAnswer | undefined)[]): Partial<Datapoint> | undefined {
  const simple: Record<string, number> = {};
  const extended: Record<string, number> = {};
  asked.forEach(({ name, statistic, extended: isExtended }, i) => {
    const value = statisticAt(statistic, (answers[i] ?? answers[0]) as ReadAnswer, cell);
    if (!Number.isNaN(value)) (isExtended ? extended : simple)[name] = value;
  });
  const some = Object.keys(extended).length > 0;
  if (!some && Object.keys(simple).length === 0) return undefined;
  return { ...simple, ...(some ? { ExtendedStatistics: extended } : {}) };
}

function checked(input: GetMetricStatisticsInput): readonly Asked[] {
  const { StartTime, EndTime, Period, Statistics = [], ExtendedStatistics = [] } = input;
  if (Statistics.length === 0 && ExtendedStatistics.length === 0) {
    throw invalidCombination("Must specify either Statistics or ExtendedStatistics");
  }
  if (Statistics.length > 0 && ExtendedStatistics.length > 0) {
    throw invalidCombination("The parameters Statistics and ExtendedStatistics are mutually exclusive and you have specified both.");
  }
  if (!(StartTime < EndTime)) throw invalidValue("The parameter StartTime must be less than the parameter EndTime.");
  if (!isPeriod(Period)) throw invalidValue(`The value ${Period} for parameter Period must be 1, 5, 10, 20, 30 or a multiple of 60.`);
  const points = Math.floor((EndTime - StartTime) / 1000 / Period);
  if (points > MOST_DATAPOINTS) {
    throw invalidCombination(
      `You have requested up to ${points} datapoints, which exceeds the limit of ${MOST_DATAPOINTS}. You may reduce the datapoints requested by increasing Period, or decreasing the time range.`,
    );
  }
  const read = (list: readonly string[], extended: boolean, parameter: string): Asked[] =>
    list.map((name, i) => {
      const statistic = parseStatistic(name);
      if (statistic === undefined || (statistic.kind === "simple") === extended) {
        throw invalidValue(`The value ${name} for parameter ${parameter}.member.${i + 1} is not supported.`);
      }
      return { name, statistic, extended };
    });
  return [...read(Statistics, false, "Statistics"), ...read(ExtendedStatistics, true, "ExtendedStatistics")];
}
