import { createEffect, createSignal, createUniqueId, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import type { FilterNames } from "../../../workers/language/xray-filter/complete.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import type { FilterEditor } from "./filter-editor.ts";
import "./filter-input.css";
import type { FilterError } from "./parsed-filter.ts";

const WORDS = {
  placeholder: 'service("checkout") { fault } AND responsetime > 2',
  at: (character: number) => `Character ${character}.`,
} as const;

const NOTHING: FilterNames = { annotations: [], services: [], types: [], groups: [], values: {} };

export interface FilterInputProps {
  readonly label: string;
  readonly value: string;
  readonly error: FilterError | undefined;
  /** Words of the account that completion offers. */
  readonly names: FilterNames | undefined;
  readonly onInput: (value: string) => void;
  readonly onEnter?: () => void;
  /** Shows the label above, as a field does. */
  readonly labelled?: boolean;
  readonly class?: string;
}

/** A filter expression of X-Ray with colours and completion; what is wrong stands below and is marked at its character. */
export function FilterInput(props: FilterInputProps): JSX.Element {
  const id = createUniqueId();
  const [editor, setEditor] = createSignal<FilterEditor>();
  let host!: HTMLDivElement;
  let isGone = false;
  onMount(() => {
    void import("./filter-editor.ts").then(({ createFilterEditor }) => {
      if (isGone) return;
      setEditor(
        createFilterEditor(host, {
          label: props.label,
          describedBy: `${id}-note`,
          placeholder: WORDS.placeholder,
          text: props.value,
          names: () => props.names ?? NOTHING,
          changed: (text) => props.onInput(text),
          enter: () => props.onEnter?.(),
        }),
      );
    });
  });
  onCleanup(() => {
    isGone = true;
    editor()?.dispose();
  });
  createEffect(() => editor()?.setText(props.value));
  // The mark goes over the text it is about: after the text is there.
  createEffect(on([editor, () => props.value, () => props.error], ([here, , error]) => here?.setWrong(error)));
  return (
    <div class={`field filter-field ${props.class ?? ""}`}>
      <Show when={props.labelled}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor itself takes the focus by keyboard */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a label of an editor that is no form control */}
        <span class="lab" onClick={() => editor()?.focus()}>
          {props.label}
        </span>
      </Show>
      <div class={`input filter-input ${props.error === undefined ? "" : "is-error"}`}>
        <span class="sv-xray">
          <Glyph name="rule" size="s" />
        </span>
        <div class="grow filter-host" ref={host} />
      </div>
      <div id={`${id}-note`} class="field-note" aria-live="polite">
        <Show when={props.error}>
          {(error) => (
            <span class="err">
              <Glyph name="warnt" size="s" />
              <span>
                <b class="med">{error().message.replace(/\.?$/, ".")}</b> {WORDS.at(error().from + 1)} {error().hint}
              </span>
            </span>
          )}
        </Show>
      </div>
    </div>
  );
}
