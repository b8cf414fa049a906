import { createEffect, createSignal, createUniqueId, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { countText } from "../../ui/numbers.ts";
import type { JsonEditor, LineMark } from "./json-editor.ts";
import "./json-input.css";
import { compacted, laidOut } from "./json-layout.ts";

const WORDS = {
  prettify: "Prettify",
  notJson: "Only a text that is JSON can be laid out.",
  at: (line: number, character: number) => `Line ${line}, character ${character}.`,
  count: (n: number, most: number) => `${countText(n)} of ${countText(most)} characters`,
} as const;

export interface JsonError {
  readonly message: string;
  readonly hint?: string | undefined;
  readonly from?: number;
  readonly to?: number;
}

export interface JsonInputProps {
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly error?: JsonError | undefined;
  /** Lines to mark. */
  readonly marks?: readonly LineMark[];
  readonly placeholder?: string;
  /** AWS's limit on the characters, shown beside their number (without blanks, as a valid text is sent). */
  readonly most?: number;
  readonly class?: string;
}

/** JSON with colours and line numbers; what is wrong stands below and is marked at its character. */
export function JsonInput(props: JsonInputProps): JSX.Element {
  const id = createUniqueId();
  const [editor, setEditor] = createSignal<JsonEditor>();
  let host!: HTMLDivElement;
  let isGone = false;
  onMount(() => {
    void import("./json-editor.ts").then(({ createJsonEditor }) => {
      if (isGone) return;
      setEditor(
        createJsonEditor(host, {
          label: props.label,
          describedBy: `${id}-note`,
          placeholder: props.placeholder ?? "{ }",
          text: props.value,
          changed: (text) => props.onInput(text),
        }),
      );
    });
  });
  onCleanup(() => {
    isGone = true;
    editor()?.dispose();
  });
  createEffect(() => editor()?.setText(props.value));
  // Marks go over the text they are about: after the text is there.
  createEffect(
    on([editor, () => props.value, () => props.error], ([here, , error]) => {
      here?.setWrong(error?.from === undefined ? undefined : { from: error.from, to: error.to ?? error.from });
    }),
  );
  createEffect(on([editor, () => props.value, () => props.marks], ([here, , marks]) => here?.setMarks(marks ?? [])));
  const pretty = (): string | undefined => laidOut(props.value);
  return (
    <div class={`field json-field ${props.class ?? ""}`}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor itself takes the focus by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a label of an editor that is no form control */}
      <span class="lab" onClick={() => editor()?.focus()}>
        {props.label}
      </span>
      <div class={`input json-input ${props.error === undefined ? "" : "is-error"}`}>
        <div class="grow json-host" ref={host} />
      </div>
      <div class="row json-foot">
        <div id={`${id}-note`} class="field-note grow" aria-live="polite">
          <Show
            when={props.error}
            fallback={
              <Show when={props.most}>
                {(most) => <span class="small muted">{WORDS.count((compacted(props.value) ?? props.value).length, most())}</span>}
              </Show>
            }
          >
            {(error) => (
              <span class="err">
                <Glyph name="warnt" size="s" />
                <span>
                  {error().message} <span class="t2">{placeOf(props.value, error().from)}</span> {error().hint}
                </span>
              </span>
            )}
          </Show>
        </div>
        <Button
          small
          look="ghost"
          disabled={pretty() === undefined || pretty() === props.value}
          {...(pretty() === undefined ? { reason: WORDS.notJson } : {})}
          onClick={() => props.onInput(pretty() ?? props.value)}
        >
          {WORDS.prettify}
        </Button>
      </div>
    </div>
  );
}

function placeOf(text: string, from: number | undefined): string {
  if (from === undefined) return "";
  const before = text.slice(0, from).split("\n");
  return WORDS.at(before.length, (before.at(-1)?.length ?? 0) + 1);
}
