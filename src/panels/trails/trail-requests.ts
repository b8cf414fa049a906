/** The steps that make a trail with all it needs: bucket, bucket policy, log group, role. Each is AWS's own request. */
import type { UiRequest } from "../../../workers/api.ts";
import { request } from "./trail-reads.ts";

export interface TrailDraft {
  readonly name: string;
  readonly bucket: string;
  readonly prefix: string;
  readonly multiRegion: boolean;
  readonly withLogs: boolean;
  readonly logGroup: string;
  readonly role: string;
  readonly start: boolean;
}

/** What is there already. */
export interface Surroundings {
  readonly account: string;
  readonly region: string;
  readonly buckets: readonly string[];
  /** Text of the chosen bucket's policy. */
  readonly bucketPolicy: string | undefined;
  readonly logGroups: readonly string[];
  readonly roles: readonly string[];
}

type Statement = Readonly<Record<string, unknown>>;

export function trailRequests(draft: TrailDraft, around: Surroundings): readonly UiRequest[] {
  const { account, region } = around;
  const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/${draft.name}`;
  const roleArn = `arn:aws:iam::${account}:role/${draft.role}`;
  return [
    ...bucketSteps(draft, around, trailArn),
    ...(draft.withLogs ? logSteps(draft, around) : []),
    request("cloudtrail", "CreateTrail", {
      Name: draft.name,
      S3BucketName: draft.bucket,
      ...(draft.prefix === "" ? {} : { S3KeyPrefix: draft.prefix }),
      ...(draft.multiRegion ? { IsMultiRegionTrail: true } : {}),
      ...(draft.withLogs
        ? { CloudWatchLogsLogGroupArn: `arn:aws:logs:${region}:${account}:log-group:${draft.logGroup}:*`, CloudWatchLogsRoleArn: roleArn }
        : {}),
    }),
    ...(draft.start ? [request("cloudtrail", "StartLogging", { Name: draft.name })] : []),
  ];
}

function bucketSteps(draft: TrailDraft, around: Surroundings, trailArn: string): readonly UiRequest[] {
  const isNew = !around.buckets.includes(draft.bucket);
  const location = around.region === "us-east-1" ? {} : { CreateBucketConfiguration: { LocationConstraint: around.region } };
  const policy = bucketPolicyFor(draft, around.account, trailArn, isNew ? undefined : around.bucketPolicy);
  return [
    ...(isNew ? [request("s3", "CreateBucket", { Bucket: draft.bucket, ...location })] : []),
    ...(policy === undefined ? [] : [request("s3", "PutBucketPolicy", { Bucket: draft.bucket, Policy: policy })]),
  ];
}

/** The policy with the two statements that CloudTrail needs; undefined where they stand in it already. */
export function bucketPolicyFor(
  { bucket, prefix, name }: Pick<TrailDraft, "bucket" | "prefix" | "name">,
  account: string,
  trailArn: string,
  before: string | undefined,
): string | undefined {
  const arn = `arn:aws:s3:::${bucket}`;
  const common = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" } };
  const source = { "aws:SourceArn": trailArn };
  const id = name.replace(/[^A-Za-z0-9]/g, "");
  const wanted: readonly Statement[] = [
    { Sid: `AWSCloudTrailAclCheck${id}`, ...common, Action: "s3:GetBucketAcl", Resource: arn, Condition: { StringEquals: source } },
    {
      Sid: `AWSCloudTrailWrite${id}`,
      ...common,
      Action: "s3:PutObject",
      Resource: `${arn}/${prefix === "" ? "" : `${prefix}/`}AWSLogs/${account}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...source } },
    },
  ];
  const known = statementsOf(before);
  const missing = wanted.filter((one) => !known.some((other) => JSON.stringify(other) === JSON.stringify(one)));
  if (missing.length === 0) return undefined;
  const kept = known.filter(({ Sid }) => !missing.some((one) => one["Sid"] === Sid));
  return JSON.stringify({ Version: "2012-10-17", Statement: [...kept, ...missing] });
}

/** S3 took the text, so it is a policy; a single statement may stand without a list. */
function statementsOf(policy: string | undefined): readonly Statement[] {
  if (policy === undefined) return [];
  const { Statement } = JSON.parse(policy) as { readonly Statement: Statement | readonly Statement[] };
  return Array.isArray(Statement) ? (Statement as readonly Statement[]) : [Statement as Statement];
}

function logSteps(draft: TrailDraft, { account, region, logGroups, roles }: Surroundings): readonly UiRequest[] {
  const trust = { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "sts:AssumeRole" };
  const write = {
    Effect: "Allow",
    Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
    Resource: `arn:aws:logs:${region}:${account}:log-group:${draft.logGroup}:log-stream:*`,
  };
  const policy = (statement: object): string => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
  return [
    ...(logGroups.includes(draft.logGroup) ? [] : [request("logs", "CreateLogGroup", { logGroupName: draft.logGroup })]),
    ...(roles.includes(draft.role)
      ? []
      : [
          request("iam", "CreateRole", { RoleName: draft.role, AssumeRolePolicyDocument: policy(trust) }),
          request("iam", "PutRolePolicy", { RoleName: draft.role, PolicyName: "WriteTrailToLogs", PolicyDocument: policy(write) }),
        ]),
  ];
}
