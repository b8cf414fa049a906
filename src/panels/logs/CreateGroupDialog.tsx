import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { logsRequest } from "./answers.ts";
import { memberOf } from "./failures.ts";
import { useLine } from "./reads.ts";
import { LOG_CLASSES, RETENTIONS, LOGS_TEXT as T } from "./strings.ts";

interface Props {
  readonly open: boolean;
  readonly onClose: () => void;
  readonly onCreated: (name: string) => void;
}

/** CreateLogGroup, and PutRetentionPolicy when a retention is chosen. */
export function CreateGroupDialog(props: Props): JSX.Element {
  return (
    <Show when={props.open}>
      <CreateGroup {...props} />
    </Show>
  );
}

function CreateGroup(props: Props): JSX.Element {
  const [name, setName] = createSignal("");
  const [logClass, setLogClass] = createSignal<string>("STANDARD");
  const [days, setDays] = createSignal(0);
  const command = createCommand({ quiet: true, done: () => T.groupCreated(name()) });
  const retain = createCommand();
  const request = createMemo(() =>
    logsRequest("CreateLogGroup", { logGroupName: name(), ...(logClass() === "STANDARD" ? {} : { logGroupClass: logClass() }) }),
  );
  const line = useLine(() => (name() === "" ? undefined : request()));
  const create = async (): Promise<void> => {
    const logGroupName = name();
    if ((await command.run(request())) === undefined) return;
    if (days() > 0) await retain.run(logsRequest("PutRetentionPolicy", { logGroupName, retentionInDays: days() }));
    props.onClose();
    props.onCreated(logGroupName);
  };
  const nameError = (): string | undefined =>
    memberOf(command.error(), ["logGroupName"]) === undefined ? undefined : command.error()?.message;
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={T.createGroup}
      actions={
        <>
          <Button look="primary" pending={command.pending()} onClick={() => void create()}>
            {T.create}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <div class="col">
        <TextField
          label={T.groupName}
          mono
          value={name()}
          onInput={setName}
          onEnter={() => void create()}
          hint={T.groupNameHint}
          error={nameError()}
        />
        <div class="fgrid">
          <Select
            label={T.retention}
            value={days()}
            options={[{ value: 0, label: T.never }, ...RETENTIONS.map((value) => ({ value: value as number, label: T.days(value) }))]}
            onChange={setDays}
          />
          <Select
            label={T.groupClass}
            value={logClass()}
            options={LOG_CLASSES.map((value) => ({ value: value as string, label: value }))}
            onChange={setLogClass}
          />
        </div>
        <Show when={nameError() === undefined && command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
      </div>
    </Dialog>
  );
}
