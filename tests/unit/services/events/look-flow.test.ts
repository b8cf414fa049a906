import { describe, expect, test } from "vitest";
import type { Account } from "../../../../workers/account/account.ts";
import { openTestAccount, person, START } from "../../account/engine-harness.ts";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:q";
const look = <T>(account: Account, view: string, question: object = {}): Promise<T> =>
  account.look({ service: "events", view, region: "us-east-1", question: question as never }) as Promise<T>;
const put = (account: Account, source: string, bus = "default") =>
  person(account, "events", "PutEvents", { Entries: [{ Source: source, DetailType: "order", Detail: '{"id":"a1"}', EventBusName: bus }] });

async function shop(): Promise<Account> {
  const account = await openTestAccount();
  await person(account, "sqs", "CreateQueue", { QueueName: "q" });
  await person(account, "events", "CreateEventBus", { Name: "side" });
  await person(account, "events", "PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
  await person(account, "events", "PutRule", { Name: "tick", ScheduleExpression: "rate(5 minutes)" });
  const Targets = [
    { Id: "good", Arn: QUEUE },
    { Id: "lost", Arn: `${QUEUE}-gone` },
  ];
  await person(account, "events", "PutTargets", { Rule: "orders", Targets });
  await put(account, "shop");
  await put(account, "other");
  await put(account, "other");
  await put(account, "shop", "side");
  return account;
}

describe("what went through a bus", () => {
  test("is counted by source, by rule and by target, each bus for itself", async () => {
    const account = await shop();
    const flow = await look(account, "busFlow", { bus: "default" });
    expect(flow).toEqual({
      bus: "default",
      events: 3,
      sent: 1,
      deliveries: 2,
      sources: [
        { source: "other", type: "order", count: 2, sent: 0 },
        { source: "shop", type: "order", count: 1, sent: 1 },
      ],
      rules: [
        {
          name: "orders",
          state: "ENABLED",
          pattern: '{"source":["shop"]}',
          sent: 1,
          targets: [
            { id: "good", arn: QUEUE, delivered: 1, failed: 0, underWay: 0 },
            { id: "lost", arn: `${QUEUE}-gone`, delivered: 0, failed: 1, underWay: 0 },
          ],
        },
        { name: "tick", state: "ENABLED", schedule: "rate(5 minutes)", next: START + 300_000, sent: 0, targets: [] },
      ],
    });
    expect(await look(account, "busFlow", { bus: "side" })).toMatchObject({ events: 1, sent: 0, rules: [] });
    expect(await look(account, "busFlow", { from: START + 1 })).toMatchObject({ events: 0, deliveries: 0, sources: [] });
    expect(await look(account, "busTotals")).toEqual([
      { name: "default", rules: 2, events: 3 },
      { name: "side", rules: 0, events: 1 },
    ]);
  });

  test("a schedule that a rule has goes on from where the rule began", async () => {
    const account = await shop();
    const moments = async (question: object) =>
      await look(account, "trySchedule", { expression: "rate(5 minutes)", count: 2, ...question });
    await account.advanceTo(START + 60_000);
    expect(await moments({ rule: "tick" })).toEqual({ moments: [START + 300_000, START + 600_000] });
    expect(await moments({ rule: "orders" })).toEqual({ moments: [START + 360_000, START + 660_000] });
    expect(await moments({})).toEqual({ moments: [START + 360_000, START + 660_000] });
  });

  test("can be listed of one bus alone, and a delivery by its number", async () => {
    const account = await shop();
    expect(await look(account, "passed", { bus: "side" })).toMatchObject({ total: 1, sources: [{ name: "shop", count: 1 }] });
    expect(await look(account, "passed")).toMatchObject({ total: 4 });
    const { deliveries } = await look<{ deliveries: { sequence: string; targetId: string }[] }>(account, "deliveries");
    const good = deliveries.find(({ targetId }) => targetId === "good");
    expect(await look(account, "deliveries", { sequence: good?.sequence })).toMatchObject({ total: 1, deliveries: [{ targetId: "good" }] });
  });
});

describe("a target tried before it is put", () => {
  const event = JSON.stringify({ id: "1", source: "shop", "detail-type": "order", time: "2026-01-05T12:00:00Z", detail: { id: "a1" } });
  const InputTransformer = (InputTemplate: string) => ({ InputPathsMap: { id: "$.detail.id" }, InputTemplate });
  const tried = async (target: object, more: object = {}): Promise<unknown> =>
    await look(await openTestAccount(), "tryTarget", { target: { Id: "t", Arn: QUEUE, ...target }, event, rule: "orders", ...more });

  test("says what it would be sent", async () => {
    expect(await tried({})).toEqual({ body: event });
    expect(await tried({ InputPath: "$.detail.id" })).toEqual({ body: '"a1"' });
    expect(await tried({ InputTransformer: InputTransformer('"<id> by <aws.events.rule-name>"') })).toEqual({ body: '"a1 by orders"' });
    const arn = "arn:aws:events:us-east-1:123456789012:rule/side/orders";
    expect(await tried({ InputTransformer: InputTransformer("<aws.events.rule-arn>") }, { bus: "side" })).toEqual({ body: arn });
  });

  test("says why nothing would be sent", async () => {
    expect(await tried({ InputTransformer: InputTransformer('{"a": <id> <id>}') })).toMatchObject({
      undelivered: expect.stringContaining("no JSON"),
    });
    const group = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/events/orders";
    expect(await tried({ Arn: group, InputTransformer: InputTransformer('"<id>"') })).toMatchObject({
      undelivered: expect.stringContaining("timestamp"),
    });
    expect(await tried({ Arn: group })).toEqual({ body: event });
  });

  test("says what PutTargets would refuse, and checks without an event", async () => {
    expect(await tried({ Input: "no json" })).toMatchObject({ error: "JSON syntax error in input for target t" });
    expect(await tried({}, { event: "" })).toEqual({});
    expect(await tried({}, { event: "{" })).toEqual({});
  });
});
