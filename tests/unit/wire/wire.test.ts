import { describe, expect, it } from "vitest";
import { ServiceError } from "../../../workers/model/errors.ts";
import { identitiesByKey } from "../../../workers/wire/wire.ts";
import { fakeDoor, formRequest, jsonOf, jsonRequest, REQUEST_ID, restRequest, signed, textOf, wireOver } from "./fake.ts";

const refusing = (error: unknown) =>
  fakeDoor(() => {
    throw error;
  });

describe("routing", () => {
  it.each([
    ["GraniteServiceVersion20100801.DescribeAlarms", "cloudwatch", "DescribeAlarms"],
    ["Logs_20140328.DescribeLogGroups", "logs", "DescribeLogGroups"],
    ["AWSEvents.ListRules", "events", "ListRules"],
    ["AmazonSQS.ListQueues", "sqs", "ListQueues"],
    ["CloudTrail_20131101.LookupEvents", "cloudtrail", "LookupEvents"],
    ["com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents", "cloudtrail", "LookupEvents"],
  ])("takes target %s for %s %s", async (target, service, operation) => {
    const door = fakeDoor();
    const reply = await (await wireOver(door))(jsonRequest(target, {}));
    expect(reply.status).toBe(200);
    expect(door.asked[0]).toMatchObject({
      service,
      operation,
      region: "us-east-1",
      caller: { kind: "program", principal: "developer" },
      via: "endpoint",
    });
  });

  it("reads Region and access key from the signature and maps the key to an identity", async () => {
    const door = fakeDoor();
    const wire = await wireOver(door, { identityOf: identitiesByKey({ AKIAROOT: "root" }) });
    await wire(jsonRequest("Logs_20140328.DescribeLogGroups", {}, signed("logs", "eu-west-1", "AKIAROOT")));
    await wire(jsonRequest("Logs_20140328.DescribeLogGroups", {}, signed("logs", "eu-west-1", "AKIAOTHER")));
    expect(door.asked.map(({ region, caller }) => [region, caller.principal])).toEqual([
      ["eu-west-1", "root"],
      ["eu-west-1", "developer"],
    ]);
  });

  it("finds a Query service by its signature, and by its version when nothing is signed", async () => {
    const door = fakeDoor();
    const wire = await wireOver(door);
    await wire(formRequest({ Action: "ListTopics", Version: "2010-03-31" }, signed("sns")));
    await wire(formRequest({ Action: "DescribeAlarms", Version: "2010-08-01" }));
    await wire({ ...formRequest({}), method: "GET", query: "Action=GetCallerIdentity&Version=2011-06-15" });
    expect(door.asked.map(({ service, operation }) => `${service} ${operation}`)).toEqual([
      "sns ListTopics",
      "cloudwatch DescribeAlarms",
      "sts GetCallerIdentity",
    ]);
  });

  it("finds X-Ray by its paths", async () => {
    const door = fakeDoor();
    const wire = await wireOver(door);
    await wire(restRequest("/TraceSegments", { TraceSegmentDocuments: ["{}"] }, signed("xray")));
    await wire(restRequest("/SamplingTargets", { SamplingStatisticsDocuments: [] }));
    expect(door.asked.map(({ operation }) => operation)).toEqual(["PutTraceSegments", "GetSamplingTargets"]);
  });

  it("hands a service that is not here to the door, under its signing name", async () => {
    const door = refusing(new ServiceError("NotImplemented", "Nephoscope does not have the service apigateway.", { status: 501 }));
    const reply = await (await wireOver(door))({ ...restRequest("/bucket", {}, signed("apigateway")), method: "PUT" });
    expect(door.asked[0]!.service).toBe("apigateway");
    expect(reply.status).toBe(501);
  });

  it.each(["Nobody_2000.DescribeLogGroups", ".DescribeLogGroups", "DescribeLogGroups", "constructor.DescribeLogGroups"])(
    "refuses the target %s although the signature names a service that has the operation",
    async (target) => {
      const door = fakeDoor();
      const reply = await (await wireOver(door))(jsonRequest(target, {}, signed("logs")));
      expect([reply.status, jsonOf(reply)["__type"]]).toEqual([404, "com.amazon.coral.service#UnknownOperationException"]);
      expect(door.asked).toEqual([]);
    },
  );

  it("answers what nobody knows in the protocol it was asked in", async () => {
    const wire = await wireOver(fakeDoor());
    const json = await wire(jsonRequest("Nobody_2000.Do", {}));
    expect([json.status, jsonOf(json)["__type"]]).toEqual([404, "com.amazon.coral.service#UnknownOperationException"]);
    const form = await wire(formRequest({ Action: "Do", Version: "2000-01-01" }));
    expect([form.status, textOf(form)]).toEqual([400, expect.stringContaining("<Code>InvalidAction</Code>")]);
    const noAction = await wire(formRequest({ Version: "2010-08-01" }));
    expect(textOf(noAction)).toContain("<Code>MissingAction</Code>");
    expect((await wire(restRequest("/Nowhere", {}))).status).toBe(404);
  });
});

describe("AWS JSON", () => {
  it("turns epoch seconds into milliseconds and back, blobs into bytes and back", async () => {
    const door = fakeDoor(() => ({ Datapoints: [{ Timestamp: 1700000000123, Sum: Number.POSITIVE_INFINITY }], Label: "m", Invented: 1 }));
    const reply = await (await wireOver(door))(
      jsonRequest("GraniteServiceVersion20100801.GetMetricStatistics", { StartTime: 1700000000.5, EndTime: "2024-01-01T00:00:00Z" }),
    );
    expect(door.asked[0]!.input).toEqual({ StartTime: 1700000000500, EndTime: "2024-01-01T00:00:00Z" });
    expect(jsonOf(reply)).toEqual({ Datapoints: [{ Timestamp: 1700000000.123, Sum: "Infinity" }], Label: "m" });
    expect(reply.headers).toMatchObject({ "content-type": "application/x-amz-json-1.0", "x-amzn-RequestId": REQUEST_ID });

    const blobs = fakeDoor();
    const message = { QueueUrl: "q", MessageBody: "b", MessageAttributes: { a: { DataType: "Binary", BinaryValue: "AQID" } } };
    await (await wireOver(blobs))(jsonRequest("AmazonSQS.SendMessage", message));
    expect(blobs.asked[0]!.input).toMatchObject({ MessageAttributes: { a: { BinaryValue: new Uint8Array([1, 2, 3]) } } });
  });

  it("passes values of a wrong type on, for the validator to word", async () => {
    const door = fakeDoor();
    await (await wireOver(door))(jsonRequest("Logs_20140328.GetLogEvents", { logGroupName: 5, limit: "1" }));
    expect(door.asked[0]!.input).toEqual({ logGroupName: 5, limit: "1" });
  });

  it.each(["{", "[]", "null", '"text"'])("answers the body %s with SerializationException", async (body) => {
    const door = fakeDoor();
    const reply = await (await wireOver(door))(jsonRequest("Logs_20140328.DescribeLogGroups", body));
    expect([reply.status, jsonOf(reply)["__type"]]).toEqual([400, "com.amazon.coral.service#SerializationException"]);
    expect(door.asked).toEqual([]);
  });

  it("takes an empty body for an empty input", async () => {
    const door = fakeDoor();
    await (await wireOver(door))(jsonRequest("Logs_20140328.DescribeLogGroups", ""));
    expect(door.asked[0]!.input).toEqual({});
  });

  it("names the modelled shape and the Query code of a CloudWatch failure", async () => {
    const door = refusing(new ServiceError("InvalidParameterValue", "no", { shape: "InvalidParameterValueException" }));
    const reply = await (await wireOver(door))(jsonRequest("GraniteServiceVersion20100801.PutMetricData", { Namespace: "n" }));
    expect(reply.status).toBe(400);
    expect(jsonOf(reply)).toEqual({ __type: "com.amazonaws.cloudwatch.v2010_08_01#InvalidParameterValueException", message: "no" });
    expect(reply.headers["x-amzn-query-error"]).toBe("InvalidParameterValue;Sender");
  });

  it("finds shape and status in the model when the error gives only one of its names", async () => {
    const byCode = await (await wireOver(refusing(new ServiceError("InvalidFormat", "no"))))(
      jsonRequest("GraniteServiceVersion20100801.SetAlarmState", {}),
    );
    expect([jsonOf(byCode)["__type"], byCode.headers["x-amzn-query-error"]]).toEqual([
      "com.amazonaws.cloudwatch.v2010_08_01#InvalidFormatFault",
      "InvalidFormat;Sender",
    ]);
    const byShape = await (await wireOver(refusing(new ServiceError("ResourceNotFound", ""))))(
      jsonRequest("GraniteServiceVersion20100801.SetAlarmState", {}),
    );
    expect([byShape.status, byShape.headers["x-amzn-query-error"]]).toEqual([404, "ResourceNotFound;Sender"]);
  });

  it("carries further members of a modelled error", async () => {
    const details = { dashboardValidationMessages: [{ DataPath: "/widgets/0", Message: "m" }], invented: 1 };
    const door = refusing(new ServiceError("InvalidParameterInput", "bad", { shape: "DashboardInvalidInputError", details }));
    const reply = await (await wireOver(door))(jsonRequest("GraniteServiceVersion20100801.PutDashboard", {}));
    expect(jsonOf(reply)).toMatchObject({ message: "bad", dashboardValidationMessages: [{ DataPath: "/widgets/0", Message: "m" }] });
    expect(jsonOf(reply)).not.toHaveProperty("invented");
  });

  it("answers a bug of ours with 500 and tells whoever runs it", async () => {
    const told: unknown[] = [];
    const error = new TypeError("x is undefined");
    const reply = await (await wireOver(refusing(error), { onBug: (bug) => void told.push(bug) }))(jsonRequest("AWSEvents.ListRules", {}));
    expect([reply.status, jsonOf(reply)["__type"], told]).toEqual([500, "InternalFailure", [error]]);
  });

  it("uses the request id that the door gives a failure", async () => {
    const error = Object.assign(new ServiceError("X", "x"), { requestId: REQUEST_ID });
    const reply = await (await wireOver(refusing(error)))(jsonRequest("AWSEvents.ListRules", {}));
    expect(reply.headers["x-amzn-RequestId"]).toBe(REQUEST_ID);
  });
});

describe("REST-JSON", () => {
  it("names the error in a header and the message as the model does", async () => {
    const door = refusing(new ServiceError("ThrottledException", "Rate exceeded"));
    const reply = await (await wireOver(door))(
      restRequest("/TraceSummaries", { StartTime: 1700000000, EndTime: 1700000060 }, signed("xray")),
    );
    expect(door.asked[0]!.input).toEqual({ StartTime: 1700000000000, EndTime: 1700000060000 });
    expect([reply.status, reply.headers["x-amzn-ErrorType"], jsonOf(reply)]).toEqual([
      429,
      "ThrottledException",
      { Message: "Rate exceeded" },
    ]);
  });
});

describe("gzip bodies", () => {
  const gzip = async (text: string): Promise<Uint8Array> =>
    new Uint8Array(await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());

  it("are inflated before they are read", async () => {
    const door = fakeDoor();
    const request = {
      ...jsonRequest("GraniteServiceVersion20100801.PutMetricData", {}, { "content-encoding": "gzip" }),
      body: await gzip('{"Namespace":"n"}'),
    };
    expect((await (await wireOver(door))(request)).status).toBe(200);
    expect(door.asked[0]!.input).toEqual({ Namespace: "n" });
  });

  it("are refused with 413 when they inflate beyond the limit or are sent too large", async () => {
    const limits = { compressed: 2000, inflated: 10_000 };
    const wire = await wireOver(fakeDoor(), { limits });
    const bomb = {
      ...jsonRequest("Logs_20140328.PutLogEvents", {}, { "content-encoding": "gzip" }),
      body: await gzip(" ".repeat(1_000_000)),
    };
    expect(bomb.body.length).toBeLessThan(2000);
    expect((await wire(bomb)).status).toBe(413);
    expect((await wire(jsonRequest("Logs_20140328.PutLogEvents", " ".repeat(2001)))).status).toBe(413);
  });

  it("that are broken, or of another encoding, are refused", async () => {
    const wire = await wireOver(fakeDoor());
    const broken = { ...jsonRequest("Logs_20140328.PutLogEvents", {}, { "content-encoding": "gzip" }), body: new Uint8Array([1, 2, 3]) };
    expect(jsonOf(await wire(broken))["__type"]).toBe("com.amazon.coral.service#SerializationException");
    expect((await wire(jsonRequest("Logs_20140328.PutLogEvents", {}, { "content-encoding": "br" }))).status).toBe(415);
    expect((await wire(jsonRequest("Logs_20140328.PutLogEvents", {}, { "content-encoding": "amz-1.0" }))).status).toBe(200);
  });
});
