/**
 * The verdict of a metric alarm over the periods of its evaluation range (User Guide, "Configuring how CloudWatch alarms
 * treat missing data"). Pure; with a recorder it also says why.
 *
 * AWS fetches more periods than N. While N real datapoints are among them, the newest N decide and missing data do not
 * matter. Only below that is TreatMissingData used, for as many datapoints as are lacking.
 */
import type { StateValue } from "./alarm.ts";

export type Treatment = "missing" | "ignore" | "breaching" | "notBreaching";
export type Comparison = "GreaterThanOrEqualToThreshold" | "GreaterThanThreshold" | "LessThanThreshold" | "LessThanOrEqualToThreshold";

export interface EvaluationRule {
  /** M datapoints of N must breach. */
  readonly m: number;
  readonly n: number;
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly treatMissing: Treatment;
  /** Percentile alarms that ignore low sample counts: samples the newest datapoint needs. */
  readonly minimumSamples?: number;
}

export interface Slot {
  /** Start of the period, epoch milliseconds. */
  readonly start: number;
  /** Undefined: missing. */
  readonly value: number | undefined;
  readonly samples: number;
}

export type VerdictRule =
  | "enough-datapoints"
  | "no-datapoints"
  | "missing-treated"
  | "breaching-enough"
  | "not-all-breaching"
  | "premature-alarm"
  | "state-kept"
  | "few-samples";

export interface Verdict {
  readonly state: StateValue;
  /** The rule keeps the current state, whatever it is. */
  readonly kept: boolean;
  readonly rule: VerdictRule;
  /** Indexes of the real datapoints that decide, oldest first. */
  readonly used: readonly number[];
  readonly breaching: number;
  /** Missing datapoints that the treatment stands in for. */
  readonly filled: number;
}

export interface SlotBecause {
  readonly start: number;
  readonly value: number | null;
  readonly samples: number;
  readonly breaching: boolean | null;
  /** `used`: decides. `filled`: missing, its treatment decides. `spare`: fetched, not needed. */
  readonly role: "used" | "filled" | "spare";
}

export function isBreaching(value: number, comparison: Comparison, threshold: number): boolean {
  switch (comparison) {
    case "GreaterThanOrEqualToThreshold":
      return value >= threshold;
    case "GreaterThanThreshold":
      return value > threshold;
    case "LessThanThreshold":
      return value < threshold;
    case "LessThanOrEqualToThreshold":
      return value <= threshold;
  }
}

/** @param slots the evaluation range, oldest first. @param current state before. */
export function evaluate(
  rule: EvaluationRule,
  slots: readonly Slot[],
  current: StateValue,
  record?: (slots: readonly SlotBecause[]) => void,
): Verdict {
  const real: number[] = [];
  for (let i = 0; i < slots.length; i++) if (slots[i]?.value !== undefined) real.push(i);
  const used = real.slice(-rule.n);
  const breaches = (i: number): boolean => isBreaching(slots[i]?.value as number, rule.comparison, rule.threshold);
  let breaching = 0;
  for (const i of used) if (breaches(i)) breaching++;
  const filled = rule.n - used.length;
  record?.(becauseOf(slots, used, filled, breaches));
  const verdict = (state: StateValue | "keep", by: VerdictRule): Verdict => {
    const kept = state === "keep";
    return { state: kept ? current : state, kept, rule: by, used, breaching, filled };
  };

  const newest = used.at(-1);
  if (newest !== undefined && rule.minimumSamples !== undefined && (slots[newest]?.samples as number) < rule.minimumSamples) {
    return verdict("keep", "few-samples");
  }
  if (filled === 0) return verdict(breaching >= rule.m ? "ALARM" : "OK", "enough-datapoints");
  if (used.length === 0) {
    const byTreatment = { missing: "INSUFFICIENT_DATA", ignore: "keep", breaching: "ALARM", notBreaching: "OK" } as const;
    return verdict(byTreatment[rule.treatMissing], "no-datapoints");
  }
  if (rule.treatMissing === "breaching") return verdict(breaching + filled >= rule.m ? "ALARM" : "OK", "missing-treated");
  if (rule.treatMissing === "notBreaching") return verdict(breaching >= rule.m ? "ALARM" : "OK", "missing-treated");
  if (breaching >= rule.m) return verdict("ALARM", "breaching-enough");
  if (breaching < used.length) return verdict("OK", "not-all-breaching");
  // All that is real breaches, but there is too little of it: AWS waits until the oldest is M periods old.
  const age = slots.length - (used[0] as number);
  if (age >= rule.m) return verdict(rule.treatMissing === "missing" ? "ALARM" : "keep", "premature-alarm");
  return verdict("keep", "state-kept");
}

function becauseOf(slots: readonly Slot[], used: readonly number[], filled: number, breaches: (i: number) => boolean): SlotBecause[] {
  const deciding = new Set(used);
  // AWS does not say which gaps it fills; shown are the newest.
  const gaps = slots.flatMap(({ value }, i) => (value === undefined ? [i] : []));
  const standIns = new Set(gaps.slice(Math.max(0, gaps.length - filled)));
  return slots.map(({ start, value, samples }, i) => ({
    start,
    value: value ?? null,
    samples,
    breaching: value === undefined ? null : breaches(i),
    role: deciding.has(i) ? "used" : standIns.has(i) ? "filled" : "spare",
  }));
}

/** Samples a percentile needs to mean something: 10/(1-p) from the median up, 10/p below (API reference, PutMetricAlarm). */
export function minimumSamples(percent: number): number {
  const share = percent >= 50 ? 100 - percent : percent;
  if (share <= 0) return 0;
  const exact = 1000 / share;
  const near = Math.round(exact);
  return Math.abs(exact - near) < 1e-6 * near ? near : exact;
}
