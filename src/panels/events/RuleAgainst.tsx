import { createMemo, type JSX, Show } from "solid-js";
import { JsonView } from "../../ui/JsonView.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { eventMarks } from "./because-tree.ts";
import type { Trial } from "./pattern-trial.ts";
import { RULES as T } from "./rule-strings.ts";
import { PreviewLine, SamplePick, WhyPanel } from "./WhyPanel.tsx";

/** A saved pattern against the events of its bus: why, and the event with what it differs in. */
export function RuleAgainst(props: { readonly trial: Trial; readonly bus: string }): JSX.Element {
  const event = createMemo((): unknown => {
    const text = props.trial.sample.text();
    return text === "" ? undefined : JSON.parse(text);
  });
  return (
    <>
      <WhyPanel trial={props.trial}>
        <PreviewLine trial={props.trial} bus={props.bus} />
        <SamplePick trial={props.trial} />
      </WhyPanel>
      <Show when={event()}>
        {(value) => (
          <Panel title={T.theEvent} class="events-the-event">
            <JsonView label={T.eventJson} value={value()} marks={eventMarks(props.trial.nodes())} />
          </Panel>
        )}
      </Show>
    </>
  );
}
