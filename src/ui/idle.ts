/** Work that nobody waits for. */

/** Runs `work` once the page has nothing else to do. What fails then is asked for again, and told, by whoever needs it. */
export function whenIdle(work: () => unknown): void {
  const run = (): void => void Promise.resolve(work()).catch(() => undefined);
  if ("requestIdleCallback" in globalThis) requestIdleCallback(run, { timeout: 5000 });
  else setTimeout(run, 200);
}
