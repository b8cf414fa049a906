/**
 * Delivery: every five minutes of account time the records that a trail has taken go as one gzip file or more to its
 * bucket, and as log events to its log group. Each way keeps its own place, so that one that fails holds up nothing but
 * itself and is tried again: what could not be delivered for 30 days is given up.
 */

import { ServiceError } from "../../model/errors.ts";
import { gzip } from "../../model/gzip.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { RecordRow } from "../../store/records/record-store.ts";
import type { Context } from "../contract.ts";
import { DELIVER, nextDelivery, type ProgressDoc, pendingBook, progressDocs } from "./pending.ts";
import { bucketTrouble, folderOf, logGroupIn, logsTrouble, streamOf } from "./trail-checks.ts";
import { type StatusDoc, statusDocs, type TrailDoc, trailDocs } from "./trail-documents.ts";

const GIVEN_UP = 30 * 86_400_000;
/** Characters of one file's text. */
const FILE_CHARACTERS = 8_388_608;
/** What one PutLogEvents call may hold (API reference), and the largest record that reaches a log group. */
const LOG_EVENTS = 10_000;
const LOG_BYTES = 1_048_576;
const LOG_SPAN = 86_400_000;
const LOG_OVERHEAD = 26;
const LARGEST_EVENT = 262_144;

const START: ProgressDoc = { files: 0, logs: 0 };
const encoder = new TextEncoder();

/** Delivers what a trail has taken in this Region; comes again as long as something is left. */
export function deliver(ctx: Context, item: { readonly key: string }): MaybePromise<void> {
  const book = pendingBook(ctx, item.key);
  const trail = trailDocs(ctx).get(item.key);
  if (trail === undefined) {
    ctx.records.drop(book);
    progressDocs(ctx).delete(item.key);
    return;
  }
  return chain(ctx.records.all(book), (rows) => {
    const stale = rows.findLast((row) => row.at < ctx.now - GIVEN_UP);
    if (stale !== undefined) moved(ctx, trail, { files: stale.sequence + 1, logs: stale.sequence + 1 });
    const place = progressDocs(ctx).get(trail.TrailARN) ?? START;
    const left = (from: number): readonly RecordRow[] => rows.filter(({ sequence }) => sequence >= from);
    deliverFiles(ctx, trail, left(place.files));
    if (trail.CloudWatchLogsLogGroupArn !== undefined) deliverEvents(ctx, trail, left(place.logs));
    if (rows.length > 0) ctx.schedule({ at: nextDelivery(ctx.now), kind: DELIVER, key: trail.TrailARN });
  });
}

/** Notes that a way has come so far, and drops what both have behind them. */
function moved(ctx: Context, trail: TrailDoc, to: Partial<ProgressDoc>): void {
  const docs = progressDocs(ctx);
  const { files, logs } = docs.get(trail.TrailARN) ?? START;
  const now = { files: Math.max(files, to.files ?? 0), logs: Math.max(logs, to.logs ?? 0) };
  // A trail without a log group has nothing to catch up with when it gets one.
  if (trail.CloudWatchLogsLogGroupArn === undefined) now.logs = Math.max(now.logs, now.files);
  docs.put(trail.TrailARN, now);
  ctx.records.dropThrough(pendingBook(ctx, trail.TrailARN), Math.min(now.files, now.logs) - 1);
}

/** Changes what GetTrailStatus shows; undefined takes a member away. */
function note(ctx: Context, trail: TrailDoc, change: { readonly [K in keyof StatusDoc]?: StatusDoc[K] | undefined }): void {
  const docs = statusDocs(ctx);
  const all = Object.entries({ ...docs.get(trail.TrailARN), ...change }).filter(([, value]) => value !== undefined);
  docs.put(trail.TrailARN, Object.fromEntries(all));
}

const S3_CODES: Readonly<Record<string, string>> = {
  S3BucketDoesNotExistException: "NoSuchBucket",
  InsufficientS3BucketPolicyException: "AccessDenied",
};

const codeOf = (error: Error): string => (error instanceof ServiceError ? error.code : error.message);

function deliverFiles(ctx: Context, trail: TrailDoc, rows: readonly RecordRow[]): void {
  const { S3BucketName: bucket, S3KeyPrefix: prefix, TrailARN: trailArn } = trail;
  const trouble = rows.length === 0 ? undefined : bucketTrouble(ctx, { trailArn, bucket, prefix });
  if (trouble !== undefined) {
    note(ctx, trail, { attemptTime: ctx.now, deliveryError: S3_CODES[trouble.code] ?? trouble.code });
    return;
  }
  for (const part of partsOf(rows, (row) => row.text.length, FILE_CHARACTERS)) {
    const Key = fileKey(ctx, prefix);
    const Body = gzip(encoder.encode(`{"Records":[${part.map(({ text }) => text).join(",")}]}`));
    const last = part.at(-1)?.sequence ?? 0;
    ctx.emit({
      service: "s3",
      operation: "PutObject",
      sourceArn: trailArn,
      region: trail.HomeRegion,
      input: { Bucket: bucket, Key, Body, ACL: "bucket-owner-full-control", ContentType: "application/json", ContentEncoding: "gzip" },
      settled: (later, result) => {
        if ("error" in result) return note(later, trail, { attemptTime: later.now, deliveryError: codeOf(result.error) });
        note(later, trail, { attemptTime: later.now, deliveryTime: later.now, deliveryError: undefined });
        moved(later, trail, { files: last + 1 });
        if (trail.SnsTopicARN !== undefined) notify(later, trail, trail.SnsTopicARN, Key);
      },
    });
  }
}

/** `[prefix/]AWSLogs/ACCOUNT/CloudTrail/REGION/YYYY/MM/DD/ACCOUNT_CloudTrail_REGION_YYYYMMDDTHHmmZ_UNIQUE.json.gz` */
function fileKey(ctx: Context, prefix: string | undefined): string {
  const [date = "", time = ""] = new Date(ctx.now).toISOString().split("T");
  const stamp = `${date.replaceAll("-", "")}T${time.slice(0, 5).replace(":", "")}Z`;
  const folder = `${folderOf(ctx.account, prefix)}/CloudTrail/${ctx.region}/${date.replaceAll("-", "/")}`;
  return `${folder}/${ctx.account}_CloudTrail_${ctx.region}_${stamp}_${unique(ctx.id("log-file"))}.json.gz`;
}

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** 16 letters and digits from 32 hex digits. */
const unique = (hex: string): string =>
  Array.from({ length: 16 }, (_, i) => ALPHABET[Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) % ALPHABET.length]).join("");

function notify(ctx: Context, trail: TrailDoc, TopicArn: string, key: string): void {
  ctx.emit({
    service: "sns",
    operation: "Publish",
    input: { TopicArn, Message: JSON.stringify({ s3Bucket: trail.S3BucketName, s3ObjectKey: [key] }) },
    settled: (later, result) =>
      note(later, trail, {
        notificationTime: later.now,
        notificationError: "error" in result ? codeOf(result.error) : undefined,
      }),
  });
}

function deliverEvents(ctx: Context, trail: TrailDoc, rows: readonly RecordRow[]): void {
  const { CloudWatchLogsLogGroupArn: groupArn = "", CloudWatchLogsRoleArn: roleArn = "", HomeRegion: region } = trail;
  if (rows.length === 0) return;
  const trouble = logsTrouble(ctx, groupArn, roleArn, region);
  if (trouble !== undefined) {
    note(ctx, trail, { logsError: trouble.message });
    return;
  }
  const logGroupName = logGroupIn(groupArn)?.name ?? "";
  const logStreamName = streamOf(ctx.account, region);
  if (!ctx.peek("logs", "stream", { region }).has(`${logGroupName}:${logStreamName}`))
    ctx.emit({ service: "logs", operation: "CreateLogStream", region, input: { logGroupName, logStreamName } });
  const sizes = new Map(rows.map((row) => [row, encoder.encode(row.text).length]));
  for (const part of logParts(rows, (row) => (sizes.get(row) ?? 0) + LOG_OVERHEAD)) {
    const logEvents = part
      .filter((row) => (sizes.get(row) ?? 0) <= LARGEST_EVENT)
      .sort((a, b) => a.at - b.at || a.sequence - b.sequence)
      .map(({ at, text }) => ({ timestamp: at, message: text }));
    const last = part.at(-1)?.sequence ?? 0;
    if (logEvents.length === 0) {
      moved(ctx, trail, { logs: last + 1 });
      continue;
    }
    ctx.emit({
      service: "logs",
      operation: "PutLogEvents",
      region,
      input: { logGroupName, logStreamName, logEvents },
      settled: (later, result) => {
        if ("error" in result) return note(later, trail, { logsError: result.error.message });
        note(later, trail, { logsTime: later.now, logsError: undefined });
        moved(later, trail, { logs: last + 1 });
      },
    });
  }
}

/** Rows in their order, cut where a call would hold too many, too much, or too long a time. */
function* logParts(rows: readonly RecordRow[], size: (row: RecordRow) => number): Generator<readonly RecordRow[]> {
  for (const part of partsOf(rows, size, LOG_BYTES, LOG_EVENTS)) {
    let start = 0;
    let [oldest, newest] = [Infinity, -Infinity];
    for (const [i, { at }] of part.entries()) {
      [oldest, newest] = [Math.min(oldest, at), Math.max(newest, at)];
      if (newest - oldest < LOG_SPAN) continue;
      yield part.slice(start, i);
      start = i;
      [oldest, newest] = [at, at];
    }
    yield part.slice(start);
  }
}

/** Cuts rows into parts of at most `most` in size and `count` in number, at least one row each. */
function* partsOf(
  rows: readonly RecordRow[],
  size: (row: RecordRow) => number,
  most: number,
  count = Number.POSITIVE_INFINITY,
): Generator<readonly RecordRow[]> {
  let part: RecordRow[] = [];
  let held = 0;
  for (const row of rows) {
    const next = size(row);
    if (part.length > 0 && (held + next > most || part.length >= count)) {
      yield part;
      part = [];
      held = 0;
    }
    part.push(row);
    held += next;
  }
  if (part.length > 0) yield part;
}
