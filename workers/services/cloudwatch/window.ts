/**
 * When an alarm is evaluated, and which periods it then looks at (User Guide, "Alarm evaluation").
 *
 *        | spare | spare |   N   |  ...  |   1   | <- evaluation time
 *        ^ range periods back, sliding: period 5 min at 12:06 means 12:01 to 12:06
 */
import type { MetricAlarm } from "../../model/generated/cloudwatch.ts";
import { watchedMetric } from "./alarm.ts";
import { DAY, type Grid, HOUR, MINUTE } from "./series-read.ts";

type Windowed = Parameters<typeof watchedMetric>[0] & Pick<MetricAlarm, "EvaluationPeriods" | "EvaluationWindow">;

/** Milliseconds between evaluations: 10 s for periods under a minute, an hour for windows of over a day, else a minute. */
export function cadence(periodSeconds: number, evaluationPeriods: number): number {
  if (periodSeconds < 60) return 10_000;
  return periodSeconds * 1000 * evaluationPeriods > DAY ? HOUR : MINUTE;
}

export function cadenceOf(alarm: Windowed): number {
  return cadence(watchedMetric(alarm)?.periodSeconds ?? 60, alarm.EvaluationPeriods ?? 1);
}

/** The first moment of evaluation after `now`. */
export const nextTick = (now: number, cadenceMs: number): number => Math.floor(now / cadenceMs) * cadenceMs + cadenceMs;

/** The last moment of evaluation up to `now`. */
export const lastTick = (now: number, cadenceMs: number): number => Math.floor(now / cadenceMs) * cadenceMs;

/**
 * How many periods are fetched for N evaluation periods. AWS does not publish it; the documented examples have 5 for 3, which
 * N + max(floor(N/3), 2) gives.
 */
export const evaluationRange = (n: number): number => n + Math.max(Math.floor(n / 3), 2);

/** The periods of one evaluation, oldest first. With a wall-clock window they are those of the clock that are over. */
export function windowAt(tick: number, periodSeconds: number, evaluationPeriods: number, wallClock: boolean): Grid {
  const period = periodSeconds * 1000;
  const cells = evaluationRange(evaluationPeriods);
  const end = wallClock ? Math.floor(tick / period) * period : tick;
  return { start: end - cells * period, period, cells };
}
