/**
 * Which form a table takes in the room it has. Wide enough: all columns. Narrower: those with the greatest `spare` go
 * first (what they hold stands in the row's own view). Narrower still: no columns but cards, two lines a row, the main
 * column whole on the first, the others as small labelled text below. So nothing ever scrolls sideways and no name is cut.
 */
import { type Accessor, createMemo, createSignal, onCleanup } from "solid-js";
import { rootZoom } from "./media.ts";

export interface ColumnRoom {
  readonly id: string;
  /** Any CSS width; lengths in rem or px count as the least room too. */
  readonly width?: string;
  /** Least room, px of the compact density, padding included. Default: what `width` says, else 110. */
  readonly min?: number;
  /** The greatest goes first where there is no room for all; without one the column stays. */
  readonly spare?: number;
  /** Its place in a card: the name (default: the first column), before it, at the end of its line, below it, nowhere. */
  readonly card?: "main" | "lead" | "end" | "fact" | "none";
}

/** Under this a table that lacks room becomes cards instead of losing columns. */
const CARDS_UNDER = 560;
const LEAST = 110;

/** Least room of a column in px of the compact density. */
export function leastRoom(column: ColumnRoom): number {
  if (column.min !== undefined) return column.min;
  const length = /^(?:calc\()?\s*([\d.]+)(rem|px)\s*(?:\/\s*13\s*\))?$/.exec(column.width ?? "");
  if (length === null) return LEAST;
  const [, number, unit] = length;
  return Number(number) * (unit === "px" || (column.width ?? "").startsWith("calc") ? 1 : 13);
}

export interface Fit<C extends ColumnRoom> {
  readonly form: "columns" | "cards";
  /** The columns that are shown, in their order; for cards all that have a place in them. */
  readonly columns: readonly C[];
}

/** The form and the columns for a width in px of the compact density; 0 = not measured yet, all columns. */
export function fitColumns<C extends ColumnRoom>(columns: readonly C[], width: number, gap = 0): Fit<C> {
  const room = (shown: readonly C[]): number => shown.reduce((sum, column) => sum + leastRoom(column) + gap, 0);
  if (width === 0 || room(columns) <= width) return { form: "columns", columns };
  if (width >= CARDS_UNDER) {
    let shown = columns;
    while (room(shown) > width) {
      const next = shown.reduce<C | undefined>(
        (most, column) => (column.spare !== undefined && column.spare > (most?.spare ?? Number.NEGATIVE_INFINITY) ? column : most),
        undefined,
      );
      if (next === undefined) return { form: "cards", columns: inCards(columns) };
      shown = shown.filter((column) => column !== next);
    }
    return { form: "columns", columns: shown };
  }
  return { form: "cards", columns: inCards(columns) };
}

const inCards = <C extends ColumnRoom>(columns: readonly C[]): readonly C[] => columns.filter((column) => column.card !== "none");

/** The column that names the row. */
export function mainColumn<C extends ColumnRoom>(columns: readonly C[]): C | undefined {
  return columns.find((column) => column.card === "main") ?? columns.find((column) => column.card === undefined || column.card === "fact");
}

export interface TableFit<C extends ColumnRoom> {
  /** Give it the element whose inner width is the room. */
  readonly measure: (element: HTMLElement) => void;
  readonly fitted: Accessor<Fit<C>>;
}

/** The fit of a table's columns to its element, live. */
export function createFit<C extends ColumnRoom>(columns: Accessor<readonly C[]>, gap = 0, padding = 0): TableFit<C> {
  const [width, setWidth] = createSignal(0);
  const zoom = createMemo(() => rootZoom());
  // In the next frame: another form changes heights, and those may not change while sizes are being told.
  let frame = 0;
  const observer = new ResizeObserver(([entry]) => {
    const now = entry?.contentRect.width ?? 0;
    cancelAnimationFrame(frame);
    if (now > 0 && now !== width()) frame = requestAnimationFrame(() => setWidth(now));
  });
  onCleanup(() => {
    cancelAnimationFrame(frame);
    observer.disconnect();
  });
  return {
    measure: (element) => {
      observer.disconnect();
      observer.observe(element);
      queueMicrotask(() => {
        if (element.clientWidth > 0) setWidth(element.clientWidth);
      });
    },
    fitted: createMemo(() => fitColumns(columns(), width() === 0 ? 0 : Math.max(1, width() / zoom() - padding), gap)),
  };
}
