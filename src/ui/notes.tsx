/** What stands where data would: empty, loading, failed, stale, a note. */
import { createSignal, For, type JSX, Match, onCleanup, Show, Switch } from "solid-js";
import type { PlainFailure } from "../../workers/api.ts";
import { Button } from "./Button.tsx";
import { CopyButton } from "./CopyButton.tsx";
import { moreOf } from "./failure-more.ts";
import { Glyph, type GlyphName } from "./Glyph.tsx";
import { isGiven } from "./given.ts";
import { UI } from "./strings.ts";

/** Why there is nothing, and one way on. */
export function Empty(props: {
  readonly glyph?: GlyphName;
  readonly title: string;
  readonly children?: JSX.Element;
  readonly action?: { readonly label: string; readonly run: () => void };
}): JSX.Element {
  return (
    <div class="empty">
      <span class="muted">
        <Glyph name={props.glyph ?? "info"} size="l" />
      </span>
      <b class="med">{props.title}</b>
      <Show when={isGiven(props, "children")}>
        <span class="muted empty-why">{props.children}</span>
      </Show>
      <Show when={props.action}>
        {(action) => (
          <Button small onClick={() => action().run()}>
            {action().label}
          </Button>
        )}
      </Show>
    </div>
  );
}

/** Nothing for 200 ms, then bars in the shape of what comes. */
export function Skeleton(props: { readonly rows?: number; readonly block?: boolean }): JSX.Element {
  const [isShown, setShown] = createSignal(false);
  const timer = setTimeout(() => setShown(true), 200);
  onCleanup(() => clearTimeout(timer));
  return (
    <div class={`skels ${props.block ? "block" : ""}`} role="status" aria-label={UI.loading}>
      <Show when={isShown()}>
        <Show when={!props.block} fallback={<i class="skel" />}>
          <For each={Array.from({ length: props.rows ?? 3 })}>
            {() => (
              <div class="skel-row">
                <i class="skel" />
                <i class="skel" />
                <i class="skel" />
              </div>
            )}
          </For>
        </Show>
      </Show>
    </div>
  );
}

/** Edge, triangle, rule, fix. A defect of ours says so and can be copied. */
export function ErrorNote(props: { readonly failure: PlainFailure; readonly onRetry?: () => void }): JSX.Element {
  const isBug = (): boolean => props.failure.kind === "bug";
  return (
    <div class="callout alarm error-note" role="alert">
      <Glyph name="warnt" />
      <div class="grow">
        <b class="med">{moreOf(props.failure)?.title ?? props.failure.code}.</b> {props.failure.message}{" "}
        <Switch>
          <Match when={isBug()}>
            <span class="t2">{UI.bug}</span>
          </Match>
          <Match when={props.failure.hint}>
            <span class="t2">{props.failure.hint}</span>
          </Match>
        </Switch>
        <Show when={props.failure.path}>
          {(path) => (
            <div class="small t2">
              <code>{path()}</code>
            </div>
          )}
        </Show>
      </div>
      <Show when={isBug()}>
        <CopyButton small text={JSON.stringify(props.failure, null, 2)} label={UI.details} />
      </Show>
      <Show when={moreOf(props.failure)}>
        {(more) => (
          <Button small onClick={() => more().action.run()}>
            {more().action.label}
          </Button>
        )}
      </Show>
      <Show when={props.onRetry}>
        <Button small onClick={() => props.onRetry?.()}>
          {UI.tryAgain}
        </Button>
      </Show>
    </div>
  );
}

/** A sentence that matters: info, ok, warn, insuf (missing), alarm. */
export function Callout(props: {
  readonly tone?: "info" | "ok" | "warn" | "insuf" | "alarm";
  readonly children: JSX.Element;
}): JSX.Element {
  const glyph = (): GlyphName =>
    ({ info: "info", ok: "okc", warn: "warnt", insuf: "ring", alarm: "warnt" })[props.tone ?? "info"] as GlyphName;
  return (
    <div class={`callout ${props.tone ?? ""}`}>
      <Glyph name={glyph()} />
      <div class="grow">{props.children}</div>
    </div>
  );
}

/** The four states of a read in one place: failed, loading, then what `children` draws; old data stay and are marked. */
export function ReadState<T>(props: {
  readonly read: {
    readonly data: () => T | undefined;
    readonly error: () => PlainFailure | undefined;
    readonly stale: () => boolean;
    readonly again: () => void;
  };
  readonly rows?: number;
  readonly children: (data: () => T) => JSX.Element;
}): JSX.Element {
  return (
    <>
      <Show when={props.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={props.read.again} />}</Show>
      <Show
        when={props.read.data() !== undefined}
        fallback={<Show when={props.read.error() === undefined}>{<Skeleton rows={props.rows ?? 3} />}</Show>}
      >
        <div class="read-state" aria-busy={props.read.stale() ? "true" : undefined}>
          {props.children(() => props.read.data() as T)}
        </div>
      </Show>
    </>
  );
}
