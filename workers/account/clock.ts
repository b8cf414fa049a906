/**
 * The account's clock. It never runs ahead of unfinished work: it stands at an agenda item until the item is done, a
 * promise included (reads of raw logs are barriers), and only then goes on.
 */
import { runAgendaItem } from "./door.ts";
import type { House } from "./house.ts";

export interface AdvanceHooks {
  /** Asked between items: a promise lets the event loop breathe (the entry decides by the wall clock). */
  readonly breathe?: (() => Promise<void> | undefined) | undefined;
  /** True = stop here; the clock stands where the work is done. */
  readonly cancelled?: (() => boolean) | undefined;
  readonly onProgress?: ((now: number) => void) | undefined;
}

/** Runs everything due up to `target` and sets the clock there. Answers whether it got there. */
export async function advanceTo(house: House, target: number, hooks: AdvanceHooks = {}): Promise<boolean> {
  for (;;) {
    if (hooks.cancelled?.()) return false;
    const item = house.agenda.takeDue(target);
    if (item === undefined) break;
    // An item scheduled for the past (a late change) runs now: time does not go back.
    if (item.at > house.now) house.now = item.at;
    const running = runAgendaItem(house, item);
    if (running instanceof Promise) await running;
    const pause = hooks.breathe?.();
    if (pause !== undefined) {
      hooks.onProgress?.(house.now);
      await pause;
    }
  }
  if (target > house.now) house.now = target;
  return true;
}
