import { type JSX, Show } from "solid-js";
import { Field, type FieldError } from "./Field.tsx";
import { Glyph, type GlyphName } from "./Glyph.tsx";

export interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly onEnter?: () => void;
  readonly hint?: string;
  readonly error?: FieldError | string;
  readonly was?: string;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly glyph?: GlyphName;
  readonly unit?: string;
  readonly type?: "text" | "email" | "search";
  readonly disabled?: boolean;
  readonly class?: string;
}

export function TextField(props: TextFieldProps): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} was={props.was} class={props.class}>
      {(ids) => (
        <div class={ids.frame}>
          <Show when={props.glyph}>{(name) => <Glyph name={name()} size="s" />}</Show>
          <input
            id={ids.id}
            class={`grow ${props.mono ? "mono" : ""}`}
            type={props.type ?? "text"}
            value={props.value}
            placeholder={props.placeholder}
            disabled={props.disabled}
            aria-describedby={ids.describedBy}
            aria-invalid={ids.invalid ? "true" : undefined}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => props.onInput(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && !event.isComposing) props.onEnter?.();
            }}
          />
          <Show when={props.unit}>{(unit) => <span class="unit">{unit()}</span>}</Show>
        </div>
      )}
    </Field>
  );
}

export interface TextAreaProps extends Omit<TextFieldProps, "type" | "unit" | "glyph" | "onEnter"> {
  readonly rows?: number;
}

export function TextArea(props: TextAreaProps): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} was={props.was} class={props.class}>
      {(ids) => (
        <textarea
          id={ids.id}
          class={`${ids.frame} textarea ${props.mono ? "mono" : ""}`}
          rows={props.rows ?? 4}
          value={props.value}
          placeholder={props.placeholder}
          disabled={props.disabled}
          aria-describedby={ids.describedBy}
          aria-invalid={ids.invalid ? "true" : undefined}
          spellcheck={false}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  );
}
