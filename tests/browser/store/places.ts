/** Account names that no other test uses, and a door to the database behind the storage's back. */
import { type IDBPDatabase, openDB } from "idb";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { accountDatabaseName } from "../../../workers/store/indexeddb/schema.ts";
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
