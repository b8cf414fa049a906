/** Which actions a state has, and how history tells of one that ran. */
import type { Context } from "../contract.ts";
import type { AlarmDoc } from "./alarm.ts";
import { addHistory } from "./history.ts";

/** Actions of the state the alarm is in. */
export function actionsOf(alarm: AlarmDoc): readonly string[] {
  switch (alarm.StateValue) {
    case "OK":
      return alarm.OKActions;
    case "ALARM":
      return alarm.AlarmActions;
    case "INSUFFICIENT_DATA":
      return alarm.InsufficientDataActions;
  }
}

/** @param error null: it went well. */
export function recordAction(ctx: Context, alarmName: string, arn: string, error: string | null): void {
  addAction(ctx, alarmName, `${error === null ? "Successfully executed" : "Failed to execute"} action ${arn}`, arn, error);
}

export function addAction(ctx: Context, alarmName: string, summary: string, arn: string, error: string | null): void {
  const data = { version: "1.0", actionState: error === null ? "Succeeded" : "Failed", notificationResource: arn, error };
  addHistory(ctx, alarmName, "Action", summary, JSON.stringify(data));
}
