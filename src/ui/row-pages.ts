/**
 * Rows of a long list, fetched a page at a time. Kept: the pages used last. Pages asked for while one is under way wait,
 * the newest wish first; a wish that scrolled out of sight is forgotten. `reset` keeps old rows until new ones arrive.
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
  /** Says which rows are in sight. */
  readonly want: (first: number, count: number) => void;
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
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });

  const pump = (): void => {
    while (underWay < AT_ONCE) {
      const page = wanted.find((one) => {
        const entry = pages.get(one);
        return entry === undefined || (!entry.asked && (entry.rows === undefined || entry.generation !== generation));
      });
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
      if (!wanted.includes(page)) pages.delete(page);
    }
  };

  return {
    row(index) {
      version();
      return pages.get(Math.floor(index / PAGE_ROWS))?.rows?.[index % PAGE_ROWS];
    },
    want(first, count) {
      const from = Math.floor(Math.max(0, first) / PAGE_ROWS);
      const to = Math.floor(Math.max(0, first + count - 1) / PAGE_ROWS);
      wanted = [];
      for (let page = from; page <= to; page++) wanted.push(page);
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
