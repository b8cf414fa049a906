import { describe, expect, it } from "vitest";
import { relationOf } from "../../../../workers/services/cloudtrail/touching.ts";

const ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const call = (eventSource: string, requestParameters: object, resources: readonly string[] = []) => ({
  at: 0,
  record: { eventSource, requestParameters, resources: resources.map((ARN) => ({ ARN })) },
});
const put = call("monitoring.amazonaws.com", { alarmName: "orders", alarmActions: [TOPIC] }, [ALARM]);
const refused = call("monitoring.amazonaws.com", { alarmName: "orders" });
const send = call("sqs.amazonaws.com", { queueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/orders" });

describe("who touched a resource", () => {
  it.each([
    ["the record's resource, by ARN", put, ALARM, "on"],
    ["the record's resource, by name", put, "orders", "on"],
    ["a refused call, which has no resources, by its parameters", refused, ALARM, "on"],
    ["a queue by its URL", send, "arn:aws:sqs:us-east-1:123456789012:orders", "on"],
    ["another thing that has its ARN among the parameters", put, TOPIC, "names"],
    ["the same by name", put, "on-call", "names"],
    ["a thing of the same name in another service", send, ALARM, undefined],
    ["a longer name", call("monitoring.amazonaws.com", { alarmName: "orders-2" }), ALARM, undefined],
    ["an empty name", put, "", undefined],
    ["no parameters", { at: 0, record: { eventSource: "sns.amazonaws.com", requestParameters: null } }, TOPIC, undefined],
    [
      "a log group whose name has slashes",
      call("logs.amazonaws.com", { logGroupName: "/shop/web" }),
      "arn:aws:logs:us-east-1:123456789012:log-group:/shop/web:*",
      "on",
    ],
    ["a topic asked for by its own ARN", call("sns.amazonaws.com", { topicArn: TOPIC }), TOPIC, "on"],
  ])("knows %s", (_, doc, resource, relation) => {
    expect(relationOf(doc.record, resource)).toBe(relation);
  });
});
