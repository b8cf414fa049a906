/**
 * What each span adds to the service graph (facts xray §7). A sum over spans of assembled traces, so the order in which
 * segments came cannot show.
 */
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { callerOf, isCall } from "./filter-rows.ts";

export interface GraphVisitor {
  /** A segment is one request of its node; `isRoot`: no parent, so a client called it. */
  segment(span: number, node: number, isRoot: boolean): void;
  /** A call that nobody answers is one request of the node it stands for. */
  inferred(span: number, node: number): void;
  /** One call between nodes; `said`: the caller's name for the callee where that is another node, else 0. */
  edge(span: number, from: number, to: number, said: number): void;
}

export function visitSpan(table: TraceTable, span: number, visitor: GraphVisitor): void {
  const { spans } = table;
  const flags = spans.flags[span] as number;
  if ((flags & (SPAN.segment | SPAN.call)) === 0 || (flags & SPAN.replaced) !== 0) return;
  const node = spans.node[span] as number;
  if ((flags & SPAN.segment) !== 0) visitor.segment(span, node, (flags & SPAN.hasParent) === 0);
  if (!isCall(table, span)) return;
  const from = spans.node[callerOf(table, span)] as number;
  if ((flags & SPAN.segment) !== 0) {
    visitor.edge(span, from, node, 0);
    return;
  }
  const callee = spans.callee[span] as number;
  if (callee < 0) {
    visitor.inferred(span, node);
    visitor.edge(span, from, node, 0);
    return;
  }
  const to = spans.node[callee] as number;
  const { names } = table.nodes;
  visitor.edge(span, from, to, names[node] === names[to] ? 0 : node);
}

/** Spans that began in [from, to), microseconds. */
export function visitRange(table: TraceTable, from: number, to: number, visitor: GraphVisitor, ofTrace?: (trace: number) => boolean): void {
  const { start, trace, count } = table.spans;
  for (let span = 0; span < count; span++) {
    const began = start[span] as number;
    if (began >= from && began < to && (ofTrace === undefined || ofTrace(trace[span] as number))) visitSpan(table, span, visitor);
  }
}
