/** X-Ray: segments taken in while the service graph is asked for, and filter expressions over all traces. */
import { matchingTraces } from "../../workers/language/xray-filter/evaluate.ts";
import { parseFilter } from "../../workers/language/xray-filter/parse.ts";
import type { Context } from "../../workers/services/contract.ts";
import { filterRows } from "../../workers/services/xray/filter-rows.ts";
import { putTraceSegments } from "../../workers/services/xray/put-trace-segments.ts";
import { getServiceGraph } from "../../workers/services/xray/service-graph.ts";
import type { ChunkSink } from "../../workers/store/contract.ts";
import { createTraceStore, type TraceTable } from "../../workers/store/traces/trace-store.ts";
import { agree, clocked, type Log, median, type Row, race } from "./rows.ts";
import { type PlainTrace, shop } from "./xray-data.ts";

const START = 1_767_225_600;
/** Traces in a second of account time; the graph is that of the last five minutes. */
const PER_SECOND = 200;
const CALL = 50;
/** Documents between two looks at the graph: ten looks a second at 200,000. */
const LOOK = 20_000;
const GOAL_PER_SECOND = 200_000;
const GOAL_FILTER_MS = 100;

/** Documents are written and never read here. */
const sink: ChunkSink = {
  put() {},
  get: () => {
    throw new Error("bench: a chunk was read");
  },
  has: () => false,
};

export function xrayBench(count: number, only: string, log: Log): Row[] {
  const traces = createTraceStore({ chunks: sink });
  const rows: Row[] = [];
  const { ours, parse } = ingest(traces, count);
  const add = (row: Row): void => {
    if (!`${row.name} ${row.rival}`.includes(only)) return;
    rows.push(row);
    log(`${row.name} | ${row.rival}: ${row.oursMs.toFixed(1)} / ${row.rivalMs.toFixed(1)} ms, ${row.ratio.toFixed(2)}`);
  };
  const goalMs = (count / GOAL_PER_SECOND) * 1000;
  const name = `${count} segments, the service graph kept current`;
  add({
    group: "xray",
    name,
    rival: "200,000 a second",
    kind: "times",
    oursMs: ours,
    rivalMs: goalMs,
    ratio: goalMs / ours,
    floor: 0.05,
    goal: 1,
  });
  add({ group: "xray", name, rival: "JSON.parse of the same documents", kind: "share", oursMs: ours, rivalMs: parse, ratio: ours / parse });
  const table = traces.table(KEY);
  if (table === undefined) throw new Error("bench: no traces");
  const plain = plainTraces(count);
  for (const each of FILTERS) for (const row of filterRow(table, plain, each)) add(row);
  return rows;
}

const KEY = "123456789012:us-east-1";

function ingest(traces: ReturnType<typeof createTraceStore>, count: number): { ours: number; parse: number } {
  const source = shop(START, PER_SECOND);
  // Documents of its own for the yardstick: a text that was parsed once is parsed faster the second time.
  const other = shop(START, PER_SECOND);
  let [ours, parse] = [0, 0];
  for (let at = 0; at < count; at += LOOK) {
    const documents: string[] = [];
    for (let i = 0; i < Math.min(LOOK, count - at); i++) {
      documents.push(source.document(source.next()));
    }
    // The part of a context that these operations use.
    const now = Math.ceil(source.time + 2) * 1000;
    const ctx = { account: "123456789012", region: "us-east-1", now, traces } as unknown as Context;
    ours += clocked(() => {
      for (let from = 0; from < documents.length; from += CALL) {
        const { UnprocessedTraceSegments: refused = [] } = putTraceSegments(ctx, {
          TraceSegmentDocuments: documents.slice(from, from + CALL),
        });
        if (refused.length > 0) throw new Error(`bench: refused ${JSON.stringify(refused[0])}`);
      }
      getServiceGraph(ctx, { StartTime: now - 300_000, EndTime: now });
    });
    const others = documents.map(() => other.document(other.next()));
    parse += clocked(() => {
      let spans = 0;
      for (const document of others) spans += (JSON.parse(document) as { readonly subsegments: readonly unknown[] }).subsegments.length;
      agree("calls in the documents", spans, documents.length * 2);
    });
  }
  return { ours, parse };
}

/** The same traces as objects, made after the ingestion so that it does not pay for the collection of their memory. */
function plainTraces(count: number): readonly PlainTrace[] {
  const source = shop(START, PER_SECOND);
  return Array.from({ length: count }, () => {
    const trace = source.next();
    source.document(trace); // draws what the documents drew
    return trace;
  });
}

interface Filter {
  readonly expression: string;
  readonly rival: (trace: PlainTrace) => boolean;
}

const FILTERS: readonly Filter[] = [
  {
    expression: 'fault = true AND responsetime > 1 AND http.url ENDSWITH "/checkout"',
    rival: (trace) => trace.fault && trace.responsetime > 1 && trace.url.endsWith("/checkout"),
  },
  {
    expression: 'annotation.tier = "pro" AND user = "user-7"',
    rival: ({ annotations, user }) => annotations["tier"] === "pro" && user === "user-7",
  },
  {
    expression: 'service("payments.example.com") { fault } OR http.status = 404',
    rival: ({ calls, status }) => calls.some((call) => call.name === "payments.example.com" && call.fault) || status === 404,
  },
];

function filterRow(table: TraceTable, plain: readonly PlainTrace[], { expression, rival }: Filter): Row[] {
  const all = Uint32Array.from({ length: table.traces.count }, (_, trace) => trace);
  const parsed = parseFilter(expression);
  const ours = (): number => matchingTraces(parsed, filterRows(table), all).length;
  const theirs = (): number => plain.reduce((found, trace) => (rival(trace) ? found + 1 : found), 0);
  agree(expression, ours(), theirs());
  const name = `${expression} over ${table.traces.count} traces`;
  const goal = (GOAL_FILTER_MS * table.traces.count) / 1_000_000;
  const measured = race(5, ours, theirs);
  const times = Array.from({ length: 5 }, () => clocked(ours));
  return [
    { group: "xray", name, rival: "compiled predicate over JavaScript objects", kind: "times", ...measured },
    {
      group: "xray",
      name,
      rival: "100 ms a million",
      kind: "times",
      oursMs: median(times),
      rivalMs: goal,
      ratio: goal / median(times),
      floor: 0.1,
      goal: 1,
    },
  ];
}
