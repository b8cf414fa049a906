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
        text: `${item.AlarmName}: ${item.HistorySummary.replace(/^Alarm updated from /, "")}`,
        path: alarmPath(item.AlarmName),
      }),
    ),
    ...trail.map(
      (row): StoryLine => ({
        at: row.eventTime,
        glyph: row.errorCode === "" ? "trail" : "deny",
        hue: row.errorCode === "" ? "sv-trail" : "c-alarm",
        text: `${row.eventName} by ${row.userName || "the agent"}${row.errorCode === "" ? "" : `, refused: ${row.errorCode}`}`,
        path: "/trail",
      }),
    ),
    ...mails.map(
      (mail): StoryLine => ({
        at: mail.time,
        glyph: "topic",
        hue: "sv-events",
        text: `Mail to ${mail.to}: ${mail.subject}`,
        path: "/inbox",
      }),
    ),
  ];
  return lines.sort((a, b) => b.at - a.at).slice(0, MOST);
}
