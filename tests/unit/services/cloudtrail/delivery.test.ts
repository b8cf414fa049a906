import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { LoggedBecause } from "../../../../workers/language/trail-selectors/evaluate.ts";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { cloudtrail } from "../../../../workers/services/cloudtrail/definition.ts";
import type { Emission } from "../../../../workers/services/contract.ts";
import { ACCOUNT, BUCKET, GROUP, ROLE, type TrailHarness, trailArn, trailHarness } from "./trail-world.ts";

const START = Date.UTC(2026, 0, 5, 12, 1, 30);
const FIVE = 300_000;

const happen = (h: TrailHarness, eventName: string, more: object = {}): void => {
  const eventTime = `${new Date(h.now).toISOString().slice(0, 19)}Z`;
  const record = {
    eventTime,
    eventSource: "monitoring.amazonaws.com",
    eventName,
    eventID: `id-${eventName}`,
    awsRegion: "us-east-1",
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
    ...more,
  };
  cloudtrail.record?.(h.context({ callerKind: "service" }), record);
};

const of = (h: TrailHarness, operation: string): Record<string, unknown>[] =>
  h.emissions.filter((emission) => emission.operation === operation).map(({ input }) => input as Record<string, unknown>);

const eventsIn = (input: Record<string, unknown>): string[] => {
  const { Records } = JSON.parse(gunzipSync(input["Body"] as Uint8Array).toString()) as { Records: { eventName: string }[] };
  return Records.map(({ eventName }) => eventName);
};

const well = (): { output: unknown } => ({ output: {} });

async function logging(
  deliver: (emission: Emission) => { output: unknown } | { error: Error } = well,
  more: object = {},
): Promise<TrailHarness> {
  const h = trailHarness({ now: START, deliver });
  await h.call("CreateTrail", { Name: "main", S3BucketName: BUCKET, ...more });
  await h.call("StartLogging", { Name: "main" });
  return h;
}

describe("delivery to the bucket", () => {
  it("puts what was taken into one file at the next five minutes, under AWS's key", async () => {
    const h = await logging(well, { S3KeyPrefix: "p" });
    happen(h, "PutMetricAlarm");
    await h.advanceTo(START + 60_000);
    happen(h, "DeleteAlarms");
    expect(of(h, "PutObject")).toHaveLength(0);
    await h.advanceTo(START + FIVE);
    const [file] = of(h, "PutObject");
    expect(file).toMatchObject({
      Bucket: BUCKET,
      ACL: "bucket-owner-full-control",
      ContentType: "application/json",
      ContentEncoding: "gzip",
    });
    expect(file?.["Key"]).toMatch(
      new RegExp(
        `^p/AWSLogs/${ACCOUNT}/CloudTrail/us-east-1/2026/01/05/${ACCOUNT}_CloudTrail_us-east-1_20260105T1205Z_[A-Za-z0-9]{16}\\.json\\.gz$`,
      ),
    );
    expect(eventsIn(file ?? {})).toEqual(["PutMetricAlarm", "DeleteAlarms"]);
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({ LatestDeliveryTime: Date.UTC(2026, 0, 5, 12, 5) });
    await h.advanceTo(START + 10 * FIVE);
    expect(of(h, "PutObject")).toHaveLength(1);
    expect(h.agenda.size).toBe(0);
  });

  it("takes nothing before StartLogging and after StopLogging, and delivers what it took", async () => {
    const h = await logging();
    await h.call("StopLogging", { Name: "main" });
    happen(h, "Unseen");
    await h.call("StartLogging", { Name: "main" });
    happen(h, "Seen");
    await h.call("StopLogging", { Name: "main" });
    happen(h, "Unseen");
    await h.advanceTo(START + FIVE);
    expect(of(h, "PutObject").map(eventsIn)).toEqual([["Seen"]]);
  });

  it("takes data events only when a selector asks for them", async () => {
    const h = await logging();
    const data = { eventCategory: "Data", managementEvent: false, resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::b/k" }] };
    expect(cloudtrail.wantsData?.(h.context())).toBe(false);
    happen(h, "GetObject", data);
    const DataResources = [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3:::b/"] }];
    await h.call("PutEventSelectors", { TrailName: "main", EventSelectors: [{ DataResources }] });
    expect(cloudtrail.wantsData?.(h.context())).toBe(true);
    happen(h, "PutObject", data);
    await h.advanceTo(START + FIVE);
    expect(of(h, "PutObject").map(eventsIn)).toEqual([["PutObject"]]);
  });

  it("says why it failed, keeps the records and delivers them once it can", async () => {
    let error: Error | undefined = new ServiceError("SlowDown", "Please reduce your request rate.", { status: 503 });
    const h = await logging(() => (error === undefined ? well() : { error }));
    happen(h, "First");
    await h.advanceTo(START + FIVE);
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({ LatestDeliveryError: "SlowDown" });
    const bucket = h.others["s3/bucket"]!;
    const kept = bucket[BUCKET]!;
    delete bucket[BUCKET];
    happen(h, "Second");
    await h.advanceTo(START + 2 * FIVE);
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({ LatestDeliveryError: "NoSuchBucket" });
    bucket[BUCKET] = { policy: undefined };
    await h.advanceTo(START + 3 * FIVE);
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({ LatestDeliveryError: "AccessDenied" });
    bucket[BUCKET] = kept;
    error = undefined;
    await h.advanceTo(START + 4 * FIVE);
    expect(eventsIn(of(h, "PutObject").at(-1) ?? {})).toEqual(["First", "Second"]);
    const status = await h.call("GetTrailStatus", { Name: "main" });
    expect(status).not.toHaveProperty("LatestDeliveryError");
  });

  it("gives up after 30 days", async () => {
    const h = await logging(() => ({ error: new ServiceError("SlowDown", "") }));
    happen(h, "Old");
    await h.advanceTo(START + 30 * 86_400_000 + 2 * FIVE);
    expect(h.context().records.size(`${ACCOUNT}:us-east-1:${trailArn("main")}`)).toBe(0);
    expect(h.agenda.size).toBe(0);
  });

  it("tells the topic of every file", async () => {
    const h = await logging(well, { SnsTopicName: "told" });
    happen(h, "PutMetricAlarm");
    await h.advanceTo(START + FIVE);
    const [message] = of(h, "Publish");
    expect(JSON.parse(String(message?.["Message"]))).toEqual({ s3Bucket: BUCKET, s3ObjectKey: [of(h, "PutObject")[0]?.["Key"]] });
  });

  it("forgets with the trail what it had not delivered", async () => {
    const h = await logging();
    happen(h, "PutMetricAlarm");
    await h.call("DeleteTrail", { Name: "main" });
    await h.advanceTo(START + FIVE);
    expect(of(h, "PutObject")).toHaveLength(0);
  });
});

describe("delivery to a log group", () => {
  const toLogs = { CloudWatchLogsLogGroupArn: GROUP, CloudWatchLogsRoleArn: ROLE };

  it("puts one event per record at the record's time, into the trail's stream", async () => {
    const h = await logging(well, toLogs);
    happen(h, "PutMetricAlarm");
    await h.advanceTo(START + FIVE);
    const stream = { logGroupName: "CloudTrail/logs", logStreamName: `${ACCOUNT}_CloudTrail_us-east-1` };
    expect(of(h, "CreateLogStream")).toEqual([stream]);
    const [put] = of(h, "PutLogEvents");
    expect(put).toMatchObject({ ...stream, logEvents: [{ timestamp: START }] });
    expect(JSON.parse((put as { logEvents: { message: string }[] }).logEvents[0]?.message ?? "")).toMatchObject({
      eventName: "PutMetricAlarm",
    });
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({
      LatestCloudWatchLogsDeliveryTime: Date.UTC(2026, 0, 5, 12, 5),
    });
  });

  it("goes on alone where the other way fails, and puts no event twice", async () => {
    const h = await logging((emission) => (emission.service === "s3" ? { error: new ServiceError("SlowDown", "") } : well()), toLogs);
    happen(h, "First");
    await h.advanceTo(START + FIVE);
    happen(h, "Second");
    await h.advanceTo(START + 2 * FIVE);
    expect(of(h, "PutLogEvents").map((put) => (put["logEvents"] as unknown[]).length)).toEqual([1, 1]);
    expect(of(h, "PutObject").map(eventsIn)).toEqual([["First"], ["First", "Second"]]);
  });

  it("says when the role may no longer write, and catches up", async () => {
    const h = await logging(well, toLogs);
    const role = h.others["iam/role"]!["trail-logs"]!;
    const { inline } = role;
    role["inline"] = {};
    happen(h, "First");
    await h.advanceTo(START + FIVE);
    expect(await h.call("GetTrailStatus", { Name: "main" })).toMatchObject({
      LatestCloudWatchLogsDeliveryError: "Access denied. Check the permissions for your role.",
    });
    expect(of(h, "PutObject")).toHaveLength(1);
    role["inline"] = inline;
    await h.advanceTo(START + 2 * FIVE);
    expect(of(h, "PutLogEvents")).toHaveLength(1);
    expect(of(h, "PutObject")).toHaveLength(1);
  });

  it("cuts what one call cannot hold", async () => {
    const h = await logging(well, toLogs);
    for (let i = 0; i < 12; i++) happen(h, `Big${i}`, { requestParameters: { text: "x".repeat(200_000) } });
    happen(h, "TooBig", { requestParameters: { text: "x".repeat(300_000) } });
    await h.advanceTo(START + FIVE);
    const sizes = of(h, "PutLogEvents").map((put) => (put["logEvents"] as unknown[]).length);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(12);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5);
    expect(of(h, "PutObject").flatMap(eventsIn)).toHaveLength(13);
  });
});

describe("the default bus", () => {
  const passed = (h: TrailHarness) =>
    of(h, "PutEvents").map((input) => (input as { Entries: { Source: string; DetailType: string; Detail: string }[] }).Entries[0]);

  it("gets the calls that a logging trail takes, but for those that list, get or describe", async () => {
    const h = await logging();
    happen(h, "PutMetricAlarm");
    happen(h, "DescribeAlarms", { readOnly: true });
    happen(h, "GetSessionToken", { eventSource: "sts.amazonaws.com", readOnly: true });
    happen(h, "ConsoleLogin", { eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" });
    await h.advanceTo(START + 1000);
    expect(
      passed(h).map((entry) => [entry?.Source, entry?.DetailType, (JSON.parse(entry?.Detail ?? "") as { eventName: string }).eventName]),
    ).toEqual([
      ["aws.monitoring", "AWS API Call via CloudTrail", "PutMetricAlarm"],
      ["aws.sts", "AWS API Call via CloudTrail", "GetSessionToken"],
      ["aws.signin", "AWS Console Sign In via CloudTrail", "ConsoleLogin"],
    ]);
  });

  it("gets those too while a rule asks for all management events, but no data events that read", async () => {
    const h = await logging();
    h.others["events/all-calls"] = { default: {} };
    happen(h, "DescribeAlarms", { readOnly: true });
    await h.call("PutEventSelectors", {
      TrailName: "main",
      EventSelectors: [{ DataResources: [{ Type: "AWS::S3::Object", Values: ["arn:aws:s3"] }] }],
    });
    const resources = [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::photos/a" }];
    const data = { eventSource: "s3.amazonaws.com", managementEvent: false, eventCategory: "Data", resources };
    happen(h, "GetObject", { ...data, readOnly: true });
    happen(h, "PutObject", { ...data, readOnly: false });
    await h.advanceTo(START + 1000);
    const names = passed(h).map((entry) => (JSON.parse(entry?.Detail ?? "") as { eventName: string }).eventName);
    expect(names).toEqual(["DescribeAlarms", "PutObject"]);
  });

  it("gets nothing without a logging trail, nor what no trail takes", async () => {
    const h = await logging();
    await h.call("PutEventSelectors", { TrailName: "main", EventSelectors: [{ ReadWriteType: "ReadOnly" }] });
    happen(h, "PutMetricAlarm");
    await h.call("StopLogging", { Name: "main" });
    happen(h, "PutMetricAlarm");
    await h.advanceTo(START + 1000);
    expect(passed(h)).toEqual([]);
  });
});

describe("why a trail takes a record", () => {
  it("is told per trail", async () => {
    const h = await logging();
    await h.call("PutEventSelectors", { TrailName: "main", EventSelectors: [{ ReadWriteType: "ReadOnly" }] });
    happen(h, "PutMetricAlarm");
    const [why] = (await h.look<{ trail: string; because: LoggedBecause }[]>("whyLogged", { eventId: "id-PutMetricAlarm" })) ?? [];
    expect(why).toMatchObject({
      trail: "main",
      because: { verdict: false, selectors: [{ reason: "It logs read events only, and this one writes." }] },
    });
    expect(await h.look("whyLogged", { eventId: "nobody" })).toBeUndefined();
  });
});
