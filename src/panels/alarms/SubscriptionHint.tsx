import { A } from "@solidjs/router";
import { type JSX, Show } from "solid-js";
import type { UiReply } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { ALARMS_TEXT as T } from "./strings.ts";

/** How many subscriptions a topic has, and how many of them get nothing yet. */
export interface SubscriptionNote {
  readonly all: number;
  readonly waiting: number;
}

/** More pages of 100 than this means a token that goes round in circles. */
const MOST_PAGES = 100;

/** What is to be said of a topic: undefined for what is no topic here, and while every subscription is confirmed. */
export function useSubscriptions(): (arn: string | undefined) => SubscriptionNote | undefined {
  const { api, pulse } = useClient();
  const read = createQuestion(
    () => {
      const region = pulse()?.region;
      return region === undefined ? undefined : { service: "sns", region };
    },
    async ({ service, region }) => {
      const notes = new Map<string, SubscriptionNote>();
      const topics: UiReply = await api.read({ service, operation: "ListTopics", region, input: {} });
      for (const { TopicArn } of (topics.output["Topics"] as readonly { readonly TopicArn: string }[] | undefined) ?? [])
        notes.set(TopicArn, { all: 0, waiting: 0 });
      let token: unknown;
      for (let page = 0; page < MOST_PAGES; page++) {
        const input = token === undefined ? {} : { NextToken: token };
        const { output }: UiReply = await api.read({ service, operation: "ListSubscriptions", region, input });
        interface Listed {
          readonly TopicArn: string;
          readonly SubscriptionArn: string;
        }
        for (const { TopicArn, SubscriptionArn } of (output["Subscriptions"] as readonly Listed[] | undefined) ?? []) {
          const { all, waiting } = notes.get(TopicArn) ?? { all: 0, waiting: 0 };
          notes.set(TopicArn, { all: all + 1, waiting: waiting + (SubscriptionArn.startsWith("arn:") ? 0 : 1) });
        }
        token = output["NextToken"];
        if (token === undefined) break;
      }
      return notes;
    },
    { follow: "version" },
  );
  return (arn) => {
    const note = arn === undefined ? undefined : read.data()?.get(arn);
    return note === undefined || (note.all > 0 && note.waiting === 0) ? undefined : note;
  };
}

const sentence = (note: SubscriptionNote): string => (note.all === 0 ? T.noSubscription : T.notConfirmed(note.all, note.waiting));

/** Why a mail will not arrive, and where that is mended. */
export function SubscriptionHint(props: { readonly note: SubscriptionNote | undefined }): JSX.Element {
  return (
    <Show when={props.note}>
      {(note) => (
        <p class="small subscription-hint">
          <span class="c-warn">
            <Glyph name="warnt" size="s" />
          </span>
          <span>
            {sentence(note())}{" "}
            <A class="link" href="/inbox">
              {note().all === 0 ? T.subscribeThere : T.confirmThere}
            </A>
          </span>
        </p>
      )}
    </Show>
  );
}

/** The same for a cell of a table: two words that lead to the Inbox, the sentence for who asks. */
export function SubscriptionMark(props: { readonly note: SubscriptionNote | undefined }): JSX.Element {
  return (
    <Show when={props.note}>
      {(note) => (
        <A class="link small tap subscription-mark" href="/inbox" title={sentence(note())}>
          {note().all === 0 ? T.noneShort : T.waitingShort}
          <span class="vh">. {sentence(note())}</span>
        </A>
      )}
    </Show>
  );
}
