import { For, type JSX, Show } from "solid-js";
import type { TimeRange } from "../../app/time-range.ts";
import type { Read } from "../../client/resource.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { countText, valueText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { STATE_WORDS } from "../../ui/strings.ts";
import { durationText, minuteText, secondText, shortDayText } from "../../ui/time.ts";
import type { AlarmInput, WhatIf } from "./answers.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface WhatIfCardProps {
  readonly range: TimeRange;
  readonly input: AlarmInput;
  /** The saved alarm over the same range; absent for a new one. */
  readonly saved?: Read<WhatIf>;
  /** The changed (or new) form. */
  readonly changed: Read<WhatIf>;
  readonly isChanged: boolean;
  /** Datapoints to alarm 3 → 2 */
  readonly sub: string;
  readonly overlay?: { readonly on: boolean; readonly set: (on: boolean) => void };
  readonly onTry: (change: AlarmInput) => void;
}

const MOST_TRIES = 3;

/** What the changed form would have done over the shown range. */
export function WhatIfCard(props: WhatIfCardProps): JSX.Element {
  const moment = (at: number): string => {
    const isLong = props.range.to - props.range.from > 86_400_000;
    const time = at % 60_000 === 0 ? minuteText(at) : secondText(at);
    return isLong ? `${shortDayText(at)} ${time}` : time;
  };
  const rows: readonly { readonly label: string; readonly of: (answer: WhatIf) => string }[] = [
    {
      label: T.goesAt,
      of: (answer) => {
        const first = answer.transitions.find((one) => one.to === "ALARM");
        return first === undefined ? T.never : moment(first.at);
      },
    },
    { label: T.alarms, of: (answer) => countText(answer.transitions.filter((one) => one.to === "ALARM").length) },
    {
      label: T.timeInAlarm,
      of: (answer) => durationText(answer.spans.reduce((sum, span) => sum + (span.state === "ALARM" ? span.end - span.start : 0), 0)),
    },
    // A change at the very end has no span of its own.
    {
      label: T.endsIn,
      of: ({ spans, transitions }) => STATE_WORDS[transitions.at(-1)?.to ?? spans.at(-1)?.state ?? "INSUFFICIENT_DATA"],
    },
  ];
  const said = (read: Read<WhatIf> | undefined, of: (answer: WhatIf) => string): string | undefined => {
    const answer = read?.data();
    return answer === undefined ? undefined : of(answer);
  };
  const savedBasis = ({ asSeenFrom: from }: WhatIf): string =>
    from === undefined ? T.savedTried : from <= props.range.from ? T.savedHappened : T.savedHappenedFrom(moment(from));
  const triedBasis = ({ asSeenFrom: from }: WhatIf): string =>
    from === undefined ? T.triedNow : from <= props.range.from ? T.triedSeen : T.triedSeenFrom(moment(from));
  const tries = (): readonly { readonly label: string; readonly change: AlarmInput }[] => {
    const { Threshold, EvaluationPeriods, DatapointsToAlarm, TreatMissingData } = props.input;
    const all = [
      ...(EvaluationPeriods === 1 && (DatapointsToAlarm ?? 1) === 1
        ? []
        : [{ label: T.tryOne, change: { EvaluationPeriods: 1, DatapointsToAlarm: 1 } }]),
      ...(TreatMissingData === "breaching" ? [] : [{ label: T.tryMissing, change: { TreatMissingData: "breaching" } }]),
      ...(Threshold === undefined || Threshold === 0
        ? []
        : [2, 0.5].map((times) => ({ label: T.tryThreshold(valueText(Threshold * times)), change: { Threshold: Threshold * times } }))),
    ];
    return all.slice(0, MOST_TRIES);
  };
  return (
    <Panel
      title={T.whatIf}
      class="grow what-if"
      sub={props.sub}
      end={
        <Show when={props.overlay}>
          {(overlay) => (
            <span class="small">
              <Switch label={T.overlay} on={overlay().on} onChange={overlay().set} />
            </span>
          )}
        </Show>
      }
    >
      <Show when={props.changed.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
      <div class="tbl-scroll">
        <table class="tbl tight" aria-label={T.whatIf} aria-busy={props.changed.stale() ? "true" : undefined}>
          <thead>
            <tr>
              <th scope="col">{T.last(durationText(props.range.to - props.range.from))}</th>
              <Show
                when={props.saved}
                fallback={
                  <th scope="col" class="num">
                    {T.thisColumn}
                  </th>
                }
              >
                <th scope="col" class="num">
                  {T.savedColumn}
                </th>
                <th scope="col" class="num">
                  {T.whatIfColumn}
                </th>
              </Show>
            </tr>
          </thead>
          <tbody>
            <For each={rows}>
              {(row) => {
                const before = (): string | undefined => said(props.saved, row.of);
                const after = (): string | undefined => (props.isChanged ? said(props.changed, row.of) : undefined);
                return (
                  <tr>
                    <td>{row.label}</td>
                    <Show when={props.saved}>
                      <td class="num">{before() ?? "–"}</td>
                    </Show>
                    <td class="num">
                      <b class={after() !== undefined && after() !== before() ? "c-acc" : "plain"}>{after() ?? "–"}</b>
                    </td>
                  </tr>
                );
              }}
            </For>
          </tbody>
        </table>
      </div>
      <Show when={!props.isChanged && props.saved === undefined}>
        <p class="pb small muted">{T.incomplete}</p>
      </Show>
      <Show when={props.saved?.data()}>
        {(saved) => (
          <p class="pb small muted what-if-basis">
            {savedBasis(saved())}
            <Show when={props.isChanged && props.changed.data()}>{(changed) => <> {triedBasis(changed())}</>}</Show>
          </p>
        )}
      </Show>
      <div class="pb what-if-try">
        <span class="small muted">{T.alsoTry}</span>
        <For each={tries()}>
          {(one) => (
            <button type="button" class="chip" onClick={() => props.onTry(one.change)}>
              {one.label}
            </button>
          )}
        </For>
      </div>
    </Panel>
  );
}
