/**
 * Lets messages in during long reads (a search through a log group): 10 ms after the last time it answers a promise.
 * Reads have a pace of their own, for several of them may wait at once, and their time is no work that a checkpoint saves.
 */
const SLICE = 10;

export function createReadPace(): () => Promise<void> | undefined {
  let began = performance.now();
  let waiting: (() => void)[] = [];
  // A message is a macrotask without the 4 ms floor of setTimeout.
  const channel = new MessageChannel();
  channel.port1.onmessage = () => {
    began = performance.now();
    const woken = waiting;
    waiting = [];
    for (const wake of woken) wake();
  };
  return () => {
    if (performance.now() - began < SLICE) return undefined;
    return new Promise<void>((resolve) => {
      waiting.push(resolve);
      if (waiting.length === 1) channel.port2.postMessage(undefined);
    });
  };
}
