/** Trails in a whole account: files in a bucket, events in a log group that a metric filter reads, calls on the default bus. */
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { MINUTE, openTestAccount, person, START, scenario } from "./engine-harness.ts";

const ACCOUNT = "123456789012";
const BUCKET = "audit-files";
const GROUP = "CloudTrail/logs";
const STREAM = `${ACCOUNT}_CloudTrail_us-east-1`;
const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const Principal = { Service: "cloudtrail.amazonaws.com" };

const admin = (account: Account, service: string, operation: string, input: object) =>
  person(account, service, operation, input, { caller: { kind: "person", principal: "admin" } });

async function audited(account: Account): Promise<void> {
  await admin(account, "s3", "CreateBucket", { Bucket: BUCKET });
  await admin(account, "s3", "PutBucketPolicy", {
    Bucket: BUCKET,
    Policy: policy(
      { Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${BUCKET}` },
      { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `arn:aws:s3:::${BUCKET}/AWSLogs/${ACCOUNT}/*` },
    ),
  });
  await admin(account, "logs", "CreateLogGroup", { logGroupName: GROUP });
  await admin(account, "logs", "PutMetricFilter", {
    logGroupName: GROUP,
    filterName: "alarm-changes",
    filterPattern: "{ $.eventName = PutMetricAlarm }",
    metricTransformations: [{ metricNamespace: "Audit", metricName: "AlarmChanges", metricValue: "1" }],
  });
  await admin(account, "iam", "CreateRole", {
    RoleName: "TrailLogs",
    AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole" }),
  });
  await admin(account, "iam", "PutRolePolicy", {
    RoleName: "TrailLogs",
    PolicyName: "write",
    PolicyDocument: policy({ Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: "*" }),
  });
  await admin(account, "cloudtrail", "CreateTrail", {
    Name: "main",
    S3BucketName: BUCKET,
    CloudWatchLogsLogGroupArn: `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:${GROUP}:*`,
    CloudWatchLogsRoleArn: `arn:aws:iam::${ACCOUNT}:role/TrailLogs`,
  });
  await admin(account, "cloudtrail", "StartLogging", { Name: "main" });
}

const alarm = {
  AlarmName: "cpu",
  Namespace: "N",
  MetricName: "M",
  Period: 60,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: "GreaterThanThreshold",
  Statistic: "Sum",
};

describe("a trail in an account", () => {
  it("reaches the bucket, the log group with its metric filter, and the default bus", async () => {
    const account = await openTestAccount();
    await audited(account);
    await admin(account, "cloudwatch", "PutMetricAlarm", alarm);
    await account.advanceTo(START + 6 * MINUTE);

    const status = (await admin(account, "cloudtrail", "GetTrailStatus", { Name: "main" })).output;
    expect(status).toMatchObject({ LatestDeliveryTime: START + 5 * MINUTE, LatestCloudWatchLogsDeliveryTime: START + 5 * MINUTE });

    const { Contents } = (await admin(account, "s3", "ListObjectsV2", { Bucket: BUCKET })).output as { Contents: { Key: string }[] };
    expect(Contents).toHaveLength(1);
    const file = (await admin(account, "s3", "GetObject", { Bucket: BUCKET, Key: Contents[0]?.Key })).output;
    const { Records } = JSON.parse(gunzipSync(file["Body"] as Uint8Array).toString()) as { Records: { eventName: string }[] };
    expect(Records.map(({ eventName }) => eventName)).toEqual(["StartLogging", "PutMetricAlarm"]);

    const found = await admin(account, "logs", "GetLogEvents", { logGroupName: GROUP, logStreamName: STREAM, startFromHead: true });
    expect((found.output["events"] as { message: string }[]).map(({ message }) => JSON.parse(message))).toEqual(Records);
    const counted = await admin(account, "cloudwatch", "GetMetricStatistics", {
      Namespace: "Audit",
      MetricName: "AlarmChanges",
      StartTime: START,
      EndTime: START + 6 * MINUTE,
      Period: 60,
      Statistics: ["Sum"],
    });
    expect(counted.output).toMatchObject({ Datapoints: [{ Sum: 1, Timestamp: START }] });

    const passed = (await account.look({ service: "events", view: "passed", region: "us-east-1" })) as {
      events: { envelope: { source: string; "detail-type": string; detail: { eventName: string } } }[];
    };
    const calls = passed.events.filter(({ envelope }) => envelope["detail-type"] === "AWS API Call via CloudTrail");
    expect(calls.map(({ envelope }) => envelope.detail.eventName)).toContain("PutMetricAlarm");
  });

  it("sends calls that only read to the default bus while a rule there asks for them, and to that rule alone", async () => {
    const account = await openTestAccount();
    await audited(account);
    const EventPattern = '{"detail":{"eventName":["DescribeAlarms"]}}';
    const ALL = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
    const counts = async () => {
      await admin(account, "cloudwatch", "DescribeAlarms", {});
      await account.advanceTo(account.now + 1000);
      const { rules } = (await account.look({
        service: "events",
        view: "busFlow",
        region: "us-east-1",
        question: { bus: "default", from: START, to: account.now },
      })) as { rules: readonly { name: string; sent: number }[] };
      return rules.map(({ name, sent }) => [name, sent]);
    };
    await admin(account, "events", "PutRule", { Name: "all", EventPattern });
    await admin(account, "events", "PutRule", { Name: "writes", EventPattern });
    for (const Rule of ["all", "writes"])
      await admin(account, "events", "PutTargets", { Rule, Targets: [{ Id: "q", Arn: `arn:aws:sqs:us-east-1:${ACCOUNT}:q` }] });
    expect(await counts()).toEqual([
      ["all", 0],
      ["writes", 0],
    ]);
    await admin(account, "events", "PutRule", { Name: "all", EventPattern, State: ALL });
    expect(await counts()).toEqual([
      ["all", 1],
      ["writes", 0],
    ]);
    await admin(account, "events", "DisableRule", { Name: "all" });
    const kept = async (): Promise<number> =>
      ((await account.look({ service: "events", view: "passed", region: "us-east-1" })) as { total: number }).total;
    const before = await kept();
    await counts();
    expect(await kept()).toBe(before + 1); // DisableRule itself
  });

  it("takes the calls of every Region when it is made for all, and delivers them per Region", async () => {
    const account = await openTestAccount();
    await audited(account);
    await admin(account, "cloudtrail", "UpdateTrail", { Name: "main", IsMultiRegionTrail: true });
    const inIreland = { region: "eu-west-1", caller: { kind: "person", principal: "admin" } } as const;
    await person(account, "cloudwatch", "PutMetricAlarm", alarm, inIreland);
    await account.advanceTo(START + 6 * MINUTE);
    const { Contents } = (await admin(account, "s3", "ListObjectsV2", { Bucket: BUCKET })).output as { Contents: { Key: string }[] };
    expect(Contents.map(({ Key }) => Key.split("/").slice(0, 4).join("/"))).toEqual([
      `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1`,
      `AWSLogs/${ACCOUNT}/CloudTrail/us-east-1`,
    ]);
    const found = await admin(account, "logs", "GetLogEvents", { logGroupName: GROUP, logStreamName: STREAM, startFromHead: true });
    const events = (found.output["events"] as { message: string }[]).map(({ message }) => JSON.parse(message) as Record<string, string>);
    expect(events.filter(({ awsRegion }) => awsRegion === "eu-west-1").map(({ eventName }) => eventName)).toEqual(["PutMetricAlarm"]);
    const there = await person(account, "cloudtrail", "GetTrailStatus", { Name: "main" }, inIreland);
    expect(there.output).toMatchObject({ IsLogging: true, LatestDeliveryTime: START + 5 * MINUTE });
  });

  it("takes data events of objects once a selector asks, and its own files are none of them", async () => {
    const account = await openTestAccount();
    await audited(account);
    await admin(account, "s3", "CreateBucket", { Bucket: "photos" });
    const DataResources = [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::photos/"] }];
    await admin(account, "cloudtrail", "PutEventSelectors", {
      TrailName: "main",
      EventSelectors: [{ IncludeManagementEvents: false, DataResources }],
    });
    await admin(account, "s3", "PutObject", { Bucket: "photos", Key: "k", Body: new Uint8Array([1, 2, 3]) });
    await account.advanceTo(START + 16 * MINUTE);
    const Prefix = "AWSLogs/";
    const { Contents } = (await admin(account, "s3", "ListObjectsV2", { Bucket: BUCKET, Prefix })).output as {
      Contents: { Key: string }[];
    };
    expect(Contents).toHaveLength(1);
    const file = (await admin(account, "s3", "GetObject", { Bucket: BUCKET, Key: Contents[0]?.Key })).output;
    const { Records } = JSON.parse(gunzipSync(file["Body"] as Uint8Array).toString()) as { Records: Record<string, unknown>[] };
    expect(Records.at(-1)).toMatchObject({
      eventName: "PutObject",
      eventCategory: "Data",
      requestParameters: { bucketName: "photos", key: "k" },
      additionalEventData: { bytesTransferredIn: 3 },
      resources: [{ type: "AWS::S3::Object" }, { type: "AWS::S3::Bucket", ARN: "arn:aws:s3:::photos" }],
    });
  });

  it("stands the same after reopening and rewinding", async () => {
    const storage = createMemoryStorage({ id: "test" });
    const account = await openTestAccount({ storage });
    await audited(account);
    await account.advanceTo(START + 2 * MINUTE);
    const before = account.stateHash();
    await admin(account, "s3", "PutObject", { Bucket: BUCKET, Key: "k", Body: new Uint8Array([1, 2, 3]) });
    await account.checkpoint();
    await account.advanceTo(START + 6 * MINUTE);
    const hash = account.stateHash();
    const again = await openTestAccount({ storage, scenario: scenario() });
    await again.advanceTo(START + 6 * MINUTE);
    expect(again.stateHash()).toEqual(hash);
    expect((await admin(again, "s3", "GetObject", { Bucket: BUCKET, Key: "k" })).output["Body"]).toEqual(new Uint8Array([1, 2, 3]));
    await account.rewind(START + 2 * MINUTE - 1);
    await account.advanceTo(START + 2 * MINUTE);
    expect(account.stateHash()).toEqual(before);
  });
});
