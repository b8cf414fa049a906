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

export function storyOf(
  history: readonly HistoryItem[],
  trail: readonly TrailRow[],
  mails: readonly Mail[],
  alarmPath: (name: string) => string,
): readonly StoryLine[] {
  const lines: StoryLine[] = [
    ...history.map(
      (item): StoryLine => ({
        at: item.Timestamp,
        glyph: "alarm",
        hue: item.HistorySummary.endsWith("to ALARM") ? "c-alarm" : "sv-metrics",
        text: transition(item),
        path: alarmPath(item.AlarmName),
      }),
    ),
    ...trail.map(
      (row): StoryLine => ({
        at: row.eventTime,
        glyph: row.errorCode === "" ? "trail" : "deny",
        hue: row.errorCode === "" ? "sv-trail" : "c-alarm",
        text: deed(row),
        path: "/trail",
      }),
    ),
    ...mails.map(
      (mail): StoryLine => ({
        at: mail.time,
        glyph: "topic",
        hue: "sv-events",
        text: `mail to ${mail.to}: ${mail.subject}`,
        path: "/inbox",
      }),
    ),
  ];
  return lines.sort((a, b) => b.at - a.at).slice(0, MOST);
}
