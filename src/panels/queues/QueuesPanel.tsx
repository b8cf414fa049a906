import { useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Page } from "../../ui/Page.tsx";
import { CreateQueueDialog } from "./CreateQueueDialog.tsx";
import { MessageCard } from "./MessageCard.tsx";
import { MessagesCard } from "./MessagesCard.tsx";
import { QueueList } from "./QueueList.tsx";
import type { Contents, QueueRow } from "./queue-views.ts";
import "./queues.css";
import { QUEUES as T } from "./strings.ts";

const MOST = 200;

/** The account's queues, what is in the one chosen, and the message chosen of those. */
export function QueuesPanel(): JSX.Element {
  const { pulse } = useClient();
  const [query] = useSearchParams<{ queue?: string }>();
  const [chosen, setChosen] = createSignal<string | undefined>(query.queue);
  const [message, setMessage] = createSignal<string>();
  const [isCreating, setCreating] = createSignal(false);
  const region = (): string => pulse()?.region ?? "us-east-1";
  createEffect(
    on(
      () => query.queue,
      (name) => setChosen(name),
      { defer: true },
    ),
  );
  const list = createLook<{ readonly queues: readonly QueueRow[] }>(() => ({ service: "sqs", view: "overview", region: region() }));
  const queue = createMemo(() => {
    const all = list.data()?.queues ?? [];
    return all.find((row) => row.name === chosen()) ?? all[0];
  });
  const contents = createLook<Contents>(() => {
    const name = queue()?.name;
    return name === undefined ? undefined : { service: "sqs", view: "contents", region: region(), question: { queue: name, limit: MOST } };
  });
  const shown = createMemo(() => {
    const all = contents.data()?.messages ?? [];
    return all.find((one) => one.id === message()) ?? all.at(-1);
  });
  return (
    <Page
      title={T.title}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.create}
        </Button>
      }
      mainLabel={T.queues}
      asideLabel={T.message}
      aside={<MessageCard message={shown()} />}
    >
      <QueueList
        read={list}
        selected={queue()?.name}
        onChoose={(name) => {
          setMessage(undefined);
          setChosen(name);
        }}
        onCreate={() => setCreating(true)}
      />
      <Show when={queue()}>{(row) => <MessagesCard queue={row()} read={contents} selected={shown()?.id} onChoose={setMessage} />}</Show>
      <Show when={isCreating()}>
        <CreateQueueDialog onClose={() => setCreating(false)} onCreated={(name) => setChosen(name)} />
      </Show>
    </Page>
  );
}
