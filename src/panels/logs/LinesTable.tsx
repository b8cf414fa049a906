import { Switch as Choose, createEffect, createMemo, createSignal, For, type JSX, Match, on, Show } from "solid-js";
import { onCursor } from "../../charts/row-moments.ts";
import { asFailure } from "../../client/failure.ts";
import { type FilterPattern, isMatch, parsePattern } from "../../editors/filter-pattern/line-marks.ts";
import { linePieces } from "../../editors/filter-pattern/line-pieces.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ErrorNote, Skeleton } from "../../ui/notes.tsx";
import { Switch } from "../../ui/Switch.tsx";
import { milliText, shortDayText, stampText } from "../../ui/time.ts";
import { type VirtualColumn, VirtualTable } from "../../ui/VirtualTable.tsx";
import { LineDialog } from "./LineDialog.tsx";
import type { LogLine } from "./log-lines.ts";
import type { Search } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";

const DAY = 86_400_000;

const MOMENTS = onCursor((line: LogLine) => line.timestamp);

/** The lines, newest last. Only rows in sight are decoded, evaluated and marked. */
export function LinesTable(props: {
  readonly search: Search;
  /** Row to bring into sight. */
  readonly reveal?: number | undefined;
  readonly onPut?: () => void;
}): JSX.Element {
  const search = (): Search => props.search;
  const [detail, setDetail] = createSignal<LogLine>();
  const [thrown, setThrown] = createSignal<unknown>();
  const pattern = createMemo((): FilterPattern | undefined => parsePattern(search().pattern()).pattern);
  const isLong = (): boolean => {
    const span = search().span();
    return span !== undefined && (span.to - span.from > DAY || Math.floor(span.from / DAY) !== Math.floor((span.to - 1) / DAY));
  };
  createEffect(on(search().source, () => setThrown(undefined), { defer: true }));
  const columns = createMemo((): readonly VirtualColumn<LogLine>[] => [
    {
      id: "time",
      head: T.time,
      label: "",
      width: isLong() ? "calc(146rem / 13)" : "calc(92rem / 13)",
      mono: true,
      cell: (line) => (
        <span class="muted" title={stampText(line.timestamp)}>
          {isLong() ? `${shortDayText(line.timestamp)} ` : ""}
          {milliText(line.timestamp)}
        </span>
      ),
    },
    {
      id: "match",
      head: <span class="vh">{T.matchHead}</span>,
      width: "calc(16rem / 13)",
      card: "lead",
      cell: (line) => <Show when={pattern()?.kind !== "everything"}>{<Verdict line={line} pattern={pattern()} />}</Show>,
    },
    {
      id: "message",
      head: <Head search={search()} />,
      width: "minmax(0, 1fr)",
      min: 320,
      card: "main",
      mono: true,
      cell: (line) => <Message line={line} pattern={pattern()} />,
    },
  ]);
  const span = (): { first: number; last: number } | undefined => {
    const { firstTimestamp, lastTimestamp } = search().summary.data() ?? {};
    return firstTimestamp === undefined || lastTimestamp === undefined ? undefined : { first: firstTimestamp, last: lastTimestamp };
  };
  return (
    <section class="panel grow logs-lines" aria-label={T.linesLabel}>
      <Show when={thrown()}>{(failure) => <ErrorNote failure={asFailure(failure())} />}</Show>
      <Choose fallback={<Show when={search().counts.error() === undefined}>{<Skeleton rows={12} />}</Show>}>
        <Match when={search().rowCount() > 0}>
          <VirtualTable
            label={T.linesLabel}
            columns={columns()}
            count={search().rowCount()}
            source={search().source()}
            version={search().version()}
            moments={MOMENTS}
            selected={rowOf(search())}
            reveal={props.reveal}
            follow={search().isLive() && search().isFollowing() && props.reveal === undefined}
            onSelect={(row, line) => search().select(row, line)}
            onOpen={(_, line) => setDetail(line)}
            onFailure={setThrown}
          />
          <Show when={search().selected()}>
            {(chosen) => (
              <div class="logs-chosen">
                <span class="mono trunc grow">{chosen().line.text().slice(0, 400)}</span>
                <button type="button" class="btn sm" onClick={() => setDetail(chosen().line)}>
                  {T.details}
                </button>
              </div>
            )}
          </Show>
        </Match>
        <Match when={span() === undefined && search().summary.data() !== undefined}>
          <Empty
            glyph="logs"
            title={T.noEvents}
            {...(props.onPut === undefined ? {} : { action: { label: T.putEvents, run: props.onPut } })}
          >
            {T.noEventsWhy}
          </Empty>
        </Match>
        <Match when={search().counts.data()?.total === 0 && span()}>
          {(held) => (
            <Empty glyph="logs" title={T.noLines} action={{ label: T.showWhole, run: () => search().setScope("whole") }}>
              {T.noLinesWhy(stampText(held().first), stampText(held().last))}
            </Empty>
          )}
        </Match>
        <Match when={search().counts.data()?.matched === 0}>
          <Empty glyph="minus" title={T.noMatch} action={{ label: T.showAll, run: () => search().setMode("all") }}>
            {T.noMatchWhy}
          </Empty>
        </Match>
      </Choose>
      <LineDialog group={search().group()} line={detail()} onClose={() => setDetail(undefined)} />
    </section>
  );
}

function rowOf(search: Search): number | undefined {
  const row = search.selected()?.row;
  return row === undefined || row < 0 ? undefined : row;
}

function Head(props: { readonly search: Search }): JSX.Element {
  return (
    <span class="row logs-head">
      <span class="grow">{T.message}</span>
      <Show when={props.search.stream()}>
        {(stream) => (
          <Chip on title={T.allStreams} onClick={() => props.search.setStream(undefined)}>
            <span class="trunc logs-stream">{T.streamChip(stream())}</span>
            <Glyph name="cross" size="s" />
          </Chip>
        )}
      </Show>
      <Show when={props.search.isLive()}>
        <span class="logs-follow">
          <Switch label={T.follow} on={props.search.isFollowing()} onChange={props.search.setFollowing} />
        </span>
      </Show>
    </span>
  );
}

function Verdict(props: { readonly line: LogLine; readonly pattern: FilterPattern | undefined }): JSX.Element {
  const matched = createMemo(() => props.pattern === undefined || isMatch(props.pattern, props.line.text()));
  return (
    <span class={matched() ? "sv-logs" : "c-insuf"} title={matched() ? T.matches : T.matchesNot}>
      <Glyph name={matched() ? "check" : "minus"} size="s" />
      <span class="vh">{matched() ? T.matches : T.matchesNot}</span>
    </span>
  );
}

function Message(props: { readonly line: LogLine; readonly pattern: FilterPattern | undefined }): JSX.Element {
  const pieces = createMemo(() => linePieces(props.line.text(), props.pattern));
  return <For each={pieces()}>{(piece) => (piece.isMarked ? <mark>{piece.text}</mark> : <span class={piece.css}>{piece.text}</span>)}</For>;
}
