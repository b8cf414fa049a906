/** SNS subscriptions: subscribe, confirm, unsubscribe, list. A subscription's document id is the UUID at the end of its ARN. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sns.ts";
import type { Context } from "../contract.ts";
import { byTopic, invalidParameter, notFound, pageOf, type SubscriptionDoc, topicOf } from "./documents.ts";
import { confirmationMail, putMail } from "./mail.ts";

/** Input of ConfirmSubscription as the SNS API reference gives it. */
export interface ConfirmSubscriptionInput {
  readonly TopicArn: string;
  readonly Token: string;
  readonly AuthenticateOnUnsubscribe?: string;
}

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

/** Tokens of confirmation mails are valid for two days (API reference, Subscribe). */
export const TOKEN_LIFETIME = 2 * 86_400_000;
const PENDING = "PendingConfirmation";
const PROTOCOLS = ["http", "https", "email", "email-json", "sms", "sqs", "application", "lambda", "firehose"];
const NOT_BUILT = new Set(["http", "https", "sms", "application", "lambda", "firehose"]);
const SUBSCRIPTION_ATTRIBUTES = new Set([
  "DeliveryPolicy",
  "FilterPolicy",
  "FilterPolicyScope",
  "RawMessageDelivery",
  "RedrivePolicy",
  "ReplayPolicy",
  "SubscriptionRoleArn",
]);
const PAGE = 100;

/**
 * Subscribes an endpoint. E-mail must confirm first: the confirmation lands in the inbox and the answer is
 * `pending confirmation`; a queue of the same account is confirmed at once. The same topic, protocol and endpoint
 * again answer the subscription that is there (a pending one gets a new mail).
 */
export function subscribe(ctx: Context, input: In<"Subscribe">): Out<"Subscribe"> {
  const topic = topicOf(ctx, input.TopicArn);
  const { Protocol } = input;
  if (!PROTOCOLS.includes(Protocol)) throw invalidParameter(`Amazon SNS does not support this protocol string: ${Protocol}`);
  const Endpoint = checkedEndpoint(ctx, Protocol, input.Endpoint);
  const attributes = checkedAttributes(Protocol, input.Attributes ?? {});
  const present = byTopic(ctx, topic.TopicArn).find(([, s]) => s.Protocol === Protocol && s.Endpoint === Endpoint)?.[1];
  if (present?.confirmed === true) {
    for (const [name, value] of Object.entries(attributes)) {
      if (present.attributes[name] !== value) {
        throw invalidParameter("Attributes Reason: Subscription already exists with different attributes");
      }
    }
    return { SubscriptionArn: present.SubscriptionArn };
  }
  if (Protocol === "sqs") {
    const subscription = store(ctx, { TopicArn: topic.TopicArn, Protocol, Endpoint, attributes, confirmed: true });
    return { SubscriptionArn: subscription.SubscriptionArn };
  }
  if (present !== undefined) ctx.docs("subscription").delete(idOf(present.SubscriptionArn));
  const token = ctx.id("subscription-token") + ctx.id("subscription-token");
  const subscription = store(ctx, { TopicArn: topic.TopicArn, Protocol, Endpoint, attributes, confirmed: false, token });
  putMail(ctx, confirmationMail(ctx, topic, subscription));
  return { SubscriptionArn: input.ReturnSubscriptionArn === true ? subscription.SubscriptionArn : "pending confirmation" };
}

/** Confirms with the token of the mail. Confirming again answers the same ARN. */
export function confirmSubscription(ctx: Context, input: ConfirmSubscriptionInput): { readonly SubscriptionArn: string } {
  const topic = topicOf(ctx, input.TopicArn);
  const found = byTopic(ctx, topic.TopicArn).find(([, s]) => s.token !== undefined && s.token === input.Token);
  if (found === undefined) throw invalidParameter("Token", "Take the token from the newest confirmation mail in the inbox.");
  const [id, subscription] = found;
  if (!subscription.confirmed && ctx.now - subscription.created > TOKEN_LIFETIME) {
    throw invalidParameter("Token", "The token is older than two days: subscribe again to get a new mail.");
  }
  ctx.docs<SubscriptionDoc>("subscription").put(id, { ...subscription, confirmed: true });
  return { SubscriptionArn: subscription.SubscriptionArn };
}

/** Idempotent for ARNs that are gone; a pending subscription cannot be unsubscribed, as on AWS. */
export function unsubscribe(ctx: Context, input: In<"Unsubscribe">): Out<"Unsubscribe"> {
  const parts = input.SubscriptionArn.split(":");
  if (parts.length < 6 || parts[0] !== "arn") {
    throw invalidParameter(
      `SubscriptionArn Reason: An ARN must have at least 6 elements, not ${parts.length}`,
      "A subscription that is pending has no ARN yet: it goes by itself when it is not confirmed.",
    );
  }
  if (parts.length !== 7) throw invalidParameter("SubscriptionId");
  const id = idOf(input.SubscriptionArn);
  const subscription = ctx.docs<SubscriptionDoc>("subscription").get(id);
  if (subscription !== undefined && !subscription.confirmed) {
    throw invalidParameter("This operation can not be performed on a pending confirmation subscription");
  }
  ctx.docs("subscription").delete(id);
  return {};
}

export function listSubscriptions(ctx: Context, input: In<"ListSubscriptions">): Out<"ListSubscriptions"> {
  const { page, next } = pageOf(ctx.docs<SubscriptionDoc>("subscription").entries(), input.NextToken, PAGE);
  return { Subscriptions: page.map(([, subscription]) => shown(ctx, subscription)), ...next };
}

export function listSubscriptionsByTopic(ctx: Context, input: In<"ListSubscriptionsByTopic">): Out<"ListSubscriptionsByTopic"> {
  const topic = topicOf(ctx, input.TopicArn);
  const { page, next } = pageOf(byTopic(ctx, topic.TopicArn), input.NextToken, PAGE);
  return { Subscriptions: page.map(([, subscription]) => shown(ctx, subscription)), ...next };
}

function shown(ctx: Context, subscription: SubscriptionDoc) {
  return {
    SubscriptionArn: subscription.confirmed ? subscription.SubscriptionArn : PENDING,
    Owner: ctx.account,
    Protocol: subscription.Protocol,
    Endpoint: subscription.Endpoint,
    TopicArn: subscription.TopicArn,
  };
}

const idOf = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

function store(ctx: Context, subscription: Omit<SubscriptionDoc, "SubscriptionArn" | "created">): SubscriptionDoc {
  const id = ctx.uuid("subscription");
  const doc: SubscriptionDoc = { SubscriptionArn: `${subscription.TopicArn}:${id}`, ...subscription, created: ctx.now };
  ctx.docs<SubscriptionDoc>("subscription").put(id, doc);
  return doc;
}

function checkedEndpoint(ctx: Context, protocol: string, endpoint: string | undefined): string {
  if (endpoint === undefined || endpoint === "") throw notFound("Endpoint not specified in subscription");
  if ((protocol === "http" || protocol === "https") && !endpoint.startsWith(`${protocol}://`)) {
    throw invalidParameter("Endpoint must match the specified protocol");
  }
  if (protocol.startsWith("email") && !/^[^@\s;,]+@[^@\s;,]+\.[^@\s;,.]+$/.test(endpoint)) throw invalidParameter("Email address");
  if (protocol === "lambda" && !/^arn:aws:lambda:/.test(endpoint)) throw invalidParameter("Lambda endpoint ARN");
  if (protocol === "sqs") {
    const parts = endpoint.split(":");
    if (parts.length !== 6 || parts[0] !== "arn" || parts[2] !== "sqs") throw invalidParameter("SQS endpoint ARN");
    if (endpoint.endsWith(".fifo")) {
      throw invalidParameter("Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics");
    }
    if (parts[4] !== ctx.account) throw new ServiceError("NotImplemented", "Queues of other accounts are not built.", { status: 501 });
  }
  if (NOT_BUILT.has(protocol)) {
    throw new ServiceError(
      "NotImplemented",
      `Deliveries by ${protocol} are not built in Nephoscope: there is nothing here that could receive them.`,
      {
        status: 501,
        hint: "Subscribe an e-mail address (it lands in the inbox of this page) or an SQS queue.",
      },
    );
  }
  return endpoint;
}

function checkedAttributes(protocol: string, attributes: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SUBSCRIPTION_ATTRIBUTES.has(name)) throw invalidParameter(`Attributes Reason: Unknown attribute: ${name}`);
    if (name !== "RawMessageDelivery") {
      throw new ServiceError("NotImplemented", `The subscription attribute ${name} is not built in Nephoscope.`, { status: 501 });
    }
    if (!/^(true|false)$/i.test(value)) {
      throw invalidParameter(`Attributes Reason: RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
    }
    if (protocol !== "sqs" && /^true$/i.test(value)) {
      throw invalidParameter(
        `Attributes Reason: RawMessageDelivery: Delivery protocol [${protocol}] does not support raw message delivery.`,
      );
    }
  }
  return { ...attributes };
}
