/** One trace as GetTraceSummaries shows it (facts xray §6). */
import type {
  AnnotationValue,
  ErrorRootCause,
  FaultRootCause,
  ResponseTimeRootCause,
  ServiceId,
  TraceSummary,
  ValueWithServiceIds,
} from "../../model/generated/xray.ts";
import { SPAN, TRACE } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { traceText, wordsAt } from "../../store/traces/trace-ids.ts";
import { rootCauses } from "./causes.ts";
import { indexedKeys } from "./filter-rows.ts";
import { isService, seconds, spansOf } from "./traces.ts";

export function summaryOf(table: TraceTable, trace: number): TraceSummary {
  const { traces } = table;
  const flags = traces.flags[trace] as number;
  const root = traces.root[trace] as number;
  const spans = spansOf(table, trace);
  const segments = spans.filter((span) => ((table.spans.flags[span] as number) & SPAN.segment) !== 0);
  const response = traces.response[trace] as number;
  const http = root < 0 ? {} : httpOf(table, root);
  const distinct = (column: Uint32Array): readonly string[] =>
    [...new Set(segments.map((span) => column[table.spans.detail[span] as number] as number))]
      .filter((text) => text !== 0)
      .map((text) => table.strings.texts[text] as string);
  return {
    Id: traceText(wordsAt(traces, trace)),
    StartTime: (traces.start[trace] as number) / 1000,
    Duration: seconds((traces.end[trace] as number) - (traces.start[trace] as number)),
    ...(Number.isNaN(response) ? {} : { ResponseTime: seconds(response) }),
    HasFault: (flags & TRACE.fault) !== 0,
    HasError: (flags & TRACE.error) !== 0,
    HasThrottle: (flags & TRACE.throttle) !== 0,
    IsPartial: (flags & TRACE.partial) !== 0,
    ...(Object.keys(http).length === 0 ? {} : { Http: http }),
    Annotations: annotationsOf(table, trace, spans),
    Users: usersOf(table, segments),
    ServiceIds: serviceIds(
      table,
      spans.filter((span) => isService(table, span)),
    ),
    ResourceARNs: distinct(table.details.arn).map((ARN) => ({ ARN })),
    InstanceIds: distinct(table.details.instance).map((Id) => ({ Id })),
    AvailabilityZones: distinct(table.details.zone).map((Name) => ({ Name })),
    ...(root < 0 ? {} : { EntryPoint: serviceId(table, root) }),
    // Built by causes.ts in the form of the model; only `Type` is wider there.
    FaultRootCauses: rootCauses(table, trace, "fault") as readonly FaultRootCause[],
    ErrorRootCauses: rootCauses(table, trace, "error") as readonly ErrorRootCause[],
    ResponseTimeRootCauses: rootCauses(table, trace, "responsetime") as readonly ResponseTimeRootCause[],
    Revision: traces.documents[trace] as number,
  };
}

function httpOf({ spans, details, strings }: TraceTable, root: number): NonNullable<TraceSummary["Http"]> {
  const detail = spans.detail[root] as number;
  const status = spans.status[root] as number;
  const member = (name: string, text: number): Readonly<Record<string, string>> =>
    text === 0 ? {} : { [name]: strings.texts[text] as string };
  return {
    ...member("HttpURL", details.url[detail] as number),
    ...(status === 0 ? {} : { HttpStatus: status }),
    ...member("HttpMethod", details.method[detail] as number),
    ...member("UserAgent", details.agent[detail] as number),
    ...member("ClientIp", details.client[detail] as number),
  };
}

export function serviceId({ spans, nodes, strings, details }: TraceTable, span: number): ServiceId {
  const node = spans.node[span] as number;
  const name = strings.texts[nodes.names[node] as number] as string;
  const type = nodes.types[node] as number;
  const account = details.account[spans.detail[span] as number] as number;
  return {
    Name: name,
    Names: [name],
    ...(account === 0 ? {} : { AccountId: strings.texts[account] as string }),
    ...(type === 0 ? {} : { Type: strings.texts[type] as string }),
  };
}

/** Each once, in the order they came. */
function serviceIds(table: TraceTable, spans: readonly number[]): readonly ServiceId[] {
  const found = new Map<string, ServiceId>();
  for (const span of spans) {
    const id = serviceId(table, span);
    const key = JSON.stringify([id.Name, id.Type, id.AccountId]);
    if (!found.has(key)) found.set(key, id);
  }
  return [...found.values()];
}

const ownersOf = ({ spans }: TraceTable, list: readonly number[]): readonly number[] =>
  list.map((span) => spans.owner[span] as number).filter((owner) => owner >= 0);

function usersOf(table: TraceTable, segments: readonly number[]): NonNullable<TraceSummary["Users"]> {
  const byUser = new Map<number, number[]>();
  for (const span of segments) {
    const user = table.details.user[table.spans.detail[span] as number] as number;
    if (user !== 0) byUser.set(user, [...(byUser.get(user) ?? []), span]);
  }
  return [...byUser].map(([user, spans]) => ({ UserName: table.strings.texts[user] as string, ServiceIds: serviceIds(table, spans) }));
}

function annotationsOf(
  table: TraceTable,
  trace: number,
  spans: readonly number[],
): Readonly<Record<string, readonly ValueWithServiceIds[]>> {
  const indexed = indexedKeys(table, trace);
  const found = new Map<number, Map<string | number | boolean, number[]>>();
  for (const span of spans) {
    for (let note = table.spans.noteFrom[span] as number; note < (table.spans.noteFrom[span + 1] as number); note++) {
      const key = table.notes.key[note] as number;
      if (!indexed.has(key)) continue;
      const values = found.get(key) ?? new Map<string | number | boolean, number[]>();
      found.set(key, values);
      const value = table.noteValue(note);
      values.set(value, [...(values.get(value) ?? []), span]);
    }
  }
  const shown = (value: string | number | boolean): AnnotationValue =>
    typeof value === "string" ? { StringValue: value } : typeof value === "number" ? { NumberValue: value } : { BooleanValue: value };
  return Object.fromEntries(
    [...found].map(([key, values]) => [
      table.strings.texts[key] as string,
      [...values].map(([value, at]) => ({ AnnotationValue: shown(value), ServiceIds: serviceIds(table, ownersOf(table, at)) })),
    ]),
  );
}
