/** BatchGetTraces: whole traces by id. */
import type { Operations, Trace } from "../../model/generated/xray.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { traceWords } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { assembledTrace } from "./assembled.ts";
import { invalidRequest } from "./failures.ts";
import { isPast, seconds, tracesOf } from "./traces.ts";

/** Bytes of documents after which a trace says that it takes no more (facts xray §2). */
const TRACE_BYTES = 500 * 1024;

export function batchGetTraces(
  ctx: Context,
  input: Operations["BatchGetTraces"]["input"],
): MaybePromise<Operations["BatchGetTraces"]["output"]> {
  const ids = [...new Set(input.TraceIds)];
  if (ids.length === 0) throw invalidRequest("TraceIds must not be empty.");
  const table = tracesOf(ctx);
  const unprocessed: string[] = [];
  const found: MaybePromise<Trace>[] = [];
  for (const id of ids) {
    const words = traceWords(id);
    const row = table === undefined || words === undefined ? -1 : table.find(words);
    if (table === undefined || row < 0 || isPast(ctx, table, row)) unprocessed.push(id);
    else found.push(shownTrace(ctx, table, row));
  }
  const answer = (traces: readonly Trace[]) => ({ Traces: traces, UnprocessedTraceIds: unprocessed });
  return found.some((trace) => trace instanceof Promise) ? Promise.all(found).then(answer) : answer(found as Trace[]);
}

function shownTrace(ctx: Context, table: TraceTable, row: number): MaybePromise<Trace> {
  const { start, end, bytes } = table.traces;
  const Duration = seconds((end[row] as number) - (start[row] as number));
  const LimitExceeded = (bytes[row] as number) > TRACE_BYTES;
  const assembled = assembledTrace(ctx, table, row);
  const shown = ({ id, segments }: Awaited<typeof assembled>): Trace => ({
    Id: id,
    Duration,
    LimitExceeded,
    Segments: segments.map((segment) => ({ Id: segment.id, Document: JSON.stringify(segment.document) })),
  });
  return assembled instanceof Promise ? assembled.then(shown) : shown(assembled);
}
