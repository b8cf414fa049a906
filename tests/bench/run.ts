/** What `scripts/bench.mjs` imports once Vite has built it for Node. */
import { nativeRows } from "./native.ts";
import type { Log, Report } from "./rows.ts";
import { type BenchOptions, kernelSuites } from "./suites.ts";
import { searchOnce } from "./term-sets.ts";

export { nativeRows };

/** The kernel benches in this process. */
export async function nodeReport(options: BenchOptions, folder: string, log: Log): Promise<Report> {
  const { report, ground } = await kernelSuites(options, `Node ${process.versions.node}`, log);
  if (ground === undefined) return report;
  return { ...report, rows: [...report.rows, ...(await nativeRows(options.logBytes, folder, (terms) => searchOnce(ground, terms)))] };
}
