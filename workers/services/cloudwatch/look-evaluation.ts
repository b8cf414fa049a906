/** Look `alarmEvaluation`: why an alarm is in its state, with every period it looked at. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import type { AlarmDoc, StateValue } from "./alarm.ts";
import type { Slot, SlotBecause } from "./evaluate.ts";
import { judged, type Reading, readingAt, reasonOf } from "./evaluation.ts";
import { noSuchAlarm } from "./failures.ts";
import { type StandingReason, standingAt } from "./look-timeline.ts";
import { verdictSentence } from "./reason.ts";
import { type Ledger, openLedger } from "./sightings.ts";
import { clockTime } from "./time-text.ts";
import { cadenceOf, lastTick, nextTick } from "./window.ts";

/** A period as the evaluation saw it; `now` where data came later. */
export interface SeenSlot extends SlotBecause {
  readonly now?: { readonly value: number | null; readonly samples: number };
}

/**
 * What the periods show: what the evaluation saw, or (and why) the data as they are now. There was no such evaluation before
 * the alarm was created, another one before it was changed, and of old ones nothing is kept.
 */
export type Basis =
  | { readonly kind: "as-seen" }
  | { readonly kind: "as-now"; readonly why: "before-creation" | "before-change" | "not-kept"; readonly sentence: string };

export interface EvaluationBecause {
  readonly kind: "alarm-evaluation";
  readonly alarmName: string;
  /** Moment of the evaluation, epoch milliseconds; the next one after now. */
  readonly at: number;
  readonly next: number;
  /** The newest evaluation before and the first one after this, by which the state had changed. */
  readonly changes: { readonly before?: number; readonly after?: number };
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
  readonly slots: readonly SeenSlot[];
  readonly basis: Basis;
  /** What the data as they are now would have led to, where they are others. */
  readonly verdictNow?: StateValue;
  readonly datapoints: number;
  readonly breaching: number;
  readonly filled: number;
  readonly rule: string;
  readonly stateBefore: StateValue;
  readonly verdict: StateValue;
  readonly kept: boolean;
  readonly sentence: string;
  /** This evaluation in AWS's words: what StateReason says when the state changes here. */
  readonly reason: string;
  /** The alarm's StateReason after this evaluation, which dates from its last change of state. */
  readonly stateReason: StandingReason;
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
  const reading = readingAt(ctx, alarm, at);
  if (reading === undefined) {
    const sentence = "Alarms on metric math, anomaly bands and PromQL are kept, but not evaluated in this playground yet.";
    return { kind: "not-evaluated", alarmName: alarm.AlarmName, sentence };
  }
  return chain(reading, (now) => becauseOf(ctx, alarm, at, now));
}

function becauseOf(ctx: Context, alarm: AlarmDoc, at: number, now: Reading): EvaluationBecause {
  const { before, reason, changes } = standingAt(ctx, alarm, at);
  const ledger = openLedger(ctx, alarm.AlarmName, now.slots[0]?.start ?? at, at);
  const isSeen = ledger !== undefined && at > ledger.from;
  const reading = isSeen ? { ...now, slots: now.slots.map(({ start }) => ledger.seen(start, at)) } : now;
  const evaluation = judged(reading, before, true);
  const { metric, rule, verdict } = evaluation;
  const slots = (evaluation.because ?? []).map((slot, i) => withLater(slot, now.slots[i] as Slot));
  const isOther = slots.some((slot) => slot.now !== undefined);
  const cadenceMs = cadenceOf(alarm);
  return {
    kind: "alarm-evaluation",
    alarmName: alarm.AlarmName,
    at,
    next: nextTick(ctx.now, cadenceMs),
    changes: changesAround(changes, at, ctx.now, cadenceMs),
    cadenceSeconds: cadenceMs / 1000,
    periodSeconds: metric.periodSeconds,
    m: rule.m,
    n: rule.n,
    range: slots.length,
    comparison: rule.comparison,
    threshold: rule.threshold,
    treatMissing: rule.treatMissing,
    statistic: metric.stat,
    unit: now.unit,
    slots,
    basis: isSeen ? { kind: "as-seen" } : whyAsNow(ledger, at),
    ...(isOther ? { verdictNow: judged(now, before).verdict.state } : {}),
    datapoints: verdict.used.length,
    breaching: verdict.breaching,
    filled: verdict.filled,
    rule: verdict.rule,
    stateBefore: before,
    verdict: verdict.state,
    kept: verdict.kept,
    sentence: verdictSentence(rule, verdict, before),
    reason: reasonOf(alarm, evaluation),
    stateReason: reason,
    tier: now.tier,
    exactness: now.exactness,
  };
}

/** Data are only ever added: more samples are there now, or the statistic has (or lost) a value. Rolling up alone is no change. */
function withLater(slot: SlotBecause, later: Slot): SeenSlot {
  const value = later.value ?? null;
  const isOther = later.samples !== slot.samples || (value === null) !== (slot.value === null);
  return isOther ? { ...slot, now: { value, samples: later.samples } } : slot;
}

function whyAsNow(ledger: Ledger | undefined, at: number): Basis {
  const kind = "as-now";
  if (ledger === undefined || at > ledger.since) {
    const sentence = "What an evaluation saw is kept for a day: this one is seen again with the data as they are now.";
    return { kind, why: "not-kept", sentence };
  }
  const since = clockTime(ledger.since);
  if (ledger.begun === "created") {
    const sentence = `The alarm was created at ${since} and not evaluated before: shown is what it would have found, with the data as they are now.`;
    return { kind, why: "before-creation", sentence };
  }
  const sentence = `The alarm was changed at ${since}: shown is what it would have found before as it is now, with the data as they are now.`;
  return { kind, why: "before-change", sentence };
}

/** A change by hand between two evaluations counts for the later one; one that no evaluation followed yet, for none. */
function changesAround(moments: readonly number[], at: number, now: number, cadenceMs: number): EvaluationBecause["changes"] {
  const ticks = moments.map((moment) => nextTick(moment - 1, cadenceMs));
  const before = ticks.findLast((tick) => tick < at);
  const after = ticks.find((tick) => tick > at && tick <= now);
  return { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
}
