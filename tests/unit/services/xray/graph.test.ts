import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { graphOfTraces } from "../../../../workers/services/xray/graph.ts";
import { Histogram } from "../../../../workers/services/xray/graph-sums.ts";
import { summaryOf } from "../../../../workers/services/xray/summary.ts";
import { createTraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../harness.ts";
import { KEY, put, tableOf } from "./segments.ts";

const START = 1_727_045_632;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

interface Drawn {
  readonly trace: number;
  readonly kind: "segment" | "subsegment";
  readonly name: string;
  readonly namespace: "remote" | "aws" | undefined;
  /** Which of the spans before it is its parent; none where it is beyond them. */
  readonly parent: number;
  readonly fault: boolean;
  readonly took: number;
  readonly alsoInProgress: boolean;
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  trace: fc.integer({ min: 0, max: 1 }),
  kind: fc.constantFrom("segment", "subsegment"),
  name: fc.constantFrom("web", "api", "DynamoDB"),
  namespace: fc.constantFrom("remote", "aws", undefined),
  parent: fc.integer({ min: 0, max: 9 }),
  fault: fc.boolean(),
  took: fc.integer({ min: 0, max: 5 }),
  alsoInProgress: fc.boolean(),
});

function documentsOf(all: readonly Drawn[]): readonly object[] {
  return all.flatMap((each, at) => {
    const mates = all.slice(0, at).flatMap((other, index) => (other.trace === each.trace ? [index] : []));
    const parent = mates[each.parent] ?? (each.parent === 9 ? 77 : undefined);
    if (each.kind === "subsegment" && parent === undefined) return [];
    const base = {
      name: each.name,
      id: hex(at + 1, 16),
      trace_id: `1-${hex(START, 8)}-${hex(each.trace, 24)}`,
      start_time: START + at,
      ...(parent === undefined ? {} : { parent_id: hex(parent + 1, 16) }),
      ...(each.kind === "subsegment" ? { type: "subsegment", ...(each.namespace === undefined ? {} : { namespace: each.namespace }) } : {}),
    };
    const complete = { ...base, end_time: START + at + each.took, fault: each.fault };
    return each.alsoInProgress ? [{ ...base, in_progress: true }, complete] : [complete];
  });
}

/** What readers see, traces by id. */
function seen(table: TraceTable): unknown {
  const rows = Array.from({ length: table.traces.count }, (_, trace) => trace).sort(
    (a, b) => (table.traces.word3[a] as number) - (table.traces.word3[b] as number),
  );
  const summaries = rows.map((trace) => {
    const { ServiceIds = [], Revision: _, ...rest } = summaryOf(table, trace);
    return { ...rest, ServiceIds: ServiceIds.map((id) => JSON.stringify(id)).sort() };
  });
  return { graph: graphOfTraces(table, rows), summaries };
}

describe("the service graph", () => {
  it("is the same for any order of segments, with looks between them or without", () => {
    const orders = fc.array(drawn, { minLength: 1, maxLength: 10 }).chain((all) => {
      const documents = documentsOf(all);
      return fc.tuple(fc.constant(documents), fc.shuffledSubarray([...documents], { minLength: documents.length }), fc.boolean());
    });
    fc.assert(
      fc.property(orders, ([documents, shuffled, looks]) => {
        fc.pre(documents.length > 0);
        const store = createTraceStore({ chunks: memoryChunks() });
        for (const document of shuffled) {
          put(store, [document]);
          if (looks) store.table(KEY);
        }
        expect(seen(store.table(KEY) as TraceTable)).toEqual(seen(tableOf(documents)));
      }),
    );
  });

  it("shows a call that nobody answers until the callee's segment comes", () => {
    const trace_id = `1-${hex(START, 8)}-${hex(1, 24)}`;
    const call = { name: "payments.example.com", id: hex(2, 16), namespace: "remote", start_time: START, end_time: START + 1 };
    const web = { name: "web", id: hex(1, 16), trace_id, start_time: START, end_time: START + 2, subsegments: [call] };
    const pay = {
      name: "payments",
      id: hex(3, 16),
      trace_id,
      parent_id: call.id,
      origin: "AWS::ECS::Container",
      start_time: START,
      end_time: START + 0.5,
    };
    const store = createTraceStore({ chunks: memoryChunks() });
    const names = (documents: readonly object[]) =>
      graphOfTraces(put(store, documents), [0]).map(({ Name, Type, State }) => [Name, Type, State]);
    expect(names([web])).toEqual([
      ["payments.example.com", "remote", "unknown"],
      ["web", undefined, "active"],
      ["web", "client", "unknown"],
    ]);
    expect(names([pay])).toEqual([
      ["payments", "AWS::ECS::Container", "active"],
      ["web", undefined, "active"],
      ["web", "client", "unknown"],
    ]);
    const [payments, from] = graphOfTraces(store.table(KEY) as TraceTable, [0]);
    expect(payments?.SummaryStatistics?.TotalResponseTime).toBe(0.5);
    expect(from?.Edges?.[0]).toMatchObject({
      Aliases: [{ Name: "payments.example.com", Type: "remote" }],
      SummaryStatistics: { TotalResponseTime: 1 },
    });
  });

  it("counts how long a segment's work went on beside how long it took to answer", () => {
    const late = { name: "## mail", id: hex(2, 16), start_time: START, end_time: START + 7 };
    const [node] = graphOfTraces(
      tableOf([
        {
          name: "web",
          id: hex(1, 16),
          trace_id: `1-${hex(START, 8)}-${hex(1, 24)}`,
          start_time: START,
          end_time: START + 0.125,
          subsegments: [late],
        },
      ]),
      [0],
    );
    expect(node).toMatchObject({ ResponseTimeHistogram: [{ Value: 0.125, Count: 1 }], DurationHistogram: [{ Value: 7, Count: 1 }] });
  });

  it("merges a histogram to two digits beyond a thousand values, whatever their order", () => {
    const values = Array.from({ length: 1500 }, (_, at) => 10_000 + at);
    const [up, down, few] = [new Histogram(), new Histogram(), new Histogram()];
    for (const value of values) up.add(value);
    for (const value of [...values].reverse()) down.add(value);
    for (const value of values.slice(0, 1000)) few.add(value);
    expect(up.entries()).toEqual([
      { Value: 0.01, Count: 500 },
      { Value: 0.011, Count: 1000 },
    ]);
    expect(down.entries()).toEqual(up.entries());
    expect(few.entries()).toHaveLength(1000);
  });
});
