/** SNS Publish: checks, deliveries, metrics. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sns.ts";
import type { Context } from "../contract.ts";
import { byTopic, invalidParameter, type SubscriptionDoc, type TopicDoc, topicOf } from "./documents.ts";
import { notificationMail, type Published, putMail, unsubscribeUrl } from "./mail.ts";

type Input = Operations["Publish"]["input"];

/** Message, subject and attributes together: 256 KB (developer guide, quotas). */
export const MESSAGE_LIMIT = 262_144;

/** Publishes to every confirmed subscription of the topic. */
export function publish(ctx: Context, input: Input): Operations["Publish"]["output"] {
  if (input.PhoneNumber !== undefined) {
    throw new ServiceError("NotImplemented", "Text messages (PhoneNumber) are not built in Nephoscope.", { status: 501 });
  }
  const arn = input.TopicArn ?? input.TargetArn;
  if (arn === undefined) throw invalidParameter("TopicArn or TargetArn Reason: no value for required parameter");
  if (input.MessageGroupId !== undefined) {
    throw new ServiceError("NotImplemented", "Message groups (FIFO topics, fair queues) are not built in Nephoscope.", { status: 501 });
  }
  if (input.MessageDeduplicationId !== undefined) {
    throw invalidParameter(
      "MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type",
    );
  }
  checkContent(input);
  const topic = topicOf(ctx, arn, input.TopicArn === undefined ? "TargetArn" : "TopicArn");
  const messages = structured(input);
  const MessageId = ctx.uuid("message");
  const receivers = byTopic(ctx, topic.TopicArn).map(([, subscription]) => subscription);
  const confirmed = receivers.filter((subscription) => subscription.confirmed);
  for (const subscription of confirmed) deliver(ctx, topic, subscription, input, MessageId, messages);
  ctx.explain?.({
    delivered: confirmed.map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint })),
    held: receivers.filter((each) => !each.confirmed).map(({ Protocol, Endpoint }) => ({ Protocol, Endpoint, why: "not confirmed" })),
  });
  emitMetrics(ctx, topic, byteLength(input.Message), confirmed.filter((each) => each.Protocol !== "sqs").length);
  return { MessageId };
}

function checkContent(input: Input): void {
  const { Subject, Message } = input;
  if (Message === "") throw invalidParameter("Empty message");
  if (Subject !== undefined) {
    // API reference, Publish: fewer than 100 characters, ASCII, no control characters, begins with letter, digit or punctuation.
    const printable = /^[\x21-\x7e][\x20-\x7e]*$/.test(Subject);
    if (!printable || Subject.length >= 100) {
      throw invalidParameter("Subject", "A subject has fewer than 100 ASCII characters, no line breaks, and does not begin with a blank.");
    }
  }
  let size = byteLength(Message) + byteLength(Subject ?? "");
  for (const [name, value] of Object.entries(input.MessageAttributes ?? {})) {
    checkAttribute(name, value);
    size += byteLength(name) + byteLength(value.DataType) + byteLength(value.StringValue ?? "") + (value.BinaryValue?.length ?? 0);
  }
  if (size > MESSAGE_LIMIT) throw invalidParameter("Message too long");
}

function checkAttribute(name: string, value: NonNullable<Input["MessageAttributes"]>[string]): void {
  const invalid = (message: string) => new ServiceError("ParameterValueInvalid", message, { shape: "InvalidParameterValueException" });
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name) || name.startsWith(".") || name.endsWith(".") || name.includes("..")) {
    throw invalid(`The message attribute name '${name}' is not valid: letters, digits, hyphens, underscores and single dots inside.`);
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(value.DataType) && value.DataType !== "String.Array") {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const isBinary = value.DataType.startsWith("Binary");
  const given = isBinary ? value.BinaryValue?.length : value.StringValue?.length;
  if (given === undefined || given === 0) {
    throw invalid(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type '${value.DataType}'.`,
    );
  }
}

/** With MessageStructure `json` the message is an object of one text per protocol; `default` must be there. */
function structured(input: Input): (protocol: string) => string {
  if (input.MessageStructure === undefined) return () => input.Message;
  if (input.MessageStructure !== "json") throw invalidParameter("MessageStructure");
  let parsed: unknown;
  try {
    parsed = JSON.parse(input.Message);
  } catch {
    throw invalidParameter("Message Structure - JSON message body failed to parse");
  }
  if (typeof parsed !== "object" || parsed === null || typeof (parsed as { default?: unknown }).default !== "string") {
    throw invalidParameter("Message Structure - No default entry in JSON message body");
  }
  const texts = parsed as Readonly<Record<string, unknown>>;
  return (protocol) => (typeof texts[protocol] === "string" ? texts[protocol] : (texts["default"] as string));
}

function deliver(
  ctx: Context,
  topic: TopicDoc,
  to: SubscriptionDoc,
  input: Input,
  MessageId: string,
  messages: (protocol: string) => string,
): void {
  const message = messages(to.Protocol);
  const attributes = Object.entries(input.MessageAttributes ?? {});
  const envelope = {
    Type: "Notification",
    MessageId,
    TopicArn: topic.TopicArn,
    ...(input.Subject === undefined ? {} : { Subject: input.Subject }),
    Message: message,
    Timestamp: new Date(ctx.now).toISOString(),
    SignatureVersion: topic.attributes["SignatureVersion"] ?? "1",
    Signature: "EXAMPLE-NOT-SIGNED",
    SigningCertURL: `https://sns.${ctx.region}.amazonaws.com/SimpleNotificationService-0000000000000000000000.pem`,
    UnsubscribeURL: unsubscribeUrl(ctx.region, to.SubscriptionArn),
    ...(attributes.length === 0
      ? {}
      : {
          MessageAttributes: Object.fromEntries(
            attributes.map(([name, value]) => [
              name,
              { Type: value.DataType, Value: value.StringValue ?? base64(value.BinaryValue ?? new Uint8Array(0)) },
            ]),
          ),
        }),
  };
  if (to.Protocol === "sqs") {
    const [, , , region, account, name] = to.Endpoint.split(":");
    const raw = to.attributes["RawMessageDelivery"]?.toLowerCase() === "true";
    ctx.emit({
      service: "sqs",
      operation: "SendMessage",
      sourceArn: topic.TopicArn,
      ...(region === undefined ? {} : { region }),
      input: {
        QueueUrl: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
        MessageBody: raw ? message : JSON.stringify(envelope),
        ...(raw && input.MessageAttributes !== undefined ? { MessageAttributes: input.MessageAttributes } : {}),
      },
      settled: (after, result) => {
        const failed = "error" in result;
        emitMetric(after, topic, failed ? "NumberOfNotificationsFailed" : "NumberOfNotificationsDelivered", "Count", [1]);
      },
    });
    return;
  }
  const published: Published = { MessageId, message, envelope, ...(input.Subject === undefined ? {} : { subject: input.Subject }) };
  putMail(ctx, notificationMail(ctx, topic, to, published));
}

function emitMetrics(ctx: Context, topic: TopicDoc, size: number, delivered: number): void {
  emitMetric(ctx, topic, "NumberOfMessagesPublished", "Count", [1]);
  emitMetric(ctx, topic, "PublishSize", "Bytes", [size]);
  if (delivered > 0) emitMetric(ctx, topic, "NumberOfNotificationsDelivered", "Count", new Array<number>(delivered).fill(1));
}

/** Source of the names and units: SNS developer guide, "Monitoring topics using CloudWatch". */
function emitMetric(ctx: Context, topic: TopicDoc, MetricName: string, Unit: string, values: readonly number[]): void {
  ctx.emit({
    service: "cloudwatch",
    operation: "PutMetricData",
    columns: {
      Namespace: "AWS/SNS",
      MetricName,
      Dimensions: [{ Name: "TopicName", Value: topic.name }],
      Unit,
      StorageResolution: 60,
      timestamps: new Float64Array(values.length).fill(ctx.now),
      values: Float64Array.from(values),
    },
  });
}

const encoder = new TextEncoder();
const byteLength = (text: string): number => encoder.encode(text).length;

function base64(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}
