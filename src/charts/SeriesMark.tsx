import type { JSX } from "solid-js";
import { dashOf } from "./series.ts";

/** The piece of line that stands for a series in legends and tables. */
export function SeriesMark(props: { readonly colour: number; readonly place: number }): JSX.Element {
  return (
    <svg class="series-key" viewBox="0 0 22 10" aria-hidden="true">
      <path
        class="series-mark"
        d="M0 5h22"
        style={{ stroke: `var(--series-${props.colour})` }}
        stroke-dasharray={dashOf(props.place).join(" ")}
      />
    </svg>
  );
}
