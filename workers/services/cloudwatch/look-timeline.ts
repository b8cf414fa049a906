/** Looks `alarmTimeline` and `alarmOverview`: the states alarms have been in, out of their history. */
import type { Context } from "../contract.ts";
import { type AlarmDoc, type StateValue, watchedMetric } from "./alarm.ts";
import { type HistoryItem, historyOf } from "./history.ts";
import { INITIAL_REASON } from "./reason.ts";

export interface StateSpan {
  readonly state: StateValue;
  readonly start: number;
  readonly end: number;
}
export interface TransitionMark {
  readonly at: number;
  readonly from: StateValue;
  readonly to: StateValue;
  readonly reason: string;
}
export interface ConfigurationMark {
  readonly at: number;
  readonly summary: string;
}
export interface Timeline {
  readonly spans: readonly StateSpan[];
  readonly transitions: readonly TransitionMark[];
  readonly configurations: readonly ConfigurationMark[];
}

interface HistoryState {
  readonly stateValue: StateValue;
  readonly stateReason: string;
}

export function alarmTimeline(
  ctx: Context,
  question: { readonly alarmName: string; readonly start: number; readonly end: number },
): Timeline {
  const { alarmName, start, end } = question;
  const items = sinceCreation(historyOf(ctx, alarmName));
  const transitions = transitionsOf(items);
  const inside = <T extends { readonly at: number }>(marks: readonly T[]): readonly T[] =>
    marks.filter(({ at }) => at >= start && at <= end);
  const configurations = items
    .filter((item) => item.HistoryItemType === "ConfigurationUpdate")
    .map((item) => ({ at: item.Timestamp, summary: item.HistorySummary }));
  const alarm = ctx.docs<AlarmDoc>("alarm").get(alarmName);
  const spans = spansOf(items, transitions, alarm, start, Math.min(end, ctx.now));
  return { spans, transitions: inside(transitions), configurations: inside(configurations) };
}

function spansOf(
  items: readonly HistoryItem[],
  transitions: readonly TransitionMark[],
  alarm: AlarmDoc | undefined,
  start: number,
  until: number,
): readonly StateSpan[] {
  const born = items.find(isCreation)?.Timestamp ?? start;
  const died = items.findLast((item) => item.HistorySummary.endsWith('" deleted'))?.Timestamp ?? until;
  const spans: StateSpan[] = [];
  let from = born;
  let state: StateValue = transitions[0]?.from ?? alarm?.StateValue ?? "INSUFFICIENT_DATA";
  for (const mark of [...transitions, undefined]) {
    const to = mark?.at ?? Math.min(until, alarm === undefined ? died : until);
    const span = { state, start: Math.max(from, start), end: Math.min(to, until) };
    if (span.end > span.start) spans.push(span);
    from = to;
    state = mark?.to ?? state;
  }
  return spans;
}

export interface OverviewRow {
  readonly alarmName: string;
  /** False: kept, but never evaluated (alarms on metric math, bands and PromQL in this playground). */
  readonly isEvaluated: boolean;
  readonly spans: readonly StateSpan[];
}

/** Look `alarmOverview`: the states of every alarm over a range, in one pass over the history. */
export function alarmOverview(ctx: Context, question: { readonly start: number; readonly end: number }): readonly OverviewRow[] {
  const byAlarm = new Map<string, HistoryItem[]>();
  for (const item of historyOf(ctx, undefined)) {
    const items = byAlarm.get(item.AlarmName);
    if (items === undefined) byAlarm.set(item.AlarmName, [item]);
    else items.push(item);
  }
  const until = Math.min(question.end, ctx.now);
  return ctx
    .docs<AlarmDoc>("alarm")
    .values()
    .map((alarm) => {
      const items = sinceCreation(byAlarm.get(alarm.AlarmName) ?? []);
      const spans = spansOf(items, transitionsOf(items), alarm, question.start, until);
      return { alarmName: alarm.AlarmName, isEvaluated: watchedMetric(alarm) !== undefined, spans };
    });
}

const isCreation = (item: HistoryItem): boolean =>
  item.HistoryItemType === "ConfigurationUpdate" && item.HistorySummary.endsWith('" created');

/** Items from the newest creation on: an alarm of the same name that was deleted before is another alarm. */
function sinceCreation(items: readonly HistoryItem[]): readonly HistoryItem[] {
  const at = items.findLastIndex(isCreation);
  return at < 0 ? items : items.slice(at);
}

function transitionsOf(items: readonly HistoryItem[]): readonly TransitionMark[] {
  return items
    .filter((item) => item.HistoryItemType === "StateUpdate")
    .map((item) => {
      const { oldState, newState } = JSON.parse(item.HistoryData) as { oldState: HistoryState; newState: HistoryState };
      return { at: item.Timestamp, from: oldState.stateValue, to: newState.stateValue, reason: newState.stateReason };
    });
}

export interface StandingReason {
  readonly text: string;
  readonly since: number;
  /** What gave it: a change of state, the alarm's creation, or SetAlarmState without a change. */
  readonly by: "change" | "creation" | "hand";
}

export interface Standing {
  /** The state just before the moment. */
  readonly before: StateValue;
  /** The StateReason that stood at the moment, a change at the moment itself included. */
  readonly reason: StandingReason;
  /** Moments of all changes of state, ascending. */
  readonly changes: readonly number[];
}

/** How an alarm stood at a moment, out of its history. */
export function standingAt(ctx: Context, alarm: AlarmDoc, moment: number): Standing {
  const items = sinceCreation(historyOf(ctx, alarm.AlarmName));
  const transitions = transitionsOf(items);
  const changes = transitions.map((mark) => mark.at);
  const before = transitions.find((mark) => mark.at >= moment)?.from ?? alarm.StateValue;
  // The alarm's own reason may be younger than its last change: SetAlarmState can give another for the same state.
  const updated = alarm.StateUpdatedTimestamp;
  const last = transitions.findLast((mark) => mark.at <= moment);
  if (updated <= moment && updated !== last?.at) {
    const by = alarm.StateReason === INITIAL_REASON ? "creation" : "hand";
    return { before, changes, reason: { text: alarm.StateReason, since: updated, by } };
  }
  if (updated <= moment) return { before, changes, reason: { text: alarm.StateReason, since: updated, by: "change" } };
  if (last !== undefined) return { before, changes, reason: { text: last.reason, since: last.at, by: "change" } };
  return { before, changes, reason: { text: INITIAL_REASON, since: items.find(isCreation)?.Timestamp ?? moment, by: "creation" } };
}
