import { For, type JSX, Show } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Callout, ErrorNote } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { AlarmForm } from "./AlarmForm.tsx";
import { AlarmHistory } from "./AlarmHistory.tsx";
import { AlarmJson } from "./AlarmJson.tsx";
import { AlarmLines, putRequest, useLine } from "./AlarmLines.tsx";
import type { useHistory } from "./alarm-reads.ts";
import type { AlarmInput, AlarmProblem } from "./answers.ts";
import { compact, memberOf, optionOf, ordered } from "./draft.ts";
import { FOLDED } from "./form-words.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface AlarmDefinitionProps {
  readonly input: AlarmInput;
  readonly saved?: AlarmInput | undefined;
  readonly changed: readonly string[];
  /** What the engine refused of this form, at the last try to save or to foresee it. */
  readonly failure?: PlainFailure | undefined;
  /** All that it would refuse, once the form was to be sent. */
  readonly problems?: readonly AlarmProblem[];
  readonly tab: string;
  readonly onTab: (id: string) => void;
  readonly onChange: (change: AlarmInput) => void;
  readonly onReplace: (input: AlarmInput) => void;
  readonly history?: ReturnType<typeof useHistory>;
  /** Shows why the state changed at a moment; absent where nothing is evaluated. */
  readonly onWhy?: ((at: number) => void) | undefined;
  /** Save and Discard, or Create. */
  readonly buttons: JSX.Element;
}

/** Members whose field is not folded away. */
const IN_SIGHT = new Set(
  "AlarmName Namespace MetricName Dimensions Statistic ExtendedStatistic Period ComparisonOperator Threshold DatapointsToAlarm EvaluationPeriods TreatMissingData AlarmActions".split(
    " ",
  ),
);

/** Brings the first field that was refused into sight. */
export function focusRefused(): void {
  queueMicrotask(() => {
    const frame = document.querySelector<HTMLElement>(".alarm-form .is-error");
    (frame?.matches("button") ? frame : frame?.querySelector<HTMLElement>("input, select"))?.focus();
  });
}

/** One alarm seen as a form, as JSON, as a line, and over time. */
export function AlarmDefinition(props: AlarmDefinitionProps): JSX.Element {
  const request = (): AlarmInput => ordered({ AlarmName: props.input.AlarmName ?? "", ...compact(props.input) }, props.changed);
  const line = useLine(() => putRequest(request()));
  const name = props.saved === undefined ? undefined : (props.saved.AlarmName ?? "");
  /** A refusal that no field in sight shows. */
  const unplaced = (): PlainFailure | undefined => {
    const member = memberOf(props.failure);
    return props.tab === "form" && member !== undefined && IN_SIGHT.has(member) ? undefined : props.failure;
  };
  const problems = (): readonly AlarmProblem[] => props.problems ?? [];
  const hasField = ({ member }: AlarmProblem): boolean => member !== undefined && (IN_SIGHT.has(member) || FOLDED.includes(member));
  /** Problems that no field shows: of members the form has no field for, or while another tab is open. */
  const loose = (): readonly AlarmProblem[] => problems().filter((one) => props.tab !== "form" || !hasField(one));
  // One list for the panel's life: the tabs draw anew only what is chosen anew.
  const items: readonly TabItem[] = [
    {
      id: "form",
      label: T.form,
      content: () => (
        <div class="pb">
          <AlarmForm input={props.input} saved={props.saved} failure={props.failure} problems={problems()} onChange={props.onChange} />
        </div>
      ),
    },
    { id: "json", label: T.json, content: () => <AlarmJson input={request()} changed={props.changed} onReplace={props.onReplace} /> },
    {
      id: "line",
      label: T.line,
      content: () => <AlarmLines input={request()} changed={props.changed} {...(name === undefined ? {} : { name })} />,
    },
    ...(props.history === undefined
      ? []
      : [
          {
            id: "history",
            label: T.history,
            get count() {
              return props.history?.items().length;
            },
            content: () => <Show when={props.history}>{(history) => <AlarmHistory read={history()} onWhy={props.onWhy} />}</Show>,
          },
        ]),
  ];
  return (
    <Panel label={T.definition} class="grow alarm-def">
      <Tabs
        label={T.definition}
        selected={props.tab}
        onSelect={props.onTab}
        items={items}
        class="alarm-tab"
        end={
          <Show when={props.changed.length > 0 && props.saved !== undefined}>
            <span class="row small muted alarm-differs" role="status">
              <span class="c-acc">{T.differs(props.changed.length)}</span> {T.fromSaved}
            </span>
          </Show>
        }
      />
      <Show when={props.tab !== "history"}>
        <div class="pb alarm-foot">
          <Show when={unplaced()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
          <Show when={problems().length > 0}>
            <div role="alert">
              <Callout tone="alarm">
                <b class="med">{T.problems(problems().length)}</b>
                <Show when={loose().length > 0}>
                  <ul class="alarm-loose">
                    <For each={loose()}>
                      {(one) => (
                        <li>
                          {one.message} <Show when={one.hint}>{(hint) => <span class="t2">{hint()}</span>}</Show>
                        </li>
                      )}
                    </For>
                  </ul>
                </Show>
              </Callout>
            </div>
          </Show>
          <Show when={props.tab !== "line" ? line.data() : undefined}>
            {(text) => <AwsLine line={text()} marks={props.saved === undefined ? [] : props.changed.map(optionOf)} />}
          </Show>
          <div class="row g3 wrap">{props.buttons}</div>
        </div>
      </Show>
    </Panel>
  );
}
