/**
 * Event patterns on the shared generator's events and rules. The yardstick is JSON.parse of the same events in the same run;
 * bounds are what the two public engines made of it (events per second by their processor time, beside JSON.parse on their
 * machine): the floor is Ruler's, the goal the better of both. First the checksum of some events against the matcher by
 * definition, then the time.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { flattenEvent } from "../../workers/language/event-pattern/flatten.ts";
import { matchesEvent } from "../../workers/language/event-pattern/match.ts";
import { parseEventPattern } from "../../workers/language/event-pattern/parse.ts";
import { compileRules, type RuleSet } from "../../workers/language/event-pattern/rule-set/rule-set.ts";
import type { EventPattern } from "../../workers/language/event-pattern/tree.ts";
import { agree, clocked, type Log, type Row, race } from "./rows.ts";

type Data = "lots" | "aws";

/** JSON.parse where the engines were measured, thousands of events per second. */
const YARDSTICK: Readonly<Record<Data, number>> = { lots: 220, aws: 414 };

/** Thousands of events per second: Ruler 2.0.1, quamina of November 2024 (the generator's README). */
const SETS: readonly (readonly [data: Data, set: string, ruler?: number, quamina?: number])[] = [
  ["lots", "EXACT", 488, 1915],
  ["lots", "PREFIX", 489, 1686],
  ["lots", "SUFFIX", 457],
  ["lots", "EQUALS_IGNORE_CASE", 429, 1431],
  ["lots", "WILDCARD", 279, 1317],
  ["lots", "NUMERIC", 249],
  ["lots", "ANYTHING_BUT", 321, 819],
  ["lots", "COMPLEX_ARRAYS", 58.5],
  ["lots", "COMBO", 37.7],
  ["aws", "EXACT_1000", 470, 835],
  ["aws", "EXACT_10000", 334, 363],
  ["aws", "EXACT_100000", 88, 115],
  ["aws", "WILDCARD_10", 249, 293],
  ["aws", "WILDCARD_100", 125, 37],
  ["aws", "WILDCARD_300", 60, 12],
  ["aws", "MIXED_1000", 36],
  ["aws", "MIXED_10000", 3.3],
  ["aws", "MIXED_100000"],
];
const ROUNDS = 7;
/** Pairs of event and rule that are checked by definition. */
const CHECKED = 200_000;

/** Undefined where the shared generator is not there. */
export function patternBench(events: number, only: string, log: Log): readonly Row[] | undefined {
  const generator = path.resolve(process.env.NEPHOSCOPE_SHARED ?? "../shared", "bench/event-patterns/gen.mjs");
  if (!existsSync(generator)) return undefined;
  const folder = mkdtempSync(path.join(os.tmpdir(), "nephoscope-patterns-"));
  try {
    const made = spawnSync(process.execPath, [generator, folder, String(events)], { encoding: "utf8" });
    if (made.status !== 0) throw new Error(`bench: the generator of events ended with ${made.status}: ${made.stderr}`);
    // Each line a text of its own, as a request brings it; pieces of one long text are slower to read.
    const lines = (file: string): string[] =>
      readFileSync(path.join(folder, file), "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => Buffer.from(line).toString("latin1"));
    const given = { lots: lines("lots.jsonl"), aws: lines("aws.jsonl") };
    const rows: Row[] = [];
    for (const [data, set, ruler, quamina] of SETS) {
      const name = `${data} ${set.replaceAll("_", " ")}`;
      if (!name.includes(only)) continue;
      const row = measured(name, given[data], lines(`rules-${data}-${set}.jsonl`), log);
      const floor = ruler === undefined ? {} : { floor: ruler / YARDSTICK[data], goal: Math.max(ruler, quamina ?? 0) / YARDSTICK[data] };
      rows.push({ ...row, ...floor });
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function measured(name: string, events: readonly string[], texts: readonly string[], log: Log): Row {
  let patterns: readonly EventPattern[] = [];
  let set: RuleSet | undefined;
  const building = clocked(() => {
    patterns = texts.map(parseEventPattern);
    set = compileRules(patterns);
  });
  const rules = set as RuleSet;
  const some = events.slice(0, Math.max(1, Math.floor(CHECKED / patterns.length)));
  agree(
    `${name}: matches`,
    checksum(some, (event) => rules.match(event)),
    checksum(some, (event) => byDefinition(patterns, event)),
  );
  const result = race(
    ROUNDS,
    () => checksum(events, (event) => rules.match(event)),
    () => events.reduce((sum, event) => sum + Object.keys(JSON.parse(event) as object).length, 0),
  );
  const perSecond = Math.round(events.length / result.oursMs);
  log(`${name}: ${perSecond} K events a second, ${patterns.length} rules built in ${building.toFixed(0)} ms`);
  return {
    group: "patterns",
    name: `${name} (${patterns.length} rules)`,
    rival: "JSON.parse of the same events",
    kind: "times",
    ...result,
  };
}

function checksum(events: readonly string[], match: (event: string) => readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < events.length; i++) for (const rule of match(events[i] as string)) sum += (i + 1) * (rule + 1);
  return sum;
}

function byDefinition(patterns: readonly EventPattern[], event: string): readonly number[] {
  const leaves = flattenEvent(event);
  return patterns.flatMap((pattern, rule) => (matchesEvent(pattern, leaves) ? [rule] : []));
}
