import { type JSX, Show } from "solid-js";
import { arnName } from "../../app/paths.ts";
import { onCursor } from "../../charts/row-moments.ts";
import { useClock } from "../../client/context.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText, shortDayText, stampText } from "../../ui/time.ts";
import { type HistoryRow, resourcesOf, sourceName } from "./history.ts";
import { TRAIL as T } from "./strings.ts";

const DAY = 86_400_000;
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const MOMENTS = onCursor((row: HistoryRow) => row.eventTime);

/** The records as rows, newest first. Today's have no date. */
export function TrailTable(props: {
  readonly rows: readonly HistoryRow[];
  readonly selected: string | undefined;
  readonly onChoose: (eventId: string | undefined) => void;
  readonly empty: JSX.Element;
}): JSX.Element {
  const clock = useClock();
  const time = (at: number): string =>
    Math.floor(at / DAY) === Math.floor(clock() / DAY) ? secondText(at) : `${shortDayText(at)} ${secondText(at)}`;
  const columns: readonly Column<HistoryRow>[] = [
    {
      id: "time",
      head: T.eventTime,
      mono: true,
      width: "10.4rem",
      card: "end",
      sort: (a, b) => a.eventTime - b.eventTime,
      cell: (row) => <time title={stampText(row.eventTime)}>{time(row.eventTime)}</time>,
    },
    {
      id: "name",
      head: T.eventName,
      card: "main",
      min: 160,
      sort: (a, b) => ascending(a.eventName, b.eventName),
      cell: (row) => (
        <b class="med" title={row.eventName}>
          {row.eventName}
        </b>
      ),
    },
    { id: "user", head: T.userName, width: "7rem", label: "", cell: (row) => row.userName || T.none },
    {
      id: "source",
      head: T.eventSource,
      width: "7rem",
      spare: 1,
      label: "",
      cell: (row) => (
        <span class="t2" title={row.eventSource}>
          {sourceName(row.eventSource)}
        </span>
      ),
    },
    {
      id: "resource",
      head: T.resource,
      min: 110,
      label: "",
      isBlank: (row) => row.resourceName === "",
      cell: (row) => <span title={row.resourceName}>{resourcesOf(row).map(arnName).join(", ") || T.none}</span>,
    },
    {
      id: "error",
      head: T.error,
      width: "12rem",
      min: 130,
      label: "",
      isBlank: (row) => row.errorCode === "",
      cell: (row) => (
        <Show when={row.errorCode !== ""} fallback={<span class="muted">{T.none}</span>}>
          <span class="row c-alarm trail-error" title={row.errorCode}>
            <Glyph name="deny" size="s" />
            <span class="trunc">{row.errorCode}</span>
          </span>
        </Show>
      ),
    },
  ];
  return (
    <Table
      label={T.history}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.eventId}
      moments={MOMENTS}
      selected={props.selected}
      onOpen={(row) => props.onChoose(row.eventId)}
      onLeave={() => props.onChoose(undefined)}
      empty={props.empty}
    />
  );
}
