/* biome-ignore-all lint/a11y/useSemanticElements: a tree grid of bars is no table to the eye; roles say what it is */
/* biome-ignore-all lint/a11y/useFocusableInteractive: rows take the focus, by a roving tabindex; cells do not */
/* biome-ignore-all lint/a11y/noAriaHiddenOnFocusable: the toggle is for the mouse; the row has the keys */
import { createEffect, createMemo, createSignal, For, type JSX, on, Show } from "solid-js";
import { cursorTime, isCursorPinned, pinAt, pointAt, unpin } from "../../charts/cursor.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { useUnder } from "../../ui/media.ts";
import { milliText } from "../../ui/time.ts";
import { NARROW_RAIL, PHONE } from "../../ui/widths.ts";
import type { TraceSpan, TraceView } from "./answers.ts";
import type { CriticalPath } from "./critical-path.ts";
import { TRACES as T } from "./strings.ts";
import { microText, STATES, spanDetail, stateOf } from "./texts.ts";
import "./waterfall.css";
import { axisMarks, axisText, parentsOf, visibleRows } from "./waterfall-rows.ts";

/**
 * Each segment and subsegment from when it began to when it ended, with the page's cursor. Up and Down choose, Left and
 * Right close and open, Enter pins when the chosen one began.
 */
export function Waterfall(props: {
  readonly trace: TraceView;
  readonly path: CriticalPath;
  readonly selected: number;
  readonly onSelect: (at: number) => void;
}): JSX.Element {
  const [closed, setClosed] = createSignal<ReadonlySet<number>>(new Set());
  const isPhone = useUnder(PHONE);
  const isNarrow = useUnder(NARROW_RAIL);
  let host!: HTMLDivElement;
  let axis!: HTMLDivElement;
  createEffect(
    on(
      () => props.trace.id,
      () => setClosed(new Set<number>()),
      { defer: true },
    ),
  );
  const spans = (): readonly TraceSpan[] => props.trace.spans;
  const rows = createMemo(() => visibleRows(spans(), closed()));
  const parents = createMemo(() => parentsOf(spans()));
  const began = (): number => props.trace.start / 1000;
  /** Where the cursor is, a share of the whole; undefined outside of the trace. */
  const cursor = (): number | undefined => {
    const at = cursorTime();
    const share = at === undefined ? -1 : ((at - began()) * 1000) / whole();
    return share < 0 || share > 1 ? undefined : share;
  };
  const momentAt = (event: MouseEvent): number => {
    const { left, width } = axis.getBoundingClientRect();
    const share = Math.max(0, Math.min(1, (event.clientX - left) / Math.max(1, width)));
    return began() + (share * whole()) / 1000;
  };
  const isLeft = (event: MouseEvent): boolean => event.clientX < axis.getBoundingClientRect().left;
  const beginOf = (at: number): number => began() + (spans()[at]?.offset ?? 0) / 1000;
  const pin = (moment: number): void => {
    if (isCursorPinned() && cursorTime() === moment) unpin();
    else pinAt(moment);
  };
  const whole = (): number => Math.max(1, props.trace.duration);
  const toggle = (at: number, shut: boolean): void => {
    setClosed((now) => {
      const next = new Set(now);
      if (shut) next.add(at);
      else next.delete(at);
      return next;
    });
  };
  const go = (at: number | undefined): void => {
    if (at === undefined) return;
    props.onSelect(at);
    host.querySelector<HTMLElement>(`[data-span="${at}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, at: number): void => {
    const all = rows();
    const here = all.indexOf(at);
    const isOpen = parents().has(at) && !closed().has(at);
    const act = {
      ArrowDown: () => go(all[here + 1]),
      ArrowUp: () => go(all[here - 1]),
      Home: () => go(all[0]),
      End: () => go(all.at(-1)),
      ArrowRight: () => (parents().has(at) && !isOpen ? toggle(at, false) : isOpen ? go(all[here + 1]) : undefined),
      ArrowLeft: () => (isOpen ? toggle(at, true) : go(all.includes(spans()[at]?.parent ?? -1) ? spans()[at]?.parent : undefined)),
      Enter: () => {
        if (props.selected === at) pin(beginOf(at));
        else props.onSelect(at);
      },
      " ": () => props.onSelect(at),
    }[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const stop = (): number => (rows().includes(props.selected) ? props.selected : (rows()[0] ?? 0));
  return (
    <div
      class="wf"
      role="treegrid"
      aria-label={T.waterfall}
      ref={host}
      style={{ "--cursor-at": cursor() === undefined ? undefined : String(cursor()) }}
      onPointerMove={(event) => pointAt(isLeft(event) ? undefined : momentAt(event))}
      onPointerLeave={() => pointAt(undefined)}
    >
      <div class="wf-axis" role="row">
        <span class="wf-head" role="columnheader">
          {T.span}
        </span>
        {/* biome-ignore lint/a11y/useKeyWithClickEvents: Enter on a row pins */}
        <div ref={axis} class="wf-time" role="columnheader" aria-label={T.time} onClick={(event) => pin(momentAt(event))}>
          <For each={axisMarks(whole(), isPhone() ? 3 : isNarrow() ? 4 : 6)}>
            {(at) => (
              <span class="wf-mark" style={{ left: `${(at / whole()) * 100}%` }}>
                {axisText(at, whole())}
              </span>
            )}
          </For>
          <Show when={cursor() !== undefined}>
            <i class="wf-cursor" aria-hidden="true" />
            <span class={`wf-tag mono ${(cursor() ?? 0) > 0.5 ? "is-left" : ""}`} aria-hidden="true">
              {milliText(cursorTime() ?? 0)}
            </span>
          </Show>
        </div>
      </div>
      <For each={rows()}>
        {(at) => (
          <Row
            span={spans()[at] as TraceSpan}
            at={at}
            whole={whole()}
            isOnPath={props.path.on.has(at)}
            isParent={parents().has(at)}
            isOpen={!closed().has(at)}
            isSelected={props.selected === at}
            isStop={stop() === at}
            onSelect={() => props.onSelect(at)}
            onToggle={() => toggle(at, !closed().has(at))}
            hasCursor={cursor() !== undefined}
            onFocus={() => pointAt(beginOf(at))}
            onKeyDown={(event) => onKeyDown(event, at)}
          />
        )}
      </For>
    </div>
  );
}

interface RowProps {
  readonly span: TraceSpan;
  readonly at: number;
  readonly whole: number;
  readonly isOnPath: boolean;
  readonly isParent: boolean;
  readonly isOpen: boolean;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
  readonly hasCursor: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

const retriesOf = (span: TraceSpan): number => {
  const aws = span.document["aws"] as Readonly<Record<string, unknown>> | undefined;
  return typeof aws?.["retries"] === "number" ? aws["retries"] : 0;
};

/** What stands beside the bar. */
export function barWords(span: TraceSpan): string {
  const state = stateOf(span);
  return [
    span.duration === undefined ? T.inProgress : microText(span.duration),
    ...(span.status === undefined ? [] : [String(span.status)]),
    ...(state === "ok" ? [] : [STATES[state].word]),
    ...(retriesOf(span) === 0 ? [] : [T.retries(retriesOf(span))]),
    ...(span.isBroken ? [T.broken] : []),
    ...(span.isOrphan ? [T.orphan] : []),
  ].join(" · ");
}

const KINDS = { segment: T.segment, call: T.call, code: T.subsegment } as const;
const DEEPEST_SHOWN = 8;

function Row(props: RowProps): JSX.Element {
  const state = () => stateOf(props.span);
  const from = (): number => (props.span.offset / props.whole) * 100;
  const width = (): number => ((props.span.duration ?? Math.max(0, props.whole - props.span.offset)) / props.whole) * 100;
  const place = (): "in" | "after" | "before" => (width() > 46 ? "in" : from() + width() < 55 ? "after" : "before");
  return (
    <div
      class="wf-row"
      role="row"
      aria-level={props.span.depth + 1}
      aria-expanded={props.isParent ? props.isOpen : undefined}
      aria-selected={props.isSelected}
      tabIndex={props.isStop ? 0 : -1}
      data-span={props.at}
      onClick={() => props.onSelect()}
      onFocus={() => props.onFocus()}
      onBlur={() => pointAt(undefined)}
      onKeyDown={(event) => props.onKeyDown(event)}
    >
      <span class="wf-name" role="gridcell" style={{ "padding-left": `${(12 + 14 * Math.min(props.span.depth, DEEPEST_SHOWN)) / 13}rem` }}>
        <Show when={props.isParent} fallback={<i class="wf-leaf" />}>
          <button
            type="button"
            class="wf-toggle"
            tabIndex={-1}
            aria-hidden="true"
            onClick={(event) => {
              event.stopPropagation();
              props.onToggle();
            }}
          >
            <Glyph name={props.isOpen ? "down" : "right"} size="s" />
          </button>
        </Show>
        <Show when={state() !== "ok"}>
          <span class={STATES[state()].css}>
            <Glyph name={STATES[state()].glyph} size="s" />
          </span>
        </Show>
        <b class="med">{props.span.name}</b>
        <span class="muted trunc">{spanDetail(props.span)}</span>
      </span>
      <span class="wf-bars" role="gridcell" style={{ "--from": `${from()}%`, "--width": `${width()}%` }}>
        <i class={`wf-bar b-${props.span.kind} s-${state()} ${props.span.isInProgress ? "is-open" : ""}`} />
        <Show when={props.isOnPath}>
          <i class="wf-path" />
        </Show>
        <Show when={props.hasCursor}>
          <i class="wf-cursor" />
        </Show>
        <span class={`wf-words w-${place()}`}>{barWords(props.span)}</span>
        <span class="vh">{T.spanWords(KINDS[props.span.kind], microText(props.span.offset), props.isOnPath ? T.critical : "")}</span>
      </span>
    </div>
  );
}
