/** A metric alarm as it is kept, and what it looks at. */
import type { MetricAlarm } from "../../model/generated/cloudwatch.ts";
import type { MetricDimension } from "../../store/metrics/types.ts";

export type StateValue = "OK" | "ALARM" | "INSUFFICIENT_DATA";

type Always =
  | "AlarmName"
  | "AlarmArn"
  | "AlarmConfigurationUpdatedTimestamp"
  | "ActionsEnabled"
  | "OKActions"
  | "AlarmActions"
  | "InsufficientDataActions"
  | "StateValue"
  | "StateReason"
  | "StateUpdatedTimestamp"
  | "StateTransitionedTimestamp"
  | "EvaluationPeriods"
  | "ComparisonOperator"
  | "Dimensions";

/** The document: exactly what DescribeAlarms answers. */
export type AlarmDoc = MetricAlarm & { readonly [K in Always]-?: NonNullable<MetricAlarm[K]> };

/** The one metric and statistic an alarm watches. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly MetricDimension[];
  readonly periodSeconds: number;
  readonly stat: string;
  readonly unit: string | undefined;
}

type Watching = Pick<
  MetricAlarm,
  "MetricName" | "Namespace" | "Dimensions" | "Period" | "Statistic" | "ExtendedStatistic" | "Unit" | "Metrics" | "ThresholdMetricId"
>;

/** Undefined for alarms on math, bands and PromQL, which are kept but not evaluated in this playground yet. */
export function watchedMetric(alarm: Watching): WatchedMetric | undefined {
  if (alarm.Metrics !== undefined && alarm.Metrics.length > 0) {
    if (alarm.ThresholdMetricId !== undefined) return undefined;
    const stat = alarm.Metrics.find((query) => query.ReturnData !== false)?.MetricStat;
    if (stat === undefined) return undefined;
    const { Namespace = "", MetricName = "", Dimensions = [] } = stat.Metric;
    return {
      namespace: Namespace,
      metricName: MetricName,
      dimensions: Dimensions,
      periodSeconds: stat.Period,
      stat: stat.Stat,
      unit: stat.Unit,
    };
  }
  if (alarm.MetricName === undefined || alarm.Namespace === undefined || alarm.Period === undefined) return undefined;
  return {
    namespace: alarm.Namespace,
    metricName: alarm.MetricName,
    dimensions: alarm.Dimensions ?? [],
    periodSeconds: alarm.Period,
    stat: alarm.Statistic ?? alarm.ExtendedStatistic ?? "Average",
    unit: alarm.Unit,
  };
}

export const alarmArn = (account: string, region: string, name: string): string => `arn:aws:cloudwatch:${region}:${account}:alarm:${name}`;
