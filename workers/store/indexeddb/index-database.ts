/** The database `nephoscope`: which accounts this browser keeps. Each has a database of its own. */
import { type DBSchema, deleteDB, type IDBPDatabase, openDB } from "idb";
import type { AccountMeta } from "../contract.ts";
import { StorageUnavailable } from "../failure.ts";
import { accountDatabaseName, INDEX_NAME, PATIENCE } from "./schema.ts";

export interface ListedAccount {
  readonly id: string;
  readonly title: string;
  /** Last clock known to be reached, epoch milliseconds. */
  readonly clock: number;
  readonly lastUsed: number;
}

interface IndexSchema extends DBSchema {
  accounts: { key: string; value: ListedAccount };
}

const VERSION = 1;

/** Opens the list for one step and closes it again, so that it never stands in the way of another tab's upgrade. */
async function withIndex<T>(step: (db: IDBPDatabase<IndexSchema>) => Promise<T>): Promise<T> {
  const db = await openDB<IndexSchema>(INDEX_NAME, VERSION, {
    upgrade: (db, from) => {
      if (from < 1) db.createObjectStore("accounts", { keyPath: "id" });
    },
  });
  try {
    return await step(db);
  } finally {
    db.close();
  }
}

/** Enters an account or brings its entry up to date. */
export async function enterAccount({ id, title, clock, lastUsed }: AccountMeta): Promise<void> {
  await withIndex((db) => db.put("accounts", { id, title, clock, lastUsed }));
}

/** All accounts this browser keeps, the one used last first. Where there is no IndexedDB there are none. */
export async function listAccounts(): Promise<readonly ListedAccount[]> {
  if (typeof indexedDB === "undefined") return [];
  const all = await withIndex((db) => db.getAll("accounts"));
  return all.sort((a, b) => b.lastUsed - a.lastUsed || (a.id < b.id ? -1 : 1));
}

/**
 * Deletes an account's data and then its entry. An open tab of ours is told and lets go; while one does not, the browser
 * waits, and after a while this rejects. The deletion still happens when that tab is closed.
 */
export async function deleteAccount(id: string): Promise<void> {
  let refuse: (error: Error) => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const refused = new Promise<never>((_, reject) => {
    refuse = reject;
  });
  const deletion = async (): Promise<void> => {
    await deleteDB(accountDatabaseName(id), {
      blocked: () => {
        timer = setTimeout(
          () => refuse(new StorageUnavailable("The account is open in another tab. Close that tab, then it is deleted.")),
          PATIENCE,
        );
      },
    });
    clearTimeout(timer);
    await withIndex((db) => db.delete("accounts", id));
  };
  await Promise.race([deletion(), refused]);
}
