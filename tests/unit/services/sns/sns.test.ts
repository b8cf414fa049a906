import { describe, expect, it } from "vitest";
import { sns } from "../../../../workers/services/sns/definition.ts";
import { inbox } from "../../../../workers/services/sns/mail.ts";
import { MESSAGE_LIMIT, publish } from "../../../../workers/services/sns/publish.ts";
import {
  confirmSubscription,
  listSubscriptions,
  listSubscriptionsByTopic,
  subscribe,
  TOKEN_LIFETIME,
  unsubscribe,
} from "../../../../workers/services/sns/subscriptions.ts";
import { createTopic, deleteTopic, getTopicAttributes, listTopics } from "../../../../workers/services/sns/topics.ts";
import { bench, failure } from "../events/bench.ts";

const ARN = "arn:aws:sns:us-east-1:123456789012:alerts";
const withTopic = () => {
  const made = bench();
  createTopic(made.ctx, { Name: "alerts" });
  return made;
};
const confirmed = (made = withTopic(), Endpoint = "ops@example.com") => {
  subscribe(made.ctx, { TopicArn: ARN, Protocol: "email", Endpoint });
  const token = inbox(made.ctx, undefined).mails[0]?.token ?? "";
  confirmSubscription(made.ctx, { TopicArn: ARN, Token: token });
  return made;
};

describe("topics", () => {
  it("creates a topic once and answers the same ARN when it is created again", () => {
    const { ctx } = bench();
    expect(createTopic(ctx, { Name: "alerts" })).toEqual({ TopicArn: ARN });
    expect(createTopic(ctx, { Name: "alerts" })).toEqual({ TopicArn: ARN });
    expect(listTopics(ctx, {})).toEqual({ Topics: [{ TopicArn: ARN }] });
  });

  it.each(["", "a b", "a/b", "ä", "a".repeat(257)])("refuses the topic name %j", (Name) => {
    expect(failure(() => createTopic(bench().ctx, { Name }))).toEqual({
      code: "InvalidParameter",
      message: "Invalid parameter: Topic Name",
      shape: "InvalidParameterException",
    });
  });

  it("names FIFO when it refuses a FIFO topic", () => {
    expect(failure(() => createTopic(bench().ctx, { Name: "a.fifo", Attributes: { FifoTopic: "true" } })).message).toContain("FIFO");
  });

  it("refuses other attributes or tags for a topic that is there", () => {
    const { ctx } = bench();
    createTopic(ctx, { Name: "alerts", Attributes: { DisplayName: "A" }, Tags: [{ Key: "k", Value: "1" }] });
    expect(failure(() => createTopic(ctx, { Name: "alerts", Attributes: { DisplayName: "B" } })).message).toContain("different attributes");
    expect(failure(() => createTopic(ctx, { Name: "alerts", Tags: [{ Key: "k", Value: "2" }] })).message).toContain("different tags");
  });

  it("pages topics by 100", () => {
    const { ctx } = bench();
    for (let i = 0; i < 230; i++) createTopic(ctx, { Name: `t${String(i).padStart(3, "0")}` });
    const first = listTopics(ctx, {});
    const second = listTopics(ctx, { NextToken: first.NextToken ?? "" });
    const third = listTopics(ctx, { NextToken: second.NextToken ?? "" });
    expect([first, second, third].map((page) => page.Topics?.length)).toEqual([100, 100, 30]);
    expect(third.NextToken).toBeUndefined();
    for (const NextToken of ["t099", "x", btoa("t099")]) {
      expect(failure(() => listTopics(ctx, { NextToken })).message).toBe("Invalid parameter: NextToken");
    }
    expect(new Set([first, second, third].flatMap((page) => page.Topics?.map((topic) => topic.TopicArn))).size).toBe(230);
  });

  it("counts confirmed and pending subscriptions in the attributes", () => {
    const made = confirmed();
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "email", Endpoint: "new@example.com" });
    expect(getTopicAttributes(made.ctx, { TopicArn: ARN }).Attributes).toMatchObject({
      SubscriptionsConfirmed: "1",
      SubscriptionsPending: "1",
      Owner: "123456789012",
    });
  });

  it("deletes a topic with its subscriptions, and deleting it again succeeds", () => {
    const { ctx } = confirmed();
    expect(deleteTopic(ctx, { TopicArn: ARN })).toEqual({});
    expect(deleteTopic(ctx, { TopicArn: ARN })).toEqual({});
    expect(listSubscriptions(ctx, {}).Subscriptions).toEqual([]);
    expect(failure(() => getTopicAttributes(ctx, { TopicArn: ARN }))).toEqual({
      code: "NotFound",
      message: "Topic does not exist",
      shape: "NotFoundException",
    });
  });
});

describe("subscriptions", () => {
  it("answers pending confirmation for e-mail and puts the confirmation into the inbox", () => {
    const { ctx } = withTopic();
    expect(subscribe(ctx, { TopicArn: ARN, Protocol: "email", Endpoint: "ops@example.com" })).toEqual({
      SubscriptionArn: "pending confirmation",
    });
    const box = inbox(ctx, undefined);
    expect(box.mails).toHaveLength(1);
    expect(box.mails[0]).toMatchObject({ kind: "confirmation", to: "ops@example.com", confirmed: false });
    expect(box.mails[0]?.body).toContain(box.mails[0]?.token);
    expect(box.pending[0]?.sentence).toContain("ops@example.com gets nothing");
    expect(listSubscriptionsByTopic(ctx, { TopicArn: ARN }).Subscriptions?.[0]?.SubscriptionArn).toBe("PendingConfirmation");
  });

  it("confirms with the token of the mail, and again with the same answer", () => {
    const made = confirmed();
    const [mail] = inbox(made.ctx, undefined).mails;
    expect(mail?.confirmed).toBe(true);
    expect(confirmSubscription(made.ctx, { TopicArn: ARN, Token: mail?.token ?? "" }).SubscriptionArn).toMatch(
      new RegExp(`^${ARN}:[0-9a-f-]{36}$`),
    );
    expect(inbox(made.ctx, undefined).pending).toEqual([]);
  });

  it("refuses a wrong token, and a right one after two days", () => {
    const made = withTopic();
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "email", Endpoint: "ops@example.com" });
    expect(failure(() => confirmSubscription(made.ctx, { TopicArn: ARN, Token: "no" })).message).toBe("Invalid parameter: Token");
    made.now += TOKEN_LIFETIME + 1;
    const Token = inbox(made.ctx, undefined).mails[0]?.token ?? "";
    expect(failure(() => confirmSubscription(made.ctx, { TopicArn: ARN, Token })).code).toBe("InvalidParameter");
  });

  it.each([
    ["email", "nobody", "Invalid parameter: Email address"],
    ["email", "a@b.com;c@d.com", "Invalid parameter: Email address"],
    ["sqs", "https://sqs.us-east-1.amazonaws.com/123456789012/q", "Invalid parameter: SQS endpoint ARN"],
    ["pigeon", "roof", "Invalid parameter: Amazon SNS does not support this protocol string: pigeon"],
    ["https", "http://example.com", "Invalid parameter: Endpoint must match the specified protocol"],
  ])("refuses protocol %s with endpoint %s", (Protocol, Endpoint, message) => {
    expect(failure(() => subscribe(withTopic().ctx, { TopicArn: ARN, Protocol, Endpoint })).message).toBe(message);
  });

  it.each([
    ["lambda", "arn:aws:lambda:us-east-1:123456789012:function:f"],
    ["https", "https://example.com/hook"],
    ["sms", "+12025550100"],
  ])("says that deliveries by %s are not built", (Protocol, Endpoint) => {
    expect(failure(() => subscribe(withTopic().ctx, { TopicArn: ARN, Protocol, Endpoint })).code).toBe("NotImplemented");
  });

  it("unsubscribes by ARN, twice, but not while it is pending", () => {
    const { ctx } = confirmed();
    const SubscriptionArn = listSubscriptions(ctx, {}).Subscriptions?.[0]?.SubscriptionArn ?? "";
    expect(unsubscribe(ctx, { SubscriptionArn })).toEqual({});
    expect(unsubscribe(ctx, { SubscriptionArn })).toEqual({});
    expect(listSubscriptions(ctx, {}).Subscriptions).toEqual([]);
    const pending = subscribe(ctx, { TopicArn: ARN, Protocol: "email", Endpoint: "x@example.com", ReturnSubscriptionArn: true });
    expect(failure(() => unsubscribe(ctx, { SubscriptionArn: pending.SubscriptionArn ?? "" })).message).toContain("pending confirmation");
    expect(failure(() => unsubscribe(ctx, { SubscriptionArn: "PendingConfirmation" })).code).toBe("InvalidParameter");
  });
});

describe("publishing", () => {
  it("delivers to confirmed addresses only, with the subject, the text and a way to unsubscribe", () => {
    const made = confirmed();
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "email", Endpoint: "pending@example.com" });
    made.now += 1000;
    publish(made.ctx, { TopicArn: ARN, Subject: 'ALARM: "cpu" in US East (N. Virginia)', Message: "It burns" });
    const mails = inbox(made.ctx, undefined).mails.filter((mail) => mail.kind === "notification");
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ to: "ops@example.com", subject: 'ALARM: "cpu" in US East (N. Virginia)', time: made.now });
    expect(mails[0]?.body).toMatch(/^It burns\n/);
    expect(mails[0]?.body).toContain("unsubscribe");
    expect(made.because[0]).toMatchObject({ held: [{ Endpoint: "pending@example.com", why: "not confirmed" }] });
  });

  it("sends the JSON envelope to a queue, or the bare message with raw delivery", () => {
    const made = withTopic();
    const queue = (name: string) => `arn:aws:sqs:us-east-1:123456789012:${name}`;
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "sqs", Endpoint: queue("plain") });
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "sqs", Endpoint: queue("raw"), Attributes: { RawMessageDelivery: "true" } });
    const { MessageId } = publish(made.ctx, {
      TopicArn: ARN,
      Message: "hello",
      MessageAttributes: { tone: { DataType: "String", StringValue: "dry" } },
    });
    const sent = made.emissions.filter((emission) => emission.service === "sqs");
    const bodyOf = (name: string) => sent.find((each) => String(each.input?.["QueueUrl"]).endsWith(`/${name}`))?.input;
    expect(bodyOf("raw")).toMatchObject({ MessageBody: "hello", MessageAttributes: { tone: { StringValue: "dry" } } });
    expect(JSON.parse(String(bodyOf("plain")?.["MessageBody"]))).toMatchObject({
      Type: "Notification",
      MessageId,
      TopicArn: ARN,
      Message: "hello",
      Timestamp: "2026-01-05T12:00:00.000Z",
      SignatureVersion: "1",
      MessageAttributes: { tone: { Type: "String", Value: "dry" } },
    });
    made.emissions.length = 0;
    sent[0]?.settled?.(made.ctx, { error: new Error("gone") });
    expect(made.emissions[0]?.columns).toMatchObject({ MetricName: "NumberOfNotificationsFailed" });
  });

  it("counts messages, sizes and deliveries in AWS/SNS", () => {
    const made = confirmed();
    publish(made.ctx, { TopicArn: ARN, Message: "häh" });
    const metrics = made.emissions.map(
      (emission) => emission.columns as { MetricName: string; Unit: string; values: Float64Array; timestamps: Float64Array },
    );
    expect(metrics.map(({ MetricName, Unit, values }) => [MetricName, Unit, [...values]])).toEqual([
      ["NumberOfMessagesPublished", "Count", [1]],
      ["PublishSize", "Bytes", [4]],
      ["NumberOfNotificationsDelivered", "Count", [1]],
    ]);
    expect(made.emissions[0]?.columns).toMatchObject({
      Namespace: "AWS/SNS",
      Dimensions: [{ Name: "TopicName", Value: "alerts" }],
      StorageResolution: 60,
    });
  });

  it("takes the text of the protocol from a structured message", () => {
    const made = confirmed();
    publish(made.ctx, { TopicArn: ARN, MessageStructure: "json", Message: JSON.stringify({ default: "d", email: "for mail" }) });
    expect(inbox(made.ctx, undefined).mails[0]?.body).toMatch(/^for mail\n/);
    expect(failure(() => publish(made.ctx, { TopicArn: ARN, MessageStructure: "json", Message: "{}" })).message).toContain(
      "No default entry",
    );
    expect(failure(() => publish(made.ctx, { TopicArn: ARN, MessageStructure: "json", Message: "{" })).message).toContain(
      "failed to parse",
    );
  });

  it("gives email-json and queues the default text of a structured message, inside the envelope", () => {
    const made = withTopic();
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:123456789012:q" });
    subscribe(made.ctx, { TopicArn: ARN, Protocol: "email-json", Endpoint: "robot@example.com" });
    confirmSubscription(made.ctx, { TopicArn: ARN, Token: inbox(made.ctx, undefined).mails[0]?.token ?? "" });
    const Message = JSON.stringify({ default: '{"AlarmName":"cpu"}', email: "for people" });
    publish(made.ctx, { TopicArn: ARN, MessageStructure: "json", Subject: "s", Message });
    const inMail = JSON.parse(inbox(made.ctx, undefined).mails[0]?.body ?? "");
    const inQueue = JSON.parse(String(made.emissions.find(({ service }) => service === "sqs")?.input?.["MessageBody"]));
    for (const envelope of [inMail, inQueue]) {
      expect(envelope).toMatchObject({ Type: "Notification", Subject: "s", Message: '{"AlarmName":"cpu"}' });
    }
  });

  it.each([
    [{ TopicArn: ARN, Message: "" }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m", Subject: "" }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m", Subject: " x" }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m", Subject: "a\nb" }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m", Subject: "ä" }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m", Subject: "s".repeat(100) }, "InvalidParameter"],
    [{ TopicArn: ARN, Message: "m".repeat(MESSAGE_LIMIT + 1) }, "InvalidParameter"],
    [{ TopicArn: "fake", Message: "m" }, "InvalidParameter"],
    [{ TopicArn: `${ARN}x`, Message: "m" }, "NotFound"],
    [{ TopicArn: `${ARN}:00000000-0000`, Message: "m" }, "InvalidParameter"],
    [{ Message: "m" }, "InvalidParameter"],
    [{ PhoneNumber: "+12025550100", Message: "m" }, "NotImplemented"],
  ])("refuses publishing %o", (input, code) => {
    expect(failure(() => publish(withTopic().ctx, input)).code).toBe(code);
  });

  it("takes a subject of 99 characters and a message of exactly 256 KB", () => {
    const { ctx } = withTopic();
    expect(publish(ctx, { TargetArn: ARN, Message: "m", Subject: "s".repeat(99) }).MessageId).toBeDefined();
    expect(publish(ctx, { TopicArn: ARN, Message: "m".repeat(MESSAGE_LIMIT) }).MessageId).toBeDefined();
  });

  it("shows the inbox newest first, in pages, and drops the oldest beyond its cap, saying how many", () => {
    const made = confirmed();
    for (let i = 0; i < 2_005; i++) publish(made.ctx, { TopicArn: ARN, Message: `m${i}`, Subject: `s${i}` });
    const first = inbox(made.ctx, { limit: 2 });
    expect(first.mails.map((mail) => mail.subject)).toEqual(["s2004", "s2003"]);
    expect(inbox(made.ctx, { limit: 2, before: first.next ?? "" }).mails.map((mail) => mail.subject)).toEqual(["s2002", "s2001"]);
    expect([first.total, first.dropped]).toEqual([2_000, 6]);
  });
});

it("names an IAM action of its own for every operation", () => {
  for (const [name, entry] of Object.entries(sns.operations)) expect(entry.action).toBe(`sns:${name}`);
});
