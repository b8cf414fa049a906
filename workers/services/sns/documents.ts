/** What SNS keeps: topics by name, subscriptions by the UUID at the end of their ARN; and the errors all of SNS shares. */
import { ServiceError } from "../../model/errors.ts";
import type { Context, Documents } from "../contract.ts";
import { placeIn, placeToken } from "../place-token.ts";

export interface TopicDoc {
  readonly TopicArn: string;
  readonly name: string;
  /** Only what was set; defaults are added when they are read. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly created: number;
}

export interface SubscriptionDoc {
  readonly SubscriptionArn: string;
  readonly TopicArn: string;
  readonly Protocol: string;
  readonly Endpoint: string;
  readonly confirmed: boolean;
  /** What the confirmation mail carries; only for protocols that must confirm. */
  readonly token?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly created: number;
}

export const invalidParameter = (message: string, hint?: string): ServiceError =>
  new ServiceError("InvalidParameter", `Invalid parameter: ${message}`, {
    shape: "InvalidParameterException",
    ...(hint === undefined ? {} : { hint }),
  });

export const notFound = (message: string): ServiceError =>
  new ServiceError("NotFound", message, { shape: "NotFoundException", status: 404 });

/** A topic ARN's parts, or the error AWS gives for text that is none. */
export function topicName(arn: string, member: string): string {
  const parts = arn.split(":");
  if (parts.length < 6) throw invalidParameter(`${member} Reason: An ARN must have at least 6 elements, not ${parts.length}`);
  if (parts[0] !== "arn" || parts[2] !== "sns") throw invalidParameter(`${member} Reason: ${arn} is not an ARN of an SNS topic`);
  if (parts.length > 6)
    throw invalidParameter("Topic Name", "That looks like the ARN of a subscription; a topic's ARN ends with its name.");
  return parts[5] ?? "";
}

export function topics(ctx: Context): Documents<TopicDoc> {
  return ctx.docs<TopicDoc>("topic");
}

/** The topic of an ARN in this account and Region. */
export function topicOf(ctx: Context, arn: string, member = "TopicArn"): TopicDoc {
  const name = topicName(arn, member);
  const parts = arn.split(":");
  const topic = parts[3] === ctx.region && parts[4] === ctx.account ? topics(ctx).get(name) : undefined;
  if (topic === undefined) throw notFound("Topic does not exist");
  return topic;
}

export const byTopic = (ctx: Context, topicArn: string): readonly (readonly [string, SubscriptionDoc])[] =>
  ctx
    .docs<SubscriptionDoc>("subscription")
    .entries()
    .filter(([, subscription]) => subscription.TopicArn === topicArn);

/** A page after the id in the token (stateless: the token holds the last id answered). */
export function pageOf<D>(
  entries: readonly (readonly [string, D])[],
  token: string | undefined,
  size: number,
): { readonly page: readonly (readonly [string, D])[]; readonly next: { readonly NextToken?: string } } {
  const after = token === undefined ? undefined : idIn(token);
  const from = after === undefined ? 0 : entries.findIndex(([id]) => id > after);
  if (from < 0) return { page: [], next: {} };
  const page = entries.slice(from, from + size);
  const last = page[page.length - 1];
  return { page, next: from + size < entries.length && last !== undefined ? { NextToken: placeToken(last[0]) } : {} };
}

function idIn(token: string): string {
  const id = placeIn(token);
  if (id === undefined) throw invalidParameter("NextToken");
  return id;
}
