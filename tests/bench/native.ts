/** The kernel in turns with grep and rg over the same bytes in a file, where they are installed; net of their start-up. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchLog } from "./data.ts";
import { agree, clocked, median, type Row } from "./rows.ts";
import { type Searched, TERM_SETS } from "./term-sets.ts";

const ARGUMENTS = { rg: ["-c", "-j1", "-F", "--no-config"], grep: ["-c", "-F"] } as const;
const ROUNDS = 9;

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
      const run = (over: string): string =>
        spawnSync(program, [...ARGUMENTS[program], ...expressions, over], {
          encoding: "utf8",
          env: { ...process.env, LC_ALL: "C" },
        }).stdout.trim();
      agree(`${terms.join()} by ${program}`, (await search(terms)).matching, Number(run(file) || "0"));
      const [ours, theirs, ratios]: [number[], number[], number[]] = [[], [], []];
      for (let round = 0; round < ROUNDS; round++) {
        const { ms } = await search(terms);
        const whole = clocked(() => run(file));
        const other = whole - clocked(() => run(empty));
        ours.push(ms);
        theirs.push(other);
        ratios.push(other / ms);
      }
      const isSet = terms.length > 1;
      rows.push({
        group: "match",
        name: isSet ? `any of ${terms.length} terms` : `one term (${terms[0]})`,
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
