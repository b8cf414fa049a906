import type { AccountStorage } from "./contract.ts";
import { StorageUnavailable } from "./failure.ts";
import { type IndexedDbOptions, openIndexedDbStorage } from "./indexeddb/storage.ts";
import { createMemoryStorage } from "./memory-storage.ts";

/**
 * The best storage to be had for an account: IndexedDB, else memory with the reason as a sentence (private window,
 * storage switched off, another tab in the way). Rejects only for defects of ours.
 */
export async function openStorage(accountId: string, options: IndexedDbOptions = {}): Promise<AccountStorage> {
  try {
    return await openIndexedDbStorage(accountId, options);
  } catch (error) {
    if (error instanceof StorageUnavailable) return createMemoryStorage({ id: accountId, reason: error.message });
    throw error;
  }
}
