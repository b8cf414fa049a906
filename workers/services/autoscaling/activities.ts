/** Scaling activities: what a group does to its instances, one an instance, kept six weeks; and the events that tell of them. */
import type { Operations } from "../../model/generated/autoscaling.ts";
import type { Context } from "../contract.ts";
import { notBuilt } from "../not-built.ts";
import { type ActivityDoc, activities, type GroupDoc, groups } from "./documents.ts";
import { noGroup } from "./failures.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const KEPT = 42 * 86_400_000;
const padded = (ms: number): string => String(Math.max(0, ms)).padStart(15, "0");

const MOST_AT_ONCE = 9_999;
const keyOf = (ms: number, number: number): string => `${padded(ms)}|${String(number).padStart(4, "0")}`;

export interface Begun {
  readonly description: string;
  readonly cause: string;
  readonly zone: string;
}

/** Writes an activity that is under way; answers its key. */
export function beginActivity(ctx: Context, group: GroupDoc, { description, cause, zone }: Begun): string {
  const docs = activities(ctx);
  const oldest = padded(ctx.now - KEPT);
  for (const id of docs.ids()) {
    if (id >= oldest) break;
    docs.delete(id);
  }
  let number = 0;
  while (docs.has(keyOf(ctx.now, number))) number++;
  const key = keyOf(ctx.now, number);
  docs.put(key, {
    ActivityId: ctx.uuid("activity"),
    AutoScalingGroupName: group.name,
    AutoScalingGroupARN: group.arn,
    Description: description,
    // AWS cuts longer ones short too.
    Cause: cause.slice(0, 1023),
    StartTime: ctx.now,
    StatusCode: "InProgress",
    Progress: 50,
    Details: JSON.stringify({ "Availability Zone": zone }),
  });
  return key;
}

export interface Ended {
  readonly way: "Launch" | "Terminate";
  readonly instance: string;
  /** Why it failed; absent: it did not. */
  readonly failure?: string;
}

/** Ends an activity and tells the default bus of it. */
export function endActivity(ctx: Context, key: string, { way, instance, failure }: Ended): void {
  const begun = activities(ctx).get(key);
  if (begun === undefined) return; // six weeks under way: forgotten
  const failed = failure !== undefined;
  const ended: ActivityDoc = {
    ...begun,
    EndTime: ctx.now,
    StatusCode: failed ? "Failed" : "Successful",
    Progress: 100,
    ...(failed ? { StatusMessage: failure.slice(0, 255) } : {}),
  };
  activities(ctx).put(key, ended);
  const detail = {
    Origin: way === "Launch" ? "EC2" : "AutoScalingGroup",
    Destination: way === "Launch" ? "AutoScalingGroup" : "EC2",
    Description: ended.Description,
    EndTime: new Date(ctx.now).toISOString(),
    RequestId: ended.ActivityId,
    ActivityId: ended.ActivityId,
    StartTime: new Date(ended.StartTime).toISOString(),
    EC2InstanceId: instance,
    // Real events of what went well say so too.
    StatusCode: failed ? "Failed" : "InProgress",
    StatusMessage: ended.StatusMessage ?? "",
    Details: JSON.parse(ended.Details ?? "{}") as unknown,
    Cause: ended.Cause,
    AutoScalingGroupName: ended.AutoScalingGroupName,
  };
  const arn = `arn:aws:ec2:${ctx.region}:${ctx.account}:instance/${instance}`;
  const entry = {
    Source: "aws.autoscaling",
    DetailType: `EC2 Instance ${way} ${failed ? "Unsuccessful" : "Successful"}`,
    Detail: JSON.stringify(detail),
    Resources: [ended.AutoScalingGroupARN ?? "", ...(instance === "" ? [] : [arn])],
    Time: ctx.now,
  };
  ctx.emit({ service: "events", operation: "PutEvents", input: { Entries: [entry] } });
}

/** The newest activity of a group, for refusals that name it. */
export function newestOf(ctx: Context, group: string): ActivityDoc | undefined {
  return activities(ctx)
    .values()
    .filter(({ AutoScalingGroupName }) => AutoScalingGroupName === group)
    .at(-1);
}

/** Newest first. Those of groups that are gone only when asked for. */
export function describeScalingActivities(ctx: Context, input: In<"DescribeScalingActivities">): Out<"DescribeScalingActivities"> {
  const { AutoScalingGroupName: group, ActivityIds: ids, IncludeDeletedGroups: gone } = input;
  if (input.Filters !== undefined && input.Filters.length > 0) throw notBuilt("The parameter Filters of DescribeScalingActivities");
  if (group !== undefined && gone !== true && !groups(ctx).has(group)) throw noGroup(group);
  const rows = activities(ctx)
    .entries()
    .filter(
      ([, { AutoScalingGroupName: name, ActivityId }]) =>
        (group === undefined || name === group) &&
        (ids === undefined || ids.length === 0 || ids.includes(ActivityId)) &&
        (gone === true || groups(ctx).has(name)),
    )
    .map(([key, activity]) => ({ place: descending(key), activity }))
    .sort((a, b) => (a.place < b.place ? -1 : 1));
  const { page, token } = pageOf(rows, ({ place }) => place, input, [100, 100]);
  return { Activities: page.map(({ activity }) => activity), ...token };
}

/** Places of later activities come first. */
const descending = (key: string): string => keyOf(999_999_999_999_999 - Number(key.slice(0, 15)), MOST_AT_ONCE - Number(key.slice(16)));
