import { createMemo, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { showToast } from "../../ui/toasts.ts";
import type { Rule, Target } from "./answers.ts";
import { eventsRequest } from "./event-reads.ts";
import { RequestLines } from "./RequestLines.tsx";
import { removeTargets } from "./rule-requests.ts";
import { RULES as T } from "./rule-strings.ts";

/** RemoveTargets, where there are any, then DeleteRule: both in sight. */
export function DeleteRuleDialog(props: {
  readonly rule: Rule;
  readonly targets: readonly Target[];
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}): JSX.Element {
  const command = createCommand({ quiet: true });
  const { Name, EventBusName } = props.rule;
  const ids = createMemo(() => props.targets.map(({ Id }) => Id));
  const requests = createMemo(() => [
    ...(ids().length === 0 ? [] : [removeTargets(Name, EventBusName, ids())]),
    eventsRequest("DeleteRule", { Name, EventBusName }),
  ]);
  const remove = async (): Promise<void> => {
    for (const request of requests()) if ((await command.run(request)) === undefined) return;
    showToast({ severity: "ok", text: T.removed(Name) });
    props.onClose();
    props.onDeleted();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.removeTitle(Name)}
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
        <p>{T.removeWhy}</p>
        <Show when={ids().length > 0}>
          <p>{T.removeTargetsToo(ids().length)}</p>
        </Show>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={requests()} />
      </div>
    </Dialog>
  );
}
