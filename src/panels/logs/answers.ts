/** What the logs service and its looks answer, as far as this page draws it. */
import type { UiRequest } from "../../../workers/api.ts";

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

/** Look `groupSummary`. */
export interface GroupSummary {
  readonly streams: number;
  readonly metricFilters: number;
  readonly events: number;
  readonly storedBytes: number;
  readonly firstTimestamp?: number;
  readonly lastTimestamp?: number;
}

/** Look `page`: row i is bytes[offsets[i] .. offsets[i+1]), UTF-8. */
export interface PageAnswer {
  readonly total: number;
  readonly matched: number;
  readonly firstRow: number;
  readonly rows: {
    readonly timestamps: Float64Array;
    readonly ingestion: Float64Array;
    readonly streams: readonly string[];
    readonly offsets: Uint32Array;
    readonly bytes: Uint8Array;
  };
}

/** Look `density`. */
export interface DensityAnswer {
  readonly all: Float64Array;
  readonly matching: Float64Array;
}

/** Look `explain`: why a part of the pattern held or did not. */
export interface Because {
  readonly text: string;
  readonly from: number;
  readonly to: number;
  readonly verdict: boolean;
  readonly found?: string;
  readonly reason: string;
  readonly parts?: readonly Because[];
}

export interface Suggestion {
  readonly instead: string;
  readonly of: string;
  readonly filterPattern: string;
  readonly text: string;
  readonly wouldMatch?: number;
}

export type ExplainAnswer =
  | {
      readonly valid: true;
      readonly kind: "everything" | "terms" | "json" | "delimited";
      readonly matched: boolean;
      readonly because: Because;
      readonly extracted: Readonly<Record<string, string>>;
      readonly suggestions: readonly Suggestion[];
    }
  | { readonly valid: false; readonly message: string };

/** Look `preview`: cell i covers [start + i·period, start + (i+1)·period) ms; an empty one has count 0. */
export interface PreviewAnswer {
  readonly start: number;
  readonly period: number;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly total: number;
  readonly matched: number;
  readonly withoutValue: number;
  readonly defaults: number;
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
