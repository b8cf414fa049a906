/**
 * The life of an instance, and how long each way takes here (on AWS it differs from launch to launch; here it is always the
 * same, so that everybody sees the same minute):
 *
 *   pending --15 s--> running <--15 s-- pending <-- start -- stopped
 *   running -- stop --> stopping --20 s--> stopped
 *   any     -- terminate --> shutting-down --20 s--> terminated --1 h--> gone from all answers
 *
 * Every state it enters is told to the default bus.
 */
import type { Context } from "../contract.ts";
import { type InstanceDoc, instanceArn, instances, type StateName } from "./documents.ts";

const SECOND = 1_000;
const NEXT: Readonly<Partial<Record<StateName, { readonly to: StateName; readonly after: number }>>> = {
  pending: { to: "running", after: 15 * SECOND },
  stopping: { to: "stopped", after: 20 * SECOND },
  "shutting-down": { to: "terminated", after: 20 * SECOND },
};
const REMEMBERED = 3_600 * SECOND;

/** Writes the document in its new state, tells of it, and sets its next step on the agenda. */
export function enter(ctx: Context, doc: InstanceDoc, state: StateName): InstanceDoc {
  const entered: InstanceDoc = { ...doc, state };
  instances(ctx).put(doc.id, entered);
  const next = NEXT[state];
  if (next !== undefined) ctx.schedule({ kind: "arrive", key: doc.id, at: ctx.now + next.after, payload: { to: next.to } });
  else ctx.unschedule("arrive", doc.id);
  if (state === "terminated") ctx.schedule({ kind: "forget", key: doc.id, at: ctx.now + REMEMBERED });
  const entry = {
    Source: "aws.ec2",
    DetailType: "EC2 Instance State-change Notification",
    Detail: JSON.stringify({ "instance-id": doc.id, state }),
    Resources: [instanceArn(ctx, doc.id)],
    Time: ctx.now,
  };
  ctx.emit({ service: "events", operation: "PutEvents", input: { Entries: [entry] } });
  return entered;
}

/** The agenda's item `arrive`: key = instance id. */
export function arrive(ctx: Context, item: { readonly key: string; readonly payload: object }): void {
  const doc = instances(ctx).get(item.key);
  if (doc !== undefined) enter(ctx, doc, (item.payload as { readonly to: StateName }).to);
}

/** The agenda's item `forget`: key = instance id. */
export function forget(ctx: Context, item: { readonly key: string }): void {
  instances(ctx).delete(item.key);
}
