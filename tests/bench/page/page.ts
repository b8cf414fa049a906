/** The Chromium part of the bench: the script calls these functions of the page. */
import type { Report, Row } from "../rows.ts";
import type { BenchOptions } from "../suites.ts";
import type { Searched } from "../term-sets.ts";
import type { WorkerAnswer, WorkerQuestion } from "./bench.worker.ts";

declare global {
  interface Window {
    nephoscopeBench: (options: BenchOptions & { readonly events: number; readonly duckdb: boolean }) => Promise<Report>;
    /** One search in the worker, over the log that `nephoscopeBench` left there. */
    nephoscopeSearch: (terms: readonly string[]) => Promise<Searched>;
  }
}

const log = (line: string): void => console.log(line);
const worker = new Worker(new URL("./bench.worker.ts", import.meta.url), { type: "module" });

/** Asks the worker; its log lines are shown while it works. */
function ask(question: WorkerQuestion): Promise<Exclude<WorkerAnswer, { log: string } | { error: string }>> {
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
      if ("log" in data) log(data.log);
      else if ("error" in data) reject(new Error(data.error));
      else resolve(data);
    };
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(question);
  });
}

window.nephoscopeSearch = async (terms) => {
  const answer = await ask({ terms });
  if (!("searched" in answer)) throw new Error("bench: the worker answered another question");
  return answer.searched;
};

window.nephoscopeBench = async (options) => {
  const answer = await ask({ options });
  if (!("report" in answer)) throw new Error("bench: the worker answered another question");
  const rows: Row[] = [...answer.report.rows];
  const notes: string[] = [...answer.report.notes];
  if (options.duckdb && options.groups.includes("aggregate")) {
    const { duckdbBench } = await import("../duckdb-bench.ts");
    const duckdb = await duckdbBench(options.points, rows, log);
    rows.push(...duckdb.rows);
    notes.push(...duckdb.notes);
  }
  if (options.groups.includes("storage")) {
    const { storageBench } = await import("../storage-bench.ts");
    const storage = await storageBench(options.events, log);
    rows.push(...storage.rows);
    notes.push(...storage.notes);
  }
  if (options.groups.includes("ingest")) {
    const answer = await ask({ ingest: Math.round(options.events / 10) });
    if (!("ingested" in answer)) throw new Error("bench: the worker answered another question");
    rows.push(...answer.ingested);
  }
  return { ...answer.report, rows, notes };
};
