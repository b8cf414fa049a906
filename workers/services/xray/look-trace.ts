/** One trace for a waterfall: its spans as a tree in the order in which they are drawn, and the documents as they came. */
import type { TraceSummary } from "../../model/generated/xray.ts";
import type { MaybePromise } from "../../store/contract.ts";
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import type { Context } from "../contract.ts";
import { type AssembledTrace, assembledTrace } from "./assembled.ts";
import { rowsOfIds } from "./service-graph.ts";
import { summaryOf } from "./summary.ts";
import { spansOf, tracesOf } from "./traces.ts";

export interface TraceSpan {
  readonly id: string;
  /** `call`: to another service; `code`: own code. */
  readonly kind: "segment" | "call" | "code";
  readonly name: string;
  /** Of the node: the service itself, or what a call that nobody answers stands for. */
  readonly service?: { readonly name: string; readonly type?: string };
  /** Place in the list, -1 at the top. */
  readonly parent: number;
  readonly depth: number;
  /** Microseconds from the beginning of the trace. */
  readonly offset: number;
  /** Microseconds; absent while in progress. */
  readonly duration?: number;
  readonly status?: number;
  readonly error: boolean;
  readonly fault: boolean;
  readonly throttle: boolean;
  readonly isInProgress: boolean;
  /** A call that says its callee sends a segment, which has not come. */
  readonly isBroken: boolean;
  /** A subsegment whose parent has not come. */
  readonly isOrphan: boolean;
  /** As it was sent, without what is inside it. */
  readonly document: Readonly<Record<string, unknown>>;
}

export interface TraceView {
  readonly id: string;
  readonly summary: TraceSummary;
  /** Epoch microseconds. */
  readonly start: number;
  /** Microseconds. */
  readonly duration: number;
  readonly spans: readonly TraceSpan[];
  readonly raw: readonly string[];
}

/** Undefined where there is no such trace. */
export function trace(ctx: Context, { id }: { readonly id: string }): MaybePromise<TraceView | undefined> {
  const table = tracesOf(ctx);
  const [row] = rowsOfIds(ctx, table, [id]);
  if (table === undefined || row === undefined) return undefined;
  const assembled = assembledTrace(ctx, table, row);
  return assembled instanceof Promise ? assembled.then((found) => viewOf(table, row, found)) : viewOf(table, row, assembled);
}

function viewOf(table: TraceTable, row: number, { id, objects, raw }: AssembledTrace): TraceView {
  const { traces } = table;
  const start = traces.start[row] as number;
  return {
    id,
    summary: summaryOf(table, row),
    start,
    duration: (traces.end[row] as number) - start,
    spans: treeOf(table, row).map(({ span, parent, depth }) => spanView(table, span, parent, depth, start, objects.get(span) ?? {})),
    raw: raw.map(({ text }) => text),
  };
}

interface Place {
  readonly span: number;
  readonly parent: number;
  readonly depth: number;
}

/** Depth first; children by start, then by id. What has no parent here, or goes round in a circle, stands at the top. */
function treeOf(table: TraceTable, row: number): readonly Place[] {
  const { up, start, idHigh, idLow } = table.spans;
  const children = new Map<number, number[]>();
  const all = spansOf(table, row).sort(
    (a, b) =>
      (start[a] as number) - (start[b] as number) ||
      (idHigh[a] as number) - (idHigh[b] as number) ||
      (idLow[a] as number) - (idLow[b] as number),
  );
  for (const span of all) children.set(up[span] as number, [...(children.get(up[span] as number) ?? []), span]);
  const places: Place[] = [];
  const drawn = new Set<number>();
  const draw = (top: number): void => {
    const stack: Place[] = [{ span: top, parent: -1, depth: 0 }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (drawn.has(next.span)) continue;
      drawn.add(next.span);
      const at = places.push(next) - 1;
      for (const child of [...(children.get(next.span) ?? [])].reverse()) stack.push({ span: child, parent: at, depth: next.depth + 1 });
    }
  };
  for (const top of children.get(-1) ?? []) draw(top);
  for (const span of all) if (!drawn.has(span)) draw(span);
  return places;
}

function spanView(
  { spans, strings, nodes }: TraceTable,
  span: number,
  parent: number,
  depth: number,
  began: number,
  object: Readonly<Record<string, unknown>>,
): TraceSpan {
  const flags = spans.flags[span] as number;
  const has = (bit: number): boolean => (flags & bit) !== 0;
  const node = spans.node[span] as number;
  const type = nodes.types[node] as number;
  const end = spans.end[span] as number;
  const { subsegments: _, ...document } = object;
  const isAnswered = (spans.callee[span] as number) >= 0;
  return {
    id: String(object.id ?? ""),
    kind: has(SPAN.segment) ? "segment" : has(SPAN.call) ? "call" : "code",
    name: strings.texts[spans.name[span] as number] as string,
    ...(node === 0 || isAnswered
      ? {}
      : {
          service: {
            name: strings.texts[nodes.names[node] as number] as string,
            ...(type === 0 ? {} : { type: strings.texts[type] as string }),
          },
        }),
    parent,
    depth,
    offset: (spans.start[span] as number) - began,
    ...(Number.isNaN(end) ? {} : { duration: end - (spans.start[span] as number) }),
    ...(spans.status[span] === 0 ? {} : { status: spans.status[span] as number }),
    error: has(SPAN.error),
    fault: has(SPAN.fault),
    throttle: has(SPAN.throttle),
    isInProgress: has(SPAN.inProgress),
    isBroken: has(SPAN.call) && has(SPAN.traced) && !isAnswered,
    isOrphan: !has(SPAN.segment) && (spans.owner[span] as number) < 0,
    document,
  };
}
