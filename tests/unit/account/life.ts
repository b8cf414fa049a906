/** Random lives of an account: commands of every kind, clock steps, in an order that a seed decides. For property tests and soaks. */
import fc from "fast-check";
import type { Account } from "../../../workers/account/account.ts";
import { person } from "./engine-harness.ts";

const GROUPS = ["shop", "bank"] as const;
const QUEUES = ["alarms", "orders"] as const;
const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const queueUrl = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;

export type LifeStep =
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "identity"; readonly principal: string }
  | { readonly do: "call"; readonly service: string; readonly operation: string; readonly input: Readonly<Record<string, unknown>> }
  /** Log lines: offsets to the clock in milliseconds, ascending. */
  | { readonly do: "lines"; readonly group: string; readonly lines: readonly (readonly [offset: number, message: string])[] }
  | { readonly do: "datum"; readonly offset: number; readonly value: number; readonly metric: string };

const call = (service: string, operation: string, input: Readonly<Record<string, unknown>>): LifeStep => ({
  do: "call",
  service,
  operation,
  input,
});
const group = fc.constantFrom(...GROUPS);
const queue = fc.constantFrom(...QUEUES);

const filter = fc
  .record({ group, pattern: fc.constantFrom("ERROR", "?ERROR ?WARN", "ERROR -fine", ""), zero: fc.boolean() })
  .map(({ group: logGroupName, pattern, zero }) =>
    call("logs", "PutMetricFilter", {
      logGroupName,
      filterName: "errors",
      filterPattern: pattern,
      metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", ...(zero ? { defaultValue: 0 } : {}) }],
    }),
  );
const alarm = fc
  .record({
    name: fc.constantFrom("a", "b"),
    metric: fc.constantFrom("Errors", "Latency"),
    period: fc.constantFrom(10, 60, 300),
    statistic: fc.constantFrom({ Statistic: "Sum" }, { Statistic: "Maximum" }, { ExtendedStatistic: "p90" }),
    missing: fc.constantFrom("missing", "ignore", "breaching", "notBreaching"),
    periods: fc.integer({ min: 1, max: 4 }),
    threshold: fc.integer({ min: 0, max: 4 }),
  })
  .map(({ name, metric, period, statistic, missing, periods, threshold }) =>
    call("cloudwatch", "PutMetricAlarm", {
      AlarmName: name,
      Namespace: "Shop",
      MetricName: metric,
      Period: period,
      ...statistic,
      EvaluationPeriods: periods,
      Threshold: threshold,
      ComparisonOperator: "GreaterThanThreshold",
      TreatMissingData: missing,
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
    }),
  );

export const lifeStep: fc.Arbitrary<LifeStep> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 180_000 }).map((ms): LifeStep => ({ do: "wait", ms })) },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("lines" as const),
      group,
      lines: fc
        .array(
          fc.tuple(fc.integer({ min: -300_000, max: 60_000 }), fc.constantFrom("ERROR one", "WARN two", "fine", "ERROR fine", "größer ✓")),
          { minLength: 1, maxLength: 6 },
        )
        .map((lines) => lines.sort((a, b) => a[0] - b[0])),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("datum" as const),
      offset: fc.integer({ min: -900_000, max: 60_000 }),
      value: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.double({ min: 0, max: 6, noNaN: true })),
      metric: fc.constantFrom("Errors", "Latency"),
    }),
  },
  { weight: 2, arbitrary: filter },
  { weight: 3, arbitrary: alarm },
  { weight: 2, arbitrary: group.map((logGroupName) => call("logs", "CreateLogGroup", { logGroupName })) },
  { weight: 2, arbitrary: group.map((logGroupName) => call("logs", "CreateLogStream", { logGroupName, logStreamName: "web" })) },
  { weight: 1, arbitrary: group.map((logGroupName) => call("logs", "DeleteLogGroup", { logGroupName })) },
  { weight: 1, arbitrary: fc.constant(call("sns", "CreateTopic", { Name: "on-call" })) },
  { weight: 2, arbitrary: queue.map((QueueName) => call("sqs", "CreateQueue", { QueueName })) },
  {
    weight: 2,
    arbitrary: queue.map((name) =>
      call("sns", "Subscribe", { TopicArn: TOPIC, Protocol: "sqs", Endpoint: `arn:aws:sqs:us-east-1:123456789012:${name}` }),
    ),
  },
  { weight: 1, arbitrary: fc.constant(call("sns", "Subscribe", { TopicArn: TOPIC, Protocol: "email", Endpoint: "a@example.com" })) },
  { weight: 1, arbitrary: fc.constant(call("sns", "Publish", { TopicArn: TOPIC, Message: "hello" })) },
  { weight: 2, arbitrary: queue.map((name) => call("sqs", "ReceiveMessage", { QueueUrl: queueUrl(name), MaxNumberOfMessages: 3 })) },
  {
    weight: 1,
    arbitrary: queue.map((name) => call("sqs", "SendMessage", { QueueUrl: queueUrl(name), MessageBody: "m", DelaySeconds: 20 })),
  },
  { weight: 1, arbitrary: fc.constant(call("cloudwatch", "DeleteAlarms", { AlarmNames: ["a"] })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom("OK", "ALARM", "INSUFFICIENT_DATA")
      .map((StateValue) => call("cloudwatch", "SetAlarmState", { AlarmName: "a", StateValue, StateReason: "by hand" })),
  },
  { weight: 1, arbitrary: fc.constant(call("events", "PutEvents", { Entries: [{ Source: "s", DetailType: "d", Detail: "{}" }] })) },
  { weight: 1, arbitrary: group.map((logGroupName) => call("logs", "FilterLogEvents", { logGroupName, filterPattern: "ERROR" })) },
  { weight: 1, arbitrary: fc.constant(call("logs", "DescribeLogGroups", {})) },
  { weight: 1, arbitrary: fc.constantFrom("developer", "admin", "root").map((principal): LifeStep => ({ do: "identity", principal })) },
);

/** What most lives need before anything happens in them. */
export const BEGINNING: readonly LifeStep[] = [
  call("logs", "CreateLogGroup", { logGroupName: "shop" }),
  call("logs", "CreateLogStream", { logGroupName: "shop", logStreamName: "web" }),
  call("logs", "PutMetricFilter", {
    logGroupName: "shop",
    filterName: "errors",
    filterPattern: "ERROR",
    metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", defaultValue: 0 }],
  }),
  call("sns", "CreateTopic", { Name: "on-call" }),
  call("sqs", "CreateQueue", { QueueName: "alarms" }),
  call("sns", "Subscribe", { TopicArn: TOPIC, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:123456789012:alarms" }),
  call("cloudwatch", "PutMetricAlarm", {
    AlarmName: "a",
    Namespace: "Shop",
    MetricName: "Errors",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanThreshold",
    AlarmActions: [TOPIC],
  }),
];

/** Takes one step; what AWS refuses is refused, anything else is thrown. */
export async function live(account: Account, step: LifeStep): Promise<void> {
  const { now } = account;
  if (step.do === "wait") return void (await account.advanceTo(now + step.ms));
  if (step.do === "identity") return void (await account.stage({ kind: "identity", principal: step.principal }, "us-east-1"));
  const as = { caller: { kind: "person", principal: account.identity() } } as const;
  const reply =
    step.do === "call"
      ? person(account, step.service, step.operation, step.input, as)
      : step.do === "lines"
        ? person(
            account,
            "logs",
            "PutLogEvents",
            {
              logGroupName: step.group,
              logStreamName: "web",
              logEvents: step.lines.map(([offset, message]) => ({ timestamp: now + offset, message })),
            },
            as,
          )
        : person(
            account,
            "cloudwatch",
            "PutMetricData",
            { Namespace: "Shop", MetricData: [{ MetricName: step.metric, Value: step.value, Timestamp: now + step.offset }] },
            as,
          );
  await reply.catch((thrown: unknown) => {
    if ((thrown as Error).name !== "ServiceError") throw thrown;
  });
}
