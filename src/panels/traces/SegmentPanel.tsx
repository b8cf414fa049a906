import { A } from "@solidjs/router";
import { createSignal, For, type JSX, Show } from "solid-js";
import { showMoment } from "../../app/moments.ts";
import { logGroupPath } from "../../app/paths.ts";
import { useClock } from "../../client/context.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { KeyValue } from "../../ui/KeyValue.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { milliText } from "../../ui/time.ts";
import type { TraceSpan, TraceView } from "./answers.ts";
import { annotationsOf, exceptionsOf, logsOf, overviewOf, resourcesOf } from "./span-facts.ts";
import { TRACES as T } from "./strings.ts";
import { lookOf, member, spanDetail, stateOf } from "./texts.ts";

/** Everything that one segment or subsegment says. */
export function SegmentPanel(props: {
  readonly trace: TraceView;
  readonly span: TraceSpan;
  readonly onFilter: (expression: string) => void;
  readonly onService?: (() => void) | undefined;
}): JSX.Element {
  const [tab, setTab] = createSignal("overview");
  const look = () => lookOf(stateOf(props.span), props.span.status);
  const exceptions = () => exceptionsOf(props.span);
  const annotations = () => annotationsOf(props.span);
  const some = (n: number): number | undefined => (n === 0 ? undefined : n);
  const items: readonly TabItem[] = [
    { id: "overview", label: T.overview, content: () => <Overview {...props} /> },
    {
      id: "resources",
      label: T.resources,
      content: () => <Facts items={resourcesOf(props.span)} none={T.noResources} />,
    },
    {
      id: "annotations",
      label: T.annotations,
      get count() {
        return some(annotations().length);
      },
      content: () => (
        <div class="pb col">
          <For each={annotations()} fallback={<p class="muted">{T.noAnnotations}</p>}>
            {(one) => (
              <button
                type="button"
                class="chip traces-annotation"
                title={T.onlyAnnotation(one.key, one.value)}
                onClick={() => props.onFilter(one.expression)}
              >
                <span class="muted">{one.key}</span> <span class="mono">{one.value}</span>
              </button>
            )}
          </For>
        </div>
      ),
    },
    {
      id: "metadata",
      label: T.metadata,
      content: () => (
        <Show when={Object.keys(member(props.span.document, "metadata")).length > 0} fallback={<p class="pb muted">{T.noMetadata}</p>}>
          <JsonView label={T.metadata} value={props.span.document["metadata"]} />
        </Show>
      ),
    },
    {
      id: "exceptions",
      label: T.exceptions,
      get count() {
        return some(exceptions().list.length);
      },
      content: () => <Exceptions span={props.span} />,
    },
    { id: "raw", label: T.raw, content: () => <JsonView label={T.raw} value={props.span.document} /> },
  ];
  return (
    <Panel
      title={props.span.name}
      label={T.spanOf(props.span.name)}
      class="traces-segment"
      sub={spanDetail(props.span)}
      end={
        <Badge tone={props.span.isInProgress ? "info" : look().tone} glyph={props.span.isInProgress ? "clock" : look().glyph}>
          {props.span.isInProgress ? T.inProgress : look().word}
        </Badge>
      }
    >
      <Tabs label={T.span} items={items} selected={tab()} onSelect={setTab} class="traces-tab" />
    </Panel>
  );
}

function Overview(props: {
  readonly trace: TraceView;
  readonly span: TraceSpan;
  readonly onService?: (() => void) | undefined;
}): JSX.Element {
  const clock = useClock();
  const at = (): number => (props.trace.start + props.span.offset) / 1000;
  return (
    <div class="pb col">
      <KeyValue items={overviewOf(props.span, (micros) => milliText(micros / 1000), props.trace)} />
      <Show when={logsOf(props.span).length > 0 || props.onService !== undefined}>
        <div class="row wrap">
          <For each={logsOf(props.span)}>
            {({ group, pattern }) => (
              <A
                class="btn sm"
                href={`${logGroupPath(group)}${pattern === "" ? "" : `?pattern=${encodeURIComponent(pattern)}`}`}
                onClick={() => showMoment(at(), clock())}
              >
                <Glyph name="logs" size="s" />
                <span class="trunc">{T.logsOf(group)}</span>
              </A>
            )}
          </For>
          <Show when={props.onService}>
            {(show) => (
              <button type="button" class="btn sm" onClick={() => show()()}>
                <Glyph name="map" size="s" />
                {T.toMap}
              </button>
            )}
          </Show>
        </div>
      </Show>
    </div>
  );
}

function Facts(props: { readonly items: ReturnType<typeof resourcesOf>; readonly none: string }): JSX.Element {
  return (
    <div class="pb">
      <Show when={props.items.length > 0} fallback={<p class="muted">{props.none}</p>}>
        <KeyValue items={props.items} wrap />
      </Show>
    </div>
  );
}

function Exceptions(props: { readonly span: TraceSpan }): JSX.Element {
  const found = () => exceptionsOf(props.span);
  return (
    <div class="pb col">
      <Show when={found().elsewhere}>{(id) => <p>{T.exceptionOf(id())}</p>}</Show>
      <For each={found().list} fallback={<Show when={found().elsewhere === undefined}>{<p class="muted">{T.noExceptions}</p>}</Show>}>
        {(one) => (
          <div class="traces-exception">
            <p>
              <b class="med c-alarm">{one.type}</b> {one.message}
            </p>
            <Show when={one.stack.length > 0}>
              <ol class="mono small" aria-label={T.stack}>
                <For each={one.stack}>{(frame) => <li>{frame}</li>}</For>
              </ol>
            </Show>
          </div>
        )}
      </For>
    </div>
  );
}

/** Where nothing is chosen. */
export function NoSegment(): JSX.Element {
  return (
    <Panel label={T.span} class="traces-segment">
      <Empty glyph="trace" title={T.nothing} children={T.nothingWhy} />
    </Panel>
  );
}
