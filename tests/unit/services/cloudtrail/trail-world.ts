/** What a trail needs of other services, as `peek` shows it: a bucket with its policy, a log group, a role, a topic. */
import { cloudtrail } from "../../../../workers/services/cloudtrail/definition.ts";
import type { Emission } from "../../../../workers/services/contract.ts";
import { type Harness, harness } from "../harness.ts";

export const ACCOUNT = "123456789012";
export const BUCKET = "audit-files";
export const GROUP = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:CloudTrail/logs:*`;
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/Trail-Logs`;
export const trailArn = (name: string): string => `arn:aws:cloudtrail:us-east-1:${ACCOUNT}:trail/${name}`;

const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const Principal = { Service: "cloudtrail.amazonaws.com" };

/** The bucket policy of the user guide, for one trail. */
export const bucketPolicy = (name: string, prefix = ""): string =>
  policy(
    {
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${BUCKET}`,
      Condition: { StringEquals: { "aws:SourceArn": trailArn(name) } },
    },
    {
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${BUCKET}/${prefix}AWSLogs/${ACCOUNT}/*`,
      Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", "aws:SourceArn": trailArn(name) } },
    },
  );

const open = policy({ Effect: "Allow", Principal, Action: "s3:*", Resource: [`arn:aws:s3:::${BUCKET}`, `arn:aws:s3:::${BUCKET}/*`] });
export const trust = policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole" });
export const rights = policy({ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" });

export type Others = Record<string, Record<string, Record<string, unknown>>>;

export const others = (): Others => ({
  "s3/bucket": { [BUCKET]: { policy: open } },
  "logs/group": { "CloudTrail/logs": {} },
  "iam/role": { "trail-logs": { Arn: ROLE, AssumeRolePolicyDocument: trust, inline: { rights }, attached: [] } },
  "sns/topic": {
    told: { attributes: { Policy: policy({ Effect: "Allow", Principal, Action: "sns:Publish", Resource: "*" }) } },
    silent: { attributes: {} },
  },
});

export interface TrailHarness extends Harness {
  readonly others: Others;
}

/** `deliver` answers the emissions; without it they are kept. */
export function trailHarness(
  options: {
    readonly region?: string;
    readonly now?: number;
    readonly deliver?: (emission: Emission) => { output: unknown } | { error: Error };
  } = {},
): TrailHarness {
  const world = others();
  return Object.assign(harness(cloudtrail, { ...options, others: world }), { others: world });
}
