/** Segments and tables of them for tests. */
import { judged } from "../../../../workers/services/xray/put-trace-segments.ts";
import { addSpans } from "../../../../workers/services/xray/segment-spans.ts";
import { traceWords } from "../../../../workers/store/traces/trace-ids.ts";
import { createTraceStore, type TraceStore, type TraceTable } from "../../../../workers/store/traces/trace-store.ts";
import { memoryChunks } from "../harness.ts";

export const KEY = "123456789012:us-east-1";

/** Puts documents into a store as PutTraceSegments does; throws where one is refused. */
export function put(store: TraceStore, documents: readonly object[], now = 1_727_049_600_000): TraceTable {
  const writer = store.writer(KEY);
  for (const document of documents) {
    const text = JSON.stringify(document);
    const found = judged(text, now);
    if ("code" in found) throw new Error(`${found.code} at ${found.path}: ${text}`);
    const words = traceWords(found.raw.trace_id as string);
    if (words === undefined) throw new Error("no trace id");
    const trace = writer.begin(words, text, now);
    addSpans(writer.table, found.raw, trace, writer.document);
  }
  const table = store.table(KEY);
  if (table === undefined) throw new Error("no table");
  return table;
}

export const tableOf = (documents: readonly object[]): TraceTable => put(createTraceStore({ chunks: memoryChunks() }), documents);
