/** A small X-Ray for these pages: answers in the engine's forms; expressions by the engine's own parser, rules by its own sampler. */
import { TracesPanel } from "../../../../src/panels/traces/TracesPanel.tsx";
import { parseFilter } from "../../../../workers/language/xray-filter/parse.ts";
import { SDK_LOCAL_RULES } from "../../../../workers/language/xray-sampling/local-rules.ts";
import type { SampledRequest, SamplingRule } from "../../../../workers/language/xray-sampling/rules.ts";
import { sampleRequest } from "../../../../workers/language/xray-sampling/sampler.ts";
import { NOON, type Reads } from "../../app/fake-client.ts";
import { type Looks, openPanel, type PanelPage } from "../panel-page.tsx";

export const FAULTY = "1-69b28479-4c8e1f0a92b7d35e60f1a2c4";
export const FINE = "1-69b28470-aaaaaaaaaaaaaaaaaaaaaaaa";

const summary = (id: string, at: number, fault: boolean, seconds: number) => ({
  Id: id,
  StartTime: NOON - at * 1000,
  Duration: seconds,
  ResponseTime: seconds,
  HasFault: fault,
  HasError: false,
  HasThrottle: fault,
  IsPartial: false,
  Http: { HttpURL: "https://shop.example/checkout", HttpStatus: fault ? 502 : 200, HttpMethod: "POST" },
});
export const SUMMARIES = [summary(FAULTY, 20, true, 2.91), summary(FINE, 40, false, 0.4)];

const none = { error: false, fault: false, throttle: false, isInProgress: false, isBroken: false, isOrphan: false };
/** Text that would be markup if anyone took it for that. */
export const NASTY = "<img src=x onerror=alert(1)>";

const SPANS = [
  {
    ...none,
    id: "1000000000000001",
    kind: "segment",
    name: "shop-api",
    service: { name: "shop-api", type: "AWS::ApiGateway::Stage" },
    parent: -1,
    depth: 0,
    offset: 0,
    duration: 2_910_000,
    status: 502,
    fault: true,
    document: {
      id: "1000000000000001",
      name: "shop-api",
      origin: "AWS::ApiGateway::Stage",
      http: { request: { method: "POST", url: "https://shop.example/checkout", user_agent: NASTY } },
      aws: { xray: { sampling_rule_name: "checkout" } },
    },
  },
  {
    ...none,
    id: "1000000000000002",
    kind: "segment",
    name: "checkout",
    service: { name: "checkout", type: "AWS::Lambda::Function" },
    parent: 0,
    depth: 1,
    offset: 8000,
    duration: 2_890_000,
    fault: true,
    document: {
      id: "1000000000000002",
      name: "checkout",
      origin: "AWS::Lambda::Function",
      aws: { request_id: "req-7" },
      annotations: { orderId: "o-1", version: 42 },
      metadata: { shop: { note: NASTY } },
      cause: {
        exceptions: [
          {
            id: "2000000000000001",
            type: "OrderNotSaved",
            message: "Line 3 could not be saved.",
            stack: [{ path: "checkout.mjs", line: 88, label: "saveLine" }],
          },
        ],
      },
    },
  },
  {
    ...none,
    id: "1000000000000003",
    kind: "code",
    name: "validate",
    parent: 1,
    depth: 2,
    offset: 12_000,
    duration: 9000,
    document: { id: "1000000000000003", name: "validate" },
  },
  {
    ...none,
    id: "1000000000000004",
    kind: "call",
    name: "orders",
    service: { name: "orders", type: "AWS::DynamoDB::Table" },
    parent: 1,
    depth: 2,
    offset: 1_146_000,
    duration: 1_744_000,
    status: 400,
    error: true,
    throttle: true,
    document: { id: "1000000000000004", name: "orders", namespace: "aws", aws: { operation: "PutItem", table_name: "orders", retries: 4 } },
  },
  {
    ...none,
    id: "1000000000000005",
    kind: "code",
    name: "flush",
    parent: 1,
    depth: 2,
    offset: 2_800_000,
    isInProgress: true,
    document: { id: "1000000000000005", name: "flush" },
  },
];

const trace = (id: string) => ({
  id,
  summary: SUMMARIES.find((one) => one.Id === id),
  start: (NOON - 20_000) * 1000,
  duration: 2_910_000,
  spans: SPANS,
  raw: SPANS.slice(0, 2).map(({ document }) => JSON.stringify(document)),
});

const counts = (ok: number, fault = 0, throttle = 0) => ({ ok, fault, throttle, error: 0, total: ok + fault + throttle });
const seen = (state: string, counted: ReturnType<typeof counts>, averageSeconds: number) => ({
  state,
  counts: counted,
  averageSeconds,
  perMinute: counted.total / 60,
  histogram: [
    { Value: averageSeconds, Count: counted.total - 1 },
    { Value: averageSeconds * 4, Count: 1 },
  ],
});
export const MAP = {
  nodes: [
    {
      id: 0,
      name: "shop-api",
      type: "client",
      kind: "client",
      isRoot: false,
      state: "none",
      counts: counts(0),
      perMinute: 0,
      histogram: [],
    },
    { id: 1, name: "shop-api", type: "AWS::ApiGateway::Stage", kind: "service", isRoot: true, ...seen("fault", counts(9, 1), 0.492) },
    { id: 2, name: "checkout", type: "AWS::Lambda::Function", kind: "service", isRoot: false, ...seen("fault", counts(9, 1), 0.478) },
    { id: 3, name: "orders", type: "AWS::DynamoDB::Table", kind: "inferred", isRoot: false, ...seen("throttle", counts(8, 0, 2), 0.262) },
  ],
  edges: [
    { from: 0, to: 1, aliases: [], ...seen("fault", counts(9, 1), 0.492) },
    { from: 1, to: 2, aliases: [], ...seen("fault", counts(9, 1), 0.478) },
    { from: 2, to: 3, aliases: [], ...seen("throttle", counts(8, 0, 2), 0.262) },
  ],
  traces: 2,
};

const rule = (RuleName: string, Priority: number, more: Partial<SamplingRule>) => ({
  RuleName,
  RuleARN: `arn:aws:xray:us-east-1:123456789012:sampling-rule/${RuleName}`,
  ResourceARN: "*",
  Priority,
  FixedRate: 0.05,
  ReservoirSize: 1,
  ServiceName: "*",
  ServiceType: "*",
  Host: "*",
  HTTPMethod: "*",
  URLPath: "*",
  Version: 1,
  ...more,
});
export const RULES = [
  rule("health", 10, { HTTPMethod: "GET", URLPath: "/health", FixedRate: 0, ReservoirSize: 0 }),
  rule("checkout", 100, { HTTPMethod: "POST", URLPath: "/checkout", FixedRate: 0.1 }),
  rule("Default", 10_000, {}),
];
const GROUP = { GroupName: "slow", GroupARN: "arn:aws:xray:us-east-1:123456789012:group/slow/A", FilterExpression: "responsetime > 1" };

type Question = Readonly<Record<string, unknown>>;

/** Takes what has a fault where `fault` is asked, else everything. */
function preview({ expression, limit }: Question) {
  const text = String(expression);
  if (text.trim() !== "") parseFilter(text, () => ({ name: "slow", arn: "", expression: "responsetime > 1" }));
  const found = SUMMARIES.filter((one) => !/\bfault\b/.test(text) || one.HasFault).filter(
    (one) => !/responsetime > 1/.test(text) || one.ResponseTime > 1,
  );
  return { scanned: SUMMARIES.length, matched: found.length, newest: found.slice(0, Number(limit)) };
}

function why({ request, drawn }: Question) {
  const state = { rules: RULES, fetched: 1, reservoirs: {}, local: {} };
  const { next: _, ...sampled } = sampleRequest(state, {
    request: request as SampledRequest,
    time: 1,
    random: () => Number(drawn ?? 0.5),
    localRules: SDK_LOCAL_RULES,
  });
  return { ...sampled, quotas: [] };
}

export const LOOKS: Looks = {
  "xray/traceMap": () => MAP,
  "xray/filterPreview": preview,
  "xray/filterNames": () => ({
    annotations: ["orderId"],
    services: ["checkout", "shop-api"],
    types: ["AWS::Lambda::Function"],
    groups: ["slow"],
    values: {},
  }),
  "xray/trace": ({ id }) => (SUMMARIES.some((one) => one.Id === id) ? trace(String(id)) : undefined),
  "xray/whySampled": why,
};
/** Before anything came. */
export const EMPTY: Looks = {
  "xray/traceMap": () => ({ nodes: [], edges: [], traces: 0 }),
  "xray/filterPreview": () => ({ scanned: 0, matched: 0, newest: [] }),
  "xray/filterNames": () => ({ annotations: [], services: [], types: [], groups: [], values: {} }),
};

const READS: Reads = {
  "xray GetGroups": () => ({ Groups: [GROUP] }),
  "xray GetSamplingRules": () => ({ SamplingRuleRecords: RULES.map((SamplingRule) => ({ SamplingRule, CreatedAt: 0, ModifiedAt: 0 })) }),
  "xray PutTraceSegments": () => ({ UnprocessedTraceSegments: [] }),
  "xray CreateSamplingRule": () => ({}),
  "xray UpdateSamplingRule": () => ({}),
  "xray DeleteSamplingRule": () => ({}),
  "xray CreateGroup": () => ({}),
  "xray UpdateGroup": () => ({}),
  "xray DeleteGroup": () => ({}),
};

export interface TracesOptions {
  readonly width?: number;
  readonly reads?: Reads;
  readonly looks?: Looks;
}

/** What the pages load when they are first shown: here before the clock of a test runs. */
const LATER = (): Promise<unknown> =>
  Promise.all([
    import("../../../../src/panels/traces/SamplingView.tsx"),
    import("../../../../src/panels/traces/GroupsView.tsx"),
    import("../../../../src/editors/xray-filter/filter-editor.ts"),
  ]);

/** A page of X-Ray at an address, `/sampling` for instance. */
export async function openTraces(at = "", options: TracesOptions = {}): Promise<PanelPage> {
  await LATER();
  return await openPanel("/traces/*rest", TracesPanel, {
    hash: `#/traces${at}`,
    ...(options.width === undefined ? {} : { width: options.width }),
    looks: { ...LOOKS, ...options.looks },
    reads: { ...READS, ...options.reads },
  });
}

/** The whole text of the filter's editor, as a person would have typed it over what stood there. */
export function typeFilter(host: ParentNode, text: string): void {
  const content = host.querySelector<HTMLElement>('.cm-content[aria-label="Filter expression"]');
  if (content === null) throw new Error("no editor of the filter");
  content.focus();
  getSelection()?.selectAllChildren(content);
  document.dispatchEvent(new Event("selectionchange"));
  const data = new DataTransfer();
  data.setData("text/plain", text);
  content.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}
