/** The Chromium part of the bench: the script calls `nephoscopeBench(options)` in this page and takes the report. */
import type { Report, Row } from "../rows.ts";
import type { BenchOptions } from "../suites.ts";
import type { WorkerAnswer } from "./bench.worker.ts";

declare global {
  interface Window {
    nephoscopeBench: (options: BenchOptions & { readonly events: number; readonly duckdb: boolean }) => Promise<Report>;
  }
}

const log = (line: string): void => console.log(line);

function inWorker(options: BenchOptions): Promise<Report> {
  const worker = new Worker(new URL("./bench.worker.ts", import.meta.url), { type: "module" });
  return new Promise<Report>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      if ("log" in data) log(data.log);
      else if ("report" in data) resolve(data.report);
      else reject(new Error(data.error));
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(options);
  }).finally(() => worker.terminate());
}

window.nephoscopeBench = async (options) => {
  const report = await inWorker(options);
  const rows: Row[] = [...report.rows];
  const notes: string[] = [...report.notes];
  if (options.duckdb && options.groups.includes("aggregate")) {
    const { duckdbBench } = await import("../duckdb-bench.ts");
    const duckdb = await duckdbBench(options.points, rows, log);
    rows.push(...duckdb.rows);
    notes.push(...duckdb.notes);
  }
  if (options.groups.includes("storage")) {
    const { storageBench } = await import("../storage-bench.ts");
    rows.push(...(await storageBench(options.events, log)));
  }
  return { ...report, rows, notes };
};
