/** GetLogEvents (one stream) and FilterLogEvents (a group). */

import type {
  FilterLogEventsRequest,
  FilterLogEventsResponse,
  GetLogEventsRequest,
  GetLogEventsResponse,
} from "../../model/generated/logs.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { LogRows, LogView } from "../../store/logs/log-store.ts";
import type { Context } from "../contract.ts";
import { existingStream, expiryOf, groupKey, groupNamed, requireStandard, streamDocs, withPrefix } from "./documents.ts";
import { invalidParameter } from "./failures.ts";
import { compiledPattern, lineMatcher, lineTexts } from "./patterns.ts";
import { type Boundary, eventId, pageToken, readPageToken, readStreamToken, streamToken } from "./tokens.ts";

const MOST_EVENTS = 10_000;
/** A page holds at most 1 MB. */
const PAGE_BYTES = 1_048_576;

export function getLogEvents(ctx: Context, input: GetLogEventsRequest): MaybePromise<GetLogEventsResponse> {
  const group = groupNamed(ctx, input);
  requireStandard(group, "GetLogEvents");
  const { logGroupName } = group;
  const { logStreamName, nextToken, limit = MOST_EVENTS } = input;
  existingStream(ctx, logGroupName, logStreamName);
  const owner = `${logGroupName}:${logStreamName}`;
  const token = nextToken === undefined ? undefined : readStreamToken(nextToken, owner, ctx.now);
  const isForward = token === undefined ? input.startFromHead === true : token.direction === "f";
  return chain(ctx.logs.view(groupKey(ctx, logGroupName), [logStreamName]), (view) => {
    const low = view.lowerBound(Math.max(input.startTime ?? 0, expiryOf(ctx, group)));
    const high = Math.max(low, input.endTime === undefined ? view.count : view.lowerBound(input.endTime));
    const start = token === undefined ? (isForward ? low : high) : boundaryPosition(view, token.boundary);
    return chain(start, (position) => {
      const at = Math.max(low, Math.min(position, high));
      const [from, to] = isForward ? [at, Math.min(high, at + limit)] : [Math.max(low, at - limit), at];
      return chain(view.range(from, to), (rows) => {
        const [first, end] = cutToSize(rows, isForward);
        const text = lineTexts(rows);
        const events = [];
        for (let i = first; i < end; i++) {
          events.push({ timestamp: rows.timestamps[i]!, message: text(i), ingestionTime: rows.ingestion[i]! });
        }
        const empty = token?.boundary ?? { timestamp: input.startTime ?? 0, ingestion: 0, sequence: 0 };
        const after = end > first ? afterRow(rows, end - 1) : empty;
        const before = end > first ? beforeRow(rows, first) : empty;
        // At the end the caller gets back the token it passed.
        const kept = (direction: "f" | "b"): string | undefined =>
          events.length === 0 && token?.direction === direction ? nextToken : undefined;
        return {
          events,
          nextForwardToken: kept("f") ?? streamToken("f", owner, after, ctx.now),
          nextBackwardToken: kept("b") ?? streamToken("b", owner, before, ctx.now),
        };
      });
    });
  });
}

const beforeRow = (rows: LogRows, row: number): Boundary => ({
  timestamp: rows.timestamps[row]!,
  ingestion: rows.ingestion[row]!,
  sequence: rows.sequences[row]!,
});
const afterRow = (rows: LogRows, row: number): Boundary => ({ ...beforeRow(rows, row), sequence: rows.sequences[row]! + 1 });

/** First position that is not before a boundary. Only events of the same millisecond need a look at more than the time. */
function boundaryPosition(view: LogView, boundary: Boundary): MaybePromise<number> {
  const from = view.lowerBound(boundary.timestamp);
  const to = view.lowerBound(boundary.timestamp + 1);
  return chain(view.range(from, to), ({ ingestion, sequences }) => {
    let row = 0;
    while (
      row < to - from &&
      (ingestion[row]! < boundary.ingestion || (ingestion[row] === boundary.ingestion && sequences[row]! < boundary.sequence))
    ) {
      row++;
    }
    return from + row;
  });
}

/** Rows [first, end) that fit into a page, from the head or from the tail; at least one. */
function cutToSize({ offsets }: LogRows, fromHead: boolean): readonly [number, number] {
  const count = offsets.length - 1;
  if (fromHead) {
    let end = Math.min(1, count);
    while (end < count && offsets[end + 1]! <= PAGE_BYTES) end++;
    return [0, end];
  }
  let first = Math.max(0, count - 1);
  while (first > 0 && offsets[count]! - offsets[first - 1]! <= PAGE_BYTES) first--;
  return [first, count];
}

/** Newest first is for events from here on: 2024-01-01 UTC. */
const NEWEST_FIRST_FROM = 1_704_067_200_000;

export function filterLogEvents(ctx: Context, input: FilterLogEventsRequest): MaybePromise<FilterLogEventsResponse> {
  const { logStreamNames, logStreamNamePrefix, filterPattern = "", limit = MOST_EVENTS, startTime = 0, endTime = Infinity } = input;
  const group = groupNamed(ctx, input);
  requireStandard(group, "FilterLogEvents");
  const { logGroupName } = group;
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter("The parameters logStreamNames and logStreamNamePrefix are mutually exclusive.");
  }
  for (const name of logStreamNames ?? []) existingStream(ctx, logGroupName, name);
  const pattern = compiledPattern(filterPattern);
  const owner = JSON.stringify([
    "FilterLogEvents",
    logGroupName,
    logStreamNames,
    logStreamNamePrefix,
    filterPattern,
    startTime,
    input.endTime,
  ]);
  const token = readPageToken(owner, input.nextToken, ctx.now);
  // The direction of the first request holds for the pages behind it.
  const isForward = token === undefined ? input.startFromHead !== false : token[3] !== "b";
  if (!isForward && startTime < NEWEST_FIRST_FROM) {
    throw invalidParameter("startFromHead can be false only with a startTime on or after Jan 1, 2024 00:00:00 UTC.");
  }
  const prefixed = logStreamNamePrefix === undefined ? undefined : withPrefix(streamDocs(ctx), `${logGroupName}:${logStreamNamePrefix}`);
  const streams = logStreamNames ?? prefixed?.map(({ logStreamName }) => logStreamName);
  return chain(ctx.logs.view(groupKey(ctx, logGroupName), streams), (view) => {
    const low = view.lowerBound(Math.max(startTime, expiryOf(ctx, group)));
    const high = Math.max(low, endTime === Infinity ? view.count : view.lowerBound(endTime + 1));
    const boundary = token && { timestamp: Number(token[0]), ingestion: Number(token[1]), sequence: Number(token[2]) };
    const place = boundary === undefined ? (isForward ? low : high) : boundaryPosition(view, boundary);
    return chain(place, (position) => {
      const at = Math.max(low, Math.min(position, high));
      const [from, to] = isForward ? [at, high] : [low, at];
      return chain(pagePositions(ctx, view, pattern, { from, to, limit, newestFirst: !isForward }), ({ positions, hasMore }) =>
        chain(view.rows(positions), (rows) => {
          const [first, end] = cutToSize(rows, isForward);
          const text = lineTexts(rows);
          const events = Array.from({ length: end - first }, (_, nth) => {
            const i = isForward ? first + nth : end - 1 - nth;
            const logStreamName = rows.streams[rows.streamIndex[i]!]!;
            const timestamp = rows.timestamps[i]!;
            const id = eventId(groupKey(ctx, logGroupName), logStreamName, timestamp, rows.sequences[i]!);
            return { logStreamName, timestamp, message: text(i), ingestionTime: rows.ingestion[i]!, eventId: id };
          });
          const answer = { events, searchedLogStreams: [] };
          if (!hasMore && end - first === positions.length) return answer;
          const { timestamp, ingestion, sequence } = isForward ? afterRow(rows, end - 1) : beforeRow(rows, first);
          const next = [timestamp, ingestion, sequence, ...(isForward ? [] : ["b"])];
          return { ...answer, nextToken: pageToken(owner, next, ctx.now) };
        }),
      );
    });
  });
}

/** Ascending positions of a page's events: the first of the range, or the last with `newestFirst`. */
function pagePositions(
  ctx: Context,
  view: LogView,
  pattern: ReturnType<typeof compiledPattern>,
  { from, to, limit, newestFirst }: { readonly from: number; readonly to: number; readonly limit: number; readonly newestFirst: boolean },
): MaybePromise<{ readonly positions: ArrayLike<number>; readonly hasMore: boolean }> {
  if (pattern.kind === "everything") {
    const [first, end] = newestFirst ? [Math.max(from, to - limit), to] : [from, Math.min(to, from + limit)];
    return { positions: Uint32Array.from({ length: Math.max(0, end - first) }, (_, i) => first + i), hasMore: first > from || end < to };
  }
  // One more than the page holds tells whether there is a next one.
  const wanted = { from, to, limit: limit + 1, newestFirst };
  return chain(view.search(pattern.source, lineMatcher(pattern, ctx.kernels), wanted), ({ positions }) => ({
    positions: newestFirst ? positions.subarray(Math.max(0, positions.length - limit)) : positions.subarray(0, limit),
    hasMore: positions.length > limit,
  }));
}

/** Index of the first of ascending values that is >= `value`. */
export function firstAtLeast(values: Uint32Array, value: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
