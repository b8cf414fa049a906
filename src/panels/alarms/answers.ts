/** What the engine answers about alarms, as far as the screen reads it. Moments are epoch ms. */
import type { AlarmState } from "../../ui/Badge.tsx";

export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** The members of PutMetricAlarm that a form can fill; the rest is edited as JSON and kept as it is. */
export interface AlarmInput {
  readonly AlarmName?: string;
  readonly AlarmDescription?: string;
  readonly ActionsEnabled?: boolean;
  readonly OKActions?: readonly string[];
  readonly AlarmActions?: readonly string[];
  readonly InsufficientDataActions?: readonly string[];
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  readonly Dimensions?: readonly Dimension[];
  readonly Period?: number;
  readonly Unit?: string;
  readonly EvaluationPeriods?: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold?: number;
  readonly ComparisonOperator?: string;
  readonly TreatMissingData?: string;
  readonly EvaluateLowSampleCountPercentile?: string;
  readonly Metrics?: readonly MetricQuery[];
  readonly ThresholdMetricId?: string;
  readonly [member: string]: unknown;
}

export interface MetricQuery {
  readonly Id: string;
  readonly Expression?: string;
  readonly Label?: string;
  readonly ReturnData?: boolean;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace?: string; readonly MetricName?: string; readonly Dimensions?: readonly Dimension[] };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

/** A row of DescribeAlarms. */
export interface Alarm extends AlarmInput {
  readonly AlarmName: string;
  readonly AlarmArn: string;
  readonly ActionsEnabled: boolean;
  readonly StateValue: AlarmState;
  readonly StateReason: string;
  readonly StateUpdatedTimestamp: number;
  readonly StateTransitionedTimestamp?: number;
}

export interface HistoryItem {
  readonly Timestamp: number;
  readonly HistoryItemType: string;
  readonly HistorySummary: string;
  readonly HistoryData: string;
}

/** Look `alarmEvaluation`. */
export interface Evaluation {
  readonly kind: "alarm-evaluation";
  readonly at: number;
  readonly next: number;
  /** The evaluations by which the state had changed, next to this one. */
  readonly changes: { readonly before?: number; readonly after?: number };
  readonly cadenceSeconds: number;
  readonly periodSeconds: number;
  readonly m: number;
  readonly n: number;
  readonly treatMissing: string;
  readonly slots: readonly EvaluationSlot[];
  /** Whether the periods are as the evaluation saw them, or why they are as the data are now. */
  readonly basis:
    | { readonly kind: "as-seen" }
    | { readonly kind: "as-now"; readonly why: "before-creation" | "before-change" | "not-kept"; readonly sentence: string };
  /** What later data would have led to; absent when nothing came later. */
  readonly verdictNow?: AlarmState;
  readonly datapoints: number;
  readonly breaching: number;
  readonly filled: number;
  readonly rule: string;
  readonly stateBefore: AlarmState;
  readonly verdict: AlarmState;
  readonly kept: boolean;
  readonly sentence: string;
  readonly reason: string;
  /** The StateReason that stood after this evaluation, and since when. */
  readonly stateReason: { readonly text: string; readonly since: number; readonly by: "change" | "creation" | "hand" };
  readonly tier: number;
  readonly exactness: "exact" | "sketch";
}

export interface EvaluationSlot {
  readonly start: number;
  readonly value: number | null;
  readonly samples: number;
  /** What the period holds now, where data came after the evaluation. */
  readonly now?: { readonly value: number | null; readonly samples: number };
  readonly breaching: boolean | null;
  readonly role: "used" | "filled" | "spare";
}

export interface NotEvaluated {
  readonly kind: "not-evaluated";
  readonly sentence: string;
}

export interface Span {
  readonly state: AlarmState;
  readonly start: number;
  readonly end: number;
}

export interface Transition {
  readonly at: number;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
}

/** Look `alarmTimeline`. */
export interface Timeline {
  readonly spans: readonly Span[];
  readonly transitions: readonly Transition[];
  readonly configurations: readonly { readonly at: number; readonly summary: string }[];
}

/** Look `whatIf`. */
export interface WhatIf {
  readonly spans: readonly Span[];
  readonly transitions: readonly Transition[];
  readonly evaluations: number;
  /** From here on by what the alarm itself did or saw; absent: all with the data as they are now. */
  readonly asSeenFrom?: number;
}

/** A row of look `alarmOverview`. */
export interface OverviewRow {
  readonly alarmName: string;
  readonly isEvaluated: boolean;
  readonly spans: readonly Span[];
}

/** What PutMetricAlarm would refuse (look `alarmProblems`). */
export interface AlarmProblem {
  readonly member?: string;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}
