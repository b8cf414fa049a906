import { createSignal, type JSX } from "solid-js";
import { createCommand } from "../../client/command.ts";
import type { Read } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { UI } from "../../ui/strings.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { QueueRow } from "./queue-views.ts";
import { QUEUES as T } from "./strings.ts";

/** Nothing where it is not known: a list that was denied is no empty one. */
const countOf = (read: Read<{ readonly queues: readonly QueueRow[] }>): string => {
  const queues = read.error() === undefined ? read.data()?.queues : undefined;
  return queues === undefined ? "" : countText(queues.length);
};

/** All queues, each with what is in it. */
export function QueueList(props: {
  readonly read: Read<{ readonly queues: readonly QueueRow[] }>;
  readonly selected: string | undefined;
  readonly onChoose: (name: string) => void;
  readonly onCreate: () => void;
}): JSX.Element {
  const command = createCommand();
  const [doomed, setDoomed] = createSignal<QueueRow>();
  const remove = (queue: QueueRow): void => {
    setDoomed(undefined);
    void command.run({ service: "sqs", operation: "DeleteQueue", input: { QueueUrl: queue.url } });
  };
  const columns: readonly Column<QueueRow>[] = [
    {
      id: "name",
      head: T.name,
      min: 200,
      sort: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
      cell: (row) => (
        <b class="med" title={row.arn}>
          {row.name}
        </b>
      ),
    },
    {
      id: "visible",
      head: T.visible,
      num: true,
      width: "7rem",
      sort: (a, b) => a.visible - b.visible,
      cell: (row) => countText(row.visible),
    },
    { id: "flight", head: T.inFlight, num: true, width: "7rem", cell: (row) => countText(row.inFlight) },
    {
      id: "delayed",
      head: T.delayed,
      num: true,
      width: "7rem",
      spare: 1,
      isBlank: (row) => row.delayed === 0,
      cell: (row) => countText(row.delayed),
    },
    { id: "created", head: T.createdHead, mono: true, width: "12.5rem", spare: 2, card: "none", cell: (row) => stampText(row.created) },
    {
      id: "actions",
      head: T.actions,
      width: "5.5rem",
      card: "end",
      cell: (row) => (
        <Menu
          label={T.actionsOf(row.name)}
          look="btn ghost icon"
          align="end"
          button={<Glyph name="dots" />}
          items={[{ id: "delete", label: T.remove, glyph: "cross", danger: true, run: () => setDoomed(row) }]}
        />
      ),
    },
  ];
  return (
    <Panel title={T.queues} sub={countOf(props.read)} class="queue-list">
      <ReadState read={props.read}>
        {(view) => (
          <Table
            label={T.queues}
            columns={columns}
            rows={view().queues}
            rowKey={(row) => row.name}
            selected={props.selected}
            onOpen={(row) => props.onChoose(row.name)}
            empty={
              <Empty glyph="queue" title={T.empty} action={{ label: T.create, run: props.onCreate }}>
                {T.emptyWhy}
              </Empty>
            }
          />
        )}
      </ReadState>
      <Dialog
        open={doomed() !== undefined}
        onClose={() => setDoomed(undefined)}
        title={T.removeTitle(doomed()?.name ?? "")}
        actions={
          <>
            <Button onClick={() => setDoomed(undefined)}>{UI.cancel}</Button>
            <Button look="danger" onClick={() => remove(doomed() as QueueRow)}>
              {T.remove}
            </Button>
          </>
        }
      >
        <p>{T.removeWhy}</p>
      </Dialog>
    </Panel>
  );
}
