/** The record of deliveries: one per event, rule and target, with every attempt. */
import type { Context } from "../contract.ts";
import { type SequenceLog, sequenceLog } from "../sequence-log.ts";
import type { Envelope, PassedDoc } from "./passed.ts";

const KEPT = 5_000;

export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Absent where it arrived. */
  readonly error?: { readonly code: string; readonly message: string; readonly isRetried: boolean };
}

export type DeliveryStatus = "under way" | "delivered" | "retrying" | "dead letter" | "dropped" | "not sent";

export interface DeliveryDoc {
  readonly bus: string;
  readonly rule: string;
  readonly ruleArn: string;
  readonly targetId: string;
  readonly targetArn: string;
  readonly eventId: string;
  /** When the rule matched, epoch milliseconds. */
  readonly at: number;
  /** Entry of the log of events; a schedule's event passes no bus and stands here itself. */
  readonly passed?: string;
  readonly envelope?: Envelope;
  /** What was sent, where it is not the event as it is. */
  readonly body?: string;
  readonly status: DeliveryStatus;
  readonly attempts: readonly Attempt[];
  /** When it is tried again, epoch milliseconds. */
  readonly next?: number;
  /** Why nothing was sent, or why it was given up. */
  readonly why?: string;
  readonly deadLetter?: { readonly queueArn: string; readonly error?: string };
}

export const deliveryLog = (ctx: Context): SequenceLog<DeliveryDoc> => sequenceLog<DeliveryDoc>(ctx, "delivery", KEPT);

/** Changes a record; one that has fallen out of the log is let go. */
export function amend(ctx: Context, id: string, change: Partial<DeliveryDoc>): void {
  const docs = ctx.docs<DeliveryDoc>("delivery");
  const doc = docs.get(id);
  if (doc !== undefined) docs.put(id, { ...doc, ...change });
}

export interface DeliveriesQuestion {
  readonly limit?: number;
  /** `next` of the answer before. */
  readonly before?: string;
  /** This one alone. */
  readonly sequence?: string;
  readonly bus?: string;
  readonly rule?: string;
  readonly eventId?: string;
  readonly status?: DeliveryStatus;
  /** Epoch ms, both inclusive. */
  readonly from?: number;
  readonly to?: number;
}

export interface Delivery extends DeliveryDoc {
  readonly sequence: string;
  /** What was sent; absent where the event has left the log. */
  readonly payload?: string;
}

export interface DeliveriesAnswer {
  readonly deliveries: readonly Delivery[];
  readonly next?: string;
  readonly total: number;
}

/** Deliveries that fit, newest first. */
export function deliveries(ctx: Context, question: DeliveriesQuestion = {}): DeliveriesAnswer {
  const { from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY, before } = question;
  const limit = Math.max(1, Math.min(200, Math.trunc(question.limit ?? 50)));
  const found: Delivery[] = [];
  let [total, after] = [0, 0];
  for (const [sequence, doc] of deliveryLog(ctx).newestFirst()) {
    if (doc.at < from || doc.at > to || !fits(doc, question)) continue;
    if (question.sequence !== undefined && question.sequence !== sequence) continue;
    total++;
    if (before !== undefined && sequence >= before) continue;
    if (found.length < limit) found.push(shown(ctx, sequence, doc));
    else after++;
  }
  const next = after > 0 ? found[found.length - 1]?.sequence : undefined;
  return { deliveries: found, total, ...(next === undefined ? {} : { next }) };
}

function fits(doc: DeliveryDoc, { bus, rule, eventId, status }: DeliveriesQuestion): boolean {
  return (
    (bus === undefined || doc.bus === bus) &&
    (rule === undefined || doc.rule === rule) &&
    (eventId === undefined || doc.eventId === eventId) &&
    (status === undefined || doc.status === status)
  );
}

function shown(ctx: Context, sequence: string, doc: DeliveryDoc): Delivery {
  const event = doc.envelope ?? (doc.passed === undefined ? undefined : ctx.docs<PassedDoc>("passed").get(doc.passed)?.envelope);
  const payload = doc.body ?? (event === undefined || doc.status === "not sent" ? undefined : JSON.stringify(event));
  return { ...doc, sequence, ...(event === undefined ? {} : { envelope: event }), ...(payload === undefined ? {} : { payload }) };
}
