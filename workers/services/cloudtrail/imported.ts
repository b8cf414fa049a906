/** Records of real log files in the event history: with their own times, identities and accounts, in their own Regions. */
import type { Context } from "../contract.ts";
import { HISTORY_MS, historyBook } from "./history.ts";
import { epochOf, type RecordView, resourcesOf, type TrailRecord, termsOf, viewOf } from "./view.ts";

/** A log file that was taken in. */
export interface ImportedDoc {
  readonly sha256: string;
  readonly name: string;
  readonly bytes: number;
  /** Records in the event history. */
  readonly taken: number;
  /** Data, network activity and Insights events, which the event history never has. */
  readonly otherEvents: number;
  /** Older than the event history goes back. */
  readonly tooOld: number;
  readonly skipped: number;
  readonly warnings: readonly string[];
  /** Epoch ms. */
  readonly at: number;
}

export const importedDocs = (ctx: Context) => ctx.docs<ImportedDoc>("imported");

/** Record kinds before 1.07 have no category: data events are those on what only data events are on. */
const DATA_RESOURCES: ReadonlySet<string> = new Set(["AWS::S3::Object", "AWS::DynamoDB::Table"]);

export function categoryOf(view: RecordView): string {
  if (view.eventCategory !== undefined) return view.eventCategory;
  if (view.managementEvent === false || resourcesOf(view).some(({ type }) => DATA_RESOURCES.has(type ?? ""))) return "Data";
  return view.eventType === "AwsCloudTrailInsight" ? "Insight" : "Management";
}

const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

export interface Imported {
  readonly place: "history" | "other" | "too-old";
  /** The Region it names is none of AWS (data whose names were replaced): it stands in the Region of the import. */
  readonly strangeRegion?: string;
}

/** Puts a record where it belongs; the end of a sentence where it cannot be read. */
export function importRecord(ctx: Context, record: TrailRecord): Imported | { readonly trouble: string } {
  const view = viewOf(record);
  const { eventTime = "", awsRegion = "" } = view;
  const at = epochOf(eventTime);
  if (at === undefined) return { trouble: `its eventTime is ${JSON.stringify(eventTime)}, not a time as 2024-09-22T12:00:00Z` };
  if (categoryOf(view) !== "Management") return { place: "other" };
  if (at < ctx.now - HISTORY_MS) return { place: "too-old" };
  const isRegion = REGION.test(awsRegion);
  ctx.records.append(historyBook(ctx, isRegion ? awsRegion : ctx.region), at, record, termsOf);
  return { place: "history", ...(isRegion ? {} : { strangeRegion: awsRegion }) };
}
