import { A } from "@solidjs/router";
import { createMemo, type JSX, Show } from "solid-js";
import { logGroupPath } from "../../app/paths.ts";
import { EvaluationStrip } from "../../ui/EvaluationStrip.tsx";
import type { MetricFilter } from "./alarm-reads.ts";
import type { Evaluation } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";
import { cellsOf, countedOf, filledSentence, gapOf, headline, readSentence } from "./why-sentences.ts";

/** Verdict in one sentence, then the periods, then what led there, then the StateReason. */
export function WhyEvidence(props: {
  readonly evaluation: Evaluation;
  readonly filters: readonly MetricFilter[];
  readonly reason: string | undefined;
}): JSX.Element {
  const head = createMemo(() => headline(props.evaluation));
  const filled = createMemo(() => filledSentence(props.evaluation));
  const gap = createMemo(() => gapOf(props.evaluation, props.filters));
  const hue = (): string => ({ ALARM: "c-alarm", OK: "c-ok", INSUFFICIENT_DATA: "c-insuf" })[props.evaluation.verdict];
  return (
    <>
      <p class="why-verdict">
        <span class={hue()}>{head().strong}</span> {head().rest} <span class="nowrap">{head().needed}</span>
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="why-strip" tabIndex={0} aria-label={T.strip}>
        <EvaluationStrip
          cells={cellsOf(props.evaluation)}
          counted={countedOf(props.evaluation)}
          periodSeconds={props.evaluation.periodSeconds}
        />
      </section>
      <ol class="why-steps small t2">
        <li>{readSentence(props.evaluation)}</li>
        <Show when={filled()}>
          {(said) => (
            <li>
              {said().before}
              <b class="med c-insuf">{said().treatment}</b>
              {said().after}
            </li>
          )}
        </Show>
        <Show when={gap()}>
          {(said) => (
            <li>
              <Show when={said().filter.defaultValue === undefined} fallback={T.gapDefaultBefore(said().time, said().filter.logGroupName)}>
                {T.gapBefore(said().time)}
              </Show>
              <A class="link" href={logGroupPath(said().filter.logGroupName)}>
                {said().filter.filterName}
              </A>
              {said().filter.defaultValue === undefined ? T.gapAfter : T.gapDefaultAfter(String(said().filter.defaultValue))}
            </li>
          )}
        </Show>
        <li>{props.evaluation.sentence}</li>
      </ol>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="well mono why-reason" tabIndex={0} aria-label={T.stateReason}>
        <span class="muted">{T.stateReason} </span>
        {props.reason ?? props.evaluation.reason}
      </section>
    </>
  );
}
