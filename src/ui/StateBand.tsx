import { createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import type { AlarmState } from "./Badge.tsx";
import { rootZoom } from "./media.ts";
import { STATE_WORDS } from "./strings.ts";
import { minuteText } from "./time.ts";

export interface StateSpan {
  readonly from: number;
  readonly to: number;
  readonly state: AlarmState;
}

export interface StateBandProps {
  /** The same range as the graph above it, epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly rows: readonly {
    readonly label: string;
    readonly spans: readonly StateSpan[];
    /** What if: dashed. */
    readonly dashed?: boolean;
  }[];
  /** The shared cursor. */
  readonly cursor?: number | undefined;
}

/** States over time on the x axis of the graph above; its gutters are the chart's (`--chart-left`, `--chart-right`). */
export function StateBand(props: StateBandProps): JSX.Element {
  const [width, setWidth] = createSignal(0);
  let host!: HTMLDivElement;
  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(host.querySelector(".band-track")?.clientWidth ?? 0));
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  const word = (state: AlarmState): string => (state === "INSUFFICIENT_DATA" ? "INSUFFICIENT DATA" : state);
  const share = (at: number): number => Math.max(0, Math.min(1, (at - props.from) / Math.max(1, props.to - props.from)));
  const percent = (part: number): string => `${(part * 100).toFixed(3)}%`;
  return (
    <div class="band" ref={host}>
      <For each={props.rows}>
        {(row) => (
          <div class={`band-row ${row.dashed ? "dashed" : ""}`}>
            <span class="band-label">{row.label}</span>
            <ol class="band-track">
              <For each={row.spans.filter((span) => span.to > props.from && span.from < props.to)}>
                {(span) => (
                  <li
                    class="band-span"
                    data-state={span.state}
                    title={`${STATE_WORDS[span.state]}, ${minuteText(span.from)} to ${minuteText(span.to)}`}
                    style={{ left: percent(share(span.from)), width: percent(share(span.to) - share(span.from)) }}
                  >
                    <Show
                      when={(share(span.to) - share(span.from)) * width() > (word(span.state).length * 7.5 + 16) * rootZoom()}
                      fallback={<span class="vh">{span.state}</span>}
                    >
                      {word(span.state)}
                    </Show>
                    <span class="vh">
                      , {minuteText(span.from)} to {minuteText(span.to)}
                    </span>
                  </li>
                )}
              </For>
            </ol>
          </div>
        )}
      </For>
      <Show when={props.cursor !== undefined && props.cursor >= props.from && props.cursor <= props.to}>
        <div class="band-cursor" aria-hidden="true">
          <i style={{ left: percent(share(props.cursor ?? 0)) }} />
        </div>
      </Show>
    </div>
  );
}
