/** Rules (facts eventbridge §6): a pattern, a schedule or both, on a bus. */

import { parseEventPattern } from "../../language/event-pattern/parse.ts";
import { parseSchedule } from "../../language/schedule/parse.ts";
import type { Operations } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import {
  DEFAULT_BUS,
  existingBus,
  existingRule,
  invalid,
  keepRule,
  overLimit,
  type RuleDoc,
  ruleArn,
  ruleId,
  rules,
  rulesOf,
} from "./documents.ts";
import { pageOf } from "./pages.ts";
import { planSchedule } from "./schedules.ts";
import { dropTags, setTags } from "./tags.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Quotas: rules of a bus, characters of a pattern. */
const MOST_RULES = 300;
const LONGEST_PATTERN = 2048;

/** Putting a name again replaces the rule and keeps its targets. */
export function putRule(ctx: Context, input: In<"PutRule">): Out<"PutRule"> {
  const { Name, EventPattern, ScheduleExpression, Description, RoleArn, State = "ENABLED" } = input;
  const bus = existingBus(ctx, input.EventBusName);
  const before = rules(ctx).get(ruleId(bus, Name));
  if (EventPattern === undefined && ScheduleExpression === undefined)
    throw invalid("Parameter(s) EventPattern or ScheduleExpression must be specified.");
  if (ScheduleExpression !== undefined) {
    if (bus !== DEFAULT_BUS) throw invalid("ScheduleExpression is supported only on the default event bus.");
    parseSchedule(ScheduleExpression);
  }
  if (EventPattern !== undefined) {
    parseEventPattern(EventPattern);
    if (EventPattern.length > LONGEST_PATTERN)
      throw overLimit(`A pattern has at most ${LONGEST_PATTERN} characters, this one ${EventPattern.length}.`);
  }
  if (before === undefined && rulesOf(ctx, bus).length >= MOST_RULES) throw overLimit(`A bus has at most ${MOST_RULES} rules.`);
  const rule: RuleDoc = {
    bus,
    name: Name,
    state: State,
    ...(EventPattern === undefined ? {} : { pattern: EventPattern }),
    ...(ScheduleExpression === undefined ? {} : { schedule: ScheduleExpression }),
    ...(Description === undefined ? {} : { description: Description }),
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    since: before !== undefined && before.schedule === ScheduleExpression ? before.since : ctx.now,
    targets: before?.targets ?? [],
  };
  const arn = ruleArn(ctx, bus, Name);
  // Tags of an existing rule are left alone (API reference, PutRule).
  if (before === undefined) setTags(ctx, arn, input.Tags ?? []);
  keepRule(ctx, bus, Name, rule);
  planSchedule(ctx, rule);
  return { RuleArn: arn };
}

/** Deleting a rule that is not there succeeds. */
export function deleteRule(ctx: Context, input: In<"DeleteRule">): Out<"DeleteRule"> {
  const bus = existingBus(ctx, input.EventBusName);
  const rule = rules(ctx).get(ruleId(bus, input.Name));
  if (rule === undefined) return {};
  if (rule.targets.length > 0) throw invalid("Rule can't be deleted since it has targets.", "Remove its targets first (RemoveTargets).");
  planSchedule(ctx, { ...rule, state: "DISABLED" });
  keepRule(ctx, bus, rule.name, undefined);
  dropTags(ctx, ruleArn(ctx, bus, rule.name));
  return {};
}

const answerOf = (ctx: Context, rule: RuleDoc) => ({
  Name: rule.name,
  Arn: ruleArn(ctx, rule.bus, rule.name),
  ...(rule.pattern === undefined ? {} : { EventPattern: rule.pattern }),
  State: rule.state,
  ...(rule.description === undefined ? {} : { Description: rule.description }),
  ...(rule.schedule === undefined ? {} : { ScheduleExpression: rule.schedule }),
  ...(rule.roleArn === undefined ? {} : { RoleArn: rule.roleArn }),
  EventBusName: rule.bus,
});

export function describeRule(ctx: Context, input: In<"DescribeRule">): Out<"DescribeRule"> {
  const rule = existingRule(ctx, input.Name, existingBus(ctx, input.EventBusName));
  return { ...answerOf(ctx, rule), CreatedBy: ctx.account };
}

export function listRules(ctx: Context, input: In<"ListRules">): Out<"ListRules"> {
  const prefix = input.NamePrefix ?? "";
  const all = rulesOf(ctx, existingBus(ctx, input.EventBusName)).filter(({ name }) => name.startsWith(prefix));
  const { items, NextToken } = pageOf(all, ({ name }) => name, input);
  return { Rules: items.map((rule) => answerOf(ctx, rule)), ...(NextToken === undefined ? {} : { NextToken }) };
}

export function enableRule(ctx: Context, input: In<"EnableRule">): Out<"EnableRule"> {
  return setState(ctx, input, "ENABLED");
}

export function disableRule(ctx: Context, input: In<"DisableRule">): Out<"DisableRule"> {
  return setState(ctx, input, "DISABLED");
}

function setState(ctx: Context, input: In<"EnableRule">, state: RuleDoc["state"]): Record<string, never> {
  const rule = { ...existingRule(ctx, input.Name, existingBus(ctx, input.EventBusName)), state };
  keepRule(ctx, rule.bus, rule.name, rule);
  planSchedule(ctx, rule);
  return {};
}

export function listRuleNamesByTarget(ctx: Context, input: In<"ListRuleNamesByTarget">): Out<"ListRuleNamesByTarget"> {
  const all = rulesOf(ctx, existingBus(ctx, input.EventBusName)).filter(({ targets }) =>
    targets.some(({ Arn }) => Arn === input.TargetArn),
  );
  const { items, NextToken } = pageOf(all, ({ name }) => name, input);
  return { RuleNames: items.map(({ name }) => name), ...(NextToken === undefined ? {} : { NextToken }) };
}
