import { createMemo, type JSX, Show } from "solid-js";

/** A line without axes: one path. `label` says in words what it shows. */
export function Sparkline(props: {
  readonly values: readonly (number | null)[];
  readonly label: string;
  /** 1 to 10. */
  readonly colour?: number;
  readonly area?: boolean;
  /** Least top of the scale. */
  readonly top?: number;
}): JSX.Element {
  const path = createMemo(() => sparkPath(props.values, props.top));
  const stroke = (): string => `var(--series-${props.colour ?? 1})`;
  return (
    <svg class="spark" viewBox="0 0 100 28" preserveAspectRatio="none" role="img" aria-label={props.label}>
      <Show when={props.area}>
        <path class="spark-area" d={path().area} style={{ fill: stroke() }} />
      </Show>
      <path d={path().line} style={{ stroke: stroke() }} />
    </svg>
  );
}

/** SVG paths in a box of 100 by 28; a null breaks the line. */
export function sparkPath(values: readonly (number | null)[], top?: number): { readonly line: string; readonly area: string } {
  const known = values.filter((value): value is number => value !== null);
  const high = Math.max(top ?? 0, ...known, 0);
  const low = Math.min(0, ...known);
  const x = (at: number): string => ((at / Math.max(1, values.length - 1)) * 100).toFixed(2);
  const y = (value: number): string => (high === low ? 27 : 27 - ((value - low) / (high - low)) * 26).toFixed(2);
  let line = "";
  let area = "";
  let start: number | undefined;
  values.forEach((value, at) => {
    if (value === null) {
      if (start !== undefined) area += `L${x(at - 1)} 28L${x(start)} 28Z`;
      start = undefined;
      return;
    }
    line += `${start === undefined ? "M" : "L"}${x(at)} ${y(value)}`;
    area += `${start === undefined ? "M" : "L"}${x(at)} ${y(value)}`;
    start ??= at;
    if (at === values.length - 1 && start !== undefined) area += `L${x(at)} 28L${x(start)} 28Z`;
  });
  return { line, area };
}
