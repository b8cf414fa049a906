import { createMemo, createSignal, type JSX, Match, Show, Switch } from "solid-js";
import type { Read } from "../../client/resource.ts";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { minuteText } from "../../ui/time.ts";
import type { MapNode, TraceMapAnswer } from "./answers.ts";
import { MapTable } from "./MapTable.tsx";
import { RequestLines } from "./RequestLines.tsx";
import { TRACES as T } from "./strings.ts";
import { type MapThen, nodeKey, TraceMap } from "./TraceMap.tsx";
import { xrayRequest } from "./trace-reads.ts";

type View = keyof typeof T.views;

/** The service graph of the range: a picture, a table, its JSON, the line that asks for it. */
export function MapPanel(props: {
  readonly read: Read<TraceMapAnswer>;
  readonly span: { readonly from: number; readonly to: number };
  /** The moment that is pinned, epoch ms, and the map of its minute. */
  readonly at: number | undefined;
  readonly then: TraceMapAnswer | undefined;
  readonly selected: number | undefined;
  readonly onOpen: (node: MapNode) => void;
}): JSX.Element {
  const [view, setView] = createSignal<View>("picture");
  const then = createMemo((): MapThen | undefined => {
    const [at, map] = [props.at, props.then];
    return at === undefined || map === undefined ? undefined : { moment: minuteText(at), nodes: new Set(map.nodes.map(nodeKey)) };
  });
  return (
    <Panel
      title={T.map}
      class="traces-map"
      sub={
        <>
          <Show when={then() && props.then}>{(map) => <span class="tmap-then">{T.mapThen(then()?.moment ?? "", map().traces)}</span>}</Show>
          {T.mapSub(minuteText(props.span.from), minuteText(props.span.to))}
        </>
      }
      end={
        <Segmented
          small
          label={T.mapViews}
          value={view()}
          options={(Object.keys(T.views) as View[]).map((value) => ({ value, label: T.views[value] }))}
          onChange={setView}
        />
      }
    >
      <ReadState read={props.read} rows={4}>
        {(map) => (
          <Show when={map().nodes.length > 0} fallback={<Empty glyph="map" title={T.mapEmpty} children={T.mapEmptyWhy} />}>
            <Switch>
              <Match when={view() === "picture"}>
                <TraceMap map={map()} then={then()} selected={props.selected} onOpen={props.onOpen} />
              </Match>
              <Match when={view() === "table"}>
                <div class="traces-scroll">
                  <MapTable map={map()} selected={props.selected} onOpen={props.onOpen} />
                </div>
              </Match>
              <Match when={view() === "json"}>
                <div class="traces-scroll">
                  <JsonView label={T.jsonSource} value={map()} />
                </div>
              </Match>
              <Match when={view() === "line"}>
                <div class="traces-scroll pb col">
                  <RequestLines requests={[xrayRequest("GetServiceGraph", { StartTime: props.span.from, EndTime: props.span.to })]} />
                </div>
              </Match>
            </Switch>
          </Show>
        )}
      </ReadState>
    </Panel>
  );
}
