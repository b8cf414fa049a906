/**
 * One fixed life of an account that touches every service that is built, and the hash it must end with in every engine.
 * Node and Chromium, reference, scalar and SIMD kernels, memory and IndexedDB are all held to it.
 */
import type { Account } from "../../../workers/account/account.ts";
import type { Scenario } from "../../../workers/account/contract.ts";

/**
 * Raise `ENGINE` in workers/account/engine-version.ts whenever the hash changes, and write both here: links, journals
 * and checkpoints of the old engine would otherwise be told that they have the same numbers.
 */
export const GOLDEN = { engine: 4, hash: "db8e81ba33b97fbd57f7497021938481" } as const;

export const STORY_START = Date.UTC(2026, 2, 12, 9, 0, 0);
export const STORY: Scenario = { format: 1, title: "Golden", seed: "golden", start: STORY_START, region: "us-east-1" };
const MINUTE = 60_000;

type Input = Readonly<Record<string, unknown>>;
/** A step: minutes to advance, the identity to take on, or a call (of a person, in us-east-1). */
export type StoryStep =
  | number
  | { readonly identity: string }
  | readonly [service: string, operation: string, input: (now: number) => Input];

const put = (logGroupName: string, ...messages: string[]): StoryStep => [
  "logs",
  "PutLogEvents",
  (now) => ({
    logGroupName,
    logStreamName: "web",
    logEvents: messages.map((message, i) => ({ timestamp: now - 1000 + i * 10, message })),
  }),
];
const latency = (...values: number[]): StoryStep => [
  "cloudwatch",
  "PutMetricData",
  (now) => ({
    Namespace: "Shop",
    MetricData: [
      { MetricName: "Latency", Dimensions: [{ Name: "Page", Value: "cart" }], Timestamp: now, Values: values, Unit: "Milliseconds" },
    ],
  }),
];
const alarm = (name: string, more: Input): StoryStep => [
  "cloudwatch",
  "PutMetricAlarm",
  () => ({
    AlarmName: name,
    Namespace: "Shop",
    Period: 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    AlarmActions: ["arn:aws:sns:us-east-1:123456789012:on-call"],
    ...more,
  }),
];
const fixed = (input: Input) => (): Input => input;
const QUEUE_ARN = "arn:aws:sqs:us-east-1:123456789012:alarms";
const mayAssume = (Service: string): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service }, Action: "sts:AssumeRole" }] });
const PIPELINE_MAY_ASSUME = mayAssume("codepipeline.amazonaws.com");
const LAMBDA_MAY_ASSUME = mayAssume("lambda.amazonaws.com");
const pipelineAction = (name: string, category: string, provider: string, more: Input): Input => ({
  name,
  actionTypeId: { category, owner: "AWS", provider, version: "1" },
  ...more,
});
const PIPELINE: Input = {
  name: "shop",
  roleArn: "arn:aws:iam::123456789012:role/pipeline",
  artifactStore: { type: "S3", location: "shop-audit" },
  stages: [
    {
      name: "Source",
      actions: [
        pipelineAction("Fetch", "Source", "S3", { outputArtifacts: [{ name: "code" }], configuration: { NephoscopeSeconds: "20" } }),
      ],
    },
    {
      name: "Release",
      actions: [
        pipelineAction("Deploy", "Deploy", "CodeDeploy", {
          inputArtifacts: [{ name: "code" }],
          configuration: { NephoscopeSeconds: "90", NephoscopeOutcome: "Failed" },
        }),
      ],
    },
  ],
};
const TRAIL_MAY_WRITE = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:GetBucketAcl", Resource: "arn:aws:s3:::shop-audit" },
    { Effect: "Allow", Principal: { Service: "cloudtrail.amazonaws.com" }, Action: "s3:PutObject", Resource: "arn:aws:s3:::shop-audit/*" },
  ],
});

/** A request that the till passes on to payments, which fail. */
function segments(now: number): readonly string[] {
  const trace_id = `1-${Math.floor(now).toString(16)}-0123456789abcdef01234567`;
  const call = { id: "aaaaaaaaaaaaaaa2", name: "payments", namespace: "remote", start_time: now - 0.2, end_time: now - 0.05, fault: true };
  const till = { id: "aaaaaaaaaaaaaaa1", trace_id, name: "till", start_time: now - 0.25, end_time: now, annotations: { größe: "L" } };
  const payments = { id: "bbbbbbbbbbbbbbb1", trace_id, parent_id: call.id, name: "payments", start_time: now - 0.19, end_time: now - 0.06 };
  return [
    { ...till, subsegments: [call] },
    { ...payments, fault: true },
  ].map((one) => JSON.stringify(one));
}
const QUEUE = "https://sqs.us-east-1.amazonaws.com/123456789012/alarms";

export const STEPS: readonly StoryStep[] = [
  ["sts", "GetCallerIdentity", fixed({})],
  ["logs", "CreateLogGroup", fixed({ logGroupName: "/shop/web", tags: { team: "blau", größe: "✓" } })],
  ["logs", "CreateLogGroup", fixed({ logGroupName: "/shop/web" })],
  ["logs", "CreateLogStream", fixed({ logGroupName: "/shop/web", logStreamName: "web" })],
  ["logs", "PutRetentionPolicy", fixed({ logGroupName: "/shop/web", retentionInDays: 7 })],
  [
    "logs",
    "PutMetricFilter",
    fixed({
      logGroupName: "/shop/web",
      filterName: "errors",
      filterPattern: '?ERROR ?"out of memory" -ignored',
      metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", defaultValue: 0 }],
    }),
  ],
  ["sns", "CreateTopic", fixed({ Name: "on-call" })],
  ["sqs", "CreateQueue", fixed({ QueueName: "alarms" })],
  [
    "sns",
    "Subscribe",
    fixed({
      TopicArn: "arn:aws:sns:us-east-1:123456789012:on-call",
      Protocol: "sqs",
      Endpoint: "arn:aws:sqs:us-east-1:123456789012:alarms",
    }),
  ],
  [
    "sns",
    "Subscribe",
    fixed({ TopicArn: "arn:aws:sns:us-east-1:123456789012:on-call", Protocol: "email", Endpoint: "someone@example.com" }),
  ],
  alarm("errors", { MetricName: "Errors", Statistic: "Sum", Threshold: 2, TreatMissingData: "notBreaching" }),
  alarm("slow", {
    MetricName: "Latency",
    Dimensions: [{ Name: "Page", Value: "cart" }],
    ExtendedStatistic: "p90",
    Threshold: 300,
    TreatMissingData: "ignore",
  }),
  1,
  put("/shop/web", "all is well", "ERROR one", "ERROR ignored", "WARN: out of memory", "größer als ✓"),
  latency(120.5, 310.25, 99.125, 1e-7, 640),
  1,
  put("/shop/web", "ERROR two", "ERROR three"),
  latency(0.1, 0.2, 0.30000000000000004, 450, 510),
  [
    "cloudwatch",
    "PutMetricData",
    (now) => ({
      Namespace: "Shop",
      MetricData: [
        {
          MetricName: "Latency",
          Dimensions: [{ Name: "Page", Value: "cart" }],
          Timestamp: now - 30 * MINUTE,
          Value: 77.7,
          Unit: "Milliseconds",
        },
        { MetricName: "Basket", Timestamp: now, StatisticValues: { SampleCount: 4, Sum: 10.1, Minimum: 0.7, Maximum: 6.3 } },
        { MetricName: "Fine", Timestamp: now, Value: -0, StorageResolution: 1 },
      ],
    }),
  ],
  0.3377,
  latency(900, 901, 902),
  1.6623,
  { identity: "admin" },
  ["events", "PutEvents", (now) => ({ Entries: [{ Source: "shop", DetailType: "order", Detail: '{"id":1,"price":9.99}', Time: now }] })],
  ["sqs", "ReceiveMessage", fixed({ QueueUrl: QUEUE, MaxNumberOfMessages: 10, VisibilityTimeout: 45 })],
  ["sqs", "SendMessage", fixed({ QueueUrl: QUEUE, MessageBody: "by hand", DelaySeconds: 30 })],
  ["sns", "Publish", fixed({ TopicArn: "arn:aws:sns:us-east-1:123456789012:on-call", Message: "hello", Subject: "a word" })],
  ["logs", "DeleteLogGroup", fixed({ logGroupName: "never there" })],
  ["logs", "StartQuery", fixed({ queryString: "fields @message", startTime: 0, endTime: 1 })],
  ["cloudwatch", "SetAlarmState", fixed({ AlarmName: "errors", StateValue: "OK", StateReason: "by hand" })],
  ["iam", "CreateUser", fixed({ UserName: "jane", Tags: [{ Key: "team", Value: "blau" }] })],
  ["iam", "CreateAccessKey", fixed({ UserName: "jane" })],
  ["iam", "DetachUserPolicy", fixed({ UserName: "auditor", PolicyArn: "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess" })],
  ["sts", "AssumeRole", fixed({ RoleArn: "arn:aws:iam::123456789012:role/nobody", RoleSessionName: "shop" })],
  ["s3", "CreateBucket", fixed({ Bucket: "shop-audit" })],
  [
    "s3",
    "PutBucketNotificationConfiguration",
    fixed({ Bucket: "shop-audit", NotificationConfiguration: { EventBridgeConfiguration: {} } }),
  ],
  ["s3", "PutBucketPolicy", fixed({ Bucket: "shop-audit", Policy: TRAIL_MAY_WRITE })],
  ["cloudtrail", "CreateTrail", fixed({ Name: "shop", S3BucketName: "shop-audit" })],
  ["cloudtrail", "StartLogging", fixed({ Name: "shop" })],
  ["iam", "CreateRole", fixed({ RoleName: "answer", AssumeRolePolicyDocument: LAMBDA_MAY_ASSUME })],
  [
    "lambda",
    "CreateFunction",
    fixed({
      FunctionName: "answer",
      Role: "arn:aws:iam::123456789012:role/answer",
      Runtime: "nodejs22.x",
      Handler: "index.handler",
      Code: { ZipFile: new TextEncoder().encode("code") },
      TracingConfig: { Mode: "Active" },
      Environment: { Variables: { NEPHOSCOPE_DURATION_MS: "40-400", NEPHOSCOPE_ERROR_RATE: "0.3" } },
    }),
  ],
  ["events", "CreateEventBus", fixed({ Name: "orders", Tags: [{ Key: "team", Value: "blau" }] })],
  ["events", "PutRule", fixed({ Name: "tick", ScheduleExpression: "rate(7 minutes)" })],
  [
    "events",
    "PutTargets",
    fixed({ Rule: "tick", Targets: [{ Id: "answer", Arn: "arn:aws:lambda:us-east-1:123456789012:function:answer" }] }),
  ],
  ["events", "PutRule", fixed({ Name: "dear", EventPattern: '{"detail":{"price":[{"numeric":[">",5]}]}}' })],
  [
    "events",
    "PutTargets",
    fixed({
      Rule: "dear",
      Targets: [
        { Id: "queue", Arn: QUEUE_ARN, InputTransformer: { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '"order <id>"' } },
        { Id: "bus", Arn: "arn:aws:events:us-east-1:123456789012:event-bus/orders" },
        { Id: "gone", Arn: "arn:aws:sqs:us-east-1:123456789012:gone", DeadLetterConfig: { Arn: QUEUE_ARN } },
      ],
    }),
  ],
  ["events", "PutEvents", fixed({ Entries: [{ Source: "shop", DetailType: "order", Detail: '{"id":2,"price":12.50}' }] })],
  ["lambda", "Invoke", fixed({ FunctionName: "answer", Payload: new TextEncoder().encode('{"größe":1}') })],
  ["ec2", "RunInstances", fixed({ ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro", MinCount: 1, MaxCount: 2 })],
  [
    "autoscaling",
    "CreateLaunchConfiguration",
    fixed({ LaunchConfigurationName: "web", ImageId: "ami-0123456789abcdef0", InstanceType: "t3.micro" }),
  ],
  [
    "autoscaling",
    "CreateAutoScalingGroup",
    fixed({ AutoScalingGroupName: "web", LaunchConfigurationName: "web", MinSize: 1, MaxSize: 3, AvailabilityZones: ["us-east-1a"] }),
  ],
  ["iam", "CreateRole", fixed({ RoleName: "pipeline", AssumeRolePolicyDocument: PIPELINE_MAY_ASSUME })],
  ["codepipeline", "CreatePipeline", fixed({ pipeline: PIPELINE })],
  ["codepipeline", "StartPipelineExecution", fixed({ name: "shop" })],
  ["xray", "CreateGroup", fixed({ GroupName: "slow", FilterExpression: "responsetime > 0.1" })],
  ["xray", "PutTraceSegments", (now) => ({ TraceSegmentDocuments: segments(now / 1000) })],
  12,
  { identity: "auditor" },
  ["logs", "DeleteLogGroup", fixed({ logGroupName: "/shop/web" })],
  { identity: "developer" },
  ["cloudwatch", "DisableAlarmActions", fixed({ AlarmNames: ["slow"] })],
  ["logs", "FilterLogEvents", fixed({ logGroupName: "/shop/web", filterPattern: "ERROR" })],
  put("/shop/web", "ERROR again", "ERROR and again", "ERROR and once more"),
  { identity: "admin" },
  // What is tried with the account afterwards is written to no bucket.
  ["cloudtrail", "StopLogging", fixed({ Name: "shop" })],
  { identity: "developer" },
  47.000_05,
];

/** Runs the steps from `from` on; failures of AWS are part of the story. Answers after each acknowledged step through `onStep`. */
export async function tell(account: Account, steps: readonly StoryStep[] = STEPS, onStep?: (index: number) => void): Promise<void> {
  for (const [index, step] of steps.entries()) {
    if (typeof step === "number") await account.advanceTo(account.now + Math.round(step * MINUTE));
    else if ("identity" in step) await account.stage({ kind: "identity", principal: step.identity }, "us-east-1");
    else {
      const [service, operation, input] = step;
      const caller = { kind: "person", principal: account.identity() } as const;
      await account
        .call({ service, operation, input: input(account.now), region: "us-east-1", caller, via: "form" })
        .catch((thrown: unknown) => {
          if ((thrown as Error).name !== "ServiceError") throw thrown;
        });
    }
    onStep?.(index);
  }
}

/** What the account answers to a fixed set of questions; for comparing two accounts beyond their hash. */
export async function answers(account: Account): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  const read = async (service: string, operation: string, input: Input): Promise<void> => {
    const caller = { kind: "screen", principal: account.identity() } as const;
    const reply = account.call({ service, operation, input, region: "us-east-1", caller, via: "panel" });
    found[`${service} ${operation} ${JSON.stringify(input).length}`] = await reply.then(
      ({ output }) => output,
      (thrown: Error) => {
        if (thrown.name !== "ServiceError") throw thrown;
        return thrown.message;
      },
    );
  };
  const [StartTime, EndTime] = [STORY_START - 60 * MINUTE, STORY_START + 180 * MINUTE];
  const query = (Id: string, MetricName: string, Stat: string, Dimensions: object[] = []) => ({
    Id,
    MetricStat: { Metric: { Namespace: "Shop", MetricName, Dimensions }, Period: 60, Stat },
  });
  await read("cloudwatch", "GetMetricData", {
    StartTime,
    EndTime,
    MetricDataQueries: [
      query("e", "Errors", "Sum"),
      query("p", "Latency", "p90", [{ Name: "Page", Value: "cart" }]),
      query("b", "Basket", "Average"),
    ],
  });
  await read("logs", "FilterLogEvents", { logGroupName: "/shop/web" });
  await read("logs", "FilterLogEvents", { logGroupName: "/shop/web", filterPattern: "ERROR" });
  await read("cloudtrail", "LookupEvents", {});
  await read("cloudtrail", "GetTrailStatus", { Name: "shop" });
  await read("s3", "ListObjectsV2", { Bucket: "shop-audit" });
  await read("events", "ListRules", {});
  await read("lambda", "ListFunctions", {});
  await read("logs", "FilterLogEvents", { logGroupName: "/aws/lambda/answer" });
  await read("xray", "GetServiceGraph", { StartTime, EndTime });
  await read("xray", "GetTraceSummaries", { StartTime, EndTime, FilterExpression: "fault" });
  await read("cloudwatch", "DescribeAlarms", {});
  await read("cloudwatch", "DescribeAlarmHistory", {});
  for (const [service, view, question] of [
    ["sns", "inbox", undefined],
    ["sqs", "contents", { queue: QUEUE }],
    ["events", "passed", { limit: 100 }],
  ] as const) {
    const seen = account.look({ service, view, region: "us-east-1", ...(question === undefined ? {} : { question }) });
    found[`${service}/${view}`] = await seen.catch((thrown: Error) => {
      if (thrown.name !== "ServiceError") throw thrown;
      return thrown.message; // a queue that is not there yet
    });
  }
  return found;
}
