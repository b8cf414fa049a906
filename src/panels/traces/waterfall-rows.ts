/** Which lines of a waterfall are in sight, and the marks of its time axis. */
import type { TraceSpan } from "./answers.ts";

/** Places of spans that no closed one hides, in the order in which they are drawn. */
export function visibleRows(spans: readonly TraceSpan[], closed: ReadonlySet<number>): readonly number[] {
  const hidden = new Set<number>();
  return spans.flatMap(({ parent }, at) => {
    if (parent >= 0 && (hidden.has(parent) || closed.has(parent))) {
      hidden.add(at);
      return [];
    }
    return [at];
  });
}

export const parentsOf = (spans: readonly TraceSpan[]): ReadonlySet<number> => new Set(spans.map(({ parent }) => parent));

const NICE = [1, 2, 5] as const;

/** Round moments up to the end, microseconds; at most `most` of them. */
export function axisMarks(duration: number, most = 6): readonly number[] {
  if (duration <= 0) return [0];
  let step = 1;
  for (let power = 1; ; power *= 10) {
    const fit = NICE.map((nice) => nice * power).find((one) => duration / one <= most);
    if (fit !== undefined) {
      step = fit;
      break;
    }
  }
  const marks: number[] = [];
  // The last mark needs room for its text.
  for (let at = 0; at <= duration * 0.97; at += step) marks.push(at);
  return marks;
}

/** A moment of the axis in the unit of its end. */
export function axisText(at: number, duration: number): string {
  if (at === 0) return "0";
  const [unit, name] = duration >= 1e6 ? [1e6, "s"] : duration >= 1000 ? [1000, "ms"] : [1, "µs"];
  return `${Number((at / unit).toPrecision(4))} ${name}`;
}
