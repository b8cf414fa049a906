/** The agenda's item `repeat-action`: an Auto Scaling action runs again while its alarm keeps the state. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { actionsOf } from "./action-record.ts";
import type { AlarmDoc } from "./alarm.ts";
import { readingAt } from "./evaluation.ts";
import { decidingValue, executePolicy, type Repeat } from "./resource-actions.ts";

export function repeatAction(ctx: Context, item: { readonly at: number; readonly payload: object }): MaybePromise<void> {
  const { alarm: name, arn, since, outcome } = item.payload as Repeat;
  const alarm = ctx.docs<AlarmDoc>("alarm").get(name);
  if (alarm === undefined || alarm.StateTransitionedTimestamp !== since) return;
  if (!alarm.ActionsEnabled || !actionsOf(alarm).includes(arn)) return;
  return chain(readingAt(ctx, alarm, item.at), (reading) => {
    const newest = reading?.slots.findLast(({ value }) => value !== undefined)?.value;
    executePolicy(ctx, alarm, arn, newest ?? decidingValue(alarm), outcome);
  });
}
