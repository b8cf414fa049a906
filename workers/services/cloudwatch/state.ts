/** A change of an alarm's state: document, history, event, actions, in this order. */
import type { Context } from "../contract.ts";
import { runActions } from "./actions.ts";
import type { AlarmDoc, StateValue } from "./alarm.ts";
import { emitStateChange } from "./alarm-events.ts";
import { addHistory } from "./history.ts";

export interface NewState {
  readonly value: StateValue;
  readonly reason: string;
  readonly reasonData: string | undefined;
}

export function changeState(ctx: Context, previous: AlarmDoc, state: NewState): AlarmDoc {
  const moved = previous.StateValue !== state.value;
  const { StateReasonData: _, ...kept } = previous;
  const alarm: AlarmDoc = {
    ...kept,
    StateValue: state.value,
    StateReason: state.reason,
    ...(state.reasonData === undefined ? {} : { StateReasonData: state.reasonData }),
    StateUpdatedTimestamp: ctx.now,
    StateTransitionedTimestamp: moved ? ctx.now : previous.StateTransitionedTimestamp,
  };
  ctx.docs<AlarmDoc>("alarm").put(alarm.AlarmName, alarm);
  if (!moved) return alarm;
  const data = { version: "1.0", oldState: historyState(previous), newState: historyState(alarm) };
  addHistory(ctx, alarm.AlarmName, "StateUpdate", `Alarm updated from ${previous.StateValue} to ${alarm.StateValue}`, JSON.stringify(data));
  emitStateChange(ctx, previous, alarm);
  runActions(ctx, previous, alarm);
  return alarm;
}

function historyState(alarm: AlarmDoc): object {
  return {
    stateValue: alarm.StateValue,
    stateReason: alarm.StateReason,
    ...(alarm.StateReasonData === undefined ? {} : { stateReasonData: parsed(alarm.StateReasonData) }),
  };
}

/** Reason data are JSON (SetAlarmState refuses others), and stand in history as such. */
const parsed = (text: string): unknown => JSON.parse(text);
