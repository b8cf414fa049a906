/** What PutMetricAlarm refuses beyond the shape of its input, in CloudWatch's words; the call names the first, a form all. */
import type { ServiceError } from "../../model/errors.ts";
import type { MetricDataQuery, PutMetricAlarmInput } from "../../model/generated/cloudwatch.ts";
import type { Scope } from "../contract.ts";
import { invalid } from "./failures.ts";
import { parseStatistic } from "./statistic.ts";

const DAY_SECONDS = 86_400;
const WEEK_SECONDS = 604_800;
const MOST_METRICS = 10;

export interface Refusal {
  /** The member of the request that is to blame. */
  readonly member: keyof PutMetricAlarmInput;
  readonly error: ServiceError;
}

type Refusals = Generator<Refusal, void, undefined>;

const at = (member: Refusal["member"], message: string, hint?: string): Refusal => ({ member, error: invalid(message, hint) });

/** Throws the first refusal. */
export function checkAlarm(input: PutMetricAlarmInput, scope: Scope): void {
  for (const { error } of refusalsOf(input, scope)) throw error;
}

/** Every rule that an input breaks, in the order in which they are checked. */
export function* refusalsOf(input: PutMetricAlarmInput, scope: Scope): Refusals {
  // The rule is AWS's (API reference, PutMetricAlarm), the sentence ours.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are refused
  if (/[\u0000-\u001f\u007f]/.test(input.AlarmName ?? "")) yield at("AlarmName", "AlarmName must not contain control characters.");
  if (input.EvaluationCriteria === undefined && input.EvaluationPeriods === undefined) {
    yield at("EvaluationPeriods", "EvaluationPeriods must not be null", "Say how many periods are looked at.");
  }
  if (input.EvaluationCriteria === undefined && input.ComparisonOperator === undefined) {
    yield at("ComparisonOperator", "ComparisonOperator must not be null", "Choose how values are compared with the threshold.");
  }
  if (input.Metrics !== undefined && input.Metrics.length > 0) yield* metricsRefusals(input, input.Metrics);
  else if (input.EvaluationCriteria === undefined) yield* singleMetricRefusals(input);
  yield* windowRefusals(input);
  yield* thresholdRefusals(input);
  yield* optionRefusals(input);
  for (const member of ["OKActions", "AlarmActions", "InsufficientDataActions"] as const) {
    for (const arn of input[member] ?? []) {
      const message = actionRefusal(arn, scope);
      if (message !== undefined) yield at(member, message);
    }
  }
}

const SINGLE = ["MetricName", "Namespace", "Dimensions", "Period", "Unit", "Statistic", "ExtendedStatistic"] as const;

function* singleMetricRefusals(input: PutMetricAlarmInput): Refusals {
  if (input.MetricName === undefined) yield at("MetricName", "MetricName must not be null", "Choose a metric.");
  if (input.Namespace === undefined) yield at("Namespace", "Namespace must not be null", "Choose a metric.");
  else if (!/^\p{ASCII}*$/u.test(input.Namespace)) yield at("Namespace", "Namespace must not contain Non-ASCII characters.");
  const { Statistic, ExtendedStatistic } = input;
  if (Statistic === undefined && ExtendedStatistic === undefined) {
    yield at("Statistic", "Statistic must not be null", "Choose a statistic: Sum, Average, p99 ...");
  }
  if (Statistic !== undefined && ExtendedStatistic !== undefined)
    yield at("Statistic", "Statistic and ExtendedStatistic cannot both be set");
  if (ExtendedStatistic !== undefined && !isExtendedStatistic(ExtendedStatistic)) {
    yield at("ExtendedStatistic", `The value ${ExtendedStatistic} for parameter ExtendedStatistic is not supported.`);
  }
  if (input.Period === undefined) yield at("Period", "Period must not be null");
  else yield* periodRefusals(input.Period, "Period");
}

/** AWS was seen to take p100.5, though not p101. */
export function isExtendedStatistic(text: string): boolean {
  const statistic = parseStatistic(text);
  return /^p100\.\d{1,10}$/.test(text) || (statistic !== undefined && statistic.kind !== "simple");
}

function* periodRefusals(period: number, member: "Period" | "Metrics"): Refusals {
  const isShort = period === 10 || period === 20 || period === 30;
  if (!isShort && (period <= 0 || period % 60 !== 0)) yield at(member, "Period must be 10, 20, 30 or a multiple of 60");
}

function* metricsRefusals(input: PutMetricAlarmInput, metrics: readonly MetricDataQuery[]): Refusals {
  for (const member of SINGLE) {
    const given = input[member];
    const isSet = Array.isArray(given) ? given.length > 0 : given !== undefined;
    if (isSet) yield at(member, `${member} should not be set if list of Metrics is set.`);
  }
  for (const { Expression, MetricStat } of metrics) {
    if (Expression !== undefined && MetricStat !== undefined) {
      yield at("Metrics", "The parameters MetricDataQuery Expression and MetricStat are mutually exclusive and you have specified both.");
    }
  }
  if (metrics.filter((query) => query.MetricStat !== undefined).length > MOST_METRICS) {
    yield at("Metrics", `Too many metrics in alarm, maximum is ${MOST_METRICS}`);
  }
  if (metrics.filter((query) => query.Expression !== undefined).length > MOST_METRICS) {
    yield at("Metrics", `Too many expressions in alarm, maximum is ${MOST_METRICS}`);
  }
  for (const { MetricStat } of metrics) {
    if (MetricStat !== undefined && parseStatistic(MetricStat.Stat) === undefined) yield at("Metrics", "Invalid metrics list");
  }
  const periods = periodsOf(metrics);
  if (periods.size === 0) yield at("Metrics", "Period must not be null");
  for (const period of periods) yield* periodRefusals(period, "Metrics");
  if (periods.size > 1) yield at("Metrics", "Invalid metrics list", "All metrics of an alarm must have the same period.");
  if (new Set(metrics.map(({ Id }) => Id)).size < metrics.length) yield at("Metrics", "Invalid metrics list", "Ids must be unique.");
  const isBand = input.ThresholdMetricId !== undefined;
  const returning = metrics.filter((query) => query.ReturnData !== false).length;
  if (isBand && metrics.filter(({ Id }) => Id === input.ThresholdMetricId).length !== 1) {
    yield at("ThresholdMetricId", "Metrics list must contain exactly one metric matching the ThresholdMetricId parameter");
  }
  if (isBand && returning !== 2) yield at("Metrics", "Exactly two elements of the metrics list should return data.");
  if (!isBand && returning !== 1) yield at("Metrics", "Exactly one element of the metrics list should return data.");
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

function* windowRefusals(input: PutMetricAlarmInput): Refusals {
  const n = input.EvaluationPeriods ?? 1;
  if (input.DatapointsToAlarm !== undefined && input.DatapointsToAlarm > n) {
    yield at("DatapointsToAlarm", "DatapointsToAlarm must be less than or equal to EvaluationPeriods");
  }
  const period = input.Period ?? [...periodsOf(input.Metrics ?? [])][0] ?? 60;
  const most = period >= 3600 ? WEEK_SECONDS : DAY_SECONDS;
  if (n * period > most) yield at("EvaluationPeriods", `EvaluationPeriods * Period must be <= ${most}`);
}

const BAND_OPERATORS: ReadonlySet<string> = new Set([
  "LessThanLowerOrGreaterThanUpperThreshold",
  "LessThanLowerThreshold",
  "GreaterThanUpperThreshold",
]);

function* thresholdRefusals(input: PutMetricAlarmInput): Refusals {
  const { Threshold, ThresholdMetricId } = input;
  if (Threshold !== undefined && ThresholdMetricId !== undefined) {
    yield at("Threshold", "Threshold and ThresholdMetricId cannot both be set");
  }
  if (input.EvaluationCriteria !== undefined || ThresholdMetricId !== undefined) return;
  if (Threshold === undefined || !Number.isFinite(Threshold)) {
    yield at("Threshold", "PutMetricAlarm request should have valid Threshold parameter", "Give the number that values are compared with.");
  } else if (BAND_OPERATORS.has(input.ComparisonOperator ?? "")) {
    yield at("ComparisonOperator", "PutMetricAlarm request should have valid Threshold parameter");
  }
}

function* optionRefusals(input: PutMetricAlarmInput): Refusals {
  const { TreatMissingData: treat, EvaluateLowSampleCountPercentile: low } = input;
  if (treat !== undefined && !["breaching", "notBreaching", "ignore", "missing"].includes(treat)) {
    yield at(
      "TreatMissingData",
      `The value ${treat} is not supported for TreatMissingData parameter. Supported values are [breaching, notBreaching, ignore, missing].`,
    );
  }
  if (low === undefined) return;
  if (low !== "evaluate" && low !== "ignore") {
    yield at(
      "EvaluateLowSampleCountPercentile",
      `Option ${low} is not supported. Supported options for parameter EvaluateLowSampleCountPercentile are evaluate and ignore.`,
    );
  }
  if (input.Statistic !== undefined) {
    yield at(
      "EvaluateLowSampleCountPercentile",
      `Option evaluateLowSampleCountPercentile can not be applied with statistic ${input.Statistic}.`,
    );
  }
}

const ACTION_VENDORS: ReadonlySet<string> = new Set(["sns", "lambda", "automate", "swf", "autoscaling", "ssm", "ssm-incidents", "aiops"]);

function actionRefusal(arn: string, { region }: Scope): string | undefined {
  const [head, , vendor = "", actionRegion = ""] = arn.split(":");
  if (head !== "arn" || vendor === "") return `Invalid arn syntax: ${arn}`;
  if (!ACTION_VENDORS.has(vendor)) return `Unsupported AWS vendor ${vendor}`;
  const isElsewhere = actionRegion !== region && vendor !== "ssm-incidents";
  return isElsewhere ? `Invalid region ${actionRegion} specified. Only ${region} is supported.` : undefined;
}
