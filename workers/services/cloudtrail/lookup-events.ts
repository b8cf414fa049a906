/** LookupEvents over the event history. */
import { digestTexts } from "../../model/digest.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/cloudtrail.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { type HistoryEntry, historyPage } from "./history.ts";
import { ATTRIBUTES, resourcesOf, userNames, viewOf } from "./view.ts";

type Input = Operations["LookupEvents"]["input"];
type Output = Operations["LookupEvents"]["output"];

/** Insights events have no caller and no resources to be found by (API reference, LookupEvents). */
const INSIGHT_ATTRIBUTES: ReadonlySet<string> = new Set(["EventId", "EventName", "EventSource"]);

export function lookupEvents(ctx: Context, input: Input): MaybePromise<Output> {
  const attributes = input.LookupAttributes ?? [];
  const [attribute] = attributes;
  if (attributes.length > 1) {
    throw new ServiceError("InvalidLookupAttributesException", "You can only specify one lookup attribute.", {
      hint: "Narrow further with a time range.",
    });
  }
  if (attribute !== undefined && (!Object.hasOwn(ATTRIBUTES, attribute.AttributeKey) || !attribute.AttributeValue)) {
    throw new ServiceError("InvalidLookupAttributesException", `Invalid lookup attribute: ${attribute.AttributeKey}.`, {
      hint: `One of ${Object.keys(ATTRIBUTES).join(", ")}, with a value.`,
    });
  }
  const { StartTime: start = Number.NEGATIVE_INFINITY, EndTime: end = Number.POSITIVE_INFINITY } = input as {
    readonly StartTime?: number;
    readonly EndTime?: number;
  };
  if (start > end) throw new ServiceError("InvalidTimeRangeException", "The start time must not be after the end time.");
  const limit = input.MaxResults ?? 50;
  if (!Number.isInteger(limit) || limit < 1 || limit > 50) {
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
  if (category === "insight") return { Events: [] };
  const by = attribute === undefined ? undefined : { key: attribute.AttributeKey, value: attribute.AttributeValue };
  return chain(historyPage(ctx, { start, end, attribute: by, limit, after }), ({ entries, hasMore }) => {
    const last = entries.at(-1);
    const token = hasMore && last !== undefined ? { NextToken: btoa(`${last.at}.${last.sequence}.${question}`) } : {};
    return { Events: entries.map(answered), ...token };
  });
}

function readToken(token: string | undefined, question: string): { readonly at: number; readonly sequence: number } | undefined {
  if (token === undefined) return undefined;
  const text = /^[A-Za-z0-9+/]+={0,2}$/.test(token) && token.length % 4 === 0 ? atob(token) : "";
  const [, at, sequence, asked] = /^(-?\d{1,15})\.(\d{1,15})\.([0-9a-f]+)$/.exec(text) ?? [];
  if (at === undefined || sequence === undefined || asked !== question) {
    throw new ServiceError("InvalidNextTokenException", "Invalid token.", {
      hint: "A token goes with the same other parameters as the call that gave it.",
    });
  }
  return { at: Number(at), sequence: Number(sequence) };
}

function answered({ at, record, text }: HistoryEntry): NonNullable<Output["Events"]>[number] {
  const view = viewOf(record);
  const Username = userNames(view)[0];
  const AccessKeyId = view.userIdentity?.accessKeyId;
  return {
    EventId: view.eventID ?? "",
    EventName: view.eventName ?? "",
    ReadOnly: String(view.readOnly === true),
    ...(AccessKeyId === undefined ? {} : { AccessKeyId }),
    EventTime: at,
    EventSource: view.eventSource ?? "",
    ...(Username === undefined ? {} : { Username }),
    Resources: resourcesOf(view).map((each) => ({
      ...(each.type === undefined ? {} : { ResourceType: each.type }),
      ResourceName: each.ARN ?? each.ARNPrefix ?? "",
    })),
    CloudTrailEvent: text,
  };
}
