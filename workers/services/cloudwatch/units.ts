/**
 * The order in which CloudWatch prefers a unit when a query names none and the metric has several (observed on AWS; the
 * order itself is not documented).
 */
const PREFERENCE = [
  "Megabits",
  "Terabits",
  "Gigabits",
  "Count",
  "Bytes",
  "Gigabytes",
  "Gigabytes/Second",
  "Kilobytes",
  "Kilobits/Second",
  "Terabytes",
  "Terabits/Second",
  "Bytes/Second",
  "Percent",
  "Megabytes",
  "Megabits/Second",
  "Milliseconds",
  "Microseconds",
  "Kilobytes/Second",
  "Gigabits/Second",
  "Megabytes/Second",
  "Bits",
  "Bits/Second",
  "Count/Second",
  "Seconds",
  "Kilobits",
  "Terabytes/Second",
  "None",
] as const;

export type Unit = (typeof PREFERENCE)[number];
const RANK: ReadonlyMap<string, number> = new Map(PREFERENCE.map((unit, i) => [unit, i]));

export const isUnit = (text: string): text is Unit => RANK.has(text);

/** The unit that answers when none was asked for; undefined when there is none. */
export function preferredUnit(units: readonly string[]): string | undefined {
  let best: string | undefined;
  for (const unit of units) if (best === undefined || (RANK.get(unit) ?? 99) < (RANK.get(best) ?? 99)) best = unit;
  return best;
}
