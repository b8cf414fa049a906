import { createUniqueId, type JSX, Show } from "solid-js";
import { Glyph } from "./Glyph.tsx";
import { UI } from "./strings.ts";

export interface FieldError {
  /** The rule that is broken. */
  readonly rule: string;
  /** One way on, and what does it. */
  readonly fix?: { readonly label: string; readonly run: () => void };
}

export interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly error?: FieldError | string;
  /** The value before it was changed here. */
  readonly was?: string;
  readonly class?: string;
  readonly children: (ids: {
    readonly id: string;
    readonly describedBy: string;
    readonly invalid: boolean;
    readonly frame: string;
  }) => JSX.Element;
}

/** Label, control, old value, error with rule and fix. The control takes `id`, `describedBy` and the class `frame`. */
export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId();
  const error = (): FieldError | undefined => (typeof props.error === "string" ? { rule: props.error } : props.error);
  return (
    <div class={`field ${props.class ?? ""}`}>
      <label for={id}>
        {props.label}
        <Show when={props.was}>{(old) => <span class="was">{UI.changedFrom(old())}</span>}</Show>
      </label>
      {props.children({
        id,
        get describedBy() {
          return `${id}-note`;
        },
        get invalid() {
          return error() !== undefined;
        },
        get frame() {
          return `input ${error() !== undefined ? "is-error" : props.was !== undefined ? "is-changed" : ""}`;
        },
      })}
      <div id={`${id}-note`} class="field-note" aria-live="polite">
        <Show when={error()} fallback={<Show when={props.hint}>{(hint) => <span class="small muted">{hint()}</span>}</Show>}>
          {(broken) => (
            <span class="err">
              <Glyph name="warnt" size="s" />
              <span>
                {broken().rule}{" "}
                <Show when={broken().fix}>
                  {(fix) => (
                    <button type="button" class="link med" onClick={() => fix().run()}>
                      {fix().label}
                    </button>
                  )}
                </Show>
              </span>
            </span>
          )}
        </Show>
      </div>
    </div>
  );
}
