/** What a filter expression selects and why, while it is being written; and the words of the account that it may use. */
import type { Because } from "../../language/because.ts";
import type { FilterNames } from "../../language/xray-filter/complete.ts";
import { explainTrace, matchingTraces } from "../../language/xray-filter/evaluate.ts";
import { FilterExpressionError } from "../../language/xray-filter/expression-error.ts";
import { parseFilter } from "../../language/xray-filter/parse.ts";
import type { Expression } from "../../language/xray-filter/tree.ts";
import type { TraceSummary } from "../../model/generated/xray.ts";
import { traceText, wordsAt } from "../../store/traces/trace-ids.ts";
import type { Context } from "../contract.ts";
import { filterRows } from "./filter-rows.ts";
import { groupLookup, groupNames } from "./groups.ts";
import { rowsOfIds } from "./service-graph.ts";
import { summaryOf } from "./summary.ts";
import { tracesInRange } from "./trace-summaries.ts";
import { tracesOf } from "./traces.ts";

export interface FilterPreviewQuestion {
  readonly expression: string;
  /** Epoch milliseconds; traces by the time in their ids. */
  readonly from: number;
  readonly to: number;
  /** Say of this trace why it matches or does not. */
  readonly traceId?: string;
  /** Summaries that are wanted, newest first. Default 20. */
  readonly limit?: number;
}

export interface FilterPreview {
  /** Where the expression is wrong, in UTF-16 units. */
  readonly error?: { readonly message: string; readonly hint: string; readonly from: number; readonly to: number };
  readonly scanned: number;
  readonly matched: number;
  readonly newest: readonly TraceSummary[];
  readonly why?: { readonly traceId: string; readonly because: Because };
}

const SHOWN = 20;
/** Values of a word that completion offers. */
const MOST_VALUES = 100;

export function filterPreview(ctx: Context, question: FilterPreviewQuestion): FilterPreview {
  const { expression: text, from, to, traceId, limit = SHOWN } = question;
  const parsed = parsedOrError(ctx, text);
  if (parsed instanceof FilterExpressionError) {
    const error = { message: parsed.message, hint: parsed.hint ?? "", from: parsed.from, to: parsed.to };
    return { error, scanned: 0, matched: 0, newest: [] };
  }
  const table = tracesOf(ctx);
  if (table === undefined) return { scanned: 0, matched: 0, newest: [] };
  const rows = filterRows(table);
  const inRange = tracesInRange(ctx, { StartTime: from, EndTime: to }, table);
  const matching = parsed === undefined ? inRange : matchingTraces(parsed, rows, inRange);
  const asked = traceId === undefined ? inRange.at(-1) : rowsOfIds(ctx, table, [traceId])[0];
  const why =
    parsed === undefined || asked === undefined
      ? undefined
      : { traceId: traceText(wordsAt(table.traces, asked)), because: explainTrace(parsed, text, rows, asked) };
  return {
    scanned: inRange.length,
    matched: matching.length,
    newest: [...matching.slice(-limit)].reverse().map((trace) => summaryOf(table, trace)),
    ...(why === undefined ? {} : { why }),
  };
}

/** Undefined for an empty text, which selects everything. */
function parsedOrError(ctx: Context, text: string): Expression | FilterExpressionError | undefined {
  if (text.trim() === "") return undefined;
  try {
    return parseFilter(text, groupLookup(ctx));
  } catch (error) {
    if (error instanceof FilterExpressionError) return error;
    throw error;
  }
}

const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export function filterNames(ctx: Context): FilterNames {
  const table = tracesOf(ctx);
  const groups = groupNames(ctx);
  if (table === undefined) return { annotations: [], services: [], types: [], groups, values: {} };
  const { strings, nodes, notes, details } = table;
  const texts = (numbers: Iterable<number>): readonly string[] => {
    const found = new Set<string>();
    for (const number of numbers) {
      if (number !== 0) found.add(strings.texts[number] as string);
      if (found.size >= MOST_VALUES) break;
    }
    return [...found].sort(ascending);
  };
  const of = (column: Uint32Array): readonly string[] => texts(column.subarray(0, details.count));
  return {
    annotations: texts(notes.key.subarray(0, notes.count)),
    services: texts(nodes.names),
    types: texts(nodes.types),
    groups,
    values: {
      "http.url": of(details.url),
      "http.method": of(details.method),
      "http.useragent": of(details.agent),
      "http.clientip": of(details.client),
      user: of(details.user),
      availabilityzone: of(details.zone),
      "instance.id": of(details.instance),
      "resource.arn": of(details.arn),
      "account.id": of(details.account),
    },
  };
}
