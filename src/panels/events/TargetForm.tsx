import { createMemo, createSignal, createUniqueId, type JSX, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { Callout } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { CreateQueueDialog } from "../queues/CreateQueueDialog.tsx";
import type { Target, TargetTrial } from "./answers.ts";
import { useEventLook } from "./event-reads.ts";
import { type TargetDraft, targetOf } from "./rule-draft.ts";
import { RULES as T } from "./rule-strings.ts";
import { TargetInput } from "./TargetInput.tsx";
import { fieldOfError, type TargetField } from "./target-errors.ts";
import { type TargetKind, targetGlyph } from "./target-kinds.ts";
import { queueOption, type Resources } from "./target-resources.ts";

export interface TargetFormProps {
  readonly draft: TargetDraft;
  /** From 0. */
  readonly at: number;
  readonly rule: string;
  readonly bus: string;
  /** The event that the result is shown for. */
  readonly event: string;
  readonly resources: Resources;
  /** An empty ARN is told too. */
  readonly isAsked: boolean;
  readonly onChange: (draft: TargetDraft) => void;
  readonly onRemove: () => void;
}

const KINDS = Object.entries(T.targetKinds).map(([value, label]) => ({ value: value as TargetKind, label: label as string }));

/** One target: where, what it is sent (with the result for the event at hand), and what happens when it does not arrive. */
export function TargetForm(props: TargetFormProps): JSX.Element {
  const moreId = createUniqueId();
  const [isMore, setMore] = createSignal(false);
  const [isNewQueue, setNewQueue] = createSignal(false);
  const target = (): Target => props.draft.target;
  const kind = (): TargetKind => props.draft.kind;
  const set = (change: Readonly<Record<string, unknown>>): void =>
    props.onChange({ ...props.draft, target: targetOf({ ...target(), ...change }) });
  const trial = useEventLook<TargetTrial>(
    "tryTarget",
    () => (target().Arn === "" && !props.isAsked ? undefined : { target: target(), event: props.event, rule: props.rule, bus: props.bus }),
    { follow: "question" },
  );
  const broken = createMemo(() => {
    const { error, hint } = trial.data() ?? {};
    return error === undefined ? undefined : { field: fieldOfError(error), text: `${error} ${hint ?? ""}`.trim() };
  });
  const error = (field: TargetField): { error?: string } => (broken()?.field === field ? { error: broken()?.text ?? "" } : {});
  const isOpen = (): boolean => isMore() || broken()?.field === "deadLetter" || broken()?.field === "retry";
  const retry = (change: Readonly<Record<string, number | undefined>>): void => {
    const policy = Object.fromEntries(Object.entries({ ...target().RetryPolicy, ...change }).filter(([, value]) => value !== undefined));
    set({ RetryPolicy: Object.keys(policy).length === 0 ? undefined : policy });
  };
  const options = () => props.resources()[kind()];
  return (
    <fieldset class="events-target">
      <legend class="vh">{T.target(props.at + 1)}</legend>
      <div class="row">
        <Glyph name={targetGlyph(kind())} />
        <b class="med">{T.target(props.at + 1)}</b>
        <span class="grow" />
        <Button small look="ghost" glyph="cross" label={T.removeTarget(props.at + 1)} onClick={() => props.onRemove()} />
      </div>
      <div class="events-where">
        <Select
          label={T.targetKind}
          value={kind()}
          options={KINDS}
          onChange={(next) => props.onChange({ ...props.draft, kind: next, target: { ...target(), Arn: "" } })}
        />
        <Combobox
          label={T.resource[kind()]}
          mono
          value={target().Arn}
          options={options()}
          hint={kind() === "logs" ? T.logsHint : options().length === 0 ? T.resourceNone(T.resource[kind()]) : T.resourceHint}
          onChange={(Arn) => set({ Arn })}
          {...error("arn")}
        />
        <TextField label={T.id} mono value={target().Id} onInput={(Id) => set({ Id })} {...error("id")} />
      </div>
      <Show when={kind() === "sqs"}>
        <button type="button" class="link tap small events-more" onClick={() => setNewQueue(true)}>
          {T.newQueue}
        </button>
      </Show>
      <Show when={isNewQueue()}>
        <CreateQueueDialog onClose={() => setNewQueue(false)} onCreated={(_, url) => set({ Arn: queueOption(url).value })} />
      </Show>
      <TargetInput target={target()} broken={broken()} onChange={set} />
      <Show when={trial.data()?.undelivered}>
        {(why) => (
          <Callout tone="insuf">
            <b class="med">{T.undelivered}</b> {why()}
          </Callout>
        )}
      </Show>
      <Show when={trial.data()?.body}>
        {(body) => (
          <div class="field">
            <span class="lab">{T.result}</span>
            {/* biome-ignore lint/a11y/useSemanticElements: a pre stays a pre */}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
            <pre class="well code wraps events-result" role="group" aria-label={T.resultOf(props.at + 1)} tabIndex={0}>
              {body()}
            </pre>
          </div>
        )}
      </Show>
      <Show when={broken()?.field === "other"}>
        <Callout tone="alarm">{broken()?.text}</Callout>
      </Show>
      <button
        type="button"
        class="link tap small events-more"
        aria-expanded={isOpen()}
        aria-controls={moreId}
        onClick={() => setMore(!isOpen())}
      >
        <Glyph name={isOpen() ? "down" : "right"} size="s" />
        {T.more_}
      </button>
      <div id={moreId} hidden={!isOpen()}>
        <Show when={isOpen()}>
          <div class="fgrid">
            <NumberField
              label={T.retries}
              value={target().RetryPolicy?.MaximumRetryAttempts}
              hint={T.retriesHint}
              onChange={(MaximumRetryAttempts) => retry({ MaximumRetryAttempts })}
              {...error("retry")}
            />
            <NumberField
              label={T.age}
              unit="s"
              value={target().RetryPolicy?.MaximumEventAgeInSeconds}
              hint={T.ageHint}
              onChange={(MaximumEventAgeInSeconds) => retry({ MaximumEventAgeInSeconds })}
            />
            <Combobox
              label={T.deadLetter}
              mono
              value={target().DeadLetterConfig?.Arn ?? ""}
              options={props.resources().sqs}
              hint={T.deadLetterHint}
              onChange={(Arn) => set({ DeadLetterConfig: Arn === "" ? undefined : { Arn } })}
              {...error("deadLetter")}
            />
          </div>
        </Show>
      </div>
    </fieldset>
  );
}
