/** A form is a PutMetricAlarm request in the making: no second model of an alarm. */
import type { PlainFailure } from "../../../workers/api.ts";
import { hasMore } from "../../ui/failure-more.ts";
import type { Alarm, AlarmInput, Dimension } from "./answers.ts";

/** Members that a description adds to what was put. */
const DESCRIBED = new Set([
  "AlarmArn",
  "AlarmConfigurationUpdatedTimestamp",
  "StateValue",
  "StateReason",
  "StateReasonData",
  "StateUpdatedTimestamp",
  "StateTransitionedTimestamp",
  "EvaluationState",
]);

/** The request that would put this alarm as it is. */
export function inputOf(alarm: Alarm): AlarmInput {
  return compact(Object.fromEntries(Object.entries(alarm).filter(([member]) => !DESCRIBED.has(member))));
}

/** Without members that say nothing: undefined, empty texts and empty lists. */
export function compact(input: AlarmInput): AlarmInput {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0)),
  );
}

const FIRST =
  "Namespace MetricName Dimensions Statistic ExtendedStatistic Period EvaluationPeriods DatapointsToAlarm Threshold ComparisonOperator TreatMissingData".split(
    " ",
  );

/** Name first, then what differs, then metric and rule: the order in which a line is read. */
export function ordered(input: AlarmInput, changed: readonly string[]): AlarmInput {
  const members = new Set(["AlarmName", ...changed, ...FIRST, ...Object.keys(input)]);
  return Object.fromEntries([...members].filter((member) => input[member] !== undefined).map((member) => [member, input[member]]));
}

/** Members whose value differs, in the order of `after`, then those that are gone. */
export function changedMembers(before: AlarmInput, after: AlarmInput): readonly string[] {
  const members = new Set([...Object.keys(after), ...Object.keys(before)]);
  return [...members].filter((member) => JSON.stringify(before[member]) !== JSON.stringify(after[member]));
}

/** The form for an alarm that is not there yet. */
export const BLANK: AlarmInput = {
  AlarmName: "",
  Statistic: "Sum",
  Period: 60,
  EvaluationPeriods: 1,
  DatapointsToAlarm: 1,
  ComparisonOperator: "GreaterThanOrEqualToThreshold",
  TreatMissingData: "missing",
};

export interface Watched {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
  readonly stat: string;
  readonly periodSeconds: number;
  readonly unit?: string;
}

/** The one metric that a form names, also in the long form of the API; undefined while it names none. */
export function watchedOf(input: AlarmInput): Watched | undefined {
  const queries = input.Metrics ?? [];
  if (queries.length > 0) {
    const query = input.ThresholdMetricId === undefined ? queries.find((one) => one.ReturnData !== false)?.MetricStat : undefined;
    if (query?.Metric.Namespace === undefined || query.Metric.MetricName === undefined) return undefined;
    return {
      namespace: query.Metric.Namespace,
      metricName: query.Metric.MetricName,
      dimensions: query.Metric.Dimensions ?? [],
      stat: query.Stat,
      periodSeconds: query.Period,
      ...(query.Unit === undefined ? {} : { unit: query.Unit }),
    };
  }
  const { Namespace, MetricName, Dimensions, Period, Unit } = input;
  const stat = input.Statistic ?? input.ExtendedStatistic;
  if (Namespace === undefined || Namespace === "" || MetricName === undefined || MetricName === "") return undefined;
  if (Period === undefined || stat === undefined || stat === "") return undefined;
  return {
    namespace: Namespace,
    metricName: MetricName,
    dimensions: Dimensions ?? [],
    stat,
    periodSeconds: Period,
    ...(Unit === undefined || Unit === "" ? {} : { unit: Unit }),
  };
}

export const BASIC_STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const;
export const isBasicStatistic = (stat: string): boolean => BASIC_STATISTICS.some((one) => one === stat);

/** The two members a statistic may stand in. */
export function statisticMembers(stat: string): Pick<AlarmInput, "Statistic" | "ExtendedStatistic"> {
  // Explicit undefined takes the other member away.
  return (
    isBasicStatistic(stat) ? { Statistic: stat, ExtendedStatistic: undefined } : { Statistic: undefined, ExtendedStatistic: stat }
  ) as Pick<AlarmInput, "Statistic" | "ExtendedStatistic">;
}

interface Comparing {
  readonly sign: string;
  readonly label: string;
  readonly holds: (value: number, threshold: number) => boolean;
}

/** How each comparison reads and is drawn; bands have no single line to draw. */
export const COMPARISONS: Readonly<Record<string, Comparing>> = {
  GreaterThanThreshold: { sign: ">", label: "Greater  >", holds: (value, threshold) => value > threshold },
  GreaterThanOrEqualToThreshold: { sign: "≥", label: "Greater/Equal  ≥", holds: (value, threshold) => value >= threshold },
  LessThanOrEqualToThreshold: { sign: "≤", label: "Lower/Equal  ≤", holds: (value, threshold) => value <= threshold },
  LessThanThreshold: { sign: "<", label: "Lower  <", holds: (value, threshold) => value < threshold },
};

/** `--datapoints-to-alarm` for DatapointsToAlarm. */
export const optionOf = (member: string): string => member.replace(/(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, "-").toLowerCase();

const PLACED = [
  "EvaluateLowSampleCountPercentile",
  "InsufficientDataActions",
  "AlarmDescription",
  "DatapointsToAlarm",
  "EvaluationPeriods",
  "ComparisonOperator",
  "ExtendedStatistic",
  "TreatMissingData",
  "ActionsEnabled",
  "AlarmActions",
  "Dimensions",
  "MetricName",
  "AlarmName",
  "OKActions",
  "Namespace",
  "Statistic",
  "Threshold",
  "Period",
  "Unit",
] as const;

/** The member that a refusal speaks of, as far as its path or its words name one. */
export function memberOf(failure: PlainFailure | undefined): string | undefined {
  if (failure === undefined || hasMore(failure)) return undefined;
  const text = `${failure.path ?? ""} ${failure.message}`;
  const quoted = /'([A-Za-z]+)[^']*' failed/.exec(text)?.[1]?.toLowerCase();
  const exact = PLACED.find((member) => member.toLowerCase() === quoted);
  if (exact !== undefined) return exact;
  let found: { readonly member: string; readonly at: number } | undefined;
  for (const member of PLACED) {
    const at = text.search(new RegExp(`\\b${member}\\b`));
    if (at >= 0 && (found === undefined || at < found.at)) found = { member, at };
  }
  return found?.member;
}

export const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
