import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { behaviourOf } from "../../../../workers/services/lambda/behaviour.ts";
import { lambda } from "../../../../workers/services/lambda/definition.ts";
import { failure, MINUTE, openTestAccount, person, START } from "../../account/engine-harness.ts";
import { type Harness, harness } from "../harness.ts";

const ROLE = "arn:aws:iam::123456789012:role/shop";
const FUNCTION = { FunctionName: "f", Role: ROLE, Runtime: "nodejs22.x", Handler: "index.handler", Code: { ZipFile: new Uint8Array(3) } };
const trust = (service = "lambda.amazonaws.com"): string =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: service }, Action: "sts:AssumeRole" }],
  });
const admin = { caller: { kind: "person", principal: "admin" } } as const;
/** Makes the role of its functions with the first. */
async function make(account: Account, more: object = {}) {
  const role = { RoleName: "shop", AssumeRolePolicyDocument: trust() };
  await person(account, "iam", "CreateRole", role, admin).catch((thrown: { code?: string }) => {
    if (thrown.code !== "EntityAlreadyExists") throw thrown;
  });
  return await person(account, "lambda", "CreateFunction", { ...FUNCTION, ...more });
}
const others = { "iam/role": { shop: { RoleName: "shop", Arn: ROLE, AssumeRolePolicyDocument: trust(), inline: {}, attached: [] } } };
const invoke = (account: Account, more: object = {}) =>
  person(account, "lambda", "Invoke", { FunctionName: "f", Payload: new TextEncoder().encode('{"a":1}'), ...more });
const text = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array);

async function lines(account: Account): Promise<string[]> {
  const { output } = await person(account, "logs", "FilterLogEvents", { logGroupName: "/aws/lambda/f" });
  return (output.events as { message: string }[]).map(({ message }) => message.trimEnd());
}

async function total(account: Account, MetricName: string, Statistic: "Sum" | "Maximum" = "Sum"): Promise<number> {
  const { output } = await person(account, "cloudwatch", "GetMetricStatistics", {
    Namespace: "AWS/Lambda",
    MetricName,
    Dimensions: [{ Name: "FunctionName", Value: "f" }],
    StartTime: START - MINUTE,
    EndTime: START + 60 * MINUTE,
    Period: 3600,
    Statistics: [Statistic],
  });
  return (output.Datapoints as Record<string, number>[]).reduce((sum, point) => sum + (point[Statistic] ?? 0), 0);
}

describe("a function", () => {
  test("answers at once, and leaves START, its line, END and REPORT when it has ended", async () => {
    const account = await openTestAccount();
    await make(account, { Environment: { Variables: { NEPHOSCOPE_DURATION_MS: "100", NEPHOSCOPE_RESPONSE: '{"ok":true}' } } });
    const { output } = await invoke(account);
    expect(output).toMatchObject({ StatusCode: 200, ExecutedVersion: "$LATEST" });
    expect(text(output.Payload)).toBe('{"ok":true}');
    await account.advanceTo(START + MINUTE);
    const [start, line, end, report] = await lines(account);
    const id = /^START RequestId: ([0-9a-f-]{36}) Version: \$LATEST$/.exec(start ?? "")?.[1];
    expect(line).toMatch(new RegExp(`^2026-03-12T09:00:00\\.\\d{3}Z\t${id}\tINFO\t\\{"a":1\\}$`));
    expect(end).toBe(`END RequestId: ${id}`);
    expect(report).toMatch(
      /^REPORT .*\tDuration: 100\.00 ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\t.*Init Duration: \d+\.\d\d ms$/,
    );
    expect([await total(account, "Invocations"), await total(account, "Errors")]).toEqual([1, 0]);
  });

  test("is cold once, then warm while it is used, and has an environment for each request at a time", async () => {
    const account = await openTestAccount();
    await make(account, { Environment: { Variables: { NEPHOSCOPE_DURATION_MS: "1000" } } });
    await invoke(account);
    await invoke(account);
    await account.advanceTo(START + MINUTE);
    await invoke(account);
    await account.advanceTo(START + 40 * MINUTE);
    await invoke(account);
    await account.advanceTo(START + 41 * MINUTE);
    const cold = (await lines(account)).filter((each) => each.startsWith("REPORT")).map((each) => each.includes("Init Duration"));
    expect(cold).toEqual([true, true, false, true]);
    expect(await total(account, "ConcurrentExecutions", "Maximum")).toBe(2);
  });

  test("that takes longer than its timeout is stopped then", async () => {
    const account = await openTestAccount();
    await make(account, { Timeout: 1, Environment: { Variables: { NEPHOSCOPE_DURATION_MS: "5000" } } });
    const { output } = await invoke(account);
    expect(output.FunctionError).toBe("Unhandled");
    expect(text(output.Payload)).toContain("Task timed out after 1.00 seconds");
    await account.advanceTo(START + MINUTE);
    expect((await lines(account)).some((each) => each.endsWith("Task timed out after 1.00 seconds"))).toBe(true);
    expect(await total(account, "Errors")).toBe(1);
  });

  test("that fails is tried twice more when it was invoked asynchronously, and once when it was not", async () => {
    const account = await openTestAccount();
    await make(account, { Environment: { Variables: { NEPHOSCOPE_ERROR_RATE: "1", NEPHOSCOPE_ERROR: "no stock" } } });
    expect((await invoke(account, { InvocationType: "Event" })).output).toEqual({ StatusCode: 202 });
    await account.advanceTo(START + 10 * MINUTE);
    const starts = (await lines(account)).filter((each) => each.startsWith("START"));
    expect(starts).toHaveLength(3);
    expect(new Set(starts).size).toBe(1);
    expect(await total(account, "Errors")).toBe(3);
    expect(text((await invoke(account)).output.Payload)).toContain("no stock");
    await account.advanceTo(START + 20 * MINUTE);
    expect(await total(account, "Errors")).toBe(4);
  });

  test("without concurrency left is throttled: at once, or later when it was asked asynchronously", async () => {
    const account = await openTestAccount();
    await make(account);
    await person(account, "lambda", "PutFunctionConcurrency", { FunctionName: "f", ReservedConcurrentExecutions: 0 });
    expect(await failure(invoke(account))).toMatchObject({ code: "TooManyRequestsException", status: 429 });
    await invoke(account, { InvocationType: "Event" });
    await account.advanceTo(START + MINUTE);
    await person(account, "lambda", "DeleteFunctionConcurrency", { FunctionName: "f" });
    await account.advanceTo(START + 10 * MINUTE);
    expect(await total(account, "Invocations")).toBe(1);
    expect(await total(account, "Throttles")).toBeGreaterThan(1);
  });

  test.each([
    [{ NEPHOSCOPE_DURATION_MS: "200-80" }, "NEPHOSCOPE_DURATION_MS"],
    [{ NEPHOSCOPE_ERROR_RATE: "2" }, "NEPHOSCOPE_ERROR_RATE"],
    [{ NEPHOSCOPE_RESPONSE: "{" }, "NEPHOSCOPE_RESPONSE"],
  ])("is refused with the variables %o", async (Variables, named) => {
    const account = await openTestAccount();
    const refused = await failure(make(account, { Environment: { Variables } }));
    expect(refused).toMatchObject({ code: "InvalidParameterValueException", message: expect.stringContaining(named) });
  });

  test("is found by name and ARN, changed, listed and deleted", async () => {
    const account = await openTestAccount();
    const { output } = await make(account);
    expect(output.FunctionArn).toBe("arn:aws:lambda:us-east-1:123456789012:function:f");
    expect(await failure(make(account))).toMatchObject({ code: "ResourceConflictException", message: "Function already exist: f" });
    await person(account, "lambda", "UpdateFunctionConfiguration", { FunctionName: output.FunctionArn, Timeout: 9 });
    expect((await person(account, "lambda", "GetFunction", { FunctionName: "123456789012:function:f" })).output).toMatchObject({
      Configuration: { Timeout: 9, State: "Active" },
    });
    expect((await person(account, "lambda", "ListFunctions")).output.Functions).toHaveLength(1);
    await person(account, "lambda", "DeleteFunction", { FunctionName: "f" });
    expect(await failure(invoke(account))).toMatchObject({
      code: "ResourceNotFoundException",
      message: "Function not found: arn:aws:lambda:us-east-1:123456789012:function:f",
    });
  });
});

describe("the role of a function", () => {
  const refusal = "The role defined for the function cannot be assumed by Lambda.";

  test("must be there and trust Lambda, when the function is made and when it gets another", async () => {
    const account = await openTestAccount();
    await make(account);
    const refused = (operation: string, input: object) => failure(person(account, "lambda", operation, input));
    const other = { ...FUNCTION, FunctionName: "g" };
    expect(await refused("CreateFunction", { ...other, Role: `${ROLE}s` })).toMatchObject({
      code: "InvalidParameterValueException",
      message: refusal,
    });
    await person(account, "iam", "CreateRole", { RoleName: "host", AssumeRolePolicyDocument: trust("ec2.amazonaws.com") }, admin);
    const host = ROLE.replace("shop", "host");
    expect((await refused("CreateFunction", { ...other, Role: host })).message).toBe(refusal);
    expect((await refused("UpdateFunctionConfiguration", { FunctionName: "f", Role: host })).message).toBe(refusal);
    await person(account, "iam", "UpdateAssumeRolePolicy", { RoleName: "host", PolicyDocument: trust() }, admin);
    await person(account, "lambda", "UpdateFunctionConfiguration", { FunctionName: "f", Role: host });
  });

  test("may be one that the account has from the start, once it trusts Lambda", async () => {
    const account = await openTestAccount();
    const Role = "arn:aws:iam::123456789012:role/CloudWatchAgentServerRole";
    const create = () => person(account, "lambda", "CreateFunction", { ...FUNCTION, Role });
    expect((await failure(create())).message).toBe(refusal);
    const RoleName = "CloudWatchAgentServerRole";
    await person(account, "iam", "UpdateAssumeRolePolicy", { RoleName, PolicyDocument: trust() }, admin);
    await create();
  });
});

describe("tracing", () => {
  const event = (h: Harness, trace?: string) =>
    h.columns("Invoke", { FunctionName: "f", InvocationType: "Event", Payload: new TextEncoder().encode("{}"), trace });
  const segments = (h: Harness): Record<string, unknown>[] =>
    h.emissions
      .filter(({ service }) => service === "xray")
      .flatMap(({ input }) => ((input?.TraceSegmentDocuments ?? []) as string[]).map((one) => JSON.parse(one) as Record<string, unknown>));

  test("follows the sender's decision and carries on its trace", async () => {
    const h = harness(lambda, { now: START, others });
    await h.call("CreateFunction", FUNCTION);
    event(h, "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1");
    event(h, "Root=1-5759e988-bd862e3fe1be46a994272794;Sampled=0");
    event(h);
    await h.advanceTo(START + MINUTE);
    const [service, own, ...more] = segments(h);
    expect(more).toEqual([]);
    expect(service).toMatchObject({
      origin: "AWS::Lambda",
      trace_id: "1-5759e988-bd862e3fe1be46a994272793",
      parent_id: "53995c3f42cd8ad8",
    });
    expect(own).toMatchObject({ origin: "AWS::Lambda::Function", parent_id: service?.id });
    expect(own?.subsegments).toMatchObject([{ name: "Initialization" }, { name: "Invocation" }, { name: "Overhead" }]);
  });

  test("that is active samples the first request of a second, and few of the others", async () => {
    const h = harness(lambda, { now: START, others });
    await h.call("CreateFunction", { ...FUNCTION, TracingConfig: { Mode: "Active" } });
    for (let i = 0; i < 3; i++) {
      event(h);
      await h.advanceTo(h.now + 1000);
    }
    await h.advanceTo(START + MINUTE);
    expect(segments(h)).toHaveLength(6);
  });
});

describe("permissions of a function", () => {
  test("are statements of its own policy", async () => {
    const account = await openTestAccount();
    await make(account);
    const permission = { FunctionName: "f", StatementId: "rule", Action: "lambda:InvokeFunction", Principal: "events.amazonaws.com" };
    await person(account, "lambda", "AddPermission", { ...permission, SourceArn: "arn:aws:events:us-east-1:123456789012:rule/r" });
    expect(await failure(person(account, "lambda", "AddPermission", permission))).toMatchObject({ code: "ResourceConflictException" });
    const { output } = await person(account, "lambda", "GetPolicy", { FunctionName: "f" });
    expect(JSON.parse(output.Policy as string)).toMatchObject({
      Statement: [
        {
          Sid: "rule",
          Principal: { Service: "events.amazonaws.com" },
          Condition: { ArnLike: { "AWS:SourceArn": "arn:aws:events:us-east-1:123456789012:rule/r" } },
        },
      ],
    });
    await person(account, "lambda", "RemovePermission", { FunctionName: "f", StatementId: "rule" });
    expect(await failure(person(account, "lambda", "GetPolicy", { FunctionName: "f" }))).toMatchObject({
      code: "ResourceNotFoundException",
    });
  });
});

test("any text in a variable is read or refused by name, never by accident", () => {
  const names = fc.constantFrom("NEPHOSCOPE_DURATION_MS", "NEPHOSCOPE_ERROR_RATE", "NEPHOSCOPE_RESPONSE");
  fc.assert(
    fc.property(names, fc.oneof(fc.string(), fc.double().map(String), fc.json()), (name, value) => {
      try {
        const { shortest, longest, errorRate } = behaviourOf({ [name]: value });
        expect(shortest <= longest && errorRate >= 0 && errorRate <= 1).toBe(true);
      } catch (thrown) {
        expect((thrown as Error).message).toContain(name);
      }
    }),
  );
});
