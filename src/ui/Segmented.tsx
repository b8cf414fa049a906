import { For, type JSX } from "solid-js";
import { moveWithin } from "./roving.ts";

export interface SegmentedProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly title?: string }[];
  readonly onChange: (value: T) => void;
  readonly small?: boolean;
}

/** One of a few, all in sight: a radio group; arrows choose. */
export function Segmented<T extends string | number>(props: SegmentedProps<T>): JSX.Element {
  return (
    <div
      class={`seg ${props.small ? "sm" : ""}`}
      role="radiogroup"
      aria-label={props.label}
      onKeyDown={(event) => moveWithin(event, "[role=radio]", "click")}
    >
      <For each={props.options}>
        {(option) => (
          // biome-ignore lint/a11y/useSemanticElements: a segmented control; a native radio cannot be drawn as one
          <button
            type="button"
            role="radio"
            aria-checked={option.value === props.value}
            tabIndex={option.value === props.value ? 0 : -1}
            title={option.title}
            onClick={() => props.onChange(option.value)}
          >
            {option.label}
          </button>
        )}
      </For>
    </div>
  );
}
