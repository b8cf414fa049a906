/**
 * Rows of a long list, fetched a page at a time. Kept: the pages used last. Pages asked for while one is under way wait,
 * the newest wish first; a wish that scrolled out of sight is forgotten. When nothing in sight is missing the page ahead
 * is fetched, so that scrolling on finds it here. `reset` keeps old rows until new ones arrive.
 */
import { type Accessor, createSignal, onCleanup } from "solid-js";

/** Answers rows `first` to `first + count - 1`; fewer at the end. */
export type RowSource<T> = (first: number, count: number) => Promise<readonly T[]>;

export const PAGE_ROWS = 100;
const KEPT_PAGES = 40;
const AT_ONCE = 2;

export interface RowPages<T> {
  /** The row, or undefined while it is not here; tracks. */
  readonly row: (index: number) => T | undefined;
  /** Says which rows of how many are in sight. */
  readonly want: (first: number, count: number, total: number) => void;
  readonly reset: () => void;
  readonly failure: Accessor<unknown>;
}

interface PageEntry<T> {
  rows: readonly T[] | undefined;
  generation: number;
  asked: boolean;
}

export function createRowPages<T>(source: Accessor<RowSource<T>>): RowPages<T> {
  const pages = new Map<number, PageEntry<T>>();
  const [version, setVersion] = createSignal(0);
  const [failure, setFailure] = createSignal<unknown>();
  let generation = 0;
  let underWay = 0;
  let wanted: number[] = [];
  let seen = 0;
  /** The page that scrolling on in the same direction comes to. */
  let ahead: number | undefined;
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });

  const isAsked = (page: number): boolean => pages.get(page)?.asked === true;
  const isMissing = (page: number): boolean => {
    const entry = pages.get(page);
    return entry === undefined || (!entry.asked && (entry.rows === undefined || entry.generation !== generation));
  };
  const pump = (): void => {
    while (underWay < AT_ONCE) {
      const page = wanted.find(isMissing) ?? (ahead !== undefined && isMissing(ahead) && !wanted.some(isAsked) ? ahead : undefined);
      if (page === undefined) return;
      fetchPage(page);
    }
  };
  const fetchPage = (page: number): void => {
    const entry = pages.get(page) ?? { rows: undefined, generation: -1, asked: false };
    pages.delete(page);
    pages.set(page, entry);
    entry.asked = true;
    underWay++;
    const mine = generation;
    source()(page * PAGE_ROWS, PAGE_ROWS)
      .then(
        (rows) => {
          entry.asked = false;
          if (isGone || mine !== generation) return;
          entry.rows = rows;
          entry.generation = mine;
          setFailure(undefined);
          evict();
          setVersion((count) => count + 1);
        },
        (thrown: unknown) => {
          entry.asked = false;
          if (isGone || mine !== generation) return;
          entry.rows ??= [];
          entry.generation = mine;
          setFailure(() => thrown);
        },
      )
      .finally(() => {
        underWay--;
        if (!isGone) pump();
      });
  };
  const evict = (): void => {
    for (const page of pages.keys()) {
      if (pages.size <= KEPT_PAGES) return;
      if (!wanted.includes(page) && page !== ahead) pages.delete(page);
    }
  };

  return {
    row(index) {
      version();
      return pages.get(Math.floor(index / PAGE_ROWS))?.rows?.[index % PAGE_ROWS];
    },
    want(first, count, total) {
      const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
      const to = Math.floor(Math.max(0, first + count - 1) / PAGE_ROWS);
      wanted = [];
      for (let page = from; page <= to; page++) wanted.push(page);
      if (first !== seen) {
        const next = first > seen ? to + 1 : from - 1;
        ahead = next >= 0 && next * PAGE_ROWS < total ? next : undefined;
        seen = first;
      }
      pump();
    },
    reset() {
      generation++;
      for (const entry of pages.values()) entry.asked = false;
      pump();
    },
    failure,
  };
}
