import * as events from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { openBook } from "./book.ts";

const book = await openBook();
const client = new events.EventBridgeClient(book.settings);
const send = (command: object): Promise<unknown> => client.send(command as never);
const ok = (command: object) => book.ok(send, command);
const no = (command: object, name: string) => book.no(send, command, name);

const RULE_ARN = "arn:aws:events:us-east-1:123456789012:rule/r";
const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:q";
const passed = {
  id: "1",
  account: "123456789012",
  source: "shop",
  time: "2026-03-12T09:00:00Z",
  region: "us-east-1",
  "detail-type": "Paid",
};

describe("the SDK's client for events", () => {
  it("puts events, and tests patterns", async () => {
    const entry = { Source: "s", DetailType: "d", Detail: "{}" };
    expect((await ok(new events.PutEventsCommand({ Entries: [entry] })))["FailedEntryCount"]).toBe(0);
    await no(new events.PutEventsCommand({ Entries: new Array(11).fill(entry) }), "ValidationException");
    const tested = (EventPattern: string, event: object = passed) =>
      new events.TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) });
    expect((await ok(tested('{"source":["shop"]}')))["Result"]).toBe(true);
    expect((await ok(tested('{"source":["till"]}')))["Result"]).toBe(false);
    await no(tested('{"source":[]}'), "InvalidEventPatternException");
    await no(tested('{"source":["shop"]}', {}), "ValidationException");
    const deep = JSON.parse(`${"[".repeat(1001)}${"]".repeat(1001)}`) as object;
    await no(tested('{"source":["shop"]}', { ...passed, deep }), "ValidationException");
  });

  it("makes buses", async () => {
    await ok(new events.CreateEventBusCommand({ Name: "orders" }));
    await no(new events.CreateEventBusCommand({ Name: "orders" }), "ResourceAlreadyExistsException");
    expect((await ok(new events.ListEventBusesCommand({})))["EventBuses"]).toMatchObject([{ Name: "default" }, { Name: "orders" }]);
    await no(new events.ListEventBusesCommand({ Limit: 0 }), "ValidationException");
    const described = await ok(new events.DescribeEventBusCommand({ Name: "orders" }));
    expect(described["CreationTime"]).toBeInstanceOf(Date);
    await no(new events.DescribeEventBusCommand({ Name: "none" }), "ResourceNotFoundException");
    const toAll = { EventBusName: "orders", Action: "events:PutEvents", Principal: "*", StatementId: "all" };
    await ok(new events.PutPermissionCommand(toAll));
    await no(new events.PutPermissionCommand({ EventBusName: "orders", Policy: "{}".padEnd(10_241) }), "PolicyLengthExceededException");
    expect((await ok(new events.DescribeEventBusCommand({ Name: "orders" })))["Policy"]).toContain('"Sid":"all"');
    await ok(new events.RemovePermissionCommand({ EventBusName: "orders", StatementId: "all" }));
    await no(new events.RemovePermissionCommand({ EventBusName: "orders", StatementId: "all" }), "ResourceNotFoundException");
    await ok(new events.DeleteEventBusCommand({ Name: "orders" }));
    await no(new events.DeleteEventBusCommand({ Name: "default" }), "ValidationException");
  });

  it("makes rules and targets", async () => {
    const missing = "ResourceNotFoundException";
    const [Name, none] = ["r", "none"];
    expect((await ok(new events.PutRuleCommand({ Name, EventPattern: '{"source":["shop"]}' })))["RuleArn"]).toBe(RULE_ARN);
    await no(new events.PutRuleCommand({ Name, EventPattern: "{}" }), "InvalidEventPatternException");
    expect((await ok(new events.DescribeRuleCommand({ Name })))["State"]).toBe("ENABLED");
    await no(new events.DescribeRuleCommand({ Name: none }), missing);
    await ok(new events.DisableRuleCommand({ Name }));
    await no(new events.DisableRuleCommand({ Name: none }), missing);
    await ok(new events.EnableRuleCommand({ Name }));
    await no(new events.EnableRuleCommand({ Name: none }), missing);
    expect((await ok(new events.ListRulesCommand({})))["Rules"]).toMatchObject([{ Name: "r" }]);
    await no(new events.ListRulesCommand({ EventBusName: none }), missing);
    const Targets = [{ Id: "q", Arn: QUEUE_ARN }];
    expect((await ok(new events.PutTargetsCommand({ Rule: Name, Targets })))["FailedEntryCount"]).toBe(0);
    await no(new events.PutTargetsCommand({ Rule: none, Targets }), missing);
    expect((await ok(new events.ListTargetsByRuleCommand({ Rule: Name })))["Targets"]).toEqual(Targets);
    await no(new events.ListTargetsByRuleCommand({ Rule: none }), missing);
    expect((await ok(new events.ListRuleNamesByTargetCommand({ TargetArn: QUEUE_ARN })))["RuleNames"]).toEqual(["r"]);
    await no(new events.ListRuleNamesByTargetCommand({ TargetArn: QUEUE_ARN, EventBusName: none }), missing);
    const Tags = [{ Key: "team", Value: "shop" }];
    await ok(new events.TagResourceCommand({ ResourceARN: RULE_ARN, Tags }));
    await no(new events.TagResourceCommand({ ResourceARN: `${RULE_ARN}x`, Tags }), missing);
    expect((await ok(new events.ListTagsForResourceCommand({ ResourceARN: RULE_ARN })))["Tags"]).toEqual(Tags);
    await no(new events.ListTagsForResourceCommand({ ResourceARN: `${RULE_ARN}x` }), missing);
    await ok(new events.UntagResourceCommand({ ResourceARN: RULE_ARN, TagKeys: ["team"] }));
    await no(new events.UntagResourceCommand({ ResourceARN: `${RULE_ARN}x`, TagKeys: ["team"] }), missing);
    await no(new events.DeleteRuleCommand({ Name }), "ValidationException");
    await ok(new events.RemoveTargetsCommand({ Rule: Name, Ids: ["q"] }));
    await no(new events.RemoveTargetsCommand({ Rule: none, Ids: ["q"] }), missing);
    await ok(new events.DeleteRuleCommand({ Name }));
  });

  it("reaches every operation that is built", () => book.complete("events"));
});
