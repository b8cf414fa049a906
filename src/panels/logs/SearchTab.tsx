import { createEffect, createSignal, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import { preferences } from "../../app/preferences.ts";
import { isTyping } from "../../app/shortcuts.ts";
import { Density } from "../../charts/Density.tsx";
import { PatternInput } from "../../editors/filter-pattern/PatternInput.tsx";
import { Button } from "../../ui/Button.tsx";
import { useUnder } from "../../ui/media.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import { minuteText, secondText } from "../../ui/time.ts";
import { ONE_COLUMN } from "../../ui/widths.ts";
import { useAlarmMarkers } from "./alarm-markers.ts";
import type { MetricFilter } from "./answers.ts";
import { Evidence } from "./Evidence.tsx";
import { LinesTable } from "./LinesTable.tsx";
import { createMatches, type Matches } from "./matches.ts";
import { createPinnedRow } from "./pinned-row.ts";
import type { Search } from "./search.ts";
import { createSlow } from "./slow.ts";
import { stepText } from "./steps.ts";
import { LOGS_TEXT as T } from "./strings.ts";

export interface SearchTabProps {
  readonly search: Search;
  readonly filters: readonly MetricFilter[];
  readonly onPut: () => void;
}

/** Pattern, density, lines; beside them why a line matched, what is extracted, and the metric. */
export function SearchTab(props: SearchTabProps): JSX.Element {
  const isOneColumn = useUnder(ONE_COLUMN);
  const [side, setSide] = createSignal<"lines" | "evidence">("lines");
  const matches = createMatches(props.search);
  const pinnedRow = createPinnedRow(props.search);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") !== null) return;
    const isLetter = event.key.toLowerCase() === "n" && !isTyping(event.target) && preferences().singleKeys();
    if (!matches.isOn() || (event.key !== "F3" && !isLetter)) return;
    event.preventDefault();
    void matches.go(event.shiftKey ? -1 : 1);
  };
  onMount(() => window.addEventListener("keydown", onKeyDown));
  onCleanup(() => window.removeEventListener("keydown", onKeyDown));
  return (
    <div class="logs-search logs-pad">
      <PatternBar search={props.search} matches={matches} />
      <Show when={isOneColumn()}>
        <Segmented
          label={T.tabs.search}
          value={side()}
          options={[
            { value: "lines", label: T.lines },
            { value: "evidence", label: T.why },
          ]}
          onChange={setSide}
        />
      </Show>
      <Show when={!isOneColumn() || side() === "lines"}>
        <LinesTable search={props.search} reveal={matches.reveal() ?? pinnedRow()} onPut={props.onPut} />
      </Show>
      <Show when={!isOneColumn() || side() === "evidence"}>
        <Evidence search={props.search} filters={props.filters} />
      </Show>
    </div>
  );
}

/** The pattern with its verdict, what is shown, how many match, and when. */
export function PatternBar(props: { readonly search: Search; readonly matches?: Matches; readonly bare?: boolean }): JSX.Element {
  const search = (): Search => props.search;
  const isSlow = createSlow(() => search().counts.stale() || search().density.stale());
  const markers = useAlarmMarkers(() => search().buckets()?.span);
  const isEvery = (): boolean => search().pattern().trim() === "";
  const matched = (): { matched: string; rest: string } | undefined => {
    const answer = search().counts.data();
    if (answer === undefined) return undefined;
    if (isEvery()) return T.inSpan(countText(answer.total));
    const at = props.matches?.at();
    return at === undefined
      ? T.match(countText(answer.matched), countText(answer.total))
      : T.matchAt(countText(at + 1), countText(answer.matched), countText(answer.total));
  };
  const density = () => {
    const answer = search().density.data();
    const cut = search().buckets();
    return answer === undefined || cut === undefined
      ? undefined
      : { cut, all: [...answer.all], matching: isEvery() || isSlow() ? undefined : [...answer.matching] };
  };
  // A bar that was chosen and holds nothing: said instead of zooming into it.
  const [empty, setEmpty] = createSignal<string>();
  createEffect(on([() => search().span(), search().pattern], () => setEmpty(undefined), { defer: true }));
  const pick = (bucket: number, from: number, to: number): void => {
    const time = to - from < 60_000 ? secondText : minuteText;
    if ((search().density.data()?.all[bucket] ?? 0) === 0) setEmpty(T.emptyBar(time(from), time(to)));
    else search().narrow(from, to);
  };
  return (
    <section class="panel logs-top" aria-label={T.pattern}>
      <div class="logs-bar">
        <Show when={!props.bare}>
          <PatternInput class="grow" big label={T.pattern} value={search().text()} parsed={search().parsed()} onInput={search().setText} />
        </Show>
        <div class="logs-choices">
          <Show when={!props.bare}>
            <Segmented
              label={T.show}
              value={search().mode()}
              options={[
                { value: "matching", label: T.matching },
                { value: "all", label: T.all },
              ]}
              onChange={search().setMode}
            />
          </Show>
          <Segmented
            label={T.spanLabel}
            value={search().scope()}
            options={[
              { value: "range", label: T.inRange },
              { value: "whole", label: T.whole },
            ]}
            onChange={search().setScope}
          />
          <Show when={search().widen()}>
            {(widen) => (
              <Button small look="ghost" glyph="undo" onClick={() => widen()()}>
                {T.widen}
              </Button>
            )}
          </Show>
          <Show when={search().isAside()}>
            <span class="small c-warn logs-aside" role="status">
              {T.aside(search().pattern())}
            </span>
          </Show>
          <Show when={empty()}>
            {(sentence) => (
              <span class="small c-warn" role="status">
                {sentence()}
              </span>
            )}
          </Show>
          <Show when={props.matches?.isOn() && props.matches}>{(matches) => <MatchNav matches={matches()} />}</Show>
          <span class="small t2 nowrap logs-count" role="status" aria-busy={isSlow() ? "true" : undefined}>
            <Show when={!isSlow() && matched()} fallback={<Show when={isSlow()}>{<span class="muted">{T.searching}</span>}</Show>}>
              {(count) => (
                <>
                  <b>{count().matched}</b>
                  {count().rest}
                </>
              )}
            </Show>
          </span>
        </div>
      </div>
      <Show when={search().counts.error() ?? search().density.error()}>
        {(failure) => (
          <div class="pb">
            <ErrorNote failure={failure()} onRetry={search().counts.again} />
          </div>
        )}
      </Show>
      <div class="logs-density">
        <Show when={density()} fallback={<div class="density" />}>
          {(drawn) => (
            <Density
              label={T.densityLabel(stepText(drawn().cut.step))}
              from={drawn().cut.span.from}
              to={drawn().cut.span.to}
              all={drawn().all}
              {...(drawn().matching === undefined ? {} : { matching: drawn().matching as readonly number[] })}
              markers={markers()}
              onPick={pick}
            />
          )}
        </Show>
      </div>
    </section>
  );
}

function MatchNav(props: { readonly matches: Matches }): JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of buttons, not of form fields
    <span class="row logs-matchnav" role="group" aria-label={T.matchNav}>
      <Button look="ghost" glyph="up" label={T.previousMatch} onClick={() => void props.matches.go(-1)} />
      <Button look="ghost" glyph="down" label={T.nextMatch} onClick={() => void props.matches.go(1)} />
    </span>
  );
}
