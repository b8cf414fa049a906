import { createMemo, For, type JSX } from "solid-js";
import { valueText } from "../ui/numbers.ts";
import { type ChartSeries, valueAt } from "./series.ts";

const AT_MOST = 1000;

/** The graph's twin: a row per time, newest first, a column per series. */
export function ChartTable(props: {
  readonly title: string;
  readonly series: readonly ChartSeries[];
  readonly from: number;
  readonly to: number;
  readonly time: (moment: number) => string;
}): JSX.Element {
  const times = createMemo(() => {
    const all = new Set<number>();
    for (const series of props.series) {
      for (const time of series.times) all.add(time);
      for (const time of series.missing ?? []) all.add(time);
    }
    return [...all]
      .filter((time) => time >= props.from && time <= props.to)
      .sort((a, b) => b - a)
      .slice(0, AT_MOST);
  });
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    <section class="tchart-table" tabIndex={0} aria-label={`${props.title}, table`}>
      <table class="tbl tight">
        <thead>
          <tr>
            <th scope="col">Time (UTC)</th>
            <For each={props.series}>
              {(series) => (
                <th scope="col" class="num">
                  {series.label}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody>
          <For each={times()}>
            {(time) => (
              <tr>
                <td class="mono">{props.time(time)}</td>
                <For each={props.series}>
                  {(series) => {
                    const value = valueAt(series, time);
                    return (
                      <td class={`num ${value === undefined ? "c-insuf" : ""}`}>{value === undefined ? "missing" : valueText(value)}</td>
                    );
                  }}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  );
}
