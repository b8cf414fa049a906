import { createSignal, type JSX, Match, Switch } from "solid-js";
import { Select } from "../../ui/Select.tsx";
import { TextArea, TextField } from "../../ui/TextField.tsx";
import type { Target } from "./answers.ts";
import { pathsOfText, textOfPaths } from "./rule-draft.ts";
import { RULES as T } from "./rule-strings.ts";
import type { TargetField } from "./target-errors.ts";
import { type InputKind, inputKind } from "./target-kinds.ts";

export interface TargetInputProps {
  readonly target: Target;
  readonly broken: { readonly field: TargetField; readonly text: string } | undefined;
  readonly onChange: (change: Readonly<Record<string, unknown>>) => void;
}

const KINDS = Object.entries(T.inputs).map(([value, label]) => ({ value: value as InputKind, label: label as string }));
const NONE = { Input: undefined, InputPath: undefined, InputTransformer: undefined };
const FIRST: Readonly<Record<InputKind, Readonly<Record<string, unknown>>>> = {
  whole: NONE,
  constant: { ...NONE, Input: '{ "text": "hello" }' },
  path: { ...NONE, InputPath: "$.detail" },
  transformer: {
    ...NONE,
    InputTransformer: { InputPathsMap: { type: "$.detail-type", time: "$.time" }, InputTemplate: '"<type> at <time>"' },
  },
};

/** What a target is sent of the event: all of it, a constant, a part, or a text made of it. */
export function TargetInput(props: TargetInputProps): JSX.Element {
  const kind = (): InputKind => inputKind(props.target);
  // As it is typed: half a line is no path yet.
  const [paths, setPaths] = createSignal(textOfPaths(props.target.InputTransformer?.InputPathsMap));
  const error = (...fields: readonly TargetField[]): { error?: string } =>
    props.broken !== undefined && fields.includes(props.broken.field) ? { error: props.broken.text } : {};
  const choose = (next: InputKind): void => {
    const first = FIRST[next];
    props.onChange(first);
    setPaths(textOfPaths((first["InputTransformer"] as Target["InputTransformer"])?.InputPathsMap));
  };
  const transformer = (change: { readonly paths?: string; readonly template?: string }): void => {
    const text = change.paths ?? paths();
    setPaths(text);
    const map = pathsOfText(text);
    const InputTemplate = change.template ?? props.target.InputTransformer?.InputTemplate ?? "";
    props.onChange({ InputTransformer: { ...(Object.keys(map).length === 0 ? {} : { InputPathsMap: map }), InputTemplate } });
  };
  return (
    <div class="events-input">
      <Select label={T.input} value={kind()} options={KINDS} onChange={choose} />
      <Switch>
        <Match when={kind() === "constant"}>
          <TextArea
            label={T.constant}
            mono
            rows={3}
            value={props.target.Input ?? ""}
            onInput={(Input) => props.onChange({ Input })}
            {...error("constant")}
          />
        </Match>
        <Match when={kind() === "path"}>
          <TextField
            label={T.path}
            mono
            value={props.target.InputPath ?? ""}
            hint={T.pathHint}
            onInput={(InputPath) => props.onChange({ InputPath })}
            {...error("path")}
          />
        </Match>
        <Match when={kind() === "transformer"}>
          <div class="fgrid">
            <TextArea
              label={T.paths}
              mono
              rows={3}
              value={paths()}
              onInput={(text) => transformer({ paths: text })}
              {...error("paths", "path")}
            />
            <TextArea
              label={T.template}
              mono
              rows={3}
              value={props.target.InputTransformer?.InputTemplate ?? ""}
              hint={T.templateHint}
              onInput={(template) => transformer({ template })}
              {...error("template")}
            />
          </div>
        </Match>
      </Switch>
    </div>
  );
}
