import { createMemo, Index, type JSX, Show } from "solid-js";
import type { JsonError } from "../../editors/json/JsonInput.tsx";
import { Button } from "../../ui/Button.tsx";
import { Callout } from "../../ui/notes.tsx";
import { AdvancedSelector } from "./AdvancedSelector.tsx";
import { BasicSelector } from "./BasicSelector.tsx";
import { type Json, listIn, replaced, textOfList, without } from "./selector-draft.ts";
import { SELECTORS as T } from "./selector-strings.ts";
import { PRESETS, type SelectorKind, wordOf } from "./selector-text.ts";

/** The selectors of a text, field by field; every change is a change of the text. */
export function SelectorsForm(props: {
  readonly kind: SelectorKind;
  readonly text: string;
  readonly error: JsonError | undefined;
  readonly onText: (text: string) => void;
}): JSX.Element {
  const list = createMemo(() => listIn(props.text, props.kind));
  const write = (next: readonly Json[]): void => props.onText(textOfList(next));
  const errorAbout = (words: readonly string[]): string | undefined => {
    const word = props.error === undefined ? undefined : wordOf(props.error.message);
    return word !== undefined && words.includes(word) ? props.error?.message : undefined;
  };
  /** As the presets begin. */
  const fresh = (): Json => PRESETS.find((one) => one.kind === props.kind)?.selectors[0] as Json;
  return (
    <Show when={list()} fallback={<Callout tone="warn">{T.notAsFields}</Callout>}>
      {(all) => (
        <div class="col">
          <Index each={all()}>
            {(selector, at) => {
              const shared = {
                get selector() {
                  return selector();
                },
                errorAbout,
                onChange: (next: Json) => write(replaced(all(), at, next)),
              };
              return (
                <fieldset class="selector">
                  <legend>{T.selector(at + 1)}</legend>
                  <Show when={props.kind === "basic"} fallback={<AdvancedSelector {...shared} />}>
                    <BasicSelector {...shared} />
                  </Show>
                  <Show when={all().length > 1}>
                    <Button
                      small
                      look="ghost"
                      class="selector-remove"
                      glyph="cross"
                      label={T.removeSelector(at + 1)}
                      onClick={() => write(without(all(), at))}
                    />
                  </Show>
                </fieldset>
              );
            }}
          </Index>
          <div class="row">
            <Button small glyph="plus" onClick={() => write([...all(), fresh()])}>
              {T.addSelector}
            </Button>
          </div>
        </div>
      )}
    </Show>
  );
}
