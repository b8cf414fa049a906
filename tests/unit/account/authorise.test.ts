import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import type { AccessTree } from "../../../workers/services/iam/denial.ts";
import type { WhyDenied } from "../../../workers/services/iam/looks.ts";
import { failure, openTestAccount, person, screen } from "./engine-harness.ts";

const as = (principal: string) => ({ caller: { kind: "person", principal } as const });
const byKey = (principal: string) => ({ caller: { kind: "program", principal } as const, via: "endpoint" as const });
const policy = (...statements: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/orders";

const iam = (account: Account, operation: string, input: object = {}) => person(account, "iam", operation, input, as("admin"));
const why = (account: Account, question: object) =>
  account.look({ service: "iam", view: "whyDenied", region: "us-east-1", question }) as Promise<WhyDenied>;
const events = async (account: Account): Promise<Record<string, never>[]> => {
  const { output } = await screen(account, "cloudtrail", "LookupEvents", {});
  return (output["Events"] as { CloudTrailEvent: string }[]).map((event) => JSON.parse(event.CloudTrailEvent) as Record<string, never>);
};

describe("who may what in a fresh account", () => {
  it("the developer works with all services, and writes nothing in IAM", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    await person(account, "sns", "CreateTopic", { Name: "t" });
    expect((await person(account, "iam", "ListUsers")).output["Users"]).toHaveLength(4);
    const error = await failure(person(account, "iam", "CreateUser", { UserName: "x" }));
    expect(error.code).toBe("AccessDenied");
    expect(error.message).toBe(
      "User: arn:aws:iam::123456789012:user/developer is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::123456789012:user/x because no identity-based policy allows the iam:CreateUser action",
    );
  });

  it("the auditor reads and changes nothing", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    const { output } = await person(account, "logs", "DescribeLogGroups", {}, as("auditor"));
    expect(output["logGroups"]).toHaveLength(1);
    for (const [service, operation, input, code] of [
      ["logs", "CreateLogGroup", { logGroupName: "x" }, "AccessDeniedException"],
      ["cloudwatch", "DeleteAlarms", { AlarmNames: ["a"] }, "AccessDenied"],
      ["sns", "CreateTopic", { Name: "x" }, "AuthorizationError"],
      ["sqs", "ReceiveMessage", { QueueUrl: QUEUE }, "AccessDenied"],
      ["iam", "DeleteUser", { UserName: "admin" }, "AccessDenied"],
    ] as const)
      expect((await failure(person(account, service, operation, input, as("auditor")))).code, operation).toBe(code);
  });

  it("the intruder sends one metric and sees nothing, not even on a screen", async () => {
    const account = await openTestAccount();
    const datum = { MetricData: [{ MetricName: "m", Value: 1 }] };
    await person(account, "cloudwatch", "PutMetricData", { Namespace: "Builds", ...datum }, as("intruder"));
    const error = await failure(person(account, "cloudwatch", "PutMetricData", { Namespace: "Shop", ...datum }, as("intruder")));
    expect(error.message).toContain("is not authorized to perform: cloudwatch:PutMetricData because no identity-based policy allows");
    const seen = await failure(screen(account, "cloudwatch", "ListMetrics", {}, { caller: { kind: "screen", principal: "intruder" } }));
    expect(seen.code).toBe("AccessDenied");
    expect((await person(account, "sts", "GetCallerIdentity", {}, as("intruder"))).output).toMatchObject({
      Arn: "arn:aws:iam::123456789012:user/intruder",
    });
  });

  it("views of screens take the right to read what they show", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    const page = { service: "logs", view: "page", region: "us-east-1", question: { logGroupName: "shop", firstRow: 0, rowCount: 10 } };
    const table = { service: "cloudtrail", view: "history", region: "us-east-1", question: { limit: 10 } };
    const choose = (principal: string) => account.stage({ kind: "identity", principal }, "us-east-1");
    await choose("intruder");
    expect((await failure(account.look(page))).message).toContain(
      "user/intruder is not authorized to perform: logs:FilterLogEvents on resource: arn:aws:logs:us-east-1:123456789012:log-group:shop:*",
    );
    expect((await failure(account.look(table))).code).toBe("AccessDeniedException");
    await account.look({ service: "account", view: "identities", region: "us-east-1" });
    for (const principal of ["auditor", "developer", "root"]) {
      await choose(principal);
      await account.look(page);
      await account.look(table);
    }
  });

  it("the root user may everything", async () => {
    const account = await openTestAccount();
    await person(account, "iam", "CreateUser", { UserName: "x" }, as("root"));
    await person(account, "iam", "DeleteUser", { UserName: "x" }, as("root"));
  });
});

describe("a denial", () => {
  it("is recorded by CloudTrail in AWS's words, and explained to the statement by the event's id", async () => {
    const account = await openTestAccount();
    const error = await failure(person(account, "iam", "CreateUser", { UserName: "x" }));
    const [record] = await events(account);
    expect(record).toMatchObject({
      eventName: "CreateUser",
      errorCode: "AccessDenied",
      errorMessage: error.message,
      awsRegion: "us-east-1",
      responseElements: null,
    });
    const found = await why(account, { eventId: record?.["eventID"] });
    expect(found).toMatchObject({
      found: true,
      tree: { action: "iam:CreateUser", decision: "implicitDeny", by: "identity", message: error.message },
    });
    expect((error as unknown as { because: AccessTree }).because).toEqual((found as { tree: AccessTree }).tree);
    expect(await why(account, { eventId: "no such event" })).toMatchObject({ found: false });
  });

  it("names the statement that denies", async () => {
    const account = await openTestAccount();
    await iam(account, "PutUserPolicy", {
      UserName: "developer",
      PolicyName: "NoDeletion",
      PolicyDocument: policy({ Sid: "Keep", Effect: "Deny", Action: "logs:Delete*", Resource: "*" }),
    });
    await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
    const error = await failure(person(account, "logs", "DeleteLogGroup", { logGroupName: "shop" }));
    expect(error.message).toMatch(
      /on resource: arn:aws:logs:us-east-1:123456789012:log-group:shop:\* with an explicit deny in an identity-based policy$/,
    );
    const { tree } = (await why(account, { eventId: (await events(account))[0]?.["eventID"] })) as { tree: AccessTree };
    expect(tree.sentence).toBe("The identity-based policy NoDeletion, statement Keep, denies logs:DeleteLogGroup.");
    const decided = tree.policies.flatMap(({ name, statements }) =>
      statements.filter((one) => one.decided).map((one) => [name, one] as const),
    );
    expect(decided).toMatchObject([["NoDeletion", { sid: "Keep", effect: "Deny", applies: true }]]);
    expect(JSON.parse(decided[0]?.[1].text ?? "")).toMatchObject({ Sid: "Keep" });
  });

  it("of what is not recorded is found by its request", async () => {
    const account = await openTestAccount();
    await failure(person(account, "sqs", "SendMessage", { QueueUrl: QUEUE, MessageBody: "m" }, as("auditor")));
    expect(await events(account)).toEqual([]);
    expect(
      await why(account, { identity: "auditor", action: "sqs:SendMessage", resource: "arn:aws:sqs:us-east-1:123456789012:orders" }),
    ).toMatchObject({
      found: true,
      tree: { decision: "implicitDeny", principal: "arn:aws:iam::123456789012:user/auditor" },
    });
    expect(await why(account, { identity: "admin", action: "sqs:SendMessage" })).toMatchObject({ tree: { decision: "allowed" } });
  });

  it("leaves the same hash in every run", async () => {
    const run = async () => {
      const account = await openTestAccount();
      await failure(person(account, "iam", "CreateUser", { UserName: "x" }));
      await failure(person(account, "sqs", "SendMessage", { QueueUrl: QUEUE, MessageBody: "m" }, as("auditor")));
      return account.stateHash().hash;
    };
    expect(await run()).toBe(await run());
  });
});

describe("what changes rights", () => {
  it("holds from the next call on: attach, detach, a new default version", async () => {
    const account = await openTestAccount();
    const { output } = await iam(account, "CreatePolicy", {
      PolicyName: "writes",
      PolicyDocument: policy({ Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "*" }),
    });
    const PolicyArn = (output["Policy"] as { Arn: string }).Arn;
    const write = (logGroupName: string) => person(account, "logs", "CreateLogGroup", { logGroupName }, as("auditor"));
    await failure(write("a"));
    await iam(account, "AttachUserPolicy", { UserName: "auditor", PolicyArn });
    await write("a");
    await iam(account, "CreatePolicyVersion", {
      PolicyArn,
      PolicyDocument: policy({ Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "arn:aws:logs:*:*:log-group:/app/*" }),
      SetAsDefault: true,
    });
    expect((await failure(write("b"))).code).toBe("AccessDeniedException");
    await write("/app/b");
    await iam(account, "DetachUserPolicy", { UserName: "auditor", PolicyArn });
    await failure(write("/app/c"));
  });

  it("holds after a rewind as it did then", async () => {
    const account = await openTestAccount();
    await account.advanceTo(account.now + 60_000);
    const before = account.now;
    await account.advanceTo(account.now + 60_000);
    await iam(account, "AttachUserPolicy", { UserName: "developer", PolicyArn: "arn:aws:iam::aws:policy/IAMFullAccess" });
    await person(account, "iam", "CreateUser", { UserName: "x" });
    await account.rewind(before);
    await failure(person(account, "iam", "CreateUser", { UserName: "x" }));
  });

  it("a boundary cuts what policies allow", async () => {
    const account = await openTestAccount();
    await iam(account, "PutUserPermissionsBoundary", {
      UserName: "developer",
      PermissionsBoundary: "arn:aws:iam::aws:policy/CloudWatchLogsFullAccess",
    });
    await person(account, "logs", "CreateLogGroup", { logGroupName: "a" });
    expect((await failure(person(account, "sns", "CreateTopic", { Name: "t" }))).message).toMatch(
      /because no permissions boundary allows the sns:CreateTopic action$/,
    );
  });

  it("conditions see the clock, the Region, tags and who asks", async () => {
    const account = await openTestAccount();
    const until = (moment: number) => ({ DateLessThan: { "aws:CurrentTime": new Date(moment).toISOString() } });
    await iam(account, "PutUserPolicy", {
      UserName: "auditor",
      PolicyName: "some",
      PolicyDocument: policy(
        { Effect: "Allow", Action: "sns:CreateTopic", Resource: "*", Condition: until(account.now + 60_000) },
        { Effect: "Allow", Action: "logs:CreateLogGroup", Resource: "*", Condition: { StringEquals: { "aws:RequestTag/team": "blue" } } },
        { Effect: "Allow", Action: "sqs:CreateQueue", Resource: `arn:aws:sqs:*:*:\${aws:username}-*` },
        { Effect: "Deny", NotAction: "iam:*", Resource: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "us-east-1" } } },
      ),
    });
    const call = (service: string, operation: string, input: object, region = "us-east-1") =>
      person(account, service, operation, input, { ...as("auditor"), region });
    await call("sns", "CreateTopic", { Name: "a" });
    await call("logs", "CreateLogGroup", { logGroupName: "a", tags: { team: "blue" } });
    await failure(call("logs", "CreateLogGroup", { logGroupName: "b", tags: { team: "red" } }));
    await call("sqs", "CreateQueue", { QueueName: "auditor-1" });
    await failure(call("sqs", "CreateQueue", { QueueName: "admin-1" }));
    expect((await failure(call("sns", "ListTopics", {}, "eu-central-1"))).message).toMatch(/explicit deny/);
    await account.advanceTo(account.now + 120_000);
    await failure(call("sns", "CreateTopic", { Name: "b" }));
  });
});

describe("access keys and sessions", () => {
  it("a key that was made is its user, until it is deactivated or deleted", async () => {
    const account = await openTestAccount();
    await iam(account, "CreateUser", { UserName: "bot" });
    const { output } = await iam(account, "CreateAccessKey", { UserName: "bot" });
    const { AccessKeyId } = output["AccessKey"] as { AccessKeyId: string };
    const who = () => person(account, "sts", "GetCallerIdentity", {}, byKey(AccessKeyId));
    expect((await who()).output).toMatchObject({ Arn: "arn:aws:iam::123456789012:user/bot" });
    expect((await failure(person(account, "logs", "DescribeLogGroups", {}, byKey(AccessKeyId)))).code).toBe("AccessDeniedException");
    await iam(account, "UpdateAccessKey", { UserName: "bot", AccessKeyId, Status: "Inactive" });
    expect((await failure(who())).code).toBe("InvalidClientTokenId");
    expect((await failure(person(account, "logs", "DescribeLogGroups", {}, byKey(AccessKeyId)))).code).toBe("UnrecognizedClientException");
    await iam(account, "DeleteAccessKey", { UserName: "bot", AccessKeyId });
    expect((await failure(who())).message).toBe("The security token included in the request is invalid.");
  });

  const trust = (Principal: object, more: object = {}) => policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });
  const ROLE = "arn:aws:iam::123456789012:role/ops";

  it("a role is assumed by whom it trusts, and its session has the role's rights cut by the session's policy", async () => {
    const account = await openTestAccount();
    const developer = { AWS: "arn:aws:iam::123456789012:user/developer" };
    await iam(account, "CreateRole", { RoleName: "ops", AssumeRolePolicyDocument: trust(developer) });
    await iam(account, "AttachRolePolicy", { RoleName: "ops", PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess" });
    const assume = (principal: string, more: object = {}) =>
      person(account, "sts", "AssumeRole", { RoleArn: ROLE, RoleSessionName: "session", ...more }, as(principal));
    const { output } = await assume("developer", { Policy: policy({ Effect: "Allow", Action: ["logs:*", "iam:*"], Resource: "*" }) });
    const { AccessKeyId, Expiration } = output["Credentials"] as { AccessKeyId: string; Expiration: number };
    expect(Expiration).toBe(account.now + 3_600_000);
    await person(account, "iam", "CreateUser", { UserName: "by-session" }, byKey(AccessKeyId));
    const error = await failure(person(account, "sns", "CreateTopic", { Name: "t" }, byKey(AccessKeyId)));
    expect(error.message).toMatch(
      /^User: arn:aws:sts::123456789012:assumed-role\/ops\/session is not .* because no session policy allows the sns:CreateTopic action$/,
    );
    expect((await failure(assume("admin"))).message).toBe(
      `User: arn:aws:iam::123456789012:user/admin is not authorized to perform: sts:AssumeRole on resource: ${ROLE} because no role trust policy allows the sts:AssumeRole action`,
    );
    expect((await failure(assume("root"))).code).toBe("AccessDenied");
    const record = (await events(account)).find((one) => one["eventName"] === "CreateUser") as Record<string, unknown>;
    expect(record).toMatchObject({ userIdentity: { type: "AssumedRole", sessionContext: { sessionIssuer: { arn: ROLE } } } });
    await account.advanceTo(account.now + 3_600_000);
    expect((await failure(person(account, "sns", "CreateTopic", { Name: "t" }, byKey(AccessKeyId)))).code).toBe("ExpiredToken");
    expect((await failure(person(account, "logs", "DescribeLogGroups", {}, byKey(AccessKeyId)))).code).toBe("ExpiredTokenException");
  });

  it("a role that trusts the account needs the caller's own policies too; one that is not there trusts nobody", async () => {
    const account = await openTestAccount();
    await iam(account, "CreateRole", { RoleName: "ops", AssumeRolePolicyDocument: trust({ AWS: "123456789012" }) });
    const assume = (principal: string, RoleArn = ROLE) =>
      person(account, "sts", "AssumeRole", { RoleArn, RoleSessionName: "session" }, as(principal));
    await assume("developer");
    expect((await failure(assume("intruder"))).message).toMatch(/because no identity-based policy allows the sts:AssumeRole action$/);
    expect((await failure(assume("developer", `${ROLE}-not`))).message).toBe(
      `User: arn:aws:iam::123456789012:user/developer is not authorized to perform: sts:AssumeRole on resource: ${ROLE}-not`,
    );
  });

  it("roles that trust each other in a circle are assumed one after another, an hour at most", async () => {
    const account = await openTestAccount();
    const roles = ["a", "b"];
    for (const RoleName of roles)
      await iam(account, "CreateRole", { RoleName, AssumeRolePolicyDocument: trust({ AWS: "123456789012" }), MaxSessionDuration: 43_200 });
    for (const RoleName of roles)
      await iam(account, "AttachRolePolicy", { RoleName, PolicyArn: "arn:aws:iam::aws:policy/PowerUserAccess" });
    const arn = (name: string) => `arn:aws:iam::123456789012:role/${name}`;
    for (const [index, RoleName] of roles.entries())
      await iam(account, "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust({ AWS: arn(roles[1 - index] as string) }) });
    await iam(account, "UpdateAssumeRolePolicy", {
      RoleName: "a",
      PolicyDocument: trust({ AWS: [arn("b"), "arn:aws:iam::123456789012:user/developer"] }),
    });
    let caller: object = as("developer");
    for (const name of ["a", "b", "a", "b"]) {
      const { output } = await person(account, "sts", "AssumeRole", { RoleArn: arn(name), RoleSessionName: "session" }, caller);
      caller = byKey((output["Credentials"] as { AccessKeyId: string }).AccessKeyId);
    }
    const longer = { RoleArn: arn("a"), RoleSessionName: "session", DurationSeconds: 7200 };
    expect((await failure(person(account, "sts", "AssumeRole", longer, caller))).message).toMatch(
      /1 hour session limit for roles assumed by role chaining/,
    );
  });

  it("secrets stand in no record", async () => {
    const account = await openTestAccount();
    const { output } = await iam(account, "CreateAccessKey", { UserName: "intruder" });
    await iam(account, "CreateRole", { RoleName: "ops", AssumeRolePolicyDocument: trust({ AWS: "arn:aws:iam::123456789012:user/admin" }) });
    const session = await person(account, "sts", "AssumeRole", { RoleArn: ROLE, RoleSessionName: "session" }, as("admin"));
    const text = JSON.stringify(await events(account));
    for (const made of [output["AccessKey"], session.output["Credentials"]] as { SecretAccessKey: string }[]) {
      expect(made.SecretAccessKey.length).toBe(40);
      expect(text).not.toContain(made.SecretAccessKey);
    }
  });
});

describe("the identity switcher", () => {
  it("offers the people of the account, and users that were made since", async () => {
    const account = await openTestAccount();
    await iam(account, "CreateUser", { UserName: "jane" });
    const offered = (await account.look({ service: "account", view: "identities", region: "us-east-1" })) as { id: string }[];
    expect(offered.map(({ id }) => id)).toEqual(["developer", "admin", "auditor", "intruder", "root", "jane"]);
    await account.stage({ kind: "identity", principal: "jane" }, "us-east-1");
    expect(account.identity()).toBe("jane");
    expect((await failure(person(account, "logs", "DescribeLogGroups", {}, as("jane")))).message).toContain("user/jane is not authorized");
    expect((await failure(account.stage({ kind: "identity", principal: "nobody" }, "us-east-1"))).message).toBe(
      'There is no identity "nobody" in this account.',
    );
  });

  it("who is deleted is no caller any more", async () => {
    const account = await openTestAccount();
    const keys = (await iam(account, "ListAccessKeys", { UserName: "intruder" })).output["AccessKeyMetadata"] as { AccessKeyId: string }[];
    await iam(account, "DeleteAccessKey", { UserName: "intruder", AccessKeyId: keys[0]?.AccessKeyId });
    await iam(account, "DeleteUserPolicy", { UserName: "intruder", PolicyName: "ReportBuilds" });
    await iam(account, "DeleteUser", { UserName: "intruder" });
    expect((await failure(person(account, "sts", "GetCallerIdentity", {}, as("intruder")))).code).toBe("InvalidClientTokenId");
    expect((await failure(account.stage({ kind: "identity", principal: "intruder" }, "us-east-1"))).name).toBe("InputError");
  });

  it("who is deleted while chosen can still choose another", async () => {
    const account = await openTestAccount();
    await iam(account, "CreateUser", { UserName: "jane" });
    await account.stage({ kind: "identity", principal: "jane" }, "us-east-1");
    await iam(account, "DeleteUser", { UserName: "jane" });
    const offered = (await account.look({ service: "account", view: "identities", region: "us-east-1" })) as { id: string }[];
    expect(offered.map(({ id }) => id)).not.toContain("jane");
    expect((await failure(person(account, "logs", "DescribeLogGroups", {}, as("jane")))).name).toBe("InputError");
    await account.stage({ kind: "identity", principal: "developer" }, "us-east-1");
    await account.look({ service: "iam", view: "principals", region: "us-east-1" });
  });
});
