/** A context for the tests of one service: documents in memory, a clock that tests move, ids that count, emissions kept. */

import type { Context, Documents, Emission, Identity } from "../../../../workers/services/contract.ts";
import { createBlobStore } from "../../../../workers/store/blobs/blob-store.ts";
import { createRecordStore } from "../../../../workers/store/records/record-store.ts";
import { memoryChunks } from "../harness.ts";

export interface Bench {
  readonly ctx: Context;
  readonly emissions: Emission[];
  readonly because: unknown[];
  now: number;
  callerKind: Context["callerKind"];
  identity: Identity;
}

const DEVELOPER: Identity = {
  id: "developer",
  type: "IAMUser",
  accountId: "123456789012",
  arn: "arn:aws:iam::123456789012:user/developer",
  principalId: "AIDAEXAMPLE",
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
  userName: "developer",
};

export function bench(region = "us-east-1", now = Date.UTC(2026, 0, 5, 12)): Bench {
  const kinds = new Map<string, Map<string, object>>();
  const chunks = memoryChunks();
  let count = 0;
  const hex = (): string => (++count).toString(16).padStart(32, "0");
  const made: Bench = {
    emissions: [],
    because: [],
    now,
    callerKind: "person",
    identity: DEVELOPER,
    ctx: {
      account: "123456789012",
      region,
      get now() {
        return made.now;
      },
      requestId: "00000000-0000-4000-8000-00000000aaaa",
      get identity() {
        return made.identity;
      },
      get callerKind() {
        return made.callerKind;
      },
      get kernels(): never {
        throw new Error("no kernels in this test");
      },
      get metrics(): never {
        throw new Error("no metrics in this test");
      },
      get logs(): never {
        throw new Error("no logs in this test");
      },
      get traces(): never {
        throw new Error("no traces in this test");
      },
      records: createRecordStore({ chunks }),
      blobs: createBlobStore({ chunks }),
      peek: () => {
        throw new Error("no other services in this test");
      },
      docs<D extends object>(kind: string, scope?: { readonly region?: string }): Documents<D> {
        const key = `${scope?.region ?? region} ${kind}`;
        const docs = (kinds.get(key) ?? kinds.set(key, new Map()).get(key)) as Map<string, D>;
        const ids = (): string[] => [...docs.keys()].sort((a, b) => (a < b ? -1 : 1));
        return {
          get: (id) => docs.get(id),
          has: (id) => docs.has(id),
          put(id, doc) {
            docs.set(id, JSON.parse(JSON.stringify(doc)) as D);
          },
          delete: (id) => docs.delete(id),
          get size() {
            return docs.size;
          },
          first: () => {
            const id = ids()[0];
            return id === undefined ? undefined : [id, docs.get(id) as D];
          },
          ids,
          values: () => ids().map((id) => docs.get(id) as D),
          entries: () => ids().map((id) => [id, docs.get(id) as D] as const),
        };
      },
      id: hex,
      uuid() {
        const digits = hex();
        return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-8${digits.slice(17, 20)}-${digits.slice(20)}`;
      },
      emit(emission) {
        made.emissions.push(emission);
      },
      schedule() {
        throw new Error("nothing is scheduled in this test");
      },
      unschedule() {
        throw new Error("nothing is scheduled in this test");
      },
      explain(because) {
        made.because.push(because);
      },
    },
  };
  return made;
}

/** Calls a function that must throw, and answers its code and message. */
export function failure(call: () => unknown): { readonly code: string; readonly message: string; readonly shape: string } {
  try {
    call();
  } catch (thrown) {
    const { code, message, shape } = thrown as { code: string; message: string; shape: string };
    return { code, message, shape };
  }
  throw new Error("the call did not fail");
}
