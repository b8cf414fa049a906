import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty } from "../../ui/notes.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TRAILS as T } from "./strings.ts";

type Json = Readonly<Record<string, unknown>>;
interface Row {
  readonly id: string;
  readonly record: Json;
}

const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
const userOf = (record: Json): string => {
  const who = (record["userIdentity"] ?? {}) as Json;
  return text(who["userName"] ?? who["invokedBy"] ?? text(who["arn"]).split("/").at(-1));
};

/** Records of a log file as rows, the chosen one as JSON below. */
export function RecordsPart(props: { readonly records: readonly Json[] }): JSX.Element {
  const [chosen, setChosen] = createSignal("0");
  const rows = createMemo((): readonly Row[] => props.records.map((record, at) => ({ id: String(at), record })));
  const shown = (): Row | undefined => rows().find(({ id }) => id === chosen()) ?? rows()[0];
  const columns: readonly Column<Row>[] = [
    {
      id: "time",
      head: T.recordTime,
      mono: true,
      width: "12.5rem",
      label: "",
      spare: 1,
      cell: ({ record }) => text(record["eventTime"]).replace("T", " ").replace("Z", ""),
    },
    { id: "name", head: T.recordName, min: 130, card: "main", cell: ({ record }) => <b class="med">{text(record["eventName"])}</b> },
    { id: "user", head: T.recordUser, min: 80, label: "", cell: ({ record }) => userOf(record) || T.none },
    {
      id: "error",
      head: T.recordError,
      min: 90,
      label: "",
      isBlank: ({ record }) => record["errorCode"] === undefined,
      cell: ({ record }) => (
        <span class={record["errorCode"] === undefined ? "muted" : "c-alarm"}>{text(record["errorCode"]) || T.none}</span>
      ),
    },
  ];
  return (
    <Show when={rows().length > 0} fallback={<Empty glyph="store" title={T.noEvents} />}>
      <div class="trails-list">
        <Table
          label={T.records}
          columns={columns}
          rows={rows()}
          rowKey={(row) => row.id}
          selected={shown()?.id}
          onOpen={(row) => setChosen(row.id)}
        />
      </div>
      <Show when={shown()}>{(row) => <JsonView label={T.record} value={row().record} />}</Show>
    </Show>
  );
}
