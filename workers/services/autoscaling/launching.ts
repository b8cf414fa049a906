/** Launches what a group lacks: one call of EC2's RunInstances for each zone, spread evenly. */
import type { Context } from "../contract.ts";
import { beginActivity, endActivity } from "./activities.ts";
import { type GroupDoc, groups, type LaunchDoc, launches, type MemberDoc, members } from "./documents.ts";

const MINUTE = 60_000;
const LONGEST = 60 * MINUTE;

interface Missing {
  readonly count: number;
  readonly cause: string;
}

export function launchMissing(ctx: Context, group: GroupDoc, active: readonly MemberDoc[], { count, cause }: Missing): void {
  const launch = launches(ctx).get(group.launch);
  if (launch === undefined) {
    failed(ctx, group, group.zones[0] ?? "", cause, `Launch configuration ${group.launch} does not exist.`);
    return;
  }
  for (const [zone, number] of spread(group.zones, active, count)) {
    if (number === 0) continue;
    ctx.emit({
      service: "ec2",
      operation: "RunInstances",
      input: requestOf(group, launch, zone, number),
      settled: (later, result) => {
        if ("error" in result) failed(later, group, zone, cause, result.error.message);
        else for (const id of launchedIds(result.output)) joined(later, group, launch, { id, zone, cause });
      },
    });
  }
}

/** How many go to each zone: always to the one with the fewest, the first named of those. */
function spread(zones: readonly string[], active: readonly MemberDoc[], count: number): ReadonlyMap<string, number> {
  const there = new Map(zones.map((zone) => [zone, active.filter((member) => member.zone === zone).length]));
  const added = new Map(zones.map((zone) => [zone, 0]));
  for (let n = 0; n < count; n++) {
    const size = (zone: string): number => (there.get(zone) ?? 0) + (added.get(zone) ?? 0);
    const least = Math.min(...zones.map(size));
    const zone = zones.find((each) => size(each) === least);
    if (zone !== undefined) added.set(zone, (added.get(zone) ?? 0) + 1);
  }
  return added;
}

function requestOf(group: GroupDoc, launch: LaunchDoc, zone: string, count: number): Readonly<Record<string, unknown>> {
  const own = group.tags.filter(({ PropagateAtLaunch }) => PropagateAtLaunch).map(({ Key, Value }) => ({ Key, Value }));
  return {
    ImageId: launch.image,
    InstanceType: launch.type,
    MinCount: 1,
    MaxCount: count,
    Monitoring: { Enabled: launch.monitoring },
    Placement: { AvailabilityZone: zone },
    TagSpecifications: [{ ResourceType: "instance", Tags: [...own, { Key: "aws:autoscaling:groupName", Value: group.name }] }],
  };
}

const launchedIds = (output: unknown): readonly string[] =>
  ((output as { readonly Instances?: readonly { readonly InstanceId?: string }[] }).Instances ?? []).flatMap(
    ({ InstanceId }) => InstanceId ?? [],
  );

function joined(ctx: Context, group: GroupDoc, launch: LaunchDoc, { id, zone, cause }: { id: string; zone: string; cause: string }): void {
  const activity = beginActivity(ctx, group, { description: `Launching a new EC2 instance: ${id}`, cause, zone });
  const { image, type } = launch;
  const member = {
    id,
    group: group.name,
    launch: launch.name,
    image,
    type,
    zone,
    state: "Pending",
    healthy: true,
    launched: ctx.now,
    activity,
  };
  members(ctx).put(id, member as MemberDoc);
  const present = groups(ctx).get(group.name);
  if (present?.failing === undefined) return;
  const { failing: _, ...well } = present;
  groups(ctx).put(group.name, well);
}

function failed(ctx: Context, group: GroupDoc, zone: string, cause: string, reason: string): void {
  const failure = `${reason} Launching EC2 instance failed.`;
  const activity = beginActivity(ctx, group, { description: `Launching a new EC2 instance.  Status Reason: ${failure}`, cause, zone });
  endActivity(ctx, activity, { way: "Launch", instance: "", failure });
  const present = groups(ctx).get(group.name);
  if (present === undefined) return;
  // Several zones that fail at one moment count once.
  const times = present.failing === undefined ? 1 : present.failing.at === ctx.now ? present.failing.times : present.failing.times + 1;
  let wait = MINUTE;
  for (let n = 1; n < times && wait < LONGEST; n++) wait = Math.min(LONGEST, wait * 2);
  // The cooldown of a policy whose instances cannot be launched begins now: nothing is under way.
  const cooling = present.cooling && { ...present.cooling, until: present.cooling.until ?? ctx.now + present.cooling.seconds * 1000 };
  const failing = { times, at: ctx.now, until: ctx.now + wait };
  groups(ctx).put(group.name, { ...present, failing, ...(cooling === undefined ? {} : { cooling }) });
}
