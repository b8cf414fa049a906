import { For, type JSX } from "solid-js";
import { Chip } from "../../ui/Badge.tsx";
import { TextField } from "../../ui/TextField.tsx";
import type { ScheduleTrial } from "./answers.ts";
import { useEventLook } from "./event-reads.ts";
import { RULES as T } from "./rule-strings.ts";

const EXAMPLES = ["rate(1 minute)", "rate(5 minutes)", "cron(0 9 ? * MON-FRI *)", "cron(0/15 * * * ? *)"];

/** A rate or a cron expression; what is wrong with it stands below while it is typed. */
export function ScheduleField(props: {
  readonly value: string;
  readonly bus: string;
  readonly error?: string;
  readonly onInput: (value: string) => void;
}): JSX.Element {
  const read = useEventLook<ScheduleTrial>("trySchedule", () => ({ expression: props.value, count: 1 }), { follow: "question" });
  const error = (): string | undefined => {
    if (props.error !== undefined) return props.error;
    if (props.bus !== "default") return T.scheduleBus;
    const trial = read.data();
    return trial !== undefined && "error" in trial ? `${trial.error} ${trial.hint ?? ""}`.trim() : undefined;
  };
  return (
    <>
      <TextField
        label={T.expression}
        mono
        value={props.value}
        hint={T.expressionHint}
        onInput={props.onInput}
        {...(error() === undefined ? {} : { error: error() as string })}
      />
      <div class="row wrap">
        <span class="small muted">{T.examples}</span>
        <For each={EXAMPLES}>
          {(example) => (
            <Chip onClick={() => props.onInput(example)}>
              <span class="mono">{example}</span>
            </Chip>
          )}
        </For>
      </div>
    </>
  );
}
