/** Aggregation and percentiles of ten million points, beside JavaScript and a plain read of the same memory. */
import sweepUrl from "../../assembly/sweep.ts?asc";
import { aggregateKept, keepCells, keepPoints, percentilesKept } from "../../workers/kernels/kept.ts";
import { loadWasm } from "../../workers/kernels/load.ts";
import { emptyCells } from "../../workers/kernels/reference.ts";
import { benchPoints, SPACING } from "./data.ts";
import { aggregateLoop, percentileLoop } from "./rivals.ts";
import { agree, type Log, type Row, race } from "./rows.ts";

export const PER_PERIOD = [6, 60, 600] as const;
const RANKS = [50, 90, 99];

/** Floors and goals against the JavaScript loop, by points a period. */
const LOOP: Readonly<Record<number, { floor?: number; goal?: number }>> = { 6: { floor: 1.2, goal: 2.5 }, 600: { floor: 3, goal: 4 } };

export async function aggregateBench(n: number, groups: ReadonlySet<string>, log: Log): Promise<Row[]> {
  const rows: Row[] = [];
  const points = benchPoints(n);
  const kernels = await loadWasm("simd");
  const { host } = kernels;
  const kept = keepPoints(host, points);
  const { instance } = await WebAssembly.instantiate(await (await fetch(sweepUrl)).arrayBuffer(), { env: { memory: host.memory } });
  const sweep = instance.exports["sweep"] as (a: number, b: number, n: number) => number;
  for (const perPeriod of PER_PERIOD) {
    const grid = { start: 0, period: SPACING * perPeriod, cells: Math.ceil(n / perPeriod) };
    const mark = host.mark();
    if (groups.has("aggregate")) {
      const out = keepCells(host, grid.cells);
      const own = emptyCells(grid.cells);
      const ours = (): void => aggregateKept(host, kept, grid, out.at);
      ours();
      aggregateLoop(points, grid, own);
      for (const column of ["count", "sum", "min", "max"] as const) agree(column, total(out.views()[column]), total(own[column]));
      rows.push({
        group: "aggregate",
        name: `count sum min max, ${perPeriod} points a period`,
        rival: "JavaScript loop",
        kind: "times",
        ...race(7, ours, () => aggregateLoop(points, grid, own)),
        ...LOOP[perPeriod],
      });
      log(rowLine(rows));
      const swept = race(7, ours, () => sweep(kept.timestamps, kept.values, n & ~7));
      rows.push({
        group: "aggregate",
        name: `count sum min max, ${perPeriod} points a period`,
        rival: "read sweep of both columns (SIMD)",
        kind: "share",
        oursMs: swept.oursMs,
        rivalMs: swept.rivalMs,
        ratio: 1 / swept.ratio,
        ...(perPeriod === 600 ? { floor: 1.5, goal: 1 } : {}),
      });
      log(rowLine(rows));
      rows.push({
        group: "aggregate",
        name: `the same, points copied in, cells in new arrays, ${perPeriod} a period`,
        rival: "JavaScript loop",
        kind: "times",
        ...race(
          3,
          () => kernels.aggregate(points, grid),
          () => aggregateLoop(points, grid, emptyCells(grid.cells)),
        ),
      });
      log(rowLine(rows));
    }
    host.release(mark);
    if (groups.has("percentiles")) {
      const out = host.take(grid.cells * 8 * RANKS.length);
      const own = RANKS.map(() => new Float64Array(grid.cells));
      const ours = (): void => percentilesKept(host, kept, grid, RANKS, out);
      ours();
      percentileLoop(points, grid, RANKS, own);
      RANKS.forEach((rank, r) => {
        agree(`p${rank}`, total(host.f64(out + r * grid.cells * 8, grid.cells)), total(own[r]!));
      });
      rows.push({
        group: "percentiles",
        name: `p50 p90 p99 exactly, ${perPeriod} points a period`,
        rival: "JavaScript quickselect",
        kind: "times",
        ...race(3, ours, () => percentileLoop(points, grid, RANKS, own)),
        floor: 4,
        goal: 8,
      });
      log(rowLine(rows));
    }
    host.release(mark);
  }
  return rows;
}

function total(column: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < column.length; i++) if (Number.isFinite(column[i]!)) sum += column[i]!;
  return sum;
}

function rowLine(rows: readonly Row[]): string {
  const row = rows[rows.length - 1]!;
  return `${row.name} | ${row.rival}: ${row.oursMs.toFixed(1)} / ${row.rivalMs.toFixed(1)} ms, ${row.ratio.toFixed(2)}`;
}
