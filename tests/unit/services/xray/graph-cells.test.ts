import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Graph } from "../../../../workers/services/xray/graph.ts";
import { graphCells } from "../../../../workers/services/xray/graph-cells.ts";
import { visitRange } from "../../../../workers/services/xray/graph-walk.ts";
import { createTraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../harness.ts";
import { KEY, put } from "./segments.ts";

const START = 1_727_045_632;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** A trace of two services whose spans lie in several minutes; what of it has come. */
const step = fc.record({
  trace: fc.integer({ min: 0, max: 3 }),
  document: fc.constantFrom("web", "answer", "web in progress", "call alone"),
  minutes: fc.integer({ min: 0, max: 4 }),
  took: fc.integer({ min: 0, max: 90 }),
  looks: fc.boolean(),
  from: fc.integer({ min: -30, max: 200 }),
  length: fc.integer({ min: 0, max: 400 }),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

function documentOf({ trace, document, minutes, took }: Step): object {
  const start_time = START + trace * 7 + minutes * 60;
  const time = { start_time, end_time: start_time + took };
  const id = (place: number): string => hex(trace * 16 + place, 16);
  const shared = { trace_id: `1-${hex(START, 8)}-${hex(trace, 24)}` };
  const call = { id: id(2), name: "pay.example.com", namespace: "remote", ...time };
  switch (document) {
    case "web":
      return {
        ...shared,
        ...time,
        id: id(1),
        name: "web",
        fault: took > 60,
        subsegments: [call, { ...call, id: id(5), name: "SQS", namespace: "aws" }],
      };
    case "web in progress":
      return { ...shared, id: id(1), name: "web", start_time, in_progress: true };
    case "answer":
      return {
        ...shared,
        ...time,
        id: id(3),
        parent_id: id(2),
        name: "payments",
        origin: "AWS::ECS::Container",
        aws: { account_id: `${took}` },
      };
    default:
      return { ...shared, ...call, end_time: start_time + took + 100, type: "subsegment", parent_id: id(1) };
  }
}

const anew = (table: TraceTable, from: number, to: number): unknown => {
  const graph = new Graph(table);
  visitRange(table, from, to, graph);
  return graph.services();
};

describe("the graph that is kept by minutes", () => {
  it("is what a sum over all spans of the range gives, whatever came between looks and in which order", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), (steps) => {
        const store = createTraceStore({ chunks: memoryChunks() });
        steps.forEach((each, at) => {
          const table = put(store, [documentOf(each)], START * 1000);
          if (!each.looks && at < steps.length - 1) return;
          const from = (START + each.from) * 1e6;
          for (const [a, b] of [
            [from, from + each.length * 1e6],
            [START * 1e6, (START + 1000) * 1e6],
          ] as const)
            expect(graphCells(table).sum(a, b).services()).toEqual(anew(table, a, b));
        });
      }),
      { numRuns: 50 },
    );
  });

  it("forgets the minutes it was asked for first when they are many, and knows them when asked again", () => {
    const store = createTraceStore({ chunks: memoryChunks() });
    const minute = 60_000_000;
    const first = Math.ceil(START / 60) * minute;
    const documents = Array.from({ length: 1502 }, (_, at) => {
      const time = { start_time: first / 1e6 + at * 60, end_time: first / 1e6 + at * 60 + 1 };
      return { ...time, id: hex(at + 1, 16), name: "web", trace_id: `1-${hex(START, 8)}-${hex(at, 24)}` };
    });
    put(store, documents, START * 1000);
    const table = store.table(KEY) as TraceTable;
    const total = (from: number, to: number): number | undefined =>
      graphCells(table)
        .sum(from, to)
        .services()
        .find(({ Type }) => Type !== "client")?.SummaryStatistics?.TotalCount;
    expect(total(first, first + 1502 * minute)).toBe(1502);
    expect(total(first, first + 3 * minute)).toBe(3);
    expect(total(first, first + 1502 * minute)).toBe(1502);
  });
});
