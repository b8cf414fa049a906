/**
 * How a group keeps its capacity. The agenda's item `capacity` (key = group) looks at the group a second after a call changed it,
 * every five seconds while instances come or go, and else once a minute, as long as there is something to keep:
 *
 *   1 instances that arrived come into service, those that left are forgotten (each ends its activity)
 *   2 those that EC2 no longer has running are unhealthy: they are terminated
 *   3 what lacks is launched, what is too much is terminated, through EC2's door
 *
 * Launching that fails is tried again after one, two, four ... minutes, at most an hour.
 */
import { ServiceError } from "../../model/errors.ts";
import type { Context } from "../contract.ts";
import { beginActivity, endActivity } from "./activities.ts";
import { type GroupDoc, groups, isActive, type MemberDoc, members, membersOf, policies, stamp } from "./documents.ts";
import { launchMissing } from "./launching.ts";

const SECOND = 1_000;
const SOON = SECOND;
const MOVING = 5 * SECOND;
const STILL = 60 * SECOND;

/** Looks at a group again. */
export function wake(ctx: Context, group: string, after = SOON): void {
  ctx.schedule({ kind: "capacity", key: group, at: ctx.now + after });
}

export function keepCapacity(ctx: Context, item: { readonly key: string }): void {
  const found = groups(ctx).get(item.key);
  if (found === undefined) return;
  for (const member of membersOf(ctx, found.name)) arrived(ctx, member);
  const unhealthy = membersOf(ctx, found.name).filter((member) => isActive(member) && !isUp(ctx, member));
  for (const member of unhealthy) takeOut(ctx, found, member, unhealthyCause(ctx));
  const active = membersOf(ctx, found.name).filter(isActive);
  const desired = found.deleting === true ? 0 : found.desired;
  const lack = desired - active.length;
  const launching = lack > 0 && (found.failing === undefined || ctx.now >= found.failing.until);
  if (launching) launchMissing(ctx, found, active, { count: lack, cause: launchCause(ctx, found, active.length, unhealthy.length > 0) });
  const leaving = lack < 0 ? chosen(found, active, -lack) : [];
  for (const member of leaving) takeOut(ctx, found, member, shrinkCause(ctx, found, active.length, member));
  settle(ctx, found, launching, lack > 0);
}

/** Ends what is over: a deleted group without instances, the reasons that were acted on, and a cooldown that now begins. */
function settle(ctx: Context, { change: _, replacing: __, ...group }: GroupDoc, launching: boolean, isShort: boolean): void {
  const present = membersOf(ctx, group.name);
  const isMoving = launching || present.some(({ state }) => state !== "InService");
  if (group.deleting === true && present.length === 0) {
    groups(ctx).delete(group.name);
    for (const policy of policies(ctx).values()) if (policy.group === group.name) policies(ctx).delete(policy.arn);
    return;
  }
  const { cooling } = group;
  const cools = cooling !== undefined && cooling.until === undefined && !isMoving;
  groups(ctx).put(group.name, cools ? { ...group, cooling: { ...cooling, until: ctx.now + cooling.seconds * SECOND } } : group);
  if (isMoving || isShort || present.length > 0) wake(ctx, group.name, isMoving ? MOVING : STILL);
}

type OfEc2 = { readonly state: string };
const stateAt = (ctx: Context, { id }: MemberDoc): string => ctx.peek<OfEc2>("ec2", "instance").get(id)?.state ?? "terminated";
const isUp = (ctx: Context, member: MemberDoc): boolean => ["pending", "running"].includes(stateAt(ctx, member));

function arrived(ctx: Context, member: MemberDoc): void {
  const { activity, ...rest } = member;
  if (member.state === "Pending" && stateAt(ctx, member) === "running") {
    members(ctx).put(member.id, { ...rest, state: "InService", inService: ctx.now });
    if (activity !== undefined) endActivity(ctx, activity, { way: "Launch", instance: member.id });
  }
  if (member.state === "Terminating" && stateAt(ctx, member) === "terminated") {
    members(ctx).delete(member.id);
    if (activity !== undefined) endActivity(ctx, activity, { way: "Terminate", instance: member.id });
  }
}

/** Terminates an instance of the group; answers the key of the activity. */
export function takeOut(
  ctx: Context,
  group: GroupDoc,
  member: MemberDoc,
  cause: string,
  healthy = member.healthy && isUp(ctx, member),
): string {
  // An instance that leaves before it was in service was never launched successfully.
  if (member.activity !== undefined) {
    const failure = "The instance left before it was in service.";
    endActivity(ctx, member.activity, { way: "Launch", instance: member.id, failure });
  }
  const activity = beginActivity(ctx, group, { description: `Terminating EC2 instance: ${member.id}`, cause, zone: member.zone });
  members(ctx).put(member.id, { ...member, state: "Terminating", healthy, activity });
  ctx.emit({
    service: "ec2",
    operation: "TerminateInstances",
    input: { InstanceIds: [member.id] },
    settled: (later, result) => {
      // One that EC2 has forgotten is gone: the next look ends its activity.
      if ("error" in result && !(result.error instanceof ServiceError && result.error.code === "InvalidInstanceID.NotFound"))
        throw result.error;
      wake(later, group.name, MOVING);
    },
  });
  return activity;
}

const unhealthyCause = (ctx: Context): string =>
  `At ${stamp(ctx.now)} an instance was taken out of service in response to an EC2 health check indicating it has been terminated or stopped.`;

const after = (change: string | undefined, cause: string): string => (change === undefined ? cause : `${change}  ${cause}`);

function launchCause(ctx: Context, group: GroupDoc, from: number, isReplacing: boolean): string {
  const at = stamp(ctx.now);
  if (group.change === undefined && (isReplacing || group.replacing === true)) {
    return `At ${at} an instance was launched in response to an unhealthy instance needing to be replaced.`;
  }
  return after(
    group.change,
    `At ${at} an instance was started in response to a difference between desired and actual capacity, increasing the capacity from ${from} to ${group.desired}.`,
  );
}

function shrinkCause(ctx: Context, group: GroupDoc, from: number, { id }: MemberDoc): string {
  const at = stamp(ctx.now);
  const to = group.deleting === true ? 0 : group.desired;
  return after(
    group.change,
    `At ${at} an instance was taken out of service in response to a difference between desired and actual capacity, shrinking the capacity from ${from} to ${to}.  At ${at} instance ${id} was selected for termination.`,
  );
}

/**
 * The default termination policy, as far as launch configurations go: the zone with the most instances, of those one that was
 * not launched as the group launches now, then the oldest. `NewestInstance` and `OldestInstance` choose within the zone.
 */
function chosen(group: GroupDoc, active: readonly MemberDoc[], count: number): readonly MemberDoc[] {
  let left = [...active];
  const out: MemberDoc[] = [];
  const [ending = "Default"] = group.endings;
  const rank = (member: MemberDoc): readonly [number, number] => {
    if (ending === "NewestInstance") return [0, -member.launched];
    return [ending === "Default" && member.launch === group.launch ? 1 : 0, member.launched];
  };
  while (out.length < count) {
    const size = (zone: string): number => left.filter((member) => member.zone === zone).length;
    const most = Math.max(...left.map(({ zone }) => size(zone)));
    const [victim] = left
      .filter(({ zone }) => size(zone) === most)
      .sort((a, b) => {
        const [ra, rb] = [rank(a), rank(b)];
        return ra[0] - rb[0] || ra[1] - rb[1] || (a.id < b.id ? -1 : 1);
      });
    if (victim === undefined) break;
    out.push(victim);
    left = left.filter(({ id }) => id !== victim.id);
  }
  return out;
}
