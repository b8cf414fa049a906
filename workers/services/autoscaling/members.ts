/** Instances of groups: DescribeAutoScalingInstances and TerminateInstanceInAutoScalingGroup. */
import type { Instance, Operations } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { takeOut, wake } from "./capacity.ts";
import { activities, groups, isActive, type MemberDoc, members, membersOf, stamp } from "./documents.ts";
import { inProgress, invalid } from "./failures.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

export const memberOf = (member: MemberDoc): Instance => ({
  InstanceId: member.id,
  InstanceType: member.type,
  AvailabilityZone: member.zone,
  LifecycleState: member.state,
  HealthStatus: member.healthy ? "Healthy" : "Unhealthy",
  LaunchConfigurationName: member.launch,
  ImageId: member.image,
  ProtectedFromScaleIn: false,
});

export function describeAutoScalingInstances(ctx: Context, input: In<"DescribeAutoScalingInstances">): Out<"DescribeAutoScalingInstances"> {
  const { InstanceIds: ids = [] } = input;
  const found = members(ctx)
    .values()
    .filter(({ id }) => ids.length === 0 || ids.includes(id));
  const { page, token } = pageOf(found, ({ id }) => id, input, [50, 50]);
  const rows = page.map((member) => {
    const answer = memberOf(member);
    return { ...answer, AutoScalingGroupName: member.group, HealthStatus: answer.HealthStatus.toUpperCase() };
  });
  return { AutoScalingInstances: rows, ...token };
}

type Terminate = "TerminateInstanceInAutoScalingGroup";

export function terminateInstanceInAutoScalingGroup(ctx: Context, input: In<Terminate>): Out<Terminate> {
  const { InstanceId: id, ShouldDecrementDesiredCapacity: shrinks } = input;
  const member = members(ctx).get(id);
  const group = member && groups(ctx).get(member.group);
  if (member === undefined || group === undefined)
    throw invalid(`Instance Id not found - No managed instance found for instance ID: ${id}`);
  if (!isActive(member)) throw inProgress(`Instance ${id} is already being terminated.`);
  if (shrinks && group.desired <= group.min) {
    throw invalid(
      `Currently, desiredSize equals minSize (${group.min}). Terminating instance without replacement will violate group's min size constraint. Either set shouldDecrementDesiredCapacity flag to false or lower group's min size.`,
    );
  }
  const active = membersOf(ctx, group.name).filter(isActive).length;
  const cause = `At ${stamp(ctx.now)} instance ${id} was taken out of service in response to a user request${shrinks ? `, shrinking the capacity from ${active} to ${active - 1}` : ""}.`;
  const key = takeOut(ctx, group, member, cause);
  groups(ctx).put(group.name, shrinks ? { ...group, desired: group.desired - 1 } : { ...group, replacing: true });
  wake(ctx, group.name);
  const Activity = activities(ctx).get(key);
  return Activity === undefined ? {} : { Activity };
}
