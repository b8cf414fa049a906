/** Event history: the management events of 90 days per Region, and LookupEvents over them. */
import { digestTexts } from "../../model/digest.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/cloudtrail.ts";
import type { Context } from "../contract.ts";
import { type SequenceLog, sequenceLog } from "../sequence-log.ts";

type Input = Operations["LookupEvents"]["input"];
type Output = Operations["LookupEvents"]["output"];

export const HISTORY_DAYS = 90;
const HISTORY_MS = HISTORY_DAYS * 86_400_000;
/** A bound for memory; 90 days of a page come nowhere near it. */
const HISTORY_CAP = 200_000;

export interface HistoryDoc {
  /** `eventTime` as epoch ms. */
  readonly at: number;
  readonly record: Readonly<Record<string, unknown>>;
}

interface RecordView {
  readonly eventID?: string;
  readonly eventName?: string;
  readonly eventSource?: string;
  readonly eventTime?: string;
  readonly readOnly?: boolean;
  readonly managementEvent?: boolean;
  readonly eventCategory?: string;
  readonly awsRegion?: string;
  readonly errorCode?: string;
  readonly sourceIPAddress?: string;
  readonly requestID?: string;
  readonly userIdentity?: {
    readonly type?: string;
    readonly userName?: string;
    readonly accessKeyId?: string;
    readonly principalId?: string;
    readonly arn?: string;
    readonly sessionContext?: { readonly sessionIssuer?: { readonly userName?: string } };
  };
  readonly resources?: readonly { readonly ARN?: string; readonly ARNPrefix?: string; readonly type?: string }[];
}

export const viewOf = (doc: HistoryDoc): RecordView => doc.record as RecordView;

export const history = (ctx: Context, region?: string): SequenceLog<HistoryDoc> =>
  sequenceLog<HistoryDoc>(ctx, "history", HISTORY_CAP, region === undefined || region === ctx.region ? undefined : { region });

/** Takes the record of a call: management events only, into the history of the record's Region. At once: AWS may take 15 minutes. */
export function record(ctx: Context, taken: Readonly<Record<string, unknown>>): void {
  const view = taken as RecordView;
  if (view.eventCategory !== "Management" || view.managementEvent === false) return;
  const log = history(ctx, view.awsRegion);
  log.append({ at: epochOf(view.eventTime ?? "") ?? ctx.now, record: taken });
  log.dropWhile((old) => old.at < ctx.now - HISTORY_MS);
}

/** `2024-09-22T12:00:00Z` to epoch ms (the only form records have). */
export function epochOf(text: string): number | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)Z$/.exec(text);
  if (found === null) return undefined;
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = found.slice(1).map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

export const userNames = (view: RecordView): readonly string[] => {
  const who = view.userIdentity ?? {};
  const names: string[] = [];
  if (who.type === "Root") names.push(who.userName ?? "root", "root");
  if (who.type === "IAMUser" && who.userName !== undefined) names.push(who.userName);
  if (who.type === "AssumedRole") {
    const session =
      who.principalId?.split(":")[1] ?? (who.arn?.includes(":assumed-role/") ? who.arn.slice(who.arn.lastIndexOf("/") + 1) : undefined);
    if (session !== undefined) names.push(session);
    if (who.sessionContext?.sessionIssuer?.userName !== undefined) names.push(who.sessionContext.sessionIssuer.userName);
  }
  return names;
};

const arns = (view: RecordView): readonly string[] => (view.resources ?? []).flatMap((each) => each.ARN ?? each.ARNPrefix ?? []);

/** Whether an event has that value of a lookup attribute: exact, case sensitive. A resource's name may end its ARN. */
export const ATTRIBUTES: Readonly<Record<string, (view: RecordView, value: string) => boolean>> = {
  AccessKeyId: (view, value) => view.userIdentity?.accessKeyId === value,
  EventId: (view, value) => view.eventID === value,
  EventName: (view, value) => view.eventName === value,
  EventSource: (view, value) => view.eventSource === value,
  ReadOnly: (view, value) => String(view.readOnly === true) === value,
  ResourceName: (view, value) =>
    value !== "" &&
    arns(view).some((arn) => arn === value || (arn.startsWith("arn:") && (arn.endsWith(`/${value}`) || arn.endsWith(`:${value}`)))),
  ResourceType: (view, value) => (view.resources ?? []).some((each) => each.type === value),
  Username: (view, value) => userNames(view).includes(value),
};

/** Insights events have no caller and no resources to be found by (API reference, LookupEvents). */
const INSIGHT_ATTRIBUTES: ReadonlySet<string> = new Set(["EventId", "EventName", "EventSource"]);

export interface Found {
  readonly id: string;
  readonly doc: HistoryDoc;
}

/** Events of the last 90 days that pass the test, newest first (equal times: the later recorded first). */
export function search(ctx: Context, test: (doc: HistoryDoc) => boolean): readonly Found[] {
  const found: Found[] = [];
  const oldest = ctx.now - HISTORY_MS;
  for (const [id, doc] of history(ctx).newestFirst()) if (doc.at >= oldest && test(doc)) found.push({ id, doc });
  return found.sort((a, b) => b.doc.at - a.doc.at || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
}

export function lookupEvents(ctx: Context, input: Input): Output {
  const attributes = input.LookupAttributes ?? [];
  const [attribute] = attributes;
  if (attributes.length > 1) {
    throw new ServiceError("InvalidLookupAttributesException", "You can only specify one lookup attribute.", {
      hint: "Narrow further with a time range.",
    });
  }
  const matches = attribute === undefined ? undefined : ATTRIBUTES[attribute.AttributeKey];
  if (attribute !== undefined && (matches === undefined || attribute.AttributeValue === undefined || attribute.AttributeValue === "")) {
    throw new ServiceError("InvalidLookupAttributesException", `Invalid lookup attribute: ${attribute.AttributeKey}.`, {
      hint: `One of ${Object.keys(ATTRIBUTES).join(", ")}, with a value.`,
    });
  }
  const { StartTime = Number.NEGATIVE_INFINITY, EndTime = Number.POSITIVE_INFINITY } = input as {
    readonly StartTime?: number;
    readonly EndTime?: number;
  };
  if (StartTime > EndTime) throw new ServiceError("InvalidTimeRangeException", "The start time must not be after the end time.");
  const size = input.MaxResults ?? 50;
  if (!Number.isInteger(size) || size < 1 || size > 50) {
    throw new ServiceError("InvalidMaxResultsException", "MaxResults must be a whole number from 1 to 50.");
  }
  const category: string | undefined = input.EventCategory;
  if (category !== undefined && category !== "insight") {
    throw new ServiceError("InvalidEventCategoryException", `Invalid event category: ${category}.`, {
      hint: "Leave EventCategory out for management events; the only value is insight.",
    });
  }
  if (category === "insight" && attribute !== undefined && !INSIGHT_ATTRIBUTES.has(attribute.AttributeKey)) {
    throw new ServiceError("InvalidLookupAttributesException", `Invalid lookup attribute: ${attribute.AttributeKey}.`, {
      hint: `Insights events are found by one of ${[...INSIGHT_ATTRIBUTES].join(", ")}.`,
    });
  }
  const question = digestTexts(
    JSON.stringify([attribute?.AttributeKey, attribute?.AttributeValue, input.StartTime, input.EndTime, category]),
  ).hex();
  const after = readToken(input.NextToken, question);
  // No trail here has Insights switched on, so there are no Insights events to find.
  const found =
    category === "insight"
      ? []
      : search(
          ctx,
          (doc) =>
            doc.at >= StartTime &&
            doc.at <= EndTime &&
            (attribute === undefined || (matches?.(viewOf(doc), attribute.AttributeValue) ?? false)),
        );
  const from = after === undefined ? 0 : found.findIndex(({ id, doc }) => doc.at < after.at || (doc.at === after.at && id < after.id));
  const page = from < 0 ? [] : found.slice(from, from + size);
  const last = page[page.length - 1];
  return {
    Events: page.map(({ doc }) => answered(doc)),
    ...(last !== undefined && from + size < found.length ? { NextToken: btoa(`${last.doc.at}.${last.id}.${question}`) } : {}),
  };
}

function readToken(token: string | undefined, question: string): { readonly at: number; readonly id: string } | undefined {
  if (token === undefined) return undefined;
  const text = /^[A-Za-z0-9+/]+={0,2}$/.test(token) && token.length % 4 === 0 ? atob(token) : "";
  const [at, id, asked] = text.split(".");
  if (at === undefined || id === undefined || !/^-?\d+$/.test(at) || !/^\d{12}$/.test(id) || asked !== question) {
    throw new ServiceError("InvalidNextTokenException", "Invalid token.", {
      hint: "A token goes with the same other parameters as the call that gave it.",
    });
  }
  return { at: Number(at), id };
}

function answered(doc: HistoryDoc): NonNullable<Output["Events"]>[number] {
  const view = viewOf(doc);
  const Username = userNames(view)[0];
  const AccessKeyId = view.userIdentity?.accessKeyId;
  return {
    EventId: view.eventID ?? "",
    EventName: view.eventName ?? "",
    ReadOnly: String(view.readOnly === true),
    ...(AccessKeyId === undefined ? {} : { AccessKeyId }),
    EventTime: doc.at,
    EventSource: view.eventSource ?? "",
    ...(Username === undefined ? {} : { Username }),
    Resources: (view.resources ?? []).map((each) => ({
      ...(each.type === undefined ? {} : { ResourceType: each.type }),
      ResourceName: each.ARN ?? each.ARNPrefix ?? "",
    })),
    CloudTrailEvent: JSON.stringify(doc.record),
  };
}
