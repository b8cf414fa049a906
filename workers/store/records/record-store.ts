/**
 * The store of audit records: per book a list of sealed runs and an open tail (see run.ts). A record's text, terms and
 * digest are made when they are first needed, at the latest when a batch of them is full: taking a record costs one push.
 */
import { Digest128 } from "../../model/digest.ts";
import { chain } from "../chain.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import type { PageWanted, RecordPage, RecordRange, RecordRow, RecordStore, TermsOf } from "./contract.ts";
import {
  createRunReader,
  type IndexColumns,
  indexOf,
  matchingRows,
  type Run,
  SEAL_CHARACTERS,
  SEAL_ROWS,
  sealRows,
  type TailRow,
  termNumber,
  textAt,
} from "./run.ts";

export type { RecordPage, RecordRow, RecordStore, TermsOf } from "./contract.ts";

interface Raw {
  readonly at: number;
  readonly record: Readonly<Record<string, unknown>>;
  readonly termsOf: TermsOf;
}

interface Book {
  readonly key: string;
  sealed: Run[];
  /** The open tail: `rows` whose text is made, then `raw`. */
  tail: Run;
  rows: TailRow[];
  raw: Raw[];
  characters: number;
  /** Records before this place were dropped by name: part of the state, as runs that expired are not. */
  dropped: number;
  readonly digest: Digest128;
}

interface BookSnapshot {
  readonly key: string;
  readonly sealed: readonly Run[];
  readonly tail: Run;
  readonly rows: readonly TailRow[];
  readonly characters: number;
  readonly dropped: number;
  readonly digest: readonly number[];
}

/** Records whose text is made at once. */
const BATCH = 256;

/** A row found: where its text is. */
interface Hit {
  readonly at: number;
  readonly sequence: number;
  readonly run: Run;
}

const newestFirst = (a: Hit, b: Hit): number => b.at - a.at || b.sequence - a.sequence;
const openRun = (first: number): Run => ({ first, count: 0, dropped: 0, minTime: Infinity, maxTime: -Infinity });

export interface RecordStoreParts {
  readonly chunks: ChunkSink;
  /** Asked in scans that take long; absent = they go through in one go. */
  readonly breathe?: (() => Promise<void> | undefined) | undefined;
}

/** Opens an empty store of records over a chunk sink. */
export function createRecordStore(parts: RecordStoreParts): RecordStore {
  const { chunks, breathe } = parts;
  const books = new Map<string, Book>();
  const reader = createRunReader(chunks);

  const bookFor = (key: string): Book => {
    let book = books.get(key);
    if (book === undefined) {
      book = { key, sealed: [], tail: openRun(0), rows: [], raw: [], characters: 0, dropped: 0, digest: new Digest128() };
      books.set(key, book);
    }
    return book;
  };

  const settle = (book: Book): void => {
    for (const { at, record, termsOf } of book.raw) {
      const text = JSON.stringify(record);
      book.digest.f64([at]).text(text);
      book.rows.push({ at, text, terms: termsOf(record).map(termNumber) });
      book.characters += text.length;
    }
    book.raw = [];
  };

  const sealWhenFull = (book: Book): void => {
    if (book.rows.length < SEAL_ROWS && book.characters < SEAL_CHARACTERS) return;
    sealRows(book.tail, book.rows, book.key, book.digest.hex(), chunks);
    if (book.tail.dropped < book.tail.count) book.sealed.push(book.tail);
    book.tail = openRun(book.tail.first + book.tail.count);
    book.rows = [];
    book.characters = 0;
  };

  const indexOfRun = (book: Book, run: Run): MaybePromise<IndexColumns> =>
    run.sealed === undefined ? indexOf(book.rows) : reader.index(run.sealed.index);

  const textsOfRun = (book: Book, run: Run): MaybePromise<(row: number) => string> => {
    if (run.sealed === undefined) {
      const { rows } = book;
      return (row) => rows[row]!.text;
    }
    return chain(reader.text(run.sealed.text), (columns) => (row: number) => textAt(columns, row));
  };

  const runsIn = (book: Book, { from, to }: RecordRange): Run[] =>
    [...book.sealed, book.tail]
      .filter((run) => run.count > run.dropped && run.maxTime >= from && run.minTime <= to)
      .sort((a, b) => b.maxTime - a.maxTime || b.first - a.first);

  const hitsIn = (book: Book, run: Run, range: RecordRange): MaybePromise<Hit[]> => {
    const term = range.term === undefined ? undefined : termNumber(range.term);
    return chain(indexOfRun(book, run), (index) =>
      matchingRows(index, run.dropped, range.from, range.to, term).map((row) => ({
        at: index.times[row]!,
        sequence: run.first + row,
        run,
      })),
    );
  };

  /** The newest `limit` hits: runs newest first, until no later run can hold a newer one. */
  const newestHits = (book: Book, wanted: PageWanted, limit: number): MaybePromise<readonly Hit[]> => {
    const { after } = wanted;
    const range = after === undefined ? wanted : { ...wanted, to: Math.min(wanted.to, after.at) };
    const isBehind = (hit: Hit): boolean => after === undefined || hit.at < after.at || hit.sequence < after.sequence;
    const runs = runsIn(book, range);
    let hits: Hit[] = [];
    const from = (place: number): MaybePromise<readonly Hit[]> => {
      for (let i = place; i < runs.length; i++) {
        const run = runs[i]!;
        if (hits.length >= limit && hits[limit - 1]!.at > run.maxTime) break;
        const found = hitsIn(book, run, range);
        if (found instanceof Promise) {
          return found.then((later) => {
            take(later);
            return from(i + 1);
          });
        }
        take(found);
      }
      return hits;
    };
    const take = (found: readonly Hit[]): void => {
      hits = [...hits, ...found.filter(isBehind)].sort(newestFirst).slice(0, limit);
    };
    return from(0);
  };

  const rowsOf = (book: Book, hits: readonly Hit[]): MaybePromise<readonly RecordRow[]> => {
    const runs = [...new Set(hits.map(({ run }) => run))];
    const texts = runs.map((run) => textsOfRun(book, run));
    const made = (all: readonly ((row: number) => string)[]): readonly RecordRow[] => {
      const byRun = new Map(runs.map((run, i) => [run, all[i]!]));
      return hits.map(({ at, sequence, run }) => ({ at, sequence, text: byRun.get(run)!(sequence - run.first) }));
    };
    return texts.some((each) => each instanceof Promise) ? Promise.all(texts).then(made) : made(texts as ((row: number) => string)[]);
  };

  const page = (book: Book, wanted: PageWanted, asked: number): MaybePromise<RecordPage> =>
    chain(newestHits(book, wanted, asked), (hits) =>
      chain(rowsOf(book, hits), (all) => {
        const { fits = () => true, limit } = wanted;
        const rows = all.filter(({ text }) => fits(text));
        // Some only shared a number with the term: ask for as many more.
        if (rows.length <= limit && rows.length < all.length && all.length === asked) return page(book, wanted, asked + all.length);
        return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
      }),
    );

  const settled = (key: string): Book | undefined => {
    const book = books.get(key);
    if (book !== undefined) settle(book);
    return book;
  };

  return {
    append(key, at, record, termsOf) {
      const book = bookFor(key);
      const { tail } = book;
      book.raw.push({ at, record, termsOf });
      tail.count++;
      if (at < tail.minTime) tail.minTime = at;
      if (at > tail.maxTime) tail.maxTime = at;
      if (book.raw.length < BATCH && book.rows.length + book.raw.length < SEAL_ROWS) return;
      settle(book);
      sealWhenFull(book);
    },

    page(key, wanted) {
      const book = settled(key);
      return book === undefined ? { rows: [], hasMore: false } : page(book, wanted, wanted.limit + 1);
    },

    count(key, range) {
      const book = settled(key);
      if (book === undefined) return 0;
      const counts = runsIn(book, range).map((run): MaybePromise<number> => {
        const isWhole = range.term === undefined && run.minTime >= range.from && run.maxTime <= range.to;
        return isWhole ? run.count - run.dropped : chain(hitsIn(book, run, range), (hits) => hits.length);
      });
      const sum = (all: readonly number[]): number => all.reduce((total, each) => total + each, 0);
      return counts.some((each) => each instanceof Promise) ? Promise.all(counts).then(sum) : sum(counts as number[]);
    },

    scan(key, range) {
      const book = settled(key);
      if (book === undefined) return [];
      const runs = runsIn(book, range);
      const found: RecordRow[] = [];
      const look = (run: Run): MaybePromise<void> =>
        chain(hitsIn(book, run, range), (hits) =>
          chain(rowsOf(book, hits), (rows) => {
            for (const row of rows) if (range.test(row.text)) found.push(row);
          }),
        );
      const from = (place: number): MaybePromise<readonly RecordRow[]> => {
        for (let i = place; i < runs.length; i++) {
          const breath = i === place ? undefined : breathe?.();
          if (breath !== undefined) return breath.then(() => from(i));
          const looked = look(runs[i]!);
          if (looked instanceof Promise) return looked.then(() => from(i + 1));
        }
        return found.sort((a, b) => b.at - a.at || b.sequence - a.sequence);
      };
      return from(0);
    },

    all(key) {
      const book = settled(key);
      if (book === undefined) return [];
      const runs = [...book.sealed, book.tail].filter((run) => run.count > run.dropped);
      const each = runs.map((run) => chain(hitsIn(book, run, { from: -Infinity, to: Infinity }), (hits) => rowsOf(book, hits)));
      return each.some((rows) => rows instanceof Promise) ? Promise.all(each).then((rows) => rows.flat()) : (each as RecordRow[][]).flat();
    },

    size(key) {
      const book = books.get(key);
      return book === undefined ? 0 : [...book.sealed, book.tail].reduce((sum, run) => sum + run.count - run.dropped, 0);
    },

    dropThrough(key, sequence) {
      const book = settled(key);
      if (book === undefined) return;
      book.dropped = Math.max(book.dropped, Math.min(sequence + 1, book.tail.first + book.tail.count));
      for (const run of [...book.sealed, book.tail]) run.dropped = Math.max(run.dropped, Math.min(run.count, sequence + 1 - run.first));
      book.sealed = book.sealed.filter((run) => run.dropped < run.count);
      if (book.tail.count > 0 && book.tail.dropped === book.tail.count) {
        book.tail = openRun(book.tail.first + book.tail.count);
        book.rows = [];
        book.characters = 0;
      }
    },

    expire(key, before) {
      const book = books.get(key);
      if (book?.sealed.some((run) => run.maxTime < before)) book.sealed = book.sealed.filter((run) => run.maxTime >= before);
    },

    drop: (key) => void books.delete(key),

    snapshot: (): readonly BookSnapshot[] =>
      [...books.values()].map((book) => {
        settle(book);
        const { key, sealed, tail, rows, characters, dropped, digest } = book;
        return {
          key,
          sealed: sealed.map((run) => ({ ...run })),
          tail: { ...tail },
          rows: [...rows],
          characters,
          dropped,
          digest: digest.snapshot(),
        };
      }),

    restore(snapshot) {
      books.clear();
      // What snapshot() gave.
      for (const { key, sealed, tail, rows, characters, dropped, digest } of snapshot as readonly BookSnapshot[]) {
        books.set(key, {
          key,
          sealed: sealed.map((run) => ({ ...run })),
          tail: { ...tail },
          rows: [...rows],
          raw: [],
          characters,
          dropped,
          digest: Digest128.from(digest),
        });
      }
    },

    *chunkIds() {
      for (const book of books.values()) for (const { sealed } of book.sealed) if (sealed !== undefined) yield* [sealed.index, sealed.text];
    },

    *digests() {
      for (const book of books.values()) {
        settle(book);
        yield [book.key, `${book.digest.hex()}/${book.dropped}`] as const;
      }
    },
  };
}
