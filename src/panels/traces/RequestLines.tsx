import { For, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { useLines } from "./trace-reads.ts";

/** Requests as `aws` lines, with what they are for above. */
export function RequestLines(props: { readonly label?: string; readonly requests: readonly UiRequest[] }): JSX.Element {
  const lines = useLines(() => props.requests);
  return (
    <>
      <Show when={props.label}>{(label) => <p class="small muted">{label()}</p>}</Show>
      <Show when={lines.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={lines.again} />}</Show>
      <For each={lines.data() ?? []}>{(line) => <AwsLine line={line} wrap />}</For>
    </>
  );
}
