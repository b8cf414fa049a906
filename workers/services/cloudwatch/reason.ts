/** StateReason and StateReasonData, worded as CloudWatch words them. */
import type { StateValue } from "./alarm.ts";
import { type Comparison, type EvaluationRule, isBreaching, type Slot, type Verdict } from "./evaluate.ts";
import { javaDouble } from "./java-double.ts";
import { offsetTime, reasonTime } from "./time-text.ts";

export const INITIAL_REASON = "Unchecked: Initial alarm creation";

const VERBS: Readonly<Record<Comparison, string>> = {
  GreaterThanOrEqualToThreshold: "greater than or equal to",
  GreaterThanThreshold: "greater than",
  LessThanThreshold: "less than",
  LessThanOrEqualToThreshold: "less than or equal to",
};

const periods = (n: number): string => (n === 1 ? "1 period" : `${n} periods`);
const datapoints = (n: number): string => (n === 1 ? "1 datapoint" : `${n} datapoints`);

/** @param mGiven whether the alarm names DatapointsToAlarm; AWS words the two differently. */
export function stateReason(rule: EvaluationRule, slots: readonly Slot[], verdict: Verdict, mGiven: boolean): string {
  const { n, m } = rule;
  if (verdict.state === "INSUFFICIENT_DATA") {
    return `Insufficient Data: ${datapoints(n)} ${n === 1 ? "was" : "were"} unknown.`;
  }
  const { filled } = verdict;
  const missing = `${filled} missing ${filled === 1 ? "datapoint was" : "datapoints were"} treated as`;
  const treated = rule.treatMissing === "breaching" ? "[Breaching]" : "[NonBreaching]";
  const wanted = verdict.state === "ALARM";
  // The datapoints that speak for the new state, newest first.
  const shown = verdict.used.filter((i) => isBreaching(slots[i]?.value as number, rule.comparison, rule.threshold) === wanted).reverse();
  const list = shown.map((i) => `${javaDouble(slots[i]?.value as number)} (${reasonTime(slots[i]?.start as number)})`).join(", ");
  const minimum = wanted ? m : n - m + 1;
  const transition = mGiven ? ` (minimum ${datapoints(minimum)} for ${wanted ? "OK -> ALARM" : "ALARM -> OK"} transition)` : "";
  const stoodIn = filled > 0 && (rule.treatMissing === "breaching" || rule.treatMissing === "notBreaching");
  // No datapoint speaks for it: of what was recorded, this form names the missing ones alone, so it also stands beside others.
  if (shown.length === 0) {
    return `Threshold Crossed: no datapoints were received for ${periods(filled)} and ${missing} ${treated}.`;
  }
  const count = mGiven ? `${shown.length} out of the last ${n} datapoints` : datapoints(shown.length);
  const were = `${shown.length === 1 ? "was" : "were"} ${wanted ? "" : "not "}`;
  const and = stoodIn ? ` and ${missing} ${treated}` : "";
  return `Threshold Crossed: ${count} [${list}] ${were}${VERBS[rule.comparison]} the threshold (${javaDouble(rule.threshold)})${and}${transition}.`;
}

export interface ReasonDataParts {
  readonly queryTime: number;
  readonly unit: string | undefined;
  readonly statistic: string | undefined;
  readonly periodSeconds: number;
}

/** StateReasonData: JSON text. `startDate` is left out when there are no data, as recorded. */
export function stateReasonData(rule: EvaluationRule, slots: readonly Slot[], verdict: Verdict, parts: ReasonDataParts): string {
  const points = verdict.used.map((i) => slots[i] as Slot);
  const oldest = points[0];
  const shown = points.length > 0 ? points : slots.slice(-rule.n);
  const evaluated = [...shown].reverse().map(({ start, samples, value }) => ({
    timestamp: offsetTime(start),
    ...(value === undefined ? {} : { sampleCount: samples, value }),
  }));
  return javaJson({
    version: "1.0",
    queryDate: offsetTime(parts.queryTime),
    startDate: oldest && offsetTime(oldest.start),
    unit: parts.unit,
    statistic: parts.statistic,
    period: parts.periodSeconds,
    recentDatapoints: points.map(({ value }) => value as number),
    threshold: rule.threshold,
    evaluatedDatapoints: evaluated,
  });
}

const INTEGERS: ReadonlySet<string> = new Set(["period", "Period", "EvaluationPeriods", "DatapointsToAlarm"]);

/** JSON as AWS's Java prints it: numbers are doubles except where they are counts. Members that are undefined are left out. */
export function javaJson(value: unknown, member = ""): string {
  if (typeof value === "number") return INTEGERS.has(member) ? String(value) : javaDouble(value);
  if (Array.isArray(value)) return `[${value.map((inner) => javaJson(inner)).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
    return `{${members.map(([name, inner]) => `${JSON.stringify(name)}:${javaJson(inner, name)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** The verdict as a sentence for people. */
export function verdictSentence(rule: EvaluationRule, verdict: Verdict, current: StateValue): string {
  const { used, breaching, filled, state } = verdict;
  const areMissing = `${filled} ${filled === 1 ? "is" : "are"} missing`;
  const counted = `${breaching} of ${datapoints(used.length)} ${breaching === 1 ? "breaches" : "breach"}, ${rule.m} of ${rule.n} needed`;
  switch (verdict.rule) {
    case "enough-datapoints":
      return `${counted}: ${state}. Enough datapoints are there, so missing ones do not matter.`;
    case "no-datapoints":
      return verdict.kept
        ? `No datapoint in the whole evaluation range; missing data are ignored, so the alarm stays ${current}.`
        : `No datapoint in the whole evaluation range; treated as ${rule.treatMissing}: ${state}.`;
    case "missing-treated":
      return `${counted}; ${filled} missing treated as ${rule.treatMissing}: ${state}.`;
    case "breaching-enough":
      return `${counted}: ${state}, although ${areMissing}.`;
    case "not-all-breaching":
      return `${counted}; ${areMissing} and a datapoint that does not breach is there: ${state}.`;
    case "premature-alarm":
      return verdict.kept
        ? `Every datapoint there is breaches, but they are fewer than ${rule.m}; missing data are ignored, so the alarm stays ${current}.`
        : `Every datapoint there is breaches and the oldest is at least ${periods(rule.m)} old: ${state}, although ${areMissing}.`;
    case "state-kept":
      return `Every datapoint there is breaches, but the oldest is less than ${periods(rule.m)} old: no alarm yet, the alarm stays ${current}.`;
    case "few-samples":
      return `The newest datapoint has fewer than ${rule.minimumSamples} samples, too few for this percentile: the alarm stays ${current}.`;
  }
}
