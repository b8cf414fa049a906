import { describe, expect, it } from "vitest";
import { recordInHistory as record } from "../../../../workers/services/cloudtrail/history.ts";
import * as looks from "../../../../workers/services/cloudtrail/looks.ts";
import * as lookup from "../../../../workers/services/cloudtrail/lookup-events.ts";
import { type AuditedCall, trailRecord } from "../../../../workers/services/cloudtrail/record.ts";
import { epochOf, resourceNames } from "../../../../workers/services/cloudtrail/view.ts";
import { bench, failure } from "../events/bench.ts";
import { atOnce } from "../harness.ts";

const { whyNotRecorded } = looks;
const lookupEvents = (...asked: Parameters<typeof lookup.lookupEvents>) => atOnce(lookup.lookupEvents(...asked));
const historyTable = (...asked: Parameters<typeof looks.historyTable>) => atOnce(looks.historyTable(...asked));

const call = (made: ReturnType<typeof bench>, over: Partial<AuditedCall> = {}): void =>
  record(
    made.ctx,
    trailRecord({
      identity: made.identity,
      eventSource: "monitoring.amazonaws.com",
      operation: "PutMetricAlarm",
      region: made.ctx.region,
      time: made.now,
      requestId: made.ctx.id("request"),
      eventId: made.ctx.uuid("event"),
      input: { AlarmName: "cpu" },
      trail: "management-write",
      via: "form",
      resources: ["arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu"],
      ...over,
    }),
  );

describe("event history", () => {
  it("finds a call by each attribute, exactly", () => {
    const made = bench();
    call(made, { eventId: "e-1" });
    call(made, { operation: "DescribeAlarms", trail: "management-read", resources: [] });
    const found = (AttributeKey: string, AttributeValue: string) =>
      lookupEvents(made.ctx, { LookupAttributes: [{ AttributeKey: AttributeKey as "EventId", AttributeValue }] }).Events?.map(
        (event) => event.EventName,
      );
    expect(found("EventId", "e-1")).toEqual(["PutMetricAlarm"]);
    expect(found("EventName", "DescribeAlarms")).toEqual(["DescribeAlarms"]);
    expect(found("EventName", "describeAlarms")).toEqual([]);
    expect(found("EventSource", "monitoring.amazonaws.com")).toHaveLength(2);
    expect(found("ReadOnly", "false")).toEqual(["PutMetricAlarm"]);
    expect(found("ReadOnly", "False")).toEqual([]);
    expect(found("ResourceName", "cpu")).toEqual(["PutMetricAlarm"]);
    expect(found("ResourceName", "pu")).toEqual([]);
    expect(found("ResourceName", "arn:aws:cloudwatch:us-east-1:123456789012:alarm:cpu")).toEqual(["PutMetricAlarm"]);
    expect(found("ResourceType", "AWS::CloudWatch::Alarm")).toEqual(["PutMetricAlarm"]);
    expect(found("Username", "developer")).toHaveLength(2);
    expect(found("AccessKeyId", "AKIAIOSFODNN7EXAMPLE")).toHaveLength(2);
  });

  it("answers the record as text with the columns beside it", () => {
    const made = bench();
    call(made);
    const [event] = lookupEvents(made.ctx, {}).Events ?? [];
    expect(event).toMatchObject({
      ReadOnly: "false",
      EventTime: made.now,
      Username: "developer",
      Resources: [{ ResourceType: "AWS::CloudWatch::Alarm" }],
    });
    expect(JSON.parse(event?.CloudTrailEvent ?? "")).toMatchObject({ eventVersion: "1.11", eventName: "PutMetricAlarm" });
  });

  it("keeps data events out, forgets after 90 days, and keeps Regions apart", () => {
    const made = bench();
    call(made, { operation: "Publish", trail: "data" });
    call(made, { region: "eu-west-1" });
    call(made);
    expect(lookupEvents(made.ctx, {}).Events).toHaveLength(1);
    made.now += 90 * 86_400_000;
    expect(lookupEvents(made.ctx, {}).Events).toHaveLength(1);
    made.now += 1;
    expect(lookupEvents(made.ctx, {}).Events).toHaveLength(0);
    call(made, { operation: "DeleteAlarms" });
    expect(historyTable(made.ctx).total).toBe(1);
  });

  it("pages 50 at a time without losing or doubling, even while events come in", () => {
    const made = bench();
    for (let i = 0; i < 120; i++) {
      made.now += i % 3 === 0 ? 1000 : 0;
      call(made);
    }
    const seen: string[] = [];
    let NextToken: string | undefined;
    do {
      const page = lookupEvents(made.ctx, NextToken === undefined ? {} : { NextToken });
      seen.push(...(page.Events ?? []).map((event) => event.EventId ?? ""));
      NextToken = page.NextToken;
      call(made, { eventId: `late-${seen.length}` });
    } while (NextToken !== undefined);
    expect(seen).toHaveLength(120);
    expect(new Set(seen).size).toBe(120);
    expect(seen.some((id) => id.startsWith("late"))).toBe(false);
  });

  it.each([
    [{ MaxResults: 0 }, "InvalidMaxResultsException"],
    [{ MaxResults: 51 }, "InvalidMaxResultsException"],
    [{ StartTime: 2, EndTime: 1 }, "InvalidTimeRangeException"],
    [{ NextToken: "nonsense" }, "InvalidNextTokenException"],
    [{ NextToken: btoa("1.000000000001.other") }, "InvalidNextTokenException"],
    [{ LookupAttributes: [{ AttributeKey: "Colour", AttributeValue: "red" }] }, "InvalidLookupAttributesException"],
    [{ EventCategory: "management" }, "InvalidEventCategoryException"],
    [
      { EventCategory: "insight", LookupAttributes: [{ AttributeKey: "Username", AttributeValue: "alice" }] },
      "InvalidLookupAttributesException",
    ],
  ])("refuses %o", (input, code) => {
    expect(failure(() => lookupEvents(bench().ctx, input as never)).code).toBe(code);
  });

  it("refuses a token under other parameters", () => {
    const made = bench();
    for (let i = 0; i < 3; i++) call(made);
    const { NextToken = "" } = lookupEvents(made.ctx, { MaxResults: 1 });
    expect(lookupEvents(made.ctx, { MaxResults: 2, NextToken }).Events).toHaveLength(2);
    expect(failure(() => lookupEvents(made.ctx, { StartTime: 0, NextToken })).code).toBe("InvalidNextTokenException");
  });

  it("filters its table by attribute, time and free text", () => {
    const made = bench();
    call(made);
    made.now += 60_000;
    call(made, { operation: "DeleteAlarms", error: { code: "ResourceNotFound", message: "no such alarm" }, resources: [] });
    expect(historyTable(made.ctx, { attribute: { key: "EventName", value: "DeleteAlarms" } }).rows[0]).toMatchObject({
      errorCode: "ResourceNotFound",
      userName: "developer",
    });
    expect(historyTable(made.ctx, { text: "NO SUCH" }).total).toBe(1);
    expect(historyTable(made.ctx, { touching: "cpu" }).rows.map((row) => row.relation)).toContain("on");
    expect(historyTable(made.ctx, { touching: "nothing" }).total).toBe(0);
    expect(historyTable(made.ctx, { end: made.now - 1 }).rows.map((row) => row.eventName)).toEqual(["PutMetricAlarm"]);
    expect(historyTable(made.ctx, { offset: 1, limit: 1 }).rows.map((row) => row.eventName)).toEqual(["PutMetricAlarm"]);
  });

  it("says why a call is not recorded", () => {
    const trail = {
      sns: { Publish: "data", CreateTopic: "management-write" },
      events: { PutEvents: "never" },
      cloudwatch: { DescribeAlarms: "management-read" },
    } as const;
    const why = (service: string, operation: string) => whyNotRecorded(bench().ctx, { service, operation, trail }).sentence;
    expect(why("sns", "Publish")).toContain("data event");
    expect(why("sns", "CreateTopic")).toContain("management event");
    expect(why("events", "PutEvents")).toContain("no CloudTrail record");
    expect(why("cloudwatch", "DescribeAlarms")).toContain("Read-only");
    expect(why("ec2", "RunInstances")).toContain("not built");
  });

  it("reads the times of records and nothing else", () => {
    expect(epochOf("2024-09-22T12:00:00Z")).toBe(1_727_006_400_000);
    expect(epochOf("2024-09-22 12:00:00")).toBeUndefined();
  });

  it("finds a resource by its ARN, by what the ARN names, and by the ends of that", () => {
    expect(resourceNames("arn:aws:logs:us-east-1:1:log-group:/shop/web")).toEqual([
      "arn:aws:logs:us-east-1:1:log-group:/shop/web",
      "log-group:/shop/web",
      "/shop/web",
      "shop/web",
      "web",
    ]);
    expect(resourceNames("arn:aws:s3:::b/k")).toEqual(["arn:aws:s3:::b/k", "b/k", "k"]);
    expect(resourceNames("plain")).toEqual(["plain"]);
  });
});
