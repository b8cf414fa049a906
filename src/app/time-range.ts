/** The range of account time that charts and searches look at: the last N minutes (moves with the clock), or fixed. */
import { type Accessor, createMemo, createSignal } from "solid-js";
import { useClient } from "../client/context.ts";

const MINUTE = 60_000;

export type RangeChoice =
  | { readonly kind: "last"; readonly minutes: number }
  | { readonly kind: "fixed"; readonly from: number; readonly to: number };

export interface TimeRange {
  /** Epoch ms, whole minutes. */
  readonly from: number;
  readonly to: number;
  /** Moves with the clock. */
  readonly isLive: boolean;
}

export const PRESETS: readonly { readonly minutes: number; readonly label: string }[] = [
  { minutes: 15, label: "15 min" },
  { minutes: 30, label: "30 min" },
  { minutes: 60, label: "1 h" },
  { minutes: 180, label: "3 h" },
  { minutes: 720, label: "12 h" },
  { minutes: 1440, label: "1 day" },
  { minutes: 4320, label: "3 days" },
  { minutes: 10_080, label: "1 week" },
  { minutes: 21_600, label: "15 days" },
];

const [choice, setChoice] = createSignal<RangeChoice>({ kind: "last", minutes: 60 });

export { choice as rangeChoice, setChoice as setRangeChoice };

/** The range of a choice at a clock: `last` ends at the next whole minute, so the minute under way is in it. */
export function rangeAt(chosen: RangeChoice, clock: number): TimeRange {
  if (chosen.kind === "fixed") return { from: chosen.from, to: chosen.to, isLive: false };
  const to = Math.ceil(clock / MINUTE) * MINUTE;
  return { from: to - chosen.minutes * MINUTE, to, isLive: true };
}

/** Reads as equal while the clock stays in one minute, so a panel's question does not change with every pulse. */
export function useTimeRange(): Accessor<TimeRange> {
  const { pulse } = useClient();
  return createMemo(() => rangeAt(choice(), pulse()?.clock ?? 0), undefined, {
    equals: (a, b) => a.from === b.from && a.to === b.to && a.isLive === b.isLive,
  });
}

/** Earlier (-1) or later (+1) by half the range; later never passes the clock, there it is live again. */
export function shiftRange(direction: -1 | 1, clock: number): void {
  const now = rangeAt(choice(), clock);
  const width = now.to - now.from;
  const by = direction * Math.max(MINUTE, Math.round(width / 2 / MINUTE) * MINUTE);
  const live = rangeAt({ kind: "last", minutes: width / MINUTE }, clock);
  if (now.to + by >= live.to) setChoice({ kind: "last", minutes: width / MINUTE });
  else setChoice({ kind: "fixed", from: now.from + by, to: now.to + by });
}
