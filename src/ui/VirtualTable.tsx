/* biome-ignore-all lint/a11y/useSemanticElements: a table element cannot be virtual, so the grid roles stand on plain elements */
/* biome-ignore-all lint/a11y/useFocusableInteractive: focus stays on the grid, aria-activedescendant names the row */
/* biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid has the keys */
/**
 * A list of any length with rows of one height. The scrolled surface is capped (browsers refuse taller ones), so past
 * the cap the scrollbar is scaled: `offset` is the true position in unscaled pixels, scrollTop = offset / scale. The wheel
 * and the keys move `offset` itself, row by row; only dragging the bar goes through the scale. Rows sit in a sticky
 * window and slot s always shows the row r with r mod slots = s, so scrolling by one row draws one row.
 */
import {
  createComputed,
  createEffect,
  createMemo,
  createSignal,
  createUniqueId,
  For,
  Index,
  type JSX,
  on,
  onCleanup,
  onMount,
  Show,
  untrack,
} from "solid-js";
import { Card, type CardColumn } from "./Card.tsx";
import { createFit, mainColumn } from "./columns.ts";
import { isGiven } from "./given.ts";
import { countText } from "./numbers.ts";
import { lineClass, type RowMoments } from "./row-moments.ts";
import { createRowPages, type RowSource } from "./row-pages.ts";
import { createRowTurns } from "./row-turns.ts";
import { UI } from "./strings.ts";

export interface VirtualColumn<T> extends CardColumn<T> {
  /** A grid track: `calc(110rem / 13)`, `1fr`, `max-content` is not allowed. */
  readonly width: string;
  readonly num?: boolean;
}

export interface VirtualTableProps<T> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<T>[];
  readonly count: number;
  readonly source: RowSource<T>;
  /** Changes when rows already fetched may differ now. */
  readonly version?: unknown;
  readonly selected?: number | undefined;
  readonly onSelect?: (index: number, row: T) => void;
  readonly onOpen?: (index: number, row: T) => void;
  /** Row to bring into sight when it changes. */
  readonly reveal?: number | undefined;
  /** Stay at the end as rows arrive, while the end is in sight. */
  readonly follow?: boolean;
  readonly rowClass?: (row: T) => string;
  /** When each row was, newest last: the list is on the page's cursor. */
  readonly moments?: RowMoments<T>;
  readonly empty?: JSX.Element;
  readonly onFailure?: (thrown: unknown) => void;
}

const TALLEST = 8_000_000;
/** Places are told as pixels from a row near by, where they are exact. */
const ROWS_PER_BASE = 1000;
/** Between columns and at the edges, px of the compact density. */
const GAP = 12;

export function VirtualTable<T>(props: VirtualTableProps<T>): JSX.Element {
  const id = createUniqueId();
  const { measure: measureRoom, fitted } = createFit(() => props.columns, GAP, 2 * GAP);
  const columns = createMemo(() => fitted().columns);
  const isCards = createMemo(() => fitted().form === "cards");
  const main = createMemo(() => mainColumn(columns()));
  const pages = createRowPages<T>(() => props.source);
  const inTurn = createRowTurns();
  const [rowHeight, setRowHeight] = createSignal(28);
  const [view, setView] = createSignal(0);
  const [offset, setOffset] = createSignal(0);
  const [active, setActive] = createSignal(0);
  let scroller!: HTMLDivElement;
  let probe!: HTMLDivElement;
  let head!: HTMLDivElement;

  const total = createMemo(() => props.count * rowHeight());
  const surface = createMemo(() => Math.min(total(), TALLEST));
  const scale = createMemo(() => {
    const room = surface() - view();
    return room <= 0 ? 1 : Math.max(1, (total() - view()) / room);
  });
  const furthest = (): number => Math.max(0, total() - view());
  const slots = createMemo(() => Math.ceil(view() / rowHeight()) + 2);
  const first = createMemo(() => Math.max(0, Math.min(Math.floor(offset() / rowHeight()), Math.max(0, props.count - 1))));
  // Rows are placed from here, and all of them moved by one transform: a step of the wheel changes one style, not one a row.
  const base = createMemo(() => Math.floor(first() / ROWS_PER_BASE) * ROWS_PER_BASE);
  const rowOfSlot = (slot: number): number => {
    const count = slots();
    return first() + ((((slot - first()) % count) + count) % count);
  };
  const template = createMemo(() =>
    columns()
      .map((column) => column.width)
      .join(" "),
  );

  const moveTo = (wanted: number): void => {
    const next = Math.max(0, Math.min(furthest(), wanted));
    setOffset(next);
    const top = next / scale();
    if (Math.abs(scroller.scrollTop - top) > 0.5) scroller.scrollTop = top;
  };
  const reveal = (index: number): void => {
    const top = index * rowHeight();
    if (top < offset()) moveTo(top);
    else if (top + rowHeight() > offset() + view()) moveTo(top + rowHeight() - view());
  };
  const choose = (index: number): void => {
    const next = Math.max(0, Math.min(props.count - 1, index));
    setActive(next);
    reveal(next);
    const row = pages.row(next);
    if (row !== undefined) props.onSelect?.(next, row);
  };

  /** The row below which the cursor's line stands, of those in sight. */
  const line = createMemo(
    () => {
      const [how, cursor] = [props.moments, props.moments?.cursor()];
      if (how === undefined || cursor === undefined) return undefined;
      const times: number[] = [];
      for (let index = first(); index < Math.min(props.count, first() + slots()); index++) {
        const row = pages.row(index);
        if (row === undefined) break;
        times.push(how.of(row));
      }
      const found = times.findLastIndex((time) => time <= cursor);
      if (found < 0 && first() === 0 && times.length > 0) return { row: 0, edge: "top" as const };
      // Of the last one in sight it is not known whether the next is newer.
      if (found < 0 || (found === times.length - 1 && first() + found < props.count - 1)) return undefined;
      return { row: first() + found, edge: "bottom" as const };
    },
    undefined,
    { equals: (a, b) => a?.row === b?.row && a?.edge === b?.edge },
  );
  const isInSight = (index: number): boolean => index < props.count && index >= first() && index < first() + slots();
  const onScroll = (): void => {
    // Our own writes come back as an event too; they are within a pixel of where `offset` already is.
    if (Math.abs(scroller.scrollTop - offset() / scale()) < 1) return;
    setOffset(Math.max(0, Math.min(furthest(), scroller.scrollTop * scale())));
  };
  const onWheel = (event: WheelEvent): void => {
    if (scale() === 1 || event.ctrlKey || event.deltaY === 0) return;
    event.preventDefault();
    moveTo(offset() + event.deltaY * (event.deltaMode === 1 ? rowHeight() : event.deltaMode === 2 ? view() : 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(view() / rowHeight()) - 1);
    // Scrolled away from the active row: the keys go on from what is in sight.
    const last = Math.min(props.count, first() + page + 1) - 1;
    const here = active() < first() ? first() : active() > last ? last : active();
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -props.count, End: props.count }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      choose(here + step);
    } else if (event.key === "Enter") {
      const row = pages.row(here);
      if (row !== undefined) props.onOpen?.(here, row);
    }
  };

  onMount(() => {
    const measure = (): void => {
      setRowHeight(probe.offsetHeight || 28);
      setView(Math.max(0, scroller.clientHeight - head.offsetHeight));
    };
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    observer.observe(probe);
    measureRoom(scroller);
    measure();
    scroller.addEventListener("wheel", onWheel, { passive: false });
    onCleanup(() => {
      observer.disconnect();
      scroller.removeEventListener("wheel", onWheel);
    });
  });
  createEffect(() => pages.want(first(), slots(), props.count));
  createEffect(on([() => props.version, () => props.source], () => pages.reset(), { defer: true }));
  createEffect(
    on(
      () => props.count,
      (count, before) => {
        if (active() >= count) setActive(Math.max(0, count - 1));
        const wasAtEnd = before !== undefined && offset() + view() >= before * rowHeight() - 1;
        if (props.follow && (wasAtEnd || before === undefined)) queueMicrotask(() => moveTo(furthest()));
        else if (offset() > furthest()) moveTo(furthest());
      },
    ),
  );
  // The room or the rows changed their height, a phone was turned say: what stood at the end stands there again.
  createEffect(
    on([view, rowHeight], (_, before) => {
      if (before === undefined) return;
      const [wasView, wasHeight] = before;
      if (props.follow && offset() + wasView >= props.count * wasHeight - 1) queueMicrotask(() => moveTo(furthest()));
      else if (offset() > furthest()) moveTo(furthest());
    }),
  );
  createEffect(
    on(
      () => props.reveal,
      (index) => {
        if (index === undefined) return;
        setActive(index);
        moveTo(index * rowHeight() - view() / 2);
      },
    ),
  );
  createEffect(() => {
    if (props.selected !== undefined) setActive(props.selected);
  });
  createEffect(() => {
    const thrown = pages.failure();
    if (thrown !== undefined) props.onFailure?.(thrown);
  });

  return (
    <Show when={props.count > 0 || !isGiven(props, "empty")} fallback={props.empty}>
      <div class={`vt ${isCards() ? "is-cards" : ""}`} style={{ "--vt-cols": template() }}>
        <div
          ref={scroller}
          class="vt-scroll"
          role="grid"
          tabIndex={0}
          aria-label={props.label}
          aria-rowcount={props.count + 1}
          aria-colcount={isCards() ? 1 : columns().length}
          aria-activedescendant={isInSight(active()) ? `${id}-row-${active()}` : undefined}
          onScroll={onScroll}
          onKeyDown={onKeyDown}
        >
          <div class="vt-head" role="row" aria-rowindex={1} ref={head}>
            <For each={isCards() ? columns().filter((column) => column === main()) : columns()}>
              {(column) => (
                <span role="columnheader" class={`vt-cell ${column.num ? "num" : ""}`}>
                  {column.head}
                </span>
              )}
            </For>
          </div>
          <div class="vt-probe" ref={probe} aria-hidden="true" />
          <div class="vt-surface" role="presentation" style={{ height: `${surface()}px` }}>
            <div class="vt-window" role="rowgroup" style={{ height: `${Math.min(view(), surface())}px` }}>
              <div class="vt-layer" role="presentation" style={{ transform: `translateY(${base() * rowHeight() - offset()}px)` }}>
                <Index each={Array.from({ length: slots() })}>
                  {(_, slot) => {
                    const index = createMemo(() => rowOfSlot(slot));
                    const here = createMemo(() => (index() < props.count ? pages.row(index()) : undefined));
                    // What the slot shows: the row that is here, as soon as it is this slot's turn.
                    const [row, setRow] = createSignal<T | undefined>();
                    let shown = -1;
                    createComputed(() => {
                      const [next, place] = [here(), index()];
                      // Never a row at another's place; at its own the old one stays until the new one is drawn.
                      if (place !== shown || next === undefined) setRow(undefined);
                      shown = place;
                      if (next !== undefined && next !== untrack(row)) inTurn(slot, () => setRow(() => untrack(here)));
                    });
                    return (
                      <Show when={index() < props.count}>
                        <div
                          class={`vt-row ${row() === undefined || props.rowClass === undefined ? "" : props.rowClass(row() as T)} ${lineClass(line(), index())}`}
                          role="row"
                          id={`${id}-row-${index()}`}
                          aria-rowindex={index() + 2}
                          aria-selected={props.selected === index()}
                          classList={{ "is-active": active() === index() }}
                          style={{ transform: `translateY(${(index() - base()) * rowHeight()}px)` }}
                          onPointerEnter={() => {
                            const here = row();
                            if (here !== undefined) props.moments?.point(props.moments.of(here));
                          }}
                          onPointerLeave={() => props.moments?.point(undefined)}
                          onClick={() => {
                            scroller.focus({ preventScroll: true });
                            choose(index());
                          }}
                          onDblClick={() => {
                            const here = row();
                            if (here !== undefined) props.onOpen?.(index(), here);
                          }}
                        >
                          <Show when={row()} keyed fallback={<span class="vt-cell vt-wait" role="gridcell" aria-label={UI.loading} />}>
                            {(here) => (
                              <Show
                                when={isCards()}
                                fallback={
                                  <For each={columns()}>
                                    {(column) => (
                                      <span role="gridcell" class={`vt-cell ${column.num ? "num" : ""} ${column.mono ? "mono" : ""}`}>
                                        {column.cell(here, index())}
                                      </span>
                                    )}
                                  </For>
                                }
                              >
                                <span role="gridcell" class="vt-card">
                                  <Card row={here} index={index()} columns={columns()} />
                                </span>
                              </Show>
                            )}
                          </Show>
                        </div>
                      </Show>
                    );
                  }}
                </Index>
              </div>
            </div>
          </div>
        </div>
        <span class="vh">{UI.rows(countText(props.count))}</span>
      </div>
    </Show>
  );
}
