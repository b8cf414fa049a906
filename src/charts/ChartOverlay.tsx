import { createMemo, For, type JSX, Show } from "solid-js";
import { valueText } from "../ui/numbers.ts";
import { MarkerShape } from "./marker-shapes.tsx";
import type { Plot } from "./plot.ts";
import { SeriesMark } from "./SeriesMark.tsx";
import type { ChartMarker } from "./series.ts";
import { type ChartBand, type ChartSeries, type ChartThreshold, colourOf, nearest, valueAt } from "./series.ts";
import { besideTag, tagWidth, timeSplits, timeText } from "./time-axis.ts";

export interface ChartOverlayProps {
  readonly plot: Plot;
  readonly width: number;
  readonly height: number;
  readonly gutters: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly zoom: number;
  readonly from: number;
  readonly to: number;
  readonly series: readonly ChartSeries[];
  /** All series, for the places that give colour and dash. */
  readonly places: readonly ChartSeries[];
  readonly chosen: number;
  readonly threshold: ChartThreshold | undefined;
  readonly bands: readonly ChartBand[];
  readonly markers: readonly ChartMarker[];
  readonly cursor: number | undefined;
  readonly isTipShown: boolean;
  readonly time: (moment: number) => string;
}

/** Bands, threshold, missing periods, markers, the shared cursor and its note: elements over the canvas, so a move draws no line anew. */
export function ChartOverlay(props: ChartOverlayProps): JSX.Element {
  const textWidth = (text: string): number => (text.length * 5.9 + 12) * props.zoom;
  const left = (): number => props.gutters.left * props.zoom;
  const right = (): number => props.width - props.gutters.right * props.zoom;
  const top = (): number => props.gutters.top * props.zoom;
  const base = (): number => props.height - props.gutters.bottom * props.zoom;
  const x = (moment: number): number => Math.max(left(), Math.min(right(), props.plot.x(moment)));
  const isIn = (moment: number): boolean => moment >= props.from && moment <= props.to;
  const cursor = (): number | undefined => (props.cursor !== undefined && isIn(props.cursor) ? props.cursor : undefined);
  const missing = createMemo(() => [...new Set(props.series.flatMap((series) => series.missing ?? []))].filter(isIn));
  /** A marker's words stand right of it, else left, else nowhere: words never cross words or another marker. */
  const labelled = createMemo(() => {
    const markers = props.markers.filter((marker) => isIn(marker.at)).sort((a, b) => a.at - b.at);
    let taken = left();
    return markers.map((marker, at) => {
      const here = x(marker.at);
      const next = at + 1 < markers.length ? x((markers[at + 1] as ChartMarker).at) - 8 : props.width;
      const wide = textWidth(marker.text);
      const label = here + wide <= next ? ("start" as const) : here - wide >= taken ? ("end" as const) : undefined;
      taken = label === "start" ? here + wide : here + 8;
      return { marker, label };
    });
  });
  const snapped = (series: ChartSeries, moment: number): number | undefined => {
    const at = nearest(series.times, moment);
    const found = at < 0 ? undefined : (series.times[at] as number);
    if (found === undefined) return undefined;
    return Math.abs(found - moment) <= (series.stepMs ?? 60_000) / 2 ? found : undefined;
  };
  const rows = createMemo(() => {
    const now = cursor();
    if (now === undefined) return [];
    return props.series.map((series, at) => {
      const found = snapped(series, now);
      const value = found === undefined ? undefined : valueAt(series, found);
      const place = props.places.indexOf(series);
      return { series, at, found, value, place, isBreach: value !== undefined && (series.isBreaching?.(value) ?? false) };
    });
  });
  const tag = createMemo(() => {
    const now = cursor();
    if (now === undefined) return undefined;
    const text = props.time(now);
    const wide = tagWidth(text, props.zoom);
    return { text, wide, middle: Math.max(wide / 2, Math.min(props.width - wide / 2, x(now))) };
  });
  const moments = createMemo(() => timeSplits(props.from, props.to, (right() - left()) / props.zoom));
  const labels = () => besideTag(moments(), x, tag(), props.zoom, (moment) => timeText(moment, props.to - props.from));
  const chosen = () => rows()[Math.min(props.chosen, rows().length - 1)];
  const tipX = (): number => {
    const at = x(cursor() ?? 0);
    return at > props.width / 2 ? at - 10 : at + 10;
  };
  return (
    <>
      <svg class="tchart-over" viewBox={`0 0 ${props.width} ${props.height}`} aria-hidden="true">
        <For each={props.bands.filter((band) => band.to > props.from && band.from < props.to)}>
          {(band) => (
            <>
              <rect
                class="band-fill"
                x={x(band.from)}
                y={top()}
                width={Math.max(0, x(band.to) - x(band.from))}
                height={Math.max(0, base() - top())}
              />
              <Show when={band.label !== undefined && x(band.to) - x(band.from) > textWidth(band.label)}>
                <text class="band-text" x={x(band.from) + 5} y={top() + 14 * props.zoom}>
                  {band.label}
                </text>
              </Show>
            </>
          )}
        </For>
        <Show when={props.threshold}>
          {(threshold) => (
            <>
              <line class="thr" x1={left()} x2={right()} y1={props.plot.y(threshold().value)} y2={props.plot.y(threshold().value)} />
              <text class="thr-label" x={left() + 6} y={props.plot.y(threshold().value) - 5}>
                {threshold().label}
              </text>
            </>
          )}
        </Show>
        <For each={missing()}>{(moment) => <rect class="gap" x={x(moment) - 2.5} y={base() + 3} width="5" height="5" />}</For>
        <For each={labelled()}>
          {({ marker, label }) => (
            <>
              <MarkerShape kind={marker.kind} x={x(marker.at)} y={top() - 4} stem={[top() + 2, base()]} />
              <Show when={label}>
                {(side) => (
                  <text x={x(marker.at) + (side() === "end" ? -8 : 8)} y={top()} text-anchor={side()}>
                    {marker.text}
                  </text>
                )}
              </Show>
            </>
          )}
        </For>
        <For each={labels()}>
          {(label) => (
            <text class="axis-label" x={label.x} y={base() + 21 * props.zoom} text-anchor="middle">
              {label.text}
            </text>
          )}
        </For>
        <Show when={cursor()}>
          {(at) => (
            <>
              <line class="cur" x1={x(at())} x2={x(at())} y1={top()} y2={base()} />
              <Show when={chosen()?.value !== undefined ? chosen() : undefined}>
                {(row) => <circle class="halo" cx={x(row().found ?? 0)} cy={props.plot.y(row().value ?? 0, row().series.axis)} r="7" />}
              </Show>
              <Show when={tag()}>
                {(its) => (
                  <>
                    <rect
                      class="curtag"
                      x={its().middle - its().wide / 2}
                      y={base() + 10 * props.zoom}
                      width={its().wide}
                      height={15 * props.zoom}
                      rx="2"
                    />
                    <text class="curt" x={its().middle} y={base() + 21 * props.zoom} text-anchor="middle">
                      {its().text}
                    </text>
                  </>
                )}
              </Show>
            </>
          )}
        </Show>
      </svg>
      <Show when={props.isTipShown && rows().length > 0 && cursor() !== undefined}>
        <div
          class="tchart-tip"
          style={{ transform: `translate(${tipX()}px, ${top() + 6}px) translateX(${tipX() < x(cursor() ?? 0) ? "-100%" : "0"})` }}
        >
          <div class="muted">{props.time(cursor() ?? 0)}</div>
          <For each={rows().slice(0, 12)}>
            {(row) => (
              <div class={`tip-row ${row.at === chosen()?.at && rows().length > 1 ? "is-on" : ""}`}>
                <SeriesMark colour={colourOf(row.series, row.place)} place={row.place} />
                <span>{row.series.label}</span>
                <b class={row.isBreach ? "is-breach" : ""}>
                  {row.value === undefined
                    ? "missing"
                    : `${valueText(row.value)}${row.series.unit === undefined ? "" : ` ${row.series.unit}`}`}
                  {row.isBreach ? ", breaching" : ""}
                </b>
              </div>
            )}
          </For>
        </div>
      </Show>
    </>
  );
}
