import { createMemo, For, type JSX, Show } from "solid-js";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { KeyValue, type KeyValueItem } from "../../ui/KeyValue.tsx";
import { countText, plural, valueText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import type { MapEdge, MapNode, TraceMapAnswer } from "./answers.ts";
import { Histogram } from "./Histogram.tsx";
import { percentile } from "./histogram.ts";
import { serviceExpression } from "./service-expression.ts";
import { TRACES as T } from "./strings.ts";
import { STATES, secondsText, typeText } from "./texts.ts";

/** One service: how much it answered and how, how fast, who calls it, and its traces. */
export function NodePanel(props: {
  readonly node: MapNode;
  readonly map: TraceMapAnswer;
  readonly filter: string;
  readonly onFilter: (expression: string) => void;
  readonly onOpen: (node: MapNode) => void;
  readonly onClose: () => void;
}): JSX.Element {
  const isClient = (): boolean => props.node.kind === "client";
  const counts = () => props.node.counts;
  const part = (state: "ok" | "error" | "throttle" | "fault"): KeyValueItem => ({
    label: STATES[state].word,
    value: `${countText(counts()[state])}${counts().total === 0 ? "" : `, ${valueText((counts()[state] / counts().total) * 100)} %`}`,
  });
  const slow = (): number | undefined => percentile(props.node.histogram, 0.95);
  const links = createMemo(() => {
    const made: { readonly label: string; readonly expression: string }[] = [{ label: T.all, expression: serviceExpression(props.node) }];
    if (counts().fault > 0) made.push({ label: T.faults, expression: serviceExpression(props.node, "fault") });
    if (counts().error > 0) made.push({ label: T.errors, expression: serviceExpression(props.node, "error") });
    if (counts().throttle > 0) made.push({ label: T.throttles, expression: serviceExpression(props.node, "throttle") });
    const time = slow();
    if (time !== undefined) {
      const least = Math.floor(time * 1000 * 0.99) / 1000;
      made.push({ label: T.slower(secondsText(least)), expression: serviceExpression(props.node, `responsetime > ${least}`) });
    }
    return made;
  });
  return (
    <Panel
      title={isClient() ? T.client : props.node.name}
      class="traces-node grow"
      sub={isClient() ? props.node.name : typeText(props.node.type)}
      end={<Button small look="ghost" glyph="cross" label={T.close} onClick={() => props.onClose()} />}
      catchesFocus
    >
      <div class="traces-node-body">
        <Show when={!isClient()}>
          <div class="pb col">
            <KeyValue
              items={[
                {
                  label: T.requests,
                  value: `${countText(counts().total)}, ${T.perMinute(valueText(Number(props.node.perMinute.toPrecision(2))))}`,
                },
                ...(props.node.averageSeconds === undefined ? [] : [{ label: T.average, value: secondsText(props.node.averageSeconds) }]),
                part("ok"),
                part("fault"),
                part("throttle"),
                part("error"),
              ]}
            />
            <Show when={props.node.kind === "inferred"}>
              <p class="small muted">{T.inferred}</p>
            </Show>
          </div>
          <div class="pb col">
            <h3 class="small muted">{T.responseTimes}</h3>
            <Histogram entries={props.node.histogram} />
          </div>
          <div class="pb col">
            <h3 class="small muted">{T.itsTraces}</h3>
            <div class="row wrap">
              <For each={links()}>
                {({ label, expression }) => (
                  <Chip
                    on={props.filter === expression}
                    title={expression}
                    onClick={() => props.onFilter(props.filter === expression ? "" : expression)}
                  >
                    {label}
                  </Chip>
                )}
              </For>
            </div>
          </div>
        </Show>
        <Neighbours label={T.callers} edges={props.map.edges.filter((edge) => edge.to === props.node.id)} of="from" {...props} />
        <Neighbours label={T.callees} edges={props.map.edges.filter((edge) => edge.from === props.node.id)} of="to" {...props} />
      </div>
    </Panel>
  );
}

function Neighbours(props: {
  readonly label: string;
  readonly edges: readonly MapEdge[];
  readonly of: "from" | "to";
  readonly map: TraceMapAnswer;
  readonly onOpen: (node: MapNode) => void;
}): JSX.Element {
  const nodeOf = (edge: MapEdge): MapNode | undefined => props.map.nodes.find((node) => node.id === edge[props.of]);
  return (
    <Show when={props.edges.length > 0}>
      <div class="pb col">
        <h3 class="small muted">{props.label}</h3>
        <ul class="traces-neighbours">
          <For each={props.edges}>
            {(edge) => (
              <Show when={nodeOf(edge)}>
                {(node) => (
                  <li class="row">
                    <button type="button" class="link" onClick={() => props.onOpen(node())}>
                      {node().kind === "client" ? T.client : node().name}
                    </button>
                    <span class="muted">
                      {plural(edge.counts.total, "request")}
                      {edge.averageSeconds === undefined ? "" : `, ${secondsText(edge.averageSeconds)}`}
                    </span>
                    <Show when={edge.state !== "ok" && edge.state !== "none"}>
                      <span class={STATES[edge.state].css}>{STATES[edge.state].word}</span>
                    </Show>
                  </li>
                )}
              </Show>
            )}
          </For>
        </ul>
      </div>
    </Show>
  );
}
