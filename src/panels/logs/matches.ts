/**
 * From one matching line to the next. Among "all, marked" a match is found by its number among the matches, then by its
 * time among all lines; lines of one millisecond are told apart by reading them. What moves is made to stand first.
 */
import { type Accessor, createEffect, createSignal, on } from "solid-js";
import type { LookQuestion } from "../../../workers/account/contract.ts";
import { useClient } from "../../client/context.ts";
import { asFailure } from "../../client/failure.ts";
import { isMatch, parsePattern } from "../../editors/filter-pattern/line-marks.ts";
import { showToast } from "../../ui/toasts.ts";
import type { PageAnswer } from "./answers.ts";
import { type LogLine, linesOf } from "./log-lines.ts";
import type { Search } from "./search.ts";

export interface Matches {
  /** There is something to walk: a pattern, and lines that match it. */
  readonly isOn: Accessor<boolean>;
  /** Number of the match that is shown, from 0; undefined before the first step and after another question. */
  readonly at: Accessor<number | undefined>;
  readonly go: (by: 1 | -1) => Promise<void>;
  /** Row to bring into sight. */
  readonly reveal: Accessor<number | undefined>;
}

/** Lines of one millisecond read at once. */
const TIES = 2_000;

/** How pages of the group are asked for, with the span and streams of the search. */
export type AskPage = (more: Readonly<Record<string, unknown>>) => Promise<PageAnswer>;

const countBefore = async (ask: AskPage, moment: number, filterPattern?: string): Promise<number> =>
  (await ask({ end: moment, firstRow: 0, rowCount: 0, ...(filterPattern === undefined ? {} : { filterPattern }) })).matched;

/** The lines of one millisecond, in their order. */
async function tied(ask: AskPage, moment: number): Promise<readonly LogLine[]> {
  const lines: LogLine[] = [];
  for (;;) {
    const answer = await ask({ start: moment, end: moment + 1, firstRow: lines.length, rowCount: TIES });
    lines.push(...linesOf(answer));
    if (lines.length >= answer.total || answer.rows.streams.length === 0) return lines;
  }
}

/** Match number `k` with its row among all lines. */
export async function matchAt(ask: AskPage, filterPattern: string, k: number): Promise<{ readonly row: number; readonly line: LogLine }> {
  const line = linesOf(await ask({ filterPattern, firstRow: k, rowCount: 1 }))[0];
  const pattern = parsePattern(filterPattern).pattern;
  if (line === undefined || pattern === undefined) throw new RangeError(`There is no match ${k}.`);
  const [before, matchedBefore, lines] = await Promise.all([
    countBefore(ask, line.timestamp),
    countBefore(ask, line.timestamp, filterPattern),
    tied(ask, line.timestamp),
  ]);
  let left = k - matchedBefore;
  const place = lines.findIndex((one) => isMatch(pattern, one.text()) && left-- === 0);
  return { row: before + place, line };
}

/** How many matches stand before a row of all lines, and whether the row is one. */
export async function matchesBefore(
  ask: AskPage,
  filterPattern: string,
  row: number,
  moment: number,
): Promise<{ readonly before: number; readonly isOne: boolean }> {
  const pattern = parsePattern(filterPattern).pattern;
  if (pattern === undefined) return { before: 0, isOne: false };
  const [first, matchedBefore, lines] = await Promise.all([
    countBefore(ask, moment),
    countBefore(ask, moment, filterPattern),
    tied(ask, moment),
  ]);
  const verdicts = lines.slice(0, row - first + 1).map((line) => isMatch(pattern, line.text()));
  const isOne = verdicts.pop() ?? false;
  return { before: matchedBefore + verdicts.filter(Boolean).length, isOne };
}

export function createMatches(search: Search): Matches {
  const { api, pulse } = useClient();
  const [known, setKnown] = createSignal<{ readonly at: number; readonly row: number; readonly mode: string }>();
  const [reveal, setReveal] = createSignal<number>();
  let sequence = 0;
  const forget = (): void => {
    sequence++;
    setKnown(undefined);
    setReveal(undefined);
  };
  createEffect(on([search.pattern, search.stream, search.scope, () => search.span()?.from], forget, { defer: true }));

  const ask: AskPage = (more) => {
    const question = search.question("page", more);
    // Asked only once the span is known.
    return api.look(question as LookQuestion) as Promise<PageAnswer>;
  };
  /** The number of the match to go to. */
  const target = async (by: 1 | -1, count: number): Promise<number> => {
    const chosen = search.selected();
    const here = known();
    let next: number;
    if (chosen === undefined || chosen.row < 0) next = here === undefined ? (by === 1 ? 0 : count - 1) : here.at + by;
    else if (here !== undefined && here.mode === search.mode() && here.row === chosen.row) next = here.at + by;
    else if (search.mode() === "matching") next = chosen.row + by;
    else {
      const { before, isOne } = await matchesBefore(ask, search.pattern(), chosen.row, chosen.line.timestamp);
      next = by === -1 ? before - 1 : before + (isOne ? 1 : 0);
    }
    return (next + count) % count;
  };
  const go = async (by: 1 | -1): Promise<void> => {
    if (pulse()?.playing && search.isLive() && search.isFollowing()) search.setFollowing(false);
    const mine = ++sequence;
    const pattern = search.pattern();
    try {
      const { matched } = await ask({ filterPattern: pattern, firstRow: 0, rowCount: 0 });
      if (matched === 0 || mine !== sequence) return;
      const at = await target(by, matched);
      const found =
        search.mode() === "matching"
          ? { row: at, line: linesOf(await ask({ filterPattern: pattern, firstRow: at, rowCount: 1 }))[0] }
          : await matchAt(ask, pattern, at);
      if (mine !== sequence || found.line === undefined) return;
      search.select(found.row, found.line);
      setKnown({ at, row: found.row, mode: search.mode() });
      // The same row again, after scrolling away.
      setReveal(undefined);
      setReveal(found.row);
    } catch (thrown) {
      showToast({ severity: "error", text: asFailure(thrown).message });
    }
  };
  return {
    isOn: () => search.pattern().trim() !== "" && (search.counts.data()?.matched ?? 0) > 0,
    at: () => {
      const here = known();
      return here !== undefined && here.mode === search.mode() && search.selected()?.row === here.row ? here.at : undefined;
    },
    go,
    reveal,
  };
}
