/** The same aggregation asked of DuckDB-wasm in its own worker. Runs in the page, with the kernel's medians beside it. */
import { AsyncDuckDB, type Connection, ConsoleLogger } from "@duckdb/duckdb-wasm";
import { tableFromArrays } from "apache-arrow";
import { benchPoints, SPACING } from "./data.ts";
import { type Log, median, type Row } from "./rows.ts";

const BATCH = 500_000;
/** Log level "none and above": only errors. */
const ERRORS = 4;

/** Rows against DuckDB; `ours` are the rows against the JavaScript loop, whose medians are used again. */
export async function duckdbBench(n: number, ours: readonly Row[], log: Log): Promise<{ rows: Row[]; notes: string[] }> {
  const worker = new Worker(new URL("duckdb-browser-eh.worker.js", location.href));
  const db = new AsyncDuckDB(new ConsoleLogger(ERRORS), worker);
  const rows: Row[] = [];
  const notes: string[] = [];
  try {
    await db.instantiate(new URL("duckdb-eh.wasm", location.href).href);
    const connection = await db.connect();
    const { timestamps, values } = benchPoints(n);
    for (let from = 0; from < n; from += BATCH) {
      const batch = { t: timestamps.slice(from, from + BATCH), v: values.slice(from, from + BATCH) };
      await connection.insertArrowTable(tableFromArrays(batch), { name: "points", create: from === 0 });
    }
    const loaded = (await connection.query("SELECT count(*)::DOUBLE AS n FROM points")).get(0)?.toJSON()["n"];
    if (loaded !== n) throw new Error(`DuckDB-wasm loaded ${String(loaded)} of ${n} points`);
    for (const perPeriod of [600, 60, 6]) {
      const mine = ours.find(
        (row) => row.rival === "JavaScript loop" && row.name.startsWith("count") && row.name.includes(`, ${perPeriod} points`),
      );
      if (mine === undefined) continue;
      try {
        rows.push(await race(connection, perPeriod, n, mine));
        log(`DuckDB-wasm, ${perPeriod} a period: ${rows[rows.length - 1]!.rivalMs.toFixed(0)} ms`);
      } catch (error) {
        notes.push(`DuckDB-wasm, ${perPeriod} points a period: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  } finally {
    await db.terminate();
  }
  return { rows, notes };
}

async function race(connection: Connection, perPeriod: number, n: number, mine: Row): Promise<Row> {
  const period = SPACING * perPeriod;
  const sql = `SELECT floor(t / ${period}) AS cell, count(*) AS n, sum(v) AS s, min(v) AS mn, max(v) AS mx FROM points GROUP BY cell`;
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    const began = performance.now();
    const { numRows } = await connection.query(sql);
    if (round > 0) times.push(performance.now() - began);
    if (numRows !== Math.ceil(n / perPeriod)) throw new Error(`answered ${numRows} groups`);
  }
  const rivalMs = median(times);
  return {
    group: "aggregate",
    name: mine.name,
    rival: "DuckDB-wasm GROUP BY",
    kind: "times",
    oursMs: mine.oursMs,
    rivalMs,
    ratio: rivalMs / mine.oursMs,
    ...(perPeriod === 600 ? { floor: 20, goal: 40 } : {}),
  };
}
