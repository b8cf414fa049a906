/**
 * Users, roles and policies that a fresh account has, as an administrator would have made them: real policies that can be read,
 * changed and deleted like any others. They follow from the account's id alone.
 *
 *   admin      everything (AdministratorAccess)
 *   developer  all services but IAM (PowerUserAccess), reads IAM, passes roles; may not delete or stop trails
 *   auditor    reads
 *   intruder   sends one metric: what a forgotten key of a build machine might do
 */
import { arnOf } from "../../model/arn.ts";
import { uniqueId } from "../principal-ids.ts";
import type { KeyDoc, PolicyDoc, RoleDoc, UserDoc } from "./documents.ts";
import { managedArn } from "./managed.ts";
import { AGENT_ROLE } from "./people.ts";

/** Long before any course begins. */
const MADE = Date.UTC(2020, 0, 6, 9, 0, 0);

export interface Seeds {
  readonly users: ReadonlyMap<string, UserDoc>;
  readonly roles: ReadonlyMap<string, RoleDoc>;
  readonly policies: ReadonlyMap<string, PolicyDoc>;
  readonly keys: ReadonlyMap<string, KeyDoc>;
}

const text = (...statements: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements }, undefined, 4);

const GUARD = text({
  Sid: "KeepTheTrail",
  Effect: "Deny",
  Action: ["cloudtrail:DeleteTrail", "cloudtrail:StopLogging", "cloudtrail:DeleteEventDataStore"],
  Resource: "*",
});

const PASS_ROLES = text({
  Sid: "PassRolesToServices",
  Effect: "Allow",
  Action: "iam:PassRole",
  Resource: "arn:aws:iam::*:role/*",
  Condition: { StringLike: { "iam:PassedToService": "*.amazonaws.com" } },
});

const ONE_METRIC = text({
  Sid: "ReportBuilds",
  Effect: "Allow",
  Action: "cloudwatch:PutMetricData",
  Resource: "*",
  Condition: { StringEquals: { "cloudwatch:namespace": "Builds" } },
});

const READS = [
  "CloudWatchReadOnlyAccess",
  "AmazonEventBridgeReadOnlyAccess",
  "AWSXrayReadOnlyAccess",
  "AWSCloudTrail_ReadOnlyAccess",
  "IAMReadOnlyAccess",
  "AmazonSQSReadOnlyAccess",
  "AWSLambda_ReadOnlyAccess",
  "AmazonS3ReadOnlyAccess",
  "AmazonEC2ReadOnlyAccess",
];

function made(account: string): Seeds {
  const arn = (resource: string): string => arnOf("iam", "", account, resource);
  const user = (UserName: string, attached: readonly string[], inline: Readonly<Record<string, string>> = {}): UserDoc => ({
    Path: "/",
    UserName,
    UserId: uniqueId("AIDA", account, UserName),
    Arn: arn(`user/${UserName}`),
    CreateDate: MADE,
    inline,
    attached,
    Tags: [],
  });
  const guard: PolicyDoc = {
    PolicyName: "ProtectAuditTrail",
    PolicyId: uniqueId("ANPA", account, "ProtectAuditTrail"),
    Arn: arn("policy/ProtectAuditTrail"),
    Path: "/",
    Description: "Nobody who has it deletes or stops a trail, whatever else allows it.",
    CreateDate: MADE,
    UpdateDate: MADE,
    DefaultVersionId: "v1",
    versions: [{ VersionId: "v1", Document: GUARD, CreateDate: MADE }],
    nextVersion: 2,
    Tags: [],
  };
  const users = [
    user("admin", [managedArn("AdministratorAccess")]),
    user("developer", [managedArn("PowerUserAccess"), managedArn("IAMReadOnlyAccess"), guard.Arn], { PassRoles: PASS_ROLES }),
    user(
      "auditor",
      READS.map((name) => managedArn(name)),
    ),
    user("intruder", [], { ReportBuilds: ONE_METRIC }),
  ];
  const agent: RoleDoc = {
    Path: "/",
    RoleName: AGENT_ROLE,
    RoleId: uniqueId("AROA", account, AGENT_ROLE),
    Arn: arn(`role/${AGENT_ROLE}`),
    CreateDate: MADE,
    AssumeRolePolicyDocument: text({ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }),
    MaxSessionDuration: 3600,
    inline: {},
    attached: [managedArn("CloudWatchAgentServerPolicy")],
    Tags: [],
  };
  const keys = users.map(
    ({ UserName }): KeyDoc => ({ AccessKeyId: seedKeyId(account, UserName), UserName, Status: "Active", CreateDate: MADE }),
  );
  return {
    users: new Map(users.map((one) => [one.UserName, one])),
    roles: new Map([[agent.RoleName.toLowerCase(), agent]]),
    policies: new Map([[guard.Arn, guard]]),
    keys: new Map(keys.map((one) => [one.AccessKeyId, one])),
  };
}

/** Access key of someone whom the account has from the start. */
export const seedKeyId = (account: string, name: string): string => uniqueId("AKIA", account, name).slice(0, 20);

const cache = new Map<string, Seeds>();

export function seedsOf(account: string): Seeds {
  let seeds = cache.get(account);
  if (seeds === undefined) {
    seeds = made(account);
    if (cache.size > 100) cache.clear();
    cache.set(account, seeds);
  }
  return seeds;
}
