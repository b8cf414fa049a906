/** Look `alarmTimeline`: the states an alarm has been in, out of its history. */
import type { Context } from "../contract.ts";
import type { AlarmDoc, StateValue } from "./alarm.ts";
import { type HistoryItem, historyOf } from "./history.ts";

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
  const until = Math.min(end, ctx.now);
  const alarm = ctx.docs<AlarmDoc>("alarm").get(alarmName);
  const items = sinceCreation(historyOf(ctx, alarmName));
  const transitions = transitionsOf(items);
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
  const inside = <T extends { readonly at: number }>(marks: readonly T[]): readonly T[] =>
    marks.filter(({ at }) => at >= start && at <= end);
  const configurations = items
    .filter((item) => item.HistoryItemType === "ConfigurationUpdate")
    .map((item) => ({ at: item.Timestamp, summary: item.HistorySummary }));
  return { spans, transitions: inside(transitions), configurations: inside(configurations) };
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

/** The state an alarm was in just before a moment. */
export function stateBefore(ctx: Context, alarm: AlarmDoc, moment: number): StateValue {
  const next = transitionsOf(sinceCreation(historyOf(ctx, alarm.AlarmName))).find((mark) => mark.at >= moment);
  return next?.from ?? alarm.StateValue;
}
