/** What SQS keeps: queues by name, messages of each queue by a sequence number; and the errors all of SQS shares. */
import { ServiceError } from "../../model/errors.ts";
import type { Context, Documents } from "../contract.ts";

export interface QueueDoc {
  readonly name: string;
  /** What was asked for; defaults are added when they are read. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly created: number;
  readonly modified: number;
  readonly purged?: number;
}

export interface MessageDoc {
  readonly MessageId: string;
  readonly body: string;
  readonly md5: string;
  /** Binary values as base64. */
  readonly attributes: Readonly<Record<string, { readonly DataType: string; readonly StringValue?: string; readonly base64?: string }>>;
  readonly system: Readonly<Record<string, string>>;
  readonly sent: number;
  /** Not to be received before: end of the delay, then of the visibility timeout. */
  readonly visibleAt: number;
  readonly receives: number;
  readonly firstReceived?: number;
  /** Changes with every receive; the receipt handle carries it. */
  readonly receipt?: string;
}

/** Least, most and default of the whole-number attributes (API reference, SetQueueAttributes; a message may have 1 MiB since 2025). */
export const RANGES: Readonly<Record<string, readonly [number, number, number]>> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1_024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
};
export const queues = (ctx: Context): Documents<QueueDoc> => ctx.docs<QueueDoc>("queue");
export const queueUrl = (ctx: Context, name: string): string => `https://sqs.${ctx.region}.amazonaws.com/${ctx.account}/${name}`;
export const queueArn = (ctx: Context, name: string): string => `arn:aws:sqs:${ctx.region}:${ctx.account}:${name}`;

export const noSuchQueue = (): ServiceError =>
  new ServiceError("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", { shape: "QueueDoesNotExist" });

export const invalidValue = (parameter: string, value: unknown, reason: string): ServiceError =>
  new ServiceError("InvalidParameterValue", `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

/** The queue of a URL of this account and Region (a bare name does as well, as on AWS the last part of the path counts). */
export function queueOf(ctx: Context, url: string): QueueDoc {
  const path = /^https?:\/\/[^/]+\/(.+)$/.exec(url)?.[1] ?? url;
  const [account, name] = path.includes("/") ? path.split("/") : [ctx.account, path];
  const region = /^https?:\/\/sqs\.([a-z0-9-]+)\.amazonaws\.com\//.exec(url)?.[1] ?? ctx.region;
  const queue = account === ctx.account && region === ctx.region ? queues(ctx).get(name ?? "") : undefined;
  if (queue === undefined) throw noSuchQueue();
  return queue;
}

/** The value of a whole-number attribute, with its default. */
export const numberAttribute = (queue: QueueDoc, name: string): number => Number(queue.attributes[name] ?? RANGES[name]?.[2] ?? 0);

export const messagesOf = (ctx: Context, queue: string): Documents<MessageDoc> => ctx.docs<MessageDoc>(`message:${queue}`);

/** Messages that retention has not taken yet, oldest first. */
export function living(ctx: Context, queue: QueueDoc): readonly (readonly [string, MessageDoc])[] {
  const oldest = ctx.now - numberAttribute(queue, "MessageRetentionPeriod") * 1000;
  return messagesOf(ctx, queue.name)
    .entries()
    .filter(([, message]) => message.sent > oldest);
}

export function dropMessages(ctx: Context, queue: string): void {
  const messages = messagesOf(ctx, queue);
  for (const id of messages.ids()) messages.delete(id);
}

export function counts(ctx: Context, queue: QueueDoc): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
  let visible = 0;
  let inFlight = 0;
  let delayed = 0;
  for (const [, message] of living(ctx, queue)) {
    if (message.visibleAt <= ctx.now) visible++;
    else if (message.receives > 0) inFlight++;
    else delayed++;
  }
  return { visible, inFlight, delayed };
}
