/** SQS messages: send, receive, delete. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sqs.ts";
import type { Context } from "../contract.ts";
import { attributesDigest, fromBase64, textDigest, toBase64 } from "./attributes.ts";
import { invalidValue, living, type MessageDoc, messagesOf, numberAttribute, type QueueDoc, queueOf } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Messages of one queue that may be in flight at once (developer guide, quotas). */
const IN_FLIGHT_LIMIT = 120_000;

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;

export function sendMessage(ctx: Context, input: In<"SendMessage">): Out<"SendMessage"> {
  const queue = queueOf(ctx, input.QueueUrl);
  checkMessage(queue, input);
  const delay = input.DelaySeconds ?? numberAttribute(queue, "DelaySeconds");
  if (!Number.isInteger(delay) || delay < 0 || delay > 900) {
    throw invalidValue("DelaySeconds", delay, "DelaySeconds must be >= 0 and <= 900.");
  }
  const attributes = Object.fromEntries(
    Object.entries(input.MessageAttributes ?? {}).map(([name, value]) => [
      name,
      {
        DataType: value.DataType,
        ...(value.StringValue === undefined ? {} : { StringValue: value.StringValue }),
        ...(value.BinaryValue === undefined ? {} : { base64: toBase64(value.BinaryValue) }),
      },
    ]),
  );
  const trace = input.MessageSystemAttributes?.["AWSTraceHeader"]?.StringValue;
  const message: MessageDoc = {
    MessageId: ctx.uuid("message"),
    body: input.MessageBody,
    md5: textDigest(input.MessageBody),
    attributes,
    system: {
      SenderId: ctx.identity.principalId ?? ctx.identity.id,
      ...(trace === undefined ? {} : { AWSTraceHeader: trace }),
      ...(input.MessageGroupId === undefined ? {} : { MessageGroupId: input.MessageGroupId }),
    },
    sent: ctx.now,
    visibleAt: ctx.now + delay * 1000,
    receives: 0,
  };
  const heads = ctx.docs<{ readonly next: number }>("message-head");
  const next = heads.get(queue.name)?.next ?? 1;
  dropExpired(ctx, queue);
  messagesOf(ctx, queue.name).put(String(next).padStart(12, "0"), message);
  heads.put(queue.name, { next: next + 1 });
  return {
    MD5OfMessageBody: message.md5,
    ...(Object.keys(attributes).length === 0 ? {} : { MD5OfMessageAttributes: attributesDigest(attributes) }),
    MessageId: message.MessageId,
  };
}

/**
 * Receives up to MaxNumberOfMessages visible messages, oldest first, and hides them for the visibility timeout.
 * Long polling (WaitTimeSeconds) answers at once: a call of a simulation does not wait for the clock that it stands in.
 */
export function receiveMessage(ctx: Context, input: In<"ReceiveMessage">): Out<"ReceiveMessage"> {
  const queue = queueOf(ctx, input.QueueUrl);
  const most = input.MaxNumberOfMessages ?? 1;
  if (most < 1 || most > 10) throw invalidValue("MaxNumberOfMessages", most, "Must be between 1 and 10, if provided.");
  const wait = input.WaitTimeSeconds ?? 0;
  if (wait < 0 || wait > 20) throw invalidValue("WaitTimeSeconds", wait, "Must be >= 0 and <= 20, if provided.");
  const timeout = input.VisibilityTimeout ?? numberAttribute(queue, "VisibilityTimeout");
  if (timeout < 0 || timeout > 43_200) throw invalidValue("VisibilityTimeout", timeout, "Must be >= 0 and <= 43200, if provided.");
  if (input.ReceiveRequestAttemptId !== undefined) {
    throw new ServiceError("InvalidParameterValue", "The request include parameter that is not valid for this queue type");
  }
  dropExpired(ctx, queue);
  const present = living(ctx, queue);
  const flying = present.filter(([, message]) => message.visibleAt > ctx.now && message.receives > 0).length;
  const due = present.filter(([, message]) => message.visibleAt <= ctx.now).slice(0, most);
  if (due.length > 0 && flying + due.length > IN_FLIGHT_LIMIT)
    throw new ServiceError("OverLimit", "Too many messages are in flight.", { status: 403 });
  const messages = messagesOf(ctx, queue.name);
  const received = due.map(([id, message]) => {
    const receipt = ctx.id("receipt");
    const taken: MessageDoc = {
      ...message,
      visibleAt: ctx.now + timeout * 1000,
      receives: message.receives + 1,
      firstReceived: message.firstReceived ?? ctx.now,
      receipt,
    };
    messages.put(id, taken);
    return shown(queue, id, taken, input);
  });
  return received.length === 0 ? {} : { Messages: received };
}

/**
 * Deletes the message of a receipt handle. As documented for standard queues, a handle that is not the newest, or of
 * a message that is gone, succeeds and deletes nothing.
 */
export function deleteMessage(ctx: Context, input: In<"DeleteMessage">): Out<"DeleteMessage"> {
  const queue = queueOf(ctx, input.QueueUrl);
  const [name, id, receipt] = readHandle(input.ReceiptHandle);
  if (name !== queue.name) throw invalidHandle(input.ReceiptHandle);
  const messages = messagesOf(ctx, queue.name);
  const message = messages.get(id);
  const deleted = message !== undefined && message.receipt === receipt;
  if (deleted) messages.delete(id);
  ctx.explain?.({
    deleted,
    why: deleted
      ? "newest receipt handle"
      : message === undefined
        ? "already gone"
        : "received again since: an older receipt handle deletes nothing",
  });
  return {};
}

export interface ContentsQuestion {
  readonly queue: string;
  readonly limit?: number;
}

/** The messages of a queue as the screen shows them, oldest first: nothing is received by looking. */
export function contents(ctx: Context, question: ContentsQuestion) {
  const queue = queueOf(ctx, question.queue);
  const present = living(ctx, queue);
  const limit = Math.max(1, Math.min(1_000, Math.trunc(question.limit ?? 100)));
  return {
    queue: queue.name,
    total: present.length,
    messages: present.slice(0, limit).map(([id, message]) => ({
      id,
      MessageId: message.MessageId,
      body: message.body,
      attributes: message.attributes,
      sent: message.sent,
      receives: message.receives,
      state: message.visibleAt <= ctx.now ? ("visible" as const) : message.receives > 0 ? ("in flight" as const) : ("delayed" as const),
      visibleAt: message.visibleAt,
      expires: message.sent + numberAttribute(queue, "MessageRetentionPeriod") * 1000,
    })),
  };
}

function dropExpired(ctx: Context, queue: QueueDoc): void {
  const messages = messagesOf(ctx, queue.name);
  const oldest = ctx.now - numberAttribute(queue, "MessageRetentionPeriod") * 1000;
  for (let first = messages.first(); first !== undefined && first[1].sent <= oldest; first = messages.first()) messages.delete(first[0]);
}

function checkMessage(queue: QueueDoc, input: In<"SendMessage">): void {
  if (input.MessageBody === "") {
    throw new ServiceError("MissingParameter", "The request must contain the parameter MessageBody.");
  }
  if (input.MessageDeduplicationId !== undefined) {
    throw new ServiceError("InvalidParameterValue", "The request include parameter that is not valid for this queue type", {
      hint: "MessageDeduplicationId is for FIFO queues, which are not built in Nephoscope.",
    });
  }
  // The characters that XML 1.0 allows (API reference, SendMessage).
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(input.MessageBody)) {
    throw new ServiceError(
      "InvalidMessageContents",
      "Invalid characters found. Valid unicode characters are #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF",
    );
  }
  let size = bytesOf(input.MessageBody);
  const attributes = Object.entries(input.MessageAttributes ?? {});
  if (attributes.length > 10) {
    throw new ServiceError(
      "InvalidParameterValue",
      `Number of message attributes [${attributes.length}] exceeds the allowed maximum [10].`,
    );
  }
  for (const [name, value] of attributes) {
    checkAttribute(name, value);
    size += bytesOf(name) + bytesOf(value.DataType) + bytesOf(value.StringValue ?? "") + (value.BinaryValue?.length ?? 0);
  }
  const limit = numberAttribute(queue, "MaximumMessageSize");
  if (size > limit) {
    throw new ServiceError(
      "InvalidParameterValue",
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
}

function checkAttribute(name: string, value: NonNullable<In<"SendMessage">["MessageAttributes"]>[string]): void {
  const invalid = (message: string) => new ServiceError("InvalidParameterValue", message);
  if (!/^[A-Za-z0-9_.-]{1,256}$/.test(name) || /^(aws|amazon)\./i.test(name) || /^\.|\.$|\.\./.test(name)) {
    throw invalid(
      `Message attribute name '${name}' is not valid: letters, digits, hyphens, underscores and single dots inside; not AWS. or Amazon.`,
    );
  }
  if (!/^(String|Number|Binary)(\..+)?$/.test(value.DataType)) {
    throw invalid(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is Binary, Number, and String.`,
    );
  }
  const given = value.DataType.startsWith("Binary") ? value.BinaryValue?.length : value.StringValue?.length;
  if (given === undefined || given === 0) {
    throw invalid(
      `The message attribute '${name}' must contain a non-empty message attribute value for message attribute type '${value.DataType}'.`,
    );
  }
}

function shown(
  queue: QueueDoc,
  id: string,
  message: MessageDoc,
  input: In<"ReceiveMessage">,
): NonNullable<Out<"ReceiveMessage">["Messages"]>[number] {
  const system: Readonly<Record<string, string>> = {
    ...message.system,
    SentTimestamp: String(message.sent),
    ApproximateReceiveCount: String(message.receives),
    ApproximateFirstReceiveTimestamp: String(message.firstReceived ?? message.sent),
  };
  const asked: readonly string[] = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])];
  const systemNames = Object.keys(system).filter((name) => asked.includes("All") || asked.includes(name));
  const wanted = input.MessageAttributeNames ?? [];
  const matches = (name: string): boolean =>
    wanted.some((want) => want === "All" || want === ".*" || want === name || (want.endsWith(".*") && name.startsWith(want.slice(0, -1))));
  const attributes = Object.fromEntries(Object.entries(message.attributes).filter(([name]) => matches(name)));
  return {
    MessageId: message.MessageId,
    ReceiptHandle: toBase64(encoder.encode([queue.name, id, message.receipt].join("\n"))),
    MD5OfBody: message.md5,
    Body: message.body,
    ...(systemNames.length === 0 ? {} : { Attributes: Object.fromEntries(systemNames.map((name) => [name, system[name] ?? ""])) }),
    ...(Object.keys(attributes).length === 0
      ? {}
      : {
          MD5OfMessageAttributes: attributesDigest(attributes),
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, { base64, ...rest }]) => [
              name,
              base64 === undefined ? rest : { ...rest, BinaryValue: fromBase64(base64) },
            ]),
          ),
        }),
  };
}

const invalidHandle = (handle: string): ServiceError =>
  new ServiceError("ReceiptHandleIsInvalid", `The input receipt handle "${handle}" is not a valid receipt handle.`, { status: 404 });

/** Queue name, message number and receipt out of a handle. */
function readHandle(handle: string): readonly [string, string, string] {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(handle) || handle.length % 4 !== 0) throw invalidHandle(handle);
  const parts = new TextDecoder().decode(fromBase64(handle)).split("\n");
  const [queue, id, receipt] = parts;
  if (parts.length !== 3 || queue === undefined || id === undefined || receipt === undefined || !/^\d{12}$/.test(id))
    throw invalidHandle(handle);
  return [queue, id, receipt];
}
