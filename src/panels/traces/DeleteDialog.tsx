import { type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { showToast } from "../../ui/toasts.ts";
import { RequestLines } from "./RequestLines.tsx";
import { SAMPLING as T } from "./sampling-strings.ts";

/** Asks before something is deleted, with what will be sent. */
export function DeleteDialog(props: {
  readonly title: string;
  readonly why: string;
  readonly done: string;
  readonly request: UiRequest;
  readonly onClose: () => void;
}): JSX.Element {
  const command = createCommand({ quiet: true });
  const remove = async (): Promise<void> => {
    if ((await command.run(props.request)) === undefined) return;
    showToast({ severity: "ok", text: props.done });
    props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={props.title}
      actions={
        <>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.remove}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <div class="col">
        <p>{props.why}</p>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[props.request]} />
      </div>
    </Dialog>
  );
}
