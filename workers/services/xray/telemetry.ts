/** What daemons report about themselves: the latest record of each host, for the checklist of "X-Ray shows nothing". */
import type { Operations, TelemetryRecord } from "../../model/generated/xray.ts";
import type { Context } from "../contract.ts";
import { invalidRequest } from "./failures.ts";

export interface DaemonDoc {
  readonly EC2InstanceId?: string;
  readonly Hostname?: string;
  readonly ResourceARN?: string;
  /** Sums over all its records. */
  readonly received: number;
  readonly sent: number;
  readonly spilled: number;
  readonly rejected: number;
  readonly latest: TelemetryRecord;
}

const MOST_RECORDS = 10;

export const daemonDocs = (ctx: Context) => ctx.docs<DaemonDoc>("daemon");

export function putTelemetryRecords(ctx: Context, input: Operations["PutTelemetryRecords"]["input"]): Record<string, never> {
  const { TelemetryRecords: records, EC2InstanceId, Hostname, ResourceARN } = input;
  if (records.length === 0) throw invalidRequest("TelemetryRecords must not be empty.");
  if (records.length > MOST_RECORDS) throw invalidRequest(`TelemetryRecords must not hold more than ${MOST_RECORDS} records.`);
  const docs = daemonDocs(ctx);
  const id = EC2InstanceId ?? Hostname ?? ResourceARN ?? "unknown";
  let { received = 0, sent = 0, spilled = 0, rejected = 0, latest } = docs.get(id) ?? {};
  for (const record of records) {
    received += record.SegmentsReceivedCount ?? 0;
    sent += record.SegmentsSentCount ?? 0;
    spilled += record.SegmentsSpilloverCount ?? 0;
    rejected += record.SegmentsRejectedCount ?? 0;
    if (latest === undefined || record.Timestamp >= latest.Timestamp) latest = record;
  }
  docs.put(id, {
    ...(EC2InstanceId === undefined ? {} : { EC2InstanceId }),
    ...(Hostname === undefined ? {} : { Hostname }),
    ...(ResourceARN === undefined ? {} : { ResourceARN }),
    received,
    sent,
    spilled,
    rejected,
    latest: latest as TelemetryRecord,
  });
  return {};
}
