import { describe, expect, it } from "vitest";
import { filterError } from "../../../../src/editors/xray-filter/parsed-filter.ts";
import type { MapNode, SamplingRule, TraceSpan } from "../../../../src/panels/traces/answers.ts";
import { placeOf } from "../../../../src/panels/traces/place.ts";
import { PRESETS } from "../../../../src/panels/traces/presets.ts";
import { createRequest, draftOf, NEW_RULE, updateRequest } from "../../../../src/panels/traces/rule-draft.ts";
import { OUTCOMES, sampleTrace } from "../../../../src/panels/traces/sample-trace.ts";
import { looksFor, requestOf, ruleLines, saidRule } from "../../../../src/panels/traces/sampled-request.ts";
import { serviceExpression } from "../../../../src/panels/traces/service-expression.ts";
import { annotationsOf, exceptionsOf, logsOf } from "../../../../src/panels/traces/span-facts.ts";
import { refusalOf } from "../../../../workers/services/xray/segment-rules.ts";

const NOW = Date.UTC(2026, 2, 12, 9, 19, 24);
const BITS = "4c8e1f0a92b7d35e60f1a2c4";
const rule: SamplingRule = {
  RuleName: "orders",
  ResourceARN: "*",
  Priority: 100,
  FixedRate: 0.07,
  ReservoirSize: 1,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "POST",
  URLPath: "/orders/*",
  Version: 1,
};
const span = (document: Record<string, unknown>, more: Partial<TraceSpan> = {}): TraceSpan =>
  ({ id: "1", kind: "segment", name: "checkout", parent: -1, depth: 0, offset: 0, document, ...more }) as TraceSpan;

describe("the sample trace", () => {
  it("is taken by X-Ray whatever its outcome: every document right, one trace, ended before now", () => {
    for (const outcome of OUTCOMES) {
      const { id, documents } = sampleTrace({ now: NOW, bits: BITS, outcome });
      const parsed = documents.map((one) => JSON.parse(one));
      expect(parsed.map((one) => refusalOf(one, NOW / 1000))).toEqual([undefined, undefined, undefined]);
      expect(new Set(parsed.map((one) => one.trace_id))).toEqual(new Set([id]));
      const ids = JSON.stringify(parsed).match(/"id":"[0-9a-f]{16}"/g) ?? [];
      expect(new Set(ids).size).toBe(ids.length);
      const bad = (json: { start_time: number; end_time: number; subsegments?: unknown[] }): boolean =>
        json.end_time < json.start_time || json.end_time * 1000 > NOW || (json.subsegments ?? []).some((inner) => bad(inner as never));
      expect(parsed.some(bad)).toBe(false);
    }
  });
});

describe("expressions that the page writes", () => {
  it("are expressions to X-Ray, whatever a service or an annotation is called", () => {
    const node = { name: 'a "quoted" \\ name', type: "AWS::Lambda::Function", kind: "service" } as MapNode;
    const all = [
      ...Object.values(PRESETS),
      serviceExpression(node),
      serviceExpression(node, "responsetime > 0.262"),
      serviceExpression({ name: "x", kind: "inferred" }, "fault"),
      ...annotationsOf(span({ annotations: { plain: 'say "hi"', n: 4, flag: true, "dotted.key": "v" } })).map(
        ({ expression }) => expression,
      ),
    ];
    expect(all.map((text) => filterError(text))).toEqual(all.map(() => undefined));
  });

  it("know the groups of the account, and where one is wrong", () => {
    expect(filterError('group.name = "slow"', [{ GroupName: "slow", FilterExpression: "ok" }])).toBeUndefined();
    expect(filterError("fault && ok")).toMatchObject({ from: 6, to: 7, hint: "Write AND." });
    expect(filterError("  ")).toBeUndefined();
  });
});

describe("sampling rules on the page", () => {
  it("ask for what is not a star, and say of each what became of it", () => {
    expect(looksFor(rule)).toBe("POST /orders/*");
    expect(looksFor({ ...rule, HTTPMethod: "*", URLPath: "*" })).toBe("*");
    const record = (name: string, Priority: number) => ({ SamplingRule: { ...rule, RuleName: name, Priority } });
    const part = (text: string, verdict: boolean) => ({ text, from: 0, to: 0, verdict, reason: verdict ? "fits" : "does not fit: Host a" });
    const because = { text: "b", from: 0, to: 0, verdict: true, reason: "", parts: [part("a", false), part("b", true)] };
    expect(
      ruleLines([record("a", 1), record("b", 2), record("Default", 10_000)], { because }).map(({ result, why }) => `${result}: ${why}`),
    ).toEqual(["differs: does not fit: Host a", "taken: first match", "not reached: not reached"]);
  });

  it("are asked about the request of the root segment, as far as it says", () => {
    const root = span({
      origin: "AWS::ApiGateway::Stage",
      http: { request: { method: "POST", url: "https://shop.example/checkout?x=1" } },
      aws: { xray: { sampling_rule_name: "checkout" } },
    });
    expect(requestOf({ spans: [root] })).toEqual({
      serviceName: "checkout",
      serviceType: "AWS::ApiGateway::Stage",
      host: "shop.example",
      method: "POST",
      path: "/checkout",
    });
    expect(saidRule({ spans: [root] })).toBe("checkout");
    expect(requestOf({ spans: [span({}, { kind: "code" })] })).toBeUndefined();
    expect(requestOf({ spans: [span({ http: { request: { url: "not a url" } } })] })).toEqual({
      serviceName: "checkout",
      path: "not a url",
    });
  });

  it("become requests: all fields of a new one, what changed of an old one", () => {
    expect(createRequest({ ...NEW_RULE, percent: undefined, Host: "" }).input).toEqual({
      SamplingRule: {
        Priority: 100,
        ReservoirSize: 1,
        HTTPMethod: "*",
        URLPath: "*",
        ServiceName: "*",
        ServiceType: "*",
        ResourceARN: "*",
        Version: 1,
      },
    });
    expect(draftOf(rule).percent).toBe(7);
    expect(updateRequest(rule, draftOf(rule)).input).toEqual({ SamplingRuleUpdate: { RuleName: "orders" } });
    expect(updateRequest(rule, { ...draftOf(rule), percent: 12.5 }).input).toEqual({
      SamplingRuleUpdate: { RuleName: "orders", FixedRate: 0.125 },
    });
  });
});

describe("what a span says", () => {
  it("leads to the lines of its request and to its exceptions, and survives what is none", () => {
    const aws = { request_id: "r-1", cloudwatch_logs: [{ log_group: "/a" }, { nothing: 1 }] };
    expect(logsOf(span({ aws }))).toEqual([{ group: "/a", pattern: '"r-1"' }]);
    expect(logsOf(span({ origin: "AWS::Lambda" }))).toEqual([{ group: "/aws/lambda/checkout", pattern: "" }]);
    expect(logsOf(span({ aws: "text", origin: 4 }))).toEqual([]);
    expect(exceptionsOf(span({ cause: "0123456789abcdef" }))).toEqual({ list: [], elsewhere: "0123456789abcdef" });
    const exceptions = [{ id: "e", type: "T", message: "m", stack: [{ path: "a.js", line: 3, label: "f" }] }];
    expect(exceptionsOf(span({ cause: { exceptions } })).list).toEqual([{ id: "e", type: "T", message: "m", stack: ["f at a.js:3"] }]);
    expect(exceptionsOf(span({ cause: { exceptions: "none" } }))).toEqual({ list: [] });
  });
});

describe("addresses of the page", () => {
  it("are the traces, one of them, rules or groups, and nothing else", () => {
    expect(["/traces", "/traces/1-a-b", "/traces/sampling", "/traces/groups", "/traces/groups/x"].map(placeOf)).toEqual([
      { view: "traces" },
      { view: "traces", id: "1-a-b" },
      { view: "sampling" },
      { view: "groups" },
      { view: "unknown" },
    ]);
  });
});
