/** Alarm history: one document an item, kept 30 days. Ids ascend by time: `<milliseconds>|<alarm>|<number within the millisecond>`. */
import type { AlarmHistoryItem, DescribeAlarmHistoryInput, DescribeAlarmHistoryOutput } from "../../model/generated/cloudwatch.ts";
import type { Context } from "../contract.ts";
import { DAY } from "./series-read.ts";
import { pageToken, placeOf } from "./tokens.ts";

const KEPT = 30 * DAY;

export type HistoryItem = Required<
  Pick<AlarmHistoryItem, "AlarmName" | "AlarmType" | "Timestamp" | "HistoryItemType" | "HistorySummary" | "HistoryData">
>;

export function addHistory(
  ctx: Context,
  alarmName: string,
  type: "ConfigurationUpdate" | "StateUpdate" | "Action",
  summary: string,
  historyData: string,
): void {
  const docs = ctx.docs<HistoryItem>("history");
  const prefix = `${stamp(ctx.now)}|${alarmName}|`;
  let n = 0;
  while (docs.has(`${prefix}${String(n).padStart(4, "0")}`)) n++;
  docs.put(`${prefix}${String(n).padStart(4, "0")}`, {
    AlarmName: alarmName,
    AlarmType: "MetricAlarm",
    Timestamp: ctx.now,
    HistoryItemType: type,
    HistorySummary: summary,
    HistoryData: historyData,
  });
  scheduleForgetting(ctx);
}

/** Old items go once a day, at midnight: looking for them at every write would sort all items each time. */
function scheduleForgetting(ctx: Context): void {
  ctx.schedule({ kind: "forget-history", key: "", at: Math.floor(ctx.now / DAY) * DAY + DAY });
}

/** The agenda's item `forget-history`. */
export function forgetHistory(ctx: Context): void {
  const docs = ctx.docs<HistoryItem>("history");
  const end = stamp(ctx.now - KEPT);
  for (const id of [...docs.ids()]) {
    if (id >= end) break;
    docs.delete(id);
  }
  if (docs.size > 0) scheduleForgetting(ctx);
}

const stamp = (ms: number): string => String(Math.max(0, ms)).padStart(15, "0");

/** Items of an alarm (or of all), oldest first. */
export function historyOf(ctx: Context, alarmName: string | undefined): readonly HistoryItem[] {
  const items = ctx.docs<HistoryItem>("history").values();
  return items.filter((item) => item.Timestamp >= ctx.now - KEPT && (alarmName === undefined || item.AlarmName === alarmName));
}

export function describeAlarmHistory(ctx: Context, input: DescribeAlarmHistoryInput): DescribeAlarmHistoryOutput {
  const { HistoryItemType: type, StartDate, EndDate, AlarmTypes, ScanBy } = input;
  const from = placeOf("DescribeAlarmHistory", input.NextToken);
  const most = input.MaxRecords ?? 100;
  const items = (AlarmTypes ?? ["MetricAlarm"]).includes("MetricAlarm") ? historyOf(ctx, input.AlarmName) : [];
  const found = items.filter(
    (item) =>
      (type === undefined || item.HistoryItemType === type) &&
      (StartDate === undefined || item.Timestamp >= StartDate) &&
      (EndDate === undefined || item.Timestamp <= EndDate),
  );
  if (ScanBy !== "TimestampAscending") found.reverse();
  const start = typeof from === "number" ? from : 0;
  const more = start + most < found.length;
  return {
    AlarmHistoryItems: found.slice(start, start + most),
    ...(more ? { NextToken: pageToken("DescribeAlarmHistory", start + most) } : {}),
  };
}
