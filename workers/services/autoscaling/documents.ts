/** What Auto Scaling keeps: launch configurations, groups, their instances, policies and activities. */
import type { Activity, StepAdjustment } from "../../model/generated/autoscaling.ts";
import type { Context, Documents } from "../contract.ts";

export interface LaunchDoc {
  readonly name: string;
  readonly arn: string;
  readonly image: string;
  readonly type: string;
  /** One-minute metrics; launch configurations have them unless told otherwise. */
  readonly monitoring: boolean;
  readonly created: number;
}

export interface GroupTag {
  readonly Key: string;
  readonly Value: string;
  readonly PropagateAtLaunch: boolean;
}

export interface GroupDoc {
  readonly name: string;
  readonly arn: string;
  /** Name of the launch configuration. */
  readonly launch: string;
  readonly min: number;
  readonly max: number;
  readonly desired: number;
  readonly cooldownSeconds: number;
  readonly graceSeconds: number;
  readonly warmupSeconds?: number;
  readonly zones: readonly string[];
  readonly endings: readonly string[];
  readonly tags: readonly GroupTag[];
  readonly created: number;
  /** Why the desired capacity is another than at the last look at the group, as activities say it. */
  readonly change?: string;
  /** An instance was taken out that is to be replaced. */
  readonly replacing?: true;
  /** A simple policy changed the capacity; until then no other may. Without `until` the change is still under way. */
  readonly cooling?: { readonly seconds: number; readonly until?: number };
  /** A step policy added instances that may still warm up: the capacity without them, and since when. */
  readonly stepping?: { readonly base: number; readonly since: number; readonly warmupSeconds: number };
  /** Moments in a row at which launching failed, and when it is tried again. */
  readonly failing?: { readonly times: number; readonly at: number; readonly until: number };
  readonly deleting?: true;
}

export interface MemberDoc {
  readonly id: string;
  readonly group: string;
  readonly launch: string;
  readonly image: string;
  readonly type: string;
  readonly zone: string;
  readonly state: "Pending" | "InService" | "Terminating";
  readonly healthy: boolean;
  readonly launched: number;
  readonly inService?: number;
  /** The activity that is under way with it. */
  readonly activity?: string;
}

export interface PolicyDoc {
  readonly arn: string;
  readonly name: string;
  readonly group: string;
  readonly type: "SimpleScaling" | "StepScaling";
  readonly adjustment: "ChangeInCapacity" | "ExactCapacity" | "PercentChangeInCapacity";
  readonly enabled: boolean;
  /** Of percentages: the least number of instances. */
  readonly least?: number;
  readonly change?: number;
  readonly cooldownSeconds?: number;
  readonly steps?: readonly StepAdjustment[];
  readonly warmupSeconds?: number;
  readonly aggregation?: string;
}

/** What DescribeScalingActivities answers. */
export type ActivityDoc = Activity;

export const launches = (ctx: Context): Documents<LaunchDoc> => ctx.docs<LaunchDoc>("launch");
export const groups = (ctx: Context): Documents<GroupDoc> => ctx.docs<GroupDoc>("group");
/** By instance id. */
export const members = (ctx: Context): Documents<MemberDoc> => ctx.docs<MemberDoc>("member");
/** By ARN. */
export const policies = (ctx: Context): Documents<PolicyDoc> => ctx.docs<PolicyDoc>("policy");
/** By start and number within the millisecond: ascending ids are the order in which they began. */
export const activities = (ctx: Context): Documents<ActivityDoc> => ctx.docs<ActivityDoc>("activity");

export const membersOf = (ctx: Context, group: string): readonly MemberDoc[] =>
  members(ctx)
    .values()
    .filter((member) => member.group === group);

/** Instances that count as capacity. */
export const isActive = ({ state }: MemberDoc): boolean => state !== "Terminating";

/** Names of two parts stand in ARNs: `autoScalingGroupName/g:policyName/p`. */
export const arnOf = (ctx: Pick<Context, "region" | "account">, kind: string, id: string, name: string): string =>
  `arn:aws:autoscaling:${ctx.region}:${ctx.account}:${kind}:${id}:${name}`;

/** Moments in causes and messages: `2024-01-01T00:00:00Z`. */
export const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
