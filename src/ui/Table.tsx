import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { Card } from "./Card.tsx";
import { type ColumnRoom, createFit } from "./columns.ts";
import { Glyph } from "./Glyph.tsx";
import { isGiven } from "./given.ts";
import { createMomentLine, lineClass, type RowMoments } from "./row-moments.ts";
import { UI } from "./strings.ts";

export interface Column<T> extends ColumnRoom {
  readonly head: string;
  readonly cell: (row: T) => JSX.Element;
  /** The head is for screen readers only: what stands below says it by its shape. */
  readonly isHeadHidden?: boolean;
  /** Numbers stand right. */
  readonly num?: boolean;
  readonly mono?: boolean;
  /** Makes the column sortable. */
  readonly sort?: (a: T, b: T) => number;
  /** Any CSS width, in rem or percent (px do not grow with the density); with one given the table's layout is fixed. */
  readonly width?: string;
  /** Before the value in a card, instead of the head; empty = nothing. */
  readonly label?: string;
  readonly isBlank?: (row: T) => boolean;
}

export interface TableProps<T> {
  readonly label: string;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly selected?: string | undefined;
  /** Enter, Space or a click on a row. */
  readonly onOpen?: (row: T) => void;
  /** Esc in a row. */
  readonly onLeave?: () => void;
  readonly rowClass?: (row: T) => string;
  /** When each row was: the list is on the page's cursor. */
  readonly moments?: RowMoments<T>;
  readonly empty?: JSX.Element;
  readonly tight?: boolean;
}

/** Rows of 28; cards where the columns have no room (columns.ts). Up and Down move, Enter opens, a head sorts. */
export function Table<T>(props: TableProps<T>): JSX.Element {
  const [order, setOrder] = createSignal<{ readonly id: string; readonly down: boolean }>();
  const [at, setAt] = createSignal<string>();
  const columns = createMemo(() => props.columns);
  const { measure, fitted } = createFit(columns);
  const isCards = createMemo(() => fitted().form === "cards");
  let body: HTMLTableSectionElement | undefined;

  const rows = createMemo(() => {
    const chosen = order();
    const compare = columns().find((column) => column.id === chosen?.id)?.sort;
    if (chosen === undefined || compare === undefined) return props.rows;
    return [...props.rows].sort((a, b) => (chosen.down ? compare(b, a) : compare(a, b)));
  });
  const line = createMomentLine(
    () => props.moments,
    rows,
    (row) => body?.children[row] as HTMLElement | undefined,
  );
  const stop = createMemo(() => {
    const keys = rows().map(props.rowKey);
    const wanted = at() ?? props.selected;
    return wanted !== undefined && keys.includes(wanted) ? wanted : keys[0];
  });

  const move = (event: KeyboardEvent, row: T): void => {
    const all = rows();
    const here = all.indexOf(row);
    const next =
      event.key === "ArrowDown"
        ? here + 1
        : event.key === "ArrowUp"
          ? here - 1
          : event.key === "Home"
            ? 0
            : event.key === "End"
              ? all.length - 1
              : undefined;
    if (next !== undefined) {
      if (event.target !== event.currentTarget && (event.target as Element).matches("input, select, textarea")) return;
      const target = all[Math.max(0, Math.min(all.length - 1, next))];
      if (target === undefined) return;
      event.preventDefault();
      setAt(props.rowKey(target));
      (body?.children[all.indexOf(target)] as HTMLElement | undefined)?.focus();
    } else if ((event.key === "Enter" || event.key === " ") && event.target === event.currentTarget && props.onOpen !== undefined) {
      event.preventDefault();
      props.onOpen(row);
    } else if (event.key === "Escape" && props.onLeave !== undefined) {
      event.preventDefault();
      props.onLeave();
    }
  };
  const sortBy = (id: string): void => {
    setOrder((now) => (now?.id !== id ? { id, down: false } : now.down ? undefined : { id, down: true }));
  };
  const direction = (column: Column<T>): "ascending" | "descending" | "none" | undefined =>
    column.sort === undefined ? undefined : order()?.id !== column.id ? "none" : order()?.down ? "descending" : "ascending";
  const sorter = (column: Column<T>): JSX.Element => (
    <button type="button" class="sorter" onClick={() => sortBy(column.id)}>
      {column.head}
      <Show when={order()?.id === column.id}>
        <Glyph name={order()?.down ? "down" : "up"} size="s" />
      </Show>
    </button>
  );
  const heads = (): JSX.Element => (
    <For each={fitted().columns}>
      {(column) => (
        <th scope="col" class={column.num ? "num" : ""} aria-sort={direction(column)} style={{ width: column.width }}>
          <Show when={column.sort} fallback={<span class={column.isHeadHidden ? "vh" : ""}>{column.head}</span>}>
            {sorter(column)}
          </Show>
        </th>
      )}
    </For>
  );
  const sorters = (): JSX.Element => {
    const sortable = createMemo(() => fitted().columns.filter((column) => column.sort !== undefined));
    return (
      <th scope="col" class="card-sort">
        <Show when={sortable().length > 0} fallback={<span class="vh">{props.label}</span>}>
          <span>{UI.sortBy}</span>
          <For each={sortable()}>
            {(column) => (
              <>
                {sorter(column)}
                <Show when={order()?.id === column.id}>
                  <span class="vh">{direction(column)}</span>
                </Show>
              </>
            )}
          </For>
        </Show>
      </th>
    );
  };

  return (
    <Show when={props.rows.length > 0 || !isGiven(props, "empty")} fallback={props.empty}>
      <div class="tbl-scroll" ref={measure}>
        <table
          class={`tbl ${isCards() ? "cards" : fitted().columns.some((column) => column.width !== undefined) ? "fix" : ""} ${props.tight ? "tight" : ""}`}
          role={props.onOpen === undefined ? undefined : "grid"}
          aria-label={props.label}
        >
          <thead>
            <tr>
              <Show when={isCards()} fallback={heads()}>
                {sorters()}
              </Show>
            </tr>
          </thead>
          <tbody ref={body} onPointerLeave={() => props.moments?.point(undefined)}>
            <For each={rows()}>
              {(row, place) => (
                <tr
                  aria-selected={props.onOpen === undefined ? undefined : props.selected === props.rowKey(row)}
                  tabIndex={props.onOpen === undefined ? undefined : stop() === props.rowKey(row) ? 0 : -1}
                  class={`${props.onOpen === undefined ? "" : "opens"} ${props.rowClass?.(row) ?? ""} ${lineClass(line(), place())}`}
                  onPointerEnter={() => props.moments?.point(props.moments.of(row))}
                  onFocus={() => props.moments?.point(props.moments.of(row))}
                  onBlur={() => props.moments?.point(undefined)}
                  onKeyDown={(event) => move(event, row)}
                  onClick={(event) => {
                    if ((event.target as Element).closest("a, button, input, select, label") === null) props.onOpen?.(row);
                  }}
                >
                  <Show
                    when={isCards()}
                    fallback={
                      <For each={fitted().columns}>
                        {(column) => <td class={`${column.num ? "num" : ""} ${column.mono ? "mono" : ""}`}>{column.cell(row)}</td>}
                      </For>
                    }
                  >
                    <td>
                      <Card row={row} index={0} columns={fitted().columns} />
                    </td>
                  </Show>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </Show>
  );
}
