import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Callout, Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText, stampText } from "../../ui/time.ts";
import "./inbox.css";
import { MailView } from "./MailView.tsx";
import type { InboxMail, InboxView } from "./mail.ts";
import { INBOX as T } from "./strings.ts";
import { TopicsCard } from "./TopicsCard.tsx";

/** Mails of the account, the one chosen, and the topics behind them. */
export function InboxPanel(): JSX.Element {
  const { pulse } = useClient();
  const confirming = createCommand({ done: T.confirmDone });
  const [chosen, setChosen] = createSignal<string>();
  const inbox = createLook<InboxView>(
    () => ({ service: "sns", view: "inbox", region: pulse()?.region ?? "us-east-1", question: { limit: 200 } }),
    { follow: "version" },
  );
  const mail = createMemo((): InboxMail | undefined => {
    const mails = inbox.data()?.mails ?? [];
    return mails.find((m) => m.id === chosen()) ?? mails[0];
  });
  const confirm = (wanted: { readonly TopicArn: string; readonly token?: string }): void => {
    void confirming.run({ service: "sns", operation: "ConfirmSubscription", input: { TopicArn: wanted.TopicArn, Token: wanted.token } });
  };
  const columns: readonly Column<InboxMail>[] = [
    {
      id: "time",
      head: T.time,
      mono: true,
      width: "9.5rem",
      sort: (a, b) => a.time - b.time,
      cell: (row) => <time title={stampText(row.time)}>{secondText(row.time)}</time>,
    },
    {
      id: "subject",
      head: T.subject,
      cell: (row) => (
        <span class="row">
          <span class="trunc">{row.subject}</span>
          <Show when={row.kind === "confirmation"}>
            <Badge tone={row.confirmed ? "ok" : "warn"} glyph={row.confirmed ? "okc" : "ring"}>
              {row.confirmed ? T.confirmed : T.waiting}
            </Badge>
          </Show>
        </span>
      ),
    },
    { id: "to", head: T.to, width: "14rem", cell: (row) => row.to },
  ];
  return (
    <Page
      title={T.title}
      facts={<span class="muted">{T.sub}</span>}
      asideLabel={T.topics}
      mainLabel={T.mails}
      aside={<TopicsCard />}
      scroll
    >
      <For each={inbox.data()?.pending ?? []}>
        {(waiting) => (
          <Callout tone="warn">
            {waiting.sentence}{" "}
            <button type="button" class="link med" onClick={() => confirm(waiting)}>
              {T.confirm}
            </button>
          </Callout>
        )}
      </For>
      <Panel title={T.mails} sub={countText(inbox.data()?.total ?? 0)}>
        <ReadState read={inbox}>
          {(view) => (
            <Table
              label={T.mails}
              columns={columns}
              rows={view().mails}
              rowKey={(row) => row.id}
              selected={mail()?.id}
              onOpen={(row) => setChosen(row.id)}
              empty={
                <Empty glyph="topic" title={T.empty}>
                  {T.emptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={mail()}>{(shown) => <MailView mail={shown()} pending={confirming.pending()} onConfirm={() => confirm(shown())} />}</Show>
    </Page>
  );
}
