import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { referenceKernels } from "../../../../workers/kernels/reference.ts";
import type { LineMatcher, LogBatch, LogRows, LogStore, LogView } from "../../../../workers/store/logs/log-store.ts";
import { createLogStore } from "../../../../workers/store/logs/log-store.ts";
import { memoryChunks } from "../../services/harness.ts";

interface Event {
  readonly stream: string;
  readonly timestamp: number;
  readonly ingestion: number;
  readonly message: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder();

function batchOf(events: readonly Pick<Event, "timestamp" | "ingestion" | "message">[]): LogBatch {
  const parts = events.map(({ message }) => encoder.encode(message));
  const offsets = new Uint32Array(parts.length + 1);
  parts.forEach((part, i) => {
    offsets[i + 1] = offsets[i]! + part.length;
  });
  const bytes = new Uint8Array(offsets[parts.length]!);
  parts.forEach((part, i) => {
    bytes.set(part, offsets[i]);
  });
  return {
    timestamps: Float64Array.from(events, ({ timestamp }) => timestamp),
    ingestion: Float64Array.from(events, ({ ingestion }) => ingestion),
    offsets,
    bytes,
  };
}

function eventsOf(rows: LogRows): Event[] {
  return Array.from(rows.timestamps, (timestamp, i) => ({
    stream: rows.streams[rows.streamIndex[i]!]!,
    timestamp,
    ingestion: rows.ingestion[i]!,
    message: decoder.decode(rows.bytes.subarray(rows.offsets[i]!, rows.offsets[i + 1]!)),
  }));
}

const open = (slow = false) => {
  const chunks = memoryChunks({ slow });
  return { chunks, store: createLogStore({ kernels: referenceKernels, chunks }) };
};
const everything = async (store: LogStore, streams?: readonly string[]): Promise<Event[]> => {
  const view = await store.view("g", streams);
  return eventsOf(await view.range(0, view.count));
};
const holding =
  (text: string): LineMatcher =>
  (block) =>
    referenceKernels.matchTerms({ all: [encoder.encode(text)], any: [], none: [] }, block);
/** All positions that match. */
const matching = async (view: LogView, key: string, matcher: LineMatcher): Promise<Uint32Array> =>
  (await view.search(key, matcher, { from: 0, to: view.count })).positions;
const put = (store: LogStore, stream: string, ...events: readonly (readonly [number, string])[]): void =>
  store.append("g", stream, batchOf(events.map(([timestamp, message]) => ({ timestamp, ingestion: 1000, message }))));

/** Long lines, so that a few of them fill a chunk. */
const long = (text: string): string => text.padEnd(300_000, ".");

describe("a store of log events", () => {
  it("holds nothing for a group it never saw", async () => {
    const { store } = open();
    const view = await store.view("g");
    expect([view.count, view.lowerBound(0), store.version("g"), store.stats("g", "s"), store.streams("g")]).toEqual([
      0,
      0,
      0,
      undefined,
      [],
    ]);
    expect((await view.range(0, 10)).timestamps).toHaveLength(0);
    expect(await view.search("x", holding("x"), { from: 0, to: 5 })).toEqual({ from: 0, to: 0, positions: new Uint32Array(0) });
    expect(await store.stored("g", -Infinity)).toEqual({ events: 0, messageBytes: 0 });
  });

  it("answers synchronously while all is resident, and with a promise otherwise", () => {
    const { store, chunks } = open();
    for (let i = 0; i < 8; i++) put(store, "s", [i, long(`line ${i}`)]);
    expect(chunks.stored.size).toBeGreaterThan(0);
    expect(store.view("g")).not.toBeInstanceOf(Promise);
    chunks.slow = true;
    const fresh = createLogStore({ kernels: referenceKernels, chunks });
    fresh.restore(store.snapshot());
    expect(fresh.view("g")).toBeInstanceOf(Promise);
  });

  it("merges streams by timestamp, then ingestion time, then order of ingestion", async () => {
    const { store } = open();
    store.append("g", "a", batchOf([{ timestamp: 5, ingestion: 9, message: "third" }]));
    store.append("g", "b", batchOf([{ timestamp: 5, ingestion: 7, message: "second" }]));
    store.append("g", "b", batchOf([{ timestamp: 4, ingestion: 9, message: "first" }]));
    store.append("g", "a", batchOf([{ timestamp: 5, ingestion: 9, message: "fourth" }]));
    expect((await everything(store)).map(({ message }) => message)).toEqual(["first", "second", "third", "fourth"]);
    expect((await everything(store, ["a"])).map(({ message }) => message)).toEqual(["third", "fourth"]);
    expect(await everything(store, ["nobody"])).toEqual([]);
  });

  it("shows the same events whatever the batches, the chunks and the moments of looking", async () => {
    const event = fc.record({
      stream: fc.constantFrom("a", "b", "c"),
      timestamp: fc.integer({ min: 0, max: 40 }),
      ingestion: fc.integer({ min: 100, max: 103 }),
      message: fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom("x", "xy", "émoji 🙂", "z") },
        { weight: 1, arbitrary: fc.constant(long("big x")) },
      ),
    });
    const step = fc.record({ events: fc.array(event, { minLength: 1, maxLength: 5 }), look: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), fc.boolean(), async (steps, slow) => {
        const { store } = open(slow);
        const all: Event[] = [];
        for (const { events, look } of steps) {
          for (const name of ["a", "b", "c"]) {
            const own = events.filter(({ stream }) => stream === name);
            if (own.length === 0) continue;
            store.append("g", name, batchOf(own));
            all.push(...own);
          }
          if (look) await matching(await store.view("g"), "x", holding("x"));
        }
        const order = all.map((entry, sequence) => ({ entry, sequence }));
        order.sort((a, b) => a.entry.timestamp - b.entry.timestamp || a.entry.ingestion - b.entry.ingestion || a.sequence - b.sequence);
        const expected = order.map(({ entry }) => entry);
        expect(await everything(store)).toEqual(expected);
        expect(await everything(store, ["b", "c"])).toEqual(expected.filter(({ stream }) => stream !== "a"));
        const view = await store.view("g");
        expect([...(await matching(view, "x", holding("x")))]).toEqual(
          expected.flatMap(({ message }, i) => (message.includes("x") ? [i] : [])),
        );
        for (const moment of [0, 7, 20, 41]) {
          const first = expected.findIndex(({ timestamp }) => timestamp >= moment);
          expect(view.lowerBound(moment)).toBe(first < 0 ? expected.length : first);
        }
        const bytes = all.reduce((sum, { message }) => sum + encoder.encode(message).length, 0);
        expect(await store.stored("g", -Infinity)).toEqual({ events: all.length, messageBytes: bytes });
        expect((await store.stored("g", 20)).events).toBe(all.filter(({ timestamp }) => timestamp >= 20).length);
      }),
      { numRuns: 60 },
    );
  });

  it("keeps a view as it was when more comes in later", async () => {
    const { store } = open();
    put(store, "s", [1, "one"], [3, "three"]);
    const view = (await store.view("g")) as LogView;
    put(store, "s", [2, "two"], [4, "four"]);
    expect(eventsOf(await view.range(0, view.count)).map(({ message }) => message)).toEqual(["one", "three"]);
    expect((await everything(store)).map(({ message }) => message)).toEqual(["one", "two", "three", "four"]);
    expect(eventsOf(await view.rows([1, 0])).map(({ message }) => message)).toEqual(["three", "one"]);
  });

  it("holds the events of its call while a slow read is under way", async () => {
    const { store, chunks } = open();
    for (let i = 0; i < 8; i++) put(store, "s", [i, long(`line ${i}`)]);
    chunks.slow = true;
    const fresh = createLogStore({ kernels: referenceKernels, chunks });
    fresh.restore(store.snapshot());
    const asked = fresh.view("g");
    fresh.append("g", "s", batchOf([{ timestamp: 0, ingestion: 1, message: "late" }]));
    expect((await asked).count).toBe(8);
    expect((await fresh.view("g")).count).toBe(9);
  });

  it("looks only at new lines when the group has grown", async () => {
    const { store } = open();
    let looked = 0;
    const matcher: LineMatcher = (block) => {
      looked += block.offsets.length - 1;
      return holding("x")(block);
    };
    put(store, "s", [1, "x"], [2, "y"], [3, "x"]);
    expect([...(await matching(await store.view("g"), "k", matcher))]).toEqual([0, 2]);
    put(store, "s", [4, "x"]);
    expect([...(await matching(await store.view("g"), "k", matcher))]).toEqual([0, 2, 3]);
    put(store, "t", [0, "x"]);
    expect([...(await matching(await store.view("g"), "k", matcher))]).toEqual([0, 1, 3, 4]);
    expect(looked).toBe(5);
  });

  it("seals full tails into chunks of about a mebibyte that say what they hold", () => {
    const { store, chunks } = open();
    for (let i = 0; i < 9; i++) put(store, "s", [i, long(`line ${i}`)]);
    const ids = [...store.chunkIds()];
    expect(ids).toHaveLength(2);
    expect([...chunks.stored.keys()].sort()).toEqual([...ids].sort());
    for (const bytes of chunks.stored.values()) expect(bytes.byteLength).toBeGreaterThan(1 << 20);
  });

  it("comes back from a snapshot with the same events, digests and further course", async () => {
    const { store, chunks } = open();
    for (let i = 0; i < 9; i++) put(store, "s", [i, long(`line ${i}`)]);
    put(store, "t", [2, "small"]);
    const saved = structuredClone(store.snapshot());
    const again = createLogStore({ kernels: referenceKernels, chunks });
    again.restore(saved);
    expect(await everything(again)).toEqual(await everything(store));
    expect([...again.digests()]).toEqual([...store.digests()]);
    for (const each of [store, again]) put(each, "s", [100, long("more")], [101, long("and more")]);
    expect([...again.digests()]).toEqual([...store.digests()]);
    expect([...again.chunkIds()]).toEqual([...store.chunkIds()]);
    expect(again.stats("g", "s")).toEqual(store.stats("g", "s"));
    expect(await everything(again)).toEqual(await everything(store));
  });

  it("gives another digest for another cut of the same bytes, and the same for the same events", () => {
    const digestOf = (...messages: readonly string[]): string => {
      const { store } = open();
      put(store, "s", ...messages.map((message, i) => [i, message] as const));
      return [...store.digests()][0]![1];
    };
    expect(digestOf("ab", "c")).toBe(digestOf("ab", "c"));
    expect(digestOf("ab", "c")).not.toBe(digestOf("a", "bc"));
  });

  it("names a chunk by its content, so that another course after a rewind never reuses an id", () => {
    const { store, chunks } = open();
    const start = structuredClone(store.snapshot());
    for (let i = 0; i < 4; i++) put(store, "s", [i, long("one way")]);
    const first = [...store.chunkIds()];
    store.restore(start);
    for (let i = 0; i < 4; i++) put(store, "s", [i, long("another")]);
    const second = [...store.chunkIds()];
    expect(second).not.toEqual(first);
    expect(chunks.stored.size).toBe(2);
  });

  it("forgets a stream, and a group, and what is made anew under the name starts empty", async () => {
    const { store } = open();
    put(store, "s", [1, "one"]);
    put(store, "t", [2, "two"]);
    const before = store.version("g");
    store.deleteStream("g", "s");
    expect(store.version("g")).toBeGreaterThan(before);
    expect((await everything(store)).map(({ message }) => message)).toEqual(["two"]);
    put(store, "s", [3, "three"]);
    expect((await everything(store, ["s"])).map(({ message }) => message)).toEqual(["three"]);
    store.deleteGroup("g");
    expect(await everything(store)).toEqual([]);
    expect([[...store.chunkIds()], [...store.digests()]]).toEqual([[], []]);
  });

  it("lets go of sealed chunks that lie wholly before a moment", async () => {
    const { store } = open();
    for (let i = 0; i < 9; i++) put(store, "s", [i, long(`line ${i}`)]);
    store.expire("g", 3);
    expect((await everything(store)).map(({ timestamp }) => timestamp)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    store.expire("g", 4);
    expect((await everything(store)).map(({ timestamp }) => timestamp)).toEqual([4, 5, 6, 7, 8]);
    expect([...store.chunkIds()]).toHaveLength(1);
  });

  it("finds rows in two hundred thousand events by number and by time without reading all of them", async () => {
    const { store } = open();
    const n = 200_000;
    for (let from = 0; from < n; from += 10_000) {
      const events = Array.from({ length: 10_000 }, (_, i) => ({
        timestamp: (from + i) * 10,
        ingestion: 0,
        message: `event number ${from + i}`,
      }));
      store.append("g", `s${from % 3}`, batchOf(events));
    }
    const view = (await store.view("g")) as LogView;
    expect(view.count).toBe(n);
    expect(view.lowerBound(1_234_565)).toBe(123_457);
    expect(eventsOf(await view.range(150_000, 150_002)).map(({ message }) => message)).toEqual([
      "event number 150000",
      "event number 150001",
    ]);
    expect([...(await matching(view, "999", holding("number 199999")))]).toEqual([199_999]);
  });

  it("puts a long group in order a part at a time, letting other work in between, and late rows into their place", async () => {
    let breaths = 0;
    const breathe = (): Promise<void> => {
      breaths++;
      return Promise.resolve();
    };
    const store = createLogStore({ kernels: referenceKernels, chunks: memoryChunks({ slow: true }), breathe });
    const n = 40_000;
    for (const part of [2, 0, 1, 3, 4, 5]) {
      const events = Array.from({ length: n }, (_, i) => ({ timestamp: part * n + i, ingestion: 0, message: `${part * n + i}` }));
      store.append("g", `s${part}`, batchOf(events));
    }
    const view = await store.view("g");
    expect([view.count, breaths]).toEqual([6 * n, 3]);
    for (let at = 0; at < view.count; at += 997) expect(view.timestampAt(at)).toBe(at);
    expect(eventsOf(await view.range(119_999, 120_001)).map(({ message }) => message)).toEqual(["119999", "120000"]);
    put(store, "late", [50_000, "late"], [6 * n, "last"]);
    const longer = await store.view("g");
    expect(eventsOf(await longer.range(50_000, 50_002)).map(({ message }) => message)).toEqual(["50000", "late"]);
    expect(eventsOf(await longer.range(6 * n, 6 * n + 2)).map(({ message }) => message)).toEqual([`${6 * n - 1}`, "last"]);
    expect(view.count).toBe(6 * n);
  });
});
