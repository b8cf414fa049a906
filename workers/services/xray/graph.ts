/** The service graph as GetServiceGraph and GetTraceGraph answer it. */
import type { Alias, Edge, Service } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { addRequest, addSum, emptySum, Histogram, type Sum, statistics } from "./graph-sums.ts";
import { type GraphVisitor, visitSpan } from "./graph-walk.ts";

interface NodeSum {
  isRoot: boolean;
  account: number;
  /** Requests that its own segments tell of; absent while there are none. */
  own: Sum | undefined;
  /** How long work on them went on; absent while none went on after its response, and is then as long as they took. */
  durations: Histogram | undefined;
  /** Requests that only callers tell of. */
  told: Sum | undefined;
}
interface EdgeSum extends Sum {
  /** Nodes that callers take the callee for. */
  readonly aliases: Set<number>;
}

const emptyNode = (): NodeSum => ({ isRoot: false, account: 0, own: undefined, durations: undefined, told: undefined });
const emptyEdge = (): EdgeSum => ({ ...emptySum(), aliases: new Set<number>() });

function memberOf<V>(map: Map<number, V>, key: number, made: () => V): V {
  let found = map.get(key);
  if (found === undefined) {
    found = made();
    map.set(key, found);
  }
  return found;
}

/** Sums over spans; sums can be added to each other. Nodes and texts are those of the table. */
export class Graph implements GraphVisitor {
  private readonly nodes = new Map<number, NodeSum>();
  private readonly edges = new Map<number, Map<number, EdgeSum>>();
  /** What calls roots: by its name, by the node that it calls. */
  private readonly clients = new Map<number, Map<number, Sum>>();

  constructor(private readonly table: TraceTable) {}

  segment(span: number, node: number, isRoot: boolean): void {
    const { spans, details, nodes } = this.table;
    const sum = memberOf(this.nodes, node, emptyNode);
    sum.own ??= emptySum();
    const detail = spans.detail[span] as number;
    if (detail !== 0) this.account(sum, details.account[detail] as number);
    const [start, end] = [spans.start[span] as number, spans.end[span] as number];
    if (!Number.isNaN(end)) {
      const late = lateEnd(this.table, span);
      if (late > end) sum.durations ??= copyOf(sum.own.histogram);
      sum.durations?.add(Math.max(end, late) - start);
    }
    this.add(sum.own, span);
    if (!isRoot) return;
    sum.isRoot = true;
    const client = memberOf(this.clients, nodes.names[node] as number, () => new Map<number, Sum>());
    this.add(memberOf(client, node, emptySum), span);
  }

  inferred(span: number, node: number): void {
    const sum = memberOf(this.nodes, node, emptyNode);
    sum.told ??= emptySum();
    this.add(sum.told, span);
  }

  edge(span: number, from: number, to: number, said: number): void {
    memberOf(this.nodes, from, emptyNode);
    memberOf(this.nodes, to, emptyNode);
    const edge = this.edgeOf(from, to);
    this.add(edge, span);
    if (said !== 0) edge.aliases.add(said);
  }

  addAll(other: Graph): void {
    for (const [node, theirs] of other.nodes) {
      const sum = memberOf(this.nodes, node, emptyNode);
      if (theirs.isRoot) sum.isRoot = true;
      this.account(sum, theirs.account);
      if (theirs.own !== undefined) {
        sum.own ??= emptySum();
        if (theirs.durations !== undefined) sum.durations ??= copyOf(sum.own.histogram);
        sum.durations?.addAll(theirs.durations ?? theirs.own.histogram);
        addSum(sum.own, theirs.own);
      }
      if (theirs.told === undefined) continue;
      sum.told ??= emptySum();
      addSum(sum.told, theirs.told);
    }
    for (const [from, out] of other.edges) {
      for (const [to, theirs] of out) {
        const edge = this.edgeOf(from, to);
        addSum(edge, theirs);
        for (const said of theirs.aliases) edge.aliases.add(said);
      }
    }
    for (const [name, targets] of other.clients) {
      const client = memberOf(this.clients, name, () => new Map<number, Sum>());
      for (const [node, theirs] of targets) addSum(memberOf(client, node, emptySum), theirs);
    }
  }

  /** Nodes by name, then by type; ReferenceIds are places in this order. */
  services(): readonly Service[] {
    return answered(this.table, this.nodes, this.edges, this.clients);
  }

  private edgeOf(from: number, to: number): EdgeSum {
    return memberOf(
      memberOf(this.edges, from, () => new Map<number, EdgeSum>()),
      to,
      emptyEdge,
    );
  }

  private add(sum: Sum, span: number): void {
    const { flags, start, end } = this.table.spans;
    addRequest(sum, flags[span] as number, start[span] as number, end[span] as number);
  }

  /** Of several the first, so that their order does not show. */
  private account(sum: NodeSum, account: number): void {
    const { texts } = this.table.strings;
    if (account !== 0 && (sum.account === 0 || (texts[account] as string) < (texts[sum.account] as string))) sum.account = account;
  }
}

function copyOf(histogram: Histogram): Histogram {
  const copy = new Histogram();
  copy.addAll(histogram);
  return copy;
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
  clients: ReadonlyMap<number, ReadonlyMap<number, Sum>>,
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
      const client = clients.get(node) as ReadonlyMap<number, Sum>;
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
      DurationHistogram: (durations ?? sum.histogram).entries(),
      ResponseTimeHistogram: sum.histogram.entries(),
    };
  });
}

const typed = (type: string | undefined): { readonly Type?: string } => (type === undefined ? {} : { Type: type });

/** Epoch milliseconds, as timestamps are inside the house. */
const spanOf = ({ start, end }: Pick<Sum, "start" | "end">): { readonly StartTime?: number; readonly EndTime?: number } =>
  start === Infinity ? {} : { StartTime: start / 1000, EndTime: end / 1000 };

function whole(client: ReadonlyMap<number, Sum>): Pick<Sum, "start" | "end"> {
  let [start, end] = [Infinity, -Infinity];
  for (const sum of client.values()) {
    if (sum.start < start) start = sum.start;
    if (sum.end > end) end = sum.end;
  }
  return { start, end };
}

/** The graph of some traces. */
export function graphOfTraces(table: TraceTable, traces: readonly number[]): readonly Service[] {
  const graph = new Graph(table);
  for (const trace of traces) {
    for (let span = table.traces.firstSpan[trace] as number; span >= 0; span = table.spans.next[span] as number)
      visitSpan(table, span, graph);
  }
  return graph.services();
}
