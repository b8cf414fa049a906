import { createSignal, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import type { Read } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { secondText, stampText } from "../../ui/time.ts";
import { showToast } from "../../ui/toasts.ts";
import { SubscribeDialog } from "../inbox/SubscribeDialog.tsx";
import type { Contents, Message, QueueRow } from "./queue-views.ts";
import { QUEUES as T } from "./strings.ts";

const COLUMNS: readonly Column<Message>[] = [
  {
    id: "sent",
    head: T.sent,
    mono: true,
    width: "8rem",
    card: "end",
    sort: (a, b) => a.sent - b.sent,
    cell: (row) => <time title={stampText(row.sent)}>{secondText(row.sent)}</time>,
  },
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
  { id: "receives", head: T.receives, num: true, width: "9.5rem", spare: 1, cell: (row) => countText(row.receives) },
  { id: "body", head: T.body, mono: true, min: 220, card: "main", cell: (row) => <span class="queue-line">{row.body.slice(0, 300)}</span> },
];

/** What is in a queue. Looking receives nothing; `Receive one` does, as a consumer would. */
export function MessagesCard(props: {
  readonly queue: QueueRow;
  readonly read: Read<Contents>;
  readonly selected: string | undefined;
  readonly onChoose: (id: string) => void;
}): JSX.Element {
  const command = createCommand();
  const [body, setBody] = createSignal("");
  const [isSubscribing, setSubscribing] = createSignal(false);
  const request = (operation: string, input: object) => ({ service: "sqs", operation, input: { QueueUrl: props.queue.url, ...input } });
  const send = async (): Promise<void> => {
    if (body() === "" || (await command.run(request("SendMessage", { MessageBody: body() }))) === undefined) return;
    setBody("");
    showToast({ severity: "ok", text: T.sentDone });
  };
  const receive = async (): Promise<void> => {
    const reply = await command.run(request("ReceiveMessage", { MaxNumberOfMessages: 1 }));
    if (reply === undefined) return;
    const first = (reply.output.Messages as readonly { readonly MessageId: string; readonly ReceiptHandle: string }[] | undefined)?.[0];
    if (first === undefined) {
      showToast({ severity: "info", text: T.nothing });
      return;
    }
    const done = async (): Promise<void> => {
      if ((await command.run(request("DeleteMessage", { ReceiptHandle: first.ReceiptHandle }))) !== undefined)
        showToast({ severity: "ok", text: T.deletedIt });
    };
    showToast({ severity: "info", text: T.received(first.MessageId), action: { label: T.deleteIt, run: () => void done() } });
  };
  return (
    <Panel
      title={T.messages(props.queue.name)}
      sub={countText(props.read.data()?.total ?? 0)}
      class="grow"
      end={
        <>
          <Button small onClick={() => setSubscribing(true)}>
            {T.subscribe}
          </Button>
          <Button small pending={command.pending()} onClick={() => void receive()}>
            {T.receive}
          </Button>
        </>
      }
    >
      <ReadState read={props.read}>
        {(view) => (
          <Table
            label={T.messages(props.queue.name)}
            columns={COLUMNS}
            rows={view().messages}
            rowKey={(row) => row.id}
            selected={props.selected}
            onOpen={(row) => props.onChoose(row.id)}
            empty={
              <Empty glyph="queue" title={T.noMessages}>
                {T.noMessagesWhy}
              </Empty>
            }
          />
        )}
      </ReadState>
      <form
        class="pb row g3 rule-t queue-send"
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
      <Show when={isSubscribing()}>
        <SubscribeDialog queueArn={props.queue.arn} onClose={() => setSubscribing(false)} />
      </Show>
    </Panel>
  );
}
