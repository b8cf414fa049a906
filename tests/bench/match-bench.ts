/** Filter programs over 200 MB of log bytes, beside JavaScript. */
import type { LineBlock, TermProgram } from "../../workers/kernels/contract.ts";
import type { KernelHost } from "../../workers/kernels/host.ts";
import { type KeptLines, keepLines, matchKept } from "../../workers/kernels/kept.ts";
import { loadWasm } from "../../workers/kernels/load.ts";
import { benchLog, TROUBLE_TERMS } from "./data.ts";
import { decodeAndIndexOf, decodeAndTest, type LineTest, perLineDecode } from "./rivals.ts";
import { agree, type Log, type Row, race } from "./rows.ts";

const encoder = new TextEncoder();
const utf8 = (terms: readonly string[]): Uint8Array[] => terms.map((term) => encoder.encode(term));

/** Programs of the per-line rows. */
const PROGRAMS: readonly { name: string; all: string[]; none: string[] }[] = [
  { name: "all of 2, none of 1 (rare)", all: ["ERROR", "timed out"], none: ["inventory"] },
  { name: "all of 3, none of 1 (common)", all: ["ERROR", "order-service", "/cart"], none: ["cache"] },
  { name: "none of 2 (nearly every line)", all: [], none: ["ERROR", "connection reset"] },
];

/** The log, and its copy in the kernels' memory. */
export interface MatchGround {
  readonly block: LineBlock;
  readonly host: KernelHost;
  readonly kept: KeptLines;
}

export async function matchGround(size: number): Promise<MatchGround> {
  const block = benchLog(size);
  const { host } = await loadWasm("simd");
  return { block, host, kept: keepLines(host, block) };
}

/** Rows whose name or rival holds `only`. */
export function matchBench({ block, host, kept }: MatchGround, only: string, log: Log): Row[] {
  const rows: Row[] = [];
  const run = (program: TermProgram): number => matchKept(host, program, kept).length;

  const add = (
    name: string,
    rival: string,
    rounds: number,
    ours: () => number,
    theirs: () => number,
    bounds: { floor?: number; goal?: number },
  ): void => {
    if (!`${name} ${rival}`.includes(only)) return;
    agree(`${name} against ${rival}`, ours(), theirs());
    const row: Row = { group: "match", name, rival, kind: "times", ...race(rounds, ours, theirs), ...bounds };
    rows.push(row);
    log(`${name} | ${rival}: ${row.oursMs.toFixed(1)} / ${row.rivalMs.toFixed(1)} ms, ${row.ratio.toFixed(2)}`);
  };

  const term = TROUBLE_TERMS[0]!;
  const one: TermProgram = { all: utf8([term]), any: [], none: [] };
  add(
    "one term",
    "decoding each line + includes",
    1,
    () => run(one),
    () => perLineDecode(block, (line) => line.includes(term)),
    {},
  );
  add(
    "one term",
    "TextDecoder (1 MiB) + indexOf",
    3,
    () => run(one),
    () => decodeAndIndexOf(block, term),
    { floor: 14, goal: 20 },
  );
  for (const { name, all, none } of PROGRAMS) {
    const test: LineTest = (line) => all.every((t) => line.includes(t)) && !none.some((t) => line.includes(t));
    const program: TermProgram = { all: utf8(all), any: [], none: utf8(none) };
    add(
      name,
      "decoding each line + includes",
      1,
      () => run(program),
      () => perLineDecode(block, test),
      { floor: 40, goal: 80 },
    );
    add(
      name,
      "decoding 1 MiB, then line by line",
      1,
      () => run(program),
      () => decodeAndTest(block, test),
      {},
    );
  }
  return rows;
}
