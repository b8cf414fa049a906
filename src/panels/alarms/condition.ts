import { valueText } from "../../ui/numbers.ts";
import { periodText } from "../metrics/catalog.ts";
import type { AlarmInput } from "./answers.ts";
import { COMPARISONS, watchedOf } from "./draft.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

/** ThrottledWrites ≥ 20 for 3 datapoints within 5 minutes */
export function conditionText(input: AlarmInput): string {
  const watched = watchedOf(input);
  const comparison = COMPARISONS[input.ComparisonOperator ?? ""];
  const n = input.EvaluationPeriods;
  if (watched === undefined || comparison === undefined || input.Threshold === undefined || n === undefined) {
    return input.ComparisonOperator ?? T.math;
  }
  const window = periodText(watched.periodSeconds * n);
  return T.sentence(watched.metricName, comparison.sign, valueText(input.Threshold), input.DatapointsToAlarm ?? n, window);
}
