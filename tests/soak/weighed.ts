import type { AccountStorage } from "../../workers/store/contract.ts";
import { fingerprint } from "../../workers/store/fingerprint.ts";

export interface Weight {
  /** Bytes of the state that is saved with the checkpoint itself. */
  readonly state: number;
  /** Bytes of chunks put since the checkpoint before. */
  readonly chunks: number;
}

/** The storage, and what each checkpoint wrote. */
export function weighed(inner: AccountStorage): { readonly storage: AccountStorage; readonly weights: Weight[] } {
  const weights: Weight[] = [];
  let chunks = 0;
  const storage: AccountStorage = {
    ...inner,
    put(id, bytes) {
      if (!inner.has(id)) chunks += bytes.byteLength;
      inner.put(id, bytes);
    },
    async saveCheckpoint(record) {
      await inner.saveCheckpoint(record);
      weights.push({ state: fingerprint(record.state).bytes, chunks });
      chunks = 0;
    },
  };
  return { storage, weights };
}
