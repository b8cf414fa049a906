/** The trace map: the service graph of a range, with what a screen draws of each node and edge. */
import { matchingTraces } from "../../language/xray-filter/evaluate.ts";
import { parseFilter } from "../../language/xray-filter/parse.ts";
import type { EdgeStatistics, HistogramEntry, Service } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import type { Context } from "../contract.ts";
import { filterRows } from "./filter-rows.ts";
import { Graph } from "./graph.ts";
import { visitRange } from "./graph-walk.ts";
import { groupLookup, groupTraces } from "./groups.ts";
import { tracesInRange } from "./trace-summaries.ts";
import { RETENTION_MS, tracesOf } from "./traces.ts";

export interface TraceMapQuestion {
  /** Epoch milliseconds. */
  readonly from: number;
  readonly to: number;
  readonly group?: string;
  /** Only traces that this expression selects. */
  readonly filter?: string;
}

/** The worst that happened there: a fault, else throttling, else an error. */
export type NodeState = "fault" | "throttle" | "error" | "ok" | "none";

export interface Counts {
  readonly ok: number;
  readonly error: number;
  readonly throttle: number;
  readonly fault: number;
  readonly total: number;
}

interface Seen {
  readonly state: NodeState;
  readonly counts: Counts;
  /** Mean response time, seconds; absent without a complete request. */
  readonly averageSeconds?: number;
  readonly perMinute: number;
  readonly histogram: readonly HistogramEntry[];
}

export interface MapNode extends Seen {
  readonly id: number;
  readonly name: string;
  readonly type?: string;
  readonly kind: "client" | "service" | "inferred";
  readonly isRoot: boolean;
}
export interface MapEdge extends Seen {
  readonly from: number;
  readonly to: number;
  /** What callers call the callee, where it calls itself otherwise. */
  readonly aliases: readonly string[];
}
export interface TraceMap {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
  /** Traces with something in the range. */
  readonly traces: number;
}

const NOTHING: Counts = { ok: 0, error: 0, throttle: 0, fault: 0, total: 0 };

export function traceMap(ctx: Context, question: TraceMapQuestion): TraceMap {
  const table = tracesOf(ctx);
  if (table === undefined) return { nodes: [], edges: [], traces: 0 };
  const { from, to } = question;
  const chosen = chosenTraces(ctx, table, question);
  const seen = new Set<number>();
  const graph = new Graph(table);
  visitRange(table, Math.max(from, ctx.now - RETENTION_MS) * 1000, to * 1000, graph, (trace) => {
    if (chosen !== undefined && !chosen(trace)) return false;
    seen.add(trace);
    return true;
  });
  const minutes = Math.max(1, (to - from) / 60_000);
  const services = graph.services();
  return {
    nodes: services.map((service) => nodeOf(service, minutes)),
    edges: services.flatMap((service) =>
      (service.Edges ?? []).map((edge) => ({
        from: service.ReferenceId as number,
        to: edge.ReferenceId as number,
        aliases: (edge.Aliases ?? []).map(({ Name }) => Name ?? ""),
        ...seenOf(edge.SummaryStatistics, edge.ResponseTimeHistogram ?? [], minutes),
      })),
    ),
    traces: seen.size,
  };
}

function chosenTraces(
  ctx: Context,
  table: TraceTable,
  { from, to, group, filter }: TraceMapQuestion,
): ((trace: number) => boolean) | undefined {
  const rows = filterRows(table);
  const { has } = groupTraces(ctx, group === undefined ? {} : { GroupName: group }, table, rows, from);
  if (filter === undefined || filter.trim() === "") return has;
  const active = tracesInRange(ctx, { StartTime: from, EndTime: to, TimeRangeType: "Event" }, table);
  const matching = matchingTraces(parseFilter(filter, groupLookup(ctx)), rows, active);
  const members = new Uint8Array(table.traces.count);
  for (const trace of matching) members[trace] = 1;
  return (trace) => members[trace] === 1 && (has === undefined || has(trace));
}

function nodeOf(service: Service, minutes: number): MapNode {
  const { ReferenceId = 0, Name = "", Type, Root, State } = service;
  const kind = Type === "client" && service.SummaryStatistics === undefined ? "client" : State === "active" ? "service" : "inferred";
  return {
    id: ReferenceId,
    name: Name,
    ...(Type === undefined ? {} : { type: Type }),
    kind,
    isRoot: Root === true,
    ...seenOf(service.SummaryStatistics, service.ResponseTimeHistogram ?? [], minutes),
  };
}

function seenOf(statistics: EdgeStatistics | undefined, histogram: readonly HistogramEntry[], minutes: number): Seen {
  const counts = statistics === undefined ? NOTHING : countsOf(statistics);
  const { ok, error, throttle, fault, total } = counts;
  return {
    state: fault > 0 ? "fault" : throttle > 0 ? "throttle" : error > 0 ? "error" : ok > 0 ? "ok" : "none",
    counts,
    ...(total === 0 ? {} : { averageSeconds: (statistics?.TotalResponseTime ?? 0) / total }),
    perMinute: total / minutes,
    histogram,
  };
}

const countsOf = ({ OkCount = 0, ErrorStatistics, FaultStatistics, TotalCount = 0 }: EdgeStatistics): Counts => ({
  ok: OkCount,
  error: ErrorStatistics?.OtherCount ?? 0,
  throttle: ErrorStatistics?.ThrottleCount ?? 0,
  fault: FaultStatistics?.TotalCount ?? 0,
  total: TotalCount,
});
