/**
 * The whole ring: an unauthorised call is denied and recorded, the trail writes the record to a log group, a metric filter
 * counts it, an alarm goes off, its state change passes the event bus, a rule hands it to a function, and the function
 * leaves a trace.
 */
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { failure, MINUTE, openTestAccount, person, START } from "./engine-harness.ts";

const ACCOUNT = "123456789012";
const BUCKET = "audit-files";
const GROUP = "audit";
const arn = (service: string, resource: string): string => `arn:aws:${service}:us-east-1:${ACCOUNT}:${resource}`;
const policy = (...Statement: object[]): string => JSON.stringify({ Version: "2012-10-17", Statement });
const Principal = { Service: "cloudtrail.amazonaws.com" };
const as = (principal: string) => (account: Account, service: string, operation: string, input: object) =>
  person(account, service, operation, input, { caller: { kind: "person", principal } });
const admin = as("admin");
const intruder = as("intruder");

async function setUp(account: Account): Promise<void> {
  await admin(account, "s3", "CreateBucket", { Bucket: BUCKET });
  await admin(account, "s3", "PutBucketPolicy", {
    Bucket: BUCKET,
    Policy: policy(
      { Effect: "Allow", Principal, Action: "s3:GetBucketAcl", Resource: `arn:aws:s3:::${BUCKET}` },
      { Effect: "Allow", Principal, Action: "s3:PutObject", Resource: `arn:aws:s3:::${BUCKET}/AWSLogs/${ACCOUNT}/*` },
    ),
  });
  await admin(account, "logs", "CreateLogGroup", { logGroupName: GROUP });
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
    CloudWatchLogsLogGroupArn: arn("logs", `log-group:${GROUP}:*`),
    CloudWatchLogsRoleArn: `arn:aws:iam::${ACCOUNT}:role/TrailLogs`,
  });
  await admin(account, "cloudtrail", "StartLogging", { Name: "main" });
  await admin(account, "logs", "PutMetricFilter", {
    logGroupName: GROUP,
    filterName: "denied",
    filterPattern: '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
    metricTransformations: [{ metricNamespace: "Audit", metricName: "Denied", metricValue: "1" }],
  });
  await admin(account, "cloudwatch", "PutMetricAlarm", {
    AlarmName: "somebody-tries",
    Namespace: "Audit",
    MetricName: "Denied",
    Statistic: "Sum",
    // A trail's events come some five minutes late, stamped with the time of the call: the alarm must look back that far.
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
  });
  await admin(account, "iam", "CreateRole", {
    RoleName: "Answer",
    AssumeRolePolicyDocument: policy({ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }),
  });
  for (const name of ["AWSLambdaBasicExecutionRole", "AWSXRayDaemonWriteAccess"])
    await admin(account, "iam", "AttachRolePolicy", {
      RoleName: "Answer",
      PolicyArn: `arn:aws:iam::aws:policy/${name === "AWSLambdaBasicExecutionRole" ? "service-role/" : ""}${name}`,
    });
  await admin(account, "lambda", "CreateFunction", {
    FunctionName: "answer",
    Role: `arn:aws:iam::${ACCOUNT}:role/Answer`,
    Runtime: "nodejs22.x",
    Handler: "index.handler",
    Code: { ZipFile: new Uint8Array(3) },
    TracingConfig: { Mode: "Active" },
  });
  await admin(account, "events", "PutRule", {
    Name: "somebody-tries",
    EventPattern: JSON.stringify({
      source: ["aws.cloudwatch"],
      "detail-type": ["CloudWatch Alarm State Change"],
      detail: { alarmName: ["somebody-tries"], state: { value: ["ALARM"] } },
    }),
  });
  await admin(account, "lambda", "AddPermission", {
    FunctionName: "answer",
    StatementId: "rule",
    Action: "lambda:InvokeFunction",
    Principal: "events.amazonaws.com",
    SourceArn: arn("events", "rule/somebody-tries"),
  });
  await admin(account, "events", "PutTargets", {
    Rule: "somebody-tries",
    Targets: [{ Id: "answer", Arn: arn("lambda", "function:answer") }],
  });
}

describe("the whole ring", () => {
  it("goes from a denied call to a trace, each through the door", async () => {
    const account = await openTestAccount();
    await setUp(account);
    await account.advanceTo(START + 10 * MINUTE);
    const denied = await failure(intruder(account, "logs", "DeleteLogGroup", { logGroupName: GROUP }));
    expect(denied.code).toMatch(/^AccessDenied/);
    await account.advanceTo(START + 40 * MINUTE);

    const { output: history } = await admin(account, "cloudtrail", "LookupEvents", {
      LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "DeleteLogGroup" }],
    });
    const [recorded] = history.Events as { CloudTrailEvent: string; Username: string }[];
    expect(recorded?.Username).toBe("intruder");
    expect(JSON.parse(recorded?.CloudTrailEvent ?? "{}")).toMatchObject({ errorCode: expect.stringMatching(/^AccessDenied/) });

    const { output: lines } = await admin(account, "logs", "FilterLogEvents", {
      logGroupName: GROUP,
      filterPattern: '{ $.errorCode = "AccessDenied*" }',
    });
    expect((lines.events as object[]).length).toBe(1);

    const { output: alarmHistory } = await admin(account, "cloudwatch", "DescribeAlarmHistory", {
      AlarmName: "somebody-tries",
      HistoryItemType: "StateUpdate",
    });
    const summaries = (alarmHistory.AlarmHistoryItems as { HistorySummary: string }[]).map(({ HistorySummary }) => HistorySummary);
    expect(summaries).toContain("Alarm updated from OK to ALARM");

    const { deliveries } = (await account.look({ service: "events", view: "deliveries", region: "us-east-1", question: {} })) as {
      deliveries: { status: string; targetArn: string; at: number }[];
    };
    expect(deliveries).toMatchObject([{ status: "delivered", targetArn: arn("lambda", "function:answer") }]);

    const { output: log } = await admin(account, "logs", "FilterLogEvents", { logGroupName: "/aws/lambda/answer" });
    expect(JSON.stringify(log.events)).toContain("somebody-tries");

    const delivered = deliveries[0]?.at ?? 0;
    const { output: traces } = await admin(account, "xray", "GetTraceSummaries", {
      StartTime: delivered - MINUTE,
      EndTime: delivered + MINUTE,
    });
    const [trace, ...more] = traces.TraceSummaries as { Id: string }[];
    expect(more).toEqual([]);
    const { output: whole } = await admin(account, "xray", "BatchGetTraces", { TraceIds: [trace?.Id] });
    const segments = (whole.Traces as { Segments: { Document: string }[] }[]).flatMap(({ Segments }) =>
      Segments.map(({ Document }) => JSON.parse(Document)),
    );
    expect(segments.map(({ origin }) => origin).sort()).toEqual(["AWS::Lambda", "AWS::Lambda::Function"]);
    expect(trace?.Id).toContain(Math.floor(delivered / 1000).toString(16));
  });

  it("is the same on every replay", async () => {
    const hashes: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const account = await openTestAccount();
      await setUp(account);
      await failure(intruder(account, "logs", "DeleteLogGroup", { logGroupName: GROUP }));
      await account.advanceTo(START + 30 * MINUTE);
      hashes.push(account.stateHash({ parts: true }));
      if (i === 0) {
        await account.rewind(START + 5 * MINUTE);
        await account.bringBack();
        await account.advanceTo(START + 30 * MINUTE);
        hashes.push(account.stateHash({ parts: true }));
      }
    }
    expect(hashes[1]).toEqual(hashes[0]);
    expect(hashes[2]).toEqual(hashes[0]);
  });
});
