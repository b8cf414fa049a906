import { describe, expect, test } from "vitest";
import { placeOf } from "../../../../src/panels/events/place.ts";
import {
  blankRule,
  draftOfRule,
  inputOfDraft,
  nextTarget,
  pathsOfText,
  targetsOfDraft,
  textOfPaths,
} from "../../../../src/panels/events/rule-draft.ts";
import { inputOfRule, ruleRequests } from "../../../../src/panels/events/rule-requests.ts";
import { fieldOfError } from "../../../../src/panels/events/target-errors.ts";
import { inputKind, kindOfArn } from "../../../../src/panels/events/target-kinds.ts";

const QUEUE = "arn:aws:sqs:us-east-1:123456789012:q";
const RULE = {
  Name: "orders",
  Arn: "arn:aws:events:us-east-1:123456789012:rule/orders",
  State: "ENABLED",
  EventBusName: "default",
  EventPattern: '{"source":["shop"]}',
} as const;

describe("an address of EventBridge", () => {
  test.each([
    ["/events", { view: "events" }],
    ["/events/rules", { view: "rules" }],
    ["/events/rules/new", { view: "new-rule" }],
    ["/events/rules/side/or%2Fders", { view: "rule", bus: "side", rule: "or/ders" }],
    ["/events/rules/new/new", { view: "rule", bus: "new", rule: "new" }],
    ["/events/rules/side/edit", { view: "rule", bus: "side", rule: "edit" }],
    ["/events/rules/side/orders/edit", { view: "edit-rule", bus: "side", rule: "orders" }],
    ["/events/buses", { view: "buses" }],
    ["/events/deliveries", { view: "deliveries" }],
    ["/events/sandbox", { view: "sandbox" }],
    ["/events/sandbox/x", { view: "unknown" }],
    ["/events/rules/side", { view: "unknown" }],
    ["/events/rules/a/b/c", { view: "unknown" }],
    ["/events/archives", { view: "unknown" }],
  ])("%s is a page of its own", (path, place) => {
    expect(placeOf(path)).toEqual(place);
  });
});

describe("the form of a rule", () => {
  test("puts a pattern without its blanks, and says nothing that is not said", () => {
    const draft = { ...blankRule("default", '{\n  "source": ["shop"]\n}'), name: "orders" };
    expect(inputOfDraft(draft)).toEqual({ Name: "orders", EventPattern: '{"source":["shop"]}' });
    expect(inputOfDraft({ ...draft, pattern: "{ no json", bus: "side", state: "DISABLED", description: "x" })).toEqual({
      Name: "orders",
      EventBusName: "side",
      EventPattern: "{ no json",
      State: "DISABLED",
      Description: "x",
    });
    expect(inputOfDraft({ ...draft, kind: "schedule", schedule: "rate(1 day)" })).toEqual({
      Name: "orders",
      ScheduleExpression: "rate(1 day)",
    });
  });

  test("of a rule that is there puts it as it is", () => {
    const both = { ...RULE, ScheduleExpression: "rate(1 day)", RoleArn: "arn:aws:iam::123456789012:role/r", Description: "d" } as const;
    const targets = [{ Id: "a", Arn: QUEUE }];
    const draft = draftOfRule(both, targets, "{}");
    expect(draft.kind).toBe("both");
    expect(inputOfDraft(draft)).toEqual({ ...inputOfRule(both), EventBusName: undefined, State: undefined });
    expect(targetsOfDraft(draft)).toEqual(targets);
    expect(draftOfRule({ ...RULE, EventPattern: undefined as never, ScheduleExpression: "rate(1 day)" }, [], "{}").kind).toBe("schedule");
  });

  test("gives every target an Id of its own", () => {
    const first = nextTarget([]);
    const second = nextTarget([{ ...first, target: { Id: "target-2", Arn: "" } }]);
    expect([first.target.Id, second.target.Id]).toEqual(["target-1", "target-3"]);
    expect(second.key).not.toBe(first.key);
  });

  test("reads values of the event line by line", () => {
    const paths = pathsOfText("id = $.detail.id\n\n eq=$.a=b \nhalf");
    expect(paths).toEqual({ id: "$.detail.id", eq: "$.a=b", half: "" });
    expect(pathsOfText(textOfPaths(paths))).toEqual(paths);
  });
});

describe("the requests of a rule", () => {
  test("remove what is gone and put what is new or changed, nothing else", () => {
    const before = [
      { Id: "same", Arn: QUEUE },
      { Id: "gone", Arn: QUEUE },
      { Id: "changed", Arn: QUEUE },
    ];
    const after = [
      { Id: "same", Arn: QUEUE },
      { Id: "changed", Arn: QUEUE, Input: "1" },
      { Id: "new", Arn: QUEUE },
    ];
    const requests = ruleRequests({ Name: "orders", EventBusName: "side" }, after, before);
    expect(requests.map(({ operation, input }) => [operation, input])).toEqual([
      ["PutRule", { Name: "orders", EventBusName: "side" }],
      ["RemoveTargets", { Rule: "orders", EventBusName: "side", Ids: ["gone"] }],
      ["PutTargets", { Rule: "orders", EventBusName: "side", Targets: after.slice(1) }],
    ]);
    expect(ruleRequests({ Name: "orders" }, before, before).map(({ operation }) => operation)).toEqual(["PutRule"]);
  });
});

describe("a target", () => {
  test("is known by its ARN, and by what it is sent", () => {
    const kinds = [
      "sqs:us-east-1:1:q",
      "sns:us-east-1:1:t",
      "logs:us-east-1:1:log-group:g",
      "lambda:us-east-1:1:function:f",
      "events:us-east-1:1:event-bus/b",
    ];
    expect(kinds.map((arn) => kindOfArn(`arn:aws:${arn}`))).toEqual(["sqs", "sns", "logs", "lambda", "bus"]);
    expect(kindOfArn("typed")).toBe("sqs");
    const target = { Id: "t", Arn: QUEUE };
    expect(inputKind(target)).toBe("whole");
    expect(inputKind({ ...target, Input: "1" })).toBe("constant");
    expect(inputKind({ ...target, InputPath: "$" })).toBe("path");
    expect(inputKind({ ...target, InputTransformer: { InputTemplate: "x" } })).toBe("transformer");
  });

  test.each([
    ["Parameter x is not valid. Reason: Provided Arn is not in correct format.", "arn"],
    ["Parameter DeadLetterConfig.Arn is not valid. Reason: Provided Arn is not in correct format.", "deadLetter"],
    ["InputPathsMap for target t contains invalid key AWS.", "paths"],
    ["InputPath for target t is invalid.", "path"],
    ["InputTemplate for target t contains invalid placeholder x.", "template"],
    ["JSON syntax error in input for target t", "constant"],
    ["Something else", "other"],
  ])("is refused at its field: %s", (message, field) => {
    expect(fieldOfError(message)).toBe(field);
  });
});
