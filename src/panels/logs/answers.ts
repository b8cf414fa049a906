/** What the logs service and its looks answer, as far as this page draws it. */
import type { ExplainAnswer, UiRequest } from "../../../workers/api.ts";

/** Answers of looks as the engine itself types them. */
export type { DensityAnswer, ExplainAnswer, GroupSummary, PageAnswer, PreviewAnswer, Suggestion } from "../../../workers/api.ts";

/** Why a part of a pattern held or did not. */
export type Because = Extract<ExplainAnswer, { readonly valid: true }>["because"];

export interface LogGroup {
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
  readonly metricFilterCount: number;
  readonly storedBytes: number;
  readonly logGroupClass: string;
}

export interface LogStream {
  readonly logStreamName: string;
  readonly creationTime: number;
  readonly firstEventTimestamp?: number;
  readonly lastEventTimestamp?: number;
  readonly lastIngestionTime?: number;
}

export interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly unit?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

export interface MetricFilter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly metricTransformations: readonly MetricTransformation[];
}

/** Look `attached` of the world: a file that went into the account. */
export interface Attached {
  readonly sha256: string;
  readonly name: string;
  readonly mode: "history" | "replay";
  readonly events: number;
  /** From the first event to the last in the file, ms. */
  readonly span: number;
  readonly mapping: { readonly logGroupName: string; readonly logStreamName: string };
}

/** Look `replays` of the world. */
export interface Replay {
  readonly id: string;
  readonly sha256: string;
  readonly name: string;
  readonly logGroupName: string;
  readonly shipped: number;
  readonly rows: number;
  /** When the last row is due, epoch ms. */
  readonly plan: { readonly end: number };
}

export const logsRequest = (operation: string, input: Readonly<Record<string, unknown>>): UiRequest => ({
  service: "logs",
  operation,
  input,
  via: "form",
});
