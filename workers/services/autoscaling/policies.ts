/** Scaling policies of the kinds SimpleScaling and StepScaling: put, describe, delete. */
import type { Operations, ScalingPolicy, StepAdjustment } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { arnOf, groups, type PolicyDoc, policies } from "./documents.ts";
import { invalid } from "./failures.ts";
import { groupOf } from "./groups.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const ADJUSTMENTS = ["ChangeInCapacity", "ExactCapacity", "PercentChangeInCapacity"] as const;
const ELSEWHERE = ["TargetTrackingScaling", "PredictiveScaling"];

const byPlace = ({ group, name }: PolicyDoc): string => `${group}|${name}`;
const inOrder = (ctx: Context): readonly PolicyDoc[] =>
  [...policies(ctx).values()].sort((a, b) => (byPlace(a) < byPlace(b) ? -1 : byPlace(a) > byPlace(b) ? 1 : 0));

/** The policy of a name in a group, or of an ARN. */
export function findPolicy(ctx: Context, nameOrArn: string, group: string | undefined): PolicyDoc | undefined {
  const found =
    policies(ctx).get(nameOrArn) ??
    policies(ctx)
      .values()
      .find((policy) => policy.name === nameOrArn && policy.group === group);
  return group === undefined || found?.group === group ? found : undefined;
}

/** A policy of the same name in the group is replaced and keeps its ARN. */
export function putScalingPolicy(ctx: Context, input: In<"PutScalingPolicy">): Out<"PutScalingPolicy"> {
  const group = groupOf(ctx, input.AutoScalingGroupName);
  const type = input.PolicyType ?? "SimpleScaling";
  if (ELSEWHERE.includes(type)) throw notBuilt(`The policy type ${type}`, "SimpleScaling and StepScaling are.");
  if (type !== "SimpleScaling" && type !== "StepScaling") {
    throw invalid(`Unsupported policy type: ${type}. Valid values are: SimpleScaling, StepScaling, ${ELSEWHERE.join(", ")}`);
  }
  const adjustment = ADJUSTMENTS.find((each) => each === input.AdjustmentType);
  if (adjustment === undefined) throw invalid(`Adjustment type must be one of ${ADJUSTMENTS.join(", ")}`);
  const least = input.MinAdjustmentMagnitude ?? input.MinAdjustmentStep;
  if (least !== undefined && adjustment !== "PercentChangeInCapacity") {
    throw invalid(`MinAdjustmentMagnitude is not supported by the specified adjustment type: ${adjustment}`);
  }
  const { PolicyName: name } = input;
  const before = findPolicy(ctx, name, group.name);
  const arn = before?.arn ?? arnOf(ctx, "scalingPolicy", ctx.uuid("policy"), `autoScalingGroupName/${group.name}:policyName/${name}`);
  policies(ctx).put(arn, {
    arn,
    name,
    group: group.name,
    type,
    adjustment,
    enabled: input.Enabled !== false,
    ...(least === undefined ? {} : { least }),
    ...(type === "SimpleScaling" ? simple(input) : stepped(input)),
  });
  return { PolicyARN: arn, Alarms: alarmsOf(ctx, arn).map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn })) };
}

function simple(input: In<"PutScalingPolicy">): Partial<PolicyDoc> {
  for (const name of ["StepAdjustments", "EstimatedInstanceWarmup", "MetricAggregationType"] as const) {
    if (input[name] !== undefined) throw invalid(`${name} is not supported by policy type SimpleScaling`);
  }
  if (input.ScalingAdjustment === undefined) throw invalid("ScalingAdjustment is required for policy type SimpleScaling");
  return { change: input.ScalingAdjustment, ...(input.Cooldown === undefined ? {} : { cooldownSeconds: input.Cooldown }) };
}

function stepped(input: In<"PutScalingPolicy">): Partial<PolicyDoc> {
  for (const name of ["ScalingAdjustment", "Cooldown"] as const) {
    if (input[name] !== undefined) throw invalid(`${name} is not supported by policy type StepScaling`);
  }
  const { StepAdjustments: steps = [], EstimatedInstanceWarmup: warmupSeconds, MetricAggregationType: aggregation = "Average" } = input;
  if (steps.length === 0) throw invalid("At least one StepAdjustment is required for policy type StepScaling");
  if (!["Minimum", "Maximum", "Average"].includes(aggregation))
    throw invalid("MetricAggregationType must be one of Minimum, Maximum, Average");
  refuseHoles(steps);
  return { steps, aggregation, ...(warmupSeconds === undefined ? {} : { warmupSeconds }) };
}

const low = ({ MetricIntervalLowerBound: bound }: StepAdjustment): number => bound ?? Number.NEGATIVE_INFINITY;
const high = ({ MetricIntervalUpperBound: bound }: StepAdjustment): number => bound ?? Number.POSITIVE_INFINITY;

/** Intervals lie side by side, neither over each other nor apart; each is more than a point. */
function refuseHoles(steps: readonly StepAdjustment[]): void {
  const sorted = [...steps].sort((a, b) => (low(a) < low(b) ? -1 : low(a) > low(b) ? 1 : 0));
  sorted.forEach((step, n) => {
    if (low(step) >= high(step)) throw invalid("MetricIntervalLowerBound must be less than MetricIntervalUpperBound in a StepAdjustment");
    const next = sorted[n + 1];
    if (next === undefined) return;
    if (high(step) > low(next)) throw invalid("StepAdjustment intervals can't overlap");
    if (high(step) < low(next)) throw invalid("There can't be a gap between StepAdjustment intervals");
  });
}

export function describePolicies(ctx: Context, input: In<"DescribePolicies">): Out<"DescribePolicies"> {
  const { AutoScalingGroupName: group, PolicyNames: names = [], PolicyTypes: types = [] } = input;
  if (group !== undefined && !groups(ctx).has(group)) throw invalid(`Group ${group} not found`);
  const found = inOrder(ctx).filter(
    (policy) =>
      (group === undefined || policy.group === group) &&
      (names.length === 0 || names.includes(policy.name) || names.includes(policy.arn)) &&
      (types.length === 0 || types.includes(policy.type)),
  );
  const { page, token } = pageOf(found, byPlace, input);
  return { ScalingPolicies: page.map((policy) => answerOf(ctx, policy)), ...token };
}

function answerOf(ctx: Context, policy: PolicyDoc): ScalingPolicy {
  const { least, change, cooldownSeconds, steps, warmupSeconds, aggregation } = policy;
  return {
    AutoScalingGroupName: policy.group,
    PolicyName: policy.name,
    PolicyARN: policy.arn,
    PolicyType: policy.type,
    AdjustmentType: policy.adjustment,
    ...(least === undefined ? {} : { MinAdjustmentMagnitude: least }),
    ...(change === undefined ? {} : { ScalingAdjustment: change }),
    ...(cooldownSeconds === undefined ? {} : { Cooldown: cooldownSeconds }),
    StepAdjustments: steps ?? [],
    ...(aggregation === undefined ? {} : { MetricAggregationType: aggregation }),
    ...(warmupSeconds === undefined ? {} : { EstimatedInstanceWarmup: warmupSeconds }),
    Alarms: alarmsOf(ctx, policy.arn).map(({ AlarmName, AlarmArn }) => ({ AlarmName, AlarmARN: AlarmArn })),
    Enabled: policy.enabled,
  };
}

export function deletePolicy(ctx: Context, input: In<"DeletePolicy">): Out<"DeletePolicy"> {
  const { PolicyName: name, AutoScalingGroupName: group } = input;
  const policy = findPolicy(ctx, name, group);
  if (policy === undefined) throw noPolicy(name);
  policies(ctx).delete(policy.arn);
  return {};
}

export const noPolicy = (name: string): Error => invalid(`PolicyName not found - No scaling policy found with the name ${name}`);

/** What is read of CloudWatch's alarms. */
export interface AlarmOf {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly StateValue: "OK" | "ALARM" | "INSUFFICIENT_DATA";
  readonly StateUpdatedTimestamp: number;
  readonly OKActions: readonly string[];
  readonly AlarmActions: readonly string[];
  readonly InsufficientDataActions: readonly string[];
}

/** Alarms that have the policy among their actions, by name. */
export const alarmsOf = (ctx: Context, arn: string): readonly AlarmOf[] =>
  ctx
    .peek<AlarmOf>("cloudwatch", "alarm")
    .entries()
    .map(([, alarm]) => alarm)
    .filter((alarm) => [alarm.AlarmActions, alarm.OKActions, alarm.InsufficientDataActions].some((actions) => actions.includes(arn)));
