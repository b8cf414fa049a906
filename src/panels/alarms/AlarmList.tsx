import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX } from "solid-js";
import { alarmPath, NEW_ALARM_PATH } from "../../app/paths.ts";
import { useClock } from "../../client/context.ts";
import { type AlarmState, Chip, StateBadge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { STATE_WORDS, UI } from "../../ui/strings.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { durationText } from "../../ui/time.ts";
import { useAlarms } from "./alarm-reads.ts";
import type { Alarm } from "./answers.ts";
import { conditionText } from "./condition.ts";
import { ascending, watchedOf } from "./draft.ts";
import { sinceText } from "./since.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

const STATES: readonly AlarmState[] = ["ALARM", "INSUFFICIENT_DATA", "OK"];
const changedAt = (alarm: Alarm): number => alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;

/** Every alarm of the Region: what it watches, how it stands and since when. */
export function AlarmList(): JSX.Element {
  const navigate = useNavigate();
  const clock = useClock();
  const read = useAlarms();
  const [state, setState] = createSignal<AlarmState>();
  const [text, setText] = createSignal("");
  const all = (): readonly Alarm[] => read.data() ?? [];
  const count = (one: AlarmState): number => all().filter((alarm) => alarm.StateValue === one).length;
  const rows = createMemo(() => {
    const words = text().toLowerCase().split(/\s+/).filter(Boolean);
    return all().filter((alarm) => {
      if (state() !== undefined && alarm.StateValue !== state()) return false;
      const watched = watchedOf(alarm);
      const said =
        `${alarm.AlarmName} ${watched?.namespace ?? ""} ${watched?.metricName ?? ""} ${alarm.AlarmDescription ?? ""}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
  });
  const columns: readonly Column<Alarm>[] = [
    {
      id: "name",
      head: T.name,
      width: "24%",
      min: 180,
      sort: (a, b) => ascending(a.AlarmName, b.AlarmName),
      cell: (row) => (
        <b class="med" title={row.AlarmDescription}>
          {row.AlarmName}
        </b>
      ),
    },
    {
      id: "state",
      head: T.state,
      width: "calc(164rem / 13)",
      card: "end",
      sort: (a, b) => STATES.indexOf(a.StateValue) - STATES.indexOf(b.StateValue),
      cell: (row) => <StateBadge state={row.StateValue} />,
    },
    {
      id: "since",
      head: T.since,
      width: "calc(196rem / 13)",
      label: "",
      sort: (a, b) => changedAt(a) - changedAt(b),
      cell: (row) => (
        <>
          <span class="mono">{sinceText(changedAt(row), clock())}</span>{" "}
          <span class="muted small">{durationText(clock() - changedAt(row))}</span>
        </>
      ),
    },
    {
      id: "metric",
      head: T.metric,
      width: "20%",
      min: 150,
      spare: 2,
      card: "none",
      sort: (a, b) => ascending(metricText(a), metricText(b)),
      cell: (row) => <span title={metricText(row)}>{metricText(row)}</span>,
    },
    {
      id: "condition",
      head: T.condition,
      min: 200,
      label: "",
      cell: (row) => <span title={conditionText(row)}>{conditionText(row)}</span>,
    },
    {
      id: "actions",
      head: T.actions,
      width: "calc(84rem / 13)",
      spare: 1,
      card: "none",
      sort: (a, b) => Number(b.ActionsEnabled) - Number(a.ActionsEnabled),
      cell: (row) => <span class={row.ActionsEnabled ? "" : "muted"}>{row.ActionsEnabled ? T.on : T.off}</span>,
    },
  ];
  const clear = (): void => {
    setText("");
    setState(undefined);
  };
  return (
    <Page
      title={T.title}
      facts={read.stale() ? <span class="small muted">{UI.stale}</span> : undefined}
      actions={
        <Button look="primary" glyph="plus" onClick={() => navigate(NEW_ALARM_PATH)}>
          {T.create}
        </Button>
      }
      bar={
        <div class="alarms-bar">
          {/* biome-ignore lint/a11y/useSemanticElements: filters of the table below */}
          <div class="row wrap alarms-states" role="group" aria-label={T.filterState}>
            <Chip on={state() === undefined} onClick={() => setState(undefined)}>
              {T.all} <span class="muted">{countText(all().length)}</span>
            </Chip>
            <For each={STATES}>
              {(one) => (
                <Chip on={state() === one} onClick={() => setState(state() === one ? undefined : one)}>
                  {STATE_WORDS[one]} <span class="muted">{countText(count(one))}</span>
                </Chip>
              )}
            </For>
          </div>
          <TextField label={T.search} type="search" glyph="search" placeholder={T.searchHint} value={text()} onInput={setText} />
        </div>
      }
    >
      <Panel label={T.title} class="grow alarms-list">
        <ReadState read={read} rows={5}>
          {() => (
            <Table
              label={T.title}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.AlarmName}
              onOpen={(row) => navigate(alarmPath(row.AlarmName))}
              empty={
                all().length === 0 ? (
                  <Empty glyph="alarm" title={T.none} action={{ label: T.create, run: () => navigate(NEW_ALARM_PATH) }}>
                    {T.noneWhy}
                  </Empty>
                ) : (
                  <Empty glyph="search" title={T.noMatch} action={{ label: T.clear, run: clear }}>
                    {T.noMatchWhy}
                  </Empty>
                )
              }
            />
          )}
        </ReadState>
      </Panel>
    </Page>
  );
}

function metricText(alarm: Alarm): string {
  const watched = watchedOf(alarm);
  return watched === undefined ? T.math : `${watched.namespace} › ${watched.metricName}`;
}
