import { createMemo, createResource, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { hasMore } from "../../ui/failure-more.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { UI } from "../../ui/strings.ts";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { QUEUES as T } from "./strings.ts";

/** CreateQueue; what SQS refuses stands at the name, a denial as a note with its Why. */
export function CreateQueueDialog(props: {
  readonly onClose: () => void;
  readonly onCreated: (name: string, url: string) => void;
}): JSX.Element {
  const { api } = useClient();
  const command = createCommand({ quiet: true });
  const [name, setName] = createSignal("");
  const request = createMemo(() => ({ service: "sqs", operation: "CreateQueue", input: { QueueName: name() } }));
  const [line] = createResource(request, (asked) => api.lineOf(asked));
  const create = async (): Promise<void> => {
    const reply = await command.run(request());
    if (reply === undefined) return;
    showToast({ severity: "ok", text: T.created(name()) });
    props.onCreated(name(), String(reply.output["QueueUrl"]));
    props.onClose();
  };
  const isDenied = (): boolean => hasMore(command.error());
  const failure = (): string | undefined => (isDenied() ? undefined : command.error()?.message);
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.create}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{UI.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.create}
          </Button>
        </>
      }
    >
      <TextField
        label={T.newName}
        mono
        value={name()}
        hint={T.nameHint}
        {...(failure() === undefined ? {} : { error: failure() ?? "" })}
        onInput={(next) => {
          command.clear();
          setName(next);
        }}
        onEnter={() => void create()}
      />
      <Show when={isDenied() && command.error()}>{(denied) => <ErrorNote failure={denied()} />}</Show>
      <Show when={name() !== ""}>
        <AwsLine line={line.latest ?? ""} wrap />
      </Show>
    </Dialog>
  );
}
