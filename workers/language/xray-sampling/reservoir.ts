/**
 * Whether a client samples a request under a rule (facts xray §9.3): take from the quota that the service gave, borrow one
 * a second while there is none, else by rate. Pure: a state and a request make a decision and the next state. Times are
 * seconds since 1970.
 */

export type Decision = "take" | "borrow" | "rate" | "no";

/** What a client keeps per rule. Plain data. */
export interface Reservoir {
  readonly reservoirSize: number;
  readonly rate: number;
  readonly quota?: number;
  /** The quota counts up to and with this second. */
  readonly ttl?: number;
  readonly second: number;
  readonly taken: number;
  readonly borrowed: number;
  // Counted since the last report.
  readonly requests: number;
  readonly sampled: number;
  readonly borrows: number;
}

export interface Target {
  readonly FixedRate?: number;
  readonly ReservoirQuota?: number;
  /** Seconds since 1970. */
  readonly ReservoirQuotaTTL?: number;
}

export interface Decided {
  readonly decision: Decision;
  readonly reason: string;
  readonly next: Reservoir;
}

export const newReservoir = ({ ReservoirSize, FixedRate }: { readonly ReservoirSize: number; readonly FixedRate: number }): Reservoir => ({
  reservoirSize: ReservoirSize,
  rate: FixedRate,
  second: -1,
  taken: 0,
  borrowed: 0,
  requests: 0,
  sampled: 0,
  borrows: 0,
});

/** @param random asked only where the rate decides; from [0, 1) */
export function decide(reservoir: Reservoir, time: number, random: () => number): Decided {
  const second = Math.floor(time);
  const fresh = second === reservoir.second ? reservoir : { ...reservoir, second, taken: 0, borrowed: 0 };
  const now: Reservoir = { ...fresh, requests: fresh.requests + 1 };
  const { quota, ttl, rate } = now;
  let before: string;
  if (quota !== undefined && ttl !== undefined && ttl >= second) {
    if (now.taken < quota) {
      return {
        decision: "take",
        reason: `number ${now.taken + 1} of ${quota} that this client may take in this second`,
        next: { ...now, taken: now.taken + 1, sampled: now.sampled + 1 },
      };
    }
    before = `the quota of ${quota} a second is used up`;
  } else if (now.reservoirSize > 0 && now.borrowed < 1) {
    return {
      decision: "borrow",
      reason: "the service gave no quota that still counts, and one request a second may be borrowed",
      next: { ...now, borrowed: now.borrowed + 1, borrows: now.borrows + 1 },
    };
  } else before = now.reservoirSize > 0 ? "the one request a second that may be borrowed is used up" : "the reservoir is 0";
  const drawn = random();
  const percent = `${Math.round(rate * 10_000) / 100} %`;
  if (drawn < rate) {
    return { decision: "rate", reason: `${before}; drawn for the rate of ${percent}`, next: { ...now, sampled: now.sampled + 1 } };
  }
  return { decision: "no", reason: `${before}; not drawn for the rate of ${percent}`, next: now };
}

/** Takes in an answer of GetSamplingTargets. What it leaves out stays; what was taken in this second stays taken. */
export const withTarget = (reservoir: Reservoir, { FixedRate, ReservoirQuota, ReservoirQuotaTTL }: Target): Reservoir => ({
  ...reservoir,
  ...(FixedRate === undefined ? {} : { rate: FixedRate }),
  ...(ReservoirQuota === undefined ? {} : { quota: ReservoirQuota }),
  ...(ReservoirQuotaTTL === undefined ? {} : { ttl: ReservoirQuotaTTL }),
});

export interface Counted {
  readonly RequestCount: number;
  readonly SampledCount: number;
  readonly BorrowCount: number;
}

/** What a client reports of a rule, and its state with the counters at zero. */
export function report(reservoir: Reservoir): { readonly counted: Counted; readonly next: Reservoir } {
  const { requests, sampled, borrows } = reservoir;
  return {
    counted: { RequestCount: requests, SampledCount: sampled, BorrowCount: borrows },
    next: { ...reservoir, requests: 0, sampled: 0, borrows: 0 },
  };
}
