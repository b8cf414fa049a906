/** Views of CloudTrail that AWS has no operation for: the history as a table, and why a call has no record. */
import { type LoggedBecause, takesEvent } from "../../language/trail-selectors/evaluate.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context, TrailKind } from "../contract.ts";
import { HISTORY_DAYS, type HistoryEntry, historyCount, historyPage, historyScan } from "./history.ts";
import { relationOf } from "./touching.ts";
import { selectorsOf, statusDocs, type TrailDoc, trailDocs } from "./trail-documents.ts";
import { resourcesOf, userNames, viewOf } from "./view.ts";

export interface HistoryQuestion {
  /** One attribute of LookupEvents. */
  readonly attribute?: { readonly key: string; readonly value: string };
  /** Epoch ms, both inclusive. */
  readonly start?: number;
  readonly end?: number;
  /** Anywhere in the record, capitals or not. */
  readonly text?: string;
  /** Only calls that touched this resource, an ARN or a name; each row says how (touching.ts). */
  readonly touching?: string;
  readonly limit?: number;
  readonly offset?: number;
}

/** The console's event history: its columns, the record beside them, newest first. */
export function historyTable(ctx: Context, question: HistoryQuestion = {}): MaybePromise<HistoryTable> {
  const { attribute, start, end, touching } = question;
  const range = { attribute, start, end };
  const offset = Math.max(0, Math.trunc(question.offset ?? 0));
  const limit = Math.max(1, Math.min(500, Math.trunc(question.limit ?? 50)));
  const table = (total: number, entries: readonly HistoryEntry[]): HistoryTable => ({
    days: HISTORY_DAYS,
    total,
    rows: entries.slice(offset, offset + limit).map((entry) => rowOf(entry, touching)),
  });
  const text = question.text?.toLowerCase() ?? "";
  if (text === "" && touching === undefined) {
    return chain(historyCount(ctx, range), (total) =>
      chain(historyPage(ctx, { ...range, limit: offset + limit }), ({ entries }) => table(total, entries)),
    );
  }
  const scan = historyScan(ctx, {
    ...range,
    text: (record) => text === "" || record.toLowerCase().includes(text),
    entry: ({ record }) => touching === undefined || relationOf(record, touching) !== undefined,
  });
  return chain(scan, (entries) => table(entries.length, entries));
}

export interface HistoryTable {
  readonly days: number;
  readonly total: number;
  readonly rows: readonly HistoryRow[];
}

export type HistoryRow = ReturnType<typeof rowOf>;

function rowOf({ at, record }: HistoryEntry, touching: string | undefined) {
  const view = viewOf(record);
  const resources = resourcesOf(view);
  return {
    eventName: view.eventName ?? "",
    eventTime: at,
    userName: userNames(view)[0] ?? "",
    eventSource: view.eventSource ?? "",
    resourceType: resources.flatMap((each) => each.type ?? []).join(", "),
    resourceName: resources.flatMap((each) => each.ARN ?? each.ARNPrefix ?? []).join(", "),
    accessKeyId: view.userIdentity?.accessKeyId ?? "",
    region: view.awsRegion ?? "",
    errorCode: view.errorCode ?? "",
    sourceIpAddress: view.sourceIPAddress ?? "",
    readOnly: view.readOnly === true,
    requestId: view.requestID ?? "",
    eventId: view.eventID ?? "",
    ...(touching === undefined ? {} : { relation: relationOf(record, touching) }),
    record,
  };
}

/** Why each trail takes a call's record or not. Undefined: the event history has no such event. */
export function whyLogged(
  ctx: Context,
  question: { readonly eventId: string },
): MaybePromise<
  readonly { readonly trail: string; readonly arn: string; readonly isLogging: boolean; readonly because: LoggedBecause }[] | undefined
> {
  const attribute = { key: "EventId", value: question.eventId };
  return chain(historyPage(ctx, { attribute, limit: 1 }), ({ entries }) => {
    const [entry] = entries;
    if (entry === undefined) return undefined;
    return trailDocs(ctx)
      .values()
      .map((trail) => ({
        trail: trail.Name,
        arn: trail.TrailARN,
        isLogging: trail.isLogging,
        because: becauseOf(trail, entry),
      }));
  });
}

function becauseOf(trail: TrailDoc, { record }: HistoryEntry): LoggedBecause {
  let because: LoggedBecause = { verdict: false, reason: "", selectors: [] };
  takesEvent(selectorsOf(trail), viewOf(record), (told) => {
    because = told;
  });
  return because;
}

/** The console's list of trails: settings and how deliveries go. */
export const trailTable = (ctx: Context) =>
  trailDocs(ctx)
    .values()
    .map((trail) => ({ ...trail, status: statusDocs(ctx).get(trail.TrailARN) ?? {} }));

export interface WhyNotQuestion {
  readonly service: string;
  readonly operation: string;
  /** The trail kind of every operation, by service and operation; the account fills it in. */
  readonly trail: Readonly<Record<string, Readonly<Record<string, TrailKind>>>>;
}

/** A sentence: whether and why a call of that operation stands in the event history. */
export function whyNotRecorded(_ctx: Context, question: WhyNotQuestion): { readonly trail?: TrailKind; readonly sentence: string } {
  const { service, operation } = question;
  const name = `${service}:${operation}`;
  const trail = question.trail[service]?.[operation];
  switch (trail) {
    case undefined:
      return { sentence: `${name} is not built in Nephoscope, so no call of it can be recorded.` };
    case "management-read":
      return {
        trail,
        sentence: `${name} is a read-only management event: it is in the event history. Set Read-only to true (the console shows false at first), and look in the Region of the call.`,
      };
    case "management-write":
      return {
        trail,
        sentence: `${name} is a management event: every call is in the event history of its Region for ${HISTORY_DAYS} days, failed ones too.`,
      };
    case "data":
      return {
        trail,
        sentence: `${name} is a data event: the event history never has those. Only a trail or event data store that selects data events records them, and pays for each.`,
      };
    case "never":
      return {
        trail,
        sentence: `${name} leaves no CloudTrail record at all: it moves telemetry, and CloudTrail records only management and data events.`,
      };
  }
}
