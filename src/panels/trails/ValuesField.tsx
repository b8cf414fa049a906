import { createMemo, createSignal, type JSX } from "solid-js";
import { TextArea } from "../../ui/TextField.tsx";
import { linesIn } from "./selector-draft.ts";

/** Values, one a line. What is typed stays as it is typed: an empty line is no value yet. */
export function ValuesField(props: {
  readonly label: string;
  readonly values: readonly string[];
  readonly hint?: string;
  readonly error?: string | undefined;
  readonly onChange: (values: readonly string[]) => void;
}): JSX.Element {
  const [typed, setTyped] = createSignal("");
  const text = createMemo(() => {
    const lines = linesIn(typed());
    const isTyped = lines.length === props.values.length && lines.every((line, at) => line === props.values[at]);
    return isTyped ? typed() : props.values.join("\n");
  });
  return (
    <TextArea
      mono
      label={props.label}
      value={text()}
      rows={Math.min(6, Math.max(2, props.values.length))}
      onInput={(now) => {
        setTyped(now);
        props.onChange(linesIn(now));
      }}
      {...(props.error === undefined ? {} : { error: props.error })}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
    />
  );
}
