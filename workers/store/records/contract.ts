/**
 * What readers and writers of audit records see. A *book* is any text that names one list of records (the event history of
 * an account and Region, what a trail has not delivered yet). Times are epoch milliseconds. Newest first means by time,
 * at equal times the later recorded first.
 */
import type { MaybePromise, TelemetryStore } from "../contract.ts";

export interface RecordRow {
  readonly at: number;
  /** Place in the order of arrival in its book: 0, 1, 2 ... */
  readonly sequence: number;
  /** The record as JSON. */
  readonly text: string;
}

/** What a record can be found by: texts such as `EventName=PutMetricAlarm`. Must be pure. */
export type TermsOf = (record: Readonly<Record<string, unknown>>) => readonly string[];

/** Which records. Both times inclusive. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
  /** Only records with that term. */
  readonly term?: string;
}

export interface RecordPage {
  readonly rows: readonly RecordRow[];
  /** There are more behind these. */
  readonly hasMore: boolean;
}

export interface PageWanted extends RecordRange {
  readonly limit: number;
  /** Only records behind this one, newest first. */
  readonly after?: { readonly at: number; readonly sequence: number };
  /** Judges the text of a record that has the term: terms are kept as 32-bit numbers, which two texts can share. */
  readonly fits?: (text: string) => boolean;
}

export interface RecordStore extends TelemetryStore {
  /** Takes a record. It must not change any more; its text is made later, many at once. */
  append(book: string, at: number, record: Readonly<Record<string, unknown>>, termsOf: TermsOf): void;
  /** Records newest first, as many as `limit`. */
  page(book: string, wanted: PageWanted): MaybePromise<RecordPage>;
  /** How many there are, by their terms' numbers (see `PageWanted.fits`). */
  count(book: string, range: RecordRange): MaybePromise<number>;
  /** All records whose text passes the test, newest first: reads every text in the range. */
  scan(book: string, range: RecordRange & { readonly test: (text: string) => boolean }): MaybePromise<readonly RecordRow[]>;
  /** All that is in the book, in the order of arrival. */
  all(book: string): MaybePromise<readonly RecordRow[]>;
  /** Records that arrived and were not dropped. */
  size(book: string): number;
  /** Drops the records that arrived up to this one, inclusive. */
  dropThrough(book: string, sequence: number): void;
  /** Lets go of sealed records whose run is wholly older than `before`. Readers must not rely on it: ask with a lower bound. */
  expire(book: string, before: number): void;
  drop(book: string): void;
}
