import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { useHistory } from "./alarm-reads.ts";
import type { HistoryItem } from "./answers.ts";
import { SubscriptionMark, type SubscriptionNote, useSubscriptions } from "./SubscriptionHint.tsx";
import { ALARMS_TEXT as T } from "./strings.ts";

interface Row extends HistoryItem {
  readonly key: string;
}

const columns = (
  onWhy: () => ((at: number) => void) | undefined,
  noteOf: (row: Row) => SubscriptionNote | undefined,
): readonly Column<Row>[] => [
  {
    id: "date",
    head: T.date,
    width: "calc(168rem / 13)",
    label: "",
    mono: true,
    sort: (a, b) => a.Timestamp - b.Timestamp,
    cell: (row) => stampText(row.Timestamp),
  },
  { id: "type", head: T.type, width: "calc(168rem / 13)", label: "", cell: (row) => T.types[row.HistoryItemType] ?? row.HistoryItemType },
  {
    id: "summary",
    head: T.summary,
    min: 220,
    card: "main",
    cell: (row) => <span title={row.HistorySummary}>{row.HistorySummary}</span>,
  },
  {
    id: "why",
    head: T.why,
    width: "calc(112rem / 13)",
    card: "end",
    cell: (row) => (
      <Show when={row.HistoryItemType === "StateUpdate" ? onWhy() : undefined} fallback={<SubscriptionMark note={noteOf(row)} />}>
        {(show) => (
          <Button small look="ghost" onClick={() => show()(row.Timestamp)}>
            {T.why}
            <span class="vh"> {stampText(row.Timestamp)}</span>
          </Button>
        )}
      </Show>
    ),
  },
];

/** What happened to the alarm, newest first; a row opens AWS's own record. */
export function AlarmHistory(props: {
  readonly read: ReturnType<typeof useHistory>;
  readonly onWhy?: ((at: number) => void) | undefined;
}): JSX.Element {
  const subscriptions = useSubscriptions();
  const shown = columns(
    () => props.onWhy,
    (row) => (row.HistoryItemType === "Action" ? subscriptions(/arn:\S+:sns:\S+/.exec(row.HistorySummary)?.[0]) : undefined),
  );
  const [type, setType] = createSignal("");
  const [open, setOpen] = createSignal<Row>();
  const rows = createMemo(() =>
    props.read
      .items()
      .map((item, at): Row => ({ ...item, key: `${item.Timestamp} ${at}` }))
      .filter((item) => type() === "" || item.HistoryItemType === type()),
  );
  return (
    <>
      <div class="pb alarm-history-bar">
        <Segmented
          small
          label={T.type}
          value={type()}
          options={[{ value: "", label: T.allTypes }, ...Object.entries(T.types).map(([value, label]) => ({ value, label }))]}
          onChange={setType}
        />
      </div>
      <ReadState read={props.read} rows={4}>
        {() => (
          <Table
            label={T.history}
            columns={shown}
            rows={rows()}
            rowKey={(row) => row.key}
            onOpen={setOpen}
            tight
            empty={
              <Empty glyph="trail" title={T.noHistory} action={{ label: T.toAll, run: () => setType("") }}>
                {T.noHistoryWhy}
              </Empty>
            }
          />
        )}
      </ReadState>
      <Show when={props.read.data()?.output["NextToken"] !== undefined}>
        <p class="pb small muted">{T.moreHistory(props.read.items().length)}</p>
      </Show>
      <Dialog open={open() !== undefined} onClose={() => setOpen(undefined)} title={open()?.HistorySummary ?? ""} wide>
        <JsonView label={T.history} value={recorded(open()?.HistoryData)} />
      </Dialog>
    </>
  );
}

function recorded(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return text; // history data are JSON by AWS's word; whatever else stands there is shown as it is
  }
}
