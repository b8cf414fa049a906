import { describe, expect, it } from "vitest";
import type { ServiceModel } from "../../../../workers/model/shapes.ts";
import { type AuditedCall, HIDDEN, trailRecord } from "../../../../workers/services/cloudtrail/record.ts";

const CALL: AuditedCall = {
  identity: {
    id: "developer",
    type: "IAMUser",
    accountId: "123456789012",
    arn: "arn:aws:iam::123456789012:user/developer",
    principalId: "AIDAEXAMPLE",
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    userName: "developer",
  },
  eventSource: "monitoring.amazonaws.com",
  operation: "PutMetricAlarm",
  apiVersion: "2010-08-01",
  region: "us-east-1",
  time: 1_727_006_400_999,
  requestId: "r",
  eventId: "e",
  input: { AlarmName: "cpu", OKActions: ["arn:x"], Dimensions: [{ Name: "InstanceId", Value: "i-1" }], Threshold: 50 },
  output: {},
  trail: "management-write",
  via: "form",
  resources: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu"],
};

describe("the record of a call", () => {
  it("has its fields in the order of real records", () => {
    expect(Object.keys(trailRecord({ ...CALL, error: { code: "X", message: "y" } }))).toEqual([
      "eventVersion",
      "userIdentity",
      "eventTime",
      "eventSource",
      "eventName",
      "awsRegion",
      "sourceIPAddress",
      "userAgent",
      "errorCode",
      "errorMessage",
      "requestParameters",
      "responseElements",
      "requestID",
      "eventID",
      "readOnly",
      "resources",
      "eventType",
      "apiVersion",
      "managementEvent",
      "recipientAccountId",
      "eventCategory",
      "sessionCredentialFromConsole",
    ]);
  });

  it("writes whole seconds, small first letters, and no response where there is none", () => {
    expect(trailRecord(CALL)).toMatchObject({
      eventVersion: "1.11",
      eventTime: "2024-09-22T12:00:00Z",
      requestParameters: { alarmName: "cpu", oKActions: ["arn:x"], dimensions: [{ name: "InstanceId", value: "i-1" }], threshold: 50 },
      responseElements: null,
      readOnly: false,
      managementEvent: true,
      eventCategory: "Management",
      sessionCredentialFromConsole: "true",
      resources: [
        { accountId: "123456789012", type: "AWS::CloudWatch::Alarm", ARN: "arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu" },
      ],
    });
  });

  it("gives response elements for writes only, and none when they failed", () => {
    const output = { TopicArn: "arn:t" };
    expect(trailRecord({ ...CALL, output })["responseElements"]).toEqual({ topicArn: "arn:t" });
    expect(trailRecord({ ...CALL, output, trail: "management-read" })).toMatchObject({ responseElements: null, readOnly: true });
    expect(trailRecord({ ...CALL, output, error: { code: "AccessDenied", message: "no" } })).toMatchObject({
      responseElements: null,
      errorCode: "AccessDenied",
      errorMessage: "no",
    });
  });

  it("writes null for a request without parameters and leaves resources out when there are none", () => {
    const written = trailRecord({ ...CALL, input: {}, resources: ["*", "arn:aws:logs:us-east-1:1:log-group:*"] });
    expect(written["requestParameters"]).toBeNull();
    expect(written).not.toHaveProperty("resources");
  });

  it("keeps map keys, writes times as text and drops blobs when the model tells which is which", () => {
    const model = {
      service: "x",
      metadata: { apiVersion: "1", endpointPrefix: "x", serviceId: "X", protocol: "json" },
      operations: { PutMetricAlarm: { name: "PutMetricAlarm", http: { method: "POST", requestUri: "/" }, input: "In" } },
      shapes: {
        In: {
          type: "structure",
          members: { Tags: { shape: "Map" }, StartTime: { shape: "Time" }, Body: { shape: "Blob" }, Count: { shape: "Long" } },
        },
        Map: { type: "map", key: { shape: "Text" }, value: { shape: "Text" } },
        Text: { type: "string" },
        Time: { type: "timestamp" },
        Blob: { type: "blob" },
        Long: { type: "long" },
      },
    } satisfies ServiceModel;
    const input = { Tags: { Env: "prod" }, StartTime: 1_688_385_762_000, Body: Uint8Array.of(1), Count: 1_688_385_762_000 };
    expect(trailRecord({ ...CALL, input, model })["requestParameters"]).toEqual({
      tags: { Env: "prod" },
      startTime: "Jul 3, 2023, 12:02:42 PM",
      count: 1_688_385_762_000,
    });
    expect(trailRecord({ ...CALL, input: { StartTime: 1_688_342_400_000 }, model })["requestParameters"]).toEqual({
      startTime: "Jul 3, 2023, 12:00:00 AM",
    });
  });

  it("records refused calls whose input no JSON can hold, and only the size of one above 100 KB", () => {
    const odd = { A: Number.NaN, B: Number.POSITIVE_INFINITY, C: 12n, D: undefined, E: [Number.NaN, undefined, Uint8Array.of(1)] };
    expect(trailRecord({ ...CALL, input: odd })["requestParameters"]).toEqual({ a: "NaN", b: "Infinity", c: "12", e: ["NaN", null, null] });
    expect(trailRecord({ ...CALL, input: { Body: "x".repeat(102_400) } })["requestParameters"]).toMatchObject({
      omitted: true,
      originalSize: 102_411,
    });
    expect(trailRecord({ ...CALL, input: { Body: "x".repeat(102_389) } })["requestParameters"]).toHaveProperty("body");
  });

  it("hides what is secret", () => {
    const published = trailRecord({
      ...CALL,
      eventSource: "sns.amazonaws.com",
      operation: "Publish",
      trail: "data",
      input: { TopicArn: "arn:t", Message: "secret", Subject: "s" },
    });
    expect(published["requestParameters"]).toEqual({ topicArn: "arn:t", message: HIDDEN, subject: HIDDEN });
    expect(published).toMatchObject({ eventCategory: "Data", managementEvent: false, readOnly: false });
    expect(JSON.stringify(published)).not.toContain("secret");
  });

  it.each([
    ["form", "console.amazonaws.com"],
    ["panel", "console.amazonaws.com"],
    ["terminal", "aws-cli/2."],
    ["sdk", "aws-sdk-js/"],
  ])("tells by the user agent that a call came by %s", (via, start) => {
    const written = trailRecord({ ...CALL, via });
    expect(String(written["userAgent"]).startsWith(start)).toBe(true);
    expect("sessionCredentialFromConsole" in written).toBe(start.startsWith("console"));
  });

  it("names the command in the agent text of the CLI", () => {
    expect(trailRecord({ ...CALL, via: "terminal" })["userAgent"]).toContain("md/command#cloudwatch.put-metric-alarm");
    expect(trailRecord({ ...CALL, via: "terminal", userAgent: "mine/1" })["userAgent"]).toBe("mine/1");
  });

  it("writes the API version as each service does", () => {
    expect(trailRecord(CALL)["apiVersion"]).toBe("2010-08-01");
    expect(trailRecord({ ...CALL, eventSource: "logs.amazonaws.com", apiVersion: "2014-03-28" })["apiVersion"]).toBe("20140328");
  });

  it("gives each kind of identity its own fields", () => {
    const who = (identity: Partial<AuditedCall["identity"]>) =>
      trailRecord({ ...CALL, identity: { id: "x", type: "Root", accountId: "123456789012", ...identity } })["userIdentity"];
    expect(who({ type: "AWSService", id: "logs.amazonaws.com" })).toEqual({ type: "AWSService", invokedBy: "logs.amazonaws.com" });
    expect(who({ type: "Root" })).toEqual({
      type: "Root",
      principalId: "123456789012",
      arn: "arn:aws:iam::123456789012:root",
      accountId: "123456789012",
    });
    expect(who(CALL.identity)).toEqual({
      type: "IAMUser",
      principalId: "AIDAEXAMPLE",
      arn: "arn:aws:iam::123456789012:user/developer",
      accountId: "123456789012",
      accessKeyId: "AKIAIOSFODNN7EXAMPLE",
      userName: "developer",
    });
    expect(
      who({ type: "AssumedRole", principalId: "AROA1:s1", arn: "arn:aws:sts::123456789012:assumed-role/app/s1", accessKeyId: "ASIA1" }),
    ).toMatchObject({
      principalId: "AROA1:s1",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROA1",
          arn: "arn:aws:iam::123456789012:role/app",
          accountId: "123456789012",
          userName: "app",
        },
        webIdFederationData: {},
        attributes: { creationDate: "2024-09-22T12:00:00Z", mfaAuthenticated: "false" },
      },
    });
    expect(
      trailRecord({ ...CALL, via: "service", identity: { id: "logs.amazonaws.com", type: "AWSService", accountId: "123456789012" } }),
    ).toMatchObject({
      sourceIPAddress: "logs.amazonaws.com",
      userAgent: "logs.amazonaws.com",
    });
  });
});
