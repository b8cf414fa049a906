/**
 * A trace as documents again (facts xray §5): subsegments that came on their own in their places, a segment made for every
 * service that sends none, what no index takes left out.
 */
import { digestTexts } from "../../model/digest.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { traceText, wordsAt } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { spansOf, tracesKey } from "./traces.ts";

type Json = Record<string, unknown>;

export interface AssembledSegment {
  readonly id: string;
  readonly document: Readonly<Json>;
  /** Row of its span. */
  readonly span: number;
}

export interface AssembledTrace {
  readonly id: string;
  /** By start, then by id. */
  readonly segments: readonly AssembledSegment[];
  /** The object of each span, cleaned, by row. */
  readonly objects: ReadonlyMap<number, Readonly<Json>>;
  /** Documents as they were sent, those that another replaced left out. */
  readonly raw: readonly { readonly sequence: number; readonly text: string }[];
}

/** Members that the schema has; others are not given back. */
const MEMBERS: ReadonlySet<string> = new Set(
  (
    "name id trace_id start_time end_time in_progress parent_id service user origin resource_arn http aws annotations metadata subsegments cause " +
    "error throttle fault links inferred type namespace traced precursor_ids sql"
  ).split(" "),
);
/** What an inferred segment takes over from the call it stands for. */
const TAKEN = ["start_time", "end_time", "in_progress", "error", "throttle", "fault", "http", "aws", "cause"];

export function assembledTrace(ctx: Context, table: TraceTable, trace: number): MaybePromise<AssembledTrace> {
  const spans = spansOf(table, trace);
  const sequences = [...new Set(spans.map((span) => table.spans.document[span] as number))].sort((a, b) => a - b);
  const id = traceText(wordsAt(table.traces, trace));
  return chain(ctx.traces.documents(tracesKey(ctx), sequences), (texts) => {
    const raw = sequences.flatMap((sequence, at) => {
      const text = texts[at];
      return text === undefined ? [] : [{ sequence, text }];
    });
    return { id, ...segmentsOf(table, spans, id, raw), raw };
  });
}

function segmentsOf(
  table: TraceTable,
  rows: readonly number[],
  traceId: string,
  raw: AssembledTrace["raw"],
): Pick<AssembledTrace, "segments" | "objects"> {
  const { flags, up, callee, document } = table.spans;
  const tops = new Map(raw.map(({ sequence, text }) => [sequence, JSON.parse(text) as Json]));
  const byRow = new Map<number, Json>();
  // Rows of a document are in the order in which its spans stand in it, enclosing ones first.
  for (const [sequence, top] of tops) {
    const own = rows.filter((row) => document[row] === sequence);
    walk(top, idsOf(table, own), byRow);
  }
  const found: AssembledSegment[] = [];
  for (const row of rows) {
    const json = byRow.get(row);
    if (json === undefined) continue;
    const flag = flags[row] as number;
    const parent = (flag & SPAN.document) !== 0 && (flag & SPAN.segment) === 0 ? byRow.get(up[row] as number) : undefined;
    if (parent !== undefined) {
      const list = Array.isArray(parent.subsegments) ? (parent.subsegments as unknown[]) : [];
      parent.subsegments = [...list, json];
    } else if ((flag & SPAN.document) !== 0) found.push({ id: String(json.id), document: json, span: row });
    if ((flag & SPAN.call) !== 0 && (callee[row] as number) < 0) found.push(inferredSegment(table, row, json, traceId));
  }
  const start = (segment: AssembledSegment): number => table.spans.start[segment.span] as number;
  return { segments: found.sort((a, b) => start(a) - start(b) || (a.id < b.id ? -1 : 1)), objects: byRow };
}

/** Spans by their ids, as they are written in documents. */
function idsOf({ spans }: TraceTable, rows: readonly number[]): ReadonlyMap<string, number> {
  const hex = (word: number): string => word.toString(16).padStart(8, "0");
  return new Map(rows.map((row) => [hex(spans.idHigh[row] as number) + hex(spans.idLow[row] as number), row]));
}

/** Cleans a document in place and notes which row each of its objects is. */
function walk(json: Json, ids: ReadonlyMap<string, number>, byRow: Map<number, Json>): void {
  for (const member of Object.keys(json)) if (!MEMBERS.has(member)) delete json[member];
  const annotations = json.annotations as Json | undefined | null;
  if (annotations !== undefined && annotations !== null) {
    for (const [key, value] of Object.entries(annotations)) {
      if (!/^[A-Za-z0-9_.]{1,500}$/.test(key) || !["string", "number", "boolean"].includes(typeof value)) delete annotations[key];
    }
  }
  const row = ids.get(String(json.id).toLowerCase());
  if (row !== undefined) byRow.set(row, json);
  for (const inner of (json.subsegments as Json[] | undefined | null) ?? []) walk(inner, ids, byRow);
}

function inferredSegment({ spans, nodes, strings }: TraceTable, row: number, call: Json, traceId: string): AssembledSegment {
  const node = spans.node[row] as number;
  const id = digestTexts("inferred", traceId, String(call.id)).hex().slice(0, 16);
  const document: Json = { id, name: strings.texts[nodes.names[node] as number], trace_id: traceId, parent_id: call.id, inferred: true };
  for (const member of TAKEN) if (call[member] !== undefined) document[member] = call[member];
  const type = nodes.types[node] as number;
  // A service that is only known as "remote" has no origin.
  if (strings.texts[type] !== "remote") document.origin = strings.texts[type];
  return { id, document, span: row };
}
