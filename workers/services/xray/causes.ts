/**
 * Root causes as GetTraceSummaries shows them (facts xray §6): from the root inwards, at each step the child that went
 * wrong, or for response time the one that takes most of its parent.
 */
import type { CauseEntity, CauseService, RootCause } from "../../language/xray-filter/rows.ts";
import type { CauseKind } from "../../language/xray-filter/tree.ts";
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { spansOf } from "./traces.ts";

/** A child that takes less of its parent is no cause of its time. */
const LEAST_SHARE = 0.5;

/** At most one: AWS shows the deepest. */
export function rootCauses(table: TraceTable, trace: number, kind: CauseKind): readonly RootCause[] {
  const { spans, traces } = table;
  const root = traces.root[trace] as number;
  if (root < 0) return [];
  const children = childrenOf(table, trace);
  const path =
    kind === "responsetime"
      ? slowPath(table, root, children)
      : failedPath(table, root, children, kind === "fault" ? SPAN.fault : SPAN.error);
  if (path.length === 0) return [];
  const isImpacting = kind === "responsetime" || ((spans.flags[root] as number) & (kind === "fault" ? SPAN.fault : SPAN.error)) !== 0;
  return [{ Services: servicesOf(table, path, kind), ClientImpacting: isImpacting }];
}

/** Children of each span, by start and then by id. */
function childrenOf(table: TraceTable, trace: number): ReadonlyMap<number, readonly number[]> {
  const { up, start, idHigh, idLow } = table.spans;
  const children = new Map<number, number[]>();
  for (const span of spansOf(table, trace)) {
    const parent = up[span] as number;
    if (parent < 0) continue;
    const known = children.get(parent);
    if (known === undefined) children.set(parent, [span]);
    else known.push(span);
  }
  for (const list of children.values()) {
    list.sort(
      (a, b) =>
        (start[a] as number) - (start[b] as number) ||
        (idHigh[a] as number) - (idHigh[b] as number) ||
        (idLow[a] as number) - (idLow[b] as number),
    );
  }
  return children;
}

/** Follows the first child with the flag; the root itself need not have it where a caller handled what went wrong. */
function failedPath(
  { spans }: TraceTable,
  root: number,
  children: ReadonlyMap<number, readonly number[]>,
  flag: number,
): readonly number[] {
  const failed = (span: number): boolean => ((spans.flags[span] as number) & flag) !== 0;
  const path = [root];
  for (let at = root; ; ) {
    const next = children.get(at)?.find(failed);
    if (next === undefined || path.includes(next)) break;
    path.push(next);
    at = next;
  }
  return failed(path.at(-1) as number) ? path : [];
}

function slowPath({ spans }: TraceTable, root: number, children: ReadonlyMap<number, readonly number[]>): readonly number[] {
  const time = (span: number): number => (spans.end[span] as number) - (spans.start[span] as number);
  if (!(time(root) > 0)) return [];
  const path = [root];
  for (let at = root; ; ) {
    let next = -1;
    for (const child of children.get(at) ?? [])
      if (time(child) >= LEAST_SHARE * time(at) && (next < 0 || time(child) > time(next))) next = child;
    if (next < 0 || path.includes(next)) return path;
    path.push(next);
    at = next;
  }
}

/** Cuts a path of spans where it goes from one service to the next; a call that is answered belongs to its caller. */
function servicesOf(table: TraceTable, path: readonly number[], kind: CauseKind): readonly CauseService[] {
  const { spans, nodes, strings, details } = table;
  const found: { span: number; entities: CauseEntity[] }[] = [];
  const whole = (spans.end[path[0] as number] as number) - (spans.start[path[0] as number] as number);
  for (const span of path) {
    const flags = spans.flags[span] as number;
    const isInferred = (flags & SPAN.call) !== 0 && (spans.callee[span] as number) < 0;
    if ((flags & SPAN.segment) !== 0 || isInferred || found.length === 0) found.push({ span, entities: [] });
    found.at(-1)?.entities.push(entityOf(table, span, kind, whole));
  }
  return found.map(({ span, entities }) => {
    const node = spans.node[span] as number;
    const name = strings.texts[nodes.names[node] as number] as string;
    const type = nodes.types[node] as number;
    const account = details.account[spans.detail[span] as number] as number;
    return {
      Name: name,
      Names: [name],
      ...(type === 0 ? {} : { Type: strings.texts[type] as string }),
      ...(account === 0 ? {} : { AccountId: strings.texts[account] as string }),
      EntityPath: entities,
      Inferred: ((spans.flags[span] as number) & SPAN.segment) === 0,
    };
  });
}

function entityOf(table: TraceTable, span: number, kind: CauseKind, whole: number): CauseEntity {
  const { spans, strings, exceptions } = table;
  const flags = spans.flags[span] as number;
  const isCall = (flags & SPAN.call) !== 0;
  // What stands for a service that sends nothing is named like its node.
  const name =
    isCall && (spans.callee[span] as number) < 0 ? (table.nodes.names[spans.node[span] as number] as number) : (spans.name[span] as number);
  const shared = { Name: strings.texts[name] as string, Remote: isCall };
  if (kind === "responsetime") {
    const share = ((spans.end[span] as number) - (spans.start[span] as number)) / whole;
    return { ...shared, Coverage: Math.round(share * 1000) / 1000 };
  }
  const Exceptions: { readonly Name: string; readonly Message: string }[] = [];
  for (let row = spans.exceptionFrom[span] as number; row < (spans.exceptionFrom[span + 1] as number); row++) {
    Exceptions.push({
      Name: strings.texts[exceptions.type[row] as number] as string,
      Message: strings.texts[exceptions.message[row] as number] as string,
    });
  }
  return { ...shared, Exceptions };
}
