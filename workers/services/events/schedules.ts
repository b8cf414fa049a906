/** Rules with a schedule (facts eventbridge §8): each sends an event of its own to its targets, at its moments. */

import { nextFire } from "../../language/schedule/next.ts";
import { parseSchedule } from "../../language/schedule/parse.ts";
import type { Context } from "../contract.ts";
import { type Forward, invoke } from "./deliver.ts";
import { type RuleDoc, ruleArn, ruleId, rules } from "./documents.ts";
import type { Envelope } from "./passed.ts";

/** The rule's next moment after now, epoch milliseconds; undefined for a rule that never fires (again). */
export function nextMoment(ctx: Context, rule: RuleDoc): number | undefined {
  if (rule.schedule === undefined || rule.state === "DISABLED") return undefined;
  return nextFire(parseSchedule(rule.schedule), ctx.now, rule.since);
}

/** Puts the rule's next moment on the agenda, or takes it off. */
export function planSchedule(ctx: Context, rule: RuleDoc): void {
  const key = ruleId(rule.bus, rule.name);
  const at = nextMoment(ctx, rule);
  if (at === undefined) ctx.unschedule("schedule", key);
  else ctx.schedule({ kind: "schedule", key, at });
}

/** The agenda's item `schedule`: key = rule. */
export function fire(ctx: Context, item: { readonly key: string; readonly at: number }, forward: Forward): void {
  const rule = rules(ctx).get(item.key);
  if (rule === undefined) return;
  const envelope: Envelope = {
    version: "0",
    id: ctx.uuid("event"),
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: ctx.account,
    time: `${new Date(item.at).toISOString().slice(0, 19)}Z`,
    region: ctx.region,
    resources: [ruleArn(ctx, rule.bus, rule.name)],
    detail: {},
  };
  invoke(ctx, rule, { envelope, hops: 0 }, forward);
  planSchedule(ctx, rule);
}
