import type { JSX } from "solid-js";
import type { StateSpan } from "../../ui/StateBand.tsx";
import type { Span } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export type AlarmSpan = StateSpan;

export const bandSpans = (spans: readonly Span[]): readonly AlarmSpan[] =>
  spans.map(({ start, end, state }) => ({ from: start, to: end, state }));

/** What the three kinds of points on an alarm's graph mean. */
export function AlarmLegend(): JSX.Element {
  return (
    <span class="legend alarm-legend">
      <span>
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <circle class="lg-breach" cx="11" cy="5" r="4" />
        </svg>
        {T.breaching}
      </span>
      <span>
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <circle class="lg-good" cx="11" cy="5" r="3.2" />
        </svg>
        {T.notBreaching}
      </span>
      <span>
        <svg viewBox="0 0 22 10" aria-hidden="true">
          <path class="lg-gap" d="M8 2h6v6H8z" />
        </svg>
        {T.missing}
      </span>
    </span>
  );
}
