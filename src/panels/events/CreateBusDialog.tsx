import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { hasMore } from "../../ui/failure-more.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { failuresByMember } from "../logs/failures.ts";
import { eventsRequest } from "./event-reads.ts";
import { RequestLines } from "./RequestLines.tsx";
import { said } from "./rule-requests.ts";
import { RULES as T } from "./rule-strings.ts";

/** CreateEventBus; what EventBridge refuses stands at its field. */
export function CreateBusDialog(props: { readonly onClose: () => void }): JSX.Element {
  const command = createCommand({ quiet: true });
  const [name, setName] = createSignal("");
  const [description, setDescription] = createSignal("");
  const request = createMemo(() => eventsRequest("CreateEventBus", { Name: name(), ...said({ Description: description() }) }));
  const broken = createMemo(() => failuresByMember(command.error(), ["Description", "Name"] as const));
  const isNote = (): boolean => command.error()?.kind === "bug" || hasMore(command.error());
  const create = async (): Promise<void> => {
    if ((await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: T.busCreated(name()) });
    props.onClose();
  };
  const error = (member: "Name" | "Description"): { error?: string } => {
    const text = broken().get(member) ?? (member === "Name" && broken().size === 0 && !isNote() ? command.error()?.message : undefined);
    return text === undefined ? {} : { error: text };
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.busCreate}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.busCreate}
          </Button>
        </>
      }
    >
      <div class="col">
        <TextField
          label={T.busName}
          mono
          value={name()}
          hint={T.busNameHint}
          {...error("Name")}
          onInput={(next) => {
            command.clear();
            setName(next);
          }}
          onEnter={() => void create()}
        />
        <TextField label={T.description} value={description()} onInput={setDescription} {...error("Description")} />
        <Show when={isNote() && command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={name() !== ""}>
          <RequestLines requests={[request()]} />
        </Show>
      </div>
    </Dialog>
  );
}
