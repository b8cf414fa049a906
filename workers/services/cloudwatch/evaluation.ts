/** The evaluation of an alarm at a moment: reads its window, asks for the verdict, changes its state. */

import type { PutMetricAlarmInput } from "../../model/generated/cloudwatch.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { type AlarmDoc, type StateValue, type WatchedMetric, watchedMetric } from "./alarm.ts";
import {
  type Comparison,
  type EvaluationRule,
  evaluate,
  minimumSamples,
  type Slot,
  type SlotBecause,
  type Treatment,
  type Verdict,
} from "./evaluate.ts";
import { stateReason, stateReasonData } from "./reason.ts";
import { readPreferredUnit, seriesIdOf } from "./series-read.ts";
import { recordSightings } from "./sightings.ts";
import { changeState } from "./state.ts";
import { parseStatistic, type Statistic, statisticAt, wantOf } from "./statistic.ts";
import { sleep, wake } from "./watch.ts";
import { windowAt } from "./window.ts";

/** An alarm's fields that decide; of a stored alarm or of one that is only imagined. */
export type AlarmFields = Omit<PutMetricAlarmInput, "AlarmName" | "Tags">;

/** What an evaluation goes by: the rule, and the periods of its range as they were read. */
export interface Reading {
  readonly metric: WatchedMetric;
  readonly rule: EvaluationRule;
  /** Oldest first. */
  readonly slots: readonly Slot[];
  readonly tier: number;
  readonly exactness: "exact" | "sketch";
  readonly unit: string;
}

export interface Evaluation extends Reading {
  readonly verdict: Verdict;
  readonly because: readonly SlotBecause[] | undefined;
}

/** The rule an alarm follows; AWS/DynamoDB metrics hold the state when data are missing, unless the alarm says otherwise. */
export function ruleOf(alarm: AlarmFields, metric: WatchedMetric): EvaluationRule {
  const n = alarm.EvaluationPeriods ?? 1;
  const statistic = parseStatistic(metric.stat);
  const base = {
    n,
    m: alarm.DatapointsToAlarm ?? n,
    comparison: alarm.ComparisonOperator as Comparison, // band operators never get here: such alarms watch no single metric
    threshold: alarm.Threshold as number,
    treatMissing: (alarm.TreatMissingData ?? (metric.namespace === "AWS/DynamoDB" ? "ignore" : "missing")) as Treatment,
  };
  if (alarm.EvaluateLowSampleCountPercentile !== "ignore" || statistic?.kind !== "percentile") return base;
  return { ...base, minimumSamples: minimumSamples(statistic.percent) };
}

/** p100.5, which AWS was seen to accept, can only mean the greatest value. */
function statisticOf(metric: WatchedMetric): Statistic {
  return parseStatistic(metric.stat) ?? { kind: "percentile", percent: 100 };
}

/** @param tick moment of evaluation. Undefined for alarms that are not evaluated (math, bands). */
export function readingAt(ctx: Context, alarm: AlarmFields, tick: number): MaybePromise<Reading> | undefined {
  const metric = watchedMetric(alarm);
  if (metric === undefined) return undefined;
  const rule = ruleOf(alarm, metric);
  const statistic = statisticOf(metric);
  const grid = windowAt(tick, metric.periodSeconds, rule.n, isWallClock(alarm));
  const series = seriesIdOf(ctx, { Namespace: metric.namespace, MetricName: metric.metricName, Dimensions: metric.dimensions });
  const read = readPreferredUnit(ctx, series, metric.unit, grid, wantOf(statistic), tick);
  return chain(read, ({ answer, unit }) => {
    const slots: Slot[] = [];
    for (let cell = 0; cell < grid.cells; cell++) {
      const value = statisticAt(statistic, answer, cell);
      slots.push({
        start: grid.start + cell * grid.period,
        value: Number.isNaN(value) ? undefined : value,
        samples: answer.count[cell] as number,
      });
    }
    return { metric, rule, slots, tier: answer.tier, exactness: answer.exactness, unit };
  });
}

export const isWallClock = (alarm: AlarmFields): boolean => alarm.EvaluationWindow?.WallClockWindow !== undefined;

/** @param current state before. */
export function judged(reading: Reading, current: StateValue, explain = false): Evaluation {
  let because: readonly SlotBecause[] | undefined;
  const record = explain ? (recorded: readonly SlotBecause[]) => (because = recorded) : undefined;
  const verdict = evaluate(reading.rule, reading.slots, current, record);
  return { ...reading, verdict, because };
}

export function reasonOf(alarm: AlarmFields, { rule, slots, verdict }: Evaluation): string {
  return stateReason(rule, slots, verdict, alarm.DatapointsToAlarm !== undefined);
}

/** The agenda's item `evaluate`: key = alarm name. */
export function evaluateDue(ctx: Context, item: { readonly key: string; readonly at: number }): MaybePromise<void> {
  const alarm = ctx.docs<AlarmDoc>("alarm").get(item.key);
  if (alarm === undefined) return;
  const reading = readingAt(ctx, alarm, item.at);
  if (reading === undefined) return;
  return chain(reading, (done) => settle(ctx, alarm, item.at, judged(done, alarm.StateValue)));
}

function settle(ctx: Context, alarm: AlarmDoc, tick: number, evaluation: Evaluation): void {
  const { metric, rule, slots, verdict } = evaluation;
  recordSightings(ctx, alarm, tick, slots);
  let present = alarm;
  if (verdict.state !== alarm.StateValue) {
    const reasonData = stateReasonData(rule, slots, verdict, {
      queryTime: ctx.now,
      unit: metric.unit,
      statistic: metric.stat,
      periodSeconds: metric.periodSeconds,
    });
    present = changeState(ctx, alarm, { value: verdict.state, reason: reasonOf(alarm, evaluation), reasonData });
  }
  const series = seriesIdOf(ctx, { Namespace: metric.namespace, MetricName: metric.metricName, Dimensions: metric.dimensions });
  // With no sample in the range and nothing to come, every further evaluation would end alike. (Samples without a value, a
  // percentile of negative ones, are not nothing: a window that slides on may hold those that have one.)
  const nothingToCome =
    slots.every(({ samples }) => samples === 0) && (ctx.metrics.describe(series)?.last ?? Number.NEGATIVE_INFINITY) < tick;
  if (nothingToCome) sleep(ctx, alarm.AlarmName);
  else wake(ctx, present);
}
