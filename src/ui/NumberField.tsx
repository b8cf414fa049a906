import { createEffect, createSignal, type JSX, Show, untrack } from "solid-js";
import { Field, type FieldError } from "./Field.tsx";
import { Glyph } from "./Glyph.tsx";
import { UI } from "./strings.ts";

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number | undefined;
  /** Undefined while the text is no number. */
  readonly onChange: (value: number | undefined) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  readonly unit?: string;
  readonly hint?: string;
  readonly error?: FieldError | string;
  readonly was?: string;
  readonly steppers?: boolean;
  readonly disabled?: boolean;
  readonly class?: string;
}

/** A number as text (so that nothing typed is lost), arrows and buttons step it. */
export function NumberField(props: NumberFieldProps): JSX.Element {
  const [text, setText] = createSignal("");
  createEffect(() => {
    const value = props.value;
    if (value !== undefined && Number(untrack(text) || Number.NaN) !== value) setText(String(value));
  });
  const clamp = (value: number): number =>
    Math.min(props.max ?? Number.POSITIVE_INFINITY, Math.max(props.min ?? Number.NEGATIVE_INFINITY, value));
  const step = (direction: number): void => {
    const size = props.step ?? 1;
    const next = clamp(Number(((props.value ?? props.min ?? 0) + direction * size).toPrecision(12)));
    setText(String(next));
    props.onChange(next);
  };
  return (
    <Field label={props.label} hint={props.hint} error={props.error} was={props.was} class={props.class}>
      {(ids) => (
        <div class={ids.frame}>
          <input
            id={ids.id}
            class="grow"
            type="text"
            inputmode="decimal"
            role="spinbutton"
            autocomplete="off"
            value={text()}
            disabled={props.disabled}
            aria-valuenow={props.value}
            aria-valuemin={props.min}
            aria-valuemax={props.max}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid ? "true" : undefined}
            onInput={(event) => {
              const typed = event.currentTarget.value;
              setText(typed);
              const value = Number(typed.trim());
              props.onChange(typed.trim() === "" || !Number.isFinite(value) ? undefined : value);
            }}
            onKeyDown={(event) => {
              if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
              event.preventDefault();
              step(event.key === "ArrowUp" ? 1 : -1);
            }}
          />
          <Show when={props.unit}>{(unit) => <span class="unit">{unit()}</span>}</Show>
          <Show when={props.steppers}>
            <span class="steps">
              <button type="button" tabIndex={-1} aria-label={UI.less(props.label)} onClick={() => step(-1)}>
                <Glyph name="minus" size="s" />
              </button>
              <button type="button" tabIndex={-1} aria-label={UI.more(props.label)} onClick={() => step(1)}>
                <Glyph name="plus" size="s" />
              </button>
            </span>
          </Show>
        </div>
      )}
    </Field>
  );
}
