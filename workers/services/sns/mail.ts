/** The inbox: what SNS would send by e-mail, kept as documents of this account and Region, the newest 2,000. */
import type { Context } from "../contract.ts";
import { type SequenceLog, sequenceLog } from "../sequence-log.ts";
import type { SubscriptionDoc, TopicDoc } from "./documents.ts";

export interface Mail {
  readonly kind: "confirmation" | "notification";
  readonly time: number;
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly body: string;
  readonly TopicArn: string;
  readonly MessageId?: string;
  /** Of a confirmation: what ConfirmSubscription wants. */
  readonly token?: string;
  readonly SubscriptionArn?: string;
}

const MAILBOX_CAP = 2_000;

export const mailbox = (ctx: Context): SequenceLog<Mail> => sequenceLog<Mail>(ctx, "mail", MAILBOX_CAP);

export const putMail = (ctx: Context, mail: Mail): string => mailbox(ctx).append(mail);

const sender = (topic: TopicDoc): string => `${topic.attributes["DisplayName"] || "AWS Notifications"} <no-reply@sns.amazonaws.com>`;

export function confirmationMail(ctx: Context, topic: TopicDoc, subscription: SubscriptionDoc): Mail {
  const token = subscription.token ?? "";
  const envelope = {
    Type: "SubscriptionConfirmation",
    MessageId: ctx.uuid("mail-message"),
    Token: token,
    TopicArn: topic.TopicArn,
    Message: `You have chosen to subscribe to the topic ${topic.TopicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: confirmationUrl(ctx.region, topic.TopicArn, token),
    Timestamp: new Date(ctx.now).toISOString(),
  };
  const text = [
    "You have chosen to subscribe to the topic:",
    topic.TopicArn,
    "",
    "To confirm this subscription, press Confirm subscription on this mail (on AWS it is a link), or run",
    `aws sns confirm-subscription --topic-arn ${topic.TopicArn} --token ${token}`,
    "",
    "Until then no message of the topic is sent to this address. If you did not ask for it, do nothing.",
  ].join("\n");
  return {
    kind: "confirmation",
    time: ctx.now,
    to: subscription.Endpoint,
    from: sender(topic),
    subject: "AWS Notification - Subscription Confirmation",
    body: subscription.Protocol === "email-json" ? JSON.stringify(envelope, undefined, 2) : text,
    TopicArn: topic.TopicArn,
    token,
    SubscriptionArn: subscription.SubscriptionArn,
  };
}

export interface Published {
  readonly MessageId: string;
  readonly subject?: string;
  readonly message: string;
  readonly envelope: Readonly<Record<string, unknown>>;
}

export function notificationMail(ctx: Context, topic: TopicDoc, subscription: SubscriptionDoc, published: Published): Mail {
  const url = unsubscribeUrl(ctx.region, subscription.SubscriptionArn);
  const footer = [
    "",
    "--",
    "To stop these messages, unsubscribe:",
    `${url}&Endpoint=${subscription.Endpoint}`,
    `aws sns unsubscribe --subscription-arn ${subscription.SubscriptionArn}`,
    "",
    "This address does not read replies.",
  ].join("\n");
  return {
    kind: "notification",
    time: ctx.now,
    to: subscription.Endpoint,
    from: sender(topic),
    subject: published.subject ?? "AWS Notification Message",
    body: subscription.Protocol === "email-json" ? JSON.stringify(published.envelope, undefined, 2) : `${published.message}\n${footer}`,
    TopicArn: topic.TopicArn,
    MessageId: published.MessageId,
    SubscriptionArn: subscription.SubscriptionArn,
  };
}

const confirmationUrl = (region: string, topicArn: string, token: string): string =>
  `https://sns.${region}.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;

export const unsubscribeUrl = (region: string, subscriptionArn: string): string =>
  `https://sns.${region}.amazonaws.com/unsubscribe.html?SubscriptionArn=${subscriptionArn}`;

export interface InboxQuestion {
  readonly limit?: number;
  readonly before?: string;
}

export interface InboxAnswer {
  readonly mails: readonly (Mail & { readonly id: string; readonly confirmed?: boolean })[];
  /** Give as `before` to get older ones. */
  readonly next?: string;
  readonly total: number;
  /** Mails that fell out at the old end. */
  readonly dropped: number;
  /** Subscriptions that get nothing because nobody confirmed them. */
  readonly pending: readonly { readonly TopicArn: string; readonly Endpoint: string; readonly token: string; readonly sentence: string }[];
}

/** The inbox, newest first. A confirmation says whether it has been confirmed since (undefined: the subscription is gone). */
export function inbox(ctx: Context, question: InboxQuestion | undefined): InboxAnswer {
  const limit = Math.max(1, Math.min(500, Math.trunc(question?.limit ?? 50)));
  const subscriptions = ctx.docs<SubscriptionDoc>("subscription");
  const mails: InboxAnswer["mails"][number][] = [];
  const box = mailbox(ctx);
  let next: string | undefined;
  for (const [id, mail] of box.newestFirst(question?.before)) {
    const last = mails[mails.length - 1];
    if (mails.length === limit) {
      next = last?.id;
      break;
    }
    const subscription =
      mail.kind === "confirmation" ? subscriptions.values().find((each) => each.SubscriptionArn === mail.SubscriptionArn) : undefined;
    mails.push({ ...mail, id, ...(subscription === undefined ? {} : { confirmed: subscription.confirmed }) });
  }
  const pending = subscriptions
    .values()
    .filter((each) => !each.confirmed)
    .map((each) => ({
      TopicArn: each.TopicArn,
      Endpoint: each.Endpoint,
      token: each.token ?? "",
      sentence: `${each.Endpoint} gets nothing from ${each.TopicArn.slice(each.TopicArn.lastIndexOf(":") + 1)} until its subscription is confirmed.`,
    }));
  return { mails, ...(next === undefined ? {} : { next }), total: box.length, dropped: box.dropped, pending };
}
