/** A pinned moment among the lines: as many rows stand before its line as lines came before it. */
import { type Accessor, createEffect, createMemo, createSignal } from "solid-js";
import { isCursorPinned, meantTime } from "../../charts/cursor.ts";
import { createLook } from "../../client/resource.ts";
import type { PageAnswer } from "./answers.ts";
import type { Search } from "./search.ts";

/** The row to bring into sight, once for each pin: what comes later does not scroll the list away under the reader. */
export function createPinnedRow(search: Search): Accessor<number | undefined> {
  const [row, setRow] = createSignal<number>();
  const pinned = createMemo(() => {
    const [at, span] = [isCursorPinned() ? meantTime() : undefined, search.span()];
    return at === undefined || span === undefined || at < span.from || at >= span.to ? undefined : Math.floor(at);
  });
  const before = createLook<PageAnswer>(
    () => {
      const at = pinned();
      const pattern = search.mode() === "matching" ? search.pattern() : "";
      return at === undefined ? undefined : search.question("page", { filterPattern: pattern, end: at + 1, firstRow: 0, rowCount: 0 });
    },
    { follow: "question" },
  );
  let shown: number | undefined;
  createEffect(() => {
    const [at, answer] = [pinned(), before.data()];
    if (at === undefined) {
      shown = undefined;
      setRow(undefined);
    } else if (at !== shown && answer !== undefined && !before.stale() && search.rowCount() > 0) {
      shown = at;
      setRow(Math.max(0, Math.min(search.rowCount(), answer.matched) - 1));
    }
  });
  return row;
}
