/**
 * Drives the account's clock by the wall clock: `speed` simulated seconds per real second. When the work does not keep
 * up, the clock falls behind instead of skipping work, and the ticker says which speed it does keep.
 */
import type { Account } from "../account/account.ts";

const TICK = 100;
/** The clock's place is saved this often while it runs, in real milliseconds. */
const SAVE_EVERY = 2_000;

export interface Ticker {
  readonly playing: boolean;
  readonly speed: number;
  /** Speed kept over the last second or so; undefined while it keeps the asked one. */
  readonly kept: number | undefined;
  play(speed: number): void;
  /** The speed that a clock that stands shows. */
  prepare(speed: number): void;
  pause(): void;
  dispose(): void;
}

export function createTicker(account: () => Account | undefined, onTick: () => void, onFailure: (thrown: unknown) => void): Ticker {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let speed = 1;
  let kept: number | undefined;
  let lastReal = 0;
  let lastSave = 0;
  let windowReal = 0;
  let windowSimulated = 0;

  const measure = (real: number, simulated: number): void => {
    windowReal += real;
    windowSimulated += simulated;
    if (windowReal < 1_000) return;
    const reached = windowSimulated / windowReal;
    kept = reached < speed * 0.9 ? reached : undefined;
    windowReal = 0;
    windowSimulated = 0;
  };

  const tick = async (): Promise<void> => {
    const target = account();
    if (target !== undefined) {
      const began = performance.now();
      const real = began - lastReal;
      lastReal = began;
      const from = target.now;
      // A long stall (a sleeping laptop) is not caught up: at most two seconds a tick.
      const step = Math.round(Math.min(real, 2_000) * speed);
      await target.advanceTo(from + step, { cancelled: () => timer === undefined || performance.now() - began > 1_000 });
      measure(performance.now() - began > TICK ? performance.now() - began : real, target.now - from);
      if (began - lastSave > SAVE_EVERY) {
        lastSave = began;
        await target.saveClock();
      }
      onTick();
    }
  };
  const loop = (): void => {
    timer = setTimeout(() => {
      tick().then(
        () => {
          if (timer !== undefined) loop();
        },
        (thrown: unknown) => {
          timer = undefined;
          onFailure(thrown);
        },
      );
    }, TICK);
  };

  return {
    get playing() {
      return timer !== undefined;
    },
    get speed() {
      return speed;
    },
    get kept() {
      return timer === undefined ? undefined : kept;
    },
    play(wanted) {
      speed = wanted;
      kept = undefined;
      windowReal = windowSimulated = 0;
      lastReal = performance.now();
      if (timer === undefined) loop();
    },
    prepare(wanted) {
      speed = wanted;
    },
    pause() {
      if (timer !== undefined) clearTimeout(timer);
      timer = undefined;
    },
    dispose() {
      this.pause();
    },
  };
}
