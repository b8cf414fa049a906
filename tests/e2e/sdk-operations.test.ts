/**
 * Every built operation through the AWS SDK v3 client of its service, over the real engine: once as it should be, once as it
 * must be refused. An operation that is added to a table without a line fails the last test. Newer services have a file each
 * in `sdk/`.
 */
import { readdirSync } from "node:fs";
import * as cw from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Account } from "../../workers/account/account.ts";
import { loadServices } from "../../workers/engine.ts";
import { loadModels } from "../../workers/model/models.ts";
import { createWire } from "../../workers/wire/wire.ts";
import { openTestAccount, START } from "../unit/account/engine-harness.ts";
import { plugged } from "../unit/wire-sdk/plug.ts";

const services = await loadServices();

const MINUTE = 60_000;
const ARN = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:a";
const TOPIC = "arn:aws:sns:us-east-1:123456789012:t";
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/q";
const at = (minutes: number): Date => new Date(START + minutes * MINUTE);

let account: Account;
let settings: ReturnType<typeof plugged>;
const bugs: unknown[] = [];
const succeeded = new Set<string>();
const refused = new Set<string>();

beforeAll(async () => {
  const models = await loadModels();
  account = await openTestAccount({ journal: false });
  const wire = createWire({ call: (request) => account.call(request) }, models, { onBug: (error) => void bugs.push(error) });
  settings = plugged(wire);
});
afterAll(async () => {
  await account.dispose();
  expect(bugs).toEqual([]);
});

const operationOf = (command: object): string => command.constructor.name.replace(/Command$/, "");

/** Sends by the client's own `send`; the two helpers only keep book. */
function book(service: string, send: (command: never) => Promise<unknown>) {
  return {
    async ok(command: object): Promise<Record<string, unknown>> {
      const answer = (await send(command as never)) as Record<string, unknown>;
      succeeded.add(`${service} ${operationOf(command)}`);
      return answer;
    },
    async no(command: object, name: string): Promise<void> {
      const error = await send(command as never).then(
        () => new Error(`${operationOf(command)} succeeded`),
        (thrown: unknown) => thrown as Error,
      );
      expect(`${operationOf(command)}: ${error.name}`, error.message).toBe(`${operationOf(command)}: ${name}`);
      refused.add(`${service} ${operationOf(command)}`);
    },
  };
}

/** What a caller without types may send. */
const wrong = (input: object): never => input as never;

describe("the SDK reaches every operation", () => {
  it("of cloudwatch", async () => {
    const client = new cw.CloudWatchClient(settings);
    const { ok, no } = book("cloudwatch", (command) => client.send(command));
    const metric = { Namespace: "n", MetricName: "m" };
    const alarm = { AlarmName: "a", ...metric, Period: 60, EvaluationPeriods: 1, Threshold: 1 };
    const over = { ...alarm, Statistic: "Sum", ComparisonOperator: "GreaterThanThreshold" } as const;
    const range = { StartTime: at(-5), EndTime: at(1) };
    const query = { Id: "q", MetricStat: { Metric: metric, Period: 60, Stat: "Sum" } };

    await ok(new cw.PutMetricDataCommand({ Namespace: "n", MetricData: [{ MetricName: "m", Value: 5, Timestamp: at(-1) }] }));
    await no(new cw.PutMetricDataCommand({ Namespace: "n", MetricData: [] }), "MissingRequiredParameterException");
    expect((await ok(new cw.ListMetricsCommand({})))["Metrics"]).toEqual([{ ...metric, Dimensions: [] }]);
    await no(new cw.ListMetricsCommand({ NextToken: "x" }), "InvalidParameterValueException");
    const statistics = await ok(new cw.GetMetricStatisticsCommand({ ...metric, ...range, Period: 60, Statistics: ["Sum"] }));
    expect(statistics["Datapoints"]).toEqual([{ Timestamp: at(-1), Sum: 5, Unit: "None" }]);
    await no(new cw.GetMetricStatisticsCommand({ ...metric, ...range, Period: 60 }), "InvalidParameterCombinationException");
    const read = await ok(new cw.GetMetricDataCommand({ MetricDataQueries: [query], ...range }));
    expect(read["MetricDataResults"]).toEqual([{ Id: "q", Label: "m", Timestamps: [at(-1)], Values: [5], StatusCode: "Complete" }]);
    await no(new cw.GetMetricDataCommand({ MetricDataQueries: [{ Id: "q" }], ...range }), "ValidationException");
    await ok(new cw.PutMetricAlarmCommand(over));
    await no(new cw.PutMetricAlarmCommand({ ...over, Period: 45 }), "ValidationException");
    expect((await ok(new cw.DescribeAlarmsCommand({ AlarmNames: ["a"] })))["MetricAlarms"]).toMatchObject([
      { AlarmArn: ARN, Threshold: 1 },
    ]);
    await no(new cw.DescribeAlarmsCommand({ MaxRecords: 101 }), "ValidationException");
    expect((await ok(new cw.DescribeAlarmsForMetricCommand(metric)))["MetricAlarms"]).toMatchObject([{ AlarmName: "a" }]);
    await no(new cw.DescribeAlarmsForMetricCommand(wrong({ Namespace: "n" })), "ValidationException");
    await ok(new cw.SetAlarmStateCommand({ AlarmName: "a", StateValue: "OK", StateReason: "r" }));
    await no(new cw.SetAlarmStateCommand({ AlarmName: "b", StateValue: "OK", StateReason: "r" }), "ResourceNotFound");
    const history = await ok(new cw.DescribeAlarmHistoryCommand({ AlarmName: "a", HistoryItemType: "StateUpdate" }));
    expect(history["AlarmHistoryItems"]).toMatchObject([{ HistorySummary: "Alarm updated from INSUFFICIENT_DATA to OK" }]);
    await no(new cw.DescribeAlarmHistoryCommand({ NextToken: "x" }), "InvalidNextToken");
    for (const Command of [cw.DisableAlarmActionsCommand, cw.EnableAlarmActionsCommand]) {
      await ok(new Command({ AlarmNames: ["a"] }));
      await no(new Command(wrong({})), "ValidationException");
    }
    await ok(new cw.TagResourceCommand({ ResourceARN: ARN, Tags: [{ Key: "k", Value: "v" }] }));
    expect((await ok(new cw.ListTagsForResourceCommand({ ResourceARN: ARN })))["Tags"]).toEqual([{ Key: "k", Value: "v" }]);
    await ok(new cw.UntagResourceCommand({ ResourceARN: ARN, TagKeys: ["k"] }));
    await no(new cw.TagResourceCommand({ ResourceARN: `${ARN}b`, Tags: [{ Key: "k", Value: "v" }] }), "ResourceNotFoundException");
    await no(new cw.ListTagsForResourceCommand({ ResourceARN: `${ARN}b` }), "ResourceNotFoundException");
    await no(new cw.UntagResourceCommand({ ResourceARN: `${ARN}b`, TagKeys: ["k"] }), "ResourceNotFoundException");
    await ok(new cw.DeleteAlarmsCommand({ AlarmNames: ["a"] }));
    await no(new cw.DeleteAlarmsCommand(wrong({})), "ValidationException");
  });

  it("of logs", async () => {
    const client = new logs.CloudWatchLogsClient(settings);
    const { ok, no } = book("logs", (command) => client.send(command));
    const group = { logGroupName: "g" };
    const stream = { ...group, logStreamName: "s" };
    const none = { logGroupName: "none" };
    const missing = "ResourceNotFoundException";
    const invalid = "InvalidParameterException";
    const ARN_OF = "arn:aws:logs:us-east-1:123456789012:log-group:";
    const filter = { filterName: "f", filterPattern: "ERROR" };
    const metricTransformations = [{ metricName: "errors", metricNamespace: "n", metricValue: "1" }];

    await ok(new logs.CreateLogGroupCommand(group));
    await no(new logs.CreateLogGroupCommand(group), "ResourceAlreadyExistsException");
    expect((await ok(new logs.DescribeLogGroupsCommand({})))["logGroups"]).toMatchObject([{ ...group, arn: `${ARN_OF}g:*` }]);
    await no(new logs.DescribeLogGroupsCommand({ limit: 51 }), invalid);
    await ok(new logs.CreateLogStreamCommand(stream));
    await no(new logs.CreateLogStreamCommand(stream), "ResourceAlreadyExistsException");
    expect((await ok(new logs.DescribeLogStreamsCommand(group)))["logStreams"]).toMatchObject([{ logStreamName: "s" }]);
    await no(new logs.DescribeLogStreamsCommand(none), missing);
    await ok(new logs.PutMetricFilterCommand({ ...group, ...filter, metricTransformations }));
    await no(new logs.PutMetricFilterCommand({ ...group, ...filter, filterPattern: "(", metricTransformations }), invalid);
    expect((await ok(new logs.DescribeMetricFiltersCommand(group)))["metricFilters"]).toMatchObject([filter]);
    await no(new logs.DescribeMetricFiltersCommand({ metricName: "m" }), invalid);
    await ok(new logs.PutLogEventsCommand({ ...stream, logEvents: [{ timestamp: START, message: "an ERROR" }] }));
    await no(new logs.PutLogEventsCommand({ ...stream, logEvents: [] }), invalid);
    expect((await ok(new logs.GetLogEventsCommand(stream)))["events"]).toMatchObject([{ timestamp: START, message: "an ERROR" }]);
    await no(new logs.GetLogEventsCommand({ ...stream, nextToken: "x" }), invalid);
    expect((await ok(new logs.FilterLogEventsCommand({ ...group, filterPattern: "ERROR" })))["events"]).toHaveLength(1);
    await no(new logs.FilterLogEventsCommand(none), missing);
    const tested = await ok(new logs.TestMetricFilterCommand({ filterPattern: "[a, b]", logEventMessages: ["x y"] }));
    expect(tested["matches"]).toEqual([{ eventNumber: 0, eventMessage: "x y", extractedValues: { $a: "x", $b: "y" } }]);
    await no(new logs.TestMetricFilterCommand({ filterPattern: "{", logEventMessages: ["x"] }), invalid);
    await ok(new logs.PutRetentionPolicyCommand({ ...group, retentionInDays: 7 }));
    await no(new logs.PutRetentionPolicyCommand({ ...group, retentionInDays: 8 }), invalid);
    await ok(new logs.DeleteRetentionPolicyCommand(group));
    await no(new logs.DeleteRetentionPolicyCommand(none), missing);
    await ok(new logs.TagResourceCommand({ resourceArn: `${ARN_OF}g`, tags: { k: "v" } }));
    expect((await ok(new logs.ListTagsForResourceCommand({ resourceArn: `${ARN_OF}g` })))["tags"]).toEqual({ k: "v" });
    await ok(new logs.UntagResourceCommand({ resourceArn: `${ARN_OF}g`, tagKeys: ["k"] }));
    await no(new logs.TagResourceCommand({ resourceArn: `${ARN_OF}none`, tags: { k: "v" } }), missing);
    await no(new logs.ListTagsForResourceCommand({ resourceArn: `${ARN_OF}none` }), missing);
    await no(new logs.UntagResourceCommand({ resourceArn: `${ARN_OF}none`, tagKeys: ["k"] }), missing);
    await ok(new logs.TagLogGroupCommand({ ...group, tags: { k: "v" } }));
    expect((await ok(new logs.ListTagsLogGroupCommand(group)))["tags"]).toEqual({ k: "v" });
    await ok(new logs.UntagLogGroupCommand({ ...group, tags: ["k"] }));
    await no(new logs.TagLogGroupCommand({ ...none, tags: { k: "v" } }), missing);
    await no(new logs.ListTagsLogGroupCommand(none), missing);
    await no(new logs.UntagLogGroupCommand({ ...none, tags: ["k"] }), missing);
    await ok(new logs.DeleteMetricFilterCommand({ ...group, filterName: "f" }));
    await no(new logs.DeleteMetricFilterCommand({ ...group, filterName: "f" }), missing);
    await ok(new logs.DeleteLogStreamCommand(stream));
    await no(new logs.DeleteLogStreamCommand(stream), missing);
    await ok(new logs.DeleteLogGroupCommand(group));
    await no(new logs.DeleteLogGroupCommand(group), missing);
  });

  it("of sns", async () => {
    const client = new sns.SNSClient(settings);
    const { ok, no } = book("sns", (command) => client.send(command));
    const none = { TopicArn: `${TOPIC}none` };
    const missing = "NotFoundException";
    const invalid = "InvalidParameterException";
    expect((await ok(new sns.CreateTopicCommand({ Name: "t" })))["TopicArn"]).toBe(TOPIC);
    await no(new sns.CreateTopicCommand({ Name: "a b" }), invalid);
    expect((await ok(new sns.ListTopicsCommand({})))["Topics"]).toEqual([{ TopicArn: TOPIC }]);
    await no(new sns.ListTopicsCommand({ NextToken: "x" }), invalid);
    expect((await ok(new sns.GetTopicAttributesCommand({ TopicArn: TOPIC })))["Attributes"]).toMatchObject({ TopicArn: TOPIC });
    await no(new sns.GetTopicAttributesCommand(none), missing);
    const mail = { TopicArn: TOPIC, Protocol: "email", Endpoint: "a@example.com" };
    expect((await ok(new sns.SubscribeCommand(mail)))["SubscriptionArn"]).toBe("pending confirmation");
    await no(new sns.SubscribeCommand({ ...mail, Protocol: "pigeon" }), invalid);
    await no(new sns.ConfirmSubscriptionCommand({ TopicArn: TOPIC, Token: "x" }), invalid);
    await ok(new sns.ConfirmSubscriptionCommand({ TopicArn: TOPIC, Token: await tokenInMail() }));
    const subscriptions = (await ok(new sns.ListSubscriptionsCommand({})))["Subscriptions"] as { SubscriptionArn: string }[];
    expect(subscriptions).toMatchObject([{ TopicArn: TOPIC, Endpoint: "a@example.com" }]);
    await no(new sns.ListSubscriptionsCommand({ NextToken: "x" }), invalid);
    expect((await ok(new sns.ListSubscriptionsByTopicCommand({ TopicArn: TOPIC })))["Subscriptions"]).toHaveLength(1);
    await no(new sns.ListSubscriptionsByTopicCommand(none), missing);
    expect((await ok(new sns.PublishCommand({ TopicArn: TOPIC, Message: "m" })))["MessageId"]).toMatch(/^[0-9a-f-]{36}$/);
    await no(new sns.PublishCommand({ ...none, Message: "m" }), missing);
    await ok(new sns.UnsubscribeCommand({ SubscriptionArn: subscriptions[0]?.SubscriptionArn }));
    await no(new sns.UnsubscribeCommand({ SubscriptionArn: "x" }), invalid);
    await ok(new sns.DeleteTopicCommand({ TopicArn: TOPIC }));
    await no(new sns.DeleteTopicCommand({ TopicArn: "x" }), invalid);
  });

  it("of sqs", async () => {
    const client = new sqs.SQSClient(settings);
    const { ok, no } = book("sqs", (command) => client.send(command));
    const queue = { QueueUrl: QUEUE };
    const none = { QueueUrl: `${QUEUE}none` };
    const missing = "QueueDoesNotExist";
    expect((await ok(new sqs.CreateQueueCommand({ QueueName: "q" })))["QueueUrl"]).toBe(QUEUE);
    await no(new sqs.CreateQueueCommand({ QueueName: "a b" }), "InvalidParameterValue");
    expect((await ok(new sqs.ListQueuesCommand({})))["QueueUrls"]).toEqual([QUEUE]);
    await no(new sqs.ListQueuesCommand({ MaxResults: 1001 }), "InvalidParameterValue");
    expect((await ok(new sqs.GetQueueUrlCommand({ QueueName: "q" })))["QueueUrl"]).toBe(QUEUE);
    await no(new sqs.GetQueueUrlCommand({ QueueName: "none" }), missing);
    const attributes = await ok(new sqs.GetQueueAttributesCommand({ ...queue, AttributeNames: ["QueueArn"] }));
    expect(attributes["Attributes"]).toEqual({ QueueArn: "arn:aws:sqs:us-east-1:123456789012:q" });
    await no(new sqs.GetQueueAttributesCommand(none), missing);
    await ok(new sqs.SetQueueAttributesCommand({ ...queue, Attributes: { VisibilityTimeout: "45" } }));
    await no(new sqs.SetQueueAttributesCommand({ ...none, Attributes: { VisibilityTimeout: "45" } }), missing);
    await no(new sqs.SetQueueAttributesCommand({ ...queue, Attributes: { VisibilityTimeout: "x" } }), "InvalidAttributeValue");
    await ok(new sqs.SendMessageCommand({ ...queue, MessageBody: "hello" }));
    await no(new sqs.SendMessageCommand({ ...none, MessageBody: "hello" }), missing);
    const messages = (await ok(new sqs.ReceiveMessageCommand(queue)))["Messages"] as sqs.Message[];
    expect(messages).toMatchObject([{ Body: "hello" }]);
    await no(new sqs.ReceiveMessageCommand({ ...queue, MaxNumberOfMessages: 11 }), "InvalidParameterValue");
    await ok(new sqs.DeleteMessageCommand({ ...queue, ReceiptHandle: messages[0]?.ReceiptHandle }));
    await no(new sqs.DeleteMessageCommand({ ...queue, ReceiptHandle: "x" }), "ReceiptHandleIsInvalid");
    await ok(new sqs.PurgeQueueCommand(queue));
    await no(new sqs.PurgeQueueCommand(queue), "PurgeQueueInProgress");
    await ok(new sqs.DeleteQueueCommand(queue));
    await no(new sqs.DeleteQueueCommand(queue), missing);
  });

  it("and none is left out", () => {
    const elsewhere = new Set(readdirSync(new URL("sdk", import.meta.url)).map((file) => file.replace(/\.test\.ts$/, "")));
    const here = services.filter(({ name }) => !elsewhere.has(name));
    const built = here.flatMap(({ name, operations }) => Object.keys(operations).map((operation) => `${name} ${operation}`));
    expect(built.filter((each) => !succeeded.has(each))).toEqual([]);
    expect(built.filter((each) => !refused.has(each))).toEqual([]);
  });
});

/** The confirmation token of the mail in the inbox. */
async function tokenInMail(): Promise<string> {
  const inbox = await account.look({ service: "sns", view: "inbox", region: "us-east-1", question: {} });
  return /--token ([0-9a-f]+)/.exec(JSON.stringify(inbox))?.[1] ?? "none";
}
