/** One moment on every page: the cursor is pinned there, the time range holds it, lists show its minute. */
import { pinAt } from "../charts/cursor.ts";
import { rangeAt, rangeChoice, setRangeChoice } from "./time-range.ts";

const MINUTE = 60_000;
const AROUND = 15 * MINUTE;

export const minuteStart = (at: number): number => Math.floor(at / MINUTE) * MINUTE;

/** The address of a page that shows the minute of a moment. */
export const minutePath = (path: string, at: number): string => `${path}?minute=${minuteStart(at)}`;

/** What `minute` of an address says; undefined when it is not a moment. */
export function minuteOf(query: unknown): { readonly from: number; readonly to: number } | undefined {
  if (typeof query !== "string" || !/^\d{1,15}$/.test(query)) return undefined;
  const from = minuteStart(Number(query));
  return { from, to: from + MINUTE - 1 };
}

/** Pins the shared cursor at a moment; the range moves only when the moment is not in it. */
export function showMoment(at: number, clock: number): void {
  pinAt(at, { moment: at });
  holdInRange(at, clock, AROUND);
}

/** Moves the range when a moment is not in it: the moment stands in its middle then. True when it moved. */
export function holdInRange(at: number, clock: number, around?: number): boolean {
  const now = rangeAt(rangeChoice(), clock);
  if (at >= now.from && at <= now.to) return false;
  const middle = minuteStart(at);
  const half = around ?? Math.max(MINUTE, Math.floor((now.to - now.from) / 2 / MINUTE) * MINUTE);
  setRangeChoice({ kind: "fixed", from: middle - half, to: middle + half });
  return true;
}

/** Moves the range to a moment that is not in it; where a range of this width up to now has it, that one, which moves with the clock. */
export function showTime(at: number, clock: number): void {
  const now = rangeAt(rangeChoice(), clock);
  if (at >= now.from && at <= now.to) return;
  const minutes = (now.to - now.from) / MINUTE;
  const live = rangeAt({ kind: "last", minutes }, clock);
  if (at >= live.from && at <= live.to) setRangeChoice({ kind: "last", minutes });
  else holdInRange(at, clock);
}
