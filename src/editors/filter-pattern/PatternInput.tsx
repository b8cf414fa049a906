import { createEffect, createSignal, createUniqueId, type JSX, Match, on, onCleanup, onMount, Show, Switch } from "solid-js";
import { Glyph } from "../../ui/Glyph.tsx";
import type { Parsed } from "./line-marks.ts";
import type { PatternEditor } from "./pattern-editor.ts";
import "./pattern-input.css";
import { termsSentence } from "./terms-sentence.ts";

const WORDS = {
  kinds: { everything: "Every line", terms: "Terms", json: "JSON pattern", delimited: "Space-delimited pattern" },
  invalid: (character: number) => `Invalid at character ${character}`,
  placeholder: "ERROR   or   { $.status = 500 }   or   [ip, ..., status = 5*]",
} as const;

/** No line ends between a term and its sign. */
const unbroken = (sentence: string): string => sentence.replace(/\?(?=\S)/g, "?\u2060");

export interface PatternInputProps {
  readonly label: string;
  readonly value: string;
  /** What the parser says of `value`. */
  readonly parsed: Parsed;
  readonly onInput: (value: string) => void;
  readonly onEnter?: () => void;
  /** Shows the label above, as a field does. */
  readonly labelled?: boolean;
  readonly big?: boolean;
  readonly class?: string;
}

/** A filter pattern with its colours; says what kind it is, or what is wrong and marks the place. */
export function PatternInput(props: PatternInputProps): JSX.Element {
  const id = createUniqueId();
  const [editor, setEditor] = createSignal<PatternEditor>();
  let host!: HTMLDivElement;
  let isGone = false;
  onMount(() => {
    void import("./pattern-editor.ts").then(({ createPatternEditor }) => {
      if (isGone) return;
      setEditor(
        createPatternEditor(host, {
          label: props.label,
          describedBy: `${id}-note`,
          placeholder: WORDS.placeholder,
          text: props.value,
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
  createEffect(on([editor, () => props.value, () => props.parsed], ([here, , parsed]) => here?.setWrong(parsed.error)));
  const meaning = (): string | undefined => {
    const pattern = props.parsed.pattern;
    return pattern?.kind === "terms" ? termsSentence(pattern) : undefined;
  };
  return (
    <div class={`field pattern-field ${props.class ?? ""}`}>
      <Show when={props.labelled}>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: the editor itself takes the focus by keyboard */}
        {/* biome-ignore lint/a11y/noStaticElementInteractions: a label of an editor that is no form control */}
        <span class="lab" onClick={() => editor()?.focus()}>
          {props.label}
        </span>
      </Show>
      <div class={`input pattern-input ${props.big ? "big" : ""} ${props.parsed.error === undefined ? "" : "is-error"}`}>
        <span class="sv-logs">
          <Glyph name="rule" />
        </span>
        <div class="grow pattern-host" ref={host} />
        <Switch>
          <Match when={props.parsed.pattern}>
            {(pattern) => (
              <span class={`small row pattern-kind ${pattern().kind === "everything" ? "muted" : "c-ok"}`}>
                <Glyph name={pattern().kind === "everything" ? "minus" : "okc"} size="s" />
                {WORDS.kinds[pattern().kind]}
              </span>
            )}
          </Match>
          <Match when={props.parsed.error}>
            {(error) => (
              <span class="small row pattern-kind c-alarm">
                <Glyph name="warnt" size="s" />
                {WORDS.invalid(error().from + 1)}
              </span>
            )}
          </Match>
        </Switch>
      </div>
      <div id={`${id}-note`} class="field-note" aria-live="polite">
        <Show when={meaning()}>{(sentence) => <span class="small t2 pattern-meaning">{unbroken(sentence())}</span>}</Show>
        <Show when={props.parsed.error}>
          {(error) => (
            <span class="err">
              <Glyph name="warnt" size="s" />
              <span>
                <b class="med">{error().message.replace(/\.?$/, ".")}</b> {error().hint}
              </span>
            </span>
          )}
        </Show>
      </div>
    </div>
  );
}
