/** Auto Scaling groups: create, update, delete, describe, and the capacity that is wanted. */
import type { AutoScalingGroup, Operations } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { newestOf } from "./activities.ts";
import { wake } from "./capacity.ts";
import { coolingUntil } from "./cooldown.ts";
import { arnOf, type GroupDoc, type GroupTag, groups, launches, membersOf, policies, stamp } from "./documents.ts";
import { alreadyExists, inProgress, inUse, invalid, noGroup, onlyBuilt } from "./failures.ts";
import { noLaunch } from "./launch-configurations.ts";
import { memberOf } from "./members.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const CHANGEABLE = [
  "AutoScalingGroupName",
  "LaunchConfigurationName",
  "MinSize",
  "MaxSize",
  "DesiredCapacity",
  "DefaultCooldown",
  "DefaultInstanceWarmup",
  "AvailabilityZones",
  "HealthCheckType",
  "HealthCheckGracePeriod",
  "TerminationPolicies",
];
const HINT = "Here groups launch from launch configurations into Availability Zones.";
const ENDINGS = ["Default", "OldestInstance", "NewestInstance"];

/** The group of that name, unless it is being deleted. */
export function groupOf(ctx: Context, name: string): GroupDoc {
  const group = groups(ctx).get(name);
  if (group === undefined) throw noGroup(name);
  if (group.deleting === true) throw inProgress(`AutoScalingGroup ${name} is being deleted.`);
  return group;
}

export function createAutoScalingGroup(ctx: Context, input: In<"CreateAutoScalingGroup">): Out<"CreateAutoScalingGroup"> {
  const name = input.AutoScalingGroupName;
  onlyBuilt("CreateAutoScalingGroup", input, [...CHANGEABLE, "Tags"], HINT);
  if (groups(ctx).has(name))
    throw alreadyExists(`AutoScalingGroup by this name already exists - A group with the name ${name} already exists`);
  if (input.LaunchConfigurationName === undefined) {
    throw invalid(
      "Valid requests must contain either LaunchTemplate, LaunchConfigurationName, InstanceId or MixedInstancesPolicy parameter.",
      HINT,
    );
  }
  if ((input.AvailabilityZones ?? []).length === 0) throw invalid("At least one Availability Zone or VPC Subnet is required.");
  const blank: GroupDoc = {
    name,
    arn: arnOf(ctx, "autoScalingGroup", ctx.uuid("group"), `autoScalingGroupName/${name}`),
    launch: input.LaunchConfigurationName,
    min: input.MinSize,
    max: input.MaxSize,
    desired: input.DesiredCapacity ?? input.MinSize,
    cooldownSeconds: 300,
    graceSeconds: 0,
    zones: [],
    endings: ["Default"],
    tags: checkedTags(input.Tags ?? []),
    created: ctx.now,
  };
  const group = checked(ctx, changed(blank, input));
  const change = `At ${stamp(ctx.now)} a user request created an AutoScalingGroup changing the desired capacity from 0 to ${group.desired}.`;
  groups(ctx).put(name, { ...group, change });
  wake(ctx, name);
  return {};
}

/** Bounds that the desired capacity no longer keeps take it with them. */
export function updateAutoScalingGroup(ctx: Context, input: In<"UpdateAutoScalingGroup">): Out<"UpdateAutoScalingGroup"> {
  onlyBuilt("UpdateAutoScalingGroup", input, CHANGEABLE, HINT);
  const before = groupOf(ctx, input.AutoScalingGroupName);
  const next = changed(before, input);
  const desired = input.DesiredCapacity ?? Math.min(Math.max(next.desired, next.min), next.max);
  const group = checked(ctx, { ...next, desired });
  const change = `At ${stamp(ctx.now)} a user request update of AutoScalingGroup constraints to min: ${group.min}, max: ${group.max}, desired: ${desired} changing the desired capacity from ${before.desired} to ${desired}.`;
  putDesired(ctx, group, desired, desired === before.desired ? undefined : change);
  return {};
}

function changed(group: GroupDoc, input: In<"UpdateAutoScalingGroup">): GroupDoc {
  const { HealthCheckType: health = "EC2", DefaultInstanceWarmup: warmupSeconds } = input;
  if (health !== "EC2") throw notBuilt(`The health check ${health}`, "Instances are checked by EC2 alone.");
  return {
    ...group,
    launch: input.LaunchConfigurationName ?? group.launch,
    min: input.MinSize ?? group.min,
    max: input.MaxSize ?? group.max,
    desired: input.DesiredCapacity ?? group.desired,
    cooldownSeconds: input.DefaultCooldown ?? group.cooldownSeconds,
    graceSeconds: input.HealthCheckGracePeriod ?? group.graceSeconds,
    zones: input.AvailabilityZones ?? group.zones,
    endings: input.TerminationPolicies ?? group.endings,
    ...(warmupSeconds === undefined ? {} : { warmupSeconds }),
  };
}

function checked(ctx: Context, group: GroupDoc): GroupDoc {
  const { min, max, desired, launch } = group;
  if (!launches(ctx).has(launch)) throw noLaunch(launch);
  if (min < 0) throw invalid(`Min bound, ${min}, must be greater than or equal to 0`);
  if (max < min) throw invalid(`Max bound, ${max}, must be greater than or equal to min bound, ${min}`);
  if (desired < min || desired > max) {
    throw invalid(`Desired capacity:${desired} must be between the specified min size:${min} and max size:${max}`);
  }
  if (group.cooldownSeconds < 0) throw invalid("DefaultCooldown must be greater than or equal to 0");
  const zone = group.zones.find((each) => !each.startsWith(ctx.region) || !/^[a-f]$/.test(each.slice(ctx.region.length)));
  if (zone !== undefined) throw invalid(`The availability zone '${zone}' does not exist.`);
  const ending = group.endings.find((each) => !ENDINGS.includes(each));
  if (ending !== undefined) throw notBuilt(`The termination policy ${ending}`, `Those that are: ${ENDINGS.join(", ")}.`);
  return group;
}

/** Writes a group with another desired capacity and looks at it soon. */
export function putDesired(ctx: Context, { failing: _, ...group }: GroupDoc, desired: number, change: string | undefined): void {
  groups(ctx).put(group.name, { ...group, desired, ...(change === undefined ? {} : { change }) });
  wake(ctx, group.name);
}

function checkedTags(tags: NonNullable<In<"CreateAutoScalingGroup">["Tags"]>): readonly GroupTag[] {
  const keys = new Set<string>();
  for (const { Key } of tags) {
    if (Key.startsWith("aws:")) throw invalid(`The tag key '${Key}' begins with aws:, which is reserved.`);
    if (keys.has(Key)) throw invalid(`The tag key '${Key}' was given more than once.`);
    keys.add(Key);
  }
  return tags.map(({ Key, Value = "", PropagateAtLaunch = false }) => ({ Key, Value, PropagateAtLaunch }));
}

export function setDesiredCapacity(ctx: Context, input: In<"SetDesiredCapacity">): Out<"SetDesiredCapacity"> {
  const group = groupOf(ctx, input.AutoScalingGroupName);
  const { DesiredCapacity: desired, HonorCooldown } = input;
  if (desired > group.max)
    throw invalid(`New SetDesiredCapacity value ${desired} is above max value ${group.max} for the AutoScalingGroup.`);
  if (desired < group.min)
    throw invalid(`New SetDesiredCapacity value ${desired} is below min value ${group.min} for the AutoScalingGroup.`);
  if (HonorCooldown === true) refuseWhileCooling(ctx, group);
  const change = `At ${stamp(ctx.now)} a user request explicitly set group desired capacity changing the desired capacity from ${group.desired} to ${desired}.`;
  putDesired(ctx, group, desired, desired === group.desired ? undefined : change);
  return {};
}

/** Throws ScalingActivityInProgress while what a simple policy did is under way or cools down. */
export function refuseWhileCooling(ctx: Context, group: GroupDoc): void {
  const until = coolingUntil(group, ctx.now);
  if (until === undefined) return;
  const { ActivityId } = newestOf(ctx, group.name) ?? { ActivityId: "" };
  const hint = until === Number.POSITIVE_INFINITY ? "The cooldown begins when it is over." : `The cooldown ends at ${stamp(until)}.`;
  throw inProgress(`Scaling activity ${ActivityId} is in progress and blocking this action`, hint);
}

export function deleteAutoScalingGroup(ctx: Context, input: In<"DeleteAutoScalingGroup">): Out<"DeleteAutoScalingGroup"> {
  const name = input.AutoScalingGroupName;
  const group = groupOf(ctx, name);
  const present = membersOf(ctx, name);
  if (input.ForceDelete !== true) {
    if (present.some(({ state }) => state === "InService") || group.desired > 0) {
      throw inUse(
        "You cannot delete an AutoScalingGroup while there are instances or pending Spot instance request(s) still in the group.",
      );
    }
    if (present.length > 0)
      throw inProgress("You cannot delete an AutoScalingGroup while there are scaling activities in progress for that group.");
  }
  const change = `At ${stamp(ctx.now)} a user request deleted the AutoScalingGroup changing the desired capacity from ${group.desired} to 0.`;
  if (present.length === 0) {
    groups(ctx).delete(name);
    ctx.unschedule("capacity", name);
    for (const policy of policies(ctx).values()) if (policy.group === name) policies(ctx).delete(policy.arn);
  } else {
    groups(ctx).put(name, { ...group, deleting: true, change });
    wake(ctx, name);
  }
  return {};
}

export function describeAutoScalingGroups(ctx: Context, input: In<"DescribeAutoScalingGroups">): Out<"DescribeAutoScalingGroups"> {
  const { AutoScalingGroupNames: names = [] } = input;
  const fits = tagFilter(input.Filters ?? []);
  const found = groups(ctx)
    .values()
    .filter((group) => (names.length === 0 || names.includes(group.name)) && fits(group));
  const { page, token } = pageOf(found, ({ name }) => name, input);
  return { AutoScalingGroups: page.map((group) => answerOf(ctx, group, input.IncludeInstances !== false)), ...token };
}

function tagFilter(filters: NonNullable<In<"DescribeAutoScalingGroups">["Filters"]>): (group: GroupDoc) => boolean {
  const tests = filters.map(({ Name = "", Values = [] }) => {
    const key = Name.startsWith("tag:") ? Name.slice("tag:".length) : undefined;
    if (key === undefined && Name !== "tag-key" && Name !== "tag-value")
      throw invalid(`Filter type ${Name} is not correct. Allowed Filter types are: tag-key tag-value tag:<key>`);
    return ({ tags }: GroupDoc): boolean =>
      tags.some((tag) =>
        key === undefined ? Values.includes(Name === "tag-key" ? tag.Key : tag.Value) : tag.Key === key && Values.includes(tag.Value),
      );
  });
  return (group) => tests.every((test) => test(group));
}

function answerOf(ctx: Context, group: GroupDoc, withInstances: boolean): AutoScalingGroup {
  return {
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    LaunchConfigurationName: group.launch,
    MinSize: group.min,
    MaxSize: group.max,
    DesiredCapacity: group.deleting === true ? 0 : group.desired,
    DefaultCooldown: group.cooldownSeconds,
    ...(group.warmupSeconds === undefined ? {} : { DefaultInstanceWarmup: group.warmupSeconds }),
    AvailabilityZones: group.zones,
    LoadBalancerNames: [],
    TargetGroupARNs: [],
    HealthCheckType: "EC2",
    HealthCheckGracePeriod: group.graceSeconds,
    Instances: withInstances ? membersOf(ctx, group.name).map(memberOf) : [],
    CreatedTime: group.created,
    SuspendedProcesses: [],
    EnabledMetrics: [],
    ...(group.deleting === true ? { Status: "Delete in progress" } : {}),
    Tags: group.tags.map((tag) => ({ ...tag, ResourceId: group.name, ResourceType: "auto-scaling-group" })),
    TerminationPolicies: group.endings,
    NewInstancesProtectedFromScaleIn: false,
  };
}
