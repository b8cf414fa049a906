/**
 * One graph over account time. A single stop for the keyboard: arrows move the cursor (Shift by five), Up and Down change
 * the series, Enter pins, Esc leaves. What it shows is also a sentence and a table.
 */
import { createEffect, createMemo, createSignal, createUniqueId, Index, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import { Button } from "../ui/Button.tsx";
import { rootZoom } from "../ui/media.ts";
import { valueText } from "../ui/numbers.ts";
import { minuteText, secondText, shortDayText } from "../ui/time.ts";
import { ChartOverlay } from "./ChartOverlay.tsx";
import { ChartTable } from "./ChartTable.tsx";
import { useLookVersion } from "./colours.ts";
import { cursorTime, isCursorPinned, pinAt, pointAt, unpin } from "./cursor.ts";
import type { Plot } from "./plot.ts";
import { SeriesMark } from "./SeriesMark.tsx";
import {
  type ChartBand,
  type ChartMarker,
  type ChartSeries,
  type ChartThreshold,
  colourOf,
  nearest,
  summaryOf,
  valueAt,
} from "./series.ts";

export interface TimeChartProps {
  /** Its name. */
  readonly title: string;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly series: readonly ChartSeries[];
  readonly threshold?: ChartThreshold | undefined;
  readonly bands?: readonly ChartBand[];
  readonly markers?: readonly ChartMarker[];
  /** CSS px; without it the chart fills its parent. */
  readonly height?: number;
  readonly legend?: boolean;
  /** Show the table instead; without it the chart has a button of its own. */
  readonly table?: boolean;
  readonly onPick?: (moment: number) => void;
}

const GUTTERS = { left: 48, right: 18, top: 16, bottom: 34 };

export function TimeChart(props: TimeChartProps): JSX.Element {
  const id = createUniqueId();
  const look = useLookVersion();
  const [plot, setPlot] = createSignal<Plot>();
  const [size, setSize] = createSignal({ width: 0, height: 0 });
  const [hidden, setHidden] = createSignal<ReadonlySet<string>>(new Set());
  const [ownTable, setOwnTable] = createSignal(false);
  const [chosen, setChosen] = createSignal(0);
  const [isInside, setInside] = createSignal(false);
  const [spoken, setSpoken] = createSignal("");
  let host: HTMLDivElement | undefined;
  let canvas: HTMLDivElement | undefined;
  let draw: typeof import("./plot.ts") | undefined;
  // A literal in JSX is a new list at each look; one list per change keeps identities.
  const series = createMemo(() => props.series);
  const isTable = (): boolean => props.table ?? ownTable();
  const shown = createMemo(() => series().filter((one) => !hidden().has(one.id)));
  const times = createMemo(() => {
    const all = new Set<number>();
    for (const series of shown()) {
      for (const time of series.times) all.add(time);
      for (const time of series.missing ?? []) all.add(time);
    }
    return [...all].filter((time) => time >= props.from && time <= props.to).sort((a, b) => a - b);
  });
  const time = (moment: number): string => {
    const isFine = series().some((one) => (one.stepMs ?? 60_000) < 60_000);
    const clock = isFine ? secondText(moment) : minuteText(moment);
    return props.to - props.from > 86_400_000 ? `${shortDayText(moment)} ${clock}` : clock;
  };
  const summary = createMemo(() => summaryOf(props.title, series(), `${time(props.from)} to ${time(props.to)}`, valueText));

  let current: Plot | undefined;
  const drop = (): void => {
    current?.dispose();
    current = undefined;
  };
  const redraw = (): void => {
    if (draw === undefined || canvas === undefined || !canvas.isConnected || size().width < 40 || size().height < 40) return;
    drop();
    const zoom = rootZoom();
    const made = draw.createPlot(canvas, {
      from: props.from,
      to: props.to,
      series: series(),
      hidden: hidden(),
      alsoShow: props.threshold === undefined ? [] : [props.threshold.value],
      gutters: { left: GUTTERS.left * zoom, right: GUTTERS.right * zoom, top: GUTTERS.top * zoom, bottom: GUTTERS.bottom * zoom },
      width: size().width,
      height: size().height,
      zoom,
    });
    current = made;
    // uPlot knows its scales only after its own microtask.
    queueMicrotask(() => {
      if (current === made) setPlot(made);
    });
  };
  createEffect(on([series, () => props.from, () => props.to, () => props.threshold, hidden, size, look], redraw, { defer: true }));
  const observer = new ResizeObserver(([entry]) => {
    if (entry === undefined) return;
    const { width, height } = entry.contentRect;
    const now = size();
    if (Math.round(width) !== now.width || Math.round(height) !== now.height)
      setSize({ width: Math.round(width), height: Math.round(height) });
  });
  onMount(() => {
    void import("./plot.ts").then((module) => {
      draw = module;
      redraw();
    });
  });
  onCleanup(() => {
    observer.disconnect();
    drop();
  });
  createEffect(() => {
    if (!isTable()) return;
    observer.disconnect();
    drop();
    setPlot(undefined);
  });

  const sentence = (moment: number): string => {
    const one = shown()[chosen()] ?? shown()[0];
    if (one === undefined) return time(moment);
    const value = valueAt(one, moment);
    const verdict =
      value !== undefined && one.isBreaching !== undefined ? (one.isBreaching(value) ? ", breaching" : ", not breaching") : "";
    return `${time(moment)}, ${one.label}: ${value === undefined ? "no datapoint" : `${valueText(value)}${one.unit === undefined ? "" : ` ${one.unit}`}`}${verdict}${isCursorPinned() ? ", pinned" : ""}`;
  };
  const point = (moment: number): void => {
    if (isCursorPinned()) {
      pinAt(moment);
      props.onPick?.(moment);
    } else pointAt(moment);
    setSpoken(sentence(moment));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const all = times();
    const by = { ArrowRight: 1, ArrowLeft: -1, Home: -all.length, End: all.length }[event.key];
    if (by !== undefined && all.length > 0) {
      const now = cursorTime();
      const step = by * (event.shiftKey ? 5 : 1);
      const next = now === undefined ? (step > 0 ? 0 : all.length - 1) : nearest(all, now) + step;
      point(all[Math.max(0, Math.min(all.length - 1, next))] as number);
    } else if ((event.key === "ArrowUp" || event.key === "ArrowDown") && shown().length > 0) {
      setChosen((now) => (now + (event.key === "ArrowDown" ? 1 : -1) + shown().length) % shown().length);
      const now = cursorTime();
      setSpoken(now === undefined ? (shown()[chosen()]?.label ?? "") : sentence(now));
    } else if (event.key === "Enter") {
      const now = cursorTime();
      if (now === undefined) return;
      if (isCursorPinned()) unpin();
      else pinAt(now);
      setSpoken(sentence(now));
      props.onPick?.(now);
    } else if (event.key === "Escape") {
      unpin();
      setSpoken("");
      (event.currentTarget as HTMLElement).blur();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointer = (event: PointerEvent | MouseEvent): number | undefined => {
    const here = plot();
    if (here === undefined || host === undefined) return undefined;
    const moment = here.moment(event.clientX - host.getBoundingClientRect().left);
    const at = nearest(times(), moment);
    return at < 0 ? Math.max(props.from, Math.min(props.to, Math.round(moment / 60_000) * 60_000)) : times()[at];
  };
  const toggle = (id: string): void => {
    setHidden((now) => {
      const next = new Set(now);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  };

  return (
    <figure class="tchart" aria-label={props.title} style={{ height: props.height === undefined ? "100%" : `${props.height}px` }}>
      <p class="vh" id={`${id}-summary`}>
        {summary()}
      </p>
      <p class="vh" aria-live="polite">
        {spoken()}
      </p>
      <Show when={props.table === undefined}>
        <span class="tchart-tools">
          <Button
            look="ghost"
            small
            glyph={isTable() ? "metrics" : "table"}
            label={isTable() ? "Show the graph" : "Show as a table"}
            onClick={() => setOwnTable(!ownTable())}
          />
        </span>
      </Show>
      <Show when={!isTable()} fallback={<ChartTable title={props.title} series={shown()} from={props.from} to={props.to} time={time} />}>
        <div
          ref={(element) => {
            host = element;
            observer.observe(element);
          }}
          class="tchart-plot"
          role="application"
          aria-roledescription="graph"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a graph with keys of its own
          tabIndex={0}
          aria-label={`${props.title}, graph`}
          aria-describedby={`${id}-summary`}
          onKeyDown={onKeyDown}
          onBlur={() => pointAt(undefined)}
          onPointerMove={(event) => {
            setInside(true);
            const moment = onPointer(event);
            if (moment !== undefined) pointAt(moment);
          }}
          onPointerLeave={() => {
            setInside(false);
            pointAt(undefined);
          }}
          onClick={(event) => {
            const moment = onPointer(event);
            if (moment === undefined) return;
            if (isCursorPinned() && cursorTime() === moment) unpin();
            else pinAt(moment);
            props.onPick?.(moment);
          }}
        >
          <div class="tchart-canvas" ref={(element) => (canvas = element)} aria-hidden="true" />
          <Show when={plot()} keyed>
            {(here) => (
              <ChartOverlay
                plot={here}
                width={size().width}
                height={size().height}
                gutters={{ ...GUTTERS }}
                zoom={rootZoom()}
                from={props.from}
                to={props.to}
                series={shown()}
                places={series()}
                chosen={chosen()}
                threshold={props.threshold}
                bands={props.bands ?? []}
                markers={props.markers ?? []}
                cursor={cursorTime()}
                isTipShown={isInside() || document.activeElement === host}
                time={time}
              />
            )}
          </Show>
        </div>
      </Show>
      <Show when={props.legend ?? series().length > 1}>
        <div class="legend">
          {/* By place: a button keeps the focus while its series is read anew. */}
          <Index each={series()}>
            {(one, place) => (
              <button type="button" aria-pressed={!hidden().has(one().id)} onClick={() => toggle(one().id)}>
                <SeriesMark colour={colourOf(one(), place)} place={place} />
                {one().label}
              </button>
            )}
          </Index>
        </div>
      </Show>
    </figure>
  );
}
