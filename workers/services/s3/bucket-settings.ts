/** A bucket's policy, and whether it tells EventBridge of its objects. */
import { parsePolicy } from "../../language/policy/parse.ts";
import type { Policy } from "../../language/policy/tree.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/s3.ts";
import type { Context } from "../contract.ts";
import { bucketArn, bucketDocs, existingBucket } from "./documents.ts";
import { malformedPolicy, noSuchBucketPolicy, notBuilt } from "./failures.ts";

type Ops = Operations;

export function putBucketPolicy(ctx: Context, input: Ops["PutBucketPolicy"]["input"]): Ops["PutBucketPolicy"]["output"] {
  const bucket = existingBucket(ctx, input.Bucket);
  checkPolicy(input.Policy, input.Bucket);
  bucketDocs(ctx).put(bucket.name, { ...bucket, policy: input.Policy });
  return {};
}

const LARGEST_POLICY = 20_480;

function checkPolicy(text: string, bucket: string): void {
  if (text.length > LARGEST_POLICY) throw malformedPolicy("Policy exceeds the maximum allowed document size.");
  const arn = bucketArn(bucket);
  const ofBucket = (resource: string): boolean => {
    const name = /^arn:[^:]+:s3:::([^/]*)/.exec(resource)?.[1] ?? "";
    return resource === "*" || name === bucket || /[*?]/.test(name);
  };
  for (const { resources } of parsed(text).statements) {
    if (resources === undefined) throw malformedPolicy("Missing required field Resource");
    if (!resources.isNot && !resources.patterns.every(ofBucket))
      throw malformedPolicy("Policy has invalid resource", `Resources of this bucket: ${arn} and ${arn}/*.`);
  }
}

function parsed(text: string): Policy {
  if (!text.startsWith("{")) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'");
  try {
    return parsePolicy(text, "resource");
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    const { hint = "" } = thrown;
    if (hint.includes("not JSON")) throw malformedPolicy("Policies must be valid JSON and the first byte must be '{'", hint);
    throw malformedPolicy(hint.includes("has Principal") ? "Missing required field Principal" : "Invalid policy syntax.", hint);
  }
}

export function getBucketPolicy(ctx: Context, input: Ops["GetBucketPolicy"]["input"]): Ops["GetBucketPolicy"]["output"] {
  const { policy } = existingBucket(ctx, input.Bucket);
  if (policy === undefined) throw noSuchBucketPolicy(input.Bucket);
  return { Policy: policy };
}

const NOBODY = '{"Statement":[]}';

/** Text of the policy of an ARN's bucket for the door; a bucket without one lets nobody in but whom IAM allows. */
export function bucketPolicy(ctx: Context, arn: string): string | undefined {
  const name = /^arn:aws:s3:::([^/]+)/.exec(arn)?.[1];
  const bucket = name === undefined ? undefined : bucketDocs(ctx).get(name);
  return bucket === undefined ? undefined : (bucket.policy ?? NOBODY);
}

/** Taking away a policy that is not there succeeds. */
export function deleteBucketPolicy(ctx: Context, input: Ops["DeleteBucketPolicy"]["input"]): Ops["DeleteBucketPolicy"]["output"] {
  const { policy: _, ...bucket } = existingBucket(ctx, input.Bucket);
  bucketDocs(ctx).put(bucket.name, bucket);
  return {};
}

type Notification = Ops["PutBucketNotificationConfiguration"];

/** Replaces all that was there: an empty configuration switches EventBridge off. */
export function putBucketNotification(ctx: Context, input: Notification["input"]): Notification["output"] {
  const bucket = existingBucket(ctx, input.Bucket);
  const { TopicConfigurations = [], QueueConfigurations = [], LambdaFunctionConfigurations = [] } = input.NotificationConfiguration;
  if (TopicConfigurations.length + QueueConfigurations.length + LambdaFunctionConfigurations.length > 0)
    throw notBuilt("notifications to topics, queues and functions (EventBridge reaches all of them)");
  bucketDocs(ctx).put(bucket.name, { ...bucket, eventBridge: input.NotificationConfiguration.EventBridgeConfiguration !== undefined });
  return {};
}

type GetNotification = Ops["GetBucketNotificationConfiguration"];

export const getBucketNotification = (ctx: Context, input: GetNotification["input"]): GetNotification["output"] =>
  existingBucket(ctx, input.Bucket).eventBridge ? { EventBridgeConfiguration: {} } : {};
