import * as xray from "@aws-sdk/client-xray";
import { describe, expect, it } from "vitest";
import { START } from "../../unit/account/engine-harness.ts";
import { openBook } from "./book.ts";

const book = await openBook();
const client = new xray.XRayClient(book.settings);
const send = (command: object): Promise<unknown> => client.send(command as never);
const ok = (command: object) => book.ok(send, command);
const no = (command: object, name: string) => book.no(send, command, name);

const INVALID = "InvalidRequestException";
const began = Math.floor(START / 1000) - 60;
const TRACE = `1-${began.toString(16)}-00000000000000000000abcd`;
const time = { StartTime: new Date(START - 600_000), EndTime: new Date(START + 60_000) };
const backwards = { StartTime: time.EndTime, EndTime: time.StartTime };
const segment = (id: string, more: object = {}): string =>
  JSON.stringify({ name: "web", id, trace_id: TRACE, start_time: began, end_time: began + 0.5, ...more });

describe("the SDK's client for xray", () => {
  it("sends segments and reads traces", async () => {
    const calls = [
      { name: "DynamoDB", id: "0000000000000002", namespace: "aws", aws: { table_name: "t" }, start_time: began, end_time: began + 0.25 },
    ];
    const documents = [segment("0000000000000001", { subsegments: calls, fault: true }), "{", segment("x")];
    expect((await ok(new xray.PutTraceSegmentsCommand({ TraceSegmentDocuments: documents })))["UnprocessedTraceSegments"]).toMatchObject([
      { ErrorCode: "ParseError" },
      { ErrorCode: "InvalidId", Id: "x" },
    ]);
    await no(new xray.PutTraceSegmentsCommand({ TraceSegmentDocuments: [] }), INVALID);
    const traces = (await ok(new xray.BatchGetTracesCommand({ TraceIds: [TRACE] })))["Traces"];
    expect(traces).toMatchObject([{ Id: TRACE, Duration: 0.5, Segments: [{ Id: "0000000000000001" }, {}] }]);
    await no(new xray.BatchGetTracesCommand({ TraceIds: [] }), INVALID);
    const filter = { ...time, FilterExpression: 'service("t") { inferred } AND fault' };
    expect((await ok(new xray.GetTraceSummariesCommand(filter)))["TraceSummaries"]).toMatchObject([
      { Id: TRACE, StartTime: new Date(began * 1000) },
    ]);
    await no(new xray.GetTraceSummariesCommand({ ...time, FilterExpression: "fault AND" }), INVALID);
  });

  it("asks for graphs", async () => {
    const services = (await ok(new xray.GetServiceGraphCommand(time)))["Services"];
    expect(services).toMatchObject([
      { Name: "t", Type: "AWS::DynamoDB::Table" },
      { Name: "web", Root: true, Edges: [{ ReferenceId: 0 }] },
      { Type: "client" },
    ]);
    await no(new xray.GetServiceGraphCommand(backwards), INVALID);
    expect((await ok(new xray.GetTraceGraphCommand({ TraceIds: [TRACE] })))["Services"]).toHaveLength(3);
    await no(new xray.GetTraceGraphCommand({ TraceIds: [] }), INVALID);
    const windows = (await ok(new xray.GetTimeSeriesServiceStatisticsCommand({ ...time, EntitySelectorExpression: 'service("web")' })))[
      "TimeSeriesServiceStatistics"
    ];
    expect(windows).toMatchObject([{ ServiceSummaryStatistics: { TotalCount: 1, FaultStatistics: { TotalCount: 1 } } }]);
    await no(new xray.GetTimeSeriesServiceStatisticsCommand({ ...time, Period: 7 }), INVALID);
  });

  it("samples", async () => {
    const every = { ResourceARN: "*", ServiceName: "*", ServiceType: "*", Host: "*", HTTPMethod: "*", URLPath: "*", Version: 1 };
    const SamplingRule = { ...every, RuleName: "r", Priority: 5, FixedRate: 0.5, ReservoirSize: 4 };
    const { SamplingRuleRecord } = await ok(new xray.CreateSamplingRuleCommand({ SamplingRule }));
    expect(SamplingRuleRecord).toMatchObject({ SamplingRule, CreatedAt: expect.any(Date) });
    await no(new xray.CreateSamplingRuleCommand({ SamplingRule }), INVALID);
    await ok(new xray.UpdateSamplingRuleCommand({ SamplingRuleUpdate: { RuleName: "r", FixedRate: 0 } }));
    await no(new xray.UpdateSamplingRuleCommand({ SamplingRuleUpdate: { RuleName: "none", FixedRate: 0 } }), INVALID);
    expect((await ok(new xray.GetSamplingRulesCommand({})))["SamplingRuleRecords"]).toHaveLength(2);
    await no(new xray.GetSamplingRulesCommand({ NextToken: "?" }), INVALID);
    const report = {
      RuleName: "r",
      ClientID: "a".repeat(24),
      Timestamp: new Date(START),
      RequestCount: 5,
      SampledCount: 1,
      BorrowCount: 1,
    };
    const targets = (await ok(new xray.GetSamplingTargetsCommand({ SamplingStatisticsDocuments: [report] })))["SamplingTargetDocuments"];
    expect(targets).toMatchObject([{ RuleName: "r", FixedRate: 0, ReservoirQuota: 4, ReservoirQuotaTTL: expect.any(Date) }]);
    await no(new xray.GetSamplingTargetsCommand({ SamplingStatisticsDocuments: [{ ...report, ClientID: "z".repeat(24) }] }), INVALID);
    expect((await ok(new xray.GetSamplingStatisticSummariesCommand({})))["SamplingStatisticSummaries"]).toMatchObject([
      { RequestCount: 5 },
    ]);
    await no(new xray.GetSamplingStatisticSummariesCommand({ NextToken: "?" }), INVALID);
    await ok(new xray.DeleteSamplingRuleCommand({ RuleName: "r" }));
    await no(new xray.DeleteSamplingRuleCommand({ RuleName: "r" }), INVALID);
  });

  it("keeps groups and tags", async () => {
    const GroupName = "g";
    const { Group } = (await ok(new xray.CreateGroupCommand({ GroupName, FilterExpression: "fault" }))) as {
      readonly Group: { readonly GroupARN: string };
    };
    const ResourceARN = Group.GroupARN;
    await no(new xray.CreateGroupCommand({ GroupName }), INVALID);
    await ok(new xray.UpdateGroupCommand({ GroupName, FilterExpression: "error" }));
    await no(new xray.UpdateGroupCommand({ GroupName, FilterExpression: "(" }), INVALID);
    expect((await ok(new xray.GetGroupCommand({ GroupName })))["Group"]).toMatchObject({ FilterExpression: "error" });
    await no(new xray.GetGroupCommand({ GroupName: "none" }), INVALID);
    expect((await ok(new xray.GetGroupsCommand({})))["Groups"]).toHaveLength(1);
    await no(new xray.GetGroupsCommand({ NextToken: "?" }), INVALID);
    const none = "arn:aws:xray:us-east-1:123456789012:group/none/A";
    const Tags = [{ Key: "a", Value: "1" }];
    await ok(new xray.TagResourceCommand({ ResourceARN, Tags }));
    await no(new xray.TagResourceCommand({ ResourceARN: none, Tags }), "ResourceNotFoundException");
    expect((await ok(new xray.ListTagsForResourceCommand({ ResourceARN })))["Tags"]).toEqual(Tags);
    await no(new xray.ListTagsForResourceCommand({ ResourceARN: none }), "ResourceNotFoundException");
    await ok(new xray.UntagResourceCommand({ ResourceARN, TagKeys: ["a"] }));
    await no(new xray.UntagResourceCommand({ ResourceARN: none, TagKeys: ["a"] }), "ResourceNotFoundException");
    await ok(new xray.DeleteGroupCommand({ GroupName }));
    await no(new xray.DeleteGroupCommand({ GroupName }), INVALID);
  });

  it("keeps the encryption configuration and what daemons report", async () => {
    await ok(new xray.PutEncryptionConfigCommand({ Type: "KMS", KeyId: "alias/a" }));
    await no(new xray.PutEncryptionConfigCommand({ Type: "KMS" }), INVALID);
    expect((await ok(new xray.GetEncryptionConfigCommand({})))["EncryptionConfig"]).toMatchObject({ KeyId: "alias/a" });
    const TelemetryRecords = [{ Timestamp: new Date(START), SegmentsReceivedCount: 1 }];
    await ok(new xray.PutTelemetryRecordsCommand({ TelemetryRecords }));
    await no(new xray.PutTelemetryRecordsCommand({ TelemetryRecords: [] }), INVALID);
    await book.complete("xray", ["GetEncryptionConfig"]);
  });
});
