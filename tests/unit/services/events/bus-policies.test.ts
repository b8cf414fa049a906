import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { failure, openTestAccount, person } from "../../account/engine-harness.ts";

const OWN = "123456789012";
const OTHER = "210987654321";
const busOf = (account: string, name = "shared"): string => `arn:aws:events:us-east-1:${account}:event-bus/${name}`;
const as = (principal: string, account = OWN) => ({ account, caller: { kind: "person", principal } as const });
const inOther = as("admin", OTHER);
const EventBusName = "shared";

async function withBus(): Promise<Account> {
  const account = await openTestAccount();
  await person(account, "events", "CreateEventBus", { Name: EventBusName });
  return account;
}

const permit = (account: Account, input: object, who = as("developer")) =>
  person(account, "events", "PutPermission", { EventBusName, ...input }, who);
const policyOf = async (account: Account, Name = EventBusName): Promise<string | undefined> =>
  (await person(account, "events", "DescribeEventBus", { Name })).output["Policy"] as string | undefined;
const statements = (...list: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: list });
const toAccount = { Action: "events:PutEvents", Principal: OTHER, StatementId: "other" };
const denyAll = { Sid: "no", Effect: "Deny", Principal: "*", Action: "events:PutEvents", Resource: busOf(OWN) };

describe("PutPermission and RemovePermission", () => {
  test("keep one statement per id and show the policy with the bus", async () => {
    const account = await withBus();
    expect(await policyOf(account)).toBeUndefined();
    await permit(account, toAccount);
    await permit(account, { ...toAccount, StatementId: "all", Principal: "*" });
    const Condition = { Type: "StringEquals", Key: "aws:PrincipalOrgID", Value: "o-1" };
    await permit(account, { ...toAccount, StatementId: "all", Principal: "*", Condition });
    const Resource = busOf(OWN);
    expect(JSON.parse((await policyOf(account)) ?? "")).toEqual({
      Version: "2012-10-17",
      Statement: [
        { Sid: "other", Effect: "Allow", Principal: { AWS: `arn:aws:iam::${OTHER}:root` }, Action: "events:PutEvents", Resource },
        {
          Sid: "all",
          Effect: "Allow",
          Principal: "*",
          Action: "events:PutEvents",
          Resource,
          Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } },
        },
      ],
    });
    await person(account, "events", "RemovePermission", { EventBusName, StatementId: "other" });
    await person(account, "events", "RemovePermission", { EventBusName, StatementId: "all" });
    expect(await policyOf(account)).toBeUndefined();
  });

  test("take a whole policy, also of the default bus, which replaces what there was", async () => {
    const account = await withBus();
    await permit(account, toAccount);
    const Policy = statements({ ...denyAll, Sid: "mine" });
    await permit(account, { Policy });
    expect(await policyOf(account)).toBe(Policy);
    await person(account, "events", "RemovePermission", { EventBusName, RemoveAllPermissions: true });
    expect(await policyOf(account)).toBeUndefined();
    await person(account, "events", "PutPermission", toAccount);
    expect(await policyOf(account, "default")).toContain(busOf(OWN, "default"));
    const { output } = await person(account, "events", "ListEventBuses", {});
    expect((output["EventBuses"] as { Policy?: string }[]).map(({ Policy: has }) => has !== undefined)).toEqual([true, false]);
  });

  test.each([
    ["a bus that is not there", { ...toAccount, EventBusName: "none" }, "ResourceNotFoundException", /^Event bus none does not exist\.$/],
    ["another action", { ...toAccount, Action: "events:PutRule" }, "ValidationException", /^Provided value in parameter 'action' is not/],
    ["no principal", { Action: "events:PutEvents", StatementId: "s" }, "ValidationException", /^Parameter Principal is not valid/],
    ["no statement id", { Action: "events:PutEvents", Principal: "*" }, "ValidationException", /^Parameter StatementId is not valid/],
    ["a principal of another form", { ...toAccount, Principal: "me" }, "ValidationException", /'principal' failed to satisfy/],
    ["another condition", { ...toAccount, Condition: { Type: "A", Key: "b", Value: "c" } }, "ValidationException", /Parameter Condition/],
    ["both forms", { ...toAccount, Policy: statements(denyAll) }, "ValidationException", /^Parameter Policy is not valid/],
    ["no JSON", { Policy: "{" }, "ValidationException", /^Parameter Policy is not valid. Reason: The policy is not JSON/],
    ["no principal in a statement", { Policy: statements({ ...denyAll, Principal: undefined }) }, "ValidationException", /Principal/],
    ["another bus", { Policy: statements({ ...denyAll, Resource: busOf(OWN, "else") }) }, "ValidationException", /is not this bus/],
    ["another service's action", { Policy: statements({ ...denyAll, Action: "s3:PutObject" }) }, "ValidationException", /EventBridge's/],
    [
      "10,241 characters",
      { Policy: statements(denyAll).padEnd(10_241) },
      "PolicyLengthExceededException",
      /^The policy of an event bus has at most 10240 characters\.$/,
    ],
  ])("refuse %s", async (_, input, code, message) => {
    const refused = await failure(permit(await withBus(), input));
    expect(refused.code).toBe(code);
    expect(refused.message).toMatch(message);
  });

  test("refuse to take away what is not there", async () => {
    const account = await withBus();
    const remove = (input: object) => failure(person(account, "events", "RemovePermission", { EventBusName, ...input }));
    expect(await remove({ StatementId: "s" })).toMatchObject({
      code: "ResourceNotFoundException",
      message: "EventBus does not have a policy.",
    });
    await permit(account, toAccount);
    expect(await remove({ StatementId: "s" })).toMatchObject({ message: "Statement with the provided id does not exist." });
    expect((await remove({})).message).toMatch(/StatementId is a required argument/);
    expect((await remove({ EventBusName: "none", RemoveAllPermissions: true })).code).toBe("ResourceNotFoundException");
  });
});

const passed = async (account: Account, bus = EventBusName): Promise<number> =>
  ((await account.look({ service: "events", view: "passed", region: "us-east-1", question: { bus } })) as { total: number }).total;
const send = (account: Account, bus: string, who: ReturnType<typeof as>) =>
  person(account, "events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "order", Detail: "{}", EventBusName: bus }] }, who);

describe("the policy of a bus", () => {
  test("keeps people out whom IAM lets in, and lets in whom it does not", async () => {
    const account = await withBus();
    const user = { AWS: `arn:aws:iam::${OWN}:user/intruder` };
    await permit(account, { Policy: statements({ ...denyAll, Effect: "Allow", Principal: user }) });
    await send(account, EventBusName, as("intruder"));
    expect((await failure(send(account, "default", as("intruder")))).code).toBe("AccessDeniedException");
    await permit(account, { Policy: statements(denyAll) });
    expect((await failure(send(account, EventBusName, as("developer")))).message).toMatch(
      /with an explicit deny in a resource-based policy$/,
    );
    expect(await passed(account)).toBe(1);
  });

  test("may ask for the source of what is put", async () => {
    const account = await withBus();
    const Condition = { StringEquals: { "events:source": "shop" } };
    await permit(account, { Policy: statements({ ...denyAll, Condition }) });
    expect((await failure(send(account, EventBusName, as("developer")))).code).toBe("AccessDeniedException");
  });

  test("lets another account in by name only; its event keeps its account", async () => {
    const account = await withBus();
    const bus = busOf(OWN);
    expect((await failure(send(account, bus, inOther))).message).toMatch(
      /because no resource-based policy allows the events:PutEvents action$/,
    );
    await permit(account, toAccount);
    await send(account, bus, inOther);
    const { events } = (await account.look({
      service: "events",
      view: "passed",
      region: "us-east-1",
      question: { bus: EventBusName },
    })) as { events: { envelope: object }[] };
    expect(events.map(({ envelope }) => envelope)).toMatchObject([{ account: OTHER, source: "shop" }]);
  });

  test("does not hold up what AWS's services put on the default bus", async () => {
    const account = await openTestAccount();
    await person(account, "events", "PutPermission", { Policy: statements({ ...denyAll, Resource: busOf(OWN, "default") }) });
    const alarm = { AlarmName: "a", ComparisonOperator: "GreaterThanThreshold", EvaluationPeriods: 1, Namespace: "n", MetricName: "m" };
    await person(account, "cloudwatch", "PutMetricAlarm", { ...alarm, Period: 60, Statistic: "Sum", Threshold: 1 });
    expect(await passed(account, "default")).toBeGreaterThan(0);
  });
});

async function forwarding(account: Account, target: object, who = as("developer")): Promise<void> {
  await person(account, "events", "PutRule", { Name: "on", EventPattern: '{"source":["shop"]}' }, who);
  await person(account, "events", "PutTargets", { Rule: "on", Targets: [{ Id: "bus", Arn: busOf(OWN), ...target }] }, who);
}
const lastDelivery = async (account: Account): Promise<object | undefined> =>
  ((await account.look({ service: "events", view: "deliveries", region: "us-east-1", question: {} })) as { deliveries: object[] })
    .deliveries[0];

const ROLE = `arn:aws:iam::${OWN}:role/forwarder`;
async function role(account: Account, service: string, ...rights: object[]): Promise<void> {
  const trust = statements({ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" });
  await person(account, "iam", "CreateRole", { RoleName: "forwarder", AssumeRolePolicyDocument: trust }, as("admin"));
  for (const right of rights)
    await person(
      account,
      "iam",
      "PutRolePolicy",
      { RoleName: "forwarder", PolicyName: "p", PolicyDocument: statements(right) },
      as("admin"),
    );
}

describe("a rule whose target is a bus", () => {
  test("passes without a policy, and is stopped by one that denies its account", async () => {
    const account = await withBus();
    await forwarding(account, {});
    await send(account, "default", as("developer"));
    expect(await passed(account)).toBe(1);
    await permit(account, { Policy: statements({ ...denyAll, Principal: { AWS: OWN } }) });
    await send(account, "default", as("developer"));
    expect(await passed(account)).toBe(1);
    expect(await lastDelivery(account)).toMatchObject({ status: "dropped", attempts: [{ error: { code: "NO_PERMISSIONS" } }] });
  });

  test("acts in its role: which must be there, trust EventBridge, and may put events", async () => {
    const trials: (readonly [string, readonly object[], number])[] = [
      ["events.amazonaws.com", [{ Effect: "Allow", Action: "events:PutEvents", Resource: busOf(OWN) }], 1],
      ["events.amazonaws.com", [], 0],
      ["ec2.amazonaws.com", [{ Effect: "Allow", Action: "events:PutEvents", Resource: "*" }], 0],
    ];
    for (const [service, rights, count] of trials) {
      const account = await withBus();
      await role(account, service, ...rights);
      await forwarding(account, { RoleArn: ROLE });
      await send(account, "default", as("developer"));
      expect(await passed(account)).toBe(count);
    }
    const account = await withBus();
    await forwarding(account, { RoleArn: ROLE });
    await send(account, "default", as("developer"));
    expect(await lastDelivery(account)).toMatchObject({
      attempts: [{ error: { message: `EventBridge cannot assume the role ${ROLE}.` } }],
    });
  });

  test("of another account passes where the bus names that account", async () => {
    const account = await withBus();
    await forwarding(account, {}, inOther);
    await send(account, "default", inOther);
    expect(await passed(account)).toBe(0);
    await permit(account, toAccount);
    await send(account, "default", inOther);
    expect(await passed(account)).toBe(1);
  });

  test("in another Region gets the event under a new id", async () => {
    const account = await openTestAccount();
    const Arn = "arn:aws:events:eu-west-1:123456789012:event-bus/default";
    await forwarding(account, { Arn });
    await send(account, "default", as("developer"));
    const envelopes = async (region: string) =>
      ((await account.look({ service: "events", view: "passed", region })) as { events: { envelope: { id: string; region: string } }[] })
        .events;
    const [here] = await envelopes("us-east-1");
    const [there, ...more] = await envelopes("eu-west-1");
    expect(more).toEqual([]);
    expect(there?.envelope.region).toBe("us-east-1");
    expect(there?.envelope.id).not.toBe(here?.envelope.id);
    expect(await lastDelivery(account)).toMatchObject({ status: "delivered" });
  });

  test("of a third account does not get what came from another one", async () => {
    const account = await withBus();
    await permit(account, toAccount);
    await person(account, "events", "PutRule", { Name: "on", EventBusName, EventPattern: '{"source":["shop"]}' });
    const third = busOf("111122223333", "default");
    await person(account, "events", "PutPermission", { ...toAccount, Principal: "*" }, as("admin", "111122223333"));
    await person(account, "events", "PutTargets", { Rule: "on", EventBusName, Targets: [{ Id: "bus", Arn: third }] });
    await send(account, busOf(OWN), inOther);
    expect(await lastDelivery(account)).toMatchObject({
      status: "dropped",
      attempts: [{ error: { message: "An event that came from another account is not passed on to a third one." } }],
    });
    await send(account, EventBusName, as("developer"));
    expect(await lastDelivery(account)).toMatchObject({ status: "delivered" });
  });
});
