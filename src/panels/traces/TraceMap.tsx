import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, onMount, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { rootZoom } from "../../ui/media.ts";
import { countText, plural, valueText } from "../../ui/numbers.ts";
import type { MapNode, TraceMapAnswer } from "./answers.ts";
import { columnFor, layOut, type Placed, RING, ringOf } from "./map-layout.ts";
import { TRACES as T } from "./strings.ts";
import { STATES, secondsText, typeGlyph, typeText } from "./texts.ts";
import "./trace-map.css";

/** Below it words cannot be read: a map that is larger scrolls, until someone asks for all of it. */
const LEAST = 0.7;
const LARGEST = 1.15;
const STEPS = [0.5, 0.7, 0.85, 1, 1.25, 1.6] as const;

export const stateWords = ({ counts }: Pick<MapNode, "counts">): string => {
  const { fault, throttle, error, total } = counts;
  const parts = [
    ...(fault > 0 ? [T.share(fault, total, T.fault)] : []),
    ...(throttle > 0 ? [T.share(throttle, total, T.throttle)] : []),
    ...(error > 0 ? [T.share(error, total, T.error)] : []),
  ];
  return parts.join(", ");
};

/** A minute of the map: its name, and who had a request in it. */
export interface MapThen {
  readonly moment: string;
  readonly nodes: ReadonlySet<string>;
}

/** Numbers of nodes are of one answer; across answers they are known by this. */
export const nodeKey = ({ kind, name, type }: MapNode): string => JSON.stringify([kind, name, type ?? ""]);

/** All rings of a map in one unit: requests a minute where there is one a minute anywhere, else how many there were. */
const rateText = (nodes: readonly MapNode[]): ((node: MapNode) => string) =>
  nodes.some(({ perMinute }) => perMinute >= 1)
    ? ({ perMinute }) => T.perMinute(valueText(Number(perMinute.toPrecision(2))))
    : ({ counts }) => T.inAll(countText(counts.total));

/** The services and their calls, left to right; drawn to fit, larger on demand. Arrows walk, Enter opens. */
export function TraceMap(props: {
  readonly map: TraceMapAnswer;
  /** Who had no request in this minute is drawn faint. */
  readonly then?: MapThen | undefined;
  readonly selected: number | undefined;
  readonly onOpen: (node: MapNode) => void;
}): JSX.Element {
  const [room, setRoom] = createSignal({ width: 0, height: 0 });
  const [chosen, setChosen] = createSignal<number | "whole">();
  const [stop, setStop] = createSignal<number>();
  let view!: HTMLDivElement;
  const zoom = createMemo(() => rootZoom());
  const wide = createMemo(() => layOut(props.map.nodes, props.map.edges));
  const column = createMemo(() => columnFor(wide(), room(), { least: LEAST * zoom(), largest: LARGEST * zoom() }));
  const picture = createMemo(() => layOut(props.map.nodes, props.map.edges, column()));
  const rate = createMemo(() => rateText(props.map.nodes));
  const whole = createMemo(() => {
    const { width, height } = room();
    return width === 0 ? zoom() : Math.min(width / picture().width, height / picture().height, LARGEST * zoom());
  });
  const scale = createMemo(() => {
    const step = chosen();
    return typeof step === "number" ? step * zoom() : step === "whole" ? whole() : Math.max(whole(), LEAST * zoom());
  });
  onMount(() => {
    const observer = new ResizeObserver(() => setRoom({ width: view.offsetWidth, height: view.offsetHeight }));
    observer.observe(view);
    setRoom({ width: view.offsetWidth, height: view.offsetHeight });
    onCleanup(() => observer.disconnect());
  });
  createEffect(
    on(
      () => props.selected,
      (id) => id !== undefined && setStop(id),
    ),
  );
  const stopId = (): number | undefined => {
    const ids = picture().placed.map(({ node }) => node.id);
    const wanted = stop();
    return wanted !== undefined && ids.includes(wanted) ? wanted : ids[0];
  };
  const step = (by: 1 | -1): void => {
    const now = scale() / zoom();
    const next = by > 0 ? STEPS.find((one) => one > now + 0.01) : STEPS.findLast((one) => one < now - 0.01);
    if (next !== undefined) setChosen(next);
  };
  const walk = (event: KeyboardEvent, from: Placed): void => {
    const found = neighbour(picture().placed, from, event.key);
    if (found === undefined) return;
    event.preventDefault();
    setStop(found.node.id);
    view.querySelector<HTMLElement>(`[data-node="${found.node.id}"]`)?.focus();
  };
  return (
    <div class="tmap">
      <div class="tmap-view" ref={view}>
        <div class="tmap-room" style={{ width: `${picture().width * scale()}px`, height: `${picture().height * scale()}px` }}>
          {/* biome-ignore lint/a11y/useSemanticElements: a picture of buttons, no fieldset */}
          <div
            class="tmap-ground"
            role="group"
            aria-label={T.mapLabel}
            style={{
              width: `${picture().width}px`,
              height: `${picture().height}px`,
              transform: `scale(${scale()})`,
              "--tmap-box": `${picture().box}px`,
            }}
          >
            <svg class="tmap-wires" width={picture().width} height={picture().height} aria-hidden="true">
              <defs>
                <For each={["none", "ok", "error", "throttle", "fault"] as const}>
                  {(state) => (
                    <marker
                      id={`tmap-${state}`}
                      viewBox="0 0 8 8"
                      refX="3"
                      refY="4"
                      markerWidth="8"
                      markerHeight="8"
                      markerUnits="userSpaceOnUse"
                      orient="auto"
                    >
                      <path class={`tmap-arrow s-${state}`} d="M0 0.5 8 4 0 7.5Z" />
                    </marker>
                  )}
                </For>
              </defs>
              <For each={picture().wires}>
                {({ edge, path }) => (
                  <path
                    class={`tmap-wire s-${edge.state}`}
                    d={path}
                    stroke-width={1.5 + Math.min(2.5, Math.log10(1 + edge.counts.total))}
                    marker-end={`url(#tmap-${edge.state})`}
                  />
                )}
              </For>
            </svg>
            <For each={picture().placed}>
              {(placed) => (
                <NodeButton
                  placed={placed}
                  rate={rate()(placed.node)}
                  silent={props.then === undefined || props.then.nodes.has(nodeKey(placed.node)) ? undefined : T.notThen(props.then.moment)}
                  isSelected={props.selected === placed.node.id}
                  isStop={stopId() === placed.node.id}
                  onOpen={() => props.onOpen(placed.node)}
                  onKeyDown={(event) => walk(event, placed)}
                />
              )}
            </For>
          </div>
        </div>
      </div>
      <div class="tmap-foot">
        <span class="legend" aria-hidden="true">
          <For each={["ok", "error", "throttle", "fault"] as const}>
            {(state) => (
              <span class="row">
                <span class={STATES[state].css}>
                  <Glyph name={STATES[state].glyph} size="s" />
                </span>
                {STATES[state].word}
              </span>
            )}
          </For>
        </span>
        <span class="grow" />
        <Button small look="ghost" glyph="minus" label={T.smaller} onClick={() => step(-1)} />
        <Button small look="ghost" glyph="plus" label={T.larger} onClick={() => step(1)} />
        <Button small look="ghost" pressed={Math.abs(scale() - whole()) < 0.001} onClick={() => setChosen("whole")}>
          {T.fit}
        </Button>
      </div>
    </div>
  );
}

/** The nearest in the direction of an arrow. */
function neighbour(all: readonly Placed[], from: Placed, key: string): Placed | undefined {
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[key] as readonly [number, number] | undefined;
  if (way === undefined) return undefined;
  const far = ({ x, y }: Placed): number => {
    const [along, across] = [
      (x - from.x) * way[0] + (y - from.y) * way[1],
      Math.abs((x - from.x) * way[1]) + Math.abs((y - from.y) * way[0]),
    ];
    return along <= 1 ? Number.POSITIVE_INFINITY : along + across * 2;
  };
  const best = all.reduce((near, one) => (far(one) < far(near) ? one : near), from);
  return best === from ? undefined : best;
}

function NodeButton(props: {
  readonly placed: Placed;
  /** How often it was asked. */
  readonly rate: string;
  /** Why it is faint. */
  readonly silent: string | undefined;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly onOpen: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}): JSX.Element {
  const node = (): MapNode => props.placed.node;
  const isClient = (): boolean => node().kind === "client";
  const type = (): string => (isClient() ? T.client : typeText(node().type));
  const average = (): string | undefined =>
    node().averageSeconds === undefined ? undefined : secondsText(node().averageSeconds as number);
  const name = (): string =>
    T.nodeName(
      node().name,
      type(),
      isClient()
        ? ""
        : [average() === undefined ? plural(0, "request") : T.nodeWords(node().counts.total, average() ?? ""), stateWords(node())]
            .filter(Boolean)
            .join(", "),
    ) + (props.silent === undefined ? "" : `, ${props.silent}`);
  return (
    <button
      type="button"
      class={`tmap-node k-${node().kind} ${props.isSelected ? "on" : ""} ${props.silent === undefined ? "" : "is-silent"}`}
      style={{ left: `${props.placed.x}px`, top: `${props.placed.y}px` }}
      data-node={node().id}
      tabIndex={props.isStop ? 0 : -1}
      aria-pressed={props.isSelected}
      title={name()}
      onClick={() => props.onOpen()}
      onKeyDown={(event) => props.onKeyDown(event)}
    >
      <span class="vh">{name()}</span>
      <span class="tmap-ring" aria-hidden="true">
        <svg viewBox="-36 -36 72 72" aria-hidden="true">
          <circle class="tmap-disc" r={isClient() ? 23 : RING} />
          <For each={isClient() ? [] : ringOf(node().counts)}>
            {({ state, from, share }) => (
              <circle
                class={`tmap-share s-${state}`}
                r={RING - 2}
                pathLength={100}
                stroke-dasharray={share >= 0.9999 ? undefined : `${share * 100} ${100 - share * 100}`}
                stroke-dashoffset={-from * 100}
                transform="rotate(-90)"
              />
            )}
          </For>
        </svg>
        <span class="tmap-in">
          <Show
            when={!isClient() && average()}
            fallback={
              <span class="muted">
                <Glyph name={typeGlyph(node().type, isClient())} />
              </span>
            }
          >
            {(time) => (
              <>
                <b>{time()}</b>
                <span>{props.rate}</span>
              </>
            )}
          </Show>
        </span>
      </span>
      <b class="tmap-name trunc" aria-hidden="true">
        {isClient() ? T.client : node().name}
      </b>
      <span class="tmap-type trunc" aria-hidden="true">
        {isClient() ? node().name : type()}
      </span>
      <Show when={!isClient() && node().state !== "ok" && node().state !== "none"}>
        <span class={`tmap-state ${STATES[node().state].css}`} aria-hidden="true">
          <Glyph name={STATES[node().state].glyph} size="s" />
          <span class="trunc">{stateWords(node())}</span>
        </span>
      </Show>
    </button>
  );
}
