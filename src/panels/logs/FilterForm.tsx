import { createMemo, type JSX, Show } from "solid-js";
import type { PlainFailure } from "../../../workers/api.ts";
import { PatternInput } from "../../editors/filter-pattern/PatternInput.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { NumberField } from "../../ui/NumberField.tsx";
import { ErrorNote } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { TextArea, TextField } from "../../ui/TextField.tsx";
import { useCatalog } from "../metrics/catalog.ts";
import { UNITS } from "../metrics/strings.ts";
import { failuresByMember } from "./failures.ts";
import { type FilterDraft, nameOfFilter } from "./filter-draft.ts";
import type { Search } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";

export interface FilterFormProps {
  readonly search: Search;
  readonly draft: FilterDraft;
  /** An existing filter: its name stays. */
  readonly isEdit: boolean;
  readonly failure: PlainFailure | undefined;
  readonly onChange: (change: Partial<FilterDraft>) => void;
}

const MEMBERS = [
  "filterPattern",
  "filterName",
  "metricNamespace",
  "metricName",
  "metricValue",
  "defaultValue",
  "unit",
  "dimensions",
] as const;
type Member = (typeof MEMBERS)[number];

/** PutMetricFilter as a form; what the engine refuses stands at its field. */
export function FilterForm(props: FilterFormProps): JSX.Element {
  const catalog = useCatalog();
  const broken = createMemo(() => failuresByMember(props.failure, MEMBERS));
  // The engine stops at the first rule that is broken; what is plainly not filled in yet is said with it.
  const isUnfilled = (member: Member): boolean =>
    (member === "metricNamespace" && props.draft.metricNamespace === "") || (member === "metricName" && props.draft.metricName === "");
  /** A filter without a name takes the metric's: while that is empty too, one sentence at the metric's name says it for both. */
  const isNameless = (): boolean => !props.isEdit && nameOfFilter(props.draft) === "";
  const error = (member: Member): string | undefined => {
    if (props.failure !== undefined && isNameless() && member === "metricName") return T.nameless;
    if (isNameless() && member === "filterName") return undefined;
    return broken().get(member) ?? (props.failure !== undefined && isUnfilled(member) ? T.unfilled : undefined);
  };
  const options = (values: readonly string[]) => [...new Set(values)].map((value) => ({ value }));
  const own = () => catalog.metrics().filter((one) => !one.namespace.startsWith("AWS/"));
  return (
    <div class="pb col logs-form">
      <PatternInput labelled label={T.pattern} value={props.search.text()} parsed={props.search.parsed()} onInput={props.search.setText} />
      <div class="fgrid">
        <Combobox
          label={T.namespace}
          value={props.draft.metricNamespace}
          options={options(own().map((one) => one.namespace))}
          onChange={(metricNamespace) => props.onChange({ metricNamespace })}
          hint={T.namespaceHint}
          error={error("metricNamespace")}
        />
        <Combobox
          label={T.metricName}
          value={props.draft.metricName}
          options={options(
            own()
              .filter((one) => one.namespace === props.draft.metricNamespace)
              .map((one) => one.metricName),
          )}
          onChange={(metricName) => props.onChange({ metricName })}
          hint={T.metricNameHint}
          error={error("metricName")}
        />
        <TextField
          label={T.filterName}
          value={props.draft.filterName}
          {...(props.isEdit ? {} : { hint: T.filterNameHint(nameOfFilter({ ...props.draft, filterName: "" })) })}
          disabled={props.isEdit}
          onInput={(filterName) => props.onChange({ filterName })}
          error={error("filterName")}
        />
      </div>
      <div class="fgrid">
        <TextField
          label={T.metricValue}
          mono
          value={props.draft.metricValue}
          onInput={(metricValue) => props.onChange({ metricValue })}
          hint={T.metricValueHint}
          error={error("metricValue")}
        />
        <NumberField
          label={T.defaultValue}
          value={props.draft.defaultValue}
          onChange={(defaultValue) => props.onChange({ defaultValue })}
          hint={T.defaultHint}
          error={error("defaultValue")}
        />
        <Select
          label={T.unit}
          value={props.draft.unit}
          options={[{ value: "", label: T.noUnit }, ...UNITS.filter((one) => one !== "None").map((value) => ({ value, label: value }))]}
          onChange={(unit) => props.onChange({ unit })}
          error={error("unit")}
        />
      </div>
      <TextArea
        label={T.dimensions}
        mono
        rows={2}
        value={props.draft.dimensions}
        onInput={(dimensions) => props.onChange({ dimensions })}
        hint={T.dimensionsHint}
        error={error("dimensions")}
      />
      <Show when={props.failure !== undefined && (broken().size === 0 || broken().has("filterPattern")) && props.failure}>
        {(failure) => <ErrorNote failure={failure()} />}
      </Show>
    </div>
  );
}
