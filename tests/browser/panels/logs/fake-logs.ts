/** Log groups without a worker: lines in memory, decided by the engine's own language. */
import type { LookQuestion } from "../../../../workers/account/contract.ts";
import type { WorkerApi } from "../../../../workers/api.ts";
import { evaluate } from "../../../../workers/language/filter-pattern/evaluate.ts";
import { parseFilterPattern } from "../../../../workers/language/filter-pattern/parse.ts";
import { type Fake, fakeClient, NOON, PULSE, type Reads } from "../../app/fake-client.ts";

export const GROUP = "/aws/lambda/checkout";
export interface FakeLine {
  readonly at: number;
  readonly text: string;
  readonly stream: string;
}

const MINUTE = 60_000;
const TEXTS = [
  '{"level":"INFO","msg":"checkout started","orderId":"o-1","lines":3}',
  '{"level":"WARN","table":"orders","code":"ProvisionedThroughputExceededException","orderId":"o-2","attempt":1,"ms":48}',
  '{"level":"ERROR","msg":"order failed","error":{"code":"ProvisionedThroughputExceededException","attempts":4},"orderId":"o-2"}',
  "REPORT RequestId: 6f0e7a52 Duration: 2874.22 ms",
];

/** Sixty lines in the last half hour, one of four texts after the other. */
export const LINES: readonly FakeLine[] = Array.from({ length: 60 }, (_, at) => ({
  at: NOON - 30 * MINUTE + at * 30_000 + at,
  text: TEXTS[at % TEXTS.length] as string,
  stream: at % 2 === 0 ? "one" : "two",
}));

/** The file that filled the group. */
export const ATTACHED = [
  {
    sha256: "f00d",
    name: "shop.log",
    mode: "history",
    events: 60,
    span: 40 * MINUTE,
    mapping: { logGroupName: GROUP, logStreamName: "one" },
  },
] as const;

export interface FakeLogs extends Fake {
  readonly looks: (view: string) => readonly Readonly<Record<string, unknown>>[];
  readonly calls: () => readonly { readonly operation: string; readonly input: Readonly<Record<string, unknown>> }[];
  readonly replayed: (readonly unknown[])[];
}

export interface FakeOptions {
  readonly lines?: readonly FakeLine[];
  readonly attached?: readonly unknown[];
  readonly replays?: readonly unknown[];
  readonly filters?: readonly unknown[];
  readonly reads?: Reads;
  readonly answers?: Partial<WorkerApi>;
  readonly groups?: readonly unknown[];
}

export const FILTER = {
  filterName: "throttled",
  filterPattern: "{ $.table = orders }",
  logGroupName: GROUP,
  creationTime: NOON - 10 * MINUTE,
  metricTransformations: [{ metricName: "ThrottledWrites", metricNamespace: "Shop/Orders", metricValue: "1" }],
};

export function fakeLogs(options: FakeOptions = {}): FakeLogs {
  const lines = options.lines ?? LINES;
  const replayed: (readonly unknown[])[] = [];
  const within = (question: Readonly<Record<string, unknown>>): readonly FakeLine[] => {
    const [start, end] = [Number(question["start"] ?? 0), Number(question["end"] ?? Number.POSITIVE_INFINITY)];
    const streams = question["logStreamNames"] as readonly string[] | undefined;
    return lines.filter(({ at, stream }) => at >= start && at < end && (streams === undefined || streams.includes(stream)));
  };
  const matching = (question: Readonly<Record<string, unknown>>): readonly FakeLine[] => {
    const pattern = parseFilterPattern(String(question["filterPattern"] ?? ""));
    return within(question).filter(({ text }) => evaluate(pattern, text).matched);
  };
  const views: Readonly<Record<string, (question: Readonly<Record<string, unknown>>) => unknown>> = {
    page: (question) => {
      const all = matching(question);
      const firstRow = Math.min(Number(question["firstRow"]), all.length);
      const rows = all.slice(firstRow, firstRow + Number(question["rowCount"]));
      const parts = rows.map(({ text }) => new TextEncoder().encode(text));
      const offsets = new Uint32Array(parts.length + 1);
      parts.forEach((part, at) => {
        offsets[at + 1] = (offsets[at] ?? 0) + part.length;
      });
      const bytes = new Uint8Array(offsets[parts.length] ?? 0);
      parts.forEach((part, at) => {
        bytes.set(part, offsets[at]);
      });
      const timestamps = Float64Array.from(rows, ({ at }) => at);
      return {
        total: within(question).length,
        matched: all.length,
        firstRow,
        rows: { timestamps, ingestion: timestamps, streams: rows.map(({ stream }) => stream), offsets, bytes },
      };
    },
    density: (question) => {
      const [start, end, buckets] = [Number(question["start"]), Number(question["end"]), Number(question["buckets"])];
      const count = (some: readonly FakeLine[]): Float64Array => {
        const counts = new Float64Array(buckets);
        for (const { at } of some) {
          const bucket = Math.floor(((at - start) / (end - start)) * buckets);
          counts[bucket] = (counts[bucket] ?? 0) + 1;
        }
        return counts;
      };
      return { all: count(within(question)), matching: count(matching(question)) };
    },
    explain: (question) => {
      const pattern = parseFilterPattern(String(question["filterPattern"]));
      const { matched, because } = evaluate(pattern, String(question["message"]), true);
      const suggestions =
        !matched && String(question["filterPattern"]).includes("$.code")
          ? [{ instead: "$.error.code", of: "$.code", filterPattern: "{ $.error.code = *Throughput* }", text: "", wouldMatch: 30 }]
          : [];
      return { valid: true, kind: pattern.kind, matched, because, extracted: {}, suggestions };
    },
    preview: (question) => {
      const [start, end, period] = [Number(question["start"]), Number(question["end"]), Number(question["period"]) * 1000];
      const cells = Math.ceil((end - start) / period);
      const count = new Float64Array(cells);
      for (const { at } of matching(question)) {
        const cell = Math.floor((at - start) / period);
        count[cell] = (count[cell] ?? 0) + 1;
      }
      return { start, period, count, sum: count.slice(), min: count, max: count, total: 0, matched: 0, withoutValue: 0, defaults: 0 };
    },
    groupSummary: () => ({
      streams: 2,
      metricFilters: options.filters?.length ?? 0,
      events: lines.length,
      storedBytes: 5000,
      ...(lines.length === 0 ? {} : { firstTimestamp: lines[0]?.at, lastTimestamp: lines[lines.length - 1]?.at }),
      version: 1,
    }),
    attached: () => options.attached ?? [],
    replays: () => options.replays ?? [],
  };
  const fake = fakeClient(
    {
      "logs DescribeLogGroups": () => ({
        logGroups: options.groups ?? [
          {
            logGroupName: GROUP,
            creationTime: NOON - 60 * MINUTE,
            retentionInDays: 30,
            metricFilterCount: 1,
            storedBytes: 5_200_000,
            logGroupClass: "STANDARD",
          },
          {
            logGroupName: "/shop/api",
            creationTime: NOON - 50 * MINUTE,
            metricFilterCount: 0,
            storedBytes: 120,
            logGroupClass: "STANDARD",
          },
        ],
      }),
      "logs DescribeLogStreams": () => ({
        logStreams: [
          { logStreamName: "one", creationTime: NOON, lastEventTimestamp: NOON - MINUTE },
          { logStreamName: "two", creationTime: NOON },
        ],
      }),
      "logs DescribeMetricFilters": () => ({ metricFilters: options.filters ?? [] }),
      "logs TestMetricFilter": ({ filterPattern, logEventMessages }) => {
        const pattern = parseFilterPattern(String(filterPattern));
        const matches = (logEventMessages as string[]).flatMap((message, eventNumber) =>
          evaluate(pattern, message).matched ? [{ eventNumber, eventMessage: message }] : [],
        );
        return { matches };
      },
      ...Object.fromEntries(
        [
          "CreateLogGroup",
          "DeleteLogGroup",
          "PutRetentionPolicy",
          "DeleteRetentionPolicy",
          "PutMetricFilter",
          "DeleteMetricFilter",
          "PutLogEvents",
          "CreateLogStream",
          "DeleteLogStream",
        ].map((operation) => [`logs ${operation}`, () => ({})]),
      ),
      ...options.reads,
    },
    {
      look: async (question: LookQuestion) => views[question.view]?.((question.question ?? {}) as Readonly<Record<string, unknown>>) ?? [],
      lineOf: async ({ operation }) => `aws logs ${operation}`,
      replayAttachment: async (...given) => {
        replayed.push(given);
      },
      ...options.answers,
    },
  );
  fake.setPulse({ ...PULSE, playing: false });
  return {
    ...fake,
    replayed,
    looks: (view) =>
      fake.asked
        .filter(([method, question]) => method === "look" && (question as LookQuestion).view === view)
        .map(([, question]) => (question as LookQuestion).question as Readonly<Record<string, unknown>>),
    calls: () =>
      fake.asked
        .filter(([method]) => method === "call")
        .map(([, request]) => request as { operation: string; input: Readonly<Record<string, unknown>> }),
  };
}
