/** What a bucket tells EventBridge of its objects (user guide, EventBridge event message structure). */
import type { Context } from "../contract.ts";
import { type BucketDoc, bucketArn, type ObjectDoc } from "./documents.ts";

export function emitCreated(ctx: Context, bucket: BucketDoc, key: string, { size, etag }: ObjectDoc): void {
  emit(ctx, bucket, "Object Created", { key, size, etag, sequencer: sequencer(ctx) }, { reason: "PutObject" });
}

export function emitDeleted(ctx: Context, bucket: BucketDoc, key: string): void {
  emit(
    ctx,
    bucket,
    "Object Deleted",
    { key, sequencer: sequencer(ctx) },
    { reason: "DeleteObject", "deletion-type": "Permanently Deleted" },
  );
}

/** Grows with time for one key: what came later compares greater. */
const sequencer = (ctx: Context): string => `00${ctx.now.toString(16)}${ctx.id("sequencer").slice(0, 5)}`.toUpperCase();

function emit(ctx: Context, bucket: BucketDoc, DetailType: string, object: object, more: object): void {
  const byService = ctx.identity.type === "AWSService";
  const detail = {
    version: "0",
    bucket: { name: bucket.name },
    object,
    "request-id": ctx.requestId,
    requester: byService ? ctx.identity.id : ctx.account,
    // Documentation addresses stand for everybody's, as in CloudTrail's records.
    "source-ip-address": byService ? ctx.identity.id : "203.0.113.5",
    ...more,
  };
  const entry = { Source: "aws.s3", DetailType, Detail: JSON.stringify(detail), Resources: [bucketArn(bucket.name)], Time: ctx.now };
  ctx.emit({ service: "events", operation: "PutEvents", region: bucket.region, input: { Entries: [entry] } });
}
