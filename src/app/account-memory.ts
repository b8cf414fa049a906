/**
 * What this browser remembers of how an account was looked at: nothing of the account itself. By account, of the ones used
 * last; what is not readable is as if it were not there.
 */
import { remember, remembered } from "./preferences.ts";

/** Accounts that are remembered: every visit of an empty page makes one. */
const MOST = 20;
const NAMES = ["clock", "drawn"] as const;
type Name = (typeof NAMES)[number];
type Entry = readonly [account: string, value: unknown];

/** Newest last. */
function entries(name: Name): readonly Entry[] {
  try {
    const found: unknown = JSON.parse(remembered(`account.${name}`) ?? "[]");
    return Array.isArray(found) ? found.filter((one): one is Entry => Array.isArray(one) && typeof one[0] === "string") : [];
  } catch {
    return []; // a broken view setting does not stop an account from opening
  }
}

const write = (name: Name, all: readonly Entry[]): void => remember(`account.${name}`, JSON.stringify(all));

/** What was kept of this account; whoever reads it checks its shape. */
export function recall(name: Name, account: string): unknown {
  return entries(name).find(([id]) => id === account)?.[1];
}

export function keep(name: Name, account: string, value: unknown): void {
  write(name, [...entries(name).filter(([id]) => id !== account), [account, value] as const].slice(-MOST));
}

/** After an account was deleted. */
export function forgetAccount(account: string): void {
  for (const name of NAMES)
    write(
      name,
      entries(name).filter(([id]) => id !== account),
    );
}
