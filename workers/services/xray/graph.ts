/** The service graph as GetServiceGraph and GetTraceGraph answer it. */
import type { Alias, Edge, Service } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { addRequest, emptySum, Histogram, type Sum, statistics } from "./graph-sums.ts";
import { type GraphVisitor, visitSpan } from "./graph-walk.ts";

interface NodeSum {
  isRoot: boolean;
  account: number;
  /** Requests that its own segments tell of; absent while there are none. */
  own: Sum | undefined;
  readonly durations: Histogram;
  /** Requests that only callers tell of. */
  told: Sum | undefined;
}
interface EdgeSum extends Sum {
  /** Nodes that callers take the callee for. */
  readonly aliases: Set<number>;
}
/** What calls roots, by the node that it calls. */
type Client = Map<number, Sum>;

export interface GraphSum {
  readonly visitor: GraphVisitor;
  /** Nodes by name, then by type; ReferenceIds are places in this order. */
  services(): readonly Service[];
}

export function sumGraph(table: TraceTable): GraphSum {
  const nodes = new Map<number, NodeSum>();
  const edges = new Map<number, Map<number, EdgeSum>>();
  const clients = new Map<number, Client>();
  const { spans, details } = table;
  const { texts } = table.strings;

  const nodeOf = (node: number): NodeSum => {
    let found = nodes.get(node);
    if (found === undefined) {
      found = { isRoot: false, account: 0, own: undefined, durations: new Histogram(), told: undefined };
      nodes.set(node, found);
    }
    return found;
  };
  const add = (sum: Sum, span: number): void =>
    addRequest(sum, spans.flags[span] as number, spans.start[span] as number, spans.end[span] as number);

  const visitor: GraphVisitor = {
    segment(span, node, isRoot) {
      const sum = nodeOf(node);
      sum.own ??= emptySum();
      add(sum.own, span);
      const account = details.account[spans.detail[span] as number] as number;
      if (account !== 0 && (sum.account === 0 || (texts[account] as string) < (texts[sum.account] as string))) sum.account = account;
      const end = spans.end[span] as number;
      if (!Number.isNaN(end)) sum.durations.add(Math.max(end, lateEnd(table, span)) - (spans.start[span] as number));
      if (!isRoot) return;
      sum.isRoot = true;
      const name = table.nodes.names[node] as number;
      let client = clients.get(name);
      if (client === undefined) {
        client = new Map();
        clients.set(name, client);
      }
      let target = client.get(node);
      if (target === undefined) {
        target = emptySum();
        client.set(node, target);
      }
      add(target, span);
    },
    inferred(span, node) {
      const sum = nodeOf(node);
      sum.told ??= emptySum();
      add(sum.told, span);
    },
    edge(span, from, to, said) {
      nodeOf(from);
      nodeOf(to);
      let out = edges.get(from);
      if (out === undefined) {
        out = new Map();
        edges.set(from, out);
      }
      let edge = out.get(to);
      if (edge === undefined) {
        edge = { ...emptySum(), aliases: new Set<number>() };
        out.set(to, edge);
      }
      add(edge, span);
      if (said !== 0) edge.aliases.add(said);
    },
  };
  return { visitor, services: () => answered(table, nodes, edges, clients) };
}

/** A segment may go on after its response: the last end of what lies in it. */
function lateEnd({ spans, traces }: TraceTable, segment: number): number {
  const trace = spans.trace[segment] as number;
  let last = spans.end[segment] as number;
  if ((traces.end[trace] as number) <= last) return last;
  for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
    if (spans.owner[span] === segment && (spans.end[span] as number) > last) last = spans.end[span] as number;
  }
  return last;
}

interface Place {
  /** Node of the table, or the name of a client. */
  readonly node: number;
  readonly isClient: boolean;
  readonly name: string;
  readonly type: string | undefined;
}

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function answered(
  table: TraceTable,
  nodes: ReadonlyMap<number, NodeSum>,
  edges: ReadonlyMap<number, ReadonlyMap<number, EdgeSum>>,
  clients: ReadonlyMap<number, Client>,
): readonly Service[] {
  const { texts } = table.strings;
  const typeOf = (node: number): string | undefined =>
    table.nodes.types[node] === 0 ? undefined : texts[table.nodes.types[node] as number];
  const nameOf = (node: number): string => texts[table.nodes.names[node] as number] as string;
  const places: Place[] = [...nodes.keys()].map((node) => ({ node, isClient: false, name: nameOf(node), type: typeOf(node) }));
  for (const name of clients.keys()) places.push({ node: name, isClient: true, name: texts[name] as string, type: "client" });
  places.sort((a, b) => ascending(a.name, b.name) || ascending(a.type ?? "", b.type ?? ""));
  const reference = new Map(places.map(({ node, isClient }, at) => [`${isClient}${node}`, at]));
  const edgeTo = (to: number, sum: Sum, aliases: readonly Alias[]): Edge => ({
    ReferenceId: reference.get(`false${to}`) as number,
    ...spanOf(sum),
    SummaryStatistics: statistics(sum),
    ResponseTimeHistogram: sum.histogram.entries(),
    Aliases: aliases,
  });
  const aliasesOf = (said: ReadonlySet<number>): readonly Alias[] =>
    [...said]
      .map((node) => ({ Name: nameOf(node), Names: [nameOf(node)], ...typed(typeOf(node)) }))
      .sort((a, b) => ascending(a.Name, b.Name));
  const byReference = (a: Edge, b: Edge): number => (a.ReferenceId ?? 0) - (b.ReferenceId ?? 0);

  return places.map(({ node, isClient, name, type }, ReferenceId): Service => {
    const shared = { ReferenceId, Name: name, Names: [name], ...typed(type) };
    if (isClient) {
      const client = clients.get(node) as Client;
      const Edges = [...client].map(([to, sum]) => edgeTo(to, sum, [])).sort(byReference);
      return { ...shared, State: "unknown", ...spanOf(whole(client)), Edges };
    }
    const { isRoot, account, own, told, durations } = nodes.get(node) as NodeSum;
    const sum = own ?? told ?? emptySum();
    return {
      ...shared,
      ...(isRoot ? { Root: true } : {}),
      ...(account === 0 ? {} : { AccountId: texts[account] as string }),
      State: own === undefined ? "unknown" : "active",
      ...spanOf(sum),
      Edges: [...(edges.get(node) ?? [])].map(([to, edge]) => edgeTo(to, edge, aliasesOf(edge.aliases))).sort(byReference),
      SummaryStatistics: statistics(sum),
      DurationHistogram: (own === undefined ? sum.histogram : durations).entries(),
      ResponseTimeHistogram: sum.histogram.entries(),
    };
  });
}

const typed = (type: string | undefined): { readonly Type?: string } => (type === undefined ? {} : { Type: type });

/** Epoch milliseconds, as timestamps are inside the house. */
const spanOf = ({ start, end }: Pick<Sum, "start" | "end">): { readonly StartTime?: number; readonly EndTime?: number } =>
  start === Infinity ? {} : { StartTime: start / 1000, EndTime: end / 1000 };

function whole(client: Client): Pick<Sum, "start" | "end"> {
  let [start, end] = [Infinity, -Infinity];
  for (const sum of client.values()) {
    if (sum.start < start) start = sum.start;
    if (sum.end > end) end = sum.end;
  }
  return { start, end };
}

/** The graph of some traces. */
export function graphOfTraces(table: TraceTable, traces: readonly number[]): readonly Service[] {
  const sum = sumGraph(table);
  for (const trace of traces) {
    for (let span = table.traces.firstSpan[trace] as number; span >= 0; span = table.spans.next[span] as number)
      visitSpan(table, span, sum.visitor);
  }
  return sum.services();
}
