/** What the halves of the alarm form share. */
import type { AlarmInput } from "./answers.ts";

export interface FormMarks {
  /** `was` of a field whose members differ from the saved alarm. */
  readonly was: (members: readonly string[], text: (saved: AlarmInput) => string | undefined) => { was?: string };
  readonly error: (...members: readonly string[]) => { error?: string };
}

/** Members whose fields are folded away; the fold opens by itself when one of them is refused. */
export const FOLDED: readonly string[] = [
  "AlarmDescription",
  "Unit",
  "EvaluateLowSampleCountPercentile",
  "OKActions",
  "InsufficientDataActions",
];

export const shortArn = (arn: string): string => arn.slice(arn.lastIndexOf(":") + 1);

export const statisticOf = (input: AlarmInput): string => input.Statistic ?? input.ExtendedStatistic ?? "";
