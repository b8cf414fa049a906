/** Rows that have a moment, on the page's one cursor: a row pointed at says its moment, the moment is a line between rows. */
import { createEffect, createMemo, on } from "solid-js";

export interface RowMoments<T> {
  /** Epoch ms. */
  readonly of: (row: T) => number;
  /** Epoch ms that the page points at; undefined = nowhere. */
  readonly cursor: () => number | undefined;
  /** A pinned one is brought into sight. */
  readonly isPinned: () => boolean;
  readonly point: (moment: number | undefined) => void;
}

export interface MomentLine {
  readonly row: number;
  readonly edge: "top" | "bottom";
}

/**
 * Where the line of a moment stands among rows in the order of time: between what is newer and what is not, at the far end
 * where all are newer. None where the rows are in another order, or where there are none.
 */
export function lineAmong(times: readonly number[], moment: number): MomentLine | undefined {
  const [isDown, isUp] = [
    times.every((time, at) => at === 0 || time <= (times[at - 1] as number)),
    times.every((time, at) => at === 0 || time >= (times[at - 1] as number)),
  ];
  if (isDown) {
    const row = times.findIndex((time) => time <= moment);
    if (row >= 0) return { row, edge: "top" };
    return times.length === 0 ? undefined : { row: times.length - 1, edge: "bottom" };
  }
  if (!isUp) return undefined;
  const row = times.findLastIndex((time) => time <= moment);
  return row < 0 ? { row: 0, edge: "top" } : { row, edge: "bottom" };
}

/** The class of the row that has the line; nothing for the others. */
export const lineClass = (line: MomentLine | undefined, row: number): string =>
  line === undefined || line.row !== row ? "" : line.edge === "top" ? "is-cursor" : "is-cursor-below";

/** The line of the cursor among the rows of a list; a pin that comes, or rows that come to it, are scrolled to. */
export function createMomentLine<T>(
  moments: () => RowMoments<T> | undefined,
  rows: () => readonly T[],
  element: (row: number) => HTMLElement | undefined,
): () => MomentLine | undefined {
  const line = createMemo(
    () => {
      const [how, cursor] = [moments(), moments()?.cursor()];
      return how === undefined || cursor === undefined ? undefined : lineAmong(rows().map(how.of), cursor);
    },
    undefined,
    { equals: (a, b) => a?.row === b?.row && a?.edge === b?.edge },
  );
  const pinned = createMemo(() => (moments()?.isPinned() && line() !== undefined ? moments()?.cursor() : undefined));
  createEffect(
    on(pinned, (moment) => {
      const found = line();
      if (moment !== undefined && found !== undefined) queueMicrotask(() => bringIntoSight(element(found.row)));
    }),
  );
  return line;
}

/** Scrolls the box that the row is in, never the page around it: who pins on a graph keeps the graph in sight. */
function bringIntoSight(row: HTMLElement | undefined): void {
  if (row === undefined) return;
  for (let box = row.parentElement; box !== null && !box.matches(".body, main"); box = box.parentElement) {
    if (box.scrollHeight <= box.clientHeight + 1 || !/auto|scroll/.test(getComputedStyle(box).overflowY)) continue;
    const [here, around] = [row.getBoundingClientRect(), box.getBoundingClientRect()];
    if (here.top < around.top || here.bottom > around.bottom) box.scrollTop += here.top - around.top - (around.height - here.height) / 2;
    return;
  }
}
