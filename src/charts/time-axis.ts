/** Labels of a time axis: whole steps of account time. */
import { minuteText, secondText, shortDayText } from "../ui/time.ts";

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const STEPS = [1 / 12, 1 / 6, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 14_400].map(
  (minutes) => minutes * MINUTE,
);

/** Whole steps of account time, at least 78 px apart. */
export function timeSplits(from: number, to: number, pixels: number): number[] {
  const step = STEPS.find((one) => (one / (to - from)) * pixels >= 78) ?? 14_400 * MINUTE;
  const splits: number[] = [];
  for (let at = Math.ceil(from / step) * step; at <= to; at += step) splits.push(at);
  return splits;
}

/** A label for an axis of this width in ms. */
export function timeText(at: number, width: number): string {
  if (width > 3 * DAY) return shortDayText(at);
  if (width <= 5 * MINUTE) return secondText(at);
  return at % DAY === 0 && width > 0.5 * DAY ? shortDayText(at) : minuteText(at);
}

/** Width of the cursor's tag in px. */
export const tagWidth = (text: string, zoom: number): number => Math.max(38, text.length * 6.2 + 8) * zoom;

export interface AxisLabel {
  readonly x: number;
  readonly text: string;
}

/** The labels of an axis that the cursor's tag leaves free: half a label says nothing, so those it would touch go. */
export function besideTag(
  moments: readonly number[],
  x: (moment: number) => number,
  tag: { readonly middle: number; readonly wide: number } | undefined,
  zoom: number,
  words: (moment: number) => string,
): readonly AxisLabel[] {
  return moments
    .map((moment) => ({ x: x(moment), text: words(moment) }))
    .filter((label) => tag === undefined || Math.abs(label.x - tag.middle) > (tag.wide + label.text.length * 5.9 * zoom) / 2 + 3 * zoom);
}
