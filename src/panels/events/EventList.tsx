import { type JSX, Show } from "solid-js";
import { PinnedMinute } from "../../app/PinnedMinute.tsx";
import { arnName } from "../../app/paths.ts";
import { Density } from "../../charts/Density.tsx";
import { onCursor } from "../../charts/row-moments.ts";
import { useMarkers } from "../../client/markers.ts";
import type { Read } from "../../client/resource.ts";
import { Badge, Chip, STATE_LOOKS } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText, plural } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { minuteText, secondText, stampText } from "../../ui/time.ts";
import type { Filters } from "./filters.ts";
import type { Envelope, Named, Passed, PassedView } from "./passed.ts";
import { EVENTS as T } from "./strings.ts";

export interface EventListProps {
  readonly list: Read<PassedView>;
  readonly drawn: Read<PassedView>;
  readonly filters: Filters;
  readonly buses: readonly string[];
  readonly selected: string | undefined;
  readonly onChoose: (sequence: string | undefined) => void;
  readonly onPut: () => void;
}

/** What an event is about, short: the name at the end of its first resource. */
const aboutOf = ({ resources }: Envelope): string => (resources[0] === undefined ? "" : arnName(resources[0]));

/** What an alarm went to, where the event tells of that. */
function alarmStateOf({ "detail-type": type, source, detail }: Envelope): keyof typeof STATE_LOOKS | undefined {
  const value =
    source === "aws.cloudwatch" && type === "CloudWatch Alarm State Change"
      ? (detail["state"] as { readonly value?: unknown } | undefined)?.value
      : undefined;
  return typeof value === "string" && value in STATE_LOOKS ? (value as keyof typeof STATE_LOOKS) : undefined;
}

const COLUMNS: readonly Column<Passed>[] = [
  {
    id: "time",
    head: T.time,
    mono: true,
    width: "7.5rem",
    card: "end",
    cell: (row) => <time title={stampText(row.at)}>{secondText(row.at)}</time>,
  },
  { id: "type", head: T.type, card: "main", min: 230, cell: (row) => <b class="med">{row.envelope["detail-type"]}</b> },
  { id: "source", head: T.source, mono: true, width: "10.5rem", spare: 1, label: "", cell: (row) => row.envelope.source },
  { id: "bus", head: T.bus, width: "7.5rem", spare: 2, label: "", isBlank: (row) => row.bus === "default", cell: (row) => row.bus },
  {
    id: "about",
    head: T.about,
    min: 180,
    label: "",
    isBlank: (row) => aboutOf(row.envelope) === "",
    cell: (row) => (
      <span class="row" title={row.envelope.resources.join("\n")}>
        <span class="trunc">{aboutOf(row.envelope) || "–"}</span>
        <Show when={alarmStateOf(row.envelope)}>
          {(state) => (
            <Badge tone={STATE_LOOKS[state()].tone} glyph={STATE_LOOKS[state()].glyph}>
              {state()}
            </Badge>
          )}
        </Show>
      </span>
    ),
  },
];

const MOMENTS = onCursor((row: Passed) => row.at);

/** The events of a time: drawn, filtered, listed newest first. */
export function EventList(props: EventListProps): JSX.Element {
  const filters = (): Filters => props.filters;
  const markers = useMarkers(() => filters().drawn());
  const choices = (any: string, found: readonly Named[] | undefined, chosen: string) => [
    { value: "", label: any },
    ...(found ?? []).map((one) => ({ value: one.name, label: `${one.name} (${countText(one.count)})` })),
    ...(chosen === "" || (found ?? []).some((one) => one.name === chosen) ? [] : [{ value: chosen, label: chosen }]),
  ];
  const busNames = (): readonly string[] => [...new Set([...props.buses, ...(filters().bus() === "" ? [] : [filters().bus()])])];
  const inTime = (): number => (props.list.data()?.sources ?? []).reduce((sum, one) => sum + one.count, 0);
  return (
    <Panel
      title={T.passed}
      class="grow"
      sub={
        <Show when={props.list.data()}>
          {(view) => (
            <>
              {T.count(countText(view().total), countText(inTime()))}
              {view().dropped === 0 ? "" : `, ${T.dropped(countText(view().dropped))}`}
            </>
          )}
        </Show>
      }
      end={<Segmented small label={T.span} value={filters().scope()} options={T.scopes} onChange={(scope) => filters().set({ scope })} />}
    >
      <div class="events-density">
        <Density
          label={T.overTime}
          noun={["event", "events"]}
          hue="events"
          from={filters().drawn().from}
          to={filters().drawn().to}
          all={props.drawn.data()?.counts?.all ?? []}
          matching={props.drawn.data()?.counts?.matching ?? []}
          markers={(markers.data() ?? []).filter((marker) => marker.kind !== "command")}
          onPick={(_, from, to) => filters().set({ narrowed: { from, to: to - 1 } })}
        />
      </div>
      <div class="pb events-filters">
        <Select
          label={T.bus}
          value={filters().bus()}
          options={[{ value: "", label: T.anyBus }, ...busNames().map((name) => ({ value: name, label: name }))]}
          onChange={(bus) => filters().set({ bus })}
        />
        <Select
          label={T.source}
          value={filters().source()}
          options={choices(T.any, props.list.data()?.sources, filters().source())}
          onChange={(source) => filters().set({ source })}
        />
        <Select
          label={T.type}
          value={filters().type()}
          options={choices(T.anyType, props.list.data()?.types, filters().type())}
          onChange={(type) => filters().set({ type })}
        />
        <TextField
          label={T.text}
          type="search"
          glyph="search"
          value={filters().text()}
          onInput={(text) => filters().set({ text })}
          class="events-text"
        />
        <PinnedMinute
          own={{
            isNarrow: filters().narrowed() !== undefined,
            narrow: (from) => filters().set({ narrowed: { from, to: from + 59_999 } }),
          }}
        />
        <Show when={filters().narrowed()}>
          {(span) => (
            <Chip on title={T.clear} onClick={() => filters().set({ narrowed: undefined })}>
              {T.only(spanText(span().from, span().to))}
              <Glyph name="cross" size="s" />
            </Chip>
          )}
        </Show>
      </div>
      <ReadState read={props.list} rows={6}>
        {(view) => (
          <Table
            label={T.passed}
            columns={COLUMNS}
            rows={view().events}
            rowKey={(row) => row.sequence}
            moments={MOMENTS}
            selected={props.selected}
            onOpen={(row) => props.onChoose(row.sequence)}
            onLeave={() => props.onChoose(undefined)}
            empty={<None view={view()} filters={filters()} inTime={inTime()} onPut={props.onPut} />}
          />
        )}
      </ReadState>
      <Show when={props.list.data()?.next !== undefined || filters().before() !== undefined}>
        <div class="pb row rule-t">
          <Button small disabled={filters().before() === undefined} onClick={() => filters().newest()}>
            {T.newest}
          </Button>
          <Button small disabled={props.list.data()?.next === undefined} onClick={() => filters().older(props.list.data()?.next ?? "")}>
            {T.older}
          </Button>
        </div>
      </Show>
    </Panel>
  );
}

const spanText = (from: number, to: number): string => (to - from < 60_000 ? minuteText(from) : `${minuteText(from)}–${minuteText(to)}`);

/** Why the list is empty, and one way on. */
function None(props: {
  readonly view: PassedView;
  readonly filters: Filters;
  readonly inTime: number;
  readonly onPut: () => void;
}): JSX.Element {
  return (
    <Show
      when={props.view.kept > 0}
      fallback={
        <Empty glyph="bus" title={T.empty} action={{ label: T.put, run: props.onPut }}>
          {T.emptyWhy}
        </Empty>
      }
    >
      <Show
        when={props.filters.isFiltered()}
        fallback={
          <Empty glyph="bus" title={T.noneInRange} action={{ label: T.showKept, run: () => props.filters.set({ scope: "kept" }) }}>
            {T.noneInRangeWhy(plural(props.view.kept, "event"))}
          </Empty>
        }
      >
        <Empty glyph="search" title={T.noneFits} action={{ label: T.clear, run: () => props.filters.clear() }}>
          {T.noneFitsWhy(plural(props.inTime, "event"))}
        </Empty>
      </Show>
    </Show>
  );
}
