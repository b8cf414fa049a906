import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { createRead } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { MessagesCard } from "./MessagesCard.tsx";
import { QUEUES as T } from "./strings.ts";

interface QueueRow {
  readonly url: string;
  readonly name: string;
}

/** The account's queues, and what is in the one chosen. */
export function QueuesPanel(): JSX.Element {
  const command = createCommand();
  const [chosen, setChosen] = createSignal<string>();
  const [name, setName] = createSignal("");
  const list = createRead(() => ({ service: "sqs", operation: "ListQueues", input: {} }), { follow: "version" });
  const rows = createMemo((): readonly QueueRow[] =>
    ((list.data()?.output.QueueUrls as readonly string[] | undefined) ?? []).map((url) => ({
      url,
      name: url.slice(url.lastIndexOf("/") + 1),
    })),
  );
  const queue = createMemo(() => rows().find((row) => row.url === chosen()) ?? rows()[0]);
  const create = async (): Promise<void> => {
    const made = await command.run({ service: "sqs", operation: "CreateQueue", input: { QueueName: name() } });
    if (made === undefined) return;
    setChosen(String(made.output.QueueUrl));
    setName("");
  };
  const columns: readonly Column<QueueRow>[] = [
    { id: "name", head: T.name, cell: (row) => row.name },
    {
      id: "delete",
      head: T.actions,
      num: true,
      width: "8rem",
      cell: (row) => (
        <Button
          small
          look="ghost"
          onClick={() => void command.run({ service: "sqs", operation: "DeleteQueue", input: { QueueUrl: row.url } })}
        >
          {T.remove}
        </Button>
      ),
    },
  ];
  return (
    <Page title={T.title} scroll>
      <Panel
        title={T.queues}
        end={
          <form
            class="row"
            onSubmit={(event) => {
              event.preventDefault();
              void create();
            }}
          >
            <TextField label={T.newName} mono value={name()} onInput={setName} class="inline" />
            <Button small type="submit" pending={command.pending()}>
              {T.create}
            </Button>
          </form>
        }
      >
        <ReadState read={list}>
          {() => (
            <Table
              label={T.queues}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.url}
              selected={queue()?.url}
              onOpen={(row) => setChosen(row.url)}
              empty={
                <Empty glyph="queue" title={T.empty}>
                  {T.emptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={queue()} keyed>
        {(row) => <MessagesCard url={row.url} name={row.name} />}
      </Show>
    </Page>
  );
}
