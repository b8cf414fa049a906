import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, deepFreeze } from "../../../workers/account/canonical.ts";
import { PAGE_DOCUMENTS } from "../../../workers/account/collection.ts";
import { createDocumentTable, type DocumentsSnapshot, type DocumentTable } from "../../../workers/account/documents.ts";
import { Bug } from "../../../workers/model/errors.ts";
import { TornChunk } from "../../../workers/store/chunk.ts";
import type { ChunkSink } from "../../../workers/store/contract.ts";
import { bufferOf } from "../../../workers/store/room.ts";

/** Chunks in memory, and which were put. */
function sink(): ChunkSink & { readonly puts: string[]; readonly held: Map<string, ArrayBuffer> } {
  const held = new Map<string, ArrayBuffer>();
  const puts: string[] = [];
  return {
    held,
    puts,
    put(id, bytes) {
      puts.push(id);
      held.set(id, bufferOf(bytes));
    },
    get: (id) => held.get(id) ?? Promise.reject(new TornChunk(`chunk ${id}`, "missing", "stored")),
    has: (id) => held.has(id),
  };
}
const newTable = (chunks: ChunkSink = sink()): DocumentTable => createDocumentTable(chunks);

type Doc = { readonly n: number; readonly inner?: { readonly list: readonly number[] } };
const open = (table: DocumentTable, path = "1/r/s/k", mayWrite = true, onWrite = (): void => undefined) =>
  table.open<Doc>(path, mayWrite, onWrite);
const hashes = (table: DocumentTable): unknown => Object.fromEntries([...table.digests()].map(([name, sum]) => [name, sum.hex()]));

describe("documents", () => {
  it("are frozen through and through", () => {
    const docs = open(newTable());
    docs.put("a", { n: 1, inner: { list: [1, 2] } });
    const held = docs.get("a") as Doc;
    expect(() => Object.assign(held, { n: 2 })).toThrow(TypeError);
    expect(() => (held as unknown as { inner: { list: number[] } }).inner.list.push(3)).toThrow(TypeError);
  });

  it("are refused to a pure call, and say so as a defect of ours", () => {
    const table = newTable();
    open(table).put("a", { n: 1 });
    const pure = open(table, "1/r/s/k", false);
    expect(() => pure.put("b", { n: 2 })).toThrow(Bug);
    expect(() => pure.delete("a")).toThrow(Bug);
    expect(pure.ids()).toEqual(["a"]);
  });

  it("tell of every write, and of no read", () => {
    let writes = 0;
    const docs = open(newTable(), "1/r/s/k", true, () => writes++);
    docs.put("a", { n: 1 });
    docs.get("a");
    docs.values();
    docs.entries();
    expect(writes).toBe(1);
    docs.delete("a");
    expect(writes).toBe(2);
  });

  it("come in ascending code units whatever the order of writing", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.boolean()), { maxLength: 40 }), (steps) => {
        const docs = open(newTable());
        const model = new Set<string>();
        for (const [id, keep] of steps) {
          if (keep) docs.put(id, { n: 1 });
          else docs.delete(id);
          if (keep) model.add(id);
          else model.delete(id);
          const sorted = [...model].sort((a, b) => (a < b ? -1 : 1));
          expect(docs.ids()).toEqual(sorted);
          expect(docs.entries().map(([key]) => key)).toEqual(sorted);
          expect(docs.size).toBe(sorted.length);
        }
      }),
    );
  });

  it("hash by what they are, not by how they came to be", () => {
    const [a, b] = [newTable(), newTable()];
    open(a).put("x", { n: 1, inner: { list: [] } });
    open(a).put("y", { n: 2 });
    open(a, "1/r/s/looked at, never written").get("z");
    open(b).put("gone", { n: 9 });
    open(b).put("y", { n: 0 });
    open(b).put("y", { n: 2 });
    open(b).put("x", { inner: { list: [] }, n: 1 });
    open(b).delete("gone");
    expect(hashes(a)).toEqual(hashes(b));
    open(b).put("y", { n: 3 });
    expect(hashes(a)).not.toEqual(hashes(b));
  });

  it("hash differently under another account, Region, kind or id", () => {
    const of = (path: string, id: string): string => {
      const table = newTable();
      open(table, path).put(id, { n: 1 });
      return JSON.stringify(hashes(table));
    };
    const all = [of("1/r/s/k", "a"), of("2/r/s/k", "a"), of("1/q/s/k", "a"), of("1/r/s/l", "a"), of("1/r/s/k", "b")];
    expect(new Set(all).size).toBe(all.length);
  });

  it("survive a snapshot, also one that was cloned on its way through storage", async () => {
    const [a, b] = [newTable(), newTable()];
    open(a).put("x", { n: 1 });
    open(a, "1/r/t/k").put("y", { n: 2, inner: { list: [3] } });
    await b.restore(structuredClone(a.snapshot()));
    expect(hashes(b)).toEqual(hashes(a));
    open(a).put("x", { n: 5 });
    expect(open(b).get("x")).toEqual({ n: 1 });
    expect(() => Object.assign(open(b).get("x") as object, { n: 7 })).toThrow(TypeError);
  });
});

describe("a caller that walks documents", () => {
  it("may put and delete while it does: it walks what was there at the call", () => {
    const docs = open(newTable());
    for (const id of ["a", "b", "c", "d"]) docs.put(id, { n: 1 });
    const seen: string[] = [];
    for (const id of docs.ids()) {
      seen.push(id);
      docs.delete(id);
      docs.put(`z${id}`, { n: 2 });
    }
    expect(seen).toEqual(["a", "b", "c", "d"]);
    const before = docs.ids();
    docs.put("zz", { n: 3 });
    expect(before).toEqual(["za", "zb", "zc", "zd"]);
    expect(docs.ids()).toEqual(["za", "zb", "zc", "zd", "zz"]);
  });

  it("pays for a long log once, not at every append and drop", () => {
    const steps = (size: number): number => {
      const docs = open(newTable());
      for (let i = 0; i < size; i++) docs.put(numbered(i), { n: i });
      const began = performance.now();
      for (let i = 0; i < 4000; i++) {
        docs.delete(numbered(i));
        docs.put(numbered(size + i), { n: i });
      }
      return performance.now() - began;
    };
    steps(5_000); // compiled
    const [short, long] = [steps(5_000), steps(200_000)];
    // Sorting anew at each step would cost a thousand times the short one's; a page index costs a few comparisons more.
    expect(long).toBeLessThan(short * 30 + 50);
  });
});

const numbered = (n: number): string => String(n).padStart(12, "0");

describe("a large collection", () => {
  const filled = (chunks: ReturnType<typeof sink>, count: number, from = 0) => {
    const table = newTable(chunks);
    const docs = open(table);
    for (let i = from; i < from + count; i++) docs.put(numbered(i), { n: i });
    return { table, docs };
  };

  it("is saved as pages once; the next checkpoint writes only what changed", () => {
    const chunks = sink();
    const { table, docs } = filled(chunks, 10_000);
    const first = table.snapshot();
    const pages = Math.ceil(10_000 / PAGE_DOCUMENTS);
    expect(chunks.puts).toHaveLength(pages - 1);
    expect([...table.chunkIds()]).toEqual(chunks.puts);
    expect(first[0]?.docs.length).toBeLessThanOrEqual(PAGE_DOCUMENTS);
    const written = () => chunks.puts.splice(0).length;
    written();
    table.snapshot();
    expect(written()).toBe(0);
    docs.put(numbered(10_000), { n: 1 });
    table.snapshot();
    expect(written()).toBe(0); // the last page goes with the checkpoint itself
    for (let i = 10_001; i < 10_000 + PAGE_DOCUMENTS; i++) docs.put(numbered(i), { n: 1 });
    table.snapshot();
    expect(written()).toBe(1); // the page that was the last and is full
    const before = [...table.chunkIds()];
    docs.delete(numbered(0));
    table.snapshot();
    expect(written()).toBe(0); // dropped at the old end: the page is the same, but for what is skipped
    expect([...table.chunkIds()]).toEqual(before);
    for (let i = 1; i < PAGE_DOCUMENTS; i++) docs.delete(numbered(i));
    table.snapshot();
    expect(written()).toBe(0);
    expect([...table.chunkIds()]).toEqual(before.slice(1)); // a page less
    docs.delete(numbered(5_000));
    docs.put(numbered(7_000), { n: -1 });
    docs.put(`${numbered(8_000)}x`, { n: -1 });
    table.snapshot();
    expect(written()).toBeLessThanOrEqual(4); // one of them is split
  });

  it("is put again where the sink no longer has a page", () => {
    const chunks = sink();
    const { table } = filled(chunks, 1_000);
    table.snapshot();
    const [lost] = chunks.puts.splice(0);
    chunks.held.delete(lost as string);
    table.snapshot();
    expect(chunks.puts).toEqual([lost]);
  });

  it("refuses a page that is missing, cut off or another's", async () => {
    const chunks = sink();
    const { table } = filled(chunks, 1_000);
    const snapshot = structuredClone(table.snapshot());
    const [one, two] = chunks.puts as [string, string];
    const whole = chunks.held.get(one) as ArrayBuffer;
    const elsewhere = snapshot.map((each) => ({ ...each, path: "1/r/s/other" }));
    await expect(newTable(chunks).restore(elsewhere)).rejects.toThrow(TornChunk);
    chunks.held.set(one, whole.slice(0, 100));
    await expect(newTable(chunks).restore(snapshot)).rejects.toThrow(TornChunk);
    chunks.held.delete(one);
    await expect(newTable(chunks).restore(snapshot)).rejects.toThrow(TornChunk);
    chunks.held.set(one, whole);
    await newTable(chunks).restore(snapshot);
    expect(two).not.toBe(one);
  });

  it("comes back as it was from every snapshot, whatever was put, replaced and deleted since, and hashes as if it had no pages", async () => {
    const step = fc.record({
      at: fc.nat(4_000),
      run: fc.integer({ min: 1, max: 700 }),
      what: fc.constantFrom("put", "put", "drop", "oldest"),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        const chunks = sink();
        const table = newTable(chunks);
        const docs = open(table);
        const model = new Map<string, Doc>();
        const past: { snapshot: DocumentsSnapshot; model: Map<string, Doc> }[] = [];
        for (const [turn, { at, run, what }] of steps.entries()) {
          const ids =
            what === "oldest"
              ? [...model.keys()].sort().slice(0, run)
              : Array.from({ length: run }, (_, i) => numbered(at + i * (1 + (turn % 3))));
          for (const id of ids) {
            if (what === "put") {
              docs.put(id, { n: turn });
              model.set(id, { n: turn });
            } else expect(docs.delete(id)).toBe(model.delete(id));
          }
          past.push({ snapshot: structuredClone(table.snapshot()), model: new Map(model) });
        }
        for (const then of past.reverse()) {
          const entries = [...then.model].sort(([a], [b]) => (a < b ? -1 : 1));
          const again = newTable(chunks);
          await again.restore(then.snapshot);
          expect(open(again).entries()).toEqual(entries);
          expect(open(again).size).toBe(entries.length);
          expect(open(again).first()).toEqual(entries[0]);
          const plain = newTable();
          for (const [id, doc] of entries.reverse()) open(plain).put(id, doc);
          expect(hashes(again)).toEqual(hashes(plain));
          // And it goes on from there, its pages known: nothing is written for what did not change.
          chunks.puts.length = 0;
          again.snapshot();
          expect(chunks.puts).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("canonical JSON", () => {
  it("is the same text for equal values and reads back as the value", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it("leaves out what is undefined and refuses what JSON cannot hold", () => {
    expect(canonicalJson({ b: undefined, a: -0 })).toBe('{"a":0}');
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, () => 1, [undefined], { a: Symbol("s") }, 1n])
      expect(() => canonicalJson(wrong)).toThrow(TypeError);
  });

  it("freezes what is shared only once", () => {
    const shared = { deep: { n: 1 } };
    expect(Object.isFrozen(deepFreeze({ a: shared, b: shared }).a.deep)).toBe(true);
  });
});
