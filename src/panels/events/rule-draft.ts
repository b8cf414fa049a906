/** A rule as its form holds it, and as PutRule and PutTargets take it. Nothing is judged here: the engine does that. */
import { compacted, laidOut } from "../../editors/json/json-layout.ts";
import type { Rule, RuleState, Target } from "./answers.ts";
import { type RuleInput, said } from "./rule-requests.ts";
import { kindOfArn, type TargetKind } from "./target-kinds.ts";

export type RuleKind = "pattern" | "schedule" | "both";

export interface TargetDraft {
  /** Stays while the form stands, whatever is changed of the target. */
  readonly key: number;
  readonly kind: TargetKind;
  readonly target: Target;
}

export interface RuleDraft {
  readonly name: string;
  readonly bus: string;
  readonly description: string;
  readonly kind: RuleKind;
  readonly pattern: string;
  readonly schedule: string;
  readonly state: RuleState;
  readonly roleArn?: string;
  readonly targets: readonly TargetDraft[];
}

export const blankRule = (bus: string, pattern: string): RuleDraft => ({
  name: "",
  bus,
  description: "",
  kind: "pattern",
  pattern,
  schedule: "rate(5 minutes)",
  state: "ENABLED",
  targets: [],
});

export function draftOfRule(rule: Rule, targets: readonly Target[], pattern: string): RuleDraft {
  const { EventPattern, ScheduleExpression, RoleArn } = rule;
  return {
    ...blankRule(rule.EventBusName, EventPattern === undefined ? pattern : (laidOut(EventPattern) ?? EventPattern)),
    name: rule.Name,
    description: rule.Description ?? "",
    kind: EventPattern === undefined ? "schedule" : ScheduleExpression === undefined ? "pattern" : "both",
    ...(ScheduleExpression === undefined ? {} : { schedule: ScheduleExpression }),
    state: rule.State,
    ...(RoleArn === undefined ? {} : { roleArn: RoleArn }),
    targets: targets.map((target, key) => ({ key, kind: kindOfArn(target.Arn), target })),
  };
}

/** PutRule. A pattern goes without its blanks, which AWS would count. */
export function inputOfDraft({ name, bus, description, kind, pattern, schedule, state, roleArn }: RuleDraft): RuleInput {
  return {
    Name: name,
    ...said({
      EventBusName: bus === "default" ? undefined : bus,
      EventPattern: kind === "schedule" ? undefined : (compacted(pattern) ?? pattern),
      ScheduleExpression: kind === "pattern" ? undefined : schedule,
      State: state === "ENABLED" ? undefined : state,
      Description: description,
      RoleArn: roleArn,
    }),
  };
}

export const targetsOfDraft = (draft: RuleDraft): readonly Target[] => draft.targets.map(({ target }) => target);

/** An Id that no target of the rule has yet. */
export function nextTarget(targets: readonly TargetDraft[]): TargetDraft {
  const ids = new Set(targets.map(({ target }) => target.Id));
  let n = targets.length + 1;
  while (ids.has(`target-${n}`)) n++;
  return { key: Math.max(-1, ...targets.map(({ key }) => key)) + 1, kind: "sqs", target: { Id: `target-${n}`, Arn: "" } };
}

/** `name = $.path`, one a line, as InputPathsMap; a line without a sign is a name without a path. */
export function pathsOfText(text: string): Readonly<Record<string, string>> {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return Object.fromEntries(
    lines.map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line.trim(), ""] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }),
  );
}

export const textOfPaths = (paths: Readonly<Record<string, string>> = {}): string =>
  Object.entries(paths)
    .map(([name, path]) => `${name} = ${path}`)
    .join("\n");

/** Without members that say nothing. */
export function targetOf(change: Readonly<Record<string, unknown>>): Target {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as unknown as Target;
}
