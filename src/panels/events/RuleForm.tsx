import { createMemo, For, type JSX, Show } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { Button } from "../../ui/Button.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { failuresByMember } from "../logs/failures.ts";
import { useBuses } from "./event-reads.ts";
import type { Trial } from "./pattern-trial.ts";
import { stateWords } from "./RuleState.tsx";
import { nextTarget, type RuleDraft, type RuleKind, type TargetDraft } from "./rule-draft.ts";
import { RULES as T } from "./rule-strings.ts";
import { ScheduleField } from "./ScheduleField.tsx";
import { TargetForm } from "./TargetForm.tsx";
import { useTargetResources } from "./target-resources.ts";

export interface RuleFormProps {
  readonly draft: RuleDraft;
  readonly trial: Trial;
  /** An existing rule: its name and its bus stay. */
  readonly isEdit: boolean;
  readonly isAsked: boolean;
  readonly failure: PlainFailure | undefined;
  readonly onChange: (change: Partial<RuleDraft>) => void;
}

const LONGEST = 2048;
const MOST_TARGETS = 5;
const MEMBERS = ["EventPattern", "ScheduleExpression", "EventBusName", "Description", "State", "Name"] as const;
const ALL_CALLS = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";
const STATES = ["ENABLED", ALL_CALLS, "DISABLED"] as const;

/** PutRule and PutTargets as a form; what the engine refuses stands at its field. */
export function RuleForm(props: RuleFormProps): JSX.Element {
  const buses = useBuses();
  const resources = useTargetResources();
  const draft = (): RuleDraft => props.draft;
  const broken = createMemo(() => failuresByMember(props.failure, MEMBERS));
  const error = (member: (typeof MEMBERS)[number]): { error?: string } => {
    const text = broken().get(member);
    return text === undefined ? {} : { error: text };
  };
  const kinds = (): readonly { value: RuleKind; label: string }[] =>
    (draft().kind === "both" ? (["pattern", "schedule", "both"] as const) : (["pattern", "schedule"] as const)).map((value) => ({
      value,
      label: T.kinds[value],
    }));
  const busNames = (): readonly string[] => [...new Set([...buses.list().map((one) => one.Name), draft().bus])];
  const keys = createMemo(() => draft().targets.map(({ key }) => key), undefined, {
    equals: (a, b) => a.length === b.length && a.every((key, at) => key === b[at]),
  });
  const put = (key: number, next: TargetDraft | undefined): void =>
    props.onChange({ targets: draft().targets.flatMap((one) => (one.key !== key ? [one] : next === undefined ? [] : [next])) });
  return (
    <div class="events-form">
      <div class="pb col">
        <div class="fgrid">
          <TextField
            label={T.name}
            mono
            value={draft().name}
            hint={T.nameHint}
            disabled={props.isEdit}
            onInput={(name) => props.onChange({ name })}
            {...error("Name")}
          />
          <Select
            label={T.bus}
            value={draft().bus}
            options={busNames().map((name) => ({ value: name, label: name }))}
            disabled={props.isEdit}
            onChange={(bus) => props.onChange({ bus })}
            {...error("EventBusName")}
          />
          <TextField
            label={T.description}
            value={draft().description}
            onInput={(description) => props.onChange({ description })}
            {...error("Description")}
          />
          <Select
            label={T.state}
            value={draft().state}
            options={STATES.map((value) => ({ value, label: stateWords(value) }))}
            onChange={(state) => props.onChange({ state })}
            {...(draft().state === ALL_CALLS ? { hint: T.enabledAllWhy } : {})}
            {...error("State")}
          />
        </div>
        <div class="row wrap events-kind">
          <Segmented label={T.kind} value={draft().kind} options={kinds()} onChange={(kind) => props.onChange({ kind })} />
        </div>
        <Show when={draft().kind !== "schedule"}>
          <JsonInput
            label={T.pattern}
            value={draft().pattern}
            onInput={(pattern) => props.onChange({ pattern })}
            error={props.trial.error() ?? (broken().has("EventPattern") ? { message: broken().get("EventPattern") ?? "" } : undefined)}
            marks={props.trial.marks()}
            most={LONGEST}
          />
        </Show>
        <Show when={draft().kind !== "pattern"}>
          <ScheduleField
            value={draft().schedule}
            bus={draft().bus}
            onInput={(schedule) => props.onChange({ schedule })}
            {...error("ScheduleExpression")}
          />
        </Show>
      </div>
      <section class="pb col rule-t" aria-label={T.targets}>
        <div class="row">
          <h2>{T.targets}</h2>
          <span class="grow" />
          <Button
            small
            glyph="plus"
            disabled={draft().targets.length >= MOST_TARGETS}
            reason={T.most}
            onClick={() => props.onChange({ targets: [...draft().targets, nextTarget(draft().targets)] })}
          >
            {T.addTarget}
          </Button>
        </div>
        <For each={keys()} fallback={<p class="muted">{T.noTargetWhy}</p>}>
          {(key, at) => {
            const one = createMemo((before: TargetDraft | undefined) => draft().targets.find((other) => other.key === key) ?? before);
            return (
              <TargetForm
                draft={one() as TargetDraft}
                at={at()}
                rule={draft().name}
                bus={draft().bus}
                event={draft().kind === "schedule" ? props.trial.sample.scheduled(draft().name || "rule") : props.trial.sample.text()}
                resources={resources}
                isAsked={props.isAsked}
                onChange={(next) => put(key, next)}
                onRemove={() => put(key, undefined)}
              />
            );
          }}
        </For>
        <Show when={broken().size === 0 && props.failure}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      </section>
    </div>
  );
}
