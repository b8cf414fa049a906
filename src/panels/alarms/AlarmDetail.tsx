import { useNavigate } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, Show } from "solid-js";
import { useTimeRange } from "../../app/time-range.ts";
import { createCommand } from "../../client/command.ts";
import { useClock } from "../../client/context.ts";
import { Badge, StateBadge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { catchFocus } from "../../ui/focus.ts";
import { Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Page, type PageSide } from "../../ui/Page.tsx";
import { durationText } from "../../ui/time.ts";
import { AlarmActions } from "./AlarmActions.tsx";
import { AlarmChart } from "./AlarmChart.tsx";
import { AlarmDefinition, focusRefused } from "./AlarmDefinition.tsx";
import { putRequest } from "./AlarmLines.tsx";
import { useAlarm, useEvaluation, useFilters, useHistory, useSavedStates, useTimeline, useWhatIf } from "./alarm-reads.ts";
import type { Alarm, AlarmInput, Evaluation } from "./answers.ts";
import { changeText } from "./change-text.ts";
import { changedMembers, compact, inputOf, watchedOf } from "./draft.ts";
import { createProblems } from "./problems.ts";
import { createShownMoment } from "./shown-moment.ts";
import { sinceText } from "./since.ts";
import { ALARMS_TEXT as T } from "./strings.ts";
import { WhatIfCard } from "./WhatIfCard.tsx";
import { WhyCard } from "./WhyCard.tsx";

const sameJson = { equals: (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b) };

/** One alarm: what it saw, what it is, why it stands as it does, and what a change would have done. */
export function AlarmDetail(props: { readonly name: string }): JSX.Element {
  const navigate = useNavigate();
  const read = useAlarm(props.name);
  return (
    <Show
      when={read.alarm()}
      fallback={
        <Page title={props.name}>
          <Show when={read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={read.again} />}</Show>
          <Show when={read.data() !== undefined} fallback={<Show when={read.error() === undefined}>{<Skeleton rows={6} />}</Show>}>
            <Empty glyph="alarm" title={T.notFound(props.name)} action={{ label: T.toList, run: () => navigate("/alarms") }}>
              {T.notFoundWhy}
            </Empty>
          </Show>
        </Page>
      }
    >
      {(alarm) => <AlarmPage alarm={alarm()} />}
    </Show>
  );
}

function AlarmPage(props: { readonly alarm: Alarm }): JSX.Element {
  const clock = useClock();
  const range = useTimeRange();
  const name = props.alarm.AlarmName;
  const [tab, setTab] = createSignal("form");
  const [side, setSide] = createSignal<PageSide>("main");
  const [edits, setEdits] = createSignal<AlarmInput>();
  const [isOverlay, setOverlay] = createSignal(true);
  const save = createCommand({ done: T.saved(name), quiet: true });
  const saved = createMemo(() => inputOf(props.alarm), undefined, sameJson);
  const draft = (): AlarmInput => edits() ?? saved();
  const changed = createMemo(() => changedMembers(saved(), compact(draft())));
  const isChanged = (): boolean => changed().length > 0;
  const periodMs = createMemo(() => (watchedOf(saved())?.periodSeconds ?? 60) * 1000);

  const shown = createShownMoment(name, periodMs);
  const evaluation = useEvaluation(name, shown.moment);
  const timeline = useTimeline(name, range);
  const history = useHistory(name);
  const filters = useFilters(createMemo(() => watchedOf(saved()), undefined, sameJson));
  const startState = createMemo(() => timeline.data()?.spans[0]?.state);
  const whatIfSaved = useSavedStates(name, saved, range, startState);
  const whatIf = useWhatIf(() => (isChanged() ? draft() : undefined), range, startState, name);
  const evaluated = (): Evaluation | undefined => {
    const answer = evaluation.data();
    return answer?.kind === "alarm-evaluation" ? answer : undefined;
  };

  /** The evaluation that changed the state; of a change by hand the first one after it, when there is one. */
  const showChange = (at: number): void => {
    const cadence = (evaluated()?.cadenceSeconds ?? 60) * 1000;
    const tick = Math.ceil(at / cadence) * cadence;
    shown.show(tick <= clock() ? tick : tick - cadence);
    // In one column Why stands behind its switch, and the row that was pressed is gone.
    setSide("aside");
    catchFocus(() => document.querySelector<HTMLElement>(".side-switch [aria-checked=true]"));
  };

  /** The engine keeps this alarm, but does not evaluate it. */
  const isIdle = (): boolean => evaluation.data()?.kind === "not-evaluated";

  // Saved, or typed back to what is saved: the form follows the alarm again.
  createEffect(() => {
    if (edits() !== undefined && !isChanged() && !save.pending()) setEdits(undefined);
  });
  const problems = createProblems(() => compact(draft()));
  const change = (part: AlarmInput): void => {
    save.clear();
    setEdits({ ...draft(), ...part });
  };
  const put = async (): Promise<void> => {
    if (!(await problems.check()) || (await save.run(putRequest(compact(draft())))) === undefined) focusRefused();
  };
  const changedAt = (): number => props.alarm.StateTransitionedTimestamp ?? props.alarm.StateUpdatedTimestamp;

  return (
    <Page
      title={name}
      facts={
        <>
          <StateBadge state={props.alarm.StateValue} />
          <Show when={isIdle()}>
            <Badge tone="warn" glyph="warnt">
              {T.notEvaluated}
            </Badge>
          </Show>
          <button type="button" class="t2 alarm-since tap" title={T.showSince} onClick={() => showChange(changedAt())}>
            {T.sinceText(sinceText(changedAt(), clock()), durationText(clock() - changedAt()))}
          </button>
        </>
      }
      actions={
        <AlarmActions
          alarm={props.alarm}
          onEdit={() => {
            setTab("form");
            queueMicrotask(() => document.querySelector<HTMLElement>(".alarm-form .metric-pick, .alarm-form input")?.focus());
          }}
        />
      }
      class="alarm-body"
      mainLabel={T.graph}
      asideLabel={T.why}
      side={side()}
      onSide={setSide}
      aside={
        <>
          <WhyCard read={evaluation} filters={filters()} onShow={shown.show} onNewest={shown.toNewest} />
          <Show when={!isIdle()}>
            <WhatIfCard
              range={range()}
              input={draft()}
              saved={whatIfSaved}
              changed={whatIf}
              isChanged={isChanged()}
              sub={changeText(saved(), draft(), changed())}
              overlay={{ on: isOverlay(), set: setOverlay }}
              onTry={change}
            />
          </Show>
        </>
      }
    >
      <AlarmChart
        input={draft()}
        range={range()}
        timeline={timeline.data()}
        whatIf={isOverlay() && isChanged() ? whatIf.data() : undefined}
        evaluation={evaluated()}
        onPick={shown.choose}
      />
      <AlarmDefinition
        input={draft()}
        saved={saved()}
        changed={changed()}
        failure={save.error() ?? problems.failure() ?? whatIf.error()}
        problems={problems.list()}
        tab={tab()}
        onTab={setTab}
        onChange={change}
        onReplace={setEdits}
        history={history}
        onWhy={isIdle() ? undefined : showChange}
        buttons={
          <>
            <Button look="primary" pending={save.pending()} disabled={!isChanged()} reason={T.sameAsSaved} onClick={() => void put()}>
              {T.save}
            </Button>
            <Button
              disabled={!isChanged()}
              onClick={() => {
                save.clear();
                problems.clear();
                setEdits(undefined);
              }}
            >
              {T.discard}
            </Button>
            <span class="small muted">{T.saveWhy}</span>
          </>
        }
      />
    </Page>
  );
}
