/** `/alarms/new?namespace=..&metric=..&stat=..&period=..`: a form that begins with a metric. */
import { NEW_ALARM_PATH } from "../../app/paths.ts";
import type { AlarmInput, Dimension } from "./answers.ts";
import { BLANK, compact, statisticMembers } from "./draft.ts";

export interface AlarmStart {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions?: readonly Dimension[];
  readonly stat?: string;
  readonly periodSeconds?: number;
  readonly unit?: string;
}

export function newAlarmPath(start: AlarmStart): string {
  const query = new URLSearchParams({ namespace: start.namespace, metric: start.metricName });
  if (start.dimensions !== undefined && start.dimensions.length > 0) query.set("dimensions", JSON.stringify(start.dimensions));
  if (start.stat !== undefined) query.set("stat", start.stat);
  if (start.periodSeconds !== undefined) query.set("period", String(start.periodSeconds));
  if (start.unit !== undefined) query.set("unit", start.unit);
  return `${NEW_ALARM_PATH}?${query}`;
}

/** The blank form with what the address says in it; parts that cannot be read are left out. */
export function inputOfQuery(query: URLSearchParams): AlarmInput {
  const text = (name: string): string | undefined => query.get(name)?.trim() || undefined;
  const period = Number(text("period") ?? Number.NaN);
  const dimensions = dimensionsOfQuery(text("dimensions"));
  const stat = text("stat");
  return compact({
    ...BLANK,
    Namespace: text("namespace"),
    MetricName: text("metric"),
    ...(dimensions.length > 0 ? { Dimensions: dimensions } : {}),
    ...(stat === undefined ? {} : statisticMembers(stat)),
    ...(Number.isInteger(period) && period > 0 ? { Period: period } : {}),
    Unit: text("unit"),
  } as AlarmInput);
}

function dimensionsOfQuery(text: string | undefined): readonly Dimension[] {
  if (text === undefined) return [];
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return [];
    return parsed.filter(
      (one): one is Dimension => typeof one === "object" && one !== null && typeof one.Name === "string" && typeof one.Value === "string",
    );
  } catch {
    return []; // an address typed by hand; the picker shows that no dimension is chosen
  }
}
