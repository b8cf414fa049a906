import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { cursorTime, isCursorPinned, pinAt, pointAt, unpin } from "../charts/cursor.ts";
import { MarkerShape } from "../charts/marker-shapes.tsx";
import { besideTag } from "../charts/time-axis.ts";
import { useClock } from "../client/context.ts";
import { type ClockMarker, useMarkers } from "../client/markers.ts";
import { rootZoom } from "../ui/media.ts";
import { minuteText, secondText, shortDayText, stampText } from "../ui/time.ts";
import { labelsAreDays, rulerSpan, rulerTicks } from "./ruler-scale.ts";
import { APP } from "./strings.ts";
import { useTimeRange } from "./time-range.ts";

const MINUTE = 60_000;

/** Account time from an hour ago to a little ahead: what has not happened yet is hatched, what happened is marked. */
export function Ruler(): JSX.Element {
  const clock = useClock();
  const range = useTimeRange();
  const [width, setWidth] = createSignal(0);
  const zoom = createMemo(rootZoom);
  const height = (): number => 58 * zoom();
  let host!: HTMLDivElement;
  onMount(() => {
    const observer = new ResizeObserver(() => setWidth(host.clientWidth));
    // It tells the first size too, with the frame's own layout: reading it here would make the page lay out once more.
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  const span = createMemo(() => rulerSpan(clock(), range().from, range().to));
  const markers = useMarkers(() => ({ from: Math.floor(span().from / MINUTE) * MINUTE, to: span().to }));
  const x = (at: number): number => Number((((at - span().from) / (span().to - span().from)) * width()).toFixed(1));
  const ticks = createMemo(() => (clock() === 0 || width() === 0 ? [] : rulerTicks(span(), width(), zoom())));
  const nowX = (): number => x(clock());
  const cursor = (): number | undefined => {
    const at = cursorTime();
    return at !== undefined && at >= span().from && at <= span().to ? at : undefined;
  };
  const momentAt = (event: PointerEvent | MouseEvent): number => {
    const share = (event.clientX - host.getBoundingClientRect().left) / Math.max(1, width());
    const at = span().from + share * (span().to - span().from);
    return Math.min(clock(), Math.round(at / MINUTE) * MINUTE);
  };
  /** Where the cursor's tag stands, in px; undefined without a cursor. */
  const tag = (): { readonly middle: number; readonly wide: number } | undefined => {
    const [at, wide] = [cursor(), 38 * zoom()];
    return at === undefined ? undefined : { middle: Math.max(wide / 2, Math.min(width() - wide / 2, x(at))), wide };
  };
  /** Labels that neither the ends nor the present nor the cursor's tag would cut: half a label says nothing. */
  const labels = createMemo(() => {
    const isDays = labelsAreDays(span(), width(), zoom());
    const free = ticks().filter(
      (tick) => tick.isLabelled && tick.x > 22 * zoom() && tick.x < width() - 22 * zoom() && Math.abs(tick.x - nowX()) > 18 * zoom(),
    );
    return besideTag(
      free.map((tick) => tick.at),
      x,
      tag(),
      zoom(),
      isDays ? shortDayText : minuteText,
    );
  });
  const onKeyDown = (event: KeyboardEvent): void => {
    const by = (event.shiftKey ? 5 : 1) * MINUTE;
    const step = { ArrowRight: by, ArrowUp: by, ArrowLeft: -by, ArrowDown: -by, PageUp: 10 * MINUTE, PageDown: -10 * MINUTE }[event.key];
    if (event.key === "Escape") unpin();
    else if (event.key === "Home") pinAt(Math.ceil(span().from / MINUTE) * MINUTE);
    else if (event.key === "End") pinAt(Math.floor(clock() / MINUTE) * MINUTE);
    else if (step !== undefined)
      pinAt(Math.max(span().from, Math.min(clock(), Math.floor((cursorTime() ?? clock()) / MINUTE) * MINUTE + step)));
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={host}
      class="ruler"
      role="slider"
      tabIndex={0}
      aria-label={APP.ruler}
      aria-valuemin={Math.floor(span().from / MINUTE)}
      aria-valuemax={Math.floor(clock() / MINUTE)}
      aria-valuenow={Math.floor((cursorTime() ?? clock()) / MINUTE)}
      aria-valuetext={
        cursorTime() === undefined
          ? `${stampText(clock())}, now`
          : `${stampText(cursorTime() ?? 0)}, ${isCursorPinned() ? "pinned" : "cursor"}`
      }
      onKeyDown={onKeyDown}
      onPointerMove={(event) => pointAt(momentAt(event))}
      onPointerLeave={() => pointAt(undefined)}
      onClick={(event) => {
        const at = momentAt(event);
        if (isCursorPinned() && cursorTime() === at) unpin();
        else pinAt(at);
      }}
    >
      <Show when={width() > 0 && clock() > 0}>
        <svg viewBox={`0 0 ${width()} ${height()}`} aria-hidden="true">
          <rect class="ruler-ahead" x={nowX()} y="0" width={Math.max(0, width() - nowX())} height={height()} fill="url(#hatch)" />
          <rect
            class="ruler-range"
            x={x(range().from)}
            y="0"
            width={Math.max(0, x(Math.min(range().to, clock())) - x(range().from))}
            height="3"
          />
          <path class="ruler-range-ends" d={`M${x(range().from) + 0.5} 0v9M${x(Math.min(range().to, clock())) - 0.5} 0v9`} />
          <For each={ticks()}>
            {(tick) => (
              <line
                class={tick.isLabelled ? "tick-long" : "tick"}
                x1={tick.x}
                x2={tick.x}
                y1={height()}
                y2={height() - (tick.isLabelled ? 13 : 5) * zoom()}
              />
            )}
          </For>
          <For each={labels()}>
            {(label) => (
              <text class="ruler-label" x={label.x} y={41 * zoom()} text-anchor="middle">
                {label.text}
              </text>
            )}
          </For>
          <For each={apart(markers.data() ?? [], x)}>
            {(marker) => (
              <g>
                <title>{`${secondText(marker.at)} ${marker.text}`}</title>
                <MarkerShape kind={marker.kind} x={x(marker.at)} y={17 * zoom()} stem={[24 * zoom(), 50 * zoom()]} />
              </g>
            )}
          </For>
          <Show when={cursor()}>
            {(at) => (
              <g>
                <line class="cur" x1={x(at())} x2={x(at())} y1="0" y2={height()} />
                <rect
                  class="curtag"
                  x={(tag()?.middle ?? 0) - 19 * zoom()}
                  y={30 * zoom()}
                  width={38 * zoom()}
                  height={15 * zoom()}
                  rx="2"
                />
                <text class="curt" x={tag()?.middle ?? 0} y={41 * zoom()} text-anchor="middle">
                  {minuteText(at())}
                </text>
              </g>
            )}
          </Show>
          <line class="ruler-now" x1={nowX()} x2={nowX()} y1="0" y2={height()} />
          <path class="ruler-now-tip" d={`M${nowX() - 5.5} 0h11v6l-5.5 5-5.5-5z`} />
        </svg>
      </Show>
    </div>
  );
}

/** Markers nearer than this stand for each other: a flapping alarm must not paint the ruler red. */
const APART = 7;

/** Of markers of one kind that would overlap, the newest. */
function apart(all: readonly ClockMarker[], x: (moment: number) => number): readonly ClockMarker[] {
  const kept: ClockMarker[] = [];
  const last = new Map<ClockMarker["kind"], number>();
  for (const marker of [...all].reverse()) {
    const before = last.get(marker.kind);
    if (before !== undefined && before - x(marker.at) < APART) continue;
    last.set(marker.kind, x(marker.at));
    kept.push(marker);
  }
  return kept;
}
