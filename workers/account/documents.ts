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
import type { ChunkSink } from "../store/contract.ts";
import { canonicalJson } from "./canonical.ts";
import { Collection, type Page } from "./collection.ts";
import { decodePage, encodePage } from "./document-pages.ts";
import { LaneSum } from "./lane-sum.ts";

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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
  first = (): readonly [string, D] | undefined => this.inner.first();
  ids = (): readonly string[] => this.inner.ids();
  values = (): readonly D[] => this.inner.values();
  entries = (): readonly (readonly [string, D])[] => this.inner.entries();

  private refuseWhenPure(): void {
    if (!this.mayWrite) throw new Bug("a screen call or look tried to write a document");
    this.onWrite();
  }
}

/**
 * A collection: its pages, each by the name of its chunk and how many documents at the chunk's beginning are no longer
 * there, and the documents of the last page, which is still growing.
 */
export interface CollectionSnapshot {
  readonly path: string;
  readonly pages: readonly (readonly [chunk: string, skipped: number])[];
  readonly docs: readonly (readonly [string, object])[];
}
export type DocumentsSnapshot = readonly CollectionSnapshot[];

export interface DocumentTable {
  /** Documents at `account/region/service/kind`. */
  open<D extends object>(path: string, mayWrite: boolean, onWrite: () => void): Documents<D>;
  /** Puts pages that changed since they were saved into the chunk sink; those that did not cost nothing. */
  snapshot(): DocumentsSnapshot;
  /** Replaces everything. Rejects with `TornChunk` where a page is not whole; the table is then half filled. */
  restore(snapshot: DocumentsSnapshot): Promise<void>;
  /** Chunks that the last snapshot refers to. */
  chunkIds(): Iterable<string>;
  /** Services that have documents. */
  services(): ReadonlySet<string>;
  /** Order-free digest per service. */
  digests(): ReadonlyMap<string, LaneSum>;
}

export function createDocumentTable(chunks: ChunkSink): DocumentTable {
  let collections = new Map<string, Collection<object>>();
  let saved: readonly string[] = [];
  const digestOf = new WeakMap<object, readonly number[]>();

  const collection = (path: string): Collection<object> => {
    let found = collections.get(path);
    if (found === undefined) {
      found = new Collection();
      collections.set(path, found);
    }
    return found;
  };

  const savedPage = (path: string, of: Collection<object>, page: Page): readonly [string, number] => {
    // Chunks that nothing referred to for a while, after a failed checkpoint for one, may have been collected.
    if (page.chunk !== undefined && chunks.has(page.chunk)) return [page.chunk, page.skipped];
    const { id, buffer } = encodePage(path, of.entriesOf(page));
    chunks.put(id, buffer);
    page.chunk = id;
    page.skipped = 0;
    return [id, 0];
  };

  return {
    open: <D extends object>(path: string, mayWrite: boolean, onWrite: () => void) =>
      new GuardedDocuments(collection(path) as unknown as Collection<D>, mayWrite, onWrite),
    snapshot() {
      const all = [...collections.entries()]
        .filter(([, c]) => c.size > 0)
        .sort(([a], [b]) => ascending(a, b))
        .map(([path, c]) => ({
          path,
          pages: c.pages.slice(0, -1).map((page) => savedPage(path, c, page)),
          docs: c.entriesOf(c.pages.at(-1) as Page),
        }));
      saved = chunksIn(all);
      return all;
    },
    async restore(snapshot) {
      collections = new Map();
      saved = chunksIn(snapshot);
      for (const { path, pages, docs } of snapshot) {
        const target = collection(path);
        const buffers = await Promise.all(pages.map(([chunk]) => chunks.get(chunk)));
        for (const [at, [chunk, skipped]] of pages.entries())
          target.addPage(decodePage(path, buffers[at] as ArrayBuffer).slice(skipped), chunk, skipped);
        target.addPage(docs);
      }
    },
    chunkIds: () => saved,
    services() {
      const found = new Set<string>();
      for (const [path, c] of collections) if (c.size > 0) found.add(serviceIn(path));
      return found;
    },
    digests() {
      const sums = new Map<string, LaneSum>();
      for (const [path, c] of collections) {
        if (c.size === 0) continue; // one that was only looked at is no state
        const service = serviceIn(path);
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

/** Of `account/region/service/kind`. */
const serviceIn = (path: string): string => path.split("/")[2] as string;
const chunksIn = (snapshot: DocumentsSnapshot): string[] => snapshot.flatMap(({ pages }) => pages.map(([chunk]) => chunk));
