import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { alarmPath, NEW_ALARM_PATH } from "../../app/paths.ts";
import { useTimeRange } from "../../app/time-range.ts";
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
import { durationText, stampText } from "../../ui/time.ts";
import { useAlarms, useOverview } from "./alarm-reads.ts";
import type { Alarm } from "./answers.ts";
import { conditionText, shortRuleText, watchedText } from "./condition.ts";
import { ascending } from "./draft.ts";
import { shortArn } from "./form-words.ts";
import { StateStrip } from "./StateStrip.tsx";
import { shortSinceText } from "./since.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

const STATES: readonly AlarmState[] = ["ALARM", "INSUFFICIENT_DATA", "OK"];
const changedAt = (alarm: Alarm): number => alarm.StateTransitionedTimestamp ?? alarm.StateUpdatedTimestamp;

/** Every alarm of the Region: what it watches, how it stands and since when. */
export function AlarmList(): JSX.Element {
  const navigate = useNavigate();
  const clock = useClock();
  const read = useAlarms();
  const range = useTimeRange();
  const overview = useOverview(range);
  const [state, setState] = createSignal<AlarmState>();
  const [text, setText] = createSignal("");
  const all = (): readonly Alarm[] => read.data() ?? [];
  const count = (one: AlarmState): number => all().filter((alarm) => alarm.StateValue === one).length;
  const rows = createMemo(() => {
    const words = text().toLowerCase().split(/\s+/).filter(Boolean);
    return all().filter((alarm) => {
      if (state() !== undefined && alarm.StateValue !== state()) return false;
      const said = `${alarm.AlarmName} ${watchedText(alarm)} ${alarm.AlarmDescription ?? ""}`.toLowerCase();
      return words.every((word) => said.includes(word));
    });
  });
  const byName = createMemo(() => new Map((overview.data() ?? []).map((row) => [row.alarmName, row])));
  const columns: readonly Column<Alarm>[] = [
    {
      id: "name",
      head: T.name,
      width: "18%",
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
      width: "calc(156rem / 13)",
      card: "end",
      sort: (a, b) => STATES.indexOf(a.StateValue) - STATES.indexOf(b.StateValue),
      cell: (row) => <StateBadge state={row.StateValue} />,
    },
    {
      id: "strip",
      get head() {
        return T.last(durationText(range().to - range().from));
      },
      width: "calc(124rem / 13)",
      spare: 3,
      card: "none",
      cell: (row) => <StateStrip from={range().from} to={range().to} spans={byName().get(row.AlarmName)?.spans ?? []} />,
    },
    {
      id: "since",
      head: T.since,
      width: "calc(190rem / 13)",
      label: "",
      sort: (a, b) => changedAt(a) - changedAt(b),
      cell: (row) => (
        <Show
          when={byName().get(row.AlarmName)?.isEvaluated !== false}
          fallback={
            <span class="c-warn med" title={T.notEvaluatedWhy}>
              {T.notEvaluated}
            </span>
          }
        >
          <span class="mono" title={stampText(changedAt(row))}>
            {shortSinceText(changedAt(row), clock())}
          </span>{" "}
          <span class="muted small">{durationText(clock() - changedAt(row))}</span>
        </Show>
      ),
    },
    {
      id: "metric",
      head: T.watches,
      min: 170,
      label: "",
      sort: (a, b) => ascending(watchedText(a), watchedText(b)),
      cell: (row) => <span title={watchedText(row)}>{watchedText(row)}</span>,
    },
    {
      id: "condition",
      head: T.condition,
      width: "calc(206rem / 13)",
      label: "",
      cell: (row) => <span title={conditionText(row)}>{shortRuleText(row) ?? row.ComparisonOperator}</span>,
    },
    {
      id: "actions",
      head: T.actions,
      width: "calc(96rem / 13)",
      spare: 1,
      card: "none",
      sort: (a, b) => ascending(actionsText(a), actionsText(b)),
      cell: (row) => (
        <span class={row.ActionsEnabled && actionsText(row) !== T.noActions ? "" : "muted"} title={actionsOf(row).join("\n")}>
          {actionsText(row)}
        </span>
      ),
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

const actionsOf = (alarm: Alarm): readonly string[] => [
  ...new Set([...(alarm.AlarmActions ?? []), ...(alarm.OKActions ?? []), ...(alarm.InsufficientDataActions ?? [])]),
];

/** Off; none; else who is told, by the name at the end of the ARN. */
function actionsText(alarm: Alarm): string {
  const names = actionsOf(alarm).map(shortArn);
  if (names.length === 0) return T.noActions;
  return alarm.ActionsEnabled ? names.join(", ") : T.off;
}
