/** Views for the log table: rows by number, counts over time, and sums of a group. All pure; a pattern's answer is remembered by the store. */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { LogView } from "../../store/logs/log-store.ts";
import type { Context } from "../contract.ts";
import { existingGroup, expiryOf, filtersOf, groupDocs, groupKey, streamDocs, withPrefix } from "./documents.ts";
import { EVENT_OVERHEAD } from "./groups.ts";
import { compiledPattern, lineMatcher } from "./patterns.ts";
import { firstAtLeast } from "./read-events.ts";

export interface EventsQuestion {
  readonly logGroupName: string;
  readonly logStreamNames?: readonly string[];
  readonly filterPattern?: string;
  /** Epoch milliseconds; `end` is exclusive. */
  readonly start?: number;
  readonly end?: number;
  /**
   * Answer after some hundred milliseconds with what a search has found by then, which is all there is up to some moment;
   * asked again, the search goes on where it was. Nobody asking is how it is cancelled.
   */
  readonly soFar?: boolean;
}

/** The slices of 10 ms that an answer `soFar` takes. */
const BREATHS_SO_FAR = 10;
const breathsOf = ({ soFar }: EventsQuestion): number => (soFar === true ? BREATHS_SO_FAR : Infinity);

/** The asked part of a group: positions [low, high) of the view, and which of them match (undefined: all). */
export interface Selected {
  readonly view: LogView;
  readonly low: number;
  readonly high: number;
  readonly matching: Uint32Array | undefined;
  /** End of the positions that were searched: `high` when the search is done. */
  readonly searchedTo: number;
}

/** @param breaths how often a search may let other work in before it answers what it has; default: until it is done. */
export function select(ctx: Context, question: EventsQuestion, breaths = Infinity): MaybePromise<Selected> {
  const { logGroupName, logStreamNames, filterPattern = "", start = 0, end } = question;
  const group = existingGroup(ctx, logGroupName);
  const pattern = compiledPattern(filterPattern);
  return chain(ctx.logs.view(groupKey(ctx, logGroupName), logStreamNames), (view): MaybePromise<Selected> => {
    const low = view.lowerBound(Math.max(start, expiryOf(ctx, group)));
    const high = Math.max(low, end === undefined ? view.count : view.lowerBound(end));
    if (pattern.kind === "everything") return { view, low, high, matching: undefined, searchedTo: high };
    return chain(view.search(pattern.source, lineMatcher(pattern, ctx.kernels), { from: low, to: high, breaths }), ({ to, positions }) => ({
      view,
      low,
      high,
      matching: positions,
      searchedTo: to,
    }));
  });
}

export interface PageAnswer {
  /** Events in the asked range, and how many of them match. */
  readonly total: number;
  readonly matched: number;
  /** With `soFar`: how many of the events in the range were searched; absent once all were. */
  readonly searched?: number;
  /** Number of the first row given. */
  readonly firstRow: number;
  /** Row i: message bytes[offsets[i] .. offsets[i+1]), UTF-8, of stream streams[i]. */
  readonly rows: {
    readonly timestamps: Float64Array;
    readonly ingestion: Float64Array;
    readonly streams: readonly string[];
    readonly offsets: Uint32Array;
    readonly bytes: Uint8Array;
  };
}

/** Rows [firstRow, firstRow + rowCount) of the matching events in time order. */
export function page(
  ctx: Context,
  question: EventsQuestion & { readonly firstRow: number; readonly rowCount: number },
): MaybePromise<PageAnswer> {
  return chain(select(ctx, question, breathsOf(question)), ({ view, low, high, matching, searchedTo }) => {
    const matched = matching?.length ?? high - low;
    const firstRow = Math.max(0, Math.min(question.firstRow, matched));
    const end = Math.min(matched, firstRow + Math.max(0, question.rowCount));
    const rows = matching === undefined ? view.range(low + firstRow, low + end) : view.rows(matching.subarray(firstRow, end));
    return chain(rows, ({ timestamps, ingestion, streams, streamIndex, offsets, bytes }) => ({
      total: high - low,
      matched,
      ...(searchedTo < high ? { searched: searchedTo - low } : {}),
      firstRow,
      rows: { timestamps, ingestion, streams: Array.from(streamIndex, (index) => streams[index]!), offsets, bytes },
    }));
  });
}

export interface DensityAnswer {
  readonly all: Float64Array;
  readonly matching: Float64Array;
  readonly searchedUntil?: number;
}

/**
 * Counts of all and of matching events in `buckets` equal parts of [start, end). With `soFar` matching events are counted
 * that were found before `searchedUntil`, which is absent once all are.
 */
export function density(
  ctx: Context,
  question: EventsQuestion & { readonly start: number; readonly end: number; readonly buckets: number },
): MaybePromise<DensityAnswer> {
  const { start, end } = question;
  const buckets = Math.max(1, Math.min(4096, Math.floor(question.buckets)));
  return chain(select(ctx, question, breathsOf(question)), ({ view, low, high, matching, searchedTo }) => {
    const all = new Float64Array(buckets);
    const found = new Float64Array(buckets);
    let position = low;
    let match = 0;
    for (let i = 0; i < buckets; i++) {
      const border =
        i === buckets - 1 ? high : Math.max(position, Math.min(high, view.lowerBound(start + ((end - start) * (i + 1)) / buckets)));
      all[i] = border - position;
      const next = matching === undefined ? match + border - position : firstAtLeast(matching, border);
      found[i] = next - match;
      position = border;
      match = next;
    }
    return { all, matching: found, ...(searchedTo < high ? { searchedUntil: view.timestampAt(searchedTo) } : {}) };
  });
}

export interface GroupSummary {
  readonly logGroupName: string;
  readonly streams: number;
  readonly metricFilters: number;
  readonly events: number;
  readonly storedBytes: number;
  /** Of all events, expired ones too; absent for a group without events. */
  readonly firstTimestamp?: number;
  readonly lastTimestamp?: number;
  readonly lastIngestion?: number;
  /** Grows whenever what the group shows may have changed. */
  readonly version: number;
}

export function groupSummary(ctx: Context, question: { readonly logGroupName: string }): MaybePromise<GroupSummary> {
  const group = existingGroup(ctx, question.logGroupName);
  const { logGroupName } = group;
  const key = groupKey(ctx, logGroupName);
  let firstTimestamp = Infinity;
  let lastTimestamp = -Infinity;
  let lastIngestion = -Infinity;
  for (const name of ctx.logs.streams(key)) {
    const stats = ctx.logs.stats(key, name)!;
    firstTimestamp = Math.min(firstTimestamp, stats.firstTimestamp);
    lastTimestamp = Math.max(lastTimestamp, stats.lastTimestamp);
    lastIngestion = Math.max(lastIngestion, stats.lastIngestion);
  }
  return chain(ctx.logs.stored(key, expiryOf(ctx, group)), ({ events, messageBytes }) => ({
    logGroupName,
    streams: withPrefix(streamDocs(ctx), `${logGroupName}:`).length,
    metricFilters: filtersOf(ctx, logGroupName).length,
    events,
    storedBytes: messageBytes + events * EVENT_OVERHEAD,
    ...(firstTimestamp === Infinity ? {} : { firstTimestamp, lastTimestamp, lastIngestion }),
    version: ctx.logs.version(key),
  }));
}

/** What each group of the Region holds. */
export function storage(ctx: Context): MaybePromise<{ readonly groups: readonly GroupSummary[] }> {
  const summaries = groupDocs(ctx)
    .ids()
    .map((logGroupName) => groupSummary(ctx, { logGroupName }));
  if (summaries.some((entry) => entry instanceof Promise)) return Promise.all(summaries).then((groups) => ({ groups }));
  return { groups: summaries as GroupSummary[] };
}
