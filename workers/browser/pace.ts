/**
 * Keeps the worker's event loop free: after 12 ms of work in a row `breathe` answers a promise that lets messages in.
 * Also holds what long task is under way and whether it was cancelled.
 */
const SLICE = 12;

export interface Pace {
  breathe(): Promise<void> | undefined;
  /** Milliseconds of work so far. */
  workMillis(): number;
  readonly progress: { readonly what: string; readonly done: number; readonly total: number } | undefined;
  onWork(what: string, done: number, total: number): void;
  /** Runs a long task: its progress is shown while it runs and it can be cancelled. */
  during<T>(work: () => Promise<T>): Promise<T>;
  cancel(): void;
  readonly cancelled: boolean;
}

export function createPace(): Pace {
  let sliceStart = performance.now();
  let worked = 0;
  let progress: Pace["progress"];
  let cancelled = false;
  /** Long tasks inside one another: only the outermost begins and ends. */
  let depth = 0;
  const channel = new MessageChannel();
  let wake: (() => void) | undefined;
  channel.port1.onmessage = () => wake?.();

  return {
    breathe() {
      const spent = performance.now() - sliceStart;
      if (spent < SLICE) return undefined;
      worked += spent;
      return new Promise<void>((resolve) => {
        wake = () => {
          sliceStart = performance.now();
          resolve();
        };
        // A message is a macrotask without the 4 ms floor of setTimeout.
        channel.port2.postMessage(undefined);
      });
    },
    workMillis: () => worked + (performance.now() - sliceStart > 1_000 ? 0 : performance.now() - sliceStart),
    get progress() {
      return progress;
    },
    get cancelled() {
      return cancelled;
    },
    onWork(what, done, total) {
      progress = { what, done, total };
    },
    async during(work) {
      if (depth++ === 0) {
        cancelled = false;
        sliceStart = performance.now();
      }
      try {
        return await work();
      } finally {
        if (--depth === 0) {
          progress = undefined;
          cancelled = false;
        }
      }
    },
    cancel() {
      // With nothing under way there is nothing to stop, least of all what comes later.
      cancelled = depth > 0;
    },
  };
}
