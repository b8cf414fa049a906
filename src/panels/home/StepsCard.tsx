import { A } from "@solidjs/router";
import { createMemo, For, type JSX, Show } from "solid-js";
import { logGroupPath, newFilterPath } from "../../app/paths.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type AccountFacts, stepsOf } from "./steps.ts";
import { HOME_TEXT as T } from "./strings.ts";

/** The way from a log line to an alarm, ticked off by what the account holds. */
export function StepsCard(props: { readonly facts: AccountFacts }): JSX.Element {
  const steps = createMemo(() => stepsOf(props.facts, { group: logGroupPath, filter: newFilterPath }));
  const next = createMemo(() => steps().find((step) => !step.done)?.id);
  const done = (): number => steps().filter((step) => step.done).length;
  return (
    <Panel title={T.firstSteps} end={<span class="muted small">{T.stepOf(done(), steps().length)}</span>}>
      <ol class="pb steps-list">
        <For each={steps()}>
          {(step) => (
            <li class={step.done ? "is-done" : step.id === next() ? "is-next" : ""}>
              <Glyph name={step.done ? "okc" : "ring"} />
              <A href={step.path} class="grow" aria-current={step.id === next() ? "step" : undefined}>
                {step.text}
                <Show when={step.id === next() && step.hint}>{(hint) => <span class="small t2 step-hint">{hint()}</span>}</Show>
              </A>
              <span class="vh">{step.done ? "done" : step.id === next() ? "next" : "to do"}</span>
            </li>
          )}
        </For>
      </ol>
    </Panel>
  );
}
