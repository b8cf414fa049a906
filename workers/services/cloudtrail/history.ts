/** Event history: the management events of 90 days per Region. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { epochOf, type TrailRecord, termOf, termsOf, viewOf } from "./view.ts";

export const HISTORY_DAYS = 90;
export const HISTORY_MS = HISTORY_DAYS * 86_400_000;

/** The store's name for the event history of a Region. */
export const historyBook = (ctx: Context, region = ctx.region): string => `${ctx.account}:${region}:history`;

/** Takes the record of a call: management events only, into the history of the record's Region. At once: AWS may take 15 minutes. */
export function recordInHistory(ctx: Context, taken: TrailRecord): void {
  const { eventCategory, managementEvent, eventTime, awsRegion } = viewOf(taken);
  if (eventCategory !== "Management" || managementEvent === false) return;
  const book = historyBook(ctx, awsRegion);
  ctx.records.append(book, epochOf(eventTime ?? "") ?? ctx.now, taken, termsOf);
  ctx.records.expire(book, ctx.now - HISTORY_MS);
}

export interface HistoryRange {
  /** Epoch ms, both inclusive. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly attribute?: { readonly key: string; readonly value: string } | undefined;
}

/** An entry of the history, as it is answered. */
export interface HistoryEntry {
  readonly at: number;
  readonly sequence: number;
  readonly text: string;
  readonly record: TrailRecord;
}

const entryOf = (row: { readonly at: number; readonly sequence: number; readonly text: string }): HistoryEntry => ({
  ...row,
  record: JSON.parse(row.text) as TrailRecord, // the store's text of a record
});

const rangeOf = (ctx: Context, { start = -Infinity, end = Infinity, attribute }: HistoryRange) => ({
  from: Math.max(start, ctx.now - HISTORY_MS),
  to: end,
  ...(attribute === undefined ? {} : { term: termOf(attribute.key, attribute.value) }),
});

/** Entries newest first (equal times: the later recorded first), behind `after`. */
export function historyPage(
  ctx: Context,
  range: HistoryRange & { readonly limit: number; readonly after?: { readonly at: number; readonly sequence: number } | undefined },
): MaybePromise<{ readonly entries: readonly HistoryEntry[]; readonly hasMore: boolean }> {
  const { limit, after } = range;
  const asked = rangeOf(ctx, range);
  const { term } = asked;
  const fits = term === undefined ? {} : { fits: (text: string) => termsOf(JSON.parse(text) as TrailRecord).includes(term) };
  return chain(
    ctx.records.page(historyBook(ctx), { ...asked, ...fits, limit, ...(after === undefined ? {} : { after }) }),
    ({ rows, hasMore }) => ({ entries: rows.map(entryOf), hasMore }),
  );
}

/** How many entries there are. */
export const historyCount = (ctx: Context, range: HistoryRange): MaybePromise<number> =>
  ctx.records.count(historyBook(ctx), rangeOf(ctx, range));

/** All entries that pass a test, newest first; the text is looked at first, since reading it is what takes time. */
export function historyScan(
  ctx: Context,
  range: HistoryRange & { readonly text?: (text: string) => boolean; readonly entry: (entry: HistoryEntry) => boolean },
): MaybePromise<readonly HistoryEntry[]> {
  const { text = () => true, entry } = range;
  return chain(ctx.records.scan(historyBook(ctx), { ...rangeOf(ctx, range), test: text }), (rows) => rows.map(entryOf).filter(entry));
}
