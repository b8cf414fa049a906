import { describe, expect, it } from "vitest";
import type { Operations } from "../../../../workers/model/generated/xray.ts";
import { xray } from "../../../../workers/services/xray/definition.ts";
import { type Harness, harness } from "../harness.ts";

const NOW = 1_727_049_600_000;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

type Name = keyof Operations;
const call = async <N extends Name>(service: Harness, name: N, input: Operations[N]["input"]): Promise<Operations[N]["output"]> =>
  await service.call<Operations[N]["output"]>(name, input as object);

/** Puts one trace per entry, a second apart, ending just before `NOW`. */
async function shop(service: Harness, traces: readonly object[]): Promise<readonly string[]> {
  const ids: string[] = [];
  for (const [at, members] of traces.entries()) {
    const began = NOW / 1000 - traces.length + at;
    const trace_id = `1-${hex(began, 8)}-${hex(at, 24)}`;
    ids.push(trace_id);
    const document = { name: "web", id: hex(at + 1, 16), trace_id, start_time: began, end_time: began + 0.5, ...members };
    const { UnprocessedTraceSegments } = await call(service, "PutTraceSegments", { TraceSegmentDocuments: [JSON.stringify(document)] });
    expect(UnprocessedTraceSegments).toEqual([]);
  }
  return ids;
}
const range = { StartTime: NOW - 3_600_000, EndTime: NOW };

describe("GetTraceSummaries", () => {
  it("walks back from the newest, a hundred a page, undisturbed by what comes meanwhile", async () => {
    const service = harness(xray, { now: NOW });
    const ids = await shop(
      service,
      Array.from({ length: 250 }, (_, at) => (at % 2 === 0 ? { fault: true } : {})),
    );
    const first = await call(service, "GetTraceSummaries", range);
    await shop(service, [{ id: hex(9999, 16) }]);
    const seen = [...(first.TraceSummaries ?? [])];
    let processed = first.TracesProcessedCount ?? 0;
    for (let token = first.NextToken; token !== undefined; ) {
      const page = await call(service, "GetTraceSummaries", { ...range, NextToken: token });
      seen.push(...(page.TraceSummaries ?? []));
      processed += page.TracesProcessedCount ?? 0;
      token = page.NextToken;
    }
    expect(seen.map(({ Id }) => Id)).toEqual([...ids].reverse());
    expect(processed).toBe(250);
    const faults = await call(service, "GetTraceSummaries", { ...range, FilterExpression: "fault" });
    expect(faults.TraceSummaries).toHaveLength(100);
    expect(faults.NextToken).toBeDefined();
    await expect(call(service, "GetTraceSummaries", { ...range, NextToken: faults.NextToken ?? "" })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await expect(call(service, "GetTraceSummaries", { ...range, NextToken: "%" })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
  });

  it("shows a trace as the guide does", async () => {
    const service = harness(xray, { now: NOW });
    const call1 = {
      id: hex(77, 16),
      name: "DynamoDB",
      namespace: "aws",
      aws: { table_name: "users" },
      fault: true,
      start_time: NOW / 1000 - 1,
      end_time: NOW / 1000 - 0.6,
      cause: { exceptions: [{ id: hex(5, 16), type: "Throttled", message: "slow down" }] },
    };
    const [id] = await shop(service, [
      {
        origin: "AWS::EC2::Instance",
        fault: true,
        user: "alice",
        resource_arn: "arn:x",
        http: { request: { url: "http://a/", method: "GET" }, response: { status: 500 } },
        aws: { ec2: { instance_id: "i-1", availability_zone: "us-east-1a" } },
        annotations: { tier: "pro", n: 3 },
        subsegments: [call1],
      },
    ]);
    const { TraceSummaries } = await call(service, "GetTraceSummaries", range);
    const root = { Name: "web", Names: ["web"], Type: "AWS::EC2::Instance" };
    const users = { Name: "users", Names: ["users"], Type: "AWS::DynamoDB::Table" };
    const fault = {
      ClientImpacting: true,
      Services: [
        { ...root, Inferred: false, EntityPath: [{ Name: "web", Remote: false, Exceptions: [] }] },
        {
          ...users,
          Inferred: true,
          EntityPath: [{ Name: "users", Remote: true, Exceptions: [{ Name: "Throttled", Message: "slow down" }] }],
        },
      ],
    };
    expect(TraceSummaries).toEqual([
      {
        Id: id,
        StartTime: NOW - 1000,
        Duration: 0.5,
        ResponseTime: 0.5,
        HasFault: true,
        HasError: false,
        HasThrottle: false,
        IsPartial: false,
        Http: { HttpURL: "http://a/", HttpStatus: 500, HttpMethod: "GET" },
        Annotations: {
          tier: [{ AnnotationValue: { StringValue: "pro" }, ServiceIds: [root] }],
          n: [{ AnnotationValue: { NumberValue: 3 }, ServiceIds: [root] }],
        },
        Users: [{ UserName: "alice", ServiceIds: [root] }],
        ServiceIds: [root, users],
        ResourceARNs: [{ ARN: "arn:x" }],
        InstanceIds: [{ Id: "i-1" }],
        AvailabilityZones: [{ Name: "us-east-1a" }],
        EntryPoint: root,
        FaultRootCauses: [fault],
        ErrorRootCauses: [],
        ResponseTimeRootCauses: [
          {
            ClientImpacting: true,
            Services: [
              { ...root, Inferred: false, EntityPath: [{ Name: "web", Remote: false, Coverage: 1 }] },
              { ...users, Inferred: true, EntityPath: [{ Name: "users", Remote: true, Coverage: 0.8 }] },
            ],
          },
        ],
        Revision: 1,
      },
    ]);
  });

  it("looks by the time in the id, by activity, or by the end of a segment", async () => {
    const service = harness(xray, { now: NOW });
    const late = { subsegments: [{ id: hex(50, 16), name: "## mail", start_time: NOW / 1000 - 1, end_time: NOW / 1000 + 60 }] };
    await shop(service, [late]);
    const found = async (from: number, to: number, TimeRangeType: "TraceId" | "Event" | "Service") =>
      (await call(service, "GetTraceSummaries", { StartTime: NOW + from, EndTime: NOW + to, TimeRangeType })).TraceSummaries?.length;
    expect(await found(-1000, 0, "TraceId")).toBe(1);
    expect(await found(-60_000, -1000, "TraceId")).toBe(0);
    expect(await found(30_000, 40_000, "Event")).toBe(1);
    expect(await found(30_000, 40_000, "Service")).toBe(0);
    expect(await found(-600, -400, "Service")).toBe(1);
    await expect(found(0, -1, "Event")).rejects.toMatchObject({ code: "InvalidRequestException" });
  });

  it("answers a part where it is asked for one, and the same part again", async () => {
    const service = harness(xray, { now: NOW });
    await shop(
      service,
      Array.from({ length: 80 }, () => ({})),
    );
    const input = { ...range, Sampling: true, SamplingStrategy: { Name: "FixedRate" as const, Value: 0.25 } };
    const part = await call(service, "GetTraceSummaries", input);
    expect(part.TraceSummaries?.length).toBeGreaterThan(5);
    expect(part.TraceSummaries?.length).toBeLessThan(45);
    expect(await call(service, "GetTraceSummaries", input)).toEqual(part);
    await expect(call(service, "GetTraceSummaries", { ...input, SamplingStrategy: { Value: 2 } })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
  });
});

describe("groups", () => {
  it("take traces as they arrive: a change does not touch the past", async () => {
    const service = harness(xray, { now: NOW - 10_000 });
    const { Group } = await call(service, "CreateGroup", { GroupName: "bad", FilterExpression: "fault" });
    expect(Group?.GroupARN).toMatch(/^arn:aws:xray:us-east-1:123456789012:group\/bad\/[A-Z0-9]+$/);
    await shop(service, [{ fault: true }, {}]);
    service.now = NOW - 5000;
    await call(service, "UpdateGroup", { GroupName: "bad", FilterExpression: "ok" });
    await shop(service, [{ fault: true, id: hex(8, 16), name: "late" }]);
    service.now = NOW;
    const graph = await call(service, "GetServiceGraph", { ...range, GroupName: "bad" });
    expect(graph.ContainsOldGroupVersions).toBe(true);
    const web = graph.Services?.find(({ State }) => State === "active");
    expect([web?.SummaryStatistics?.FaultStatistics?.TotalCount, web?.SummaryStatistics?.OkCount]).toEqual([1, 0]);
    const whole = await call(service, "GetServiceGraph", { ...range, GroupName: "Default" });
    expect(whole.Services?.filter(({ State }) => State === "active").map(({ SummaryStatistics }) => SummaryStatistics?.TotalCount)).toEqual(
      [1, 2],
    );
    expect(whole.ContainsOldGroupVersions).toBe(false);
    const found = await call(service, "GetTraceSummaries", { ...range, FilterExpression: 'group.name = "bad"' });
    expect(found.TraceSummaries).toHaveLength(1);
  });

  it("are refused by name, expression, count and configuration, and found by name or ARN", async () => {
    const service = harness(xray);
    const refused = (input: Operations["CreateGroup"]["input"]) =>
      expect(call(service, "CreateGroup", input)).rejects.toMatchObject({ code: "InvalidRequestException" });
    await refused({ GroupName: "a b" });
    await refused({ GroupName: "Default" });
    await refused({ GroupName: "g", FilterExpression: "fault AND" });
    await refused({ GroupName: "g", InsightsConfiguration: { NotificationsEnabled: true } });
    const { Group } = await call(service, "CreateGroup", { GroupName: "g", Tags: [{ Key: "a", Value: "1" }] });
    await refused({ GroupName: "g" });
    const GroupARN = Group?.GroupARN ?? "";
    expect((await call(service, "GetGroup", { GroupARN })).Group?.GroupName).toBe("g");
    expect((await call(service, "ListTagsForResource", { ResourceARN: GroupARN })).Tags).toEqual([{ Key: "a", Value: "1" }]);
    await call(service, "TagResource", { ResourceARN: GroupARN, Tags: [{ Key: "b", Value: "2" }] });
    await call(service, "UntagResource", { ResourceARN: GroupARN, TagKeys: ["a"] });
    expect((await call(service, "ListTagsForResource", { ResourceARN: GroupARN })).Tags).toEqual([{ Key: "b", Value: "2" }]);
    await call(service, "DeleteGroup", { GroupARN });
    await expect(call(service, "GetGroup", { GroupName: "g" })).rejects.toMatchObject({ code: "InvalidRequestException" });
    await expect(call(service, "ListTagsForResource", { ResourceARN: GroupARN })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
    });
    for (let at = 0; at < 25; at++) await call(service, "CreateGroup", { GroupName: `g${at}` });
    await refused({ GroupName: "g25" });
    expect((await call(service, "GetGroups", {})).Groups).toHaveLength(25);
  });
});

const RULE = {
  RuleName: "r",
  ResourceARN: "*",
  Priority: 100,
  FixedRate: 0.1,
  ReservoirSize: 10,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  Version: 1,
};

describe("sampling", () => {
  it("has Default always, in which only rate and reservoir change", async () => {
    const service = harness(xray);
    const { SamplingRuleRecords } = await call(service, "GetSamplingRules", {});
    expect(SamplingRuleRecords).toMatchObject([
      { SamplingRule: { RuleName: "Default", Priority: 10_000, FixedRate: 0.05, ReservoirSize: 1 }, CreatedAt: 0 },
    ]);
    const update = (changes: object) => call(service, "UpdateSamplingRule", { SamplingRuleUpdate: { RuleName: "Default", ...changes } });
    expect((await update({ FixedRate: 0.5, ReservoirSize: 3 })).SamplingRuleRecord?.SamplingRule).toMatchObject({
      FixedRate: 0.5,
      ReservoirSize: 3,
    });
    await expect(update({ Host: "x" })).rejects.toMatchObject({
      code: "InvalidRequestException",
      message: "Invalid update request for default sampling rule",
    });
    await expect(call(service, "DeleteSamplingRule", { RuleName: "Default" })).rejects.toMatchObject({ code: "InvalidRequestException" });
  });

  it("keeps 25 rules, each once, and lists them as they are tried", async () => {
    const service = harness(xray);
    for (let at = 0; at < 25; at++)
      await call(service, "CreateSamplingRule", { SamplingRule: { ...RULE, RuleName: `r${at}`, Priority: 50 - at } });
    await expect(call(service, "CreateSamplingRule", { SamplingRule: RULE })).rejects.toMatchObject({ code: "RuleLimitExceededException" });
    const names = ((await call(service, "GetSamplingRules", {})).SamplingRuleRecords ?? []).map(
      ({ SamplingRule }) => SamplingRule?.RuleName,
    );
    expect([names[0], names[24], names[25]]).toEqual(["r24", "r0", "Default"]);
    await call(service, "DeleteSamplingRule", { RuleARN: "arn:aws:xray:us-east-1:123456789012:sampling-rule/r3" });
    await expect(call(service, "DeleteSamplingRule", { RuleName: "r3" })).rejects.toMatchObject({ code: "InvalidRequestException" });
    await expect(call(service, "CreateSamplingRule", { SamplingRule: { ...RULE, RuleName: "r4" } })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await expect(call(service, "CreateSamplingRule", { SamplingRule: { ...RULE, Version: 2 } })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
  });

  it("shares a reservoir among the clients of the last thirty seconds by their requests", async () => {
    const service = harness(xray, { now: NOW });
    await call(service, "CreateSamplingRule", { SamplingRule: RULE });
    const report = async (client: string, RequestCount: number, RuleName = "r") =>
      await call(service, "GetSamplingTargets", {
        SamplingStatisticsDocuments: [
          { RuleName, ClientID: client.repeat(24), Timestamp: service.now, RequestCount, SampledCount: 1, BorrowCount: 2 },
        ],
      });
    await report("a", 300);
    await report("b", 100);
    expect((await report("c", 100)).SamplingTargetDocuments).toEqual([
      { RuleName: "r", FixedRate: 0.1, ReservoirQuota: 2, ReservoirQuotaTTL: NOW + 300_000, Interval: 10 },
    ]);
    expect((await report("a", 300)).SamplingTargetDocuments?.[0]?.ReservoirQuota).toBe(6);
    service.now = NOW + 31_000;
    const later = await report("b", 0);
    expect(later.SamplingTargetDocuments?.[0]?.ReservoirQuota).toBe(10);
    expect(later.LastRuleModification).toBe(NOW);
    expect((await report("b", 0, "none")).UnprocessedStatistics).toMatchObject([{ RuleName: "none", ErrorCode: "RuleNotFound" }]);
    await expect(report("z", 0)).rejects.toMatchObject({ code: "InvalidRequestException" });
    expect((await call(service, "GetSamplingStatisticSummaries", {})).SamplingStatisticSummaries).toEqual([
      { RuleName: "r", Timestamp: NOW, RequestCount: 800, BorrowCount: 8, SampledCount: 4 },
      { RuleName: "r", Timestamp: NOW + 30_000, RequestCount: 0, BorrowCount: 2, SampledCount: 1 },
    ]);
  });

  it("says why a request would be sampled", async () => {
    const service = harness(xray, { now: NOW });
    await call(service, "CreateSamplingRule", { SamplingRule: { ...RULE, URLPath: "/api/*", ReservoirSize: 0 } });
    expect(await service.look("whySampled", { request: { path: "/api/1" }, drawn: 0.05 })).toMatchObject({
      isSampled: true,
      rule: "r",
      decision: "rate",
    });
    const no = await service.look<object>("whySampled", { request: { path: "/api/1" }, drawn: 0.1 });
    expect(no).toMatchObject({
      isSampled: false,
      because: { reason: "the reservoir is 0; not drawn for the rate of 10 %" },
      shownRule: { SamplingRule: { RuleName: "r" } },
    });
    expect(await service.look("whySampled", { request: { path: "/" } })).toMatchObject({
      isSampled: true,
      rule: "Default",
      decision: "borrow",
    });
  });
});

describe("the rest of X-Ray", () => {
  it("counts requests of a node or an edge per minute", async () => {
    const service = harness(xray, { now: NOW });
    await shop(
      service,
      Array.from({ length: 90 }, (_, at) => (at < 30 ? { fault: true } : {})),
    );
    const input = { StartTime: NOW - 120_000, EndTime: NOW, EntitySelectorExpression: 'service("web")' };
    const { TimeSeriesServiceStatistics } = await call(service, "GetTimeSeriesServiceStatistics", input);
    expect(
      TimeSeriesServiceStatistics?.map(({ Timestamp, ServiceSummaryStatistics }) => [
        Timestamp,
        ServiceSummaryStatistics?.TotalCount,
        ServiceSummaryStatistics?.FaultStatistics?.TotalCount,
      ]),
    ).toEqual([
      [NOW - 120_000, 30, 30],
      [NOW - 60_000, 60, 0],
    ]);
    const edges = await call(service, "GetTimeSeriesServiceStatistics", {
      ...input,
      EntitySelectorExpression: undefined as never,
      Period: 300,
    });
    expect(edges.TimeSeriesServiceStatistics?.map(({ EdgeSummaryStatistics }) => EdgeSummaryStatistics?.TotalCount)).toEqual([90]);
    await expect(call(service, "GetTimeSeriesServiceStatistics", { ...input, Period: 61 })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await expect(call(service, "GetTimeSeriesServiceStatistics", { ...input, EntitySelectorExpression: "fault" })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await expect(call(service, "GetTimeSeriesServiceStatistics", { ...input, ForecastStatistics: true })).rejects.toMatchObject({
      code: "NotImplemented",
    });
  });

  it("keeps one encryption configuration", async () => {
    const service = harness(xray);
    expect((await call(service, "GetEncryptionConfig", {})).EncryptionConfig).toEqual({ Type: "NONE", Status: "ACTIVE" });
    await expect(call(service, "PutEncryptionConfig", { Type: "KMS" })).rejects.toMatchObject({ code: "InvalidRequestException" });
    await expect(call(service, "PutEncryptionConfig", { Type: "KMS", KeyId: "a b" })).rejects.toMatchObject({
      code: "InvalidRequestException",
    });
    await call(service, "PutEncryptionConfig", { Type: "KMS", KeyId: "alias/traces" });
    expect((await call(service, "GetEncryptionConfig", {})).EncryptionConfig).toEqual({
      Type: "KMS",
      KeyId: "alias/traces",
      Status: "ACTIVE",
    });
  });

  it("adds up what daemons report", async () => {
    const service = harness(xray, { now: NOW });
    const record = { Timestamp: NOW, SegmentsReceivedCount: 5, SegmentsSentCount: 4, SegmentsRejectedCount: 1 };
    await call(service, "PutTelemetryRecords", { TelemetryRecords: [record, record], Hostname: "h" });
    await call(service, "PutTelemetryRecords", { TelemetryRecords: [record], Hostname: "h" });
    expect(service.context().docs("daemon").get("h")).toMatchObject({ received: 15, sent: 12, rejected: 3, spilled: 0 });
    await expect(
      call(service, "PutTelemetryRecords", { TelemetryRecords: Array.from({ length: 11 }, () => record) }),
    ).rejects.toMatchObject({ code: "InvalidRequestException" });
  });

  it("draws a trace: every span with its place, offset and document", async () => {
    const service = harness(xray, { now: NOW });
    const began = NOW / 1000 - 1;
    const inner = {
      id: hex(3, 16),
      name: "api",
      namespace: "remote",
      start_time: began + 0.25,
      end_time: began + 0.375,
      http: { request: { traced: true } },
    };
    const code = { id: hex(2, 16), name: "## work", start_time: began + 0.125, end_time: began + 0.4375, subsegments: [inner] };
    const [id] = await shop(service, [{ subsegments: [code] }]);
    interface View {
      readonly duration: number;
      readonly spans: readonly {
        readonly id: string;
        readonly kind: string;
        readonly parent: number;
        readonly depth: number;
        readonly offset: number;
        readonly duration: number;
        readonly isBroken: boolean;
        readonly document: object;
      }[];
      readonly raw: readonly string[];
    }
    const view = await service.look<View>("trace", { id });
    expect(
      view.spans.map(({ id: span, kind, parent, depth, offset, duration, isBroken }) => [
        Number(span),
        kind,
        parent,
        depth,
        offset,
        duration,
        isBroken,
      ]),
    ).toEqual([
      [1, "segment", -1, 0, 0, 500_000, false],
      [2, "code", 0, 1, 125_000, 312_500, false],
      [3, "call", 1, 2, 250_000, 125_000, true],
    ]);
    expect(view.spans[2]?.document).toMatchObject({ name: "api", http: { request: { traced: true } } });
    expect(view.spans[1]?.document).not.toHaveProperty("subsegments");
    expect(view.raw).toHaveLength(1);
    expect(await service.look("trace", { id: "1-66f0af80-0000000000000000000000ff" })).toBeUndefined();
  });

  it("draws the map with states, and only what a filter selects", async () => {
    const service = harness(xray, { now: NOW });
    expect(await service.look("traceMap", { from: NOW - 60_000, to: NOW })).toEqual({ nodes: [], edges: [], traces: 0 });
    await shop(service, [{ fault: true }, {}, { error: true, name: "other" }]);
    interface TraceMapView {
      readonly traces: number;
      readonly nodes: readonly {
        readonly name: string;
        readonly kind: string;
        readonly state: string;
        readonly perMinute: number;
        readonly averageSeconds?: number;
      }[];
    }
    const map = async (filter?: string) =>
      await service.look<TraceMapView>("traceMap", { from: NOW - 120_000, to: NOW, ...(filter === undefined ? {} : { filter }) });
    const all = await map();
    expect(all.traces).toBe(3);
    expect(all.nodes.map(({ name, kind, state }) => [name, kind, state])).toEqual([
      ["other", "service", "error"],
      ["other", "client", "none"],
      ["web", "service", "fault"],
      ["web", "client", "none"],
    ]);
    expect(all.nodes[2]).toMatchObject({ perMinute: 1, averageSeconds: 0.5 });
    expect((await map("!fault AND !error")).nodes.map(({ name, state }) => [name, state])).toEqual([
      ["web", "ok"],
      ["web", "none"],
    ]);
  });

  it("previews a filter: what it selects and why, or where it is wrong", async () => {
    const service = harness(xray, { now: NOW });
    const [id] = await shop(service, [{ fault: true, annotations: { tier: "pro" }, user: "alice" }, {}]);
    const preview = async (expression: string, traceId?: string) =>
      await service.look<object>("filterPreview", {
        expression,
        from: NOW - 60_000,
        to: NOW,
        ...(traceId === undefined ? {} : { traceId }),
      });
    expect(await preview("fault &")).toMatchObject({ error: { from: 6, to: 7, hint: "This character has no meaning here." }, matched: 0 });
    expect(await preview("fault", id)).toMatchObject({
      scanned: 2,
      matched: 1,
      newest: [{ Id: id }],
      why: { traceId: id, because: { verdict: true } },
    });
    expect(await preview("fault")).toMatchObject({ why: { because: { verdict: false } } });
    expect(await preview("")).toMatchObject({ scanned: 2, matched: 2 });
    expect(await service.look("filterNames", {})).toMatchObject({ annotations: ["tier"], services: ["web"], values: { user: ["alice"] } });
  });
});
