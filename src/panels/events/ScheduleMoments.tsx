import { For, type JSX, Show } from "solid-js";
import { Callout, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { dayText, secondText } from "../../ui/time.ts";
import type { ScheduleTrial } from "./answers.ts";
import { useEventLook } from "./event-reads.ts";
import { RULES as T } from "./rule-strings.ts";

/** The next five moments of a schedule. What is wrong with it stands at its field, not here. */
export function ScheduleMoments(props: {
  readonly expression: string;
  readonly isOff?: boolean;
  /** A rule that has it already: its rate goes on from where it began. */
  readonly rule?: string;
}): JSX.Element {
  const read = useEventLook<ScheduleTrial>(
    "trySchedule",
    () =>
      props.expression.trim() === ""
        ? undefined
        : { expression: props.expression, count: 5, ...(props.rule === undefined ? {} : { rule: props.rule }) },
    { follow: "minute" },
  );
  return (
    <Panel title={T.fires}>
      <div class="pb col">
        <Show when={props.isOff}>
          <Callout>{T.scheduleOff}</Callout>
        </Show>
        <ReadState read={read} rows={2}>
          {(trial) => {
            const moments = (): readonly number[] => {
              const here = trial();
              return "moments" in here ? here.moments : [];
            };
            return (
              <Show when={moments().length > 0} fallback={<p class="muted">{T.firesNever}</p>}>
                <ol class="events-moments">
                  <For each={moments()}>
                    {(at) => (
                      <li>
                        <time class="mono">{secondText(at)}</time> <span class="muted">{dayText(at)}</span>
                      </li>
                    )}
                  </For>
                </ol>
              </Show>
            );
          }}
        </ReadState>
      </div>
    </Panel>
  );
}
