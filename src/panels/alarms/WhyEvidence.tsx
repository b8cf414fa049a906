import { A } from "@solidjs/router";
import { createMemo, For, type JSX, Show } from "solid-js";
import { logGroupPath } from "../../app/paths.ts";
import { useClock } from "../../client/context.ts";
import { EvaluationStrip } from "../../ui/EvaluationStrip.tsx";
import { Callout } from "../../ui/notes.tsx";
import type { MetricFilter } from "./alarm-reads.ts";
import type { Evaluation } from "./answers.ts";
import { sinceText } from "./since.ts";
import { ALARMS_TEXT as T } from "./strings.ts";
import { cellsOf, countedOf, filledSentence, gapOf, headline, lateSentences, readSentence } from "./why-sentences.ts";

/** Verdict in one sentence, then the periods as they were seen, then what led there and what came later, then the StateReason. */
export function WhyEvidence(props: { readonly evaluation: Evaluation; readonly filters: readonly MetricFilter[] }): JSX.Element {
  const clock = useClock();
  const head = createMemo(() => headline(props.evaluation));
  const filled = createMemo(() => filledSentence(props.evaluation));
  const gap = createMemo(() => gapOf(props.evaluation, props.filters, clock()));
  const late = createMemo(() => lateSentences(props.evaluation));
  const asNow = (): string | undefined => (props.evaluation.basis.kind === "as-now" ? props.evaluation.basis.sentence : undefined);
  const isChange = (): boolean => props.evaluation.stateBefore !== props.evaluation.verdict;
  const reasonLabel = (): string => {
    const { at, stateReason } = props.evaluation;
    if (stateReason.since === at && isChange()) return T.stateReasonHere;
    return T.stateReasonFrom[stateReason.by](sinceText(stateReason.since, clock()));
  };
  const hue = (): string => ({ ALARM: "c-alarm", OK: "c-ok", INSUFFICIENT_DATA: "c-insuf" })[props.evaluation.verdict];
  return (
    <>
      <p class="why-verdict">
        <span class={hue()}>{head().strong}</span> {head().rest} <span class="nowrap">{head().needed}</span>
      </p>
      <Show when={asNow()}>{(sentence) => <Callout tone="warn">{sentence()}</Callout>}</Show>
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
              {said().before}
              <A class="link" href={logGroupPath(said().filter.logGroupName)}>
                {said().filter.filterName}
              </A>
              {said().after}
            </li>
          )}
        </Show>
        <li>{props.evaluation.sentence}</li>
      </ol>
      <Show when={late().length > 0}>
        <div class="why-late small">
          <For each={late()}>{(sentence) => <p>{sentence}</p>}</For>
        </div>
      </Show>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
      <section class="well mono why-reason" tabIndex={0} aria-label={T.stateReason}>
        <span class="why-reason-from">{reasonLabel()}</span>
        {props.evaluation.stateReason.text}
      </section>
    </>
  );
}
