/** The kernel benches as they run in any engine. */
import { aggregateBench } from "./aggregate-bench.ts";
import { lookupBench } from "./lookup-bench.ts";
import { type MatchGround, matchBench, matchGround } from "./match-bench.ts";
import type { Log, Report, Row } from "./rows.ts";
import { xrayBench } from "./xray-bench.ts";

export interface BenchOptions {
  /** Points to aggregate. */
  readonly points: number;
  /** Events to match with patterns. */
  readonly patternEvents: number;
  /** Bytes of log to search. */
  readonly logBytes: number;
  /** Segments of X-Ray, one a trace. */
  readonly segments: number;
  /** Records of the event history. */
  readonly records: number;
  /** aggregate, percentiles, match, storage, ingest, xray, trail. */
  readonly groups: readonly string[];
  /** Of the rows of `match` only those whose name or rival holds this. */
  readonly row: string;
}

/** What ran, and the ground for further searches when `match` did. */
export interface SuiteAnswer {
  readonly report: Report;
  readonly ground: MatchGround | undefined;
}

export async function kernelSuites(options: BenchOptions, engine: string, log: Log): Promise<SuiteAnswer> {
  const groups = new Set(options.groups);
  const rows: Row[] = [];
  if (groups.has("aggregate") || groups.has("percentiles")) rows.push(...(await aggregateBench(options.points, groups, log)));
  if (groups.has("xray")) rows.push(...xrayBench(options.segments, options.row, log));
  if (groups.has("trail")) rows.push(...lookupBench(options.records, options.row, log));
  if (!groups.has("match")) return { report: { engine, rows, notes: [] }, ground: undefined };
  const ground = await matchGround(options.logBytes);
  rows.push(...matchBench(ground, options.row, log));
  return { report: { engine, rows, notes: [] }, ground };
}
