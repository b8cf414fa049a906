/**
 * Whether a trail may deliver where it is told to: the bucket and its policy, the topic and its policy, the log group and
 * the role. CreateTrail and UpdateTrail refuse by it, and every delivery asks again, since all of it can change behind a trail.
 */
import { evaluateAccess } from "../../language/policy/evaluate.ts";
import type { RequestContext } from "../../language/policy/glob.ts";
import { parsePolicy } from "../../language/policy/parse.ts";
import { parseArn } from "../../model/arn.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Context } from "../contract.ts";
import { isTrusted, roleMay, roleOf } from "../roles.ts";

const PRINCIPAL = "cloudtrail.amazonaws.com";
const GLOBAL = { region: "global" } as const;

/** What other services keep, as far as it is looked at here. */
interface Bucket {
  readonly policy?: string;
}
interface Topic {
  readonly attributes: Readonly<Record<string, string>>;
}
/** Whether a resource's own policy lets CloudTrail do that. A policy that cannot be read allows nothing. */
function letsCloudTrail(document: string | undefined, action: string, resource: string, account: string, context: RequestContext): boolean {
  if (document === undefined) return false;
  const principal = { type: "Service", arn: PRINCIPAL, account: "aws" } as const;
  try {
    const policies = { resource: [parsePolicy(document, "resource")] };
    return evaluateAccess(policies, { principal, action, resource, resourceAccount: account, context }).isAllowed;
  } catch (thrown) {
    if (thrown instanceof ServiceError) return false;
    throw thrown;
  }
}

export interface BucketTarget {
  readonly trailArn: string;
  readonly bucket: string;
  readonly prefix: string | undefined;
}

/** Folder of a trail's files below its bucket. */
export const folderOf = (account: string, prefix: string | undefined): string =>
  `${prefix === undefined ? "" : `${prefix}/`}AWSLogs/${account}`;

/** Why files cannot be put into the bucket; undefined when they can. */
export function bucketTrouble(ctx: Context, { trailArn, bucket, prefix }: BucketTarget): ServiceError | undefined {
  const found = ctx.peek<Bucket>("s3", "bucket", GLOBAL).get(bucket);
  if (found === undefined) return new ServiceError("S3BucketDoesNotExistException", `S3 bucket ${bucket} does not exist!`);
  const arn = `arn:aws:s3:::${bucket}`;
  const context = { "aws:SourceArn": trailArn, "aws:SourceAccount": ctx.account, "s3:x-amz-acl": "bucket-owner-full-control" };
  const mayCheck = letsCloudTrail(found.policy, "s3:GetBucketAcl", arn, ctx.account, context);
  const file = `${arn}/${folderOf(ctx.account, prefix)}/CloudTrail/${ctx.region}/file`;
  const mayWrite = letsCloudTrail(found.policy, "s3:PutObject", file, ctx.account, context);
  if (mayCheck && mayWrite) return undefined;
  return new ServiceError("InsufficientS3BucketPolicyException", `Incorrect S3 bucket policy is detected for bucket: ${bucket}`, {
    hint: `The bucket's policy must let ${PRINCIPAL} do ${mayCheck ? "" : `s3:GetBucketAcl on ${arn} and `}s3:PutObject on ${arn}/${folderOf(ctx.account, prefix)}/*.`,
  });
}

export function checkBucketName(bucket: string, prefix: string | undefined): void {
  if (!/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(bucket) || bucket.includes("..") || /^\d{1,3}(\.\d{1,3}){3}$/.test(bucket))
    throw new ServiceError("InvalidS3BucketNameException", `Bucket name ${bucket} is not valid.`, {
      hint: "3 to 63 small letters, digits, periods and hyphens, not an IP address.",
    });
  if (prefix !== undefined && (prefix.length > 200 || prefix.startsWith("/") || prefix.endsWith("/")))
    throw new ServiceError("InvalidS3PrefixException", "The S3 key prefix is not valid.", {
      hint: "At most 200 characters, without a slash at either end.",
    });
}

/** ARN of the topic of a name or ARN, if CloudTrail may publish to it. */
export function checkedTopic(ctx: Context, given: string, trailArn: string): string {
  if (given.length > 256) throw new ServiceError("InvalidSnsTopicNameException", "The SNS topic name has at most 256 characters.");
  const arn = given.startsWith("arn:") ? given : `arn:aws:sns:${ctx.region}:${ctx.account}:${given}`;
  const { region, resource } = parseArn(arn) ?? {};
  if (resource === undefined || !/^[\w-]{1,256}$/.test(resource))
    throw new ServiceError("InvalidSnsTopicNameException", `${given} is no name of an SNS topic.`);
  const topic = ctx.peek<Topic>("sns", "topic", { region: region ?? ctx.region }).get(resource);
  const context = { "aws:SourceArn": trailArn, "aws:SourceAccount": ctx.account };
  if (!letsCloudTrail(topic?.attributes["Policy"], "sns:Publish", arn, ctx.account, context))
    throw new ServiceError("InsufficientSnsTopicPolicyException", "SNS Topic does not exist or the topic policy is incorrect!", {
      hint: `The topic's policy must let ${PRINCIPAL} do sns:Publish.`,
    });
  return arn;
}

/** Name of the log group in `arn:aws:logs:REGION:ACCOUNT:log-group:NAME:*`. */
export function logGroupIn(arn: string): { readonly region: string; readonly name: string } | undefined {
  const { service, region = "", resource = "" } = parseArn(arn) ?? {};
  const [, name] = /^log-group:([^:]+)(?::\*)?$/.exec(resource) ?? [];
  return service === "logs" && name !== undefined ? { region, name } : undefined;
}

/** Why events cannot be sent to the log group in that role; undefined when they can. */
export function logsTrouble(ctx: Context, groupArn: string, roleArn: string, home: string): ServiceError | undefined {
  const group = logGroupIn(groupArn);
  const badGroup = (message: string, hint?: string): ServiceError =>
    new ServiceError("InvalidCloudWatchLogsLogGroupArnException", message, hint === undefined ? {} : { hint });
  if (group === undefined || group.region !== home || !ctx.peek("logs", "group", { region: group.region }).has(group.name))
    return badGroup(
      "Check the log group ARN: CloudTrail can't validate it.",
      `A log group of ${home}, as arn:aws:logs:${home}:${ctx.account}:log-group:NAME:*.`,
    );
  const role = roleOf(ctx, roleArn);
  if (role === undefined || !isTrusted(role, PRINCIPAL))
    return new ServiceError("InvalidCloudWatchLogsRoleArnException", "Access denied. Check the trust relationships for your role.", {
      hint: `The role must exist and its trust policy must let ${PRINCIPAL} assume it.`,
    });
  const stream = `arn:aws:logs:${home}:${ctx.account}:log-group:${group.name}:log-stream:${streamOf(ctx.account, home)}`;
  const may = (action: string): boolean => roleMay(ctx, role, { action, resource: stream });
  return may("logs:CreateLogStream") && may("logs:PutLogEvents")
    ? undefined
    : badGroup(
        "Access denied. Check the permissions for your role.",
        `The role needs logs:CreateLogStream and logs:PutLogEvents on ${stream}.`,
      );
}

/** Log stream of a trail (user guide, Log stream naming). */
export const streamOf = (account: string, home: string): string => `${account}_CloudTrail_${home}`;
