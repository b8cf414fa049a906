/**
 * GetTraceSummaries: the traces of a range that a filter expression selects, newest first, a hundred a page. A token says
 * after which trace the next page begins; what arrives meanwhile at the newer end does not disturb the walk.
 */
import { matchingTraces } from "../../language/xray-filter/evaluate.ts";
import { parseFilter } from "../../language/xray-filter/parse.ts";
import { digestTexts } from "../../model/digest.ts";
import type { Operations } from "../../model/generated/xray.ts";
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { type TraceWords, traceText, traceWords, wordsAt } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { placeToken } from "../place-token.ts";
import { badToken, invalidRequest } from "./failures.ts";
import { filterRows } from "./filter-rows.ts";
import { groupLookup } from "./groups.ts";
import { checkRange } from "./service-graph.ts";
import { summaryOf } from "./summary.ts";
import { readToken } from "./tokens.ts";
import { RETENTION_MS, tracesOf } from "./traces.ts";

type Input = Operations["GetTraceSummaries"]["input"];
type Output = Operations["GetTraceSummaries"]["output"];

const PAGE = 100;
/** With Sampling and no strategy a range of more traces is thinned out to about so many. */
const SAMPLED_TRACES = 1000;

export function getTraceSummaries(ctx: Context, input: Input): Output {
  checkRange(input);
  const filter = input.FilterExpression === undefined ? undefined : parseFilter(input.FilterExpression, groupLookup(ctx));
  const share = input.SamplingStrategy?.Value;
  if (share !== undefined && !(share >= 0 && share <= 1)) throw invalidRequest("SamplingStrategy.Value must be from 0 to 1.");
  const question = digestTexts(
    JSON.stringify([input.StartTime, input.EndTime, input.TimeRangeType, input.Sampling, input.SamplingStrategy, input.FilterExpression]),
  ).hex();
  const after = input.NextToken === undefined ? undefined : placeOf(input.NextToken, question);
  const table = tracesOf(ctx);
  if (table === undefined) return { TraceSummaries: [], ApproximateTime: input.StartTime, TracesProcessedCount: 0 };
  const inRange = sampled(input, table, tracesInRange(ctx, input, table));
  const matching = filter === undefined ? inRange : matchingTraces(filter, filterRows(table), inRange);
  const { page, isLast } = newest(table, matching, after);
  const last = page.at(-1);
  const processed = countBetween(table, inRange, after, isLast || last === undefined ? undefined : wordsAt(table.traces, last));
  return {
    TraceSummaries: page.map((trace) => summaryOf(table, trace)),
    ApproximateTime: isLast || last === undefined ? input.StartTime : (table.traces.word0[last] as number) * 1000,
    TracesProcessedCount: processed,
    ...(isLast || last === undefined ? {} : { NextToken: placeToken(`${question}.${traceText(wordsAt(table.traces, last))}`) }),
  };
}

function placeOf(token: string, question: string): TraceWords {
  const [asked, id = ""] = readToken(token).split(".");
  const words = traceWords(id);
  if (asked !== question || words === undefined) throw badToken();
  return words;
}

/** Rows, ascending. */
export function tracesInRange(ctx: Context, { StartTime, EndTime, TimeRangeType = "TraceId" }: Input, table: TraceTable): Uint32Array {
  const { traces, spans } = table;
  const { word0, start, end } = traces;
  const oldest = (ctx.now - RETENTION_MS) / 1000;
  // Ids hold whole seconds: a range that begins within one takes the second in.
  const [fromSecond, toSecond] = [Math.floor(StartTime / 1000), EndTime / 1000];
  const [from, to] = [StartTime * 1000, EndTime * 1000];
  const endsInRange = (trace: number): boolean => {
    for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
      const ended = spans.end[span] as number;
      if (ended >= from && ended < to && ((spans.flags[span] as number) & (SPAN.segment | SPAN.replaced)) === SPAN.segment) return true;
    }
    return false;
  };
  const isIn: (trace: number) => boolean =
    TimeRangeType === "TraceId"
      ? (trace) => (word0[trace] as number) >= fromSecond && (word0[trace] as number) < toSecond
      : TimeRangeType === "Event"
        ? (trace) => (start[trace] as number) < to && (end[trace] as number) >= from
        : endsInRange;
  const rows = new Uint32Array(traces.count);
  let n = 0;
  for (let trace = 0; trace < traces.count; trace++) if ((word0[trace] as number) >= oldest && isIn(trace)) rows[n++] = trace;
  return rows.subarray(0, n);
}

/** The part of the traces that was asked for, chosen by their ids: the same traces on every page. */
function sampled({ Sampling, SamplingStrategy }: Input, { traces }: TraceTable, rows: Uint32Array): Uint32Array {
  if (Sampling !== true) return rows;
  const share = SamplingStrategy?.Value ?? Math.min(1, SAMPLED_TRACES / Math.max(1, rows.length));
  return rows.filter((trace) => Math.imul(traces.word3[trace] as number, 0x9e3779b1) >>> 0 < share * 4_294_967_296);
}

/** Below zero where `a` is newer; ids are never equal. */
function newerFirst(a: TraceWords, b: TraceWords): number {
  return b.word0 - a.word0 || b.word1 - a.word1 || b.word2 - a.word2 || b.word3 - a.word3;
}

/** The newest rows that lie behind `after`. Rows are about in the order of their ids, so the walk from the end fills the page soon. */
function newest(
  table: TraceTable,
  rows: Uint32Array,
  after: TraceWords | undefined,
): { readonly page: readonly number[]; readonly isLast: boolean } {
  const { traces } = table;
  const page: { readonly trace: number; readonly words: TraceWords }[] = [];
  let left = 0;
  for (let at = rows.length - 1; at >= 0; at--) {
    const trace = rows[at] as number;
    const word0 = traces.word0[trace] as number;
    if (after !== undefined && word0 > after.word0) continue;
    const worst = page[PAGE - 1];
    if (worst !== undefined && word0 < worst.words.word0) {
      left++;
      continue;
    }
    const words = wordsAt(traces, trace);
    if (after !== undefined && newerFirst(after, words) >= 0) continue;
    let place = page.length;
    while (place > 0 && newerFirst(words, (page[place - 1] as { readonly words: TraceWords }).words) < 0) place--;
    page.splice(place, 0, { trace, words });
    if (page.length > PAGE) {
      page.pop();
      left++;
    }
  }
  return { page: page.map(({ trace }) => trace), isLast: left === 0 };
}

/** Rows behind `after` up to and with `last`. */
function countBetween({ traces }: TraceTable, rows: Uint32Array, after: TraceWords | undefined, last: TraceWords | undefined): number {
  if (after === undefined && last === undefined) return rows.length;
  let count = 0;
  for (const trace of rows) {
    const words = wordsAt(traces, trace);
    if ((after === undefined || newerFirst(after, words) < 0) && (last === undefined || newerFirst(words, last) <= 0)) count++;
  }
  return count;
}
