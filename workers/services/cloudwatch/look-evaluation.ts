/** Look `alarmEvaluation`: why an alarm is in its state, with every period it looked at. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import type { AlarmDoc, StateValue } from "./alarm.ts";
import type { SlotBecause } from "./evaluate.ts";
import { type AlarmFields, type Evaluation, evaluateAt, reasonOf } from "./evaluation.ts";
import { noSuchAlarm } from "./failures.ts";
import { stateBefore } from "./look-timeline.ts";
import { verdictSentence } from "./reason.ts";
import { cadenceOf, lastTick, nextTick } from "./window.ts";

export interface EvaluationBecause {
  readonly kind: "alarm-evaluation";
  readonly alarmName: string;
  /** Moment of the evaluation, epoch milliseconds; the next one after now. */
  readonly at: number;
  readonly next: number;
  readonly cadenceSeconds: number;
  readonly periodSeconds: number;
  readonly m: number;
  readonly n: number;
  readonly range: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly treatMissing: string;
  readonly statistic: string;
  readonly unit: string;
  /** Oldest first. */
  readonly slots: readonly SlotBecause[];
  readonly datapoints: number;
  readonly breaching: number;
  readonly filled: number;
  readonly rule: string;
  readonly stateBefore: StateValue;
  readonly verdict: StateValue;
  readonly kept: boolean;
  readonly sentence: string;
  /** What StateReason says, or would say if the state changed now. */
  readonly reason: string;
  readonly tier: number;
  readonly exactness: "exact" | "sketch";
}

export interface NotEvaluated {
  readonly kind: "not-evaluated";
  readonly alarmName: string;
  readonly sentence: string;
}

export function alarmEvaluation(
  ctx: Context,
  question: { readonly alarmName: string; readonly at?: number },
): MaybePromise<EvaluationBecause | NotEvaluated> {
  const alarm = ctx.docs<AlarmDoc>("alarm").get(question.alarmName);
  if (alarm === undefined) throw noSuchAlarm();
  const at = lastTick(Math.min(question.at ?? ctx.now, ctx.now), cadenceOf(alarm));
  const before = stateBefore(ctx, alarm, at);
  const evaluation = evaluateAt(ctx, alarm, at, before, true);
  if (evaluation === undefined) {
    const sentence = "Alarms on metric math, anomaly bands and PromQL are kept, but not evaluated in this playground yet.";
    return { kind: "not-evaluated", alarmName: alarm.AlarmName, sentence };
  }
  return chain(evaluation, (done) => becauseOf(ctx, alarm.AlarmName, alarm, at, before, done));
}

export function becauseOf(
  ctx: Pick<Context, "now">,
  alarmName: string,
  alarm: AlarmFields,
  at: number,
  before: StateValue,
  done: Evaluation,
): EvaluationBecause {
  const { metric, rule, slots, verdict } = done;
  const cadenceMs = cadenceOf(alarm);
  return {
    kind: "alarm-evaluation",
    alarmName,
    at,
    next: nextTick(ctx.now, cadenceMs),
    cadenceSeconds: cadenceMs / 1000,
    periodSeconds: metric.periodSeconds,
    m: rule.m,
    n: rule.n,
    range: slots.length,
    comparison: rule.comparison,
    threshold: rule.threshold,
    treatMissing: rule.treatMissing,
    statistic: metric.stat,
    unit: done.unit,
    slots: done.because ?? [],
    datapoints: verdict.used.length,
    breaching: verdict.breaching,
    filled: verdict.filled,
    rule: verdict.rule,
    stateBefore: before,
    verdict: verdict.state,
    kept: verdict.kept,
    sentence: verdictSentence(rule, verdict, before),
    reason: reasonOf(alarm, done),
    tier: done.tier,
    exactness: done.exactness,
  };
}
