import { A } from "@solidjs/router";
import { createMemo, For, type JSX, Show } from "solid-js";
import { alarmPath } from "../../app/paths.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createRead } from "../../client/resource.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { minuteText, secondText, shortDayText } from "../../ui/time.ts";
import { type HistoryItem, type Mail, type StoryLine, storyOf, type TrailRow } from "./story.ts";
import { HOME_TEXT as T } from "./strings.ts";

/** What happened, newest first, whatever service it happened in. */
export function StoryCard(): JSX.Element {
  const { pulse } = useClient();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const alarms = createRead(() => ({
    service: "cloudwatch",
    operation: "DescribeAlarmHistory",
    input: { HistoryItemType: "StateUpdate", MaxRecords: 20 },
  }));
  const trail = createLook<{ readonly rows: readonly TrailRow[] }>(
    () => ({
      service: "cloudtrail",
      view: "history",
      region: region(),
      question: { limit: 12, attribute: { key: "ReadOnly", value: "false" } },
    }),
    { follow: "version", onceInUse: true },
  );
  const inbox = createLook<{ readonly mails: readonly Mail[] }>(
    () => ({ service: "sns", view: "inbox", region: region(), question: { limit: 8 } }),
    { follow: "version", onceInUse: true },
  );
  /** On the day that the account's clock stands in, where the date says nothing new. */
  const isToday = (ms: number): boolean => shortDayText(ms) === shortDayText(pulse()?.clock ?? ms);
  const lines = createMemo((): readonly StoryLine[] =>
    storyOf(
      (alarms.data()?.output.AlarmHistoryItems as readonly HistoryItem[] | undefined) ?? [],
      trail.data()?.rows ?? [],
      inbox.data()?.mails ?? [],
      alarmPath,
    ),
  );
  return (
    <Panel title={T.story} sub={T.storySub} class="story">
      <Show
        when={lines().length > 0}
        fallback={
          <Empty glyph="clock" title={T.storyEmpty}>
            {T.storyEmptyWhy}
          </Empty>
        }
      >
        <ol class="pb story-list">
          <For each={lines()}>
            {(line) => (
              <li>
                <time class="mono small muted">
                  {isToday(line.at) ? secondText(line.at) : `${shortDayText(line.at)} ${minuteText(line.at)}`}
                </time>
                <span class={line.hue}>
                  <Glyph name={line.glyph} />
                </span>
                <A class="grow trunc" href={line.path} title={line.text}>
                  {line.text}
                </A>
              </li>
            )}
          </For>
        </ol>
      </Show>
    </Panel>
  );
}
