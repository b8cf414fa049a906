/** Look `whatIf`: the states an alarm with these fields would have had. The same evaluation, nothing written. */
import type { Context } from "../contract.ts";
import { type StateValue, watchedMetric } from "./alarm.ts";
import { checkAlarm } from "./alarm-rules.ts";
import { type AlarmFields, type Evaluation, evaluateAt, reasonOf } from "./evaluation.ts";
import { invalid, notBuilt } from "./failures.ts";
import type { StateSpan, TransitionMark } from "./look-timeline.ts";
import { cadenceOf, lastTick } from "./window.ts";

const MOST_EVALUATIONS = 50_000;

export interface WhatIfAnswer {
  readonly spans: readonly StateSpan[];
  readonly transitions: readonly TransitionMark[];
  readonly evaluations: number;
}

export async function whatIf(
  ctx: Context,
  question: { readonly alarm: AlarmFields; readonly start: number; readonly end: number; readonly startState?: StateValue },
): Promise<WhatIfAnswer> {
  const { alarm, start } = question;
  checkAlarm({ ...alarm, AlarmName: "what-if" }, ctx);
  if (watchedMetric(alarm) === undefined) throw notBuilt("Trying out an alarm on metric math, an anomaly band or PromQL");
  const cadenceMs = cadenceOf(alarm);
  const end = Math.min(question.end, ctx.now);
  const first = lastTick(start - 1, cadenceMs) + cadenceMs;
  const evaluations = Math.max(0, Math.floor((end - first) / cadenceMs) + 1);
  if (evaluations > MOST_EVALUATIONS)
    throw invalid(`That would be ${evaluations} evaluations; at most ${MOST_EVALUATIONS} are tried at once.`);
  let state: StateValue = question.startState ?? "INSUFFICIENT_DATA";
  let since = start;
  const spans: StateSpan[] = [];
  const transitions: TransitionMark[] = [];
  for (let tick = first; tick <= end; tick += cadenceMs) {
    const pending = evaluateAt(ctx, alarm, tick, state) as Evaluation | Promise<Evaluation>; // it watches a metric, see above
    const done = pending instanceof Promise ? await pending : pending;
    const next = done.verdict.state;
    if (next === state) continue;
    if (tick > since) spans.push({ state, start: since, end: tick });
    transitions.push({ at: tick, from: state, to: next, reason: reasonOf(alarm, done) });
    state = next;
    since = tick;
  }
  if (end > since) spans.push({ state, start: since, end });
  return { spans, transitions, evaluations };
}
