import { describe, expect, it } from "vitest";
import { xray } from "../../../../workers/services/xray/definition.ts";
import { type Harness, harness } from "../harness.ts";

const NOW = 1_727_049_600_000;
const TRACE = "1-66f0af80-000000000000000000000001";
const base = { name: "web", id: "0000000000000001", trace_id: TRACE, start_time: 1_727_049_590, end_time: 1_727_049_591 };

interface Refused {
  readonly Id?: string;
  readonly ErrorCode?: string;
  readonly Message?: string;
}
interface Trace {
  readonly Id: string;
  readonly Duration: number;
  readonly LimitExceeded: boolean;
  readonly Segments: readonly { readonly Id: string; readonly Document: string }[];
}
const put = async (service: Harness, ...documents: readonly (object | string)[]): Promise<readonly Refused[]> => {
  const texts = documents.map((document) => (typeof document === "string" ? document : JSON.stringify(document)));
  const { UnprocessedTraceSegments } = await service.call<{ UnprocessedTraceSegments: readonly Refused[] }>("PutTraceSegments", {
    TraceSegmentDocuments: texts,
  });
  return UnprocessedTraceSegments;
};
const get = async (service: Harness, ...ids: readonly string[]) =>
  await service.call<{ Traces: readonly Trace[]; UnprocessedTraceIds: readonly string[] }>("BatchGetTraces", { TraceIds: ids });
const documentsOf = async (service: Harness): Promise<readonly Record<string, unknown>[]> =>
  ((await get(service, TRACE)).Traces[0]?.Segments ?? []).map(({ Document }) => JSON.parse(Document) as Record<string, unknown>);

describe("PutTraceSegments", () => {
  it.each<[string, object | string, string, string | undefined]>([
    ["no JSON", "{", "ParseError", undefined],
    ["a list", "[]", "MissingId", undefined],
    ["null", "null", "MissingId", undefined],
    ["no id", { ...base, id: undefined }, "MissingId", undefined],
    ["an id of 15 digits", { ...base, id: "000000000000001" }, "InvalidId", "000000000000001"],
    ["no name", { ...base, name: undefined }, "InvalidName", base.id],
    ["a name with a question mark", { ...base, name: "a?" }, "InvalidName", base.id],
    ["no trace", { ...base, trace_id: undefined }, "MissingTraceId", base.id],
    ["a trace of the year before", { ...base, trace_id: "1-650faf80-000000000000000000000001" }, "InvalidTraceId", base.id],
    ["no start", { ...base, start_time: undefined }, "MissingStartTime", base.id],
    ["a start in text", { ...base, start_time: "now" }, "InvalidType", base.id],
    ["no end", { ...base, end_time: undefined }, "MissingEndTime", base.id],
    ["a parent that is no id", { ...base, parent_id: "x" }, "InvalidId", base.id],
    ["a fault in text", { ...base, fault: "true" }, "InvalidType", base.id],
    ["a status in text", { ...base, http: { response: { status: "200" } } }, "InvalidType", base.id],
    ["a cause that is a list", { ...base, cause: [] }, "InvalidCause", base.id],
    ["an exception without id", { ...base, cause: { exceptions: [{ message: "x" }] } }, "InvalidCause", base.id],
    ["65,537 bytes", { ...base, metadata: { a: "x".repeat(65_500) } }, "TooLarge", undefined],
  ])("refuses %s and takes what stands beside it", async (_, document, code, id) => {
    const service = harness(xray, { now: NOW });
    const refused = await put(service, { ...base, id: "0000000000000009" }, document);
    expect(refused).toEqual([{ ...(id === undefined ? {} : { Id: id }), ErrorCode: code, Message: `Invalid segment. ErrorCode: ${code}` }]);
    expect(await documentsOf(service)).toHaveLength(1);
  });

  it("takes a thousand subsegments, each under the one before, in whatever order they come, also before their segment", async () => {
    const service = harness(xray, { now: NOW });
    const idOf = (n: number): string => (n + 1).toString(16).padStart(16, "0");
    const chain = Array.from({ length: 1000 }, (_, n) => ({
      ...base,
      ...(n === 0 ? {} : { type: "subsegment", parent_id: idOf(n - 1) }),
      id: idOf(n),
    }));
    for (let at = 950; at >= 0; at -= 50) expect(await put(service, ...chain.slice(at, at + 50).reverse())).toEqual([]);
    const [whole] = await documentsOf(service);
    let depth = 0;
    type Node = { readonly id?: string; readonly subsegments?: readonly Node[] };
    for (let node: Node | undefined = whole as Node; node !== undefined; node = node.subsegments?.[0]) depth++;
    expect(depth).toBe(1000);
    const seen = await service.look<{ readonly rows?: readonly unknown[] }>("trace", { id: TRACE });
    expect(JSON.stringify(seen)).toContain(idOf(999));
    const graph = await service.call<{ Services: readonly unknown[] }>("GetServiceGraph", { StartTime: NOW - 60_000, EndTime: NOW });
    expect(graph.Services.length).toBeGreaterThan(0);
  });

  it("speaks of subsegments where one is wrong", async () => {
    const service = harness(xray, { now: NOW });
    const wrong = { id: "0000000000000002", name: "(", start_time: 1, end_time: 2 };
    expect(await put(service, { ...base, subsegments: [wrong] })).toMatchObject([
      { Message: "Invalid subsegment. ErrorCode: InvalidName, Cause: null" },
    ]);
    expect(await put(service, { ...base, type: "subsegment" })).toMatchObject([{ ErrorCode: "MissingParentId" }]);
    await expect(put(service)).rejects.toMatchObject({ code: "InvalidRequestException" });
  });

  it("takes what is in the future, unknown members, nulls and any annotation, and indexes what can be", async () => {
    const service = harness(xray, { now: NOW });
    const odd = {
      ...base,
      start_time: 1_827_049_590,
      end_time: 1_827_049_590,
      user: null,
      dummy: 1,
      annotations: { "bad key": 1, good: true, list: [1] },
    };
    expect(await put(service, odd)).toEqual([]);
    const [document] = await documentsOf(service);
    expect(document).toMatchObject({ annotations: { good: true } });
    expect(document).not.toHaveProperty("dummy");
  });

  it("replaces a segment in progress by the finished one, and not the other way round", async () => {
    const service = harness(xray, { now: NOW });
    const open = {
      ...base,
      end_time: undefined,
      in_progress: true,
      subsegments: [{ id: "0000000000000002", name: "old", start_time: 1_727_049_590, in_progress: true }],
    };
    await put(service, open);
    expect(await documentsOf(service)).toMatchObject([{ in_progress: true, subsegments: [{ name: "old" }] }]);
    await put(service, base);
    await put(service, open);
    const documents = await documentsOf(service);
    expect(documents).toHaveLength(1);
    expect(documents[0]).not.toHaveProperty("in_progress");
    await put(service, { ...base, name: "web2" });
    expect(await documentsOf(service)).toMatchObject([{ name: "web2" }]);
  });

  it("puts subsegments that came alone in their places, before or after their parents, and keeps apart those whose parent never comes", async () => {
    const service = harness(xray, { now: NOW });
    const alone = (id: string, parent_id: string) => ({ ...base, id, name: `s${id}`, type: "subsegment", parent_id });
    await put(
      service,
      alone("0000000000000003", "0000000000000002"),
      alone("0000000000000002", base.id),
      alone("0000000000000005", "00000000000000ff"),
    );
    await put(service, base);
    const documents = await documentsOf(service);
    expect(documents.map(({ id }) => id)).toEqual([base.id, "0000000000000005"]);
    expect(documents[0]).toMatchObject({ subsegments: [{ id: "0000000000000002", subsegments: [{ id: "0000000000000003" }] }] });
  });

  it("makes a segment for a service that sends none, named as its node", async () => {
    const service = harness(xray, { now: NOW });
    const call = {
      id: "0000000000000002",
      name: "DynamoDB",
      namespace: "aws",
      aws: { table_name: "users" },
      start_time: 1_727_049_590,
      end_time: 1_727_049_590.5,
      fault: true,
    };
    await put(service, { ...base, subsegments: [call] });
    const [, inferred] = await documentsOf(service);
    expect(inferred).toMatchObject({
      name: "users",
      origin: "AWS::DynamoDB::Table",
      parent_id: call.id,
      inferred: true,
      fault: true,
      trace_id: TRACE,
    });
    expect(inferred?.["id"]).toMatch(/^[0-9a-f]{16}$/);
    await put(service, { ...base, id: "0000000000000003", name: "users", parent_id: call.id });
    expect((await documentsOf(service)).some((document) => document["inferred"] === true)).toBe(false);
  });

  it("takes a thousand subsegments in one trace, and parents in a circle", async () => {
    const service = harness(xray, { now: NOW });
    const hex = (at: number): string => at.toString(16).padStart(16, "0");
    const alone = (at: number, parent: number) => ({
      ...base,
      id: hex(at),
      type: "subsegment",
      parent_id: hex(parent),
      namespace: "remote",
      name: `n${at % 7}`,
    });
    await put(service, base, ...Array.from({ length: 1000 }, (_, at) => alone(at + 2, at + 1)));
    await put(service, alone(5001, 5002), alone(5002, 5001), alone(5003, 5003));
    const graph = await service.call<{ Services: readonly { Name: string; SummaryStatistics?: { TotalCount: number } }[] }>(
      "GetTraceGraph",
      { TraceIds: [TRACE] },
    );
    const calls = graph.Services.filter(({ Name }) => Name.startsWith("n")).reduce(
      (sum, each) => sum + (each.SummaryStatistics?.TotalCount ?? 0),
      0,
    );
    expect(calls).toBe(1000);
  });

  it("says which traces it does not have, and that a trace has grown past 500 KB", async () => {
    const service = harness(xray, { now: NOW });
    for (let at = 1; at <= 9; at++) await put(service, { ...base, id: `000000000000000${at}`, metadata: { a: "x".repeat(60_000) } });
    const answer = await get(service, TRACE, "1-66f0af80-0000000000000000000000ff", "nonsense", TRACE);
    expect(answer.UnprocessedTraceIds).toEqual(["1-66f0af80-0000000000000000000000ff", "nonsense"]);
    expect(answer.Traces.map(({ Id, Duration, LimitExceeded }) => [Id, Duration, LimitExceeded])).toEqual([[TRACE, 1, true]]);
    await expect(get(service)).rejects.toMatchObject({ code: "InvalidRequestException" });
    service.now = NOW + 31 * 86_400_000;
    expect((await get(service, TRACE)).UnprocessedTraceIds).toEqual([TRACE]);
  });

  it("answers from chunks that are read later", async () => {
    const service = harness(xray, { now: NOW });
    service.chunks.slow = true;
    for (let at = 0; at < 25; at++)
      await put(service, { ...base, id: `00000000000000${(16 + at).toString(16)}`, metadata: { a: "x".repeat(60_000) } });
    expect(service.chunks.stored.size).toBeGreaterThan(0);
    expect(await documentsOf(service)).toHaveLength(25);
  });
});
