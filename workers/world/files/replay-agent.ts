/**
 * A file tailed on the account's clock: which rows an agent ships in a flush, and with which stamps. Pure. Row i becomes
 * due at start + (t[i] - t[0]) (shift), or at the same proportion of N minutes (squeeze); order is kept.
 */
import { InputError } from "../../model/errors.ts";
import { batchEnd, type EventColumns, sliceColumns } from "./events.ts";
import type { Destination, PutLogEventsColumns } from "./history-agent.ts";

/** The CloudWatch agent sends what it has every five seconds (`force_flush_interval`). */
export const FLUSH_MS = 5_000;

export type ReplayMode = { readonly kind: "shift" } | { readonly kind: "squeeze"; readonly minutes: number };

export interface ReplayPlan {
  readonly columns: EventColumns;
  readonly destination: Destination;
  /** Clock at which the first row is due, epoch ms. */
  readonly start: number;
  /** When each row is due, ascending, epoch ms: also its stamp. */
  readonly due: Float64Array;
}

export function planReplay(columns: EventColumns, destination: Destination, mode: ReplayMode, start: number): ReplayPlan {
  const { timestamps } = columns;
  const origin = timestamps[0] ?? 0;
  const span = (timestamps[timestamps.length - 1] ?? 0) - origin;
  if (mode.kind === "squeeze" && !(mode.minutes > 0 && mode.minutes <= 525_600)) {
    throw new InputError("A file can be squeezed into more than 0 minutes, up to a year.", {
      path: "squeezeMinutes",
      found: String(mode.minutes),
      allowed: "above 0, at most 525600",
    });
  }
  const length = mode.kind === "shift" ? span : mode.minutes * 60_000;
  const due =
    mode.kind === "shift" || span === 0
      ? timestamps.map((time) => start + (time - origin))
      : timestamps.map((time) => start + Math.floor(((time - origin) / span) * length));
  return { columns, destination, start, due };
}

/** Rows [first, end) that are due in [from, to). */
export function dueRows(plan: ReplayPlan, from: number, to: number): { readonly first: number; readonly end: number } {
  return { first: lowerBound(plan.due, from), end: lowerBound(plan.due, to) };
}

/** The calls of one flush: what became due in [from, to), with its new stamps, in batches PutLogEvents takes. */
export function* flushBatches(plan: ReplayPlan, from: number, to: number): Generator<PutLogEventsColumns> {
  const shifted: EventColumns = { ...plan.columns, timestamps: plan.due };
  const { first, end } = dueRows(plan, from, to);
  for (let at = first; at < end; ) {
    const stop = batchEnd(shifted, at, end);
    yield {
      logGroupName: plan.destination.logGroupName,
      logStreamName: plan.destination.logStreamName,
      ...sliceColumns(shifted, at, stop),
    };
    at = stop;
  }
}

/** The first moment of a flush, on the grid of the plan's start, that has something to send after `moment`; undefined when all is sent. */
export function nextFlush(plan: ReplayPlan, moment: number): number | undefined {
  const row = lowerBound(plan.due, moment);
  const due = plan.due[row];
  if (due === undefined) return undefined;
  return plan.start + (Math.floor((due - plan.start) / FLUSH_MS) + 1) * FLUSH_MS;
}

/** First index whose value is >= `value`. */
function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
