import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { isCursorPinned, pinAt, unpin } from "../../charts/cursor.ts";
import { useClock } from "../../client/context.ts";
import type { Read } from "../../client/resource.ts";
import { Dialog } from "../../ui/Dialog.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Callout, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { STATE_WORDS } from "../../ui/strings.ts";
import { durationText, secondText } from "../../ui/time.ts";
import type { MetricFilter } from "./alarm-reads.ts";
import type { Evaluation, NotEvaluated } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";
import { WhyEvidence } from "./WhyEvidence.tsx";

export interface WhyCardProps {
  readonly read: Read<Evaluation | NotEvaluated>;
  readonly filters: readonly MetricFilter[];
}

/** The evaluation at the cursor: its periods, what they mean, AWS's own words. */
export function WhyCard(props: WhyCardProps): JSX.Element {
  const clock = useClock();
  const [isJson, setJson] = createSignal(false);
  const evaluation = createMemo(() => {
    const answer = props.read.data();
    return answer?.kind === "alarm-evaluation" ? answer : undefined;
  });
  const notEvaluated = createMemo(() => {
    const answer = props.read.data();
    return answer?.kind === "not-evaluated" ? answer : undefined;
  });
  const step = (by: 1 | -1): void => {
    const here = evaluation();
    if (here === undefined) return;
    const target = here.at + by * here.cadenceSeconds * 1000;
    // The cursor stands at the start of a period, an evaluation at the end of its newest one.
    if (target <= clock()) pinAt(target - here.periodSeconds * 1000);
  };
  const isLast = (): boolean => {
    const here = evaluation();
    return here === undefined || here.at + here.cadenceSeconds * 1000 > clock();
  };
  const outcome = (here: Evaluation): string =>
    here.stateBefore === here.verdict ? T.stays(STATE_WORDS[here.verdict]) : `${here.stateBefore} → ${here.verdict}`;
  return (
    <Panel
      title={T.why}
      class="why"
      sub={
        <>
          <Show when={notEvaluated() === undefined}>
            <span class="why-word">{T.evaluationOf}</span>
          </Show>
          <Show when={evaluation()}>{(here) => <Steps at={here().at} isLast={isLast()} onStep={step} />}</Show>
        </>
      }
      end={<Show when={evaluation()}>{(here) => <span class="small muted trunc">{outcome(here())}</span>}</Show>}
    >
      <div class="pb why-body">
        <ReadState read={props.read} rows={4}>
          {() => (
            <Switch>
              <Match when={notEvaluated()}>{(answer) => <Callout tone="warn">{answer().sentence}</Callout>}</Match>
              <Match when={evaluation()}>
                {(here) => (
                  <>
                    <WhyEvidence evaluation={here()} filters={props.filters} />
                    <div class="row small nowrap why-next">
                      <span class="muted">{T.nextEvaluation}</span>
                      <b class="med">{secondText(here().next)}</b>
                      <span class="muted">{T.inTime(durationText(here().next - clock()))}</span>
                      <span class="grow" />
                      <button type="button" class="link tap" onClick={() => setJson(true)}>
                        {T.because}
                      </button>
                    </div>
                    <Dialog open={isJson()} onClose={() => setJson(false)} title={T.becauseTitle(secondText(here().at))} wide>
                      <JsonView label={T.because} value={here()} />
                    </Dialog>
                  </>
                )}
              </Match>
            </Switch>
          )}
        </ReadState>
      </div>
    </Panel>
  );
}

/** Earlier, the moment (pressed: back to the latest), later. */
function Steps(props: { readonly at: number; readonly isLast: boolean; readonly onStep: (by: 1 | -1) => void }): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two steps around a moment
    <div class="seg sm" role="group" aria-label={T.evaluationOf}>
      <button type="button" aria-label={T.earlier} title={T.earlier} onClick={() => props.onStep(-1)}>
        <Glyph name="left" size="s" />
      </button>
      <button type="button" aria-pressed={isCursorPinned()} title={T.latest} onClick={unpin}>
        {secondText(props.at)}
      </button>
      <button
        type="button"
        aria-label={T.later}
        title={props.isLast ? T.laterNone : T.later}
        aria-disabled={props.isLast}
        onClick={() => {
          if (!props.isLast) props.onStep(1);
        }}
      >
        <Glyph name="right" size="s" />
      </button>
    </div>
  );
}
