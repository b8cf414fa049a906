/**
 * One search through a log group: pattern, span, counts, the source of rows, and the row that is explained. While it
 * follows, the span moves with the clock; a row that is chosen while the clock runs makes it stand still.
 */
import { type Accessor, createMemo, createSignal, onCleanup, type Setter, untrack } from "solid-js";
import type { LookQuestion } from "../../../workers/account/contract.ts";
import { type RangeChoice, rangeChoice, setRangeChoice, useTimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { createLook, type Read } from "../../client/resource.ts";
import { type Parsed, parsePattern } from "../../editors/filter-pattern/line-marks.ts";
import type { RowSource } from "../../ui/row-pages.ts";
import type { DensityAnswer, GroupSummary, PageAnswer } from "./answers.ts";
import { createKnownLines, type LogLine, linesOf } from "./log-lines.ts";
import { useAttached, useRegion, useSummary } from "./reads.ts";
import { aligned, type Span, stepOf } from "./steps.ts";

export type Mode = "matching" | "all";
export type Scope = "range" | "whole";

export interface Search {
  readonly group: Accessor<string>;
  readonly text: Accessor<string>;
  readonly setText: (text: string) => void;
  readonly parsed: Accessor<Parsed>;
  /** The last pattern that parsed: what the answers are about. */
  readonly pattern: Accessor<string>;
  /** What is typed is no pattern: the answers are about an earlier one. */
  readonly isAside: Accessor<boolean>;
  readonly mode: Accessor<Mode>;
  readonly setMode: Setter<Mode>;
  readonly stream: Accessor<string | undefined>;
  readonly setStream: Setter<string | undefined>;
  readonly scope: Accessor<Scope>;
  readonly setScope: (scope: Scope) => void;
  /** Undefined until the clock is known. */
  readonly span: Accessor<Span | undefined>;
  readonly isLive: Accessor<boolean>;
  readonly isFollowing: Accessor<boolean>;
  readonly setFollowing: (on: boolean) => void;
  /** A look at this group, with the span and streams of the search; undefined until the span is known. */
  readonly question: (view: string, more: Readonly<Record<string, unknown>>) => LookQuestion | undefined;
  readonly summary: Read<GroupSummary>;
  readonly counts: Read<PageAnswer>;
  readonly buckets: Accessor<{ readonly span: Span; readonly step: number; readonly count: number } | undefined>;
  readonly density: Read<DensityAnswer>;
  readonly rowCount: Accessor<number>;
  readonly source: Accessor<RowSource<LogLine>>;
  readonly version: Accessor<string>;
  readonly selected: Accessor<{ readonly row: number; readonly line: LogLine } | undefined>;
  readonly select: (row: number, line: LogLine) => void;
  readonly narrow: (from: number, to: number) => void;
  /** Undoes the last narrowing; undefined when there was none. */
  readonly widen: Accessor<(() => void) | undefined>;
}

const QUIET_MS = 150;
const MINUTE = 60_000;
const sameSpan = { equals: (a: Span | undefined, b: Span | undefined): boolean => a?.from === b?.from && a?.to === b?.to };

export function createSearch(group: Accessor<string>, firstPattern = ""): Search {
  const { api, pulse } = useClient();
  const region = useRegion();
  const range = useTimeRange();
  const summary = useSummary(group);
  const { files } = useAttached(group);
  const [text, put] = createSignal(firstPattern);
  const [settled, setSettled] = createSignal(firstPattern);
  const [mode, setMode] = createSignal<Mode>("all");
  const [stream, setStream] = createSignal<string>();
  const [wantedScope, setWantedScope] = createSignal<Scope>();
  const [frozen, setFrozen] = createSignal<Span>();
  const [chosen, setChosen] = createSignal<{ readonly row: number; readonly line: LogLine; readonly of: string }>();
  const [wider, setWider] = createSignal<readonly { readonly choice: RangeChoice; readonly scope: Scope }[]>([]);
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));
  const setText = (next: string): void => {
    put(next);
    clearTimeout(timer);
    timer = setTimeout(() => setSettled(next), QUIET_MS);
  };

  const parsed = createMemo(() => parsePattern(text()));
  const pattern = createMemo((before: string) => (parsePattern(settled()).pattern === undefined ? before : settled()), "");

  // A history lies behind the clock as a whole; lines that ended before the range are not in it.
  const begins = createMemo((before: Scope | undefined): Scope | undefined => {
    const last = summary.data()?.lastTimestamp;
    if (before !== undefined || last === undefined || files() === undefined) return before;
    return files()?.some((file) => file.mode === "history") || last < range().from ? "whole" : "range";
  });
  const scope = (): Scope => wantedScope() ?? begins() ?? "range";
  const moving = createMemo(
    (): Span | undefined => {
      const clock = pulse() === undefined ? 0 : range().to;
      if (clock === 0) return undefined;
      if (scope() === "range") return { from: range().from, to: range().to };
      const { firstTimestamp, lastTimestamp } = summary.data() ?? {};
      if (firstTimestamp === undefined || lastTimestamp === undefined) return undefined;
      return { from: Math.floor(firstTimestamp / MINUTE) * MINUTE, to: (Math.floor(lastTimestamp / MINUTE) + 1) * MINUTE };
    },
    undefined,
    sameSpan,
  );
  const span = createMemo(() => frozen() ?? moving(), undefined, sameSpan);
  const isLive = (): boolean => scope() === "whole" || range().isLive;

  const asked = createMemo(() => {
    const wanted = span();
    if (wanted === undefined) return undefined;
    return {
      logGroupName: group(),
      ...(stream() === undefined ? {} : { logStreamNames: [stream() as string] }),
      start: wanted.from,
      end: wanted.to,
    };
  });
  const look = (view: string, more: Readonly<Record<string, unknown>>) => {
    const part = asked();
    return part === undefined ? undefined : { service: "logs", view, region: region(), question: { ...part, ...more } };
  };
  const counts = createLook<PageAnswer>(() => look("page", { filterPattern: pattern(), firstRow: 0, rowCount: 0 }), { follow: "version" });

  const buckets = createMemo(() => {
    const wanted = span();
    if (wanted === undefined) return undefined;
    const step = stepOf(wanted, 90);
    const whole = aligned(wanted, step);
    return { span: whole, step, count: Math.round((whole.to - whole.from) / step) };
  });
  const density = createLook<DensityAnswer>(
    () => {
      const cut = buckets();
      return cut && look("density", { filterPattern: pattern(), start: cut.span.from, end: cut.span.to, buckets: cut.count });
    },
    { follow: "version" },
  );

  const shownPattern = createMemo(() => (mode() === "matching" ? pattern() : ""));
  const source = createMemo((): RowSource<LogLine> => {
    const rows = look("page", shownPattern() === "" ? {} : { filterPattern: shownPattern() });
    const known = createKnownLines();
    return async (firstRow, rowCount) => {
      if (rows === undefined) return [];
      const answer = (await api.look({ ...rows, question: { ...rows.question, firstRow, rowCount } })) as PageAnswer;
      const lines = linesOf(answer, known.get);
      known.put(answer.firstRow, lines);
      return lines;
    };
  });
  // A chosen row is known by its number, which holds as long as the question stays.
  const rowsKey = createMemo(() => JSON.stringify([asked(), shownPattern()]));

  const setFollowing = (on: boolean): void => {
    const here = pulse();
    const now = untrack(span);
    if (on || here === undefined || now === undefined) setFrozen(undefined);
    else setFrozen({ from: now.from, to: Math.max(now.from + 1, Math.min(now.to, here.clock + 1)) });
  };

  return {
    group,
    text,
    setText,
    parsed,
    pattern,
    isAside: () => parsed().pattern === undefined,
    mode,
    setMode,
    stream,
    setStream,
    scope,
    setScope: (next) => {
      setFrozen(undefined);
      setWantedScope(next);
    },
    span,
    isLive,
    isFollowing: () => frozen() === undefined,
    setFollowing,
    question: look,
    summary,
    counts,
    buckets,
    density,
    rowCount: () => {
      const answer = counts.data();
      if (answer === undefined) return 0;
      return mode() === "all" ? answer.total : answer.matched;
    },
    source,
    version: () => String(pulse()?.versions["logs"] ?? 0),
    selected: () => {
      const here = chosen();
      return here === undefined ? undefined : { row: here.of === rowsKey() ? here.row : -1, line: here.line };
    },
    select: (row, line) => {
      if (pulse()?.playing && isLive() && frozen() === undefined) setFollowing(false);
      setChosen({ row, line, of: untrack(rowsKey) });
    },
    narrow: (from, to) => {
      setWider((all) => [...all, { choice: rangeChoice(), scope: scope() }]);
      setFrozen(undefined);
      setWantedScope("range");
      setRangeChoice({ kind: "fixed", from, to });
    },
    widen: () => {
      const last = wider()[wider().length - 1];
      if (last === undefined) return undefined;
      return () => {
        setWider((all) => all.slice(0, -1));
        setFrozen(undefined);
        setWantedScope(last.scope);
        setRangeChoice(last.choice);
      };
    },
  };
}
