/** The kernel benches as they run in any engine. */
import { aggregateBench } from "./aggregate-bench.ts";
import { matchBench } from "./match-bench.ts";
import type { Log, Report, Row, Timed } from "./rows.ts";

export interface BenchOptions {
  /** Points to aggregate. */
  readonly points: number;
  /** Bytes of log to search. */
  readonly logBytes: number;
  /** aggregate, percentiles, match, storage. */
  readonly groups: readonly string[];
  /** Of the rows of `match` only those whose name or rival holds this. */
  readonly row: string;
}

export async function kernelSuites(options: BenchOptions, engine: string, log: Log): Promise<Report> {
  const groups = new Set(options.groups);
  const rows: Row[] = [];
  const timed: Timed[] = [];
  if (groups.has("aggregate") || groups.has("percentiles")) rows.push(...(await aggregateBench(options.points, groups, log)));
  if (groups.has("match")) {
    const match = await matchBench(options.logBytes, options.row, log);
    rows.push(...match.rows);
    timed.push(...match.timed);
  }
  return { engine, rows, timed, notes: [] };
}
