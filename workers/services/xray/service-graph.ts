/** GetServiceGraph, GetTraceGraph, GetTimeSeriesServiceStatistics. */
import { parseFilter } from "../../language/xray-filter/parse.ts";
import type { Selector } from "../../language/xray-filter/tree.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations, TimeSeriesServiceStatistics } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { traceWords } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { filterRows } from "./filter-rows.ts";
import { Graph, graphOfTraces } from "./graph.ts";
import { graphCells } from "./graph-cells.ts";
import { addRequest, emptySum, type Sum, statistics } from "./graph-sums.ts";
import { type GraphVisitor, visitRange } from "./graph-walk.ts";
import { groupTraces } from "./groups.ts";
import { isPast, RETENTION_MS, tracesOf } from "./traces.ts";

export interface Range {
  readonly StartTime: number;
  readonly EndTime: number;
}

/** Throws InvalidRequestException where a range ends before it begins. */
export function checkRange({ StartTime, EndTime }: Range): void {
  if (StartTime > EndTime) throw invalidRequest("StartTime must be before EndTime.");
}

/** Begin and end of a range in microseconds, as far as traces are kept. */
const microseconds = (ctx: Context, { StartTime, EndTime }: Range): readonly [number, number] => [
  Math.max(StartTime, ctx.now - RETENTION_MS) * 1000,
  EndTime * 1000,
];

type GraphInput = Operations["GetServiceGraph"]["input"];

export function getServiceGraph(ctx: Context, input: GraphInput): Operations["GetServiceGraph"]["output"] {
  checkRange(input);
  const { StartTime, EndTime } = input;
  const table = tracesOf(ctx);
  if (table === undefined) {
    return { StartTime, EndTime, Services: [], ContainsOldGroupVersions: false };
  }
  const { has, containsOldVersions } = groupTraces(ctx, input, table, filterRows(table), StartTime);
  const range = microseconds(ctx, input);
  return { StartTime, EndTime, Services: graphOf(table, range, has).services(), ContainsOldGroupVersions: containsOldVersions };
}

function graphOf(table: TraceTable, [from, to]: readonly [number, number], has: ((trace: number) => boolean) | undefined): Graph {
  if (has === undefined) return graphCells(table).sum(from, to);
  const graph = new Graph(table);
  visitRange(table, from, to, graph, has);
  return graph;
}

/** Rows of traces by their ids; ids that are none, not there or past retention are left out. */
export function rowsOfIds(ctx: Context, table: TraceTable | undefined, ids: readonly string[]): readonly number[] {
  if (table === undefined) return [];
  const rows = ids.map((id) => {
    const words = traceWords(id);
    return words === undefined ? -1 : table.find(words);
  });
  return [...new Set(rows)].filter((row) => row >= 0 && !isPast(ctx, table, row));
}

export function getTraceGraph(ctx: Context, input: Operations["GetTraceGraph"]["input"]): Operations["GetTraceGraph"]["output"] {
  if (input.TraceIds.length === 0) throw invalidRequest("TraceIds must not be empty.");
  const table = tracesOf(ctx);
  return { Services: table === undefined ? [] : graphOfTraces(table, rowsOfIds(ctx, table, input.TraceIds)) };
}

type SeriesInput = Operations["GetTimeSeriesServiceStatistics"]["input"];

/** Windows that one answer holds. */
const MOST_WINDOWS = 1500;

export function getTimeSeriesServiceStatistics(ctx: Context, input: SeriesInput): Operations["GetTimeSeriesServiceStatistics"]["output"] {
  checkRange(input);
  const { StartTime, EndTime, Period = 60 } = input;
  if (Period !== 60 && Period !== 300) throw invalidRequest("Period must be 60 or 300.");
  if (input.ForecastStatistics === true) {
    throw new ServiceError("NotImplemented", "Forecasts (ForecastStatistics) are not built in Nephoscope.", { status: 501 });
  }
  const selection = entitiesOf(input.EntitySelectorExpression);
  const width = Period * 1000;
  const first = Math.floor(StartTime / width) * width;
  const windows = Math.ceil((EndTime - first) / width);
  if (windows > MOST_WINDOWS) throw invalidRequest(`The time range holds more than ${MOST_WINDOWS} periods.`);
  const table = tracesOf(ctx);
  if (table === undefined) return { TimeSeriesServiceStatistics: [], ContainsOldGroupVersions: false };
  const sums = Array.from({ length: windows }, emptySum);
  const { has, containsOldVersions } = groupTraces(ctx, input, table, filterRows(table), StartTime);
  visitRange(table, ...microseconds(ctx, input), windowVisitor(ctx, table, selection, sums, first, width), has);
  const TimeSeriesServiceStatistics = sums.flatMap((sum, at): readonly TimeSeriesServiceStatistics[] => {
    if (sum.start === Infinity) return [];
    const counted = statistics(sum);
    return [
      {
        Timestamp: first + at * width,
        ...(selection.kind === "service" ? { ServiceSummaryStatistics: counted } : { EdgeSummaryStatistics: counted }),
        ResponseTimeHistogram: sum.histogram.entries(),
      },
    ];
  });
  return { TimeSeriesServiceStatistics, ContainsOldGroupVersions: containsOldVersions };
}

type Entities =
  | { readonly kind: "edges" }
  | { readonly kind: "service"; readonly selector: Selector }
  | { readonly kind: "edge"; readonly caller: Selector; readonly callee: Selector };

/** `service(...)`, `edge(...)` or `id(...)`; nothing stands for all edges. */
function entitiesOf(expression: string | undefined): Entities {
  if (expression === undefined) return { kind: "edges" };
  const node = parseFilter(/^\s*id\s*\(/i.test(expression) ? `service(${expression})` : expression);
  if (node.kind === "service" && node.block === undefined) return { kind: "service", selector: node.selector };
  if (node.kind === "edge" && node.block === undefined) return { kind: "edge", caller: node.caller, callee: node.callee };
  throw invalidRequest("Invalid entity selector expression.", "One of id(...), service(...), edge(...) is expected, without a block.");
}

/** Adds each request of the chosen nodes or edges to the window in which it began. */
function windowVisitor(
  ctx: Context,
  table: TraceTable,
  entities: Entities,
  sums: readonly Sum[],
  first: number,
  width: number,
): GraphVisitor {
  const { spans, nodes, strings } = table;
  const add = (span: number): void => {
    const start = spans.start[span] as number;
    const sum = sums[Math.floor((start / 1000 - first) / width)];
    if (sum !== undefined) addRequest(sum, spans.flags[span] as number, start, spans.end[span] as number);
  };
  const fits = ({ name, type, account }: Selector, node: number): boolean => {
    const [nodeName, nodeType] = [nodes.names[node] as number, nodes.types[node] as number];
    return (
      (account?.passes(ctx.account) ?? true) &&
      (name?.passes(strings.texts[nodeName] as string) ?? true) &&
      (type === undefined || (nodeType !== 0 && type.passes(strings.texts[nodeType] as string)))
    );
  };
  const node = (span: number, of: number): void => {
    if (entities.kind === "service" && fits(entities.selector, of)) add(span);
  };
  return {
    segment(span, of, isRoot) {
      node(span, of);
      if (isRoot && entities.kind === "edges") add(span);
    },
    inferred: node,
    edge(span, from, to) {
      if (entities.kind === "edges" || (entities.kind === "edge" && fits(entities.caller, from) && fits(entities.callee, to))) add(span);
    },
  };
}
