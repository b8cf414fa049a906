/** What PutMetricAlarm refuses beyond the shape of its input, in CloudWatch's words. */
import type { MetricDataQuery, PutMetricAlarmInput } from "../../model/generated/cloudwatch.ts";
import type { Scope } from "../contract.ts";
import { invalid } from "./failures.ts";
import { parseStatistic } from "./statistic.ts";

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
const MOST_METRICS = 10;

export function checkAlarm(input: PutMetricAlarmInput, scope: Scope): void {
  if (input.EvaluationCriteria === undefined && input.EvaluationPeriods === undefined) throw invalid("EvaluationPeriods must not be null");
  if (input.EvaluationCriteria === undefined && input.ComparisonOperator === undefined)
    throw invalid("ComparisonOperator must not be null");
  if (input.Metrics !== undefined && input.Metrics.length > 0) checkMetrics(input, input.Metrics);
  else if (input.EvaluationCriteria === undefined) checkSingleMetric(input);
  checkWindow(input);
  checkThreshold(input);
  checkOptions(input);
  for (const list of [input.OKActions, input.AlarmActions, input.InsufficientDataActions]) {
    for (const arn of list ?? []) checkAction(arn, scope);
  }
}

const SINGLE = ["MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"] as const;

function checkSingleMetric(input: PutMetricAlarmInput): void {
  if (input.MetricName === undefined) throw invalid("MetricName must not be null");
  if (input.Namespace === undefined) throw invalid("Namespace must not be null");
  if (!/^\p{ASCII}*$/u.test(input.Namespace)) throw invalid("Namespace must not contain Non-ASCII characters.");
  const { Statistic, ExtendedStatistic } = input;
  if (Statistic === undefined && ExtendedStatistic === undefined) throw invalid("Statistic must not be null");
  if (Statistic !== undefined && ExtendedStatistic !== undefined) throw invalid("Statistic and ExtendedStatistic cannot both be set");
  if (ExtendedStatistic !== undefined && !isExtendedStatistic(ExtendedStatistic)) {
    throw invalid(`The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
  }
  if (input.Period === undefined) throw invalid("Period must not be null");
  checkPeriod(input.Period);
}

/** AWS was seen to take p100.5, though not p101. */
export function isExtendedStatistic(text: string): boolean {
  const statistic = parseStatistic(text);
  return /^p100\.\d{1,10}$/.test(text) || (statistic !== undefined && statistic.kind !== "simple");
}

function checkPeriod(period: number): void {
  const isShort = period === 10 || period === 20 || period === 30;
  if (!isShort && (period <= 0 || period % 60 !== 0)) throw invalid("Period must be 10, 20, 30 or a multiple of 60");
}

function checkMetrics(input: PutMetricAlarmInput, metrics: readonly MetricDataQuery[]): void {
  for (const member of SINGLE) {
    const given = input[member];
    const isSet = Array.isArray(given) ? given.length > 0 : given !== undefined;
    if (isSet) throw invalid(`${member} should not be set if list of Metrics is set.`);
  }
  for (const { Expression, MetricStat } of metrics) {
    if (Expression !== undefined && MetricStat !== undefined) {
      throw invalid("The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.");
    }
  }
  if (metrics.filter((query) => query.MetricStat !== undefined).length > MOST_METRICS) {
    throw invalid(`Too many metrics in alarm, maximum is ${MOST_METRICS}`);
  }
  if (metrics.filter((query) => query.Expression !== undefined).length > MOST_METRICS) {
    throw invalid(`Too many expressions in alarm, maximum is ${MOST_METRICS}`);
  }
  for (const { MetricStat } of metrics) {
    if (MetricStat !== undefined && parseStatistic(MetricStat.Stat) === undefined) throw invalid("Invalid metrics list");
  }
  const periods = periodsOf(metrics);
  if (periods.size === 0) throw invalid("Period must not be null");
  for (const period of periods) checkPeriod(period);
  if (periods.size > 1) throw invalid("Invalid metrics list", "All metrics of an alarm must have the same period.");
  if (new Set(metrics.map(({ Id }) => Id)).size < metrics.length) throw invalid("Invalid metrics list", "Ids must be unique.");
  const isBand = input.ThresholdMetricId !== undefined;
  const returning = metrics.filter((query) => query.ReturnData !== false).length;
  if (isBand && metrics.filter(({ Id }) => Id === input.ThresholdMetricId).length !== 1) {
    throw invalid("Metrics list must contain exactly one metric matching the ThresholdMetricId parameter");
  }
  if (isBand && returning !== 2) throw invalid("Exactly two elements of the metrics list should return data.");
  if (!isBand && returning !== 1) throw invalid("Exactly one element of the metrics list should return data.");
}

/** An expression has the period of its metrics; one over no metric (SEARCH, say) must bring its own. */
function periodsOf(metrics: readonly MetricDataQuery[]): ReadonlySet<number> {
  const periods = new Set<number>();
  for (const { MetricStat, Period } of metrics) {
    const period = MetricStat?.Period ?? Period;
    if (period !== undefined) periods.add(period);
  }
  return periods;
}

function checkWindow(input: PutMetricAlarmInput): void {
  const n = input.EvaluationPeriods ?? 1;
  if (input.DatapointsToAlarm !== undefined && input.DatapointsToAlarm > n) {
    throw invalid("DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  }
  const period = input.Period ?? [...periodsOf(input.Metrics ?? [])][0] ?? 60;
  const most = period >= 3600 ? WEEK_SECONDS : DAY_SECONDS;
  if (n * period > most) throw invalid(`EvaluationPeriods * Period must be <= ${most}`);
}

const BAND_OPERATORS: ReadonlySet<string> = new Set([
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
]);

function checkThreshold(input: PutMetricAlarmInput): void {
  const { Threshold, ThresholdMetricId } = input;
  if (Threshold !== undefined && ThresholdMetricId !== undefined) throw invalid("Threshold and ThresholdMetricId cannot both be set");
  if (input.EvaluationCriteria !== undefined || ThresholdMetricId !== undefined) return;
  if (Threshold === undefined || !Number.isFinite(Threshold) || BAND_OPERATORS.has(input.ComparisonOperator ?? "")) {
    throw invalid("PutMetricAlarm request should have valid Threshold parameter");
  }
}

function checkOptions(input: PutMetricAlarmInput): void {
  const { TreatMissingData: treat, EvaluateLowSampleCountPercentile: low } = input;
  if (treat !== undefined && !["breaching", "notBreaching", "ignore", "missing"].includes(treat)) {
    throw invalid(
      `The value ${treat} is not supported for TreatMissingData parameter. Supported values are [breaching, notBreaching, ignore, missing].`,
    );
  }
  if (low === undefined) return;
  if (low !== "evaluate" && low !== "ignore") {
    throw invalid(
      `Option ${low} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
    );
  }
  if (input.Statistic !== undefined) {
    throw invalid(`Option evaluateLowSampleCountPercentile can not be applied with statistic ${input.Statistic}.`);
  }
}

const ACTION_VENDORS: ReadonlySet<string> = new Set(["sns", "lambda", "automate", "swf", "autoscaling", "ssm", "ssm-incidents", "aiops"]);

function checkAction(arn: string, { region }: Scope): void {
  const [head, , vendor = "", actionRegion = ""] = arn.split(":");
  if (head !== "arn" || vendor === "") throw invalid(`Invalid arn syntax: ${arn}`);
  if (!ACTION_VENDORS.has(vendor)) throw invalid(`Unsupported AWS vendor ${vendor}`);
  if (actionRegion !== region && vendor !== "ssm-incidents") {
    throw invalid(`Invalid region ${actionRegion} specified. Only ${region} is supported.`);
  }
}
