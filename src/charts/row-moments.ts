/** Lists on the cursor that charts and the ruler share. */
import type { RowMoments } from "../ui/row-moments.ts";
import { isCursorPinned, meantTime, pointAt } from "./cursor.ts";

/** `of` says when a row was, epoch ms. */
export const onCursor = <T>(of: (row: T) => number): RowMoments<T> => ({
  of,
  cursor: meantTime,
  isPinned: isCursorPinned,
  point: pointAt,
});
