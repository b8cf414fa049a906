/** Segments and tables of them for tests. */
import { takeDocument } from "../../../../workers/services/xray/put-trace-segments.ts";
import { createTraceStore, type TraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../harness.ts";

export const KEY = "123456789012:us-east-1";

/** Puts documents into a store as PutTraceSegments does; throws where one is refused. */
export function put(store: TraceStore, documents: readonly object[], now = 1_727_049_600_000): TraceTable {
  const writer = store.writer(KEY);
  for (const document of documents) {
    const text = JSON.stringify(document);
    const refusal = takeDocument(writer, text, now);
    if (refusal !== undefined) throw new Error(`${refusal.code} at ${refusal.path}: ${text}`);
  }
  const table = store.table(KEY);
  if (table === undefined) throw new Error("no table");
  return table;
}

export const tableOf = (documents: readonly object[]): TraceTable => put(createTraceStore({ chunks: memoryChunks() }), documents);
