import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainTrace, matchingTraces } from "../../../../workers/language/xray-filter/evaluate.ts";
import { parseFilter } from "../../../../workers/language/xray-filter/parse.ts";
import { filterRows } from "../../../../workers/services/xray/filter-rows.ts";
import { tableOf } from "../../services/xray/segments.ts";

const START = 1_727_045_632;

interface Plain {
  readonly fault: boolean;
  readonly status: number;
  readonly took: number;
  readonly user: string | undefined;
  readonly calls: readonly { readonly name: string; readonly fault: boolean }[];
}

const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");
const segmentOf = ({ fault, status, took, user, calls }: Plain, at: number) => ({
  name: "web",
  id: hex(at * 16 + 1, 16),
  trace_id: `1-${hex(START, 8)}-${hex(at, 24)}`,
  start_time: START,
  end_time: START + took,
  ...(fault ? { fault } : {}),
  ...(user === undefined ? {} : { user }),
  http: { response: { status } },
  subsegments: calls.map((call, index) => ({
    ...call,
    id: hex(at * 16 + 2 + index, 16),
    namespace: "remote",
    start_time: START,
    end_time: START + took,
  })),
});

const plain: fc.Arbitrary<Plain> = fc.record({
  fault: fc.boolean(),
  status: fc.constantFrom(200, 404, 500),
  took: fc.integer({ min: 0, max: 8 }),
  user: fc.option(fc.constantFrom("alice", "bob"), { nil: undefined }),
  calls: fc.array(fc.record({ name: fc.constantFrom("a", "b"), fault: fc.boolean() }), { maxLength: 3 }),
});

interface Written {
  readonly text: string;
  readonly holds: (trace: Plain) => boolean;
}
const leaf: fc.Arbitrary<Written> = fc.constantFrom<Written>(
  { text: "fault", holds: ({ fault }) => fault },
  { text: "ok = false", holds: ({ status }) => status !== 200 },
  { text: "responsetime >= 4", holds: ({ took }) => took >= 4 },
  { text: "http.status != 404", holds: ({ status }) => status !== 404 },
  { text: 'user != "bob"', holds: ({ user }) => user !== undefined && user !== "bob" },
  { text: 'user CONTAINS ""', holds: ({ user }) => user !== undefined },
  { text: 'service("a")', holds: ({ calls }) => calls.some(({ name }) => name === "a") },
  { text: 'edge("web", "b") { fault }', holds: ({ calls }) => calls.some(({ name, fault }) => name === "b" && fault) },
  { text: "service() { inferred AND !fault }", holds: ({ calls }) => calls.some(({ fault }) => !fault) },
);
const { tree } = fc.letrec<{ tree: Written }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    leaf,
    tie("tree").map((part) => ({ text: `!(${part.text})`, holds: (trace: Plain) => !part.holds(trace) })),
    fc
      .tuple(tie("tree"), tie("tree"))
      .map(([a, b]) => ({ text: `(${a.text}) AND (${b.text})`, holds: (trace: Plain) => a.holds(trace) && b.holds(trace) })),
    fc
      .tuple(tie("tree"), tie("tree"))
      .map(([a, b]) => ({ text: `(${a.text}) OR (${b.text})`, holds: (trace: Plain) => a.holds(trace) || b.holds(trace) })),
  ),
}));

describe("evaluating filter expressions", () => {
  it("selects what a plain predicate over objects selects, and explains every trace by the same verdict", () => {
    fc.assert(
      fc.property(fc.array(plain, { minLength: 1, maxLength: 12 }), tree, (traces, { text, holds }) => {
        const rows = filterRows(tableOf(traces.map(segmentOf)));
        const all = Uint32Array.from(traces, (_, at) => at);
        const parsed = parseFilter(text);
        const expected = traces.flatMap((trace, at) => (holds(trace) ? [at] : []));
        expect([...matchingTraces(parsed, rows, all)]).toEqual(expected);
        for (const at of all) expect(explainTrace(parsed, text, rows, at).verdict).toBe(expected.includes(at));
      }),
    );
  });

  it("says of each part what stood in the trace", () => {
    const rows = filterRows(
      tableOf([segmentOf({ fault: true, status: 500, took: 2, user: undefined, calls: [{ name: "a", fault: false }] }, 0)]),
    );
    const text = 'fault AND responsetime > 5 AND user = "x" AND service("a") { fault }';
    const because = explainTrace(parseFilter(text), text, rows, 0);
    expect(because).toMatchObject({ verdict: false, reason: "1 of 4 hold; all must", text });
    expect(because.parts?.map(({ text: part, found, verdict, reason }) => [part, found, verdict, reason])).toEqual([
      ["fault", "true", true, "it holds"],
      ["responsetime > 5", "2", false, "it does not hold"],
      ['user = "x"', undefined, false, "it is unset, and a comparison with what is unset is false"],
      ['service("a") { fault }', "a (remote)", false, "none of them meets the block"],
    ]);
    expect(because.parts?.[3]?.parts).toMatchObject([{ text: "fault", found: "false", verdict: false }]);
  });

  it("takes a trace once of which several alternatives hold, and explains them all", () => {
    const trace = segmentOf({ fault: true, status: 500, took: 2, user: undefined, calls: [{ name: "a", fault: true }] }, 0);
    const rows = filterRows(tableOf([trace]));
    const text = 'fault OR service("a") { !(ok) AND (fault OR responsetime > 9) } OR responsetime > 1';
    expect([...matchingTraces(parseFilter(text), rows, Uint32Array.of(0))]).toEqual([0]);
    expect(explainTrace(parseFilter(text), text, rows, 0)).toMatchObject({ verdict: true, reason: "3 of 3 hold; one is enough" });
  });

  it("indexes fifty annotations of a trace and finds no others", () => {
    const annotations = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, at]));
    const rows = filterRows(
      tableOf([{ ...segmentOf({ fault: false, status: 200, took: 1, user: undefined, calls: [] }, 0), annotations }]),
    );
    const has = (text: string): boolean => matchingTraces(parseFilter(text), rows, Uint32Array.of(0)).length === 1;
    expect([has("annotation.k49 = 49"), has("annotation.k50 = 50"), has("annotation.k0 < 1"), has('annotation.k0 != "x"')]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});
