/** Names of the account's resources, for completion in the terminal. */
import type { Account } from "../account/account.ts";
import { ServiceError } from "../model/errors.ts";

interface Source {
  readonly service: string;
  readonly operation: string;
  readonly list: string;
  readonly name: string;
  /** Without it the operation lists all there are. */
  readonly input?: Readonly<Record<string, unknown>>;
}

const SOURCES: Readonly<Record<string, Source>> = {
  logGroup: { service: "logs", operation: "DescribeLogGroups", list: "logGroups", name: "logGroupName" },
  alarm: { service: "cloudwatch", operation: "DescribeAlarms", list: "MetricAlarms", name: "AlarmName" },
  topicArn: { service: "sns", operation: "ListTopics", list: "Topics", name: "TopicArn" },
  subscriptionArn: { service: "sns", operation: "ListSubscriptions", list: "Subscriptions", name: "SubscriptionArn" },
  queueUrl: { service: "sqs", operation: "ListQueues", list: "QueueUrls", name: "" },
  eventBus: { service: "events", operation: "ListEventBuses", list: "EventBuses", name: "Name" },
  user: { service: "iam", operation: "ListUsers", list: "Users", name: "UserName" },
  role: { service: "iam", operation: "ListRoles", list: "Roles", name: "RoleName" },
  roleArn: { service: "iam", operation: "ListRoles", list: "Roles", name: "Arn" },
  policyArn: { service: "iam", operation: "ListPolicies", list: "Policies", name: "Arn" },
  instance: {
    service: "ec2",
    operation: "DescribeInstanceStatus",
    input: { IncludeAllInstances: true },
    list: "InstanceStatuses",
    name: "InstanceId",
  },
  autoScalingGroup: {
    service: "autoscaling",
    operation: "DescribeAutoScalingGroups",
    list: "AutoScalingGroups",
    name: "AutoScalingGroupName",
  },
  launchConfiguration: {
    service: "autoscaling",
    operation: "DescribeLaunchConfigurations",
    list: "LaunchConfigurations",
    name: "LaunchConfigurationName",
  },
  metricNamespace: { service: "cloudwatch", operation: "ListMetrics", list: "Metrics", name: "Namespace" },
  metricName: { service: "cloudwatch", operation: "ListMetrics", list: "Metrics", name: "MetricName" },
};

/** Names of one kind, each once, in ascending order; an unknown kind has none. */
export async function resourceNames(account: Account, region: string, kind: string): Promise<readonly string[]> {
  const source = SOURCES[kind];
  if (source === undefined) return [];
  const reply = account.call({
    service: source.service,
    operation: source.operation,
    input: source.input ?? {},
    region,
    caller: { kind: "screen", principal: account.identity() },
    via: "panel",
  });
  // Who may not read them has no names to choose from; the line itself will say so.
  const output = await reply.then(
    (answer) => answer.output,
    (thrown: unknown): Readonly<Record<string, unknown>> => {
      if (thrown instanceof ServiceError) return {};
      throw thrown;
    },
  );
  const rows = (output[source.list] ?? []) as readonly (string | Readonly<Record<string, unknown>>)[];
  const names = rows.map((row) => (typeof row === "string" ? row : String(row[source.name])));
  return [...new Set(names)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
