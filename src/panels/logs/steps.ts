/** Widths of buckets and periods that people read well. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WIDTHS = [
  SECOND,
  2 * SECOND,
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  7 * DAY,
  30 * DAY,
  365 * DAY,
];

export interface Span {
  /** Epoch ms; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

/** The narrowest of the widths, from `least` on, that cuts a span into at most `most` parts. */
export function stepOf(span: Span, most: number, least = SECOND): number {
  return WIDTHS.find((width) => width >= least && (span.to - span.from) / width <= most) ?? (WIDTHS[WIDTHS.length - 1] as number);
}

/** The span widened to whole steps. */
export function aligned(span: Span, step: number): Span {
  const from = Math.floor(span.from / step) * step;
  return { from, to: Math.max(from + step, Math.ceil(span.to / step) * step) };
}

/** `10 s`, `5 min`, `1 h`, `1 d`. */
export function stepText(step: number): string {
  if (step < MINUTE) return `${step / SECOND} s`;
  if (step < HOUR) return `${step / MINUTE} min`;
  return step < DAY ? `${step / HOUR} h` : `${step / DAY} d`;
}
