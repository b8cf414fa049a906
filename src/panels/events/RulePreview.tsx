import { type JSX, Show } from "solid-js";
import { JsonInput } from "../../editors/json/JsonInput.tsx";
import { Panel } from "../../ui/Panel.tsx";
import type { Fix } from "./because-tree.ts";
import type { Trial } from "./pattern-trial.ts";
import type { RuleDraft } from "./rule-draft.ts";
import { RULES as T } from "./rule-strings.ts";
import { ScheduleMoments } from "./ScheduleMoments.tsx";
import { PreviewLine, SamplePick, WhyPanel } from "./WhyPanel.tsx";

/** What the rule of a form would match, live, or when it would fire. */
export function RulePreview(props: { readonly draft: RuleDraft; readonly trial: Trial; readonly onFix: (fix: Fix) => void }): JSX.Element {
  return (
    <>
      <Show when={props.draft.kind !== "pattern"}>
        <ScheduleMoments expression={props.draft.schedule} isOff={props.draft.state === "DISABLED"} rule={props.draft.name} />
      </Show>
      <Show when={props.draft.kind !== "schedule"}>
        <WhyPanel trial={props.trial} onFix={props.onFix}>
          <PreviewLine trial={props.trial} bus={props.draft.bus} />
          <SamplePick trial={props.trial} />
        </WhyPanel>
        <Panel title={T.sample}>
          <div class="pb">
            <JsonInput
              label={T.theEvent}
              value={props.trial.sample.text()}
              onInput={props.trial.sample.setText}
              {...(props.trial.eventError() === undefined ? {} : { error: { message: props.trial.eventError() as string } })}
            />
          </div>
        </Panel>
      </Show>
    </>
  );
}
