/**
 * The account's clock. It never runs ahead of unfinished work: it stands at an agenda item until the item is done, a
 * promise included (reads of raw logs are barriers), and only then goes on.
 */
import { runAgendaItem } from "./door.ts";
import type { House } from "./house.ts";

const DAY = 86_400_000;

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
    const midnight = (Math.floor(house.now / DAY) + 1) * DAY;
    const item = house.agenda.takeDue(Math.min(target, midnight - 1));
    if (item === undefined) {
      if (midnight > target) break;
      await beginDay(house, midnight, target, hooks);
      continue;
    }
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

/**
 * Goes to the next midnight, where telemetry is compacted before anything else happens: at a moment of the account's clock,
 * because the order in which blocks are added up is seen in an answer's last bit. Days with nothing to do are passed over.
 */
async function beginDay(house: House, midnight: number, target: number, hooks: AdvanceHooks): Promise<void> {
  if (house.metrics.holdsData()) {
    house.now = midnight;
    await house.metrics.compact(midnight, hooks.breathe);
  } else house.now = Math.max(midnight, Math.floor(Math.min(target, house.agenda.nextAt() ?? target) / DAY) * DAY);
  const pause = hooks.breathe?.();
  if (pause !== undefined) {
    hooks.onProgress?.(house.now);
    await pause;
  }
}
