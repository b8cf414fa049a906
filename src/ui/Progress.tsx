import { type JSX, Show } from "solid-js";
import { Button } from "./Button.tsx";
import { countText } from "./numbers.ts";
import { UI } from "./strings.ts";

/** How much of a long task is done, and the way to stop it. */
export function Progress(props: {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  readonly unit?: string;
  readonly onCancel?: () => void;
}): JSX.Element {
  const share = (): number => (props.total <= 0 ? 0 : Math.max(0, Math.min(1, props.done / props.total)));
  return (
    <div class="progress row g3">
      <span class="nowrap">{props.what}</span>
      <div
        class="meter grow"
        role="progressbar"
        aria-label={props.what}
        aria-valuenow={Math.round(share() * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
      >
        <i style={{ width: `${(share() * 100).toFixed(1)}%` }} />
      </div>
      <span class="small t2 nowrap">
        {countText(props.done)} of {countText(props.total)} {props.unit ?? ""}
      </span>
      <Show when={props.onCancel}>
        <Button small onClick={() => props.onCancel?.()}>
          {UI.cancel}
        </Button>
      </Show>
    </div>
  );
}
