import { type JSX, Show } from "solid-js";

export type MarkerKind = "deploy" | "fault" | "alarm" | "traffic" | "command";

/** Drawn around 0,0 in a box of about 10. */
const SHAPES: Readonly<Record<MarkerKind, { readonly d: string; readonly css: string; readonly isOpen?: boolean }>> = {
  deploy: { d: "M0-4.5 4.5 0 0 4.5-4.5 0Z", css: "mk-deploy" },
  fault: { d: "M1-5-3.5.8H-.4L-1 5 3.5-1H.5Z", css: "mk-fault" },
  alarm: { d: "M0-5c-2.4 0-3.5 2-3.5 4 0 2.2-.9 3-1.3 3.9h9.6c-.4-.9-1.3-1.7-1.3-3.9 0-2-1.1-4-3.5-4ZM-1.5 4.5h3Z", css: "mk-alarm" },
  traffic: { d: "M-4.5 4 0-4 4.5 4Z", css: "mk-traffic" },
  command: { d: "M-2.5-4 2 0-2.5 4", css: "mk-cmd", isOpen: true },
};

/** Diamond deploy, bolt fault, bell alarm, triangle traffic, chevron command: with a dotted stem when `stem` is given. */
export function MarkerShape(props: {
  readonly kind: MarkerKind;
  readonly x: number;
  readonly y: number;
  readonly stem?: readonly [number, number];
}): JSX.Element {
  return (
    <g class={SHAPES[props.kind].css}>
      <Show when={props.stem}>{(stem) => <line class="mk-stem" x1={props.x} x2={props.x} y1={stem()[0]} y2={stem()[1]} />}</Show>
      <path
        class={SHAPES[props.kind].isOpen ? "mk-open" : "mk-filled"}
        d={SHAPES[props.kind].d}
        transform={`translate(${props.x} ${props.y})`}
      />
    </g>
  );
}
