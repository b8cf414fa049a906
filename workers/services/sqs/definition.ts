/** Amazon SQS, standard queues. FIFO queues and dead-letter queues are refused by name. */
import type { Operations } from "../../model/generated/sqs.ts";
import { operation, type Scope, type ServiceDefinition } from "../contract.ts";
import { queues } from "./documents.ts";
import { contents, deleteMessage, receiveMessage, sendMessage } from "./messages.ts";
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  overview,
  purgeQueue,
  setQueueAttributes,
} from "./queues.ts";

const named = (input: { readonly QueueName: string }, scope: Scope): readonly string[] => [
  `arn:aws:sqs:${scope.region}:${scope.account}:${input.QueueName}`,
];
const ofUrl = (input: { readonly QueueUrl: string }, scope: Scope): readonly string[] => [
  `arn:aws:sqs:${scope.region}:${scope.account}:${input.QueueUrl.slice(input.QueueUrl.lastIndexOf("/") + 1)}`,
];

export const sqs: ServiceDefinition = {
  name: "sqs",
  principal: "sqs.amazonaws.com",
  eventSource: "sqs.amazonaws.com",
  operations: {
    CreateQueue: operation<Operations["CreateQueue"]>({
      effect: "state",
      action: "sqs:CreateQueue",
      resources: named,
      trail: "management-write",
      handle: createQueue,
    }),
    DeleteQueue: operation<Operations["DeleteQueue"]>({
      effect: "state",
      action: "sqs:DeleteQueue",
      resources: ofUrl,
      trail: "management-write",
      handle: deleteQueue,
    }),
    ListQueues: operation<Operations["ListQueues"]>({
      effect: "none",
      action: "sqs:ListQueues",
      trail: "management-read",
      handle: listQueues,
    }),
    GetQueueUrl: operation<Operations["GetQueueUrl"]>({
      effect: "none",
      action: "sqs:GetQueueUrl",
      resources: named,
      trail: "management-read",
      handle: getQueueUrl,
    }),
    GetQueueAttributes: operation<Operations["GetQueueAttributes"]>({
      effect: "none",
      action: "sqs:GetQueueAttributes",
      resources: ofUrl,
      trail: "management-read",
      handle: getQueueAttributes,
    }),
    SetQueueAttributes: operation<Operations["SetQueueAttributes"]>({
      effect: "state",
      action: "sqs:SetQueueAttributes",
      resources: ofUrl,
      trail: "management-write",
      handle: setQueueAttributes,
    }),
    PurgeQueue: operation<Operations["PurgeQueue"]>({
      effect: "state",
      action: "sqs:PurgeQueue",
      resources: ofUrl,
      trail: "management-write",
      handle: purgeQueue,
    }),
    SendMessage: operation<Operations["SendMessage"]>({
      effect: "state",
      action: "sqs:SendMessage",
      resources: ofUrl,
      trail: "data",
      handle: sendMessage,
    }),
    ReceiveMessage: operation<Operations["ReceiveMessage"]>({
      effect: "state",
      action: "sqs:ReceiveMessage",
      resources: ofUrl,
      trail: "data",
      handle: receiveMessage,
    }),
    DeleteMessage: operation<Operations["DeleteMessage"]>({
      effect: "state",
      action: "sqs:DeleteMessage",
      resources: ofUrl,
      trail: "data",
      handle: deleteMessage,
    }),
  },
  // A queue without a policy takes what other services send: the playground does not make one learn policies first.
  resourcePolicy: (ctx, arn) => queues(ctx).get(arn.slice(arn.lastIndexOf(":") + 1))?.attributes["Policy"] || undefined,
  readsAs: {
    overview: { action: "sqs:ListQueues" },
    contents: { action: "sqs:ReceiveMessage", resources: (question, scope) => ofUrl({ QueueUrl: question.queue }, scope) },
  },
  looks: { contents, overview },
};
