import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { attributesDigest, fromBase64, toBase64 } from "../../../../workers/services/sqs/attributes.ts";
import { contents, deleteMessage, receiveMessage, sendMessage } from "../../../../workers/services/sqs/messages.ts";
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  overview,
  purgeQueue,
  setQueueAttributes,
} from "../../../../workers/services/sqs/queues.ts";
import { bench, failure } from "../events/bench.ts";

const QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/jobs";
const withQueue = (Attributes: Record<string, string> = {}) => {
  const made = bench();
  createQueue(made.ctx, { QueueName: "jobs", Attributes });
  return made;
};

describe("queues", () => {
  it("creates a queue under its URL, and the same again when nothing differs", () => {
    const { ctx } = bench();
    expect(createQueue(ctx, { QueueName: "jobs" })).toEqual({ QueueUrl });
    expect(createQueue(ctx, { QueueName: "jobs", Attributes: { VisibilityTimeout: "30" } })).toEqual({ QueueUrl });
    expect(getQueueUrl(ctx, { QueueName: "jobs" })).toEqual({ QueueUrl });
    expect(failure(() => createQueue(ctx, { QueueName: "jobs", Attributes: { VisibilityTimeout: "31" } }))).toEqual({
      code: "QueueAlreadyExists",
      message: "A queue already exists with the same name and a different value for attribute VisibilityTimeout",
      shape: "QueueNameExists",
    });
  });

  it.each(["", "a b", "a.b", "x".repeat(81)])("refuses the queue name %j", (QueueName) => {
    expect(failure(() => createQueue(bench().ctx, { QueueName })).code).toBe("InvalidParameterValue");
  });

  it.each([
    [{ VisibilityTimeout: "43201" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "-1" }, "InvalidAttributeValue"],
    [{ VisibilityTimeout: "1.5" }, "InvalidAttributeValue"],
    [{ MaximumMessageSize: "1023" }, "InvalidAttributeValue"],
    [{ Nonsense: "1" }, "InvalidAttributeName"],
    [{ QueueArn: "x" }, "InvalidAttributeName"],
    [{ FifoQueue: "true" }, "NotImplemented"],
    [{ RedrivePolicy: "{}" }, "NotImplemented"],
  ])("refuses the attributes %o", (Attributes: Record<string, string>, code) => {
    expect(failure(() => createQueue(bench().ctx, { QueueName: "q", Attributes })).code).toBe(code);
  });

  it("names FIFO when it refuses a FIFO queue", () => {
    expect(failure(() => createQueue(bench().ctx, { QueueName: "q.fifo" })).message).toContain("FIFO");
  });

  it("answers the Query protocol's code for a queue that does not exist", () => {
    const { ctx } = bench();
    const missing = {
      code: "AWS.SimpleQueueService.NonExistentQueue",
      message: "The specified queue does not exist.",
      shape: "QueueDoesNotExist",
    };
    expect(failure(() => getQueueUrl(ctx, { QueueName: "no" }))).toEqual(missing);
    expect(failure(() => sendMessage(ctx, { QueueUrl, MessageBody: "m" }))).toEqual(missing);
    expect(failure(() => receiveMessage(withQueue().ctx, { QueueUrl: QueueUrl.replace("us-east-1", "eu-west-1") }))).toEqual(missing);
  });

  it("must wait 60 seconds before a deleted name is free again", () => {
    const made = withQueue();
    deleteQueue(made.ctx, { QueueUrl });
    expect(failure(() => createQueue(made.ctx, { QueueName: "jobs" })).shape).toBe("QueueDeletedRecently");
    made.now += 60_000;
    expect(createQueue(made.ctx, { QueueName: "jobs" })).toEqual({ QueueUrl });
  });

  it("lists by prefix, and pages only when asked to", () => {
    const { ctx } = bench();
    for (const QueueName of ["a1", "a2", "a3", "b1"]) createQueue(ctx, { QueueName });
    expect(listQueues(ctx, { QueueNamePrefix: "a" }).QueueUrls).toHaveLength(3);
    const first = listQueues(ctx, { QueueNamePrefix: "a", MaxResults: 2 });
    expect(listQueues(ctx, { QueueNamePrefix: "a", MaxResults: 2, NextToken: first.NextToken ?? "" })).toEqual({
      QueueUrls: ["https://sqs.us-east-1.amazonaws.com/123456789012/a3"],
    });
    expect(listQueues(ctx, { QueueNamePrefix: "zzz" })).toEqual({});
    expect(failure(() => listQueues(ctx, { NextToken: "a2" })).message).toContain("Invalid or expired next token.");
  });

  it("changes the attributes that are named, and leaves the others", () => {
    const { ctx } = withQueue({ DelaySeconds: "5" });
    setQueueAttributes(ctx, { QueueUrl, Attributes: { VisibilityTimeout: "45" } });
    expect(getQueueAttributes(ctx, { QueueUrl, AttributeNames: ["DelaySeconds", "VisibilityTimeout"] })).toEqual({
      Attributes: { DelaySeconds: "5", VisibilityTimeout: "45" },
    });
    expect(() => setQueueAttributes(ctx, { QueueUrl, Attributes: { VisibilityTimeout: "x" } })).toThrow();
    expect(() => setQueueAttributes(ctx, { QueueUrl, Attributes: { RedrivePolicy: "{}" } })).toThrow("not built");
  });

  it("counts visible, delayed and in-flight messages in the attributes", () => {
    const made = withQueue();
    sendMessage(made.ctx, { QueueUrl, MessageBody: "1" });
    sendMessage(made.ctx, { QueueUrl, MessageBody: "2" });
    sendMessage(made.ctx, { QueueUrl, MessageBody: "3", DelaySeconds: 10 });
    receiveMessage(made.ctx, { QueueUrl });
    expect(getQueueAttributes(made.ctx, { QueueUrl, AttributeNames: ["All"] }).Attributes).toMatchObject({
      ApproximateNumberOfMessages: "1",
      ApproximateNumberOfMessagesNotVisible: "1",
      ApproximateNumberOfMessagesDelayed: "1",
      QueueArn: "arn:aws:sqs:us-east-1:123456789012:jobs",
      VisibilityTimeout: "30",
      CreatedTimestamp: String(made.now / 1000),
    });
    expect(getQueueAttributes(made.ctx, { QueueUrl, AttributeNames: ["QueueArn"] }).Attributes).toEqual({
      QueueArn: "arn:aws:sqs:us-east-1:123456789012:jobs",
    });
    expect(getQueueAttributes(made.ctx, { QueueUrl })).toEqual({});
  });

  it("purges, but not twice within 60 seconds", () => {
    const made = withQueue();
    sendMessage(made.ctx, { QueueUrl, MessageBody: "1" });
    purgeQueue(made.ctx, { QueueUrl });
    expect(contents(made.ctx, { queue: QueueUrl }).total).toBe(0);
    expect(failure(() => purgeQueue(made.ctx, { QueueUrl })).message).toBe(
      "Only one PurgeQueue operation on jobs is allowed every 60 seconds.",
    );
    made.now += 60_000;
    expect(purgeQueue(made.ctx, { QueueUrl })).toEqual({});
  });
});

describe("messages", () => {
  it("answers the MD5 of the body", () => {
    expect(sendMessage(withQueue().ctx, { QueueUrl, MessageBody: "This is a test message" }).MD5OfMessageBody).toBe(
      "fafb00f5732ab283681e124bf8747ed1",
    );
  });

  it("computes the attribute digest of the layout: lengths in four bytes, one byte for the kind", () => {
    // By hand: md5 of 00000001 'a' 00000006 'String' 01 00000001 'b'
    expect(attributesDigest({ a: { DataType: "String", StringValue: "b" } })).toBe("bef8bf215374a0a228d67533b1a488be");
  });

  it("hides a received message for the visibility timeout and then shows it again", () => {
    const made = withQueue({ VisibilityTimeout: "20" });
    sendMessage(made.ctx, { QueueUrl, MessageBody: "job" });
    const first = receiveMessage(made.ctx, { QueueUrl, AttributeNames: ["All"] }).Messages?.[0];
    expect(first).toMatchObject({ Body: "job", Attributes: { ApproximateReceiveCount: "1", SenderId: "AIDAEXAMPLE" } });
    expect(receiveMessage(made.ctx, { QueueUrl })).toEqual({});
    made.now += 20_000;
    const second = receiveMessage(made.ctx, { QueueUrl, MessageSystemAttributeNames: ["ApproximateReceiveCount"] }).Messages?.[0];
    expect(second?.Attributes).toEqual({ ApproximateReceiveCount: "2" });
    expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle);
    deleteMessage(made.ctx, { QueueUrl, ReceiptHandle: first?.ReceiptHandle ?? "" });
    expect(contents(made.ctx, { queue: "jobs" }).total).toBe(1);
    deleteMessage(made.ctx, { QueueUrl, ReceiptHandle: second?.ReceiptHandle ?? "" });
    expect(contents(made.ctx, { queue: "jobs" }).total).toBe(0);
    expect(deleteMessage(made.ctx, { QueueUrl, ReceiptHandle: second?.ReceiptHandle ?? "" })).toEqual({});
  });

  it("counts in its overview what is visible, in flight and delayed, per queue, and receives nothing by that", () => {
    const made = withQueue({ VisibilityTimeout: "20" });
    createQueue(made.ctx, { QueueName: "empty" });
    for (const MessageBody of ["a", "b", "c"]) sendMessage(made.ctx, { QueueUrl, MessageBody });
    sendMessage(made.ctx, { QueueUrl, MessageBody: "later", DelaySeconds: 30 });
    receiveMessage(made.ctx, { QueueUrl });
    const counted = () => overview(made.ctx).queues.map(({ name, visible, inFlight, delayed }) => [name, visible, inFlight, delayed]);
    expect(counted()).toEqual([
      ["empty", 0, 0, 0],
      ["jobs", 2, 1, 1],
    ]);
    made.now += 20_000;
    expect(counted()[1]).toEqual(["jobs", 3, 0, 1]);
    expect(overview(made.ctx).queues[1]).toMatchObject({ url: QueueUrl, arn: "arn:aws:sqs:us-east-1:123456789012:jobs" });
  });

  it("keeps a message for the retention period only", () => {
    const made = withQueue({ MessageRetentionPeriod: "60" });
    sendMessage(made.ctx, { QueueUrl, MessageBody: "old" });
    made.now += 60_000;
    expect(contents(made.ctx, { queue: "jobs" }).total).toBe(0);
    expect(receiveMessage(made.ctx, { QueueUrl })).toEqual({});
  });

  it("receives in order of arrival, as many as asked, oldest first", () => {
    const { ctx } = withQueue();
    for (let i = 0; i < 12; i++) sendMessage(ctx, { QueueUrl, MessageBody: `m${i}` });
    expect(receiveMessage(ctx, { QueueUrl, MaxNumberOfMessages: 10 }).Messages?.map((message) => message.Body)).toEqual(
      Array.from({ length: 10 }, (_, i) => `m${i}`),
    );
    expect(receiveMessage(ctx, { QueueUrl, MaxNumberOfMessages: 10 }).Messages?.map((message) => message.Body)).toEqual(["m10", "m11"]);
  });

  it("gives message attributes by name or prefix, binary ones as bytes, with the digest of those given", () => {
    const { ctx } = withQueue();
    const MessageAttributes = {
      "shop.id": { DataType: "Number", StringValue: "7" },
      blob: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 255) },
    };
    const sent = sendMessage(ctx, { QueueUrl, MessageBody: "m", MessageAttributes });
    const all = receiveMessage(ctx, { QueueUrl, MessageAttributeNames: ["All"], VisibilityTimeout: 0 }).Messages?.[0];
    expect(all?.MessageAttributes).toEqual(MessageAttributes);
    expect(all?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    const some = receiveMessage(ctx, { QueueUrl, MessageAttributeNames: ["shop.*"], VisibilityTimeout: 0 }).Messages?.[0];
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(["shop.id"]);
    expect(some?.MD5OfMessageAttributes).not.toBe(sent.MD5OfMessageAttributes);
  });

  it.each([
    [{ MaxNumberOfMessages: 11 }, "Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."],
    [{ MaxNumberOfMessages: 0 }, "Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided."],
    [{ WaitTimeSeconds: 21 }, "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided."],
    [
      { VisibilityTimeout: 43_201 },
      "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be >= 0 and <= 43200, if provided.",
    ],
  ])("refuses receiving with %o", (input, message) => {
    expect(failure(() => receiveMessage(withQueue().ctx, { QueueUrl, ...input })).message).toBe(message);
  });

  it.each([
    [{ MessageBody: "" }, "MissingParameter"],
    [{ MessageBody: "a\u0000b" }, "InvalidMessageContents"],
    [{ MessageBody: "\ud800" }, "InvalidMessageContents"],
    [{ MessageBody: "m", DelaySeconds: 901 }, "InvalidParameterValue"],
    [{ MessageBody: "m".repeat(1025) }, "InvalidParameterValue"],
    [{ MessageBody: "m", MessageDeduplicationId: "d" }, "InvalidParameterValue"],
    [{ MessageBody: "m", MessageAttributes: { "AWS.x": { DataType: "String", StringValue: "v" } } }, "InvalidParameterValue"],
    [{ MessageBody: "m", MessageAttributes: { x: { DataType: "Str", StringValue: "v" } } }, "InvalidParameterValue"],
    [{ MessageBody: "m", MessageAttributes: { x: { DataType: "String", StringValue: "" } } }, "InvalidParameterValue"],
  ])("refuses sending %o", (input, code) => {
    expect(failure(() => sendMessage(withQueue({ MaximumMessageSize: "1024" }).ctx, { QueueUrl, ...input })).code).toBe(code);
  });

  it.each(["no", "AQEB", "!", "bm8="])("refuses the receipt handle %s", (ReceiptHandle) => {
    expect(failure(() => deleteMessage(withQueue().ctx, { QueueUrl, ReceiptHandle }))).toMatchObject({
      code: "ReceiptHandleIsInvalid",
      message: `The input receipt handle "${ReceiptHandle}" is not a valid receipt handle.`,
    });
  });

  it("never loses or doubles a message however sends, receives and deletes are mixed", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("send", "receive", "delete", "wait"), { maxLength: 60 }), (steps) => {
        const made = withQueue({ VisibilityTimeout: "5" });
        const open = new Map<string, string>();
        const alive = new Set<string>();
        for (const step of steps) {
          if (step === "send") alive.add(sendMessage(made.ctx, { QueueUrl, MessageBody: "m" }).MessageId ?? "");
          if (step === "wait") made.now += 5_000;
          if (step === "receive") {
            for (const each of receiveMessage(made.ctx, { QueueUrl, MaxNumberOfMessages: 3 }).Messages ?? [])
              open.set(each.MessageId ?? "", each.ReceiptHandle ?? "");
          }
          if (step === "delete") {
            const [next] = open;
            if (next !== undefined) {
              deleteMessage(made.ctx, { QueueUrl, ReceiptHandle: next[1] });
              open.delete(next[0]);
              alive.delete(next[0]);
            }
          }
          expect(new Set(contents(made.ctx, { queue: "jobs" }).messages.map((each) => each.MessageId))).toEqual(alive);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("turns any bytes into base64 and back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(Array.from(fromBase64(toBase64(bytes)))).toEqual(Array.from(bytes));
      }),
    );
  });
});
