import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useTimeRange } from "../../app/time-range.ts";
import { createCommand } from "../../client/command.ts";
import { FilterInput } from "../../editors/xray-filter/FilterInput.tsx";
import { filterError } from "../../editors/xray-filter/parsed-filter.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { moreOf } from "../../ui/failure-more.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { failuresByMember } from "../logs/failures.ts";
import type { Group } from "./answers.ts";
import { RequestLines } from "./RequestLines.tsx";
import { GROUPS as T } from "./sampling-strings.ts";
import { useGroups, useNames, xrayRequest } from "./trace-reads.ts";
import { usePreview } from "./trace-search.ts";

/** CreateGroup or UpdateGroup, with how many traces the expression takes now. */
export function GroupDialog(props: { readonly before?: Group | undefined; readonly onClose: () => void }): JSX.Element {
  const command = createCommand({ quiet: true });
  const before = props.before;
  const range = useTimeRange();
  const groups = useGroups();
  const names = useNames();
  const [name, setName] = createSignal(before?.GroupName ?? "");
  const [expression, setExpression] = createSignal(before?.FilterExpression ?? "");
  const error = createMemo(() => filterError(expression(), groups.list()), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const preview = usePreview(() =>
    error() === undefined ? { expression: expression(), from: range().from, to: range().to, limit: 1 } : undefined,
  );
  const request = createMemo(() =>
    xrayRequest(before === undefined ? "CreateGroup" : "UpdateGroup", {
      GroupName: name(),
      ...(expression().trim() === "" && before === undefined ? {} : { FilterExpression: expression().trim() }),
    }),
  );
  const broken = createMemo(() => failuresByMember(command.error(), ["GroupName"] as const));
  const nameError = (): { error?: string } => {
    const failure = command.error();
    const text =
      broken().get("GroupName") ??
      (failure !== undefined && moreOf(failure) === undefined && /group/i.test(failure.message)
        ? `${failure.message} ${failure.hint ?? ""}`
        : undefined);
    return text === undefined ? {} : { error: text.trim() };
  };
  const save = async (): Promise<void> => {
    if (error() !== undefined || (await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: T.saved(name()) });
    props.onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={before === undefined ? T.createTitle : T.editTitle(before.GroupName)}
      actions={
        <>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
          <Button look="primary" pending={command.pending()} onClick={() => void save()}>
            {T.save}
          </Button>
        </>
      }
    >
      <div class="col">
        <TextField
          label={T.name}
          mono
          value={name()}
          disabled={before !== undefined}
          hint={T.nameHint}
          {...nameError()}
          onInput={(next) => {
            command.clear();
            setName(next);
          }}
          onEnter={() => void save()}
        />
        <FilterInput
          labelled
          label={T.expression}
          value={expression()}
          error={error()}
          names={names.data()}
          onInput={setExpression}
          onEnter={() => void save()}
        />
        <Show when={error() === undefined && preview.data()}>
          {(found) => (
            <p class="small t2" role="status">
              {T.matches(countText(found().matched), countText(found().scanned))}
            </p>
          )}
        </Show>
        <p class="small muted">{T.since}</p>
        <Show when={nameError().error === undefined && command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[request()]} />
      </div>
    </Dialog>
  );
}
