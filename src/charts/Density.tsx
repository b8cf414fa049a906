import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { rootZoom } from "../ui/media.ts";
import { countText } from "../ui/numbers.ts";
import { minuteText, secondText } from "../ui/time.ts";
import { cursorTime, pointAt } from "./cursor.ts";
import { type MarkerKind, MarkerShape } from "./marker-shapes.tsx";
import { besideTag, tagWidth, timeSplits, timeText } from "./time-axis.ts";

export interface DensityProps {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Counts per bucket, oldest first; buckets are equally wide. */
  readonly all: readonly number[];
  /** Of these, those that match. */
  readonly matching?: readonly number[];
  readonly picked?: number | undefined;
  /** What is counted, one and many; log lines by default. */
  readonly noun?: readonly [one: string, many: string];
  /** The service whose hue the matching ones have. */
  readonly hue?: "logs" | "events";
  /** What happened meanwhile: a shape over its moment; a bell (an alarm went off) unless it says what it is. */
  readonly markers?: readonly { readonly at: number; readonly text: string; readonly kind?: MarkerKind }[];
  readonly onPick?: (bucket: number, from: number, to: number) => void;
}

/** px of the compact density. */
const GUTTERS = { left: 48, right: 18, top: 6, bottom: 18 };
/** Room for the shapes of markers. */
const MARKED_TOP = 15;
const LINES = ["line", "lines"] as const;

/** How many there are over time, and how many of them match. Arrows choose a bucket, Enter picks it. */
export function Density(props: DensityProps): JSX.Element {
  const [size, setSize] = createSignal({ width: 0, height: 84 });
  const [at, setAt] = createSignal<number>();
  let host!: HTMLDivElement;
  onMount(() => {
    const observer = new ResizeObserver(() => setSize({ width: host.clientWidth, height: host.clientHeight }));
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  const left = (): number => GUTTERS.left * rootZoom();
  const right = (): number => GUTTERS.right * rootZoom();
  const top = (): number => ((props.markers?.length ?? 0) > 0 ? MARKED_TOP : GUTTERS.top) * rootZoom();
  const base = (): number => Math.max(top(), size().height - GUTTERS.bottom * rootZoom());
  const count = (): number => props.all.length;
  const bucketMs = (): number => (props.to - props.from) / Math.max(1, count());
  const most = createMemo(() => niceTop(Math.max(1, ...props.all)));
  const isEmpty = createMemo(() => props.all.every((value) => value === 0));
  const plot = (): { width: number; height: number } => ({
    width: Math.max(0, size().width - left() - right()),
    height: Math.max(0, base() - top()),
  });
  const bars = (values: readonly number[]): string => {
    const each = plot().width / Math.max(1, count());
    const gap = each > 4 ? 1 : 0;
    return values
      .map((value, bucket) => {
        if (value === 0) return "";
        const height = Math.max(1, (value / most()) * plot().height);
        return `M${(left() + bucket * each + gap / 2).toFixed(1)} ${base().toFixed(1)}v${(-height).toFixed(1)}h${(each - gap).toFixed(1)}v${height.toFixed(1)}z`;
      })
      .join("");
  };
  const x = (moment: number): number => left() + ((moment - props.from) / Math.max(1, props.to - props.from)) * plot().width;
  const bucketAt = (event: MouseEvent): number => {
    const part = (event.clientX - host.getBoundingClientRect().left - left()) / Math.max(1, plot().width);
    return Math.max(0, Math.min(count() - 1, Math.floor(part * count())));
  };
  const pick = (bucket: number): void => props.onPick?.(bucket, props.from + bucket * bucketMs(), props.from + (bucket + 1) * bucketMs());
  const sentence = (bucket: number): string => {
    const time = bucketMs() < 60_000 ? secondText : minuteText;
    const all = props.all[bucket] ?? 0;
    const matching = props.matching === undefined ? "" : `, ${countText(props.matching[bucket] ?? 0)} match`;
    const [from, to] = [props.from + bucket * bucketMs(), props.from + (bucket + 1) * bucketMs()];
    const marks = (props.markers ?? []).filter((one) => one.at >= from && one.at < to).map((one) => `, ${one.text}`);
    return `${time(from)}: ${countText(all)} ${(props.noun ?? LINES)[all === 1 ? 0 : 1]}${matching}${marks.join("")}`;
  };
  const tag = createMemo(() => {
    const now = cursorTime();
    if (now === undefined || now < props.from || now > props.to) return undefined;
    const text = bucketMs() < 60_000 ? secondText(now) : minuteText(now);
    const wide = tagWidth(text, rootZoom());
    return { at: x(now), text, wide, middle: Math.max(left() + wide / 2, Math.min(size().width - wide / 2, x(now))) };
  });
  const labels = createMemo(() =>
    timeSplits(props.from, props.to, plot().width / rootZoom()).filter(
      (moment) => x(moment) > left() + 14 * rootZoom() && x(moment) < size().width - right() - 12 * rootZoom(),
    ),
  );
  /** Whole numbers only: a count has no half. */
  const ticks = createMemo(() => (isEmpty() ? [0] : [0, most() / 2, most()].filter((value) => Number.isInteger(value))));
  const height = (value: number): number => base() - (value / most()) * plot().height;
  const markers = createMemo(() => (props.markers ?? []).filter((marker) => marker.at >= props.from && marker.at <= props.to));
  return (
    <div
      ref={host}
      class="density"
      role="slider"
      tabIndex={0}
      aria-label={props.label}
      aria-valuemin={0}
      aria-valuemax={Math.max(0, count() - 1)}
      aria-valuenow={at() ?? props.picked ?? 0}
      aria-valuetext={count() === 0 ? "empty" : sentence(at() ?? props.picked ?? 0)}
      onPointerMove={(event) => pointAt(props.from + (bucketAt(event) + 0.5) * bucketMs())}
      onPointerLeave={() => pointAt(undefined)}
      onClick={(event) => pick(bucketAt(event))}
      onKeyDown={(event) => {
        const by = event.shiftKey ? 5 : 1;
        const step = { ArrowRight: by, ArrowUp: by, ArrowLeft: -by, ArrowDown: -by, Home: -count(), End: count() }[event.key];
        if (step !== undefined) {
          const next = Math.max(0, Math.min(count() - 1, (at() ?? props.picked ?? 0) + step));
          setAt(next);
          pointAt(props.from + (next + 0.5) * bucketMs());
        } else if (event.key === "Enter") pick(at() ?? 0);
        else if (event.key === "Escape") {
          setAt(undefined);
          pointAt(undefined);
        } else return;
        event.preventDefault();
      }}
    >
      <Show when={size().width > 0}>
        <svg viewBox={`0 0 ${size().width} ${size().height}`} aria-hidden="true">
          <For each={ticks()}>
            {(value) => (
              <>
                <line class="gridl" x1={left()} x2={left() + plot().width} y1={height(value)} y2={height(value)} />
                <text x={left() - 6 * rootZoom()} y={height(value) + 3.5 * rootZoom()} text-anchor="end">
                  {countText(value)}
                </text>
              </>
            )}
          </For>
          <Show when={isEmpty()}>
            <text class="none" x={left() + plot().width / 2} y={(top() + base()) / 2 + 4 * rootZoom()} text-anchor="middle">
              no {(props.noun ?? LINES)[1]} in this time
            </text>
          </Show>
          <path class="all" d={bars(props.all)} />
          <path class={`matching ${props.hue === "events" ? "is-events" : ""}`} d={bars(props.matching ?? [])} />
          <For each={markers()}>
            {(marker) => (
              <MarkerShape
                kind={marker.kind ?? "alarm"}
                x={x(marker.at)}
                y={top() - 8 * rootZoom()}
                stem={[top() - 3 * rootZoom(), base()]}
              />
            )}
          </For>
          <For each={besideTag(labels(), x, tag(), rootZoom(), (moment) => timeText(moment, props.to - props.from))}>
            {(label) => (
              <text x={label.x} y={size().height - 4 * rootZoom()} text-anchor="middle">
                {label.text}
              </text>
            )}
          </For>
          <Show when={props.picked !== undefined}>
            <rect
              class="picked"
              x={left() + (props.picked ?? 0) * (plot().width / Math.max(1, count()))}
              y={top()}
              width={plot().width / Math.max(1, count())}
              height={plot().height}
            />
          </Show>
          <Show when={tag()}>
            {(at) => (
              <>
                <line class="cur" x1={at().at} x2={at().at} y1={top()} y2={base()} />
                <rect
                  class="curtag"
                  x={at().middle - at().wide / 2}
                  y={base() + 2 * rootZoom()}
                  width={at().wide}
                  height={15 * rootZoom()}
                  rx="2"
                />
                <text class="curt" x={at().middle} y={base() + 13 * rootZoom()} text-anchor="middle">
                  {at().text}
                </text>
              </>
            )}
          </Show>
        </svg>
      </Show>
    </div>
  );
}

/** The next of 1, 2, 4, 6, 8, 10 times a power of ten: its half is whole too from 2 on. */
export function niceTop(value: number): number {
  let power = 1;
  while (power * 10 < value) power *= 10;
  return ([1, 2, 4, 6, 8, 10].find((one) => one * power >= value) ?? 10) * power;
}
