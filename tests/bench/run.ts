/** What `scripts/bench.mjs` imports once Vite has built it for Node. */
import { doorBench } from "./door-bench.ts";
import { nativeRows } from "./native.ts";
import { patternBench } from "./pattern-bench.ts";
import type { Log, Report } from "./rows.ts";
import { type BenchOptions, kernelSuites } from "./suites.ts";
import { searchOnce } from "./term-sets.ts";

export { nativeRows };

/** The kernel benches in this process. */
export async function nodeReport(options: BenchOptions, folder: string, log: Log): Promise<Report> {
  const { report, ground } = await kernelSuites(options, `Node ${process.versions.node}`, log);
  const patterns = options.groups.includes("patterns") ? patternBench(options.patternEvents, options.row, log) : [];
  if (patterns === undefined) log("patterns: NOT RUN (the shared generator of events is not there)");
  const door = options.groups.includes("door") ? await doorBench(options.row, log) : [];
  const rows = [...report.rows, ...(patterns ?? []), ...door];
  if (ground === undefined) return { ...report, rows };
  return { ...report, rows: [...rows, ...(await nativeRows(options.logBytes, folder, (terms) => searchOnce(ground, terms)))] };
}
