/** grep and rg over the same bytes in a file, where they are installed: medians net of their start-up. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { benchLog } from "./data.ts";
import { agree, clocked, median, type Timed } from "./rows.ts";

export interface NativeTime {
  readonly program: "rg" | "grep";
  readonly terms: readonly string[];
  readonly ms: number;
}

const ARGUMENTS = { rg: ["-c", "-j1", "-F", "--no-config"], grep: ["-c", "-F"] } as const;

/** Times of each program for each set of terms; counts must be those of the kernel. */
export function nativeTimes(size: number, timed: readonly Timed[], folder: string): NativeTime[] {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, "bench-lines.txt");
  const empty = path.join(folder, "empty.txt");
  writeFileSync(file, benchLog(size).bytes);
  writeFileSync(empty, "");
  const times: NativeTime[] = [];
  for (const program of ["rg", "grep"] as const) {
    if (spawnSync(program, ["--version"]).error) continue;
    for (const { terms, name, matching } of timed) {
      const expressions = terms.flatMap((term) => ["-e", term]);
      const run = (over: string): string =>
        spawnSync(program, [...ARGUMENTS[program], ...expressions, over], {
          encoding: "utf8",
          env: { ...process.env, LC_ALL: "C" },
        }).stdout.trim();
      agree(`${name} by ${program}`, matching, Number(run(file) || "0"));
      const rounds = Array.from({ length: 9 }, () => clocked(() => run(file)));
      const starts = Array.from({ length: 9 }, () => clocked(() => run(empty)));
      times.push({ program, terms, ms: median(rounds) - median(starts) });
    }
  }
  return times;
}
