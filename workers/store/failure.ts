import { InputError } from "../model/errors.ts";

/** No room: our own budget or the browser's quota is used up. Nothing that was acknowledged is lost, and the account goes on in memory. */
export class StorageFull extends InputError {
  readonly full = true;
  constructor(message: string, found: string, allowed: string) {
    super(message, { path: "storage", found, allowed });
  }
}

/** Storage cannot be opened or was taken away; the message is a sentence for the screen. */
export class StorageUnavailable extends InputError {
  readonly unavailable = true;
  constructor(message: string, found = "") {
    super(message, { path: "storage", found, allowed: "IndexedDB of this browser, open and writable" });
  }
}

/** Bytes as a person reads them: `24 MB`, `3.5 MB`, `900 kB`. Powers of ten, as file managers and browsers show quotas. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [unit, name] = bytes < 1e6 ? [1e3, "kB"] : bytes < 1e9 ? [1e6, "MB"] : [1e9, "GB"];
  const value = bytes / unit;
  return `${value < 10 ? Math.round(value * 10) / 10 : Math.round(value)} ${name}`;
}

/** Throws `StorageFull` when `more` bytes do not fit beside `used` ones. A budget of 0 is none. */
export function checkBudget(used: number, more: number, budget: number, what: string): void {
  if (budget === 0 || used + more <= budget) return;
  throw new StorageFull(
    `There is no room left to store ${what}: ${sizeText(used)} of ${sizeText(budget)} are used and ${sizeText(more)} more are needed. Delete an account or a file, or go on without saving.`,
    sizeText(used + more),
    `at most ${sizeText(budget)}`,
  );
}
