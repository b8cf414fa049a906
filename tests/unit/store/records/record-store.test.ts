import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRecordStore, type RecordStore } from "../../../../workers/store/records/record-store.ts";
import { SEAL_ROWS, termNumber } from "../../../../workers/store/records/run.ts";
import { atOnce, memoryChunks } from "../../services/harness.ts";

const termsOf = (record: Readonly<Record<string, unknown>>): string[] => [`name=${record["name"]}`, `user=${record["user"]}`];
const add = (store: RecordStore, at: number, name: string, user = "u"): void => store.append("b", at, { name, user }, termsOf);
const all = { from: -Infinity, to: Infinity };
const names = (rows: readonly { readonly text: string }[]): string[] => rows.map(({ text }) => (JSON.parse(text) as { name: string }).name);

/** Enough rows for two sealed runs and a tail; times go back and forth. */
function filled(chunks = memoryChunks()): RecordStore {
  const store = createRecordStore({ chunks });
  for (let i = 0; i < 2 * SEAL_ROWS + 10; i++) add(store, 1000 * Math.floor(i / 3) - (i % 7) * 5000, `n${i % 5}`, `u${i % 1000}`);
  return store;
}

describe("the store of records", () => {
  it("answers pages newest first as a sorted list would, for any records, range, term and place", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: 0, max: 20 }), name: fc.constantFrom("a", "b", "c") }), { maxLength: 60 }),
        fc.integer({ min: -1, max: 21 }),
        fc.integer({ min: -1, max: 21 }),
        fc.constantFrom(undefined, "a", "b", "nobody"),
        fc.integer({ min: 1, max: 10 }),
        (records, from, to, name, limit) => {
          const store = createRecordStore({ chunks: memoryChunks() });
          for (const record of records) add(store, record.at, record.name);
          const wanted = records
            .map((record, sequence) => ({ ...record, sequence }))
            .filter((record) => record.at >= from && record.at <= to && (name === undefined || record.name === name))
            .sort((a, b) => b.at - a.at || b.sequence - a.sequence);
          const range = { from, to, ...(name === undefined ? {} : { term: `name=${name}` }) };
          expect(atOnce(store.count("b", range))).toBe(wanted.length);
          const seen: number[] = [];
          for (let after: { at: number; sequence: number } | undefined; ; ) {
            const page = atOnce(store.page("b", { ...range, limit, ...(after === undefined ? {} : { after }) }));
            seen.push(...page.rows.map(({ sequence }) => sequence));
            after = page.rows.at(-1);
            if (!page.hasMore) break;
          }
          expect(seen).toEqual(wanted.map(({ sequence }) => sequence));
        },
      ),
    );
  });

  it("finds in sealed runs what it found before, also where reading takes time", async () => {
    const chunks = memoryChunks();
    const store = filled(chunks);
    expect(chunks.stored.size).toBe(4);
    const range = { ...all, term: "user=u17" };
    const page = atOnce(store.page("b", { ...range, limit: 3 }));
    expect(page.hasMore).toBe(true);
    expect(atOnce(store.count("b", range))).toBe(9);
    chunks.slow = true;
    expect(await store.page("b", { ...range, limit: 3 })).toEqual(page);
    expect(await store.count("b", range)).toBe(9);
    const scanned = await store.scan("b", { ...all, test: (text) => text.includes('"u17"') });
    expect(scanned).toHaveLength(9);
    expect(scanned.slice(0, 3)).toEqual(page.rows);
  });

  it("does not take a record for another whose term has the same number", () => {
    expect(termNumber("costarring")).toBe(termNumber("liquid"));
    const store = createRecordStore({ chunks: memoryChunks() });
    const terms = (record: Readonly<Record<string, unknown>>): string[] => [String(record["name"])];
    for (let i = 0; i < 10; i++) store.append("b", i, { name: i % 2 === 0 ? "costarring" : "liquid" }, terms);
    const fits = (text: string): boolean => text.includes("liquid");
    const page = atOnce(store.page("b", { ...all, term: "liquid", limit: 3, fits }));
    expect(names(page.rows)).toEqual(["liquid", "liquid", "liquid"]);
    expect(page.hasMore).toBe(true);
    expect(atOnce(store.page("b", { ...all, term: "liquid", limit: 5, fits }))).toMatchObject({ hasMore: false, rows: { length: 5 } });
  });

  it("drops what was delivered and keeps the order of the rest", () => {
    const store = filled();
    const before = atOnce(store.all("b"));
    store.dropThrough("b", SEAL_ROWS + 5);
    expect(atOnce(store.all("b"))).toEqual(before.slice(SEAL_ROWS + 6));
    store.dropThrough("b", 1e9);
    expect(store.size("b")).toBe(0);
    add(store, 5, "later");
    expect(atOnce(store.all("b"))).toMatchObject([{ sequence: before.length, at: 5 }]);
  });

  it("lets go of sealed runs that are wholly too old", () => {
    const chunks = memoryChunks();
    const store = filled(chunks);
    const digest = [...store.digests()];
    store.expire("b", 1000 * (SEAL_ROWS / 3) + 1000);
    expect([...store.chunkIds()]).toHaveLength(2);
    expect([...store.digests()]).toEqual(digest);
  });

  it("stands after a restore as it stood, and goes on the same way", () => {
    const chunks = memoryChunks();
    const store = filled(chunks);
    const copy = createRecordStore({ chunks });
    copy.restore(structuredClone(store.snapshot()));
    for (const each of [store, copy]) for (let i = 0; i < 300; i++) add(each, i, `more${i}`);
    expect([...copy.digests()]).toEqual([...store.digests()]);
    expect(atOnce(copy.all("b"))).toEqual(atOnce(store.all("b")));
    expect(atOnce(copy.page("b", { ...all, term: "name=more7", limit: 5 })).rows).toHaveLength(1);
  });

  it("has the same digest however often it was asked on the way", () => {
    const [one, two] = [createRecordStore({ chunks: memoryChunks() }), createRecordStore({ chunks: memoryChunks() })];
    for (let i = 0; i < 600; i++) {
      add(one, i, `n${i}`);
      add(two, i, `n${i}`);
      if (i % 100 === 0) atOnce(two.all("b"));
    }
    expect([...one.digests()]).toEqual([...two.digests()]);
  });
});
