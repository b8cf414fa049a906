/** GetLogEvents (one stream) and FilterLogEvents (a group). */

import { ServiceError } from "../../model/errors.ts";
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

export function filterLogEvents(ctx: Context, input: FilterLogEventsRequest): MaybePromise<FilterLogEventsResponse> {
  const { logStreamNames, logStreamNamePrefix, filterPattern = "", limit = MOST_EVENTS, startTime = 0, endTime = Infinity } = input;
  const group = groupNamed(ctx, input);
  requireStandard(group, "FilterLogEvents");
  const { logGroupName } = group;
  if (logStreamNames !== undefined && logStreamNamePrefix !== undefined) {
    throw invalidParameter("The parameters logStreamNames and logStreamNamePrefix are mutually exclusive.");
  }
  if (input.startFromHead === false) throw new ServiceError("NotImplemented", "FilterLogEvents with startFromHead false is not built.");
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
  const prefixed = logStreamNamePrefix === undefined ? undefined : withPrefix(streamDocs(ctx), `${logGroupName}:${logStreamNamePrefix}`);
  const streams = logStreamNames ?? prefixed?.map(({ logStreamName }) => logStreamName);
  return chain(ctx.logs.view(groupKey(ctx, logGroupName), streams), (view) => {
    const low = view.lowerBound(Math.max(startTime, expiryOf(ctx, group)));
    const high = Math.max(low, endTime === Infinity ? view.count : view.lowerBound(endTime + 1));
    const boundary = token && { timestamp: Number(token[0]), ingestion: Number(token[1]), sequence: Number(token[2]) };
    return chain(boundary === undefined ? low : boundaryPosition(view, boundary), (start) =>
      chain(pagePositions(ctx, view, pattern, Math.max(low, start), high, limit), ({ positions, hasMore }) =>
        chain(view.rows(positions), (rows) => {
          const [, end] = cutToSize(rows, true);
          const text = lineTexts(rows);
          const events = Array.from({ length: end }, (_, i) => {
            const logStreamName = rows.streams[rows.streamIndex[i]!]!;
            const timestamp = rows.timestamps[i]!;
            const id = eventId(groupKey(ctx, logGroupName), logStreamName, timestamp, rows.sequences[i]!);
            return { logStreamName, timestamp, message: text(i), ingestionTime: rows.ingestion[i]!, eventId: id };
          });
          const answer = { events, searchedLogStreams: [] };
          if (!hasMore && end === positions.length) return answer;
          const { timestamp, ingestion, sequence } = afterRow(rows, end - 1);
          return { ...answer, nextToken: pageToken(owner, [timestamp, ingestion, sequence], ctx.now) };
        }),
      ),
    );
  });
}

function pagePositions(
  ctx: Context,
  view: LogView,
  pattern: ReturnType<typeof compiledPattern>,
  from: number,
  to: number,
  limit: number,
): MaybePromise<{ readonly positions: ArrayLike<number>; readonly hasMore: boolean }> {
  if (pattern.kind === "everything") {
    const end = Math.min(to, from + limit);
    return { positions: Uint32Array.from({ length: Math.max(0, end - from) }, (_, i) => from + i), hasMore: end < to };
  }
  return chain(view.matching(pattern.source, lineMatcher(pattern, ctx.kernels)), (matching) => {
    const first = firstAtLeast(matching, from);
    const last = firstAtLeast(matching, to);
    return { positions: matching.subarray(first, Math.min(last, first + limit)), hasMore: first + limit < last };
  });
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
