import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import { isCursorPinned } from "../../charts/cursor.ts";
import { useClock } from "../../client/context.ts";
import type { Read } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
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
  /** Shows the evaluation of a moment. */
  readonly onShow: (at: number) => void;
  readonly onNewest: () => void;
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
    if (target <= clock()) props.onShow(target);
  };
  const isLast = (): boolean => {
    const here = evaluation();
    return here === undefined || here.at + here.cadenceSeconds * 1000 > clock();
  };
  const outcome = (here: Evaluation): string => {
    // Before the alarm was there, or was as it is now, nothing happened: a state is no change.
    if (here.basis.kind === "as-now" && here.basis.why !== "not-kept") return T.wouldBe(STATE_WORDS[here.verdict]);
    if (here.stateBefore === here.verdict) return T.stays(STATE_WORDS[here.verdict]);
    return `${STATE_WORDS[here.stateBefore]} → ${STATE_WORDS[here.verdict]}`;
  };
  return (
    <Panel
      title={T.why}
      class="why"
      sub={
        <>
          <Show when={notEvaluated() === undefined}>
            <span class="why-word">{T.evaluationOf}</span>
          </Show>
          <Show when={evaluation()}>{(here) => <Steps at={here().at} isLast={isLast()} onStep={step} onNewest={props.onNewest} />}</Show>
        </>
      }
    >
      <div class="pb why-body">
        <ReadState read={props.read} rows={4}>
          {() => (
            <Switch>
              <Match when={notEvaluated()}>{(answer) => <Callout tone="warn">{answer().sentence}</Callout>}</Match>
              <Match when={evaluation()}>
                {(here) => (
                  <>
                    <div class="row small why-changes">
                      <span class="t2 grow why-outcome">{outcome(here())}</span>
                      <ToChange at={here().changes.before} label={T.previousChange} none={T.noPreviousChange} onShow={props.onShow} />
                      <ToChange at={here().changes.after} label={T.nextChange} none={T.noNextChange} onShow={props.onShow} />
                    </div>
                    <WhyEvidence evaluation={here()} filters={props.filters} />
                    <div class="row small why-next">
                      <Show
                        when={isLast()}
                        fallback={
                          <>
                            <span class="muted">{here().changes.after === undefined ? T.pastEvaluation : T.pastChanged}</span>
                            <button type="button" class="link tap" onClick={props.onNewest}>
                              {T.toNewest(secondText(here().next - here().cadenceSeconds * 1000))}
                            </button>
                          </>
                        }
                      >
                        <span class="muted">{T.nextEvaluation}</span>
                        <b class="med">{secondText(here().next)}</b>
                        <span class="muted">{T.inTime(durationText(here().next - clock()))}</span>
                      </Show>
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

/** To the evaluation by which the state changed before or after. */
function ToChange(props: {
  readonly at: number | undefined;
  readonly label: string;
  readonly none: string;
  readonly onShow: (at: number) => void;
}): JSX.Element {
  return (
    <Button
      small
      look="ghost"
      disabled={props.at === undefined}
      reason={props.none}
      onClick={() => {
        if (props.at !== undefined) props.onShow(props.at);
      }}
    >
      {props.label}
    </Button>
  );
}

/** Earlier, the moment (pressed: back to the latest), later. */
function Steps(props: {
  readonly at: number;
  readonly isLast: boolean;
  readonly onStep: (by: 1 | -1) => void;
  readonly onNewest: () => void;
}): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: two steps around a moment
    <div class="seg sm" role="group" aria-label={T.evaluationOf}>
      <button type="button" aria-label={T.earlier} title={T.earlier} onClick={() => props.onStep(-1)}>
        <Glyph name="left" size="s" />
      </button>
      <button type="button" aria-pressed={isCursorPinned()} title={T.latest} onClick={props.onNewest}>
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
