import { createSignal, createUniqueId, type JSX, Show } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { Combobox } from "../../ui/Combobox.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { Callout } from "../../ui/notes.tsx";
import { valueText } from "../../ui/numbers.ts";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { periodOptions, periodText, STATISTICS } from "../metrics/catalog.ts";
import { ActionsField } from "./ActionsField.tsx";
import { AlarmFormMore } from "./AlarmFormMore.tsx";
import { useTopics } from "./alarm-reads.ts";
import type { AlarmInput, AlarmProblem } from "./answers.ts";
import { expressionName } from "./condition.ts";
import { COMPARISONS, memberOf, statisticMembers } from "./draft.ts";
import { FOLDED, type FormMarks, shortArn, statisticOf } from "./form-words.ts";
import { MetricPicker, metricText } from "./MetricPicker.tsx";
import { useSubscriptions } from "./SubscriptionHint.tsx";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface AlarmFormProps {
  readonly input: AlarmInput;
  /** The saved alarm; absent for a new one. */
  readonly saved?: AlarmInput | undefined;
  /** What the engine refused last, of this form. */
  readonly failure?: PlainFailure | undefined;
  /** All that it would refuse of this form; what is said here goes before `failure`. */
  readonly problems: readonly AlarmProblem[];
  readonly onChange: (change: AlarmInput) => void;
}

export const treatmentWords = (treatment: string | undefined): string =>
  treatment === undefined ? T.notSet : ((T.treatments as Readonly<Record<string, string>>)[treatment] ?? treatment);

/** PutMetricAlarm as a form. What differs from the saved alarm is marked; what the engine refuses stands at its field. */
export function AlarmForm(props: AlarmFormProps): JSX.Element {
  const topics = useTopics();
  const noteOf = useSubscriptions();
  const moreId = createUniqueId();
  const [isMore, setMore] = createSignal(false);
  const marks: FormMarks = {
    was: (members, text) => {
      const saved = props.saved;
      if (saved === undefined) return {};
      const differs = members.some((member) => JSON.stringify(saved[member]) !== JSON.stringify(emptied(props.input[member])));
      return differs ? { was: text(saved) ?? T.notSet } : {};
    },
    error: (...members) => {
      const problem = props.problems.find((one) => one.member !== undefined && members.includes(one.member));
      if (problem !== undefined) return { error: problem.hint ?? problem.message };
      if (props.problems.length > 0) return {};
      const member = memberOf(props.failure);
      return member !== undefined && members.includes(member) && props.failure !== undefined ? { error: props.failure.message } : {};
    },
  };
  const isMath = (): boolean => (props.input.Metrics ?? []).length > 0;
  const isOpen = (): boolean => isMore() || marks.error(...FOLDED).error !== undefined;
  const set = (change: AlarmInput): void => props.onChange(change);
  return (
    <div class="alarm-form">
      <Show when={props.saved === undefined}>
        <div class="sp4">
          <TextField
            label={T.alarmName}
            value={props.input.AlarmName ?? ""}
            onInput={(AlarmName) => set({ AlarmName })}
            {...marks.error("AlarmName")}
          />
        </div>
      </Show>
      <Show
        when={!isMath()}
        fallback={
          <div class="sp4">
            <Callout>{T.mathForm}</Callout>
          </div>
        }
      >
        <div class="sp2">
          <MetricPicker
            input={props.input}
            {...marks.was(["Namespace", "MetricName", "Dimensions"], metricText)}
            {...marks.error("Namespace", "MetricName", "Dimensions")}
            onPick={({ namespace, metricName, dimensions }) =>
              set({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions.map(({ Name, Value }) => ({ Name, Value })) })
            }
          />
        </div>
        <Combobox
          label={T.statistic}
          value={statisticOf(props.input)}
          options={STATISTICS}
          onChange={(stat) => set(statisticMembers(stat))}
          {...marks.was(["Statistic", "ExtendedStatistic"], statisticOf)}
          {...marks.error("Statistic", "ExtendedStatistic")}
        />
        <Select
          label={T.period}
          value={props.input.Period ?? 60}
          options={periodOptions(10, props.input.Period)}
          onChange={(Period) => set({ Period })}
          {...marks.was(["Period"], (saved) => (saved.Period === undefined ? undefined : periodText(saved.Period)))}
          {...marks.error("Period")}
        />
      </Show>
      <div class="sp2">
        <Select
          label={T.whenever(props.input.MetricName ?? expressionName(props.input) ?? T.metric.toLowerCase())}
          value={props.input.ComparisonOperator ?? ""}
          options={comparisonOptions(props.input.ComparisonOperator)}
          onChange={(ComparisonOperator) => set({ ComparisonOperator })}
          {...marks.was(["ComparisonOperator"], (saved) => COMPARISONS[saved.ComparisonOperator ?? ""]?.sign ?? saved.ComparisonOperator)}
          {...marks.error("ComparisonOperator")}
        />
      </div>
      <NumberField
        label={T.than}
        value={props.input.Threshold}
        onChange={(Threshold) => set({ Threshold } as AlarmInput)}
        steppers
        {...marks.was(["Threshold"], (saved) => (saved.Threshold === undefined ? undefined : valueText(saved.Threshold)))}
        {...marks.error("Threshold")}
      />
      <div class="mofn">
        <NumberField
          label={T.datapoints}
          value={props.input.DatapointsToAlarm ?? props.input.EvaluationPeriods}
          onChange={(DatapointsToAlarm) => set({ DatapointsToAlarm } as AlarmInput)}
          min={1}
          {...marks.was(["DatapointsToAlarm"], (saved) => numberText(saved.DatapointsToAlarm ?? saved.EvaluationPeriods))}
          {...marks.error("DatapointsToAlarm")}
        />
        <span class="muted" aria-hidden="true">
          {T.outOf}
        </span>
        <NumberField
          label={T.periods}
          value={props.input.EvaluationPeriods}
          onChange={(EvaluationPeriods) => set({ EvaluationPeriods } as AlarmInput)}
          min={1}
          {...marks.was(["EvaluationPeriods"], (saved) => numberText(saved.EvaluationPeriods))}
          {...marks.error("EvaluationPeriods")}
        />
      </div>
      <div class="sp2">
        <Select
          label={T.treatment}
          value={props.input.TreatMissingData ?? ""}
          options={treatmentOptions(props.input.TreatMissingData)}
          onChange={(treatment) => set({ TreatMissingData: treatment === "" ? undefined : treatment } as AlarmInput)}
          {...marks.was(["TreatMissingData"], (saved) => treatmentWords(saved.TreatMissingData))}
          {...marks.error("TreatMissingData")}
        />
        <button
          type="button"
          class="link tap small alarm-more-toggle"
          aria-expanded={isOpen()}
          aria-controls={moreId}
          onClick={() => setMore(!isOpen())}
        >
          <Glyph name={isOpen() ? "down" : "right"} size="s" />
          {T.more}
        </button>
      </div>
      <div class="sp2">
        <ActionsField
          label={T.notify}
          arns={props.input.AlarmActions ?? []}
          topics={topics()}
          noteOf={noteOf}
          onChange={(AlarmActions) => set({ AlarmActions })}
          {...marks.was(["AlarmActions"], (saved) => (saved.AlarmActions ?? []).map(shortArn).join(", ") || undefined)}
          {...marks.error("AlarmActions")}
        />
      </div>
      <Show when={isOpen()} fallback={<div class="sp4" id={moreId} hidden />}>
        <AlarmFormMore id={moreId} input={props.input} topics={topics()} noteOf={noteOf} marks={marks} onChange={set} />
      </Show>
    </div>
  );
}

const emptied = (value: unknown): unknown => (value === "" || (Array.isArray(value) && value.length === 0) ? undefined : value);
const numberText = (value: number | undefined): string | undefined => (value === undefined ? undefined : String(value));

function comparisonOptions(present: string | undefined): readonly { readonly value: string; readonly label: string }[] {
  const all = Object.entries(COMPARISONS).map(([value, { label }]) => ({ value, label }));
  return present === undefined || COMPARISONS[present] !== undefined ? all : [...all, { value: present, label: present }];
}

function treatmentOptions(present: string | undefined): readonly { readonly value: string; readonly label: string }[] {
  const all = Object.entries(T.treatments).map(([value, label]) => ({ value, label: label as string }));
  const others =
    present === undefined
      ? [{ value: "", label: T.notSet as string }]
      : present in T.treatments
        ? []
        : [{ value: present, label: present }];
  return [...others, ...all];
}
