import { describe, expect, test } from "vitest";
import { events } from "../../../../workers/services/events/definition.ts";
import { type Harness, harness } from "../harness.ts";

const PATTERN = '{"source":["shop"]}';
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:q";
const account = (): Harness => harness(events, { now: Date.UTC(2026, 10, 24, 12, 0, 30) });
const refusal = (call: () => unknown): string => {
  try {
    call();
  } catch (thrown) {
    const { code, message } = thrown as { code: string; message: string };
    return `${code}: ${message}`;
  }
  throw new Error("it was not refused");
};
const putRule = (h: Harness, more: object = {}) => h.call("PutRule", { Name: "r", EventPattern: PATTERN, ...more });
const putTarget = (h: Harness, more: object = {}) => h.call("PutTargets", { Rule: "r", Targets: [{ Id: "t", Arn: QUEUE, ...more }] });

describe("rules", () => {
  test("have ARNs with the bus in it, but for the default one", () => {
    const h = account();
    expect(putRule(h)).toEqual({ RuleArn: "arn:aws:events:us-east-1:123456789012:rule/r" });
    h.call("CreateEventBus", { Name: "orders" });
    expect(putRule(h, { EventBusName: "orders" })).toEqual({ RuleArn: "arn:aws:events:us-east-1:123456789012:rule/orders/r" });
    expect(h.call("DescribeRule", { Name: "r", EventBusName: "orders" })).toMatchObject({ EventBusName: "orders", State: "ENABLED" });
  });

  test("that are put again are replaced, and keep targets and tags", () => {
    const h = account();
    putRule(h, { Description: "first", Tags: [{ Key: "a", Value: "1" }] });
    putTarget(h);
    putRule(h, { EventPattern: '{"source":["other"]}', Tags: [{ Key: "a", Value: "2" }] });
    expect(h.call("DescribeRule", { Name: "r" })).not.toHaveProperty("Description");
    expect(h.call("ListTargetsByRule", { Rule: "r" })).toMatchObject({ Targets: [{ Id: "t" }] });
    expect(h.call("ListTagsForResource", { ResourceARN: "arn:aws:events:us-east-1:123456789012:rule/r" })).toEqual({
      Tags: [{ Key: "a", Value: "1" }],
    });
  });

  test.each([
    [{ EventPattern: undefined }, "ValidationException: Parameter(s) EventPattern or ScheduleExpression must be specified."],
    [{ EventPattern: "{}" }, "InvalidEventPatternException: Event pattern is not valid."],
    [{ ScheduleExpression: "rate(1 minutes)" }, "ValidationException: Parameter ScheduleExpression is not valid."],
    [{ EventBusName: "nowhere" }, "ResourceNotFoundException: Event bus nowhere does not exist."],
    [
      { EventPattern: `{"source":["${"x".repeat(2040)}"]}` },
      "LimitExceededException: The requested resource exceeds the maximum number allowed.",
    ],
  ])("are refused with %o", (more, message) => {
    expect(refusal(() => putRule(account(), more))).toContain(message);
  });

  test("with a schedule live on the default bus only", () => {
    const h = account();
    h.call("CreateEventBus", { Name: "orders" });
    expect(refusal(() => putRule(h, { EventBusName: "orders", ScheduleExpression: "rate(1 minute)" }))).toBe(
      "ValidationException: ScheduleExpression is supported only on the default event bus.",
    );
  });

  test("cannot be deleted while they have targets; deleting one that is not there succeeds", () => {
    const h = account();
    putRule(h);
    putTarget(h);
    expect(refusal(() => h.call("DeleteRule", { Name: "r" }))).toBe("ValidationException: Rule can't be deleted since it has targets.");
    h.call("RemoveTargets", { Rule: "r", Ids: ["t"] });
    h.call("DeleteRule", { Name: "r" });
    expect(h.call("DeleteRule", { Name: "r" })).toEqual({});
    expect(refusal(() => h.call("DescribeRule", { Name: "r" }))).toBe(
      "ResourceNotFoundException: Rule r does not exist on EventBus default.",
    );
  });

  test("are listed by name in pages, and found by their target", () => {
    const h = account();
    for (const Name of ["c", "a", "b"]) putRule(h, { Name });
    h.call("PutTargets", { Rule: "b", Targets: [{ Id: "t", Arn: QUEUE }] });
    const first = h.call<{ Rules: { Name: string }[]; NextToken: string }>("ListRules", { Limit: 2 }) as {
      Rules: { Name: string }[];
      NextToken: string;
    };
    expect(first.Rules.map(({ Name }) => Name)).toEqual(["a", "b"]);
    const second = h.call("ListRules", { NextToken: first.NextToken });
    expect(second).toEqual({ Rules: [expect.objectContaining({ Name: "c" })] });
    expect(h.call("ListRuleNamesByTarget", { TargetArn: QUEUE })).toEqual({ RuleNames: ["b"] });
    expect(refusal(() => h.call("ListRules", { NextToken: "!" }))).toContain("Token is invalid.");
  });
});

describe("targets", () => {
  const TRANSFORMER = { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"order <id>"' };
  test.each([
    [{ Arn: "q" }, "Parameter q is not valid. Reason: Provided Arn is not in correct format."],
    [{ Input: '"a"', InputPath: "$.detail" }, "Only one of Input, InputPath, or InputTransformer must be provided for target t."],
    [{ InputTransformer: { ...TRANSFORMER, InputTemplate: '"<who>"' } }, "InputTemplate for target t contains invalid placeholder who."],
    [{ InputTransformer: { ...TRANSFORMER, InputPathsMap: { awsId: "$.id" } } }, "contains invalid key awsId"],
    [{ Arn: "arn:aws:logs:us-east-1:123456789012:log-group:shop" }, "Log group name must start with /aws/events/."],
    [{ Arn: "arn:aws:kinesis:us-east-1:123456789012:stream/s" }, "NotImplemented: Delivery to kinesis is not built in Nephoscope."],
    [{ Arn: "arn:aws:sqs:eu-west-1:123456789012:q" }, "NotImplemented: Delivery to another account or Region"],
  ])("are refused with %o", (more, message) => {
    const h = account();
    putRule(h);
    expect(refusal(() => putTarget(h, more))).toContain(message);
    expect(h.call("ListTargetsByRule", { Rule: "r" })).toEqual({ Targets: [] });
  });

  test("of a rule are five at most; the same Id replaces", () => {
    const h = account();
    putRule(h);
    const targets = (...ids: number[]) => ids.map((id) => ({ Id: `t${id}`, Arn: QUEUE }));
    h.call("PutTargets", { Rule: "r", Targets: targets(1, 2, 3, 4, 5) });
    h.call("PutTargets", { Rule: "r", Targets: targets(5) });
    expect(refusal(() => h.call("PutTargets", { Rule: "r", Targets: targets(6) }))).toContain("LimitExceededException");
  });
});

describe("buses", () => {
  test("are made, described, listed and deleted", () => {
    const h = account();
    const EventBusArn = "arn:aws:events:us-east-1:123456789012:event-bus/orders";
    expect(h.call("CreateEventBus", { Name: "orders", Description: "of the shop" })).toEqual({ EventBusArn, Description: "of the shop" });
    expect(h.call("DescribeEventBus", { Name: EventBusArn })).toMatchObject({ Name: "orders", CreationTime: h.now });
    expect(h.call("ListEventBuses", {})).toMatchObject({ EventBuses: [{ Name: "default" }, { Name: "orders" }] });
    expect(refusal(() => h.call("CreateEventBus", { Name: "orders" }))).toBe(
      "ResourceAlreadyExistsException: Event bus orders already exists.",
    );
    putRule(h, { EventBusName: "orders" });
    expect(refusal(() => h.call("DeleteEventBus", { Name: "orders" }))).toContain("since it has rules");
    h.call("DeleteRule", { Name: "r", EventBusName: "orders" });
    expect(h.call("DeleteEventBus", { Name: "orders" })).toEqual({});
    expect(h.call("DeleteEventBus", { Name: "orders" })).toEqual({});
    expect(refusal(() => h.call("DeleteEventBus", { Name: "default" }))).toBe("ValidationException: Cannot delete event bus default.");
    expect(refusal(() => h.call("CreateEventBus", { Name: "a/b" }))).toContain("ValidationException");
  });

  test("and rules have tags", () => {
    const h = account();
    const ResourceARN = "arn:aws:events:us-east-1:123456789012:event-bus/orders";
    expect(refusal(() => h.call("TagResource", { ResourceARN, Tags: [] }))).toBe(
      "ResourceNotFoundException: Event bus orders does not exist.",
    );
    h.call("CreateEventBus", { Name: "orders", Tags: [{ Key: "a", Value: "1" }] });
    h.call("TagResource", { ResourceARN, Tags: [{ Key: "b", Value: "2" }] });
    h.call("UntagResource", { ResourceARN, TagKeys: ["a"] });
    expect(h.call("ListTagsForResource", { ResourceARN })).toEqual({ Tags: [{ Key: "b", Value: "2" }] });
  });
});
