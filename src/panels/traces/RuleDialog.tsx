import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { showToast } from "../../ui/toasts.ts";
import { failuresByMember } from "../logs/failures.ts";
import type { SamplingRule } from "./answers.ts";
import { RequestLines } from "./RequestLines.tsx";
import { createRequest, draftOf, MEMBERS, type Member, NEW_RULE, type RuleDraft, TEXT_MEMBERS, updateRequest } from "./rule-draft.ts";
import { SAMPLING as T } from "./sampling-strings.ts";

/** CreateSamplingRule or UpdateSamplingRule; what X-Ray refuses stands at its field. */
export function RuleDialog(props: {
  readonly before?: SamplingRule | undefined;
  readonly onClose: () => void;
  readonly onSaved: (name: string) => void;
}): JSX.Element {
  const command = createCommand({ quiet: true });
  const before = props.before;
  const [draft, setDraft] = createSignal<RuleDraft>(before === undefined ? NEW_RULE : draftOf(before));
  const isDefault = before?.RuleName === "Default";
  const request = createMemo(() => (before === undefined ? createRequest(draft()) : updateRequest(before, draft())));
  const broken = createMemo(() => failuresByMember(command.error(), MEMBERS));
  const error = (name: Member): { error?: string } => {
    const text = broken().get(name);
    return text === undefined ? {} : { error: text };
  };
  const put = (part: Partial<RuleDraft>): void => {
    command.clear();
    setDraft((now) => ({ ...now, ...part }));
  };
  const save = async (): Promise<void> => {
    if ((await command.run(request())) === undefined) return;
    showToast({ severity: "ok", text: T.saved(draft().RuleName) });
    props.onSaved(draft().RuleName);
    props.onClose();
  };
  return (
    <Dialog
      open
      wide
      onClose={props.onClose}
      title={before === undefined ? T.createTitle : T.editTitle(before.RuleName)}
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
        <Show when={isDefault}>
          <p class="small muted">{T.defaultOnly}</p>
        </Show>
        <div class="traces-form">
          <TextField
            label={T.fields.RuleName}
            mono
            value={draft().RuleName}
            disabled={before !== undefined}
            hint={T.hints.RuleName}
            {...error("RuleName")}
            onInput={(RuleName) => put({ RuleName })}
          />
          <NumberField
            label={T.fields.Priority}
            value={draft().Priority}
            disabled={isDefault}
            hint={T.hints.Priority}
            {...error("Priority")}
            onChange={(Priority) => put({ Priority })}
          />
          <NumberField
            label={T.fields.ReservoirSize}
            value={draft().ReservoirSize}
            unit={T.perSecond}
            hint={T.hints.ReservoirSize}
            {...error("ReservoirSize")}
            onChange={(ReservoirSize) => put({ ReservoirSize })}
          />
          <NumberField
            label={T.fields.FixedRate}
            value={draft().percent}
            unit={T.percent}
            hint={T.hints.FixedRate}
            {...error("FixedRate")}
            onChange={(percent) => put({ percent })}
          />
          <For each={TEXT_MEMBERS}>
            {(name) => (
              <TextField
                label={T.fields[name]}
                mono
                value={draft()[name]}
                disabled={isDefault}
                {...error(name)}
                onInput={(value) => put({ [name]: value })}
              />
            )}
          </For>
        </div>
        <Show when={broken().size === 0 && command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[request()]} />
      </div>
    </Dialog>
  );
}
