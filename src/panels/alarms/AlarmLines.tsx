import { For, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion, type Read } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import type { AlarmInput } from "./answers.ts";
import { optionOf } from "./draft.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export const putRequest = (input: AlarmInput): UiRequest => ({ service: "cloudwatch", operation: "PutMetricAlarm", input, via: "form" });

/** The `aws` line of a request, as the worker writes it. */
export function useLine(request: () => UiRequest): Read<string> {
  const { api } = useClient();
  return createQuestion(request, (asked) => api.lineOf(asked), { follow: "question" });
}

/** All lines that belong to this alarm: what Save sends, and how to read it. */
export function AlarmLines(props: {
  readonly input: AlarmInput;
  readonly changed: readonly string[];
  readonly name?: string;
}): JSX.Element {
  const put = useLine(() => putRequest(props.input));
  const reading = (): readonly { readonly label: string; readonly request: UiRequest }[] =>
    props.name === undefined
      ? []
      : [
          { label: T.lineRead, request: { service: "cloudwatch", operation: "DescribeAlarms", input: { AlarmNames: [props.name] } } },
          { label: T.lineHistory, request: { service: "cloudwatch", operation: "DescribeAlarmHistory", input: { AlarmName: props.name } } },
        ];
  return (
    <div class="pb col alarm-lines">
      <p class="small muted">{props.name === undefined ? T.lineCreateWhy : T.lineWhy}</p>
      <Show when={put.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      <Show when={put.data()}>{(line) => <AwsLine line={line()} marks={props.changed.map(optionOf)} wrap />}</Show>
      <For each={reading()}>
        {(one) => {
          const read = useLine(() => one.request);
          return (
            <>
              <p class="small muted">{one.label}</p>
              <Show when={read.data()}>{(line) => <AwsLine line={line()} wrap />}</Show>
            </>
          );
        }}
      </For>
    </div>
  );
}
