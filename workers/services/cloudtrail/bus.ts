/**
 * `AWS API Call via CloudTrail` on the default bus, for calls that a logging trail takes (EventBridge user guide, Events
 * from AWS services). They pass a second after the call: a rule whose target makes calls that match it goes round once a
 * second and not without end in one moment.
 */
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { isAskedFor, isReadingCall } from "../reading-calls.ts";
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

const busBook = (ctx: Context): string => `${ctx.account}:${ctx.region}:bus`;

/** Whether the record goes to the bus: one of a call that only reads does where a rule asks for those of management. */
function isSentToBus(ctx: Context, record: TrailRecord): boolean {
  const view = viewOf(record);
  if (DETAIL_TYPES[view.eventType ?? ""] === undefined) return false;
  return !isReadingCall(view) || (view.managementEvent === true && isAskedFor(ctx));
}

export function sendToBus(ctx: Context, record: TrailRecord): void {
  if (!isSentToBus(ctx, record)) return;
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
