/** Joins what several services know into one list of lines, newest first. */
import type { GlyphName } from "../../ui/Glyph.tsx";

export interface HistoryItem {
  readonly AlarmName: string;
  readonly Timestamp: number;
  readonly HistorySummary: string;
}
export interface TrailRow {
  readonly eventName: string;
  readonly eventTime: number;
  readonly userName: string;
  readonly errorCode: string;
  /** The CloudTrail record. */
  readonly record?: { readonly requestParameters?: Readonly<Record<string, unknown>> | null };
}
export interface Mail {
  readonly kind: string;
  readonly time: number;
  readonly to: string;
  readonly subject: string;
}
export interface StoryLine {
  readonly at: number;
  readonly glyph: GlyphName;
  readonly hue: string;
  readonly text: string;
  readonly path: string;
}

const MOST = 14;
const STATES: Readonly<Record<string, string>> = { OK: "OK", ALARM: "in alarm", INSUFFICIENT_DATA: "insufficient data" };
/** Request parameters that name what was made or changed, the most telling first. */
const NAMES = ["alarmName", "filterName", "name", "queueName", "logStreamName", "logGroupName", "topicArn", "subscriptionArn"];

/** `Alarm updated from OK to ALARM` as `orders-failing: OK → in alarm`. */
function transition({ AlarmName, HistorySummary }: HistoryItem): string {
  const found = /from (\w+) to (\w+)$/.exec(HistorySummary);
  if (found === null) return `${AlarmName}: ${HistorySummary}`;
  return `${AlarmName}: ${STATES[found[1] ?? ""] ?? found[1]} → ${STATES[found[2] ?? ""] ?? found[2]}`;
}

/** `developer: PutMetricAlarm orders-failing`, with the refusal where there was one. */
function deed({ eventName, userName, errorCode, record }: TrailRow): string {
  const parameters = record?.requestParameters ?? {};
  const name = NAMES.map((key) => parameters[key]).find((value) => typeof value === "string" && value !== "") as string | undefined;
  const on = name === undefined ? "" : ` ${name.replace(/^arn:.*:/, "")}`;
  return `${userName || "agent"}: ${eventName}${errorCode === "" ? on : ` refused (${errorCode})${on}`}`;
}

/** Calls whose effects (a state change, a mail) stand above them. */
const CAUSES = ["SetAlarmState", "Subscribe", "Publish"];

/**
 * Newest first. Moments are often equal: the clock stands while someone works. Within one moment the evaluation of alarms
 * came first, then the calls in their order, each followed by what it set off.
 *
 * @param history newest first, @param trail newest first, @param mails newest first
 */
export function storyOf(
  history: readonly HistoryItem[],
  trail: readonly TrailRow[],
  mails: readonly Mail[],
  alarmPath: (name: string) => string,
): readonly StoryLine[] {
  const calls = trail.toReversed();
  const used = new Set<number>();
  const lines: (StoryLine & { readonly order: number })[] = [];
  for (const [n, row] of calls.entries()) {
    const failed = row.errorCode !== "";
    const look = { glyph: failed ? "deny" : "trail", hue: failed ? "c-alarm" : "sv-trail" } as const;
    lines.push({ ...look, at: row.eventTime, order: 4 * n + 4, text: deed(row), path: "/trail" });
  }
  for (const item of history) {
    const byHand = calls.findLastIndex(
      (row, n) =>
        !used.has(n) &&
        row.eventName === "SetAlarmState" &&
        row.errorCode === "" &&
        row.eventTime === item.Timestamp &&
        row.record?.requestParameters?.alarmName === item.AlarmName,
    );
    if (byHand >= 0) used.add(byHand);
    const hue = item.HistorySummary.endsWith("to ALARM") ? "c-alarm" : "sv-metrics";
    const order = byHand < 0 ? 1 : 4 * byHand + 5;
    lines.push({ at: item.Timestamp, order, glyph: "alarm", hue, text: transition(item), path: alarmPath(item.AlarmName) });
  }
  for (const mail of mails) {
    const cause = calls.findLastIndex((row) => row.eventTime === mail.time && CAUSES.includes(row.eventName));
    const text = `mail to ${mail.to}: ${mail.subject}`;
    lines.push({ at: mail.time, order: 4 * cause + 6, glyph: "topic", hue: "sv-events", text, path: "/inbox" });
  }
  return lines.sort((a, b) => b.at - a.at || b.order - a.order).slice(0, MOST);
}
