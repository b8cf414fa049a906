/**
 * Documents of one kind, ascending by id, cut into pages:
 *
 *     pages   [ - - c d ]  [ e f g ]  [ h i ]        ids ascending within and across pages; no page is empty
 *             saved "x"    changed    (the last)     `chunk`: where the page is saved, as long as nothing in it changed
 *             skipped 2                              but that its first so many documents were dropped since
 *
 * Appending fills the last page and opens another behind it; dropping the oldest empties the first. The other pages stay
 * as they are, and so do all chunks. Finding a place costs O(log pages + log page), changing it one short splice; nothing
 * is ever sorted anew.
 */
import { deepFreeze } from "./canonical.ts";

/** Documents a page holds at most. */
export const PAGE_DOCUMENTS = 256;

export interface Page {
  readonly ids: string[];
  chunk: string | undefined;
  skipped: number;
}

const newPage = (ids: string[]): Page => ({ ids, chunk: undefined, skipped: 0 });

function changed(page: Page): void {
  page.chunk = undefined;
  page.skipped = 0;
}

export class Collection<D extends object> {
  private readonly docs = new Map<string, D>();
  private list: Page[] = [];
  /** What `ids()` handed out last. It is never changed, only forgotten. */
  private handedOut: readonly string[] | undefined;

  get = (id: string): D | undefined => this.docs.get(id);
  has = (id: string): boolean => this.docs.has(id);

  get size(): number {
    return this.docs.size;
  }

  get pages(): readonly Page[] {
    return this.list;
  }

  put(id: string, doc: D): void {
    const known = this.docs.has(id);
    this.docs.set(id, deepFreeze(doc));
    const at = this.pageFor(id);
    if (known) changed(this.list[at] as Page);
    else this.insert(at, id);
  }

  delete(id: string): boolean {
    if (!this.docs.delete(id)) return false;
    this.handedOut = undefined;
    const at = this.pageFor(id);
    const page = this.list[at] as Page;
    const place = placeOf(page.ids, id);
    page.ids.splice(place, 1);
    if (place === 0 && page.chunk !== undefined) page.skipped++;
    else changed(page);
    if (page.ids.length === 0) this.list.splice(at, 1);
    else if (!this.join(at)) this.join(at - 1);
    return true;
  }

  first(): readonly [string, D] | undefined {
    const id = this.list[0]?.ids[0];
    return id === undefined ? undefined : [id, this.docs.get(id) as D];
  }

  /** Costs a copy of the ids once after documents came or went; a caller may put and delete while it walks them. */
  ids(): readonly string[] {
    this.handedOut ??= this.list.length === 1 ? (this.list[0] as Page).ids.slice() : this.list.flatMap((page) => page.ids);
    return this.handedOut;
  }

  values(): readonly D[] {
    const found: D[] = [];
    for (const page of this.list) for (const id of page.ids) found.push(this.docs.get(id) as D);
    return found;
  }

  entries(): readonly (readonly [string, D])[] {
    return this.list.flatMap((page) => this.entriesOf(page));
  }

  entriesOf(page: Page): (readonly [string, D])[] {
    return page.ids.map((id) => [id, this.docs.get(id) as D] as const);
  }

  /** Adds a page behind all others: ids ascending, above all that are there. `chunk`: where it is saved, with `skipped` more before it. */
  addPage(entries: readonly (readonly [string, D])[], chunk?: string, skipped = 0): void {
    if (entries.length === 0) return;
    for (const [id, doc] of entries) this.docs.set(id, deepFreeze(doc));
    this.list.push({ ids: entries.map(([id]) => id), chunk, skipped });
    this.handedOut = undefined;
  }

  /** Index of the page that holds the id or would: the first whose last id is not below it, else the last page. */
  private pageFor(id: string): number {
    let [low, high] = [0, this.list.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.list[middle] as Page).ids.at(-1) as string) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private insert(at: number, id: string): void {
    this.handedOut = undefined;
    const page = this.list[at];
    if (page === undefined || (page.ids.length >= PAGE_DOCUMENTS && (page.ids.at(-1) as string) < id)) {
      this.list.push(newPage([id]));
      return;
    }
    changed(page);
    page.ids.splice(placeOf(page.ids, id), 0, id);
    if (page.ids.length > PAGE_DOCUMENTS) {
      const upper = page.ids.splice(page.ids.length >>> 1);
      this.list.splice(at + 1, 0, newPage(upper));
    }
  }

  /** Joins a page with the next where both are small, so that deleting here and there leaves no crumbs. */
  private join(at: number): boolean {
    const [page, next] = [this.list[at], this.list[at + 1]];
    if (page === undefined || next === undefined || page.ids.length + next.ids.length > PAGE_DOCUMENTS / 2) return false;
    page.ids.push(...next.ids);
    changed(page);
    this.list.splice(at + 1, 1);
    return true;
  }
}

/** First place in ascending ids that is not below `id`. */
function placeOf(ids: readonly string[], id: string): number {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ids[middle] as string) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}
