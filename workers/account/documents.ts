/**
 * Configuration of every service: frozen plain JSON documents, keyed by account, region, service, kind and id.
 *
 *   "123456789012/us-east-1/cloudwatch/alarm"  ->  "high-cpu" -> { ...frozen }
 *
 * Invariant: a document is never mutated, so its digest is computed once and remembered with the object itself.
 */
import { digestTexts } from "../model/digest.ts";
import { Bug } from "../model/errors.ts";
import type { Documents } from "../services/contract.ts";
import { canonicalJson, deepFreeze } from "./canonical.ts";
import { LaneSum } from "./lane-sum.ts";

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

class Collection<D extends object> {
  private readonly docs = new Map<string, D>();
  private sorted: string[] | undefined;

  get = (id: string): D | undefined => this.docs.get(id);
  has = (id: string): boolean => this.docs.has(id);

  put(id: string, doc: D): void {
    if (!this.docs.has(id)) {
      // Appending in order (sequence-numbered documents) keeps the index; anything else rebuilds it on the next read.
      const last = this.sorted?.at(-1);
      if (this.sorted !== undefined && (last === undefined || last < id)) this.sorted.push(id);
      else this.sorted = undefined;
    }
    this.docs.set(id, deepFreeze(doc));
  }

  delete(id: string): boolean {
    if (!this.docs.delete(id)) return false;
    this.sorted = undefined;
    return true;
  }

  get size(): number {
    return this.docs.size;
  }

  ids(): readonly string[] {
    this.sorted ??= [...this.docs.keys()].sort(ascending);
    return this.sorted;
  }

  values = (): readonly D[] => this.ids().map((id) => this.docs.get(id) as D);
  entries = (): readonly (readonly [string, D])[] => this.ids().map((id) => [id, this.docs.get(id) as D]);
}

/** What a handler sees: the collection, with writes refused where the call is pure. */
class GuardedDocuments<D extends object> implements Documents<D> {
  constructor(
    private readonly inner: Collection<D>,
    private readonly mayWrite: boolean,
    private readonly onWrite: () => void,
  ) {}
  get = (id: string): D | undefined => this.inner.get(id);
  has = (id: string): boolean => this.inner.has(id);
  put(id: string, doc: D): void {
    this.refuseWhenPure();
    this.inner.put(id, doc);
  }
  delete(id: string): boolean {
    this.refuseWhenPure();
    return this.inner.delete(id);
  }
  get size(): number {
    return this.inner.size;
  }
  ids = (): readonly string[] => this.inner.ids();
  values = (): readonly D[] => this.inner.values();
  entries = (): readonly (readonly [string, D])[] => this.inner.entries();

  private refuseWhenPure(): void {
    if (!this.mayWrite) throw new Bug("a screen call or look tried to write a document");
    this.onWrite();
  }
}

export type DocumentsSnapshot = readonly { readonly path: string; readonly docs: readonly (readonly [string, object])[] }[];

export interface DocumentTable {
  /** Documents at `account/region/service/kind`. */
  open<D extends object>(path: string, mayWrite: boolean, onWrite: () => void): Documents<D>;
  snapshot(): DocumentsSnapshot;
  restore(snapshot: DocumentsSnapshot): void;
  /** Order-free digest per service. */
  digests(): ReadonlyMap<string, LaneSum>;
}

export function createDocumentTable(): DocumentTable {
  let collections = new Map<string, Collection<object>>();
  const digestOf = new WeakMap<object, readonly number[]>();

  const collection = (path: string): Collection<object> => {
    let found = collections.get(path);
    if (found === undefined) {
      found = new Collection();
      collections.set(path, found);
    }
    return found;
  };

  return {
    open: <D extends object>(path: string, mayWrite: boolean, onWrite: () => void) =>
      new GuardedDocuments(collection(path) as unknown as Collection<D>, mayWrite, onWrite),
    snapshot: () =>
      [...collections.entries()]
        .filter(([, c]) => c.size > 0)
        .sort(([a], [b]) => ascending(a, b))
        .map(([path, c]) => ({ path, docs: c.entries() })),
    restore(snapshot) {
      collections = new Map();
      for (const { path, docs } of snapshot) {
        const target = collection(path);
        for (const [id, doc] of docs) target.put(id, doc);
      }
    },
    digests() {
      const sums = new Map<string, LaneSum>();
      for (const [path, c] of collections) {
        if (c.size === 0) continue; // one that was only looked at is no state
        const service = path.split("/")[2] as string;
        let sum = sums.get(service);
        if (sum === undefined) {
          sum = new LaneSum();
          sums.set(service, sum);
        }
        for (const [id, doc] of c.entries()) {
          let words = digestOf.get(doc);
          if (words === undefined) {
            words = digestTexts(path, id, canonicalJson(doc)).words();
            digestOf.set(doc, words);
          }
          sum.add(words);
        }
      }
      return sums;
    },
  };
}
