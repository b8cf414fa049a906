import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { secondText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { QUEUES as T } from "./strings.ts";

interface Message {
  readonly id: string;
  readonly MessageId: string;
  readonly body: string;
  readonly sent: number;
  readonly receives: number;
  readonly state: "visible" | "in flight" | "delayed";
}

/** What is in a queue. Looking receives nothing; `Receive one` does, as a consumer would. */
export function MessagesCard(props: { readonly url: string; readonly name: string }): JSX.Element {
  const { pulse } = useClient();
  const command = createCommand();
  const [chosen, setChosen] = createSignal<string>();
  const [body, setBody] = createSignal("");
  const view = createLook<{ readonly total: number; readonly messages: readonly Message[] }>(() => ({
    service: "sqs",
    view: "contents",
    region: pulse()?.region ?? "us-east-1",
    question: { queue: props.name, limit: 200 },
  }));
  const message = createMemo(() => view.data()?.messages.find((m) => m.id === chosen()) ?? view.data()?.messages.at(-1));
  const send = async (): Promise<void> => {
    if (body() === "") return;
    if (
      (await command.run({ service: "sqs", operation: "SendMessage", input: { QueueUrl: props.url, MessageBody: body() } })) !== undefined
    )
      setBody("");
  };
  const receive = async (): Promise<void> => {
    const reply = await command.run({
      service: "sqs",
      operation: "ReceiveMessage",
      input: { QueueUrl: props.url, MaxNumberOfMessages: 1 },
    });
    if (reply === undefined) return;
    const first = (reply.output.Messages as readonly { readonly MessageId: string }[] | undefined)?.[0];
    showToast({ severity: "info", text: first === undefined ? T.nothing : T.received(first.MessageId) });
  };
  const columns: readonly Column<Message>[] = [
    { id: "sent", head: T.sent, mono: true, width: "7rem", card: "end", sort: (a, b) => a.sent - b.sent, cell: (row) => secondText(row.sent) },
    {
      id: "state",
      head: T.state,
      width: "8rem",
      label: "",
      cell: (row) => (
        <Badge tone={row.state === "visible" ? "ok" : "info"} glyph={row.state === "visible" ? "okc" : "clock"}>
          {row.state}
        </Badge>
      ),
    },
    { id: "receives", head: T.receives, num: true, width: "7rem", cell: (row) => countText(row.receives) },
    { id: "body", head: T.body, mono: true, min: 240, card: "main", cell: (row) => <span title={row.body}>{row.body.slice(0, 300)}</span> },
  ];
  const parsed = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      return text; // not JSON: shown as the text it is
    }
  };
  return (
    <>
      <Panel
        title={T.messages(props.name)}
        sub={countText(view.data()?.total ?? 0)}
        end={
          <Button small pending={command.pending()} onClick={() => void receive()}>
            {T.receive}
          </Button>
        }
      >
        <ReadState read={view}>
          {(shown) => (
            <Table
              label={T.messages(props.name)}
              columns={columns}
              rows={shown().messages}
              rowKey={(row) => row.id}
              selected={message()?.id}
              onOpen={(row) => setChosen(row.id)}
              empty={
                <Empty glyph="queue" title={T.noMessages}>
                  {T.noMessagesWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
        <form
          class="pb row g3"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          <TextField label={T.send} mono value={body()} onInput={setBody} class="grow" />
          <Button type="submit" pending={command.pending()}>
            {T.sendButton}
          </Button>
        </form>
      </Panel>
      <Show when={message()}>
        {(shown) => (
          <Panel title={T.message} sub={shown().MessageId}>
            <JsonView label={T.body} value={parsed(shown().body)} />
          </Panel>
        )}
      </Show>
    </>
  );
}
