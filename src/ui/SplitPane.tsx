import { createSignal, createUniqueId, type JSX } from "solid-js";
import { UI } from "./strings.ts";

export interface SplitPaneProps {
  /** Side by side, or one above the other. */
  readonly direction: "columns" | "rows";
  /** Share of the first pane, 0 to 1; double click on the handle comes back to it. */
  readonly initial: number;
  readonly min?: number;
  readonly label?: string;
  readonly first: JSX.Element;
  readonly second: JSX.Element;
  readonly class?: string;
}

/** Two panes with a handle: drag, arrows (Shift by more), Home and End, double click resets. */
export function SplitPane(props: SplitPaneProps): JSX.Element {
  const id = createUniqueId();
  const [share, setShare] = createSignal(Number(props.initial));
  let host!: HTMLDivElement;
  const least = (): number => props.min ?? 0.15;
  const put = (value: number): void => {
    setShare(Math.max(least(), Math.min(1 - least(), value)));
  };
  const isColumns = (): boolean => props.direction === "columns";
  const tracks = (): string => `minmax(0, ${share()}fr) auto minmax(0, ${1 - share()}fr)`;
  return (
    <div
      ref={host}
      class={`split ${props.class ?? ""}`}
      style={{ "grid-template-columns": isColumns() ? tracks() : undefined, "grid-template-rows": isColumns() ? undefined : tracks() }}
    >
      <div class="split-pane" id={`${id}-first`}>
        {props.first}
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a handle that moves is a focusable separator, hr is not */}
      <div
        class={`splitter ${isColumns() ? "v" : "h"}`}
        role="separator"
        tabIndex={0}
        aria-label={props.label ?? UI.resize}
        aria-orientation={isColumns() ? "vertical" : "horizontal"}
        aria-controls={`${id}-first`}
        aria-valuenow={Math.round(share() * 100)}
        aria-valuemin={Math.round(least() * 100)}
        aria-valuemax={Math.round((1 - least()) * 100)}
        onDblClick={() => put(props.initial)}
        onKeyDown={(event) => {
          const by = event.shiftKey ? 0.1 : 0.02;
          const step = { ArrowRight: by, ArrowDown: by, ArrowLeft: -by, ArrowUp: -by, Home: -1, End: 1 }[event.key];
          if (step === undefined) return;
          event.preventDefault();
          put(share() + step);
        }}
        onPointerDown={(event) => {
          event.preventDefault();
          const handle = event.currentTarget;
          handle.setPointerCapture(event.pointerId);
          const move = (at: PointerEvent): void => {
            const box = host.getBoundingClientRect();
            put(isColumns() ? (at.clientX - box.left) / box.width : (at.clientY - box.top) / box.height);
          };
          const end = (): void => handle.removeEventListener("pointermove", move);
          handle.addEventListener("pointermove", move);
          handle.addEventListener("lostpointercapture", end, { once: true });
        }}
      />
      <div class="split-pane">{props.second}</div>
    </div>
  );
}
