/** Lists on the cursor that charts and the ruler share. */
import type { RowMoments } from "../ui/row-moments.ts";
import { cursorTime, isCursorPinned, pointAt } from "./cursor.ts";

/** `of` says when a row was, epoch ms. */
export const onCursor = <T>(of: (row: T) => number): RowMoments<T> => ({
  of,
  cursor: cursorTime,
  isPinned: isCursorPinned,
  point: pointAt,
});
