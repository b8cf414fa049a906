import { describe, expect, it } from "vitest";
import { loadModels } from "../../../../workers/model/models.ts";
import { lineOf } from "../../../../workers/wire/cli/line-of.ts";
import { cliName } from "../../../../workers/wire/cli/names.ts";
import { parseArgs } from "../../../../workers/wire/cli/parse-args.ts";
import { UsageError } from "../../../../workers/wire/cli/usage-error.ts";
import { called, parsed } from "./models.ts";

describe("names on the command line", () => {
  it.each([
    ["GetMetricData", "get-metric-data"],
    ["DescribeAlarmsForMetric", "describe-alarms-for-metric"],
    ["ListMetrics", "list-metrics"],
    ["OKActions", "ok-actions"],
    ["KmsKeyARN", "kms-key-arn"],
    ["LogGroupARNs", "log-group-arns"],
    ["logGroupName", "log-group-name"],
    ["S3Bucket", "s3-bucket"],
    ["GetOTelEnrichment", "get-otel-enrichment"],
    ["ListSMSSandboxPhoneNumbers", "list-sms-sandbox-phone-numbers"],
  ])("writes %s as %s", (name, expected) => {
    expect(cliName(name)).toBe(expected);
  });
});

describe("lines as requests", () => {
  // Input of each line as observed from the real CLI against a loopback server.
  it.each([
    [
      "aws cloudwatch put-metric-data --namespace N --metric-name M --dimensions InstanceType=t2.micro,AvailabilityZone=us-east-1a --value 70 --unit Percent --timestamp 2024-01-01T00:00:00Z --storage-resolution 1",
      {
        Namespace: "N",
        MetricData: [
          {
            MetricName: "M",
            Dimensions: [
              { Name: "InstanceType", Value: "t2.micro" },
              { Name: "AvailabilityZone", Value: "us-east-1a" },
            ],
            Value: 70,
            Unit: "Percent",
            Timestamp: 1_704_067_200_000,
            StorageResolution: 1,
          },
        ],
      },
    ],
    [
      "aws cloudwatch put-metric-data --namespace N --metric-name M --statistic-values Sum=10,Minimum=1,Maximum=9,SampleCount=3",
      { Namespace: "N", MetricData: [{ MetricName: "M", StatisticValues: { Sum: 10, Minimum: 1, Maximum: 9, SampleCount: 3 } }] },
    ],
    [
      "aws cloudwatch get-metric-statistics --namespace N --metric-name M --start-time 2024-01-01 --end-time 1704070800 --period 300 --statistics Average Sum",
      {
        Namespace: "N",
        MetricName: "M",
        StartTime: 1_704_067_200_000,
        EndTime: 1_704_070_800_000,
        Period: 300,
        Statistics: ["Average", "Sum"],
      },
    ],
    [
      "aws logs put-log-events --log-group-name g --log-stream-name s --log-events timestamp=1,message=hello timestamp=2,message='a b'",
      {
        logGroupName: "g",
        logStreamName: "s",
        logEvents: [
          { timestamp: 1, message: "hello" },
          { timestamp: 2, message: "a b" },
        ],
      },
    ],
    [
      "aws logs put-metric-filter --log-group-name g --filter-name f --filter-pattern '' --metric-transformations 'metricName=a,metricNamespace=b,metricValue=1,defaultValue=0,dimensions={ip=$.ip}'",
      {
        logGroupName: "g",
        filterName: "f",
        filterPattern: "",
        metricTransformations: [{ metricName: "a", metricNamespace: "b", metricValue: "1", defaultValue: 0, dimensions: { ip: "$.ip" } }],
      },
    ],
    [
      "aws cloudwatch put-metric-alarm --alarm-name x --actions-enabled --threshold 1 --no-actions-enabled --alarm-actions",
      { AlarmName: "x", Threshold: 1, ActionsEnabled: false, AlarmActions: [] },
    ],
    [
      "aws events put-events --entries Source=a,DetailType=b,Detail=file://x",
      { Entries: [{ Source: "a", DetailType: "b", Detail: "file://x" }] },
    ],
    [
      `aws events put-events --entries '[{"Source":"a","DetailType":"b","Detail":"{}","Time":1704067200}]'`,
      { Entries: [{ Source: "a", DetailType: "b", Detail: "{}", Time: 1_704_067_200_000 }] },
    ],
    [
      "aws cloudtrail lookup-events --lookup-attributes AttributeKey=EventName,AttributeValue=PutMetricAlarm",
      { LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "PutMetricAlarm" }] },
    ],
    ["aws sns subscribe --topic-arn a --protocol sqs --notification-endpoint e", { TopicArn: "a", Protocol: "sqs", Endpoint: "e" }],
    ["aws sts get-caller-identity", {}],
    ["aws cloudwatch describe-alarms --alarm-names", { AlarmNames: [] }],
    ["aws logs put-retention-policy --log-group-name=g --retention-in-days 7", { logGroupName: "g", retentionInDays: 7 }],
    [
      "aws cloudwatch set-alarm-state --alarm-name a --state-value ALARM --state-reason 'why not'",
      { AlarmName: "a", StateValue: "ALARM", StateReason: "why not" },
    ],
    [`aws cloudwatch put-metric-alarm --cli-input-json '{"AlarmName":"j","Period":60}' --period 300`, { Period: 300, AlarmName: "j" }],
    ["aws cloudwatch put-metric-alarm --alarm-name x --threshold -5", { AlarmName: "x", Threshold: -5 }],
  ])("reads %s", (line, input) => {
    expect(called(line).input).toEqual(input);
  });

  it("finds global options anywhere", () => {
    const call = called(
      "aws --region eu-west-1 logs --output table describe-log-groups --query 'logGroups[].logGroupName' --profile ops --no-paginate --no-cli-pager",
    );
    expect(call.globals).toEqual({
      region: "eu-west-1",
      output: "table",
      query: "logGroups[].logGroupName",
      profile: "ops",
      paginate: false,
    });
    expect(call.paging).toBeUndefined();
  });

  it("pages by itself unless the line steers the pages", () => {
    expect(called("aws logs describe-log-groups --max-items 3 --page-size 2").paging).toEqual({ maxItems: 3, pageSize: 2 });
    expect(called("aws logs describe-log-groups --limit 3").paging).toBeUndefined();
    expect(called("aws logs get-log-events --log-stream-name s --limit 3").paging).toBeUndefined();
  });

  it("knows help at every level, the skeleton and the tail", () => {
    expect(parsed("aws help").kind).toBe("help");
    expect(parsed("aws logs help")).toEqual({ kind: "help", service: "logs" });
    expect(parsed("aws logs put-metric-filter help")).toEqual({ kind: "help", service: "logs", operation: "PutMetricFilter" });
    expect(parsed("aws logs put-metric-filter --generate-cli-skeleton").kind).toBe("skeleton");
    expect(parsed("aws logs tail /app --since 5m").kind).toBe("logs-tail");
  });
});

describe("lines that cannot be requests", () => {
  it.each([
    ["aws", "aws: error: the following arguments are required: command"],
    ["aws cloudwatch", "aws: error: the following arguments are required: operation"],
    ["aws frob", "aws: error: argument command: Invalid choice, valid choices are:"],
    ["aws cloudwatch frob", "aws: error: argument operation: Invalid choice, valid choices are:"],
    ["aws cloudwatch list-metric", "Invalid choice: 'list-metric', maybe you meant:\n\n  * list-metrics"],
    ["aws cloudwatch put-metric-alarm", "aws: error: the following arguments are required: --alarm-name"],
    ["aws cloudwatch put-metric-alarm --alarm-name", "aws: error: argument --alarm-name: expected one argument"],
    ["aws events put-rule --name x --event-pattern -x", "aws: error: argument --event-pattern: expected one argument"],
    ["aws cloudwatch list-metrics --bogus 1", "Unknown options: --bogus, 1"],
    ["aws sts get-caller-identity extra", "Unknown options: extra"],
    ["aws logs put-retention-policy --log-group-name x --retention-in-days abc", "invalid literal for int() with base 10: 'abc'"],
    ["aws cloudwatch put-metric-alarm --alarm-name x --threshold abc", "aws: error: argument --threshold: invalid float value: 'abc'"],
    [
      "aws cloudwatch get-metric-statistics --namespace N --metric-name M --start-time abc --end-time 1704070800 --period 300",
      "Invalid type for parameter StartTime, value: abc, type: <class 'str'>, valid types: <class 'datetime.datetime'>, timestamp-string",
    ],
    ["aws cloudwatch list-metrics --output yaml", "aws: error: argument --output: Invalid choice"],
    [
      "aws cloudwatch list-metrics --no-paginate --max-items 3",
      "Cannot specify --no-paginate along with pagination arguments: --max-items",
    ],
    [
      "aws sqs send-message --queue-url q --message-body file:///nope",
      "Error parsing parameter '--message-body': Unable to load paramfile file:///nope",
    ],
    [
      "aws logs put-metric-filter --log-group-name g --filter-name f --filter-pattern p --metric-transformations metricName=a,,b",
      "Error parsing parameter '--metric-transformations': Expected: '=', received: 'EOF' for input:\nmetricName=a,,b\n               ^",
    ],
    [
      "aws logs put-metric-filter --log-group-name g --filter-name f --filter-pattern p --metric-transformations '[{bad'",
      "Error parsing parameter '--metric-transformations': Invalid JSON: ",
    ],
    [
      "aws cloudwatch put-metric-data --namespace N --metric-name M --metric-data MetricName=x",
      'The key "metric_name" cannot be specified when one of the following keys are also specified: metric_data',
    ],
    ["aws cloudwatch put-metric-data --namespace N --metric-name M --dimensions a", "not enough values to unpack"],
  ])("refuses %s", (line, message) => {
    let thrown: unknown;
    try {
      parsed(line);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(UsageError);
    expect((thrown as UsageError).message).toContain(message);
    expect((thrown as UsageError).exitCode).toBe(252);
  });

  it("hints at the option that was meant", () => {
    expect(() => parsed("aws cloudwatch describe-alarms --alarm-name x")).toThrowError(
      expect.objectContaining({ hint: "--alarm-name is not an option here; maybe you meant --alarm-names" }),
    );
  });
});

describe("services under another word", () => {
  it("takes s3api for S3's operations, as the AWS CLI does, and writes it", async () => {
    const models = await loadModels();
    expect(parseArgs(models, ["s3api", "list-objects-v2", "--bucket", "b"])).toMatchObject({
      service: "s3",
      operation: "ListObjectsV2",
      input: { Bucket: "b" },
    });
    expect(lineOf(models, "s3", "CreateBucket", { Bucket: "b" })).toBe("aws s3api create-bucket --bucket b");
    expect(() => parseArgs(models, ["s3", "ls"])).toThrow("s3api");
  });
});
