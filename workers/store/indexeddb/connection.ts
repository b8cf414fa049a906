/** One open database: opening with sentences for what can go wrong, and transactions whose failures are ours. */
import { type IDBPTransaction, openDB, type StoreNames } from "idb";
import { Bug } from "../../model/errors.ts";
import { StorageFull, StorageUnavailable } from "../failure.ts";
import { ACCOUNT_VERSION, type AccountDatabase, type AccountSchema, accountDatabaseName, migrate, PATIENCE } from "./schema.ts";

type Store = StoreNames<AccountSchema>;
export type WriteTransaction<S extends Store[]> = IDBPTransaction<AccountSchema, S, "readwrite">;

/** What a read found: the value, or why it cannot be had although the database is open (a value that was cut off on the disk). */
export type Reading<T> = { readonly value: T } | { readonly unreadable: string };

export interface Connection {
  /** Things dropped because they were torn, as sentences. */
  readonly repairs: string[];
  /** Runs `work` in one transaction and resolves when it is committed. All of it happens or none. */
  write<S extends Store[]>(
    stores: S,
    durability: "strict" | "relaxed",
    work: (tx: WriteTransaction<S>) => Promise<unknown> | readonly Promise<unknown>[],
  ): Promise<void>;
  read<T>(work: (db: AccountDatabase) => Promise<T>): Promise<Reading<T>>;
  close(): void;
}

export interface ConnectionOptions {
  /** For tests: stands between us and the database. */
  readonly wrap?: (db: AccountDatabase) => AccountDatabase;
}

const BLOCKED =
  "This account is open in another tab with an older version of Nephoscope. Close that tab and reload this one; until then nothing is saved.";
const SUPERSEDED =
  "Another tab opened this account with a newer version of Nephoscope or deleted it, so this tab no longer saves. Reload to go on.";
const TERMINATED = "The browser closed the storage of this page (its data may have been cleared), so nothing is saved from here on.";

/** Opens an account's database, bringing an older one up to date. Rejects with `StorageUnavailable`. */
export async function connect(accountId: string, options: ConnectionOptions = {}): Promise<Connection> {
  if (typeof indexedDB === "undefined") throw new StorageUnavailable("This browser offers no IndexedDB, so nothing is saved.");
  let gone: string | undefined;
  let opened: AccountDatabase | undefined;
  const lose = (why: string): void => {
    gone ??= why;
    opened?.close();
  };
  const raw = await new Promise<AccountDatabase>((resolve, reject) => {
    let refused = false;
    // Some browsers throw where others reject; an async function makes both a rejection.
    const opening = async (): Promise<AccountDatabase> =>
      await openDB<AccountSchema>(accountDatabaseName(accountId), ACCOUNT_VERSION, {
        upgrade: (db, from, to, tx) => {
          // A failing step is told here and must undo the whole upgrade; `done` would only say that it was undone.
          tx.done.catch(() => undefined);
          migrate(db, tx, from, to ?? ACCOUNT_VERSION).catch((error: unknown) => {
            reject(unavailable(error));
            try {
              tx.abort();
            } catch (again) {
              if (!(again instanceof DOMException)) throw again;
            }
          });
        },
        blocked: () => {
          setTimeout(() => {
            refused = opened === undefined;
            if (refused) reject(new StorageUnavailable(BLOCKED));
          }, PATIENCE);
        },
        blocking: () => lose(SUPERSEDED),
        terminated: () => lose(TERMINATED),
      });
    opening().then(
      (db) => {
        if (refused) db.close();
        else {
          opened = db;
          resolve(db);
        }
      },
      (error: unknown) => reject(unavailable(error)),
    );
  });
  const db = options.wrap?.(raw) ?? raw;
  const repairs: string[] = [];

  return {
    repairs,
    async write(stores, durability, work) {
      if (gone !== undefined) throw new StorageUnavailable(gone);
      let tx: WriteTransaction<typeof stores>;
      try {
        tx = db.transaction(stores, "readwrite", { durability });
      } catch (error) {
        throw gone === undefined ? unavailable(error) : new StorageUnavailable(gone);
      }
      const attempt = async (): Promise<void> => {
        try {
          const steps = work(tx);
          await (Array.isArray(steps) ? Promise.all(steps) : steps);
        } catch (error) {
          abort(tx);
          throw error;
        }
      };
      const settled = await Promise.allSettled([attempt(), tx.done]);
      const reasons = settled.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []));
      if (reasons.length > 0) throw gone === undefined ? translated(reasons) : new StorageUnavailable(gone);
    },
    async read(work) {
      if (gone !== undefined) throw new StorageUnavailable(gone);
      try {
        return { value: await work(db) };
      } catch (error) {
        if (gone !== undefined) throw new StorageUnavailable(gone);
        // Unreadable values: Chromium says DataError, UnknownError or NotReadableError, Firefox UnknownError.
        if (error instanceof DOMException && !["InvalidStateError", "TransactionInactiveError", "NotFoundError"].includes(error.name)) {
          return { unreadable: error.name };
        }
        throw error instanceof DOMException ? unavailable(error) : error;
      }
    },
    close() {
      gone ??= "The storage of this account was closed.";
      raw.close();
    },
  };
}

function abort(tx: { abort(): void }): void {
  try {
    tx.abort();
  } catch (error) {
    // It had ended by itself already: what ended it is the failure to tell.
    if (!(error instanceof DOMException)) throw error;
  }
}

/** The failure to tell when a transaction failed: no room before everything else, the cause before its echoes. */
function translated(reasons: readonly unknown[]): unknown {
  const named = (name: string): unknown => reasons.find((reason) => (reason as { name?: unknown } | null)?.name === name);
  if (named("QuotaExceededError") !== undefined) {
    return new StorageFull(
      "The browser has no room left for this page. What was saved before is safe; what comes now is kept only until the page is closed. Free some disk space or delete an account.",
      "QuotaExceededError",
      "free space in the browser's quota",
    );
  }
  if (named("ConstraintError") !== undefined) return new Bug("A record is there already under its id.");
  const cause = reasons.find((reason) => !(reason instanceof DOMException && reason.name === "AbortError")) ?? reasons[0];
  return cause instanceof DOMException && cause.name !== "DataCloneError" ? unavailable(cause) : cause;
}

/** Any failure of the database as a sentence. */
function unavailable(error: unknown): StorageUnavailable {
  if (error instanceof StorageUnavailable) return error;
  const name = error instanceof Error ? error.name : String(error);
  const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  if (name === "VersionError") {
    return new StorageUnavailable(
      "This account was saved by a newer version of Nephoscope; reload the page to get it. Until then nothing is saved.",
      found,
    );
  }
  if (name === "SecurityError" || name === "InvalidStateError" || name === "NotAllowedError") {
    return new StorageUnavailable(
      "The browser does not let this page store anything (private window, or storage is switched off), so nothing is saved.",
      found,
    );
  }
  if (name === "QuotaExceededError") return new StorageUnavailable("The disk or the browser's quota is full, so nothing is saved.", found);
  return new StorageUnavailable(`The browser's storage failed (${name}), so nothing is saved.`, found);
}
