/** The requests that make a rule what it is. */
import type { UiRequest } from "../../../workers/api.ts";
import type { Rule, Target } from "./answers.ts";
import { eventsRequest } from "./event-reads.ts";

export type RuleInput = Readonly<Record<string, unknown>>;

/** PutRule of a rule as it is described. */
export function inputOfRule(rule: Rule): RuleInput {
  const { Name, EventBusName, EventPattern, ScheduleExpression, State, Description, RoleArn } = rule;
  return said({ Name, EventBusName, EventPattern, ScheduleExpression, State, Description, RoleArn });
}

/** Without members that say nothing. */
export const said = (input: Readonly<Record<string, unknown>>): RuleInput =>
  Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined && value !== ""));

export const putTargets = (rule: string, bus: string, targets: readonly Target[]): UiRequest =>
  eventsRequest("PutTargets", { Rule: rule, EventBusName: bus, Targets: targets });

export const removeTargets = (rule: string, bus: string, ids: readonly string[]): UiRequest =>
  eventsRequest("RemoveTargets", { Rule: rule, EventBusName: bus, Ids: ids });

/** What is sent to put a rule with its targets: those that are gone are removed before the others are put. */
export function ruleRequests(input: RuleInput, targets: readonly Target[], before: readonly Target[]): readonly UiRequest[] {
  const [name, bus] = [String(input["Name"] ?? ""), String(input["EventBusName"] ?? "default")];
  const gone = before.filter(({ Id }) => !targets.some((target) => target.Id === Id)).map(({ Id }) => Id);
  const changed = targets.filter((target) => !before.some((old) => JSON.stringify(old) === JSON.stringify(target)));
  return [
    eventsRequest("PutRule", input),
    ...(gone.length === 0 ? [] : [removeTargets(name, bus, gone)]),
    ...(changed.length === 0 ? [] : [putTargets(name, bus, changed)]),
  ];
}
