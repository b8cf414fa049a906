import { valueText } from "../../ui/numbers.ts";
import { dimensionsText, periodText } from "../metrics/catalog.ts";
import type { AlarmInput, MetricQuery } from "./answers.ts";
import { COMPARISONS, watchedOf } from "./draft.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

/** ThrottledWrites ≥ 20 for 3 datapoints within 5 minutes */
export function conditionText(input: AlarmInput): string {
  const name = watchedOf(input)?.metricName ?? expressionName(input);
  const rule = ruleText(input);
  return name === undefined || rule === undefined ? (input.ComparisonOperator ?? T.math) : `${name} ${rule}`;
}

/** ≥ 20 for 3 datapoints within 5 minutes; undefined for what has no number to compare with. */
export function ruleText(input: AlarmInput): string | undefined {
  const comparison = COMPARISONS[input.ComparisonOperator ?? ""];
  const n = input.EvaluationPeriods;
  const period = periodOf(input);
  if (comparison === undefined || input.Threshold === undefined || n === undefined) return undefined;
  const window = period === undefined ? T.periodsText(n) : periodText(period * n);
  return T.rule(comparison.sign, valueText(input.Threshold), input.DatapointsToAlarm ?? n, window);
}

/** ≥ 20 for 3 of 5 × 1 min: the same in a line of a table. */
export function shortRuleText(input: AlarmInput): string | undefined {
  const comparison = COMPARISONS[input.ComparisonOperator ?? ""];
  const n = input.EvaluationPeriods;
  const period = periodOf(input);
  if (comparison === undefined || input.Threshold === undefined || n === undefined || period === undefined) return undefined;
  const each = period % 3600 === 0 ? `${period / 3600} h` : period % 60 === 0 ? `${period / 60} min` : `${period} s`;
  return T.shortRule(comparison.sign, valueText(input.Threshold), input.DatapointsToAlarm ?? n, n, each);
}

const periodOf = (input: AlarmInput): number | undefined =>
  watchedOf(input)?.periodSeconds ?? queries(input).find((query) => query.MetricStat !== undefined)?.MetricStat?.Period;

/** Shop › Errors · Service=checkout; of an expression, what it says. */
export function watchedText(input: AlarmInput): string {
  const watched = watchedOf(input);
  if (watched === undefined) return T.mathOf(returned(input)?.Expression);
  const dimensions = dimensionsText(watched.dimensions);
  return `${watched.namespace} › ${watched.metricName}${dimensions === "" ? "" : ` · ${dimensions}`}`;
}

const queries = (input: AlarmInput): readonly MetricQuery[] => input.Metrics ?? [];

/** The query whose result is compared. */
export const returned = (input: AlarmInput): MetricQuery | undefined => queries(input).find((query) => query.ReturnData !== false);

/** The label of an expression, else the expression. */
export const expressionName = (input: AlarmInput): string | undefined => returned(input)?.Label ?? returned(input)?.Expression;
