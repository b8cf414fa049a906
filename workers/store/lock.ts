/** One tab per account: a Web Lock that is held while the account is open. */

export interface AccountLock {
  readonly held: true;
  /** Where the browser has no Web Locks: a sentence saying that a second tab would not be noticed. */
  readonly unguarded?: string;
  /** Gives the account up; the next tab may take it. */
  release(): void;
  /** Told once, when another tab took the account over. */
  onLost(listener: () => void): void;
}

export interface LockElsewhere {
  readonly held: false;
}

const NO_LOCKS = "This browser cannot tell tabs apart: do not open the same account in two tabs, they would overwrite each other.";

/**
 * Takes the account for this tab, or says that another one has it. `steal` takes it from whoever has it; the loser's
 * `onLost` is called. Answers as soon as that is settled and holds the lock until `release`.
 */
export function acquireAccountLock(id: string, options: { readonly steal?: boolean } = {}): Promise<AccountLock | LockElsewhere> {
  const locks = globalThis.navigator?.locks;
  if (locks === undefined) return Promise.resolve({ held: true, unguarded: NO_LOCKS, release: () => undefined, onLost: () => undefined });
  return new Promise((resolve, reject) => {
    let free = (): void => undefined;
    let settled = false;
    let lost = false;
    const listeners: (() => void)[] = [];
    const mode = options.steal === true ? { steal: true } : { ifAvailable: true };
    locks
      .request(`nephoscope-account-${id}`, mode, (lock) => {
        settled = true;
        if (lock === null) {
          resolve({ held: false });
          return undefined;
        }
        const until = new Promise<void>((done) => {
          free = done;
        });
        resolve({
          held: true,
          release: () => free(),
          onLost(listener) {
            if (lost) listener();
            else listeners.push(listener);
          },
        });
        return until;
      })
      .catch((error: unknown) => {
        // Before it was granted: a failure. After: the lock was stolen, which ends the request with AbortError.
        if (!settled) {
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        lost = true;
        for (const listener of listeners) listener();
      });
  });
}
