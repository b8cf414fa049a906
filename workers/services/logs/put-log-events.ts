/** PutLogEvents: rows of events, and the columnar form for agents and imports. Both end in the same checks and effects. */
import type { PutLogEventsRequest, PutLogEventsResponse, RejectedLogEventsInfo } from "../../model/generated/logs.ts";
import { utf8Column } from "../../model/utf8.ts";
import type { LogBatch } from "../../store/logs/log-store.ts";
import type { Context } from "../contract.ts";
import { DAY, existingGroup, existingStream, expiryOf, type GroupDoc, groupKey } from "./documents.ts";
import { invalidParameter, violated } from "./failures.ts";
import { EVENT_OVERHEAD } from "./groups.ts";
import { applyMetricFilters } from "./metric-filter-action.ts";
import { sequenceToken } from "./tokens.ts";

const HOUR = 3_600_000;
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
/** Expired events are really gone some time after their expiry (facts: up to about 72 hours). */
const DELETION_LAG = 3 * DAY;

/** Message i is bytes[offsets[i] .. offsets[i+1]) in UTF-8; timestamps in epoch milliseconds. */
export interface PutLogEventsColumns {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly timestamps: Float64Array;
  readonly offsets: Uint32Array;
  readonly bytes: Uint8Array;
  /** An import of what agents shipped when it happened: ages are judged at the batch's end, and metric filters do not act. */
  readonly history?: boolean;
}

export function putLogEvents(ctx: Context, input: PutLogEventsRequest): PutLogEventsResponse {
  const { bytes, offsets } = utf8Column(input.logEvents.map(({ message }) => message));
  const timestamps = Float64Array.from(input.logEvents, ({ timestamp }) => timestamp);
  return put(ctx, { logGroupName: input.logGroupName, logStreamName: input.logStreamName, timestamps, offsets, bytes });
}

export function putLogEventsColumns(ctx: Context, columns: object): PutLogEventsResponse {
  const input = columns as PutLogEventsColumns; // the door hands columns through as they came; put() checks them
  const events = input.timestamps.length;
  if (events < 1) throw violated("[]", "logEvents", "Member must have length greater than or equal to 1");
  if (events > MOST_EVENTS) throw violated(`${events} events`, "logEvents", `Member must have length less than or equal to ${MOST_EVENTS}`);
  if (input.offsets.length !== events + 1) throw invalidParameter("The columns of logEvents differ in length.");
  for (let i = 0; i < events; i++) {
    const timestamp = input.timestamps[i]!;
    if (!Number.isInteger(timestamp) || timestamp < 0) {
      throw violated(timestamp, `logEvents.${i + 1}.member.timestamp`, "Member must have value greater than or equal to 0");
    }
    if (!(input.offsets[i + 1]! > input.offsets[i]!)) {
      throw violated("", `logEvents.${i + 1}.member.message`, "Member must have length greater than or equal to 1");
    }
  }
  if (input.offsets[events]! > input.bytes.length) throw invalidParameter("The columns of logEvents differ in length.");
  return put(ctx, input);
}

function put(ctx: Context, input: PutLogEventsColumns): PutLogEventsResponse {
  const { logGroupName, logStreamName, timestamps, history = false } = input;
  const group = existingGroup(ctx, logGroupName);
  existingStream(ctx, logGroupName, logStreamName);
  checkSizes(input.offsets);
  for (let i = 1; i < timestamps.length; i++) {
    if (timestamps[i]! < timestamps[i - 1]!) {
      throw invalidParameter("Log events in a single PutLogEvents request must be in chronological order.");
    }
  }
  const now = history ? timestamps[timestamps.length - 1]! : ctx.now;
  const { from, to, rejected } = acceptedRange({ ...ctx, now }, group, timestamps);
  if (to > from && timestamps[to - 1]! - timestamps[from]! > DAY) {
    throw invalidParameter("The batch of log events in a single PutLogEvents request cannot span more than 24 hours.");
  }
  const key = groupKey(ctx, logGroupName);
  if (to > from) {
    const batch = accepted(input, from, to, history ? undefined : ctx.now);
    ctx.logs.append(key, logStreamName, batch);
    if (group.retentionInDays !== undefined) ctx.logs.expire(key, expiryOf(ctx, group) - DELETION_LAG);
    if (!history) {
      emitIncoming(ctx, logGroupName, batch);
      applyMetricFilters(ctx, logGroupName, batch);
    }
  }
  const nextSequenceToken = sequenceToken(logGroupName, logStreamName, ctx.logs.stats(key, logStreamName)?.events ?? 0);
  return rejected === undefined ? { nextSequenceToken } : { nextSequenceToken, rejectedLogEventsInfo: rejected };
}

function checkSizes(offsets: Uint32Array): void {
  const events = offsets.length - 1;
  for (let i = 0; i < events; i++) {
    const size = offsets[i + 1]! - offsets[i]! + EVENT_OVERHEAD;
    if (size > MOST_BYTES) throw invalidParameter(`Log event too large: ${size} bytes exceeds limit of ${MOST_BYTES}`);
  }
  const total = offsets[events]! - offsets[0]! + events * EVENT_OVERHEAD;
  if (total > MOST_BYTES) throw invalidParameter(`Upload too large: ${total} bytes exceeds limit of ${MOST_BYTES}`);
}

/** Events [from, to) are kept: not over 14 days old, not past retention, not over 2 hours ahead. Timestamps ascend, so the rest are ends. */
export function acceptedRange(
  at: { readonly now: number },
  group: Pick<GroupDoc, "retentionInDays">,
  timestamps: Float64Array,
): { readonly from: number; readonly to: number; readonly rejected: RejectedLogEventsInfo | undefined } {
  const firstAtLeast = (moment: number): number => {
    let index = 0;
    while (index < timestamps.length && timestamps[index]! < moment) index++;
    return index;
  };
  const tooOld = firstAtLeast(at.now - 14 * DAY);
  const expired = group.retentionInDays === undefined ? 0 : firstAtLeast(at.now - group.retentionInDays * DAY);
  const tooNew = firstAtLeast(at.now + 2 * HOUR + 1);
  const rejected = {
    ...(tooNew < timestamps.length ? { tooNewLogEventStartIndex: tooNew } : {}),
    ...(tooOld > 0 ? { tooOldLogEventEndIndex: tooOld } : {}),
    ...(expired > 0 ? { expiredLogEventEndIndex: expired } : {}),
  };
  return { from: Math.max(tooOld, expired), to: tooNew, rejected: Object.keys(rejected).length === 0 ? undefined : rejected };
}

function accepted(input: PutLogEventsColumns, from: number, to: number, ingestedAt: number | undefined): LogBatch {
  const timestamps = input.timestamps.slice(from, to);
  const start = input.offsets[from]!;
  const offsets = input.offsets.slice(from, to + 1).map((offset) => offset - start);
  const bytes = input.bytes.slice(start, input.offsets[to]!);
  const ingestion = ingestedAt === undefined ? timestamps.slice() : new Float64Array(to - from).fill(ingestedAt);
  return { timestamps, ingestion, offsets, bytes };
}

/** What Logs publishes about itself, once per call. */
function emitIncoming(ctx: Context, logGroupName: string, batch: LogBatch): void {
  const events = batch.timestamps.length;
  const Dimensions = [{ Name: "LogGroupName", Value: logGroupName }];
  const one = (MetricName: string, Unit: string, value: number) => ({
    MetricName,
    Dimensions,
    Unit,
    StorageResolution: 60,
    timestamps: Float64Array.of(ctx.now),
    values: Float64Array.of(value),
  });
  ctx.emit({
    service: "cloudwatch",
    operation: "PutMetricData",
    columns: {
      Namespace: "AWS/Logs",
      series: [one("IncomingLogEvents", "None", events), one("IncomingBytes", "Bytes", batch.offsets[events]! + events * EVENT_OVERHEAD)],
    },
  });
}
