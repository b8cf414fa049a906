/**
 * Drawing many rows at once takes longer than a frame on a slow machine. So a few are drawn at once, which is all that a
 * step of the wheel needs, and the others in the next animation frames, each for as long as a frame can spare.
 */
import { onCleanup } from "solid-js";

/** Rows drawn at once in one task. */
export const AT_ONCE = 10;
/** Milliseconds of drawing in a frame. */
const BUDGET = 8;

/** Draws now or soon; a later wish of the same slot replaces an earlier one that still waits. */
export type RowTurns = (slot: number, draw: () => void) => void;

export function createRowTurns(): RowTurns {
  const waiting = new Map<number, () => void>();
  let left = AT_ONCE;
  let frame: number | undefined;
  onCleanup(() => {
    if (frame !== undefined) cancelAnimationFrame(frame);
  });

  const onFrame = (): void => {
    frame = undefined;
    left = AT_ONCE;
    const until = performance.now() + BUDGET;
    for (const [slot, draw] of waiting) {
      waiting.delete(slot);
      draw();
      if (performance.now() >= until) break;
    }
    if (waiting.size > 0) plan();
  };
  const plan = (): void => {
    frame ??= requestAnimationFrame(onFrame);
  };

  return (slot, draw) => {
    waiting.delete(slot);
    plan();
    if (left > 0) {
      left--;
      draw();
    } else waiting.set(slot, draw);
  };
}
