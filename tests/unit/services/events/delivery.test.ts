import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { ServiceError } from "../../../../workers/model/errors.ts";
import type { Emission } from "../../../../workers/services/contract.ts";
import { events } from "../../../../workers/services/events/definition.ts";
import { MINUTE, openTestAccount, person, START } from "../../account/engine-harness.ts";
import { type Harness, harness } from "../harness.ts";

const arn = (service: string, name: string): string => `arn:aws:${service}:us-east-1:123456789012:${name}`;
const put = (account: Account, detail: object, more: object = {}) =>
  person(account, "events", "PutEvents", {
    Entries: [{ Source: "shop", DetailType: "order", Detail: JSON.stringify(detail), ...more }],
  });

async function rule(account: Account, targets: readonly object[], more: object = {}): Promise<void> {
  const { EventBusName } = more as { EventBusName?: string };
  await person(account, "events", "PutRule", { Name: "orders", EventPattern: '{"detail":{"total":[{"numeric":[">",10]}]}}', ...more });
  await person(account, "events", "PutTargets", { Rule: "orders", Targets: targets, EventBusName });
}

async function messages(
  account: Account,
  name = "q",
): Promise<{ Body: string; MessageAttributes?: Record<string, { StringValue: string }> }[]> {
  const reply = await person(account, "sqs", "ReceiveMessage", {
    QueueUrl: `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
  });
  return (reply.output.Messages ?? []) as never;
}

interface Sent {
  readonly deliveries: readonly {
    readonly status: string;
    readonly attempts: readonly { readonly at: number; readonly error?: { readonly code: string } }[];
    readonly payload?: string;
    readonly why?: string;
    readonly targetId: string;
  }[];
}
const sent = (account: Account, question: object = {}) =>
  account.look({ service: "events", view: "deliveries", region: "us-east-1", question }) as Promise<Sent>;

describe("an event that a rule matches", () => {
  test("reaches a queue, a topic's mail and a log group, whole or transformed", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await person(account, "sns", "CreateTopic", { Name: "t" });
    await person(account, "sns", "Subscribe", { TopicArn: arn("sns", "t"), Protocol: "sqs", Endpoint: arn("sqs", "q") });
    await person(account, "logs", "CreateLogGroup", { logGroupName: "/aws/events/orders" });
    const transformer = { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"order <id>"' };
    await rule(account, [
      { Id: "1-queue", Arn: arn("sqs", "q"), InputPath: "$.detail.id" },
      { Id: "2-topic", Arn: arn("sns", "t"), InputTransformer: transformer },
      { Id: "3-logs", Arn: arn("logs", "log-group:/aws/events/orders") },
    ]);
    await put(account, { id: "a1", total: 5 });
    await put(account, { id: "a2", total: 11 });
    const bodies = (await messages(account)).map(({ Body }) => JSON.parse(Body));
    expect(bodies).toEqual(["a2", expect.objectContaining({ Type: "Notification", Message: '"order a2"' })]);
    const { output } = await person(account, "logs", "FilterLogEvents", { logGroupName: "/aws/events/orders" });
    const [line, ...more] = output.events as { message: string; timestamp: number }[];
    expect(more).toEqual([]);
    expect(JSON.parse(line?.message ?? "")).toMatchObject({ source: "shop", detail: { id: "a2", total: 11 } });
    expect(line?.timestamp).toBe(START);
    const { deliveries } = await sent(account);
    expect(deliveries.map(({ targetId, status, attempts }) => [targetId, status, attempts.length])).toEqual([
      ["3-logs", "delivered", 1],
      ["2-topic", "delivered", 1],
      ["1-queue", "delivered", 1],
    ]);
    expect(deliveries[2]?.payload).toBe('"a2"');
  });

  test("goes on to another bus with the id it has, and round in a circle only so far", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await person(account, "events", "CreateEventBus", { Name: "more" });
    const bus = (name: string) => arn("events", `event-bus/${name}`);
    await rule(account, [{ Id: "on", Arn: bus("more") }]);
    await rule(
      account,
      [
        { Id: "back", Arn: bus("default") },
        { Id: "q", Arn: arn("sqs", "q") },
      ],
      { EventBusName: "more" },
    );
    await put(account, { total: 20 });
    const ids = (await messages(account)).map(({ Body }) => (JSON.parse(Body) as { id: string }).id);
    expect(ids).toHaveLength(4);
    expect(new Set(ids).size).toBe(1);
    const { deliveries } = await sent(account);
    expect(deliveries.some(({ status, attempts }) => status === "dropped" && attempts.at(-1)?.error !== undefined)).toBe(true);
  });

  test("goes nowhere while the rule is disabled, and not to targets that were removed", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await rule(account, [{ Id: "q", Arn: arn("sqs", "q") }]);
    await person(account, "events", "DisableRule", { Name: "orders" });
    await put(account, { total: 20 });
    await person(account, "events", "EnableRule", { Name: "orders" });
    await person(account, "events", "RemoveTargets", { Rule: "orders", Ids: ["q"] });
    await put(account, { total: 20 });
    expect(await messages(account)).toEqual([]);
    expect((await sent(account)).deliveries).toEqual([]);
  });

  test("that cannot be delivered lies in the dead-letter queue with the reason", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "dead" });
    await rule(account, [{ Id: "gone", Arn: arn("sqs", "gone"), DeadLetterConfig: { Arn: arn("sqs", "dead") } }]);
    await put(account, { total: 20 });
    const [letter] = await messages(account, "dead");
    const attributes = Object.fromEntries(
      Object.entries(letter?.MessageAttributes ?? {}).map(([name, { StringValue }]) => [name, StringValue]),
    );
    expect(attributes).toMatchObject({
      RULE_ARN: arn("events", "rule/orders"),
      TARGET_ARN: arn("sqs", "gone"),
      ERROR_CODE: "NO_RESOURCE",
      RETRY_ATTEMPTS: "0",
    });
    expect(attributes).not.toHaveProperty("EXHAUSTED_RETRY_CONDITION");
    expect((await sent(account)).deliveries).toMatchObject([{ status: "dead letter", attempts: [{ error: { code: "NO_RESOURCE" } }] }]);
  });

  test("whose JSON template gives no JSON is not sent, and the record says why", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    const transformer = { InputPathsMap: { note: "$.detail.note" }, InputTemplate: '{"note": "<note>"}' };
    await rule(account, [{ Id: "q", Arn: arn("sqs", "q"), InputTransformer: transformer }]);
    await put(account, { total: 20, note: 'a "quote"' });
    expect(await messages(account)).toEqual([]);
    expect((await sent(account)).deliveries).toMatchObject([{ status: "not sent", attempts: [], why: expect.stringContaining("no JSON") }]);
  });

  test("is counted in AWS/Events", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await rule(account, [{ Id: "q", Arn: arn("sqs", "q") }]);
    for (let i = 0; i < 3; i++) await put(account, { total: 20 });
    const { output } = await person(account, "cloudwatch", "GetMetricStatistics", {
      Namespace: "AWS/Events",
      MetricName: "MatchedEvents",
      Dimensions: [{ Name: "RuleName", Value: "orders" }],
      StartTime: START - MINUTE,
      EndTime: START + MINUTE,
      Period: 60,
      Statistics: ["Sum"],
    });
    expect(output.Datapoints).toMatchObject([{ Sum: 3 }]);
  });
});

describe("a schedule", () => {
  test("sets its rule off at its moments, from when it was made, until it is disabled", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await rule(account, [{ Id: "q", Arn: arn("sqs", "q") }], { EventPattern: undefined, ScheduleExpression: "rate(5 minutes)" });
    await account.advanceTo(START + 12 * MINUTE);
    await person(account, "events", "DisableRule", { Name: "orders" });
    await account.advanceTo(START + 30 * MINUTE);
    const bodies = (await messages(account)).map(({ Body }) => JSON.parse(Body) as Record<string, unknown>);
    expect(bodies.map(({ time }) => time)).toEqual(["2026-03-12T09:05:00Z", "2026-03-12T09:10:00Z"]);
    expect(bodies[0]).toMatchObject({
      source: "aws.events",
      "detail-type": "Scheduled Event",
      resources: [arn("events", "rule/orders")],
      detail: {},
    });
    // It passes no bus.
    const passed = (await account.look({ service: "events", view: "passed", region: "us-east-1", question: {} })) as { total: number };
    expect(passed.total).toBe(0);
  });
});

describe("a delivery that trying again may mend", () => {
  /** Emissions to sqs are answered by `answer`; others succeed. */
  function throttled(answer: (emission: Emission, attempt: number) => Error | undefined): Harness {
    let attempts = 0;
    return harness(events, {
      now: START,
      deliver: (emission) => {
        if (emission.service !== "sqs" || emission.input?.MessageAttributes !== undefined) return { output: {} };
        const error = answer(emission, ++attempts);
        return error === undefined ? { output: {} } : { error };
      },
    });
  }
  const event = { Entries: [{ Source: "shop", DetailType: "order", Detail: '{"total":20}' }] };
  async function orders(h: Harness, more: object = {}): Promise<void> {
    await h.call("PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
    await h.call("PutTargets", { Rule: "orders", Targets: [{ Id: "q", Arn: arn("sqs", "q"), ...more }] });
    await h.call("PutEvents", event);
  }
  const busy = () => new ServiceError("ThrottlingException", "Rate exceeded");

  test("is tried again with growing pauses till it arrives", async () => {
    const h = throttled((_, attempt) => (attempt < 5 ? busy() : undefined));
    await orders(h);
    expect(await h.look<Sent>("deliveries", {})).toMatchObject({ deliveries: [{ status: "retrying" }] });
    await h.advanceTo(START + 10 * MINUTE);
    const [delivery] = (await h.look<Sent>("deliveries", {})).deliveries;
    expect(delivery?.status).toBe("delivered");
    const pauses = (delivery?.attempts ?? []).map(({ at }, i, all) => (i === 0 ? 0 : at - (all[i - 1]?.at ?? 0)));
    expect(pauses).toHaveLength(5);
    pauses.slice(1).forEach((pause, i) => {
      expect(pause).toBeGreaterThanOrEqual(1000 << i);
      expect(pause).toBeLessThanOrEqual(1500 << i);
    });
  });

  test.each([
    [{ MaximumRetryAttempts: 2 }, "MaximumRetryAttempts", "2"],
    [{ MaximumEventAgeInSeconds: 60 }, "MaximumEventAgeInSeconds", undefined],
  ])("is given up by %o", async (RetryPolicy, condition, retries) => {
    const h = throttled(busy);
    await orders(h, { RetryPolicy, DeadLetterConfig: { Arn: arn("sqs", "dead") } });
    await h.advanceTo(START + 60 * MINUTE);
    const letter = h.emissions.findLast(({ input }) => input?.MessageAttributes !== undefined);
    const attributes = letter?.input?.MessageAttributes as Record<string, { StringValue: string }>;
    expect(attributes.EXHAUSTED_RETRY_CONDITION?.StringValue).toBe(condition);
    expect(attributes.ERROR_CODE?.StringValue).toBe("THROTTLING");
    if (retries !== undefined) expect(attributes.RETRY_ATTEMPTS?.StringValue).toBe(retries);
    expect(await h.look<Sent>("deliveries", {})).toMatchObject({
      deliveries: [{ status: "dead letter", why: `${condition} is reached.` }],
    });
    expect(h.agenda.size).toBe(0);
  });
});

describe("why an event reached a rule or did not", () => {
  test("is told part by part for every rule of the bus, with what became of it", async () => {
    const account = await openTestAccount();
    await person(account, "sqs", "CreateQueue", { QueueName: "q" });
    await rule(account, [{ Id: "q", Arn: arn("sqs", "q") }]);
    await person(account, "events", "PutRule", { Name: "off", EventPattern: '{"source":["shop"]}', State: "DISABLED" });
    await person(account, "events", "PutRule", { Name: "tick", ScheduleExpression: "rate(1 hour)" });
    await put(account, { total: 3 });
    const { events: passed } = (await account.look({ service: "events", view: "passed", region: "us-east-1", question: {} })) as {
      events: { sequence: string }[];
    };
    const verdicts = await account.look({
      service: "events",
      view: "eventVerdicts",
      region: "us-east-1",
      question: { sequence: passed[0]?.sequence },
    });
    expect(verdicts).toMatchObject({
      rules: [
        { rule: "off", isMatch: false, heldBack: "The rule is disabled.", because: { verdict: true } },
        { rule: "orders", isMatch: false, because: { verdict: false, parts: [{ verdict: false }] } },
        { rule: "tick", isMatch: false, heldBack: expect.stringContaining("schedule") },
      ],
      deliveries: [],
    });
  });

  test("a pattern is tried on an event and on what passed; one that is none says where", async () => {
    const account = await openTestAccount();
    await put(account, { total: 3 });
    const tried = (question: object) => account.look({ service: "events", view: "tryPattern", region: "us-east-1", question });
    expect(await tried({ pattern: '{"source":["shop"]}', event: '{"source":"shop"}' })).toMatchObject({
      tried: 1,
      matches: [expect.any(String)],
      because: { verdict: true },
    });
    expect(await tried({ pattern: '{"source":"shop"}' })).toMatchObject({ error: { from: 1, to: 9 }, tried: 0 });
    expect(await tried({ pattern: '{"source":["shop"]}', event: "{" })).toMatchObject({ eventError: expect.any(String) });
  });
});
