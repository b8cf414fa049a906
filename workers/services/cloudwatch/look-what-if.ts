/**
 * Look `whatIf`: the states an alarm with these fields would have had. The same evaluation, nothing written. Of a saved
 * alarm it goes by what that alarm saw, as far back as that is kept; without fields of its own it is the saved alarm
 * itself: before it was as it is now as it would have been, from then on as its history has it.
 */
import type { PutMetricAlarmInput } from "../../model/generated/cloudwatch.ts";
import type { Context } from "../contract.ts";
import { type AlarmDoc, type StateValue, type WatchedMetric, watchedMetric } from "./alarm.ts";
import { checkAlarm } from "./alarm-rules.ts";
import { type AlarmFields, isWallClock, judged, type Reading, readingAt, reasonOf } from "./evaluation.ts";
import { invalid, noSuchAlarm, notBuilt } from "./failures.ts";
import { alarmTimeline, type StateSpan, type TransitionMark } from "./look-timeline.ts";
import { type Ledger, openLedger } from "./sightings.ts";
import { cadenceOf, lastTick, windowAt } from "./window.ts";

const MOST_EVALUATIONS = 50_000;

export interface WhatIfQuestion {
  /** The saved alarm that is tried otherwise. */
  readonly alarmName?: string;
  /** Absent: the saved alarm as it is. */
  readonly alarm?: AlarmFields;
  readonly start: number;
  readonly end: number;
  readonly startState?: StateValue;
}

export interface WhatIfAnswer {
  readonly spans: readonly StateSpan[];
  readonly transitions: readonly TransitionMark[];
  /** Evaluations tried; those that history tells of are not. */
  readonly evaluations: number;
  /** From this moment on the alarm's own evaluations count: their history, or what they saw. Absent: all is tried with the data as they are now. */
  readonly asSeenFrom?: number;
}

export async function whatIf(ctx: Context, question: WhatIfQuestion): Promise<WhatIfAnswer> {
  const saved = question.alarmName === undefined ? undefined : ctx.docs<AlarmDoc>("alarm").get(question.alarmName);
  if (question.alarmName !== undefined && saved === undefined) throw noSuchAlarm();
  const alarm = question.alarm ?? saved;
  if (alarm === undefined) throw invalid("Say which alarm: alarmName, alarm or both.");
  if (question.alarm !== undefined) checkAlarm({ ...question.alarm, AlarmName: "what-if" }, ctx);
  if (watchedMetric(alarm) === undefined) throw notBuilt("Trying out an alarm on metric math, an anomaly band or PromQL");
  const end = Math.min(question.end, ctx.now);
  if (saved === undefined) return tried(ctx, alarm, question, end, undefined);
  const ledger = openLedger(ctx, saved.AlarmName, windowStart(alarm, question.start), end);
  if (ledger === undefined) return tried(ctx, alarm, question, end, undefined);
  if (question.alarm === undefined) return asItHappened(ctx, saved, question, end, ledger.since);
  return tried(ctx, alarm, question, end, watchesTheSame(alarm, saved) ? ledger : undefined);
}

const windowStart = (alarm: AlarmFields, moment: number): number =>
  windowAt(moment, (watchedMetric(alarm) as WatchedMetric).periodSeconds, alarm.EvaluationPeriods ?? 1, isWallClock(alarm)).start;

/** Whether two alarms read the same periods of the same metric alike: then what one saw, the other would have seen. */
function watchesTheSame(a: AlarmFields, b: PutMetricAlarmInput): boolean {
  const read = (alarm: AlarmFields): string => JSON.stringify([watchedMetric(alarm), isWallClock(alarm)]);
  return read(a) === read(b);
}

async function asItHappened(ctx: Context, saved: AlarmDoc, question: WhatIfQuestion, end: number, since: number): Promise<WhatIfAnswer> {
  if (since >= end) return tried(ctx, saved, question, end, undefined);
  const { start } = question;
  const from = Math.max(since, start);
  const history = alarmTimeline(ctx, { alarmName: saved.AlarmName, start: from, end });
  if (from === start) return { spans: history.spans, transitions: history.transitions, evaluations: 0, asSeenFrom: from };
  const before = await tried(ctx, saved, question, from, undefined);
  return {
    spans: joined(before.spans, history.spans),
    transitions: [...before.transitions, ...history.transitions],
    evaluations: before.evaluations,
    asSeenFrom: from,
  };
}

/** Two stretches of states, one after the other; a state that goes on across the seam is one span. */
function joined(before: readonly StateSpan[], after: readonly StateSpan[]): readonly StateSpan[] {
  const [last, first] = [before.at(-1), after[0]];
  if (last === undefined || first === undefined || last.state !== first.state) return [...before, ...after];
  return [...before.slice(0, -1), { ...first, start: last.start }, ...after.slice(1)];
}

async function tried(
  ctx: Context,
  alarm: AlarmFields,
  { start, startState }: WhatIfQuestion,
  end: number,
  ledger: Ledger | undefined,
): Promise<WhatIfAnswer> {
  const cadenceMs = cadenceOf(alarm);
  const first = lastTick(start - 1, cadenceMs) + cadenceMs;
  const evaluations = Math.max(0, Math.floor((end - first) / cadenceMs) + 1);
  if (evaluations > MOST_EVALUATIONS)
    throw invalid(`That would be ${evaluations} evaluations; at most ${MOST_EVALUATIONS} are tried at once.`);
  let state: StateValue = startState ?? "INSUFFICIENT_DATA";
  let since = start;
  const spans: StateSpan[] = [];
  const transitions: TransitionMark[] = [];
  for (let tick = first; tick <= end; tick += cadenceMs) {
    const pending = readingAt(ctx, alarm, tick) as Reading | Promise<Reading>; // it watches a metric, see above
    const now = pending instanceof Promise ? await pending : pending;
    const isSeen = ledger !== undefined && tick > ledger.from;
    const done = judged(isSeen ? { ...now, slots: now.slots.map((slot) => ledger.seen(slot.start, tick)) } : now, state);
    const next = done.verdict.state;
    if (next === state) continue;
    if (tick > since) spans.push({ state, start: since, end: tick });
    transitions.push({ at: tick, from: state, to: next, reason: reasonOf(alarm, done) });
    state = next;
    since = tick;
  }
  if (end > since) spans.push({ state, start: since, end });
  return { spans, transitions, evaluations, ...(ledger === undefined ? {} : { asSeenFrom: Math.max(ledger.from, start) }) };
}
