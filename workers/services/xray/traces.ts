/** Traces of a call's account and Region as the rest of this folder reads them. */
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import type { Context } from "../contract.ts";

export const DAY_MS = 86_400_000;
export const RETENTION_MS = 30 * DAY_MS;

export const tracesKey = (ctx: Pick<Context, "account" | "region">): string => `${ctx.account}:${ctx.region}`;

/** Undefined where nothing was ever sent. */
export const tracesOf = (ctx: Context): TraceTable | undefined => ctx.traces.table(tracesKey(ctx));

/** Whether a trace is past retention: it began, by its id, more than 30 days ago. */
export const isPast = (ctx: Context, { traces }: TraceTable, trace: number): boolean =>
  (traces.word0[trace] as number) * 1000 < ctx.now - RETENTION_MS;

/** Spans of a trace that count, in the order they came. */
export function spansOf({ spans, traces }: TraceTable, trace: number): number[] {
  const found: number[] = [];
  for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
    if (((spans.flags[span] as number) & SPAN.replaced) === 0) found.push(span);
  }
  return found;
}

/** A service of the trace: a segment, or a call that nobody answers. */
export const isService = ({ spans }: TraceTable, span: number): boolean =>
  ((spans.flags[span] as number) & SPAN.segment) !== 0 ||
  (((spans.flags[span] as number) & SPAN.call) !== 0 && (spans.callee[span] as number) < 0);

export const seconds = (microseconds: number): number => microseconds / 1e6;
