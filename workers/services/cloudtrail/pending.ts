/**
 * What logging trails take of a call's record, kept until it is delivered: one book of records per trail and Region, since
 * files and events are made per Region. Selectors judge a record when it happens, not when it is delivered.
 */
import { selectsDataEvents, takesEvent } from "../../language/trail-selectors/evaluate.ts";
import type { Context } from "../contract.ts";
import { sendToBus } from "./bus.ts";
import { coversRegion, selectorsOf, type TrailDoc, trailDocs } from "./trail-documents.ts";
import { epochOf, type RecordView, type TrailRecord, viewOf } from "./view.ts";

/** Files come about every five minutes. */
export const DELIVERY_INTERVAL = 300_000;
export const DELIVER = "deliver";

/** Services that are not in a Region, recorded in us-east-1 (user guide, Concepts). */
const GLOBAL_SERVICES: ReadonlySet<string> = new Set([
  "iam.amazonaws.com",
  "cloudfront.amazonaws.com",
  "route53.amazonaws.com",
  "organizations.amazonaws.com",
]);

export const pendingBook = (ctx: Context, trailArn: string, region = ctx.region): string => `${ctx.account}:${region}:${trailArn}`;

/** Where a trail's delivery of a Region stands: the sequences that come next. */
export interface ProgressDoc {
  readonly files: number;
  readonly logs: number;
}

export const progressDocs = (ctx: Context, region = ctx.region) => ctx.docs<ProgressDoc>("trail-progress", { region });

const noTerms = (): readonly string[] => [];

export const nextDelivery = (now: number): number => (Math.floor(now / DELIVERY_INTERVAL) + 1) * DELIVERY_INTERVAL;

/** Whether a trail could take a record of that Region and source, before its selectors are asked. */
function isListening(trail: TrailDoc, region: string, { eventSource }: RecordView): boolean {
  if (!trail.isLogging || !coversRegion(trail, region)) return false;
  return trail.IncludeGlobalServiceEvents || !GLOBAL_SERVICES.has(eventSource ?? "");
}

/** Whether data events have to be recorded at all in this Region. */
export const wantsData = (ctx: Context): boolean =>
  trailDocs(ctx)
    .values()
    .some((trail) => trail.isLogging && coversRegion(trail, ctx.region) && selectsDataEvents(selectorsOf(trail)));

/** Gives the record of a call to every trail that takes it, and to the default bus when one does. */
export function takeForTrails(ctx: Context, record: TrailRecord): void {
  const trails = trailDocs(ctx);
  if (trails.size === 0) return;
  const view = viewOf(record);
  const taking = trails.values().filter((trail) => isListening(trail, ctx.region, view) && takesEvent(selectorsOf(trail), view));
  for (const { TrailARN } of taking) {
    const book = pendingBook(ctx, TrailARN);
    if (ctx.records.size(book) === 0) ctx.schedule({ at: nextDelivery(ctx.now), kind: DELIVER, key: TrailARN });
    ctx.records.append(book, epochOf(view.eventTime ?? "") ?? ctx.now, record, noTerms);
  }
  if (taking.length > 0) sendToBus(ctx, record);
}

/** Forgets what a trail has not delivered, in this Region; where it works elsewhere, the next delivery there finds it gone. */
export function dropPending(ctx: Context, trail: TrailDoc): void {
  ctx.records.drop(pendingBook(ctx, trail.TrailARN));
  progressDocs(ctx).delete(trail.TrailARN);
  ctx.unschedule(DELIVER, trail.TrailARN);
}
