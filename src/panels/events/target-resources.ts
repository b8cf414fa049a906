/** What a rule can send to: the resources of this Region by kind, each with its ARN. */
import { type Accessor, createMemo } from "solid-js";
import { createRead } from "../../client/resource.ts";
import type { ComboboxOption } from "../../ui/Combobox.tsx";
import { useBuses } from "./event-reads.ts";
import type { TargetKind } from "./target-kinds.ts";

export type Resources = Accessor<Readonly<Record<TargetKind, readonly ComboboxOption[]>>>;

type Row = Readonly<Record<string, unknown>>;

export function useTargetResources(): Resources {
  const read = (service: string, operation: string, input: Row = {}) =>
    createRead(() => ({ service, operation, input }), { follow: "version" });
  const queues = read("sqs", "ListQueues", { MaxResults: 1000 });
  const topics = read("sns", "ListTopics");
  const groups = read("logs", "DescribeLogGroups", { logGroupNamePrefix: "/aws/events/", limit: 50 });
  const functions = read("lambda", "ListFunctions");
  const buses = useBuses();
  const rows = (list: unknown): readonly Row[] => (Array.isArray(list) ? (list as readonly Row[]) : []);
  const option = (arn: unknown, label: unknown): ComboboxOption => ({ value: String(arn), label: String(label) });
  return createMemo(() => ({
    sqs: ((queues.data()?.output["QueueUrls"] ?? []) as readonly string[]).map(queueOption),
    sns: rows(topics.data()?.output["Topics"]).map(({ TopicArn }) => option(TopicArn, String(TopicArn).split(":").at(-1))),
    logs: rows(groups.data()?.output["logGroups"]).map(({ arn, logGroupName }) => option(String(arn).replace(/:\*$/, ""), logGroupName)),
    lambda: rows(functions.data()?.output["Functions"]).map(({ FunctionArn, FunctionName }) => option(FunctionArn, FunctionName)),
    bus: buses.list().map(({ Arn, Name }) => option(Arn, Name)),
  }));
}

/** `https://sqs.<region>.amazonaws.com/<account>/<name>`, with the queue's ARN. */
export function queueOption(url: string): ComboboxOption {
  const [host = "", account = "", name = ""] = url.replace(/^https?:\/\//, "").split("/");
  return { value: `arn:aws:sqs:${host.split(".")[1] ?? ""}:${account}:${name}`, label: name };
}
