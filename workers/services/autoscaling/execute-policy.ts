/** ExecutePolicy, of people and of alarms: which adjustment, and whether the group may take it now. */
import type { Operations, StepAdjustment } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { isWarming } from "./cooldown.ts";
import { type GroupDoc, membersOf, type PolicyDoc, stamp } from "./documents.ts";
import { inProgress, invalid } from "./failures.ts";
import { groupOf, putDesired, refuseWhileCooling } from "./groups.ts";
import { type AlarmOf, alarmsOf, findPolicy, noPolicy } from "./policies.ts";

type Input = Operations["ExecutePolicy"]["input"];

/** CloudWatch executes policies as itself: it knows an alarm's value and threshold, not the kind of policy. */
const ofAlarm = (ctx: Context): boolean => ctx.identity.type === "AWSService";

export function executePolicy(ctx: Context, input: Input): Operations["ExecutePolicy"]["output"] {
  const policy = findPolicy(ctx, input.PolicyName, input.AutoScalingGroupName);
  if (policy === undefined) throw noPolicy(input.PolicyName);
  if (!policy.enabled) throw invalid(`The scaling policy ${policy.name} is disabled`, "Put it again with Enabled.");
  const group = groupOf(ctx, policy.group);
  if (policy.type === "SimpleScaling") executeSimple(ctx, policy, group, input);
  else executeStep(ctx, policy, group, input);
  return {};
}

function executeSimple(ctx: Context, policy: PolicyDoc, group: GroupDoc, input: Input): void {
  if (!ofAlarm(ctx) && (input.MetricValue !== undefined || input.BreachThreshold !== undefined)) {
    throw invalid("MetricValue and BreachThreshold are not supported by policy type SimpleScaling");
  }
  if (ofAlarm(ctx) || input.HonorCooldown === true) refuseWhileCooling(ctx, group);
  const desired = adjusted(policy, policy.change ?? 0, group.desired, group);
  if (desired === group.desired) return;
  const seconds = policy.cooldownSeconds ?? group.cooldownSeconds;
  putDesired(ctx, { ...group, cooling: { seconds } }, desired, changeOf(ctx, policy, group, desired));
}

/**
 * Instances that warm up do not count as capacity yet: while they do, a step adds only what a larger step asks for beyond
 * them, and nothing is taken away.
 */
function executeStep(ctx: Context, policy: PolicyDoc, group: GroupDoc, input: Input): void {
  if (!ofAlarm(ctx) && input.HonorCooldown !== undefined) throw invalid("HonorCooldown is not supported by policy type StepScaling");
  const { MetricValue: value, BreachThreshold: threshold } = input;
  if (value === undefined || threshold === undefined) {
    throw invalid(
      "MetricValue and BreachThreshold are required for policy type StepScaling",
      "An alarm set by hand carries them in its state reason data.",
    );
  }
  const step = stepFor(policy.steps ?? [], value - threshold);
  if (step === undefined) throw invalid(`No step adjustment found for metric value ${value} and breach threshold ${threshold}`);
  const warming = isWarming(group, membersOf(ctx, group.name), ctx.now);
  const base = warming ? (group.stepping?.base ?? group.desired) : group.desired;
  const wanted = adjusted(policy, step.ScalingAdjustment, base, group);
  if (warming && wanted < base) throw inProgress(`Instances of the group ${group.name} are warming up; it does not scale in meanwhile`);
  const desired = warming ? Math.max(group.desired, wanted) : wanted;
  if (desired === group.desired) return;
  const warmupSeconds = policy.warmupSeconds ?? group.warmupSeconds ?? group.cooldownSeconds;
  const since = warming ? (group.stepping?.since ?? ctx.now) : ctx.now;
  const { stepping: _, ...rest } = group;
  const next: GroupDoc = desired > group.desired ? { ...rest, stepping: { base, since, warmupSeconds } } : rest;
  putDesired(ctx, next, desired, changeOf(ctx, policy, group, desired));
}

/** The step whose interval holds the breach: above the threshold lower bounds belong to it, below it upper bounds do. */
export function stepFor(steps: readonly StepAdjustment[], breach: number): StepAdjustment | undefined {
  return steps.find(
    ({ MetricIntervalLowerBound: low = Number.NEGATIVE_INFINITY, MetricIntervalUpperBound: high = Number.POSITIVE_INFINITY }) => {
      const fromBelow = low <= breach && breach < high;
      const fromAbove = low < breach && breach <= high;
      return breach > 0 ? fromBelow : breach < 0 ? fromAbove : fromBelow || fromAbove;
    },
  );
}

/** The capacity after an adjustment, within the group's bounds. Parts of an instance: beyond one they are cut off, within it they count as one. */
export function adjusted(
  { adjustment, least = 0 }: Pick<PolicyDoc, "adjustment" | "least">,
  by: number,
  base: number,
  { min, max }: Pick<GroupDoc, "min" | "max">,
): number {
  const within = (n: number): number => Math.min(Math.max(n, min), max);
  if (adjustment === "ExactCapacity") return within(by);
  if (adjustment === "ChangeInCapacity") return within(base + by);
  const part = (base * by) / 100;
  const size = part === 0 ? 0 : Math.max(1, Math.floor(Math.abs(part)), least);
  return within(base + Math.sign(part) * size);
}

function changeOf(ctx: Context, { name, arn }: PolicyDoc, group: GroupDoc, desired: number): string {
  const alarm = ofAlarm(ctx) ? actingAlarm(ctx, arn) : undefined;
  const who =
    alarm === undefined
      ? `a user request executed policy ${name}`
      : `a monitor alarm ${alarm.AlarmName} in state ${alarm.StateValue} triggered policy ${name}`;
  return `At ${stamp(ctx.now)} ${who} changing the desired capacity from ${group.desired} to ${desired}.`;
}

/** The alarm whose state calls for the policy now; of several the one that changed last. */
function actingAlarm(ctx: Context, arn: string): AlarmOf | undefined {
  const acting = alarmsOf(ctx, arn).filter(({ StateValue, OKActions, AlarmActions, InsufficientDataActions }) =>
    ({ OK: OKActions, ALARM: AlarmActions, INSUFFICIENT_DATA: InsufficientDataActions })[StateValue].includes(arn),
  );
  return acting.sort((a, b) => b.StateUpdatedTimestamp - a.StateUpdatedTimestamp)[0];
}
