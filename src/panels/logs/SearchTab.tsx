import { createSignal, type JSX, Show } from "solid-js";
import { Density } from "../../charts/Density.tsx";
import { PatternInput } from "../../editors/filter-pattern/PatternInput.tsx";
import { Button } from "../../ui/Button.tsx";
import { ONE_COLUMN, useUnder } from "../../ui/media.ts";
import { ErrorNote } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import type { MetricFilter } from "./answers.ts";
import { Evidence } from "./Evidence.tsx";
import { LinesTable } from "./LinesTable.tsx";
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
  return (
    <div class="logs-search logs-pad">
      <PatternBar search={props.search} />
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
        <LinesTable search={props.search} onPut={props.onPut} />
      </Show>
      <Show when={!isOneColumn() || side() === "evidence"}>
        <Evidence search={props.search} filters={props.filters} />
      </Show>
    </div>
  );
}

/** The pattern with its verdict, what is shown, how many match, and when. */
export function PatternBar(props: { readonly search: Search; readonly bare?: boolean }): JSX.Element {
  const search = (): Search => props.search;
  const isSlow = createSlow(() => search().counts.stale() || search().density.stale());
  const isEvery = (): boolean => search().pattern().trim() === "";
  const matched = (): { matched: string; rest: string } | undefined => {
    const answer = search().counts.data();
    if (answer === undefined) return undefined;
    return isEvery() ? T.inSpan(countText(answer.total)) : T.match(countText(answer.matched), countText(answer.total));
  };
  const density = () => {
    const answer = search().density.data();
    const cut = search().buckets();
    return answer === undefined || cut === undefined
      ? undefined
      : { cut, all: [...answer.all], matching: isEvery() || isSlow() ? undefined : [...answer.matching] };
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
              onPick={(_, from, to) => search().narrow(from, to)}
            />
          )}
        </Show>
      </div>
    </section>
  );
}
