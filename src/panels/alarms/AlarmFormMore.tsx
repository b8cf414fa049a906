import { type JSX, Show } from "solid-js";
import { Select } from "../../ui/Select.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { UNITS } from "../metrics/strings.ts";
import { ActionsField } from "./ActionsField.tsx";
import type { AlarmInput } from "./answers.ts";
import { type FormMarks, shortArn, statisticOf } from "./form-words.ts";
import type { SubscriptionNote } from "./SubscriptionHint.tsx";
import { ALARMS_TEXT as T } from "./strings.ts";

/** What most alarms leave alone. */
export function AlarmFormMore(props: {
  readonly id: string;
  readonly input: AlarmInput;
  readonly topics: readonly string[];
  readonly noteOf: (arn: string) => SubscriptionNote | undefined;
  readonly marks: FormMarks;
  readonly onChange: (change: AlarmInput) => void;
}): JSX.Element {
  const list = (arns: readonly string[] | undefined): string | undefined => (arns ?? []).map(shortArn).join(", ") || undefined;
  const orNothing = (value: string): string | undefined => (value === "" ? undefined : value);
  return (
    <div class="sp4 alarm-more" id={props.id}>
      <div class="alarm-form">
        <div class="sp2">
          <TextField
            label={T.description}
            value={props.input.AlarmDescription ?? ""}
            onInput={(AlarmDescription) => props.onChange({ AlarmDescription })}
            {...props.marks.was(["AlarmDescription"], (saved) => saved.AlarmDescription)}
            {...props.marks.error("AlarmDescription")}
          />
        </div>
        <Select
          label={T.unit}
          value={props.input.Unit ?? ""}
          options={[{ value: "", label: T.anyUnit }, ...UNITS.map((unit) => ({ value: unit, label: unit }))]}
          onChange={(unit) => props.onChange({ Unit: orNothing(unit) } as AlarmInput)}
          {...props.marks.was(["Unit"], (saved) => saved.Unit ?? T.anyUnit)}
          {...props.marks.error("Unit")}
        />
        <Show when={/^p\d/.test(statisticOf(props.input))} fallback={<span />}>
          <Select
            label={T.lowSamples}
            value={props.input.EvaluateLowSampleCountPercentile ?? ""}
            options={[
              { value: "", label: T.notSet },
              { value: "evaluate", label: T.evaluate },
              { value: "ignore", label: T.ignore },
            ]}
            onChange={(choice) => props.onChange({ EvaluateLowSampleCountPercentile: orNothing(choice) } as AlarmInput)}
            {...props.marks.was(["EvaluateLowSampleCountPercentile"], (saved) => saved.EvaluateLowSampleCountPercentile)}
            {...props.marks.error("EvaluateLowSampleCountPercentile")}
          />
        </Show>
        <div class="sp2">
          <ActionsField
            label={T.notifyOk}
            arns={props.input.OKActions ?? []}
            topics={props.topics}
            noteOf={props.noteOf}
            onChange={(OKActions) => props.onChange({ OKActions })}
            {...props.marks.was(["OKActions"], (saved) => list(saved.OKActions))}
            {...props.marks.error("OKActions")}
          />
        </div>
        <div class="sp2">
          <ActionsField
            label={T.notifyInsufficient}
            arns={props.input.InsufficientDataActions ?? []}
            topics={props.topics}
            noteOf={props.noteOf}
            onChange={(InsufficientDataActions) => props.onChange({ InsufficientDataActions })}
            {...props.marks.was(["InsufficientDataActions"], (saved) => list(saved.InsufficientDataActions))}
            {...props.marks.error("InsufficientDataActions")}
          />
        </div>
      </div>
    </div>
  );
}
