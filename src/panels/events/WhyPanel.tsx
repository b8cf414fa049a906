import { createMemo, type JSX, Show } from "solid-js";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Callout, Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { countMet, type Fix } from "./because-tree.ts";
import type { Trial } from "./pattern-trial.ts";
import { RULES as T } from "./rule-strings.ts";
import { WhyTree } from "./WhyTree.tsx";

/** How many of the newest events a pattern matches, with a way to one that it does and one that it does not. */
export function PreviewLine(props: { readonly trial: Trial; readonly bus: string }): JSX.Element {
  const known = createMemo(() => {
    const data = props.trial.data();
    return data === undefined || data.error !== undefined ? undefined : data;
  });
  const sample = () => props.trial.sample;
  const match = (): string | undefined =>
    sample()
      .passed()
      .find((one) => known()?.matches.includes(one.sequence))?.sequence;
  const miss = (): string | undefined =>
    sample()
      .passed()
      .find((one) => known()?.matches.includes(one.sequence) === false)?.sequence;
  return (
    <div class="row wrap events-preview" role="status">
      <Show when={known()} fallback={<span class="muted">{T.patternWaits}</span>}>
        {(data) => (
          <>
            <span>{data().tried === 0 ? T.nothingToTry(props.bus) : T.matchesOf(data().matches.length, data().tried, props.bus)}</span>
            <Show when={match()}>
              {(id) => (
                <Button small onClick={() => sample().choose(id())}>
                  {T.showMatch}
                </Button>
              )}
            </Show>
            <Show when={miss()}>
              {(id) => (
                <Button small onClick={() => sample().choose(id())}>
                  {T.showMiss}
                </Button>
              )}
            </Show>
          </>
        )}
      </Show>
    </div>
  );
}

/** The event that is tried: out of a list, or one older, one newer. */
export function SamplePick(props: { readonly trial: Trial }): JSX.Element {
  const sample = () => props.trial.sample;
  return (
    <div class="row events-pick">
      <Select
        label={T.sampleFrom}
        class="grow"
        value={sample().chosen()}
        options={sample().options()}
        onChange={(id) => sample().choose(id)}
      />
      <Button glyph="left" label={T.newer} disabled={!sample().canStep(-1)} onClick={() => sample().step(-1)} />
      <Button glyph="right" label={T.older} disabled={!sample().canStep(1)} onClick={() => sample().step(1)} />
    </div>
  );
}

/** Why the event matches the pattern or does not, field by field. */
export function WhyPanel(props: {
  readonly trial: Trial;
  readonly onFix?: ((fix: Fix) => void) | undefined;
  /** Above the tree. */
  readonly children?: JSX.Element;
}): JSX.Element {
  const because = () => props.trial.data()?.because;
  const title = (): string => (because() === undefined ? T.why : because()?.verdict ? T.whyMatch : T.whyNot);
  const counted = createMemo(() => countMet(props.trial.nodes()));
  const lead = (): string => {
    const here = because();
    const { met, all } = counted();
    return here?.verdict === false && met < all ? T.everyField(met, all) : (here?.reason ?? "");
  };
  return (
    <Panel
      title={title()}
      class="events-why"
      end={
        <Show when={because()}>
          {(here) => (
            <Badge tone={here().verdict ? "ok" : "info"} glyph={here().verdict ? "okc" : "minus"}>
              {here().verdict ? T.match : T.noMatch}
            </Badge>
          )}
        </Show>
      }
    >
      <div class="pb col">
        {props.children}
        <Show when={props.trial.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={props.trial.read.again} />}</Show>
        <Show when={props.trial.eventError()}>{(message) => <Callout tone="warn">{T.notJson(message())}</Callout>}</Show>
        <Show
          when={because()}
          fallback={
            <Show when={props.trial.read.loading()} fallback={<Show when={props.trial.eventError() === undefined}>{<NoWhy />}</Show>}>
              <Skeleton rows={3} />
            </Show>
          }
        >
          <p class="t2">{lead()}</p>
          <WhyTree label={title()} nodes={props.trial.nodes()} onFix={props.onFix} />
        </Show>
      </div>
    </Panel>
  );
}

function NoWhy(): JSX.Element {
  return <Empty glyph="hint" title={T.patternWaits} />;
}
