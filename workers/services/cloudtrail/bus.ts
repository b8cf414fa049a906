/**
 * `AWS API Call via CloudTrail` on the default bus, for calls that a logging trail takes (EventBridge user guide, Events
 * from AWS services). They pass a second after the call: a rule whose target makes calls that match it goes round once a
 * second and not without end in one moment.
 */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { type TrailRecord, viewOf } from "./view.ts";

export const TO_BUS = "bus";
const SECOND = 1000;
/** Events of 256 KB and more do not reach the bus. */
const LARGEST = 262_144 - 1024;

const DETAIL_TYPES: Readonly<Record<string, string>> = {
  AwsApiCall: "AWS API Call via CloudTrail",
  AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
  AwsServiceEvent: "AWS Service Event via CloudTrail",
  AwsConsoleAction: "AWS Console Action via CloudTrail",
};

/** Reads that are sent although their names begin so. */
const SENT_READS: ReadonlySet<string> = new Set(["GetFederationToken", "GetSessionToken"]);

const busBook = (ctx: Context): string => `${ctx.account}:${ctx.region}:bus`;

/** Whether calls of that name are sent: those that begin with List, Get or Describe are not. */
export function isSentToBus(record: TrailRecord): boolean {
  const { eventName = "", eventSource = "", eventType = "" } = viewOf(record);
  if (DETAIL_TYPES[eventType] === undefined) return false;
  return !/^(List|Get|Describe)/.test(eventName) || (eventSource === "sts.amazonaws.com" && SENT_READS.has(eventName));
}

export function sendToBus(ctx: Context, record: TrailRecord): void {
  if (!isSentToBus(record)) return;
  const book = busBook(ctx);
  if (ctx.records.size(book) === 0) ctx.schedule({ at: (Math.floor(ctx.now / SECOND) + 1) * SECOND, kind: TO_BUS, key: "default" });
  ctx.records.append(book, ctx.now, record, () => []);
}

/** Hands what is due to EventBridge. */
export function passToBus(ctx: Context): MaybePromise<void> {
  const book = busBook(ctx);
  return chain(ctx.records.all(book), (rows) => {
    ctx.records.drop(book);
    for (const { text } of rows) {
      if (new TextEncoder().encode(text).length > LARGEST) continue;
      const { eventSource = "", eventType = "", eventTime = "" } = viewOf(JSON.parse(text) as TrailRecord);
      const entry = {
        Source: `aws.${eventSource.split(".")[0] ?? ""}`,
        DetailType: DETAIL_TYPES[eventType] ?? "",
        Detail: text,
        Resources: [],
        Time: eventTime,
      };
      ctx.emit({ service: "events", operation: "PutEvents", input: { Entries: [entry] } });
    }
  });
}
