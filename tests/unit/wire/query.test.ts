import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { fromBase64, toBase64 } from "../../../workers/wire/base64.ts";
import { xmlText } from "../../../workers/wire/xml.ts";
import { fakeDoor, formRequest, REQUEST_ID, signed, textOf, wireOver } from "./fake.ts";

async function asked(fields: Record<string, string>, service: string, path?: string): Promise<Readonly<Record<string, unknown>>> {
  const door = fakeDoor();
  const reply = await (await wireOver(door))(formRequest(fields, signed(service), path));
  if (door.asked[0] === undefined) throw new Error(textOf(reply));
  return door.asked[0].input;
}

async function answered(action: string, service: string, output: Record<string, unknown>): Promise<string> {
  return textOf(await (await wireOver(fakeDoor(() => output)))(formRequest({ Action: action }, signed(service))));
}

describe("Query requests", () => {
  it("read nested lists, numbers and times", async () => {
    const input = await asked(
      {
        Action: "PutMetricData",
        Version: "2010-08-01",
        Namespace: "n",
        "MetricData.member.2.MetricName": "b",
        "MetricData.member.2.Value": "-1.5e3",
        "MetricData.member.1.MetricName": "a",
        "MetricData.member.1.Timestamp": "2024-01-01T00:00:00Z",
        "MetricData.member.1.Dimensions.member.1.Name": "d",
        "MetricData.member.1.Dimensions.member.1.Value": "v",
        "MetricData.member.1.StorageResolution": "1",
        StrictEntityValidation: "true",
        Unknown: "x",
      },
      "monitoring",
    );
    expect(input).toEqual({
      Namespace: "n",
      MetricData: [
        { MetricName: "a", Timestamp: "2024-01-01T00:00:00Z", Dimensions: [{ Name: "d", Value: "v" }], StorageResolution: 1 },
        { MetricName: "b", Value: -1500 },
      ],
      StrictEntityValidation: true,
    });
  });

  it("keep the numeric order of members beyond nine, and take an empty field for an empty list", async () => {
    const names = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`AlarmNames.member.${index + 1}`, `a${index}`]));
    expect((await asked({ Action: "DescribeAlarms", ...names, AlarmTypes: "" }, "monitoring"))["AlarmNames"]).toEqual(
      Array.from({ length: 12 }, (_, index) => `a${index}`),
    );
    expect(await asked({ Action: "DescribeAlarms", AlarmNames: "" }, "monitoring")).toEqual({ AlarmNames: [] });
  });

  it("read SNS maps and SQS flattened lists and maps under their singular names", async () => {
    const sns = {
      "MessageAttributes.entry.1.Name": "k",
      "MessageAttributes.entry.1.Value.DataType": "Binary",
      "MessageAttributes.entry.1.Value.BinaryValue": "AQID",
    };
    expect(await asked({ Action: "Publish", Message: "m", ...sns }, "sns")).toEqual({
      Message: "m",
      MessageAttributes: { k: { DataType: "Binary", BinaryValue: new Uint8Array([1, 2, 3]) } },
    });
    expect(
      await asked({ Action: "CreateTopic", Name: "t", "Attributes.entry.1.key": "DisplayName", "Attributes.entry.1.value": "" }, "sns"),
    ).toEqual({
      Name: "t",
      Attributes: { DisplayName: "" },
    });
    const queue = { "Attribute.1.Name": "VisibilityTimeout", "Attribute.1.Value": "5", "Tag.1.Key": "k", "Tag.1.Value": "v" };
    expect(await asked({ Action: "CreateQueue", QueueName: "q", ...queue }, "sqs")).toEqual({
      QueueName: "q",
      Attributes: { VisibilityTimeout: "5" },
      tags: { k: "v" },
    });
    expect(await asked({ Action: "GetQueueAttributes", "AttributeName.1": "All" }, "sqs", "/123456789012/q")).toMatchObject({
      AttributeNames: ["All"],
      QueueUrl: "http://localhost/123456789012/q",
    });
  });

  it.each([
    ["MaxRecords", "many"],
    ["MaxRecords", "1.5"],
    ["MaxRecords", ""],
  ])("answer MalformedInput for %s=%s", async (name, value) => {
    const reply = await (await wireOver(fakeDoor()))(formRequest({ Action: "DescribeAlarms", [name]: value }, signed("monitoring")));
    expect([reply.status, textOf(reply)]).toEqual([400, expect.stringContaining("<Code>MalformedInput</Code>")]);
  });
});

describe("Query answers", () => {
  it("wrap the result, with times as ISO 8601 and lists as members", async () => {
    const text = await answered("GetMetricStatistics", "monitoring", {
      Label: "a<b",
      Datapoints: [{ Timestamp: 1704067200000, Sum: 1.5, Unit: "Count" }],
    });
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?>\n<GetMetricStatisticsResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><GetMetricStatisticsResult>' +
        "<Label>a&lt;b</Label><Datapoints><member><Timestamp>2024-01-01T00:00:00Z</Timestamp><Sum>1.5</Sum><Unit>Count</Unit></member></Datapoints></GetMetricStatisticsResult>" +
        `<ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata></GetMetricStatisticsResponse>`,
    );
  });

  it("leave the result out where there is none", async () => {
    expect(await answered("PutMetricData", "monitoring", {})).toContain(
      `<PutMetricDataResponse xmlns="http://monitoring.amazonaws.com/doc/2010-08-01/"><ResponseMetadata><RequestId>${REQUEST_ID}`,
    );
  });

  it("write SNS maps as entries and SQS lists and maps flattened", async () => {
    expect(await answered("GetTopicAttributes", "sns", { Attributes: { Owner: "1" } })).toContain(
      "<GetTopicAttributesResult><Attributes><entry><key>Owner</key><value>1</value></entry></Attributes></GetTopicAttributesResult>",
    );
    expect(await answered("ListQueues", "sqs", { QueueUrls: ["http://a", "http://b"] })).toContain(
      "<ListQueuesResult><QueueUrl>http://a</QueueUrl><QueueUrl>http://b</QueueUrl></ListQueuesResult>",
    );
    expect(await answered("ReceiveMessage", "sqs", { Messages: [{ MessageId: "1", Attributes: { SenderId: "s" } }] })).toContain(
      "<Message><MessageId>1</MessageId><Attribute><Name>SenderId</Name><Value>s</Value></Attribute></Message>",
    );
  });

  it("say failures as ErrorResponse with the code of the Query protocol", async () => {
    const door = fakeDoor(() => {
      throw new ServiceError("InvalidParameterCombination", 'a "b" & c', { shape: "InvalidParameterCombinationException" });
    });
    const reply = await (await wireOver(door))(formRequest({ Action: "PutMetricData", Namespace: "n" }, signed("monitoring")));
    expect(reply.status).toBe(400);
    expect(textOf(reply)).toMatch(
      /^<ErrorResponse xmlns="http:\/\/monitoring\.amazonaws\.com\/doc\/2010-08-01\/"><Error><Type>Sender<\/Type><Code>InvalidParameterCombination<\/Code><Message>a &quot;b&quot; &amp; c<\/Message><\/Error><RequestId>[0-9a-f-]{36}<\/RequestId><\/ErrorResponse>$/,
    );
  });
});

describe("refusals of the door over Query", () => {
  it.each([
    ["UnknownOperationException", "InvalidAction", "The action Nope is not valid for this web service."],
    ["SerializationException", "MalformedInput", "no"],
    ["NotImplemented", "NotImplemented", "no"],
  ])("say %s as %s", async (code, wireCode, message) => {
    const door = fakeDoor(() => {
      throw new ServiceError(code, "no");
    });
    const reply = await (await wireOver(door))(formRequest({ Action: "Nope" }, signed("monitoring")));
    expect(textOf(reply)).toContain(`<Code>${wireCode}</Code><Message>${message}</Message>`);
  });
});

describe("base64 and XML text", () => {
  it("gives back the bytes it was given", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20_000 }), (bytes) => {
        expect(fromBase64(toBase64(bytes))).toEqual(bytes);
        expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString("base64"));
      }),
      { numRuns: 50 },
    );
  });

  it.each(["a", "a===", "%", "ab=c"])("refuses %s as base64", (text) => {
    expect(fromBase64(text)).toBeUndefined();
  });

  it("never lets markup or a forbidden character through", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const out = xmlText(text);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they must be gone
        expect(out).not.toMatch(/[<>\u0000-\u0008\u000B\u000C\u000E-\u001F\r]/);
        expect(out.replace(/&(amp|lt|gt|quot|#xD);/g, "")).not.toContain("&");
      }),
    );
  });
});
