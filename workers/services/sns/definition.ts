/** Amazon SNS: topics, subscriptions, publishing, and the inbox of the page. */
import type { Operations } from "../../model/generated/sns.ts";
import { operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { topics } from "./documents.ts";
import { inbox } from "./mail.ts";
import { publish } from "./publish.ts";
import {
  type ConfirmSubscriptionInput,
  confirmSubscription,
  listSubscriptions,
  listSubscriptionsByTopic,
  subscribe,
  unsubscribe,
} from "./subscriptions.ts";
import { createTopic, deleteTopic, getTopicAttributes, listTopics } from "./topics.ts";

const allTopics = (_input: unknown, scope: Scope): readonly string[] => [`arn:aws:sns:${scope.region}:${scope.account}:*`];
const ofTopic = (input: { readonly TopicArn?: string }): readonly string[] => (input.TopicArn === undefined ? [] : [input.TopicArn]);

export const sns: ServiceDefinition = {
  name: "sns",
  principal: "sns.amazonaws.com",
  eventSource: "sns.amazonaws.com",
  operations: {
    CreateTopic: operation<Operations["CreateTopic"]>({
      effect: "state",
      action: "sns:CreateTopic",
      resources: (input, scope) => [`arn:aws:sns:${scope.region}:${scope.account}:${input.Name}`],
      trail: "management-write",
      handle: createTopic,
    }),
    DeleteTopic: operation<Operations["DeleteTopic"]>({
      effect: "state",
      action: "sns:DeleteTopic",
      resources: ofTopic,
      trail: "management-write",
      handle: deleteTopic,
    }),
    ListTopics: operation<Operations["ListTopics"]>({
      effect: "none",
      action: "sns:ListTopics",
      resources: allTopics,
      trail: "management-read",
      handle: listTopics,
    }),
    GetTopicAttributes: operation<Operations["GetTopicAttributes"]>({
      effect: "none",
      action: "sns:GetTopicAttributes",
      resources: ofTopic,
      trail: "management-read",
      handle: getTopicAttributes,
    }),
    Subscribe: operation<Operations["Subscribe"]>({
      effect: "state",
      action: "sns:Subscribe",
      resources: ofTopic,
      trail: "management-write",
      handle: subscribe,
    }),
    ConfirmSubscription: operation<{ input: ConfirmSubscriptionInput; output: { readonly SubscriptionArn: string } }>({
      effect: "state",
      action: "sns:ConfirmSubscription",
      resources: ofTopic,
      trail: "management-write",
      handle: confirmSubscription,
    }),
    Unsubscribe: operation<Operations["Unsubscribe"]>({
      effect: "state",
      action: "sns:Unsubscribe",
      resources: (input) => [input.SubscriptionArn.split(":").slice(0, 6).join(":")],
      trail: "management-write",
      handle: unsubscribe,
    }),
    ListSubscriptions: operation<Operations["ListSubscriptions"]>({
      effect: "none",
      action: "sns:ListSubscriptions",
      resources: allTopics,
      trail: "management-read",
      handle: listSubscriptions,
    }),
    ListSubscriptionsByTopic: operation<Operations["ListSubscriptionsByTopic"]>({
      effect: "none",
      action: "sns:ListSubscriptionsByTopic",
      resources: ofTopic,
      trail: "management-read",
      handle: listSubscriptionsByTopic,
    }),
    Publish: operation<Operations["Publish"]>({
      effect: "state",
      action: "sns:Publish",
      resources: (input) => [input.TopicArn ?? input.TargetArn ?? "*"],
      trail: "data",
      handle: publish,
    }),
  },
  // Without one of its own a topic takes what services of the account send.
  resourcePolicy: (ctx, arn) => topics(ctx).get(arn.slice(arn.lastIndexOf(":") + 1))?.attributes["Policy"] || undefined,
  looks: { inbox },
};
