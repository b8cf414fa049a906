import { judged } from "../../workers/services/xray/put-trace-segments.ts";
import { addSpans } from "../../workers/services/xray/segment-spans.ts";
import { createTraceStore } from "../../workers/store/traces/trace-store.ts";
import { traceWords } from "../../workers/store/traces/trace-ids.ts";
import { shop } from "./xray-data.ts";
const cpu = () => { const u = process.cpuUsage(); return (u.user + u.system) / 1000; };
const N = Number(process.argv[2] ?? 100000);
const src = shop(1_767_225_600, 200);
const docs: string[] = [];
for (let i = 0; i < N; i++) docs.push(src.document(src.next()));
const now = Math.ceil(src.time + 2) * 1000;
console.log("bytes/doc", docs.reduce((s, d) => s + d.length, 0) / N);
for (let round = 0; round < 2; round++) {
  let t = cpu(); let x = 0;
  for (const d of docs) x += (JSON.parse(d) as { name: string }).name.length;
  console.log("parse", ((cpu() - t) * 1000 / N).toFixed(2), x);
  t = cpu();
  for (const d of docs) if ("code" in judged(d, now)) throw new Error("x");
  console.log("judged", ((cpu() - t) * 1000 / N).toFixed(2));
  const sink = { put() {}, get: () => { throw new Error(); }, has: () => false };
  let w = createTraceStore({ chunks: sink as never }).writer("k");
  t = cpu();
  for (const d of docs) { const j = judged(d, now); if ("code" in j) throw new Error("x"); const row = w.table.traceFor(traceWords(j.raw.trace_id as string)!, 700, now); addSpans(w.table, j.raw, row, 0); }
  console.log("judged+spans", ((cpu() - t) * 1000 / N).toFixed(2));
  t = cpu();
  w.table.settle();
  console.log("settle", ((cpu() - t) * 1000 / N).toFixed(2));
  w = createTraceStore({ chunks: sink as never }).writer("k");
  t = cpu();
  for (const d of docs) { const j = judged(d, now); if ("code" in j) throw new Error("x"); const row = w.begin(traceWords(j.raw.trace_id as string)!, d, now); addSpans(w.table, j.raw, row, w.document); }
  console.log("all", ((cpu() - t) * 1000 / N).toFixed(2));
}
