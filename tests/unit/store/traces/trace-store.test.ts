import { describe, expect, it } from "vitest";
import type { Service } from "../../../../workers/model/generated/xray.ts";
import { graphOfTraces } from "../../../../workers/services/xray/graph.ts";
import { createTraceStore, type TraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../../services/harness.ts";
import { KEY, put } from "../../services/xray/segments.ts";

const START = 1_727_045_632;
const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, "0");

/** A trace of two documents: a web segment that calls, and the segment that answers. */
function documents(at: number, padding = ""): readonly object[] {
  const trace_id = `1-${hex(START + at, 8)}-${hex(at, 24)}`;
  const time = { start_time: START + at, end_time: START + at + 0.25 };
  const call = { ...time, name: "api", id: hex(at * 8 + 2, 16), namespace: "remote" };
  const annotations = { tier: at % 2 === 0 ? "pro" : "free", n: at, big: at > 3 };
  const cause = { exceptions: [{ id: hex(9, 16), type: "Broken", message: `number ${at}` }] };
  return [
    {
      ...time,
      name: "web",
      id: hex(at * 8 + 1, 16),
      trace_id,
      annotations,
      user: `user-${at}`,
      metadata: { padding },
      subsegments: [call],
    },
    {
      ...time,
      name: "api",
      id: hex(at * 8 + 3, 16),
      trace_id,
      parent_id: call.id,
      origin: "AWS::ECS::Container",
      fault: true,
      cause,
      http: { request: { url: `/${at}` }, response: { status: 500 } },
    },
  ];
}

const graph = (table: TraceTable | undefined): readonly Service[] =>
  table === undefined
    ? []
    : graphOfTraces(
        table,
        Array.from({ length: table.traces.count }, (_, trace) => trace),
      );
const notes = (table: TraceTable): readonly unknown[] =>
  Array.from({ length: table.notes.count }, (_, note) => [table.strings.texts[table.notes.key[note] as number], table.noteValue(note)]);
const filled = (store: TraceStore, from: number, to: number, padding?: string): TraceTable => {
  for (let at = from; at < to; at++) put(store, documents(at, padding));
  return store.table(KEY) as TraceTable;
};

describe("the store of traces", () => {
  it("gives documents back as they came, from sealed chunks and from the tail", async () => {
    const store = createTraceStore({ chunks: memoryChunks({ slow: true }) });
    const table = filled(store, 0, 60, "ü".repeat(20_000));
    expect([...store.chunkIds()].length).toBeGreaterThanOrEqual(4);
    const sequences = [0, 1, 57, 118, 119];
    const texts = await store.documents(KEY, sequences);
    expect(texts.map((text) => (JSON.parse(text ?? "null") as { id: string }).id)).toEqual(
      [1, 3, 28 * 8 + 3, 59 * 8 + 1, 59 * 8 + 3].map((id) => hex(id, 16)),
    );
    expect(table.traces.count).toBe(60);
    expect(await store.documents("other", [0])).toEqual([undefined]);
  });

  it("is the same after a checkpoint, and goes on the same", async () => {
    const chunks = memoryChunks();
    const store = createTraceStore({ chunks });
    filled(store, 0, 50, "x".repeat(30_000));
    const again = createTraceStore({ chunks });
    await again.restore(structuredClone(store.snapshot()));
    for (const each of [store, again]) filled(each, 50, 90, "y".repeat(30_000));
    const [a, b] = [store.table(KEY) as TraceTable, again.table(KEY) as TraceTable];
    expect(graph(b)).toEqual(graph(a));
    expect(notes(b)).toEqual(notes(a));
    expect([...b.traces.bytes.subarray(0, 90)]).toEqual([...a.traces.bytes.subarray(0, 90)]);
    expect([...again.digests()]).toEqual([...store.digests()]);
    expect([...again.chunkIds()]).toEqual([...store.chunkIds()]);
    expect(await again.documents(KEY, [3, 170])).toEqual(await store.documents(KEY, [3, 170]));
  });

  it("is not changed by what is put after its checkpoint was taken", async () => {
    const chunks = memoryChunks();
    const store = createTraceStore({ chunks });
    filled(store, 0, 3);
    const snapshot = store.snapshot();
    const before = graph(store.table(KEY));
    filled(store, 3, 40);
    const again = createTraceStore({ chunks });
    await again.restore(snapshot);
    expect(graph(again.table(KEY))).toEqual(before);
  });

  it("has a digest that does not depend on when it is asked for, and changes with every byte", () => {
    const [a, b, c] = [0, 1, 2].map(() => createTraceStore({ chunks: memoryChunks() })) as [TraceStore, TraceStore, TraceStore];
    for (let at = 0; at < 40; at++) {
      put(a, documents(at, "z".repeat(20_000)));
      put(b, documents(at, "z".repeat(20_000)));
      put(c, documents(at, "z".repeat(at === 20 ? 19_999 : 20_000)));
      expect([...b.digests()]).toHaveLength(1);
    }
    expect([...b.digests()]).toEqual([...a.digests()]);
    expect([...c.digests()]).not.toEqual([...a.digests()]);
  });

  it("lets go of old traces once they are many, and keeps the others whole", async () => {
    const store = createTraceStore({ chunks: memoryChunks() });
    filled(store, 0, 100, "x".repeat(30_000));
    const version = store.table(KEY)?.version ?? 0;
    store.expire(KEY, (START + 5) * 1000);
    expect(store.table(KEY)?.traces.count).toBe(100);
    store.expire(KEY, (START + 70) * 1000);
    const left = store.table(KEY) as TraceTable;
    expect(left.version).toBeGreaterThan(version);
    expect(left.traces.count).toBeLessThan(70);
    expect(left.traces.word0[left.traces.count - 1]).toBe(START + 99);
    // A trace that is past its time may be left with a part of its documents; readers do not see it.
    const young = Array.from({ length: left.traces.count }, (_, trace) => trace).filter(
      (trace) => (left.traces.word0[trace] as number) >= START + 70,
    );
    expect(graphOfTraces(left, young)).toEqual(graph(filled(createTraceStore({ chunks: memoryChunks() }), 70, 100)));
    expect(await store.documents(KEY, [199])).toEqual(await createTraceStoreTexts(199));
    expect(await store.documents(KEY, [0])).toEqual([undefined]);
  });
});

async function createTraceStoreTexts(sequence: number): Promise<readonly (string | undefined)[]> {
  const store = createTraceStore({ chunks: memoryChunks() });
  filled(store, 0, 100, "x".repeat(30_000));
  return await store.documents(KEY, [sequence]);
}
