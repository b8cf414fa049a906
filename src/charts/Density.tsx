import { createMemo, createSignal, For, type JSX, onCleanup, onMount, Show } from "solid-js";
import { countText } from "../ui/numbers.ts";
import { minuteText, secondText } from "../ui/time.ts";
import { cursorTime, pointAt } from "./cursor.ts";
import { timeSplits, timeText } from "./time-axis.ts";

export interface DensityProps {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Counts per bucket, oldest first; buckets are equally wide. */
  readonly all: readonly number[];
  /** Of these, those that match. */
  readonly matching?: readonly number[];
  readonly picked?: number | undefined;
  readonly onPick?: (bucket: number, from: number, to: number) => void;
}

const [LEFT, RIGHT, TOP, BOTTOM] = [48, 18, 6, 18];

/** How many lines there are over time, and how many of them match. Arrows choose a bucket, Enter picks it. */
export function Density(props: DensityProps): JSX.Element {
  const [size, setSize] = createSignal({ width: 0, height: 84 });
  const [at, setAt] = createSignal<number>();
  let host!: HTMLDivElement;
  onMount(() => {
    const observer = new ResizeObserver(() => setSize({ width: host.clientWidth, height: host.clientHeight }));
    observer.observe(host);
    onCleanup(() => observer.disconnect());
  });
  const count = (): number => props.all.length;
  const bucketMs = (): number => (props.to - props.from) / Math.max(1, count());
  const most = createMemo(() => niceTop(Math.max(1, ...props.all)));
  const plot = (): { width: number; height: number } => ({
    width: Math.max(0, size().width - LEFT - RIGHT),
    height: Math.max(0, size().height - TOP - BOTTOM),
  });
  const bars = (values: readonly number[]): string => {
    const each = plot().width / Math.max(1, count());
    const gap = each > 4 ? 1 : 0;
    return values
      .map((value, bucket) => {
        if (value === 0) return "";
        const height = Math.max(1, (value / most()) * plot().height);
        return `M${(LEFT + bucket * each + gap / 2).toFixed(1)} ${(TOP + plot().height).toFixed(1)}v${(-height).toFixed(1)}h${(each - gap).toFixed(1)}v${height.toFixed(1)}z`;
      })
      .join("");
  };
  const x = (moment: number): number => LEFT + ((moment - props.from) / Math.max(1, props.to - props.from)) * plot().width;
  const bucketAt = (event: MouseEvent): number => {
    const part = (event.clientX - host.getBoundingClientRect().left - LEFT) / Math.max(1, plot().width);
    return Math.max(0, Math.min(count() - 1, Math.floor(part * count())));
  };
  const pick = (bucket: number): void => props.onPick?.(bucket, props.from + bucket * bucketMs(), props.from + (bucket + 1) * bucketMs());
  const sentence = (bucket: number): string => {
    const time = bucketMs() < 60_000 ? secondText : minuteText;
    const matching = props.matching === undefined ? "" : `, ${countText(props.matching[bucket] ?? 0)} match`;
    return `${time(props.from + bucket * bucketMs())}: ${countText(props.all[bucket] ?? 0)} lines${matching}`;
  };
  const labels = createMemo(() =>
    timeSplits(props.from, props.to, plot().width).filter((moment) => x(moment) > LEFT + 14 && x(moment) < size().width - RIGHT - 12),
  );
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
          <For each={[0, 0.5, 1]}>
            {(part) => (
              <>
                <line
                  class="gridl"
                  x1={LEFT}
                  x2={LEFT + plot().width}
                  y1={TOP + plot().height * (1 - part)}
                  y2={TOP + plot().height * (1 - part)}
                />
                <text x={LEFT - 6} y={TOP + plot().height * (1 - part) + 3.5} text-anchor="end">
                  {countText(most() * part)}
                </text>
              </>
            )}
          </For>
          <path class="all" d={bars(props.all)} />
          <path class="matching" d={bars(props.matching ?? [])} />
          <For each={labels()}>
            {(moment) => (
              <text x={x(moment)} y={size().height - 4} text-anchor="middle">
                {timeText(moment, props.to - props.from)}
              </text>
            )}
          </For>
          <Show when={props.picked !== undefined}>
            <rect
              class="picked"
              x={LEFT + (props.picked ?? 0) * (plot().width / Math.max(1, count()))}
              y={TOP}
              width={plot().width / Math.max(1, count())}
              height={plot().height}
            />
          </Show>
          <Show when={cursorTime() !== undefined && (cursorTime() ?? 0) >= props.from && (cursorTime() ?? 0) <= props.to}>
            <line class="cur" x1={x(cursorTime() ?? 0)} x2={x(cursorTime() ?? 0)} y1={TOP} y2={TOP + plot().height} />
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
