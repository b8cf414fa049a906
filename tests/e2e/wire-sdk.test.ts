/** Real AWS SDK clients over the wire in process. Here and not under unit/: the unit project resolves packages for a browser. */
import { CloudTrailClient, InvalidMaxResultsException, LookupEventsCommand } from "@aws-sdk/client-cloudtrail";
import {
  CloudWatchClient,
  DashboardInvalidInputError,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  InvalidParameterValueException,
  MissingRequiredParameterException,
  PutDashboardCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  GetLogEventsCommand,
  InvalidParameterException,
  PutLogEventsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import {
  GetTopicAttributesCommand,
  ListTopicsCommand,
  NotFoundException,
  PublishCommand,
  SNSClient,
  InvalidParameterException as SnsInvalidParameter,
} from "@aws-sdk/client-sns";
import { QueueDoesNotExist, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import {
  GetTraceSummariesCommand,
  InvalidRequestException,
  PutTraceSegmentsCommand,
  ThrottledException,
  XRayClient,
} from "@aws-sdk/client-xray";
import { describe, expect, it } from "vitest";
import type { ApiRequest } from "../../workers/account/contract.ts";
import { ServiceError } from "../../workers/model/errors.ts";
import { loadModels } from "../../workers/model/models.ts";
import { validateInput } from "../../workers/model/validate.ts";
import { type FakeDoor, fakeDoor, REQUEST_ID, wireOver } from "../unit/wire/fake.ts";
import { plugged } from "../unit/wire-sdk/plug.ts";

type Answer = (request: ApiRequest) => Readonly<Record<string, unknown>>;

/** A door that validates as the real one does, then answers what the test says. */
async function plug(answer: Answer = () => ({})): Promise<{ settings: ReturnType<typeof plugged>; door: FakeDoor }> {
  const models = await loadModels();
  const door = fakeDoor((request) => {
    validateInput(models.get(request.service)!, request.operation, request.input);
    return answer(request);
  });
  return { settings: plugged(await wireOver(door)), door };
}

const refuse = (code: string, message: string, options?: ConstructorParameters<typeof ServiceError>[2]): Answer => {
  return () => {
    throw new ServiceError(code, message, options);
  };
};

async function thrown(
  promise: Promise<unknown>,
): Promise<Error & { $metadata?: { requestId?: string; httpStatusCode?: number }; name: string }> {
  try {
    await promise;
  } catch (error) {
    return error as Error;
  }
  throw new Error("the call succeeded");
}

const at = new Date("2024-01-01T00:00:00.500Z");

describe("the CloudWatch client", () => {
  it("sends datapoints, gzipped when there are many, and reads statistics", async () => {
    const { settings, door } = await plug(({ operation }) =>
      operation === "GetMetricStatistics" ? { Label: "m", Datapoints: [{ Timestamp: at.getTime(), Sum: 3, Unit: "Count" }] } : {},
    );
    const client = new CloudWatchClient(settings);
    const data = Array.from({ length: 400 }, (_, index) => ({ MetricName: `metric-${index}`, Value: index, Timestamp: at }));
    const sent = await client.send(new PutMetricDataCommand({ Namespace: "n", MetricData: data }));
    expect(sent.$metadata.requestId).toBe(REQUEST_ID);
    expect(door.asked[0]!.input).toEqual({ Namespace: "n", MetricData: data.map((datum) => ({ ...datum, Timestamp: at.getTime() })) });
    const read = await client.send(
      new GetMetricStatisticsCommand({ Namespace: "n", MetricName: "m", StartTime: at, EndTime: at, Period: 60, Statistics: ["Sum"] }),
    );
    expect(read.Datapoints).toEqual([{ Timestamp: at, Sum: 3, Unit: "Count" }]);
  });

  it("reads values that JSON has no number for", async () => {
    const { settings } = await plug(() => ({
      MetricDataResults: [{ Id: "m", Timestamps: [at.getTime()], Values: [Number.POSITIVE_INFINITY], StatusCode: "Complete" }],
    }));
    const read = await new CloudWatchClient(settings).send(new GetMetricDataCommand({ MetricDataQueries: [], StartTime: at, EndTime: at }));
    expect(read.MetricDataResults).toEqual([{ Id: "m", Timestamps: [at], Values: [Number.POSITIVE_INFINITY], StatusCode: "Complete" }]);
  });

  it("gets typed errors with AWS's words", async () => {
    const { settings } = await plug();
    const client = new CloudWatchClient(settings);
    const unit = await thrown(
      client.send(new PutMetricDataCommand({ Namespace: "n", MetricData: [{ MetricName: "m", Value: 1, Unit: "Furlongs" as "Count" }] })),
    );
    expect(unit).toBeInstanceOf(InvalidParameterValueException);
    expect(unit.message).toMatch(/^The parameter MetricData\.member\.1\.Unit must be a value in the set \[ Seconds,/);
    const missing = await thrown(client.send(new PutMetricDataCommand({ Namespace: undefined as unknown as string })));
    expect([missing instanceof MissingRequiredParameterException, missing.message]).toEqual([true, "The parameter Namespace is required."]);
    const state = await thrown(client.send(new SetAlarmStateCommand({ AlarmName: "a", StateReason: "r", StateValue: "BAD" as "OK" })));
    // This client names what the model does not know by `__type`; boto3 and the CLI read ValidationError from the header.
    expect([state.name, state.message]).toEqual(["ValidationException", expect.stringContaining("Value 'BAD' at 'stateValue'")]);
    expect(state.$metadata?.httpStatusCode).toBe(400);
  });

  it("gets the members of an error", async () => {
    const details = { dashboardValidationMessages: [{ DataPath: "/widgets", Message: "Should be array" }] };
    const { settings } = await plug(refuse("InvalidParameterInput", "bad", { shape: "DashboardInvalidInputError", details }));
    const error = await thrown(new CloudWatchClient(settings).send(new PutDashboardCommand({ DashboardName: "d", DashboardBody: "{}" })));
    expect(error).toBeInstanceOf(DashboardInvalidInputError);
    expect((error as { dashboardValidationMessages?: unknown }).dashboardValidationMessages).toEqual(details.dashboardValidationMessages);
  });
});

describe("the CloudWatch Logs client", () => {
  it("puts and gets events", async () => {
    const events = [{ timestamp: 1700000000123, message: "häl\u0000lo <&>", ingestionTime: 1700000000456 }];
    const { settings, door } = await plug(({ operation }) =>
      operation === "GetLogEvents" ? { events, nextForwardToken: "f/1" } : { rejectedLogEventsInfo: { tooNewLogEventStartIndex: 0 } },
    );
    const client = new CloudWatchLogsClient(settings);
    const put = await client.send(
      new PutLogEventsCommand({ logGroupName: "g", logStreamName: "s", logEvents: [{ timestamp: 1700000000123, message: "häl\u0000lo" }] }),
    );
    expect(put.rejectedLogEventsInfo).toEqual({ tooNewLogEventStartIndex: 0 });
    expect(door.asked[0]!.input).toEqual({
      logGroupName: "g",
      logStreamName: "s",
      logEvents: [{ timestamp: 1700000000123, message: "häl\u0000lo" }],
    });
    expect((await client.send(new GetLogEventsCommand({ logGroupName: "g", logStreamName: "s" }))).events).toEqual(events);
  });

  it("gets typed errors", async () => {
    const missing = await plug(refuse("ResourceNotFoundException", "The specified log stream does not exist."));
    const error = await thrown(
      new CloudWatchLogsClient(missing.settings).send(new GetLogEventsCommand({ logGroupName: "g", logStreamName: "s" })),
    );
    expect([error instanceof ResourceNotFoundException, error.message]).toEqual([true, "The specified log stream does not exist."]);
    const invalid = await thrown(
      new CloudWatchLogsClient((await plug()).settings).send(
        new GetLogEventsCommand({ logGroupName: "g", logStreamName: "s", limit: 10001 }),
      ),
    );
    expect(invalid).toBeInstanceOf(InvalidParameterException);
  });

  it("hears that an operation is not built", async () => {
    const { settings } = await plug(refuse("NotImplemented", "Nephoscope does not have logs GetLogEvents yet.", { status: 501 }));
    const error = await thrown(new CloudWatchLogsClient(settings).send(new GetLogEventsCommand({ logGroupName: "g", logStreamName: "s" })));
    expect([error.name, error.$metadata?.httpStatusCode]).toEqual(["NotImplemented", 501]);
  });
});

describe("the other clients", () => {
  it("EventBridge sends times and reads one result an entry", async () => {
    const { settings, door } = await plug(() => ({ FailedEntryCount: 0, Entries: [{ EventId: "e" }] }));
    const answer = await new EventBridgeClient(settings).send(
      new PutEventsCommand({ Entries: [{ Source: "s", DetailType: "t", Detail: "{}", Time: at }] }),
    );
    expect(answer.Entries).toEqual([{ EventId: "e" }]);
    // This client sends whole seconds.
    expect((door.asked[0]!.input["Entries"] as { Time: number }[])[0]!.Time).toBeGreaterThanOrEqual(1704067200000);
  });

  it("CloudTrail looks events up and gets its own error for a bad page size", async () => {
    const { settings } = await plug(() => ({ Events: [{ EventId: "1", EventTime: 1704067200000, EventName: "PutRule" }] }));
    const client = new CloudTrailClient(settings);
    expect((await client.send(new LookupEventsCommand({ StartTime: at }))).Events).toEqual([
      { EventId: "1", EventTime: new Date(1704067200000), EventName: "PutRule" },
    ]);
    expect(await thrown(client.send(new LookupEventsCommand({ MaxResults: 51 })))).toBeInstanceOf(InvalidMaxResultsException);
  });

  it("X-Ray speaks REST-JSON", async () => {
    const { settings, door } = await plug(() => ({ UnprocessedTraceSegments: [{ Id: "1", ErrorCode: "InvalidTraceId" }] }));
    const client = new XRayClient(settings);
    const put = await client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: ["{}"] }));
    expect(put.UnprocessedTraceSegments).toEqual([{ Id: "1", ErrorCode: "InvalidTraceId" }]);
    expect(door.asked[0]).toMatchObject({ service: "xray", operation: "PutTraceSegments", input: { TraceSegmentDocuments: ["{}"] } });
    const throttled = new XRayClient((await plug(refuse("ThrottledException", "Rate exceeded"))).settings);
    const error = await thrown(throttled.send(new GetTraceSummariesCommand({ StartTime: at, EndTime: at })));
    expect([error instanceof ThrottledException, error.message, error.$metadata?.httpStatusCode]).toEqual([true, "Rate exceeded", 429]);
    expect(
      await thrown(client.send(new PutTraceSegmentsCommand({ TraceSegmentDocuments: undefined as unknown as string[] }))),
    ).toBeInstanceOf(InvalidRequestException);
  });

  it("SNS and STS speak Query and XML", async () => {
    const { settings, door } = await plug(({ operation }) =>
      operation === "ListTopics"
        ? { Topics: [{ TopicArn: "arn:aws:sns:us-east-1:123456789012:a&b" }] }
        : operation === "GetCallerIdentity"
          ? { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/developer", UserId: "AIDA" }
          : { MessageId: "m" },
    );
    const client = new SNSClient(settings);
    expect((await client.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: "arn:aws:sns:us-east-1:123456789012:a&b" }]);
    const attributes = { k: { DataType: "String", StringValue: "v" } };
    await client.send(new PublishCommand({ TopicArn: "t", Message: "line 1\nline 2 & 3", MessageAttributes: attributes }));
    expect(door.asked[1]!.input).toEqual({ TopicArn: "t", Message: "line 1\nline 2 & 3", MessageAttributes: attributes });
    expect(await new STSClient(settings).send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: "123456789012", UserId: "AIDA" });
    expect(await thrown(client.send(new PublishCommand({ Message: undefined as unknown as string })))).toBeInstanceOf(SnsInvalidParameter);
    const missing = new SNSClient(
      (await plug(refuse("NotFound", "Topic does not exist", { shape: "NotFoundException", status: 404 }))).settings,
    );
    const error = await thrown(missing.send(new GetTopicAttributesCommand({ TopicArn: "t" })));
    expect([error instanceof NotFoundException, error.message]).toEqual([true, "Topic does not exist"]);
  });

  it("SQS sends, receives and names a missing queue", async () => {
    const body = "hello";
    const { settings } = await plug(({ operation }) =>
      operation === "SendMessage"
        ? { MessageId: "m", MD5OfMessageBody: "5d41402abc4b2a76b9719d911017c592" }
        : {
            Messages: [
              {
                MessageId: "m",
                Body: body,
                MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
                MessageAttributes: { b: { DataType: "Binary", BinaryValue: new Uint8Array([0, 255]) } },
              },
            ],
          },
    );
    const client = new SQSClient(settings);
    expect((await client.send(new SendMessageCommand({ QueueUrl: "http://localhost/1/q", MessageBody: body }))).MessageId).toBe("m");
    const received = await client.send(new ReceiveMessageCommand({ QueueUrl: "http://localhost/1/q" }));
    expect(received.Messages?.[0]?.MessageAttributes?.["b"]?.BinaryValue).toEqual(new Uint8Array([0, 255]));
    const missing = await plug(
      refuse("AWS.SimpleQueueService.NonExistentQueue", "The specified queue does not exist.", { shape: "QueueDoesNotExist" }),
    );
    expect(await thrown(new SQSClient(missing.settings).send(new SendMessageCommand({ QueueUrl: "q", MessageBody: "b" })))).toBeInstanceOf(
      QueueDoesNotExist,
    );
  });
});
