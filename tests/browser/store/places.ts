/** Account names that no other test uses, and a door to the database behind the storage's back. */
import { type IDBPDatabase, openDB } from "idb";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { type AccountDatabase, accountDatabaseName } from "../../../workers/store/indexeddb/schema.ts";
import { type IndexedDbOptions, openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";

let next = 0;
export const freshId = (): string => `test-${crypto.randomUUID()}-${next++}`;

/** Closes a storage and opens it anew. */
export async function reopen(storage: AccountStorage, options: IndexedDbOptions = {}): Promise<AccountStorage> {
  await storage.dispose();
  return openIndexedDbStorage(storage.id, options);
}

/** Does something to the raw database while the storage is closed. */
export async function tamper(id: string, step: (db: IDBPDatabase) => Promise<unknown>): Promise<void> {
  const db = await openDB(accountDatabaseName(id));
  await step(db);
  db.close();
}

/** A database whose puts and adds fail as Chromium's do when the disk is full, while `full()` says so. */
export const filling = (full: () => boolean): ((db: AccountDatabase) => AccountDatabase) =>
  refusing(() => {
    if (full()) throw new DOMException("Encountered full disk while committing transaction.", "QuotaExceededError");
  });

/** A database that shows `check` each value before it is put or added; what that throws is the failure. */
export const refusing =
  (check: (value: unknown) => void) =>
  (db: AccountDatabase): AccountDatabase => {
    const proxied = <T extends object>(target: T, names: Record<string, (value: never) => unknown>): T =>
      new Proxy(target, {
        get(inner, name) {
          const value: unknown = Reflect.get(inner, name);
          const wrap = typeof name === "string" ? names[name] : undefined;
          const bound: unknown = typeof value === "function" ? value.bind(inner) : value;
          return wrap === undefined ? bound : wrap(bound as never);
        },
      });
    const checked =
      (real: (...args: unknown[]) => unknown) =>
      (...args: unknown[]): unknown => {
        check(args[0]);
        return real(...args);
      };
    const failing = { put: checked, add: checked };
    return proxied(db, {
      transaction:
        (real: (...args: unknown[]) => { objectStore(name: string): object }) =>
        (...args: unknown[]) =>
          proxied(real(...args), { objectStore: (open: (name: string) => object) => (name: string) => proxied(open(name), failing) }),
    });
  };
