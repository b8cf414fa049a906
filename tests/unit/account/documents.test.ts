import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonicalJson, deepFreeze } from "../../../workers/account/canonical.ts";
import { createDocumentTable, type DocumentTable } from "../../../workers/account/documents.ts";
import { Bug } from "../../../workers/model/errors.ts";

type Doc = { readonly n: number; readonly inner?: { readonly list: readonly number[] } };
const open = (table: DocumentTable, path = "1/r/s/k", mayWrite = true, onWrite = (): void => undefined) =>
  table.open<Doc>(path, mayWrite, onWrite);
const hashes = (table: DocumentTable): unknown => Object.fromEntries([...table.digests()].map(([name, sum]) => [name, sum.hex()]));

describe("documents", () => {
  it("are frozen through and through", () => {
    const docs = open(createDocumentTable());
    docs.put("a", { n: 1, inner: { list: [1, 2] } });
    const held = docs.get("a") as Doc;
    expect(() => Object.assign(held, { n: 2 })).toThrow(TypeError);
    expect(() => (held as unknown as { inner: { list: number[] } }).inner.list.push(3)).toThrow(TypeError);
  });

  it("are refused to a pure call, and say so as a defect of ours", () => {
    const table = createDocumentTable();
    open(table).put("a", { n: 1 });
    const pure = open(table, "1/r/s/k", false);
    expect(() => pure.put("b", { n: 2 })).toThrow(Bug);
    expect(() => pure.delete("a")).toThrow(Bug);
    expect(pure.ids()).toEqual(["a"]);
  });

  it("tell of every write, and of no read", () => {
    let writes = 0;
    const docs = open(createDocumentTable(), "1/r/s/k", true, () => writes++);
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
        const docs = open(createDocumentTable());
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
    const [a, b] = [createDocumentTable(), createDocumentTable()];
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
      const table = createDocumentTable();
      open(table, path).put(id, { n: 1 });
      return JSON.stringify(hashes(table));
    };
    const all = [of("1/r/s/k", "a"), of("2/r/s/k", "a"), of("1/q/s/k", "a"), of("1/r/s/l", "a"), of("1/r/s/k", "b")];
    expect(new Set(all).size).toBe(all.length);
  });

  it("survive a snapshot, also one that was cloned on its way through storage", () => {
    const [a, b] = [createDocumentTable(), createDocumentTable()];
    open(a).put("x", { n: 1 });
    open(a, "1/r/t/k").put("y", { n: 2, inner: { list: [3] } });
    b.restore(structuredClone(a.snapshot()));
    expect(hashes(b)).toEqual(hashes(a));
    open(a).put("x", { n: 5 });
    expect(open(b).get("x")).toEqual({ n: 1 });
    expect(() => Object.assign(open(b).get("x") as object, { n: 7 })).toThrow(TypeError);
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
