import { type JSX, Show } from "solid-js";
import { PinnedMinute } from "../../app/PinnedMinute.tsx";
import { isUnread } from "../../app/unread.ts";
import { onCursor } from "../../charts/row-moments.ts";
import { useClock } from "../../client/context.ts";
import type { Read } from "../../client/resource.ts";
import { Badge, Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { minuteText, secondText, shortDayText, stampText } from "../../ui/time.ts";
import type { InboxMail, InboxView } from "./mail.ts";
import { INBOX as T } from "./strings.ts";

const DAY = 86_400_000;

const MOMENTS = onCursor((row: InboxMail) => row.time);

export interface MailListProps {
  readonly read: Read<InboxView>;
  readonly mails: readonly InboxMail[];
  readonly unread: number;
  /** Only the mails of the minute that begins here are given. */
  readonly minute: number | undefined;
  readonly selected: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onAll: () => void;
  readonly onReadAll: () => void;
  readonly onNewTopic: () => void;
}

/** The mails, newest first; the unread ones have a dot and are bold. */
export function MailList(props: MailListProps): JSX.Element {
  const clock = useClock();
  const time = (at: number): string =>
    Math.floor(at / DAY) === Math.floor(clock() / DAY) ? secondText(at) : `${shortDayText(at)} ${minuteText(at)}`;
  const columns: readonly Column<InboxMail>[] = [
    {
      id: "unread",
      head: T.unreadHead,
      isHeadHidden: true,
      width: "2.2rem",
      card: "lead",
      cell: (row) => (
        <span class="mail-dot" data-unread={isUnread(row) ? "" : undefined}>
          <Show when={isUnread(row)}>
            <span class="vh">{T.unread}</span>
          </Show>
        </span>
      ),
    },
    {
      id: "subject",
      head: T.subject,
      card: "main",
      min: 330,
      cell: (row) => (
        <span class="row">
          <span class={`trunc ${isUnread(row) ? "strong" : ""}`} title={row.subject}>
            {row.subject}
          </span>
          <Show when={row.kind === "confirmation" && row.confirmed !== undefined}>
            <Badge tone={row.confirmed ? "ok" : "warn"} glyph={row.confirmed ? "okc" : "ring"}>
              {row.confirmed ? T.confirmed : T.waiting}
            </Badge>
          </Show>
        </span>
      ),
    },
    { id: "to", head: T.to, width: "13rem", spare: 1, cell: (row) => <span title={row.to}>{row.to}</span> },
    {
      id: "time",
      head: T.time,
      mono: true,
      width: "8.5rem",
      card: "end",
      sort: (a, b) => a.time - b.time,
      cell: (row) => <time title={stampText(row.time)}>{time(row.time)}</time>,
    },
  ];
  const total = (): number => props.read.data()?.total ?? 0;
  return (
    <Panel
      title={T.mails}
      class="grow inbox-list"
      sub={
        <>
          {T.count(countText(props.minute === undefined ? total() : props.mails.length), props.unread)}
          {props.minute === undefined && total() > props.mails.length ? `, ${T.newest(countText(props.mails.length))}` : ""}
        </>
      }
      end={
        <>
          <PinnedMinute />
          <Show when={props.minute}>
            {(minute) => (
              <Chip on title={T.showAll} onClick={() => props.onAll()}>
                {T.only(minuteText(minute()))}
                <Glyph name="cross" size="s" />
              </Chip>
            )}
          </Show>
          <Show when={props.unread > 0}>
            <Button small look="ghost" onClick={() => props.onReadAll()}>
              {T.markAll}
            </Button>
          </Show>
        </>
      }
    >
      <ReadState read={props.read} rows={4}>
        {() => (
          <Table
            label={T.mails}
            columns={columns}
            rows={props.mails}
            rowKey={(row) => row.id}
            moments={MOMENTS}
            selected={props.selected}
            onOpen={(row) => props.onOpen(row.id)}
            empty={
              <Show
                when={props.minute !== undefined && total() > 0}
                fallback={
                  <Empty glyph="topic" title={T.empty} action={{ label: T.newTopic, run: props.onNewTopic }}>
                    {T.emptyWhy}
                  </Empty>
                }
              >
                <Empty glyph="topic" title={T.noneThen(minuteText(props.minute ?? 0))} action={{ label: T.showAll, run: props.onAll }}>
                  {T.noneThenWhy}
                </Empty>
              </Show>
            }
          />
        )}
      </ReadState>
    </Panel>
  );
}
