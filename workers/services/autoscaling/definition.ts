/** The little of Amazon EC2 Auto Scaling that observability touches: groups that keep and change their capacity. */
import type { Operations } from "../../model/generated/autoscaling.ts";
import { type Context, type Operation, operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { describeScalingActivities } from "./activities.ts";
import { keepCapacity } from "./capacity.ts";
import { arnOf, groups, launches, members } from "./documents.ts";
import { executePolicy } from "./execute-policy.ts";
import * as table from "./groups.ts";
import * as configurations from "./launch-configurations.ts";
import { describeAutoScalingInstances, terminateInstanceInAutoScalingGroup } from "./members.ts";
import * as scaling from "./policies.ts";

type Entry<K extends keyof Operations> = Omit<Operation<Operations[K]["input"], Operations[K]["output"]>, "action">;
const entry = <K extends keyof Operations>(name: K, parts: Entry<K>): Operation =>
  operation<Operations[K]>({ ...parts, action: `autoscaling:${name}` });

const reading = { effect: "none", trail: "management-read" } as const;
const writing = { effect: "state", trail: "management-write" } as const;

/** Policies are asked about the group; one that is not there (yet) has no id. */
const groupArn = (name: string, scope: Scope, ctx: Context): string =>
  groups(ctx).get(name)?.arn ?? arnOf(scope, "autoScalingGroup", "*", `autoScalingGroupName/${name}`);
const onGroup = {
  ...writing,
  resources: (input: { readonly AutoScalingGroupName: string }, scope: Scope, ctx: Context) => [
    groupArn(input.AutoScalingGroupName, scope, ctx),
  ],
};
const onLaunch = {
  ...writing,
  resources: ({ LaunchConfigurationName: name }: { readonly LaunchConfigurationName: string }, scope: Scope, ctx: Context) => [
    launches(ctx).get(name)?.arn ?? arnOf(scope, "launchConfiguration", "*", `launchConfigurationName/${name}`),
  ],
};
const onPolicy = {
  ...writing,
  resources: (
    { AutoScalingGroupName, PolicyName }: { readonly AutoScalingGroupName?: string; readonly PolicyName: string },
    scope: Scope,
    ctx: Context,
  ) => {
    const group = AutoScalingGroupName ?? scaling.findPolicy(ctx, PolicyName, undefined)?.group;
    return group === undefined ? [] : [groupArn(group, scope, ctx)];
  },
};
const onMember = {
  ...writing,
  resources: ({ InstanceId }: { readonly InstanceId: string }, scope: Scope, ctx: Context) => {
    const group = members(ctx).get(InstanceId)?.group;
    return group === undefined ? [] : [groupArn(group, scope, ctx)];
  },
};

export const autoscaling: ServiceDefinition = {
  name: "autoscaling",
  principal: "autoscaling.amazonaws.com",
  eventSource: "autoscaling.amazonaws.com",
  operations: {
    CreateLaunchConfiguration: entry("CreateLaunchConfiguration", { ...onLaunch, handle: configurations.createLaunchConfiguration }),
    DescribeLaunchConfigurations: entry("DescribeLaunchConfigurations", {
      ...reading,
      handle: configurations.describeLaunchConfigurations,
    }),
    DeleteLaunchConfiguration: entry("DeleteLaunchConfiguration", { ...onLaunch, handle: configurations.deleteLaunchConfiguration }),
    CreateAutoScalingGroup: entry("CreateAutoScalingGroup", { ...onGroup, handle: table.createAutoScalingGroup }),
    UpdateAutoScalingGroup: entry("UpdateAutoScalingGroup", { ...onGroup, handle: table.updateAutoScalingGroup }),
    DeleteAutoScalingGroup: entry("DeleteAutoScalingGroup", { ...onGroup, handle: table.deleteAutoScalingGroup }),
    DescribeAutoScalingGroups: entry("DescribeAutoScalingGroups", { ...reading, handle: table.describeAutoScalingGroups }),
    DescribeAutoScalingInstances: entry("DescribeAutoScalingInstances", { ...reading, handle: describeAutoScalingInstances }),
    SetDesiredCapacity: entry("SetDesiredCapacity", { ...onGroup, handle: table.setDesiredCapacity }),
    TerminateInstanceInAutoScalingGroup: entry("TerminateInstanceInAutoScalingGroup", {
      ...onMember,
      handle: terminateInstanceInAutoScalingGroup,
    }),
    PutScalingPolicy: entry("PutScalingPolicy", { ...onGroup, handle: scaling.putScalingPolicy }),
    DescribePolicies: entry("DescribePolicies", { ...reading, handle: scaling.describePolicies }),
    DeletePolicy: entry("DeletePolicy", { ...onPolicy, handle: scaling.deletePolicy }),
    ExecutePolicy: entry("ExecutePolicy", { ...onPolicy, handle: executePolicy }),
    DescribeScalingActivities: entry("DescribeScalingActivities", { ...reading, handle: describeScalingActivities }),
  },
  agenda: { capacity: keepCapacity },
};
