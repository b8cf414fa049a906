/**
 * A file tailed on the account's clock: when each row is due, which is also its new stamp. Pure. Row i is due at
 * start + (t[i] - t[0]), or, squeezed, at the same share of so many minutes; the order of the rows is kept.
 */
import { InputError } from "../model/errors.ts";

/** Plain JSON: it is kept as part of a document. All times epoch ms. */
export interface ReplayPlan {
  /** Clock at which the first row is due. */
  readonly start: number;
  /** When the last row is due. */
  readonly end: number;
  /** Time of the first row in the file. */
  readonly origin: number;
  /** From the first row to the last in the file, ms. */
  readonly span: number;
  /** The same on the account's clock, ms: equal to `span` unless squeezed. */
  readonly length: number;
  /** What the file's times without a year were read with. */
  readonly reference: number;
}

export interface ReplayWish {
  readonly start: number;
  readonly reference: number;
  /** Absent: the file's own spacing. */
  readonly squeezeMinutes?: number;
}

/** `timestamps` ascending, at least one. */
export function planReplay(timestamps: Float64Array, wish: ReplayWish): ReplayPlan {
  const { start, reference, squeezeMinutes } = wish;
  if (squeezeMinutes !== undefined && !(squeezeMinutes > 0 && Number.isFinite(squeezeMinutes))) {
    throw new InputError("A file can be squeezed into more than 0 minutes only.", {
      path: "squeezeMinutes",
      found: String(squeezeMinutes),
      allowed: "more than 0",
    });
  }
  const origin = timestamps[0] ?? 0;
  const span = (timestamps[timestamps.length - 1] ?? 0) - origin;
  const length = squeezeMinutes === undefined || span === 0 ? span : Math.round(squeezeMinutes * 60_000);
  return { start, end: start + length, origin, span, length, reference };
}

/** When a row of the file's time `time` is due. Never falls when `time` rises. */
export function dueAt(plan: ReplayPlan, time: number): number {
  const since = time - plan.origin;
  return plan.start + (plan.length === plan.span ? since : Math.floor((since / plan.span) * plan.length));
}

/** The first row at or after `shipped` that is not due yet at `now`: rows [shipped, answer) are to be shipped. */
export function dueRows(plan: ReplayPlan, timestamps: Float64Array, shipped: number, now: number): number {
  let low = shipped;
  let high = timestamps.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (dueAt(plan, timestamps[middle] ?? 0) <= now) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The stamps rows get on the account's clock. */
export const shiftedStamps = (plan: ReplayPlan, timestamps: Float64Array): Float64Array => timestamps.map((time) => dueAt(plan, time));
