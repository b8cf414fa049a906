import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { TrailSelectors } from "../../../workers/language/trail-selectors/tree.ts";
import { Badge } from "../../ui/Badge.tsx";
import { type ExplainNode, ExplainTree } from "../../ui/ExplainTree.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText } from "../../ui/time.ts";
import type { HistoryRow } from "../trail/history.ts";
import { whyTaken } from "./selector-text.ts";
import { TRAILS as T } from "./strings.ts";

interface Event {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly at: number | undefined;
  readonly record: Readonly<Record<string, unknown>>;
}

/** What the history never has, to try selectors of data events on. */
const DATA_EVENT: Event = {
  id: "example",
  name: "PutObject",
  source: "s3.amazonaws.com",
  at: undefined,
  record: {
    eventCategory: "Data",
    eventName: "PutObject",
    eventSource: "s3.amazonaws.com",
    eventType: "AwsApiCall",
    readOnly: false,
    resources: [{ type: "AWS::S3::Object", ARN: "arn:aws:s3:::reports/2026/march.csv" }],
  },
};

/** The last calls, each with whether the selectors take it; the chosen one selector by selector. */
export function WouldLog(props: { readonly selectors: TrailSelectors; readonly rows: readonly HistoryRow[] }): JSX.Element {
  const [chosen, setChosen] = createSignal<string>();
  const events = createMemo((): readonly Event[] => [
    ...props.rows.map((row) => ({ id: row.eventId, name: row.eventName, source: row.eventSource, at: row.eventTime, record: row.record })),
    DATA_EVENT,
  ]);
  const shown = (): Event => events().find((one) => one.id === chosen()) ?? events()[0] ?? DATA_EVENT;
  const because = createMemo(() => whyTaken(props.selectors, shown().record));
  const nodes = createMemo((): readonly ExplainNode[] =>
    because().selectors.map((one) => ({
      id: String(one.index),
      result: one.verdict ? "yes" : "no",
      pattern: one.name ?? T.selector(one.index + 1),
      value: one.reason,
      ...(one.fields === undefined
        ? {}
        : {
            children: one.fields.map((field, at) => ({
              id: `${one.index}.${at}`,
              result: field.verdict ? ("yes" as const) : field.found.length === 0 ? ("miss" as const) : ("no" as const),
              pattern: `${field.field} ${field.operator} ${field.values.join(", ")}`,
              value: field.found.join(", ") || T.none,
            })),
          }),
    })),
  );
  const columns: readonly Column<Event>[] = [
    {
      id: "verdict",
      head: T.status,
      width: "8rem",
      card: "end",
      cell: (event) => {
        const taken = whyTaken(props.selectors, event.record).verdict;
        return (
          <Badge tone={taken ? "ok" : "insuf"} glyph={taken ? "okc" : "minus"}>
            {taken ? T.logged : T.left}
          </Badge>
        );
      },
    },
    {
      id: "time",
      head: T.recordTime,
      mono: true,
      width: "9.5rem",
      label: "",
      cell: (event) => (event.at === undefined ? <span class="t2">{T.example}</span> : secondText(event.at)),
    },
    { id: "name", head: T.recordName, min: 150, card: "main", cell: (event) => <b class="med">{event.name}</b> },
    { id: "source", head: T.source, min: 120, spare: 1, label: "", cell: (event) => event.source },
  ];
  return (
    <div class="trails-would">
      <div class="trails-list">
        <Table
          label={T.wouldLog}
          columns={columns}
          rows={events()}
          rowKey={(event) => event.id}
          selected={shown().id}
          onOpen={(event) => setChosen(event.id)}
        />
      </div>
      <section class="col" aria-label={T.chosenEvent}>
        <p>
          <b class="med">{shown().name}</b> {because().reason}
        </p>
        <Show when={nodes().length > 0}>
          <ExplainTree label={T.chosenEvent} nodes={nodes()} />
        </Show>
      </section>
    </div>
  );
}
