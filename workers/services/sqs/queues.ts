/** SQS queues: create, delete, list, attributes. URL `https://sqs.<region>.amazonaws.com/<account>/<name>`. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sqs.ts";
import type { Context } from "../contract.ts";
import { placeIn, placeToken } from "../place-token.ts";
import { policyTrouble } from "../resource-policy.ts";
import {
  counts,
  dropMessages,
  invalidValue,
  noSuchQueue,
  numberAttribute,
  type QueueDoc,
  queueArn,
  queueOf,
  queues,
  queueUrl,
  RANGES,
} from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const PLAIN = new Set(["Policy", "KmsMasterKeyId", "KmsDataKeyReusePeriodSeconds", "SqsManagedSseEnabled"]);
const NOT_BUILT = new Set(["RedrivePolicy", "RedriveAllowPolicy"]);
const FIFO = new Set(["FifoQueue", "ContentBasedDeduplication", "DeduplicationScope", "FifoThroughputLimit"]);
const READ_ONLY = [
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesNotVisible",
  "ApproximateNumberOfMessagesDelayed",
  "CreatedTimestamp",
  "LastModifiedTimestamp",
  "QueueArn",
];
const MINUTE = 60_000;
const PAGE = 1_000;

const fifoNotBuilt = (): ServiceError =>
  new ServiceError("NotImplemented", "FIFO queues are not built in Nephoscope.", { status: 501, hint: "Use a standard queue." });

export function createQueue(ctx: Context, input: In<"CreateQueue">): Out<"CreateQueue"> {
  const name = input.QueueName;
  const attributes = checkedAttributes(input.Attributes ?? {});
  if (name.endsWith(".fifo")) throw fifoNotBuilt();
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    throw new ServiceError("InvalidParameterValue", "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
  const existing = queues(ctx).get(name);
  if (existing !== undefined) {
    for (const [attribute, value] of Object.entries(attributes)) {
      if ((existing.attributes[attribute] ?? String(RANGES[attribute]?.[2] ?? "")) !== value) {
        throw new ServiceError(
          "QueueAlreadyExists",
          `A queue already exists with the same name and a different value for attribute ${attribute}`,
          {
            shape: "QueueNameExists",
          },
        );
      }
    }
    return { QueueUrl: queueUrl(ctx, name) };
  }
  const gone = ctx.docs<{ readonly at: number }>("deleted").get(name);
  if (gone !== undefined && ctx.now - gone.at < MINUTE) {
    throw new ServiceError(
      "AWS.SimpleQueueService.QueueDeletedRecently",
      "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
      {
        shape: "QueueDeletedRecently",
      },
    );
  }
  ctx.docs("deleted").delete(name);
  queues(ctx).put(name, { name, attributes, tags: { ...(input.tags ?? {}) }, created: ctx.now, modified: ctx.now });
  return { QueueUrl: queueUrl(ctx, name) };
}

/** Attributes that are not named stay as they are; an empty policy removes it. */
export function setQueueAttributes(ctx: Context, input: In<"SetQueueAttributes">): Out<"SetQueueAttributes"> {
  const queue = queueOf(ctx, input.QueueUrl);
  const attributes = { ...queue.attributes, ...checkedAttributes(input.Attributes) };
  queues(ctx).put(queue.name, { ...queue, attributes, modified: ctx.now });
  return {};
}

export function deleteQueue(ctx: Context, input: In<"DeleteQueue">): Out<"DeleteQueue"> {
  const queue = queueOf(ctx, input.QueueUrl);
  queues(ctx).delete(queue.name);
  dropMessages(ctx, queue.name);
  ctx.docs("deleted").put(queue.name, { at: ctx.now });
  return {};
}

export function getQueueUrl(ctx: Context, input: In<"GetQueueUrl">): Out<"GetQueueUrl"> {
  const own = input.QueueOwnerAWSAccountId === undefined || input.QueueOwnerAWSAccountId === ctx.account;
  if (!own || !queues(ctx).has(input.QueueName)) throw noSuchQueue();
  return { QueueUrl: queueUrl(ctx, input.QueueName) };
}

/** Up to 1,000 URLs; NextToken only when MaxResults was given, as on AWS. */
export function listQueues(ctx: Context, input: In<"ListQueues">): Out<"ListQueues"> {
  const size = input.MaxResults ?? PAGE;
  if (size < 1 || size > PAGE) throw invalidValue("MaxResults", size, "Must be between 1 and 1000.");
  const prefix = input.QueueNamePrefix ?? "";
  const after = input.NextToken === undefined ? "" : nameIn(input.NextToken);
  const names = queues(ctx)
    .ids()
    .filter((name) => name.startsWith(prefix) && name > after);
  const page = names.slice(0, size);
  const last = page[page.length - 1];
  return {
    ...(page.length === 0 ? {} : { QueueUrls: page.map((name) => queueUrl(ctx, name)) }),
    ...(input.MaxResults !== undefined && names.length > size && last !== undefined ? { NextToken: placeToken(last) } : {}),
  };
}

function nameIn(token: string): string {
  const name = placeIn(token);
  if (name === undefined) throw invalidValue("NextToken", token, "Invalid or expired next token.");
  return name;
}

export function getQueueAttributes(ctx: Context, input: In<"GetQueueAttributes">): Out<"GetQueueAttributes"> {
  const queue = queueOf(ctx, input.QueueUrl);
  const asked: readonly string[] = input.AttributeNames ?? [];
  const all = allAttributes(ctx, queue);
  for (const name of asked) {
    if (name !== "All" && !(name in all) && !PLAIN.has(name) && !FIFO.has(name) && !NOT_BUILT.has(name)) {
      throw new ServiceError("InvalidAttributeName", `Unknown Attribute ${name}.`);
    }
  }
  const names = asked.includes("All") ? Object.keys(all) : asked.filter((name) => name in all);
  if (names.length === 0) return {};
  return { Attributes: Object.fromEntries(names.map((name) => [name, all[name] ?? ""])) };
}

export function purgeQueue(ctx: Context, input: In<"PurgeQueue">): Out<"PurgeQueue"> {
  const queue = queueOf(ctx, input.QueueUrl);
  if (queue.purged !== undefined && ctx.now - queue.purged < MINUTE) {
    throw new ServiceError(
      "AWS.SimpleQueueService.PurgeQueueInProgress",
      `Only one PurgeQueue operation on ${queue.name} is allowed every 60 seconds.`,
      {
        shape: "PurgeQueueInProgress",
        status: 403,
      },
    );
  }
  dropMessages(ctx, queue.name);
  queues(ctx).put(queue.name, { ...queue, purged: ctx.now });
  return {};
}

/** A view: every queue with what is in it, by name. Nothing is received by looking. */
export function overview(ctx: Context) {
  return {
    queues: queues(ctx)
      .values()
      .map((queue) => ({
        name: queue.name,
        url: queueUrl(ctx, queue.name),
        arn: queueArn(ctx, queue.name),
        created: queue.created,
        ...counts(ctx, queue),
      })),
  };
}

function allAttributes(ctx: Context, queue: QueueDoc): Readonly<Record<string, string>> {
  const seconds = (ms: number): string => String(Math.floor(ms / 1000));
  const { visible, inFlight, delayed } = counts(ctx, queue);
  return {
    QueueArn: queueArn(ctx, queue.name),
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: seconds(queue.created),
    LastModifiedTimestamp: seconds(queue.modified),
    VisibilityTimeout: String(numberAttribute(queue, "VisibilityTimeout")),
    MaximumMessageSize: String(numberAttribute(queue, "MaximumMessageSize")),
    MessageRetentionPeriod: String(numberAttribute(queue, "MessageRetentionPeriod")),
    DelaySeconds: String(numberAttribute(queue, "DelaySeconds")),
    ReceiveMessageWaitTimeSeconds: String(numberAttribute(queue, "ReceiveMessageWaitTimeSeconds")),
    SqsManagedSseEnabled: "true",
    ...queue.attributes,
  };
}

function checkedAttributes(attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(attributes)) {
    const range = RANGES[name];
    if (FIFO.has(name)) throw fifoNotBuilt();
    if (NOT_BUILT.has(name)) {
      throw new ServiceError("NotImplemented", `The queue attribute ${name} (dead-letter queues) is not built in Nephoscope.`, {
        status: 501,
      });
    }
    const trouble = name === "Policy" && value !== "" ? policyTrouble(value) : undefined;
    if (trouble !== undefined)
      throw new ServiceError("InvalidAttributeValue", "Invalid value for the parameter Policy.", { hint: trouble });
    if (range === undefined && !PLAIN.has(name)) {
      throw new ServiceError(
        "InvalidAttributeName",
        `Unknown Attribute ${name}.`,
        READ_ONLY.includes(name) ? { hint: `${name} can only be read.` } : {},
      );
    }
    if (range !== undefined && (!/^\d{1,9}$/.test(value) || Number(value) < range[0] || Number(value) > range[1])) {
      throw new ServiceError("InvalidAttributeValue", `Invalid value for the parameter ${name}.`, {
        hint: `${name} is a whole number from ${range[0]} to ${range[1]}.`,
      });
    }
  }
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, RANGES[name] === undefined ? value : String(Number(value))]),
  );
}
