/**
 * The kernel in turns with grep and rg over the same bytes in a file, where they are installed; net of their start-up.
 *
 * Both read what lies in memory: the kernel its own, the programs the page cache. A program is given the file several times
 * in one run, and its start-up is a run over as many empty files: one pass takes less than the start-up varies by.
 * rg maps files or reads them; which is faster depends on the machine, so the faster of the two counts. It uses vectors of
 * 256 bits where the processor has them, WebAssembly has 128. All count a line once and take the terms as plain bytes.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchLog } from "./data.ts";
import { agree, clocked, median, type Row } from "./rows.ts";
import { type Searched, TERM_SETS } from "./term-sets.ts";

const ARGUMENTS = { rg: ["-c", "-j1", "-F", "--no-config"], grep: ["-c", "-F"] } as const;
const WAYS = { rg: ["--mmap", "--no-mmap"], grep: ["--binary-files=text"] } as const;
const ROUNDS = 9;
const PASSES = 8;

/** Rows of each set of terms against each program; `search` runs the kernel once, in whatever engine. */
export async function nativeRows(
  logBytes: number,
  folder: string,
  search: (terms: readonly string[]) => Promise<Searched> | Searched,
): Promise<Row[]> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "bench-lines.txt");
  const empty = path.join(folder, "empty.txt");
  writeFileSync(file, benchLog(logBytes).bytes);
  writeFileSync(empty, "");
  const rows: Row[] = [];
  for (const program of ["rg", "grep"] as const) {
    if (spawnSync(program, ["--version"]).error) continue;
    for (const terms of TERM_SETS) {
      const expressions = terms.flatMap((term) => ["-e", term]);
      const run = (over: readonly string[], way: string): string =>
        spawnSync(program, [...ARGUMENTS[program], way, ...expressions, ...over], {
          encoding: "utf8",
          env: { ...process.env, LC_ALL: "C" },
        }).stdout.trim();
      const net = (way: string): number => {
        const whole = clocked(() => run(new Array<string>(PASSES).fill(file), way));
        return (whole - clocked(() => run(new Array<string>(PASSES).fill(empty), way))) / PASSES;
      };
      agree(`${terms.join()} by ${program}`, (await search(terms)).matching, Number(run([file], WAYS[program][0]) || "0"));
      const [ours, theirs, ratios]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round < ROUNDS; round++) {
        const passes: number[] = [];
        for (let pass = 0; pass < PASSES; pass++) passes.push((await search(terms)).ms);
        const ms = passes.reduce((sum, one) => sum + one, 0) / PASSES;
        const other = Math.min(...WAYS[program].map(net));
        ours.push(ms);
        theirs.push(other);
        ratios.push(other / ms);
      }
      const isSet = terms.length > 1;
      const shortest = Math.min(...terms.map((term) => term.length));
      rows.push({
        group: "match",
        name: isSet ? `any of ${terms.length} terms, shortest ${shortest} bytes` : `one term (${terms[0]})`,
        rival: program === "rg" ? "rg -c -j1 -F, net of start-up" : "grep -c -F, net of start-up",
        kind: "times",
        oursMs: median(ours),
        rivalMs: median(theirs),
        ratio: median(ratios),
        ...(program !== "rg" ? {} : isSet ? { floor: 0.8, goal: 1 } : { floor: 0.9, goal: 1.2 }),
      });
    }
  }
  return rows;
}
