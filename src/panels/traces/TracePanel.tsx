import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { SameMinute } from "../../app/SameMinute.tsx";
import { isCursorPinned, meantTime } from "../../charts/cursor.ts";
import type { Read } from "../../client/resource.ts";
import { JsonText } from "../../editors/json/JsonText.tsx";
import { laidOut } from "../../editors/json/json-layout.ts";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Callout, Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { durationText, secondText, stampText } from "../../ui/time.ts";
import type { TraceView } from "./answers.ts";
import { type CriticalPath, criticalPath, type Waited, waitedFor } from "./critical-path.ts";
import { RequestLines } from "./RequestLines.tsx";
import { TRACES as T } from "./strings.ts";
import { microText, requestText } from "./texts.ts";
import { xrayRequest } from "./trace-reads.ts";
import { Waterfall } from "./Waterfall.tsx";

type View = keyof typeof T.traceView;
const RAW_AT_FIRST = 5;

/** One trace: its waterfall, what it waited for, the documents it is made of, the line that fetches it. */
export function TracePanel(props: {
  readonly id: string | undefined;
  readonly read: Read<TraceView | null | undefined>;
  readonly selected: number;
  readonly onSelect: (at: number) => void;
}): JSX.Element {
  const [view, setView] = createSignal<View>("waterfall");
  const [shown, setShown] = createSignal(RAW_AT_FIRST);
  const trace = (): TraceView | undefined => (props.id === undefined ? undefined : (props.read.data() ?? undefined));
  const path = createMemo((): CriticalPath => criticalPath(trace() ?? { spans: [], duration: 0 }));
  const waited = createMemo(() => waitedFor(trace()?.spans ?? [], path()));
  const isMissing = (): boolean => !props.read.loading() && props.read.error() === undefined && trace() === undefined;
  return (
    <Panel
      title={trace() === undefined ? T.waterfall : requestText((trace() as TraceView).summary)}
      class="traces-trace"
      sub={<Show when={props.id}>{(id) => <span class="mono">{id()}</span>}</Show>}
      end={
        <>
          <Show when={props.id}>{(id) => <CopyButton small text={id()} label={T.id} />}</Show>
          <Segmented
            small
            label={T.traceViews}
            value={view()}
            options={(Object.keys(T.traceView) as View[]).map((value) => ({ value, label: T.traceView[value] }))}
            onChange={setView}
          />
        </>
      }
    >
      <Show when={props.id !== undefined} fallback={<Empty glyph="trace" title={T.chooseTrace} children={T.chooseTraceWhy} />}>
        <Show when={!isMissing()} fallback={<Empty glyph="gap" title={T.noTrace} children={T.noTraceWhy(props.id ?? "")} />}>
          <ReadState read={{ ...props.read, data: trace }} rows={6}>
            {(found) => (
              <>
                <Switch>
                  <Match when={view() === "waterfall"}>
                    <div class="traces-scroll traces-wf">
                      <Waterfall trace={found()} path={path()} selected={props.selected} onSelect={props.onSelect} />
                    </div>
                    <Show when={waited()}>
                      {(one) => (
                        <div class="traces-waits">
                          <Callout>
                            <Waits waited={one()} whole={found().duration} />
                          </Callout>
                        </div>
                      )}
                    </Show>
                    <div class="traces-links row wrap">
                      <span class="small muted">{stampText(found().start / 1000)} UTC</span>
                      <SameMinute at={found().start / 1000} here="traces" />
                      <Show when={away(found())}>{(words) => <span class="small traces-away">{words()}</span>}</Show>
                    </div>
                  </Match>
                  <Match when={view() === "raw"}>
                    <div class="traces-scroll pb col">
                      <p class="small muted">{T.rawSent}</p>
                      <For each={found().raw.slice(0, shown())}>
                        {(text, at) => <JsonText label={T.rawDocument(at() + 1)} text={laidOut(text) ?? text} />}
                      </For>
                      <Show when={found().raw.length > shown()}>
                        <Button small onClick={() => setShown(found().raw.length)}>
                          {T.rawMore(found().raw.length - shown())}
                        </Button>
                      </Show>
                    </div>
                  </Match>
                  <Match when={view() === "line"}>
                    <div class="traces-scroll pb col">
                      <RequestLines
                        requests={[
                          xrayRequest("BatchGetTraces", { TraceIds: [found().id] }),
                          xrayRequest("GetTraceGraph", { TraceIds: [found().id] }),
                        ]}
                      />
                    </div>
                  </Match>
                </Switch>
              </>
            )}
          </ReadState>
        </Show>
      </Show>
    </Panel>
  );
}

/** Where the pinned moment is, when it is not in the trace. */
function away(trace: TraceView): string | undefined {
  const [at, from, to] = [isCursorPinned() ? meantTime() : undefined, trace.start / 1000, (trace.start + trace.duration) / 1000];
  if (at === undefined || (at >= from && at <= to)) return undefined;
  return at < from ? T.cursorBefore(secondText(at), agoText(from - at)) : T.cursorAfter(secondText(at), agoText(at - to));
}

/** Milliseconds as seconds, or minutes, to one place. */
const agoText = (ms: number): string => (ms < 60_000 ? `${(ms / 1000).toFixed(1)} s` : durationText(ms));

function Waits(props: { readonly waited: Waited; readonly whole: number }): JSX.Element {
  const words = () => T.waits(microText(props.waited.time), microText(props.whole));
  const more = (): string => {
    const { throttled, faults, errors } = props.waited.state;
    return [
      ...(throttled > 0 ? [T.waitThrottled(throttled)] : []),
      ...(faults > 0 ? [T.waitFaults(faults)] : throttled === 0 && errors > 0 ? [T.waitErrors(errors)] : []),
    ].join(" ");
  };
  return (
    <>
      <b class="med">{words()[0]}</b> {words()[1]} <b class="med">{props.waited.name}</b>
      {props.waited.spans > 1 ? ` ${T.waitSpans(props.waited.spans)}.` : "."} {more()}
    </>
  );
}
