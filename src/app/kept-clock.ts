/** The clock's speed, and whether it ran, over a reload. A view of this browser: no command, nothing that a hash knows. */
import { type Accessor, createEffect, createMemo, on } from "solid-js";
import type { Pulse, WorkerApi } from "../../workers/api.ts";
import { keep, recall } from "./account-memory.ts";

interface KeptClock {
  readonly speed: number;
  readonly playing: boolean;
}

function isKeptClock(value: unknown): value is KeptClock {
  const { speed, playing } = (value ?? {}) as Partial<KeptClock>;
  return typeof speed === "number" && speed > 0 && typeof playing === "boolean";
}

/** Sets the clock of an account that was opened anew to what it did before; one that this browser never ran stands. */
export async function resumeClock(api: WorkerApi, account: string): Promise<void> {
  const kept = recall("clock", account);
  if (!isKeptClock(kept)) return;
  if (kept.playing) await api.play(kept.speed);
  else await api.setSpeed(kept.speed);
}

/** Keeps what pulses say of the clock from now on: call it once the first account is open and its clock resumed. */
export function keepClock(pulse: Accessor<Pulse | undefined>): void {
  const state = createMemo(
    () => {
      const { account, speed, playing } = pulse() ?? {};
      return account === undefined || speed === undefined || playing === undefined ? undefined : { account, speed, playing };
    },
    undefined,
    { equals: (a, b) => a?.account === b?.account && a?.speed === b?.speed && a?.playing === b?.playing },
  );
  createEffect(on(state, (now) => now && keep("clock", now.account, { speed: now.speed, playing: now.playing })));
}
