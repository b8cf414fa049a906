import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, For, type JSX, Show, untrack } from "solid-js";
import { minuteOf } from "../../app/moments.ts";
import { isUnread, markRead } from "../../app/unread.ts";
import { createCommand } from "../../client/command.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { useUnder } from "../../ui/media.ts";
import { Callout } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { PHONE } from "../../ui/widths.ts";
import { NewTopicDialog } from "../alarms/NewTopicDialog.tsx";
import "./inbox.css";
import { MailList } from "./MailList.tsx";
import { MailView } from "./MailView.tsx";
import type { InboxMail, InboxView } from "./mail.ts";
import { INBOX as T } from "./strings.ts";
import { TopicsCard } from "./TopicsCard.tsx";

/** Mails of the account, the one chosen, and the topics behind them. */
export function InboxPanel(): JSX.Element {
  const { pulse } = useClient();
  const navigate = useNavigate();
  const isPhone = useUnder(PHONE);
  const [query] = useSearchParams<{ minute?: string }>();
  const confirming = createCommand({ done: T.confirmDone });
  const [chosen, setChosen] = createSignal<string>();
  const [isCreating, setCreating] = createSignal(false);
  const inbox = createLook<InboxView>(
    () => ({ service: "sns", view: "inbox", region: pulse()?.region ?? "us-east-1", question: { limit: 200 } }),
    { follow: "version" },
  );
  const minute = createMemo(() => minuteOf(query.minute));
  const mails = createMemo((): readonly InboxMail[] => {
    const [all, only] = [inbox.data()?.mails ?? [], minute()];
    return only === undefined ? all : all.filter((mail) => mail.time >= only.from && mail.time <= only.to);
  });
  // Beside the list the newest stands open at first; what comes later waits in the list. A phone shows the list alone.
  createEffect(() => {
    const newest = mails()[0];
    if (newest !== undefined && !isPhone() && untrack(chosen) === undefined) setChosen(newest.id);
  });
  const mail = createMemo(() => mails().find((one) => one.id === chosen()) ?? (isPhone() ? undefined : mails()[0]));
  createEffect(() => {
    const shown = mail();
    if (shown !== undefined) untrack(() => markRead([shown]));
  });
  const unread = createMemo(() => mails().filter(isUnread).length);
  const confirm = (wanted: { readonly TopicArn: string; readonly token?: string }): void => {
    void confirming.run({ service: "sns", operation: "ConfirmSubscription", input: { TopicArn: wanted.TopicArn, Token: wanted.token } });
  };
  const isListShown = (): boolean => !isPhone() || mail() === undefined;
  return (
    <Page
      title={T.title}
      facts={<span class="muted inbox-sub">{T.sub}</span>}
      actions={
        <Button glyph="plus" onClick={() => setCreating(true)}>
          {T.newTopic}
        </Button>
      }
      asideLabel={T.topics}
      mainLabel={T.mails}
      aside={<TopicsCard />}
    >
      <Show when={isListShown()}>
        <For each={inbox.data()?.pending ?? []}>
          {(waiting) => (
            <Callout tone="warn">
              <div class="row wrap inbox-pending">
                <span class="grow">{waiting.sentence}</span>
                <Button small pending={confirming.pending()} onClick={() => confirm(waiting)}>
                  {T.confirm}
                </Button>
              </div>
            </Callout>
          )}
        </For>
        <MailList
          read={inbox}
          mails={mails()}
          unread={unread()}
          minute={minute()?.from}
          selected={mail()?.id}
          onOpen={setChosen}
          onAll={() => navigate("/inbox")}
          onReadAll={() => markRead(mails())}
          onNewTopic={() => setCreating(true)}
        />
      </Show>
      <Show when={mail()}>
        {(shown) => (
          <MailView
            mail={shown()}
            pending={confirming.pending()}
            onConfirm={() => confirm(shown())}
            {...(isPhone() ? { onBack: () => setChosen(undefined) } : {})}
          />
        )}
      </Show>
      <Show when={isCreating()}>
        <NewTopicDialog onClose={() => setCreating(false)} onCreated={() => undefined} />
      </Show>
    </Page>
  );
}
