/** Pure views of the account itself: what the clock's ruler marks. */

import type { JournalRecord } from "../store/contract.ts";
import type { Command } from "./commands.ts";
import type { House } from "./house.ts";

export interface Marker {
  readonly at: number;
  readonly kind: "deploy" | "fault" | "alarm" | "traffic" | "command";
  readonly text: string;
}

const MOST = 500;

interface HistoryDoc {
  readonly HistoryItemType?: string;
  readonly Timestamp?: number;
  readonly AlarmName?: string;
  readonly HistorySummary?: string;
}

/** Commands of people and alarms' transitions between two moments, oldest first, at most the newest 500. */
export function markers(
  house: House,
  records: readonly JournalRecord[],
  region: string,
  question: { readonly from: number; readonly to: number },
): readonly Marker[] {
  const inRange = (at: number): boolean => at >= question.from && at <= question.to;
  const found: Marker[] = [];
  for (const record of records) {
    if (!inRange(record.at)) continue;
    const command = record.command as unknown as Command;
    if (command.type === "stage") found.push({ at: record.at, kind: "command", text: command.command.kind });
    else if (house.services.get(command.service)?.operations[command.operation]?.effect === "state") {
      found.push({ at: record.at, kind: "command", text: `${command.service} ${command.operation}` });
    }
  }
  const history = house.documents.open<HistoryDoc>(`${house.account}/${region}/cloudwatch/history`, false, () => undefined);
  for (const item of history.values()) {
    if (item.HistoryItemType !== "StateUpdate" || item.Timestamp === undefined || !inRange(item.Timestamp)) continue;
    if (item.HistorySummary?.endsWith("to ALARM") !== true) continue; // the bell means that somebody is called
    found.push({ at: item.Timestamp, kind: "alarm", text: `${item.AlarmName ?? ""}: ${item.HistorySummary ?? ""}` });
  }
  return found.sort((a, b) => a.at - b.at).slice(-MOST);
}
