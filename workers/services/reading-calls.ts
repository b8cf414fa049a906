/**
 * Calls that CloudTrail reports to EventBridge only where a rule asks for all management events (EventBridge user guide,
 * Read-only management events from AWS services). CloudTrail asks before it sends, EventBridge before a rule gets them.
 */
import type { Context } from "./contract.ts";

/** The state in which a rule asks for them. */
export const ALL_CALLS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

/** Reads that are sent although their names begin so. */
const SENT_READS: ReadonlySet<string> = new Set(["GetFederationToken", "GetSessionToken"]);

/** By the members of a call's record. */
export function isReadingCall({ eventName, eventSource }: { readonly eventName?: unknown; readonly eventSource?: unknown }): boolean {
  if (typeof eventName !== "string" || !/^(?:List|Get|Describe)/.test(eventName)) return false;
  return !(eventSource === "sts.amazonaws.com" && SENT_READS.has(eventName));
}

/** Kind of EventBridge's document that is there, under the bus's name, while a rule on the bus asks for them. */
export const ASKED = "all-calls";

/** Whether a rule on the default bus of the Region asks for them. */
export const isAskedFor = (ctx: Context): boolean => ctx.peek("events", ASKED).has("default");
