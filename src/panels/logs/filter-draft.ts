/** A metric filter as its form holds it, and as PutMetricFilter takes it. Nothing is judged here: the engine does that. */
import type { UiRequest } from "../../../workers/api.ts";
import { logsRequest, type MetricFilter } from "./answers.ts";

export interface FilterDraft {
  readonly filterName: string;
  readonly metricNamespace: string;
  readonly metricName: string;
  readonly metricValue: string;
  readonly defaultValue: number | undefined;
  /** Empty = none. */
  readonly unit: string;
  /** `Name = $.field`, one per line. */
  readonly dimensions: string;
}

export const BLANK_FILTER: FilterDraft = {
  filterName: "",
  metricNamespace: "",
  metricName: "",
  metricValue: "1",
  defaultValue: undefined,
  unit: "",
  dimensions: "",
};

export function draftOf(filter: MetricFilter): FilterDraft {
  const made = filter.metricTransformations[0];
  return {
    ...BLANK_FILTER,
    filterName: filter.filterName,
    ...(made === undefined
      ? {}
      : {
          metricNamespace: made.metricNamespace,
          metricName: made.metricName,
          metricValue: made.metricValue,
          defaultValue: made.defaultValue,
          unit: made.unit === undefined || made.unit === "None" ? "" : made.unit,
          dimensions: Object.entries(made.dimensions ?? {})
            .map(([name, value]) => `${name} = ${value}`)
            .join("\n"),
        }),
  };
}

/** The name a filter gets when none is typed: the metric's, in small letters with dashes; as it is where that leaves nothing. */
export const nameOfFilter = (draft: FilterDraft): string => draft.filterName || dashed(draft.metricName) || draft.metricName;
const dashed = (name: string): string =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .toLowerCase();

export function dimensionsOfText(text: string): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const line of text.split(/\r?\n/)) {
    if (line.trim() === "") continue;
    const at = line.indexOf("=");
    found[(at < 0 ? line : line.slice(0, at)).trim()] = at < 0 ? "" : line.slice(at + 1).trim();
  }
  return found;
}

export function putFilterRequest(group: string, filterPattern: string, draft: FilterDraft): UiRequest {
  const dimensions = dimensionsOfText(draft.dimensions);
  return logsRequest("PutMetricFilter", {
    logGroupName: group,
    filterName: nameOfFilter(draft),
    filterPattern,
    metricTransformations: [
      {
        metricName: draft.metricName,
        metricNamespace: draft.metricNamespace,
        metricValue: draft.metricValue,
        ...(draft.defaultValue === undefined ? {} : { defaultValue: draft.defaultValue }),
        ...(Object.keys(dimensions).length === 0 ? {} : { dimensions }),
        ...(draft.unit === "" ? {} : { unit: draft.unit }),
      },
    ],
  });
}
