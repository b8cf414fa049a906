import { For, type JSX } from "solid-js";
import { Field, type FieldError } from "./Field.tsx";
import { Glyph } from "./Glyph.tsx";

export interface SelectProps<T extends string | number> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly disabled?: boolean }[];
  readonly onChange: (value: T) => void;
  readonly hint?: string;
  readonly error?: FieldError | string;
  readonly was?: string;
  readonly disabled?: boolean;
  readonly class?: string;
}

/** One of a list, by the browser's own list. */
export function Select<T extends string | number>(props: SelectProps<T>): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} was={props.was} class={props.class}>
      {(ids) => (
        <div class={`${ids.frame} select`}>
          <select
            id={ids.id}
            class="grow"
            value={String(props.value)}
            disabled={props.disabled}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid ? "true" : undefined}
            onChange={(event) => {
              const chosen = props.options[event.currentTarget.selectedIndex];
              if (chosen !== undefined) props.onChange(chosen.value);
            }}
          >
            <For each={props.options}>
              {(option) => (
                <option value={String(option.value)} disabled={option.disabled} selected={option.value === props.value}>
                  {option.label}
                </option>
              )}
            </For>
          </select>
          <Glyph name="down" size="s" />
        </div>
      )}
    </Field>
  );
}
