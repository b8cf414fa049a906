import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { deniedTree } from "../../client/denied.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { UI } from "../../ui/strings.ts";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "../events/RequestLines.tsx";
import { PolicySummary } from "./PolicySummary.tsx";
import { type DocumentKind, policyError, refusedAt } from "./policy-error.ts";
import { IAM as T } from "./strings.ts";

export interface PolicyDialogProps {
  readonly title: string;
  readonly kind: DocumentKind;
  /** Of a policy that is there already; absent: it is asked for. */
  readonly name?: string;
  readonly suggested?: string;
  readonly document: string;
  readonly most: number;
  readonly request: (name: string, document: string) => UiRequest;
  readonly onClose: () => void;
}

/** A policy's text with its summary beside it; what is wrong stands at its character, also what only IAM knows. */
export function PolicyDialog(props: PolicyDialogProps): JSX.Element {
  const command = createCommand({ quiet: true });
  const [name, setName] = createSignal(props.name ?? props.suggested ?? "");
  const [text, setText] = createSignal(props.document.includes("\n") ? props.document : (laidOut(props.document) ?? props.document));
  const wrong = createMemo(() => policyError(text(), props.kind));
  const refused = () => {
    const failure = command.error();
    return failure?.code === "MalformedPolicyDocument" ? refusedAt(text(), failure) : undefined;
  };
  const other = () => {
    const failure = command.error();
    return failure !== undefined && (refused() === undefined || deniedTree(failure) !== undefined) ? failure : undefined;
  };
  const request = createMemo(() => props.request(name(), text()));
  const save = async (): Promise<void> => {
    if ((await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: T.saved(name() || props.title) });
    props.onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void save()}>
            {T.save}
          </Button>
        </>
      }
    >
      <div class="col">
        <Show when={props.name === undefined}>
          <TextField
            label={T.policyName}
            mono
            value={name()}
            onInput={(next) => {
              command.clear();
              setName(next);
            }}
          />
        </Show>
        <JsonInput
          label={T.document}
          value={text()}
          most={props.most}
          error={wrong() ?? refused()}
          class="iam-editor"
          onInput={(next) => {
            command.clear();
            setText(next);
          }}
        />
        <Show when={wrong() === undefined}>
          <PolicySummary document={text()} kind={props.kind} />
        </Show>
        <Show when={other()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[request()]} />
      </div>
    </Dialog>
  );
}
