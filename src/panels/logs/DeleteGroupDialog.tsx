import { type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { plural } from "../../ui/numbers.ts";
import { logsRequest } from "./answers.ts";
import { useSummary } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

interface Props {
  /** Which group; undefined = closed. */
  readonly group: string | undefined;
  readonly onClose: () => void;
  readonly onDeleted?: () => void;
}

export function DeleteGroupDialog(props: Props): JSX.Element {
  return (
    <Show when={props.group} keyed>
      {(group) => <DeleteGroup {...props} group={group} />}
    </Show>
  );
}

function DeleteGroup(props: Props & { readonly group: string }): JSX.Element {
  const name = props.group;
  const summary = useSummary(() => name);
  const command = createCommand({ quiet: true, done: T.groupDeleted(name) });
  const remove = async (): Promise<void> => {
    if ((await command.run(logsRequest("DeleteLogGroup", { logGroupName: name }))) === undefined) return;
    props.onClose();
    props.onDeleted?.();
  };
  return (
    <Dialog
      open
      onClose={() => props.onClose()}
      title={T.deleteGroupTitle(name)}
      actions={
        <>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.deleteGroup}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <div class="col">
        <Show when={summary.data()}>
          {(held) => (
            <p>
              {T.deleteGroupWhy(
                plural(held().events, "event"),
                plural(held().streams, "stream"),
                plural(held().metricFilters, "metric filter"),
              )}
            </p>
          )}
        </Show>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </div>
    </Dialog>
  );
}
