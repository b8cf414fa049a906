import { createSignal, type JSX, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { TextArea } from "../../ui/TextField.tsx";
import type { AlarmInput } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

/** The request as JSON, marked where it differs; as text it can be edited, and the form follows. */
export function AlarmJson(props: {
  readonly input: AlarmInput;
  readonly changed: readonly string[];
  readonly onReplace: (input: AlarmInput) => void;
}): JSX.Element {
  const [text, setText] = createSignal<string>();
  const [wrong, setWrong] = createSignal<string>();
  const type = (typed: string): void => {
    setText(typed);
    try {
      const parsed: unknown = JSON.parse(typed);
      if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) throw new SyntaxError("{ ... }");
      setWrong(undefined);
      props.onReplace(parsed as AlarmInput);
    } catch (thrown) {
      setWrong(T.notJson(thrown instanceof Error ? thrown.message : String(thrown)));
    }
  };
  const marks = (): Readonly<Record<string, "hl">> => Object.fromEntries(props.changed.map((member) => [member, "hl" as const]));
  return (
    <div class="pb col alarm-json">
      <div class="row">
        <p class="small muted grow">{T.jsonWhy}</p>
        <Button
          small
          onClick={() => {
            setText(text() === undefined ? JSON.stringify(props.input, null, 2) : undefined);
            setWrong(undefined);
          }}
        >
          {text() === undefined ? T.editText : T.viewText}
        </Button>
      </div>
      <Show when={text() !== undefined} fallback={<JsonView label={T.json} value={props.input} marks={marks()} />}>
        <TextArea
          label={T.json}
          rows={14}
          mono
          value={text() ?? ""}
          onInput={type}
          {...(wrong() === undefined ? {} : { error: wrong() as string })}
        />
      </Show>
    </div>
  );
}
