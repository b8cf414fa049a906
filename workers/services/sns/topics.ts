/** SNS topics: create, delete, list, attributes. ARN `arn:aws:sns:<region>:<account>:<name>`. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sns.ts";
import type { Context } from "../contract.ts";
import { policyTrouble } from "../resource-policy.ts";
import { byTopic, invalidParameter, pageOf, type TopicDoc, topicName, topicOf, topics } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const TOPIC_ATTRIBUTES = new Set([
  "ArchivePolicy",
  "ContentBasedDeduplication",
  "DataProtectionPolicy",
  "DeliveryPolicy",
  "DisplayName",
  "FifoThroughputScope",
  "FifoTopic",
  "KmsMasterKeyId",
  "Policy",
  "SignatureVersion",
  "TracingConfig",
]);
const PAGE = 100;

export function createTopic(ctx: Context, input: In<"CreateTopic">): Out<"CreateTopic"> {
  const attributes = input.Attributes ?? {};
  if (input.Name.endsWith(".fifo") || attributes["FifoTopic"] === "true") {
    throw new ServiceError("NotImplemented", "FIFO topics are not built in Nephoscope.", { status: 501, hint: "Use a standard topic." });
  }
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(input.Name))
    throw invalidParameter("Topic Name", "1 to 256 letters, digits, hyphens and underscores.");
  for (const name of Object.keys(attributes)) {
    if (!TOPIC_ATTRIBUTES.has(name)) throw invalidParameter(`Attributes Reason: Unknown attribute: ${name}`);
  }
  if (attributes["DisplayName"] !== undefined && attributes["DisplayName"].length > 100) throw invalidParameter("DisplayName");
  const trouble = attributes["Policy"] ? policyTrouble(attributes["Policy"]) : undefined;
  if (trouble !== undefined) throw invalidParameter("Policy Error: null", trouble);
  const tags = checkedTags(input.Tags ?? []);
  const existing = topics(ctx).get(input.Name);
  if (existing !== undefined) {
    for (const [name, value] of Object.entries(attributes)) {
      if (existing.attributes[name] !== value) throw invalidParameter("Attributes Reason: Topic already exists with different attributes");
    }
    if (tags.length > 0 && !sameTags(existing.tags, tags)) {
      throw invalidParameter("Tags Reason: Topic already exists with different tags");
    }
    return { TopicArn: existing.TopicArn };
  }
  const TopicArn = `arn:aws:sns:${ctx.region}:${ctx.account}:${input.Name}`;
  topics(ctx).put(input.Name, { TopicArn, name: input.Name, attributes: { ...attributes }, tags, created: ctx.now });
  return { TopicArn };
}

/** Idempotent: deleting a topic that is not there succeeds. Its confirmed subscriptions go with it. */
export function deleteTopic(ctx: Context, input: In<"DeleteTopic">): Out<"DeleteTopic"> {
  const name = topicName(input.TopicArn, "TopicArn");
  if (topics(ctx).delete(name)) for (const [id] of byTopic(ctx, input.TopicArn)) ctx.docs("subscription").delete(id);
  return {};
}

export function listTopics(ctx: Context, input: In<"ListTopics">): Out<"ListTopics"> {
  const { page, next } = pageOf(topics(ctx).entries(), input.NextToken, PAGE);
  return { Topics: page.map(([, topic]) => ({ TopicArn: topic.TopicArn })), ...next };
}

export function getTopicAttributes(ctx: Context, input: In<"GetTopicAttributes">): Out<"GetTopicAttributes"> {
  const topic = topicOf(ctx, input.TopicArn);
  const subscriptions = byTopic(ctx, topic.TopicArn);
  const confirmed = subscriptions.filter(([, subscription]) => subscription.confirmed).length;
  return {
    Attributes: {
      Policy: defaultPolicy(topic.TopicArn, ctx.account),
      EffectiveDeliveryPolicy: JSON.stringify(DELIVERY_POLICY),
      Owner: ctx.account,
      SubscriptionsPending: String(subscriptions.length - confirmed),
      TopicArn: topic.TopicArn,
      SubscriptionsConfirmed: String(confirmed),
      SubscriptionsDeleted: "0",
      DisplayName: "",
      ...topic.attributes,
    },
  };
}

function checkedTags(tags: TopicDoc["tags"]): TopicDoc["tags"] {
  const keys = new Set(tags.map((tag) => tag.Key));
  if (keys.size !== tags.length) throw invalidParameter("Duplicated keys are not allowed.");
  if (tags.length > 50)
    throw new ServiceError("TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded", {
      shape: "TagLimitExceededException",
    });
  return tags.map(({ Key, Value }) => ({ Key, Value }));
}

function sameTags(left: TopicDoc["tags"], right: TopicDoc["tags"]): boolean {
  return left.length === right.length && right.every((tag) => left.some((other) => other.Key === tag.Key && other.Value === tag.Value));
}

const DELIVERY_POLICY = {
  http: {
    defaultHealthyRetryPolicy: {
      minDelayTarget: 20,
      maxDelayTarget: 20,
      numRetries: 3,
      numMaxDelayRetries: 0,
      numNoDelayRetries: 0,
      numMinDelayRetries: 0,
      backoffFunction: "linear",
    },
    disableSubscriptionOverrides: false,
    defaultRequestPolicy: { headerContentType: "text/plain; charset=UTF-8" },
  },
};

function defaultPolicy(topicArn: string, account: string): string {
  const actions = [
    "GetTopicAttributes",
    "SetTopicAttributes",
    "AddPermission",
    "RemovePermission",
    "DeleteTopic",
    "Subscribe",
    "ListSubscriptionsByTopic",
    "Publish",
  ];
  return JSON.stringify({
    Version: "2008-10-17",
    Id: "__default_policy_ID",
    Statement: [
      {
        Sid: "__default_statement_ID",
        Effect: "Allow",
        Principal: { AWS: "*" },
        Action: actions.map((action) => `SNS:${action}`),
        Resource: topicArn,
        Condition: { StringEquals: { "AWS:SourceOwner": account } },
      },
    ],
  });
}
