import { For, type JSX, Show } from "solid-js";
import { countText } from "../../ui/numbers.ts";
import { STATE_WORDS } from "../../ui/strings.ts";
import { durationText, minuteText } from "../../ui/time.ts";
import type { Span } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface StateStripProps {
  readonly from: number;
  readonly to: number;
  readonly spans: readonly Span[];
}

/** The states of one alarm over the range in a line of a table: thin where it is OK, full where it is not. */
export function StateStrip(props: StateStripProps): JSX.Element {
  const share = (at: number): number => Math.max(0, Math.min(1, (at - props.from) / Math.max(1, props.to - props.from)));
  const percent = (part: number): string => `${(part * 100).toFixed(2)}%`;
  const sentence = (): string => {
    const inAlarm = props.spans.filter((span) => span.state === "ALARM");
    const last = props.spans.at(-1)?.state;
    if (last === undefined) return T.stripNone;
    if (inAlarm.length === 0) return T.stripQuiet(STATE_WORDS[last]);
    const total = inAlarm.reduce((sum, span) => sum + span.end - span.start, 0);
    return T.stripAlarms(countText(inAlarm.length), durationText(total));
  };
  return (
    <span class="sstrip" title={sentence()}>
      <span class="vh">{sentence()}</span>
      <Show when={props.spans.length > 0}>
        <For each={props.spans}>
          {(span) => (
            <i
              data-state={span.state}
              title={`${STATE_WORDS[span.state]}, ${minuteText(span.start)} to ${minuteText(span.end)}`}
              style={{ left: percent(share(span.start)), width: percent(share(span.end) - share(span.start)) }}
            />
          )}
        </For>
      </Show>
    </span>
  );
}
