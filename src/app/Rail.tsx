import { A, useLocation } from "@solidjs/router";
import { type Accessor, For, type JSX, Show } from "solid-js";
import { useClient } from "../client/context.ts";
import { createRead } from "../client/resource.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { FOOT, GROUPS, HOME, type PageId, type PageInfo, pageOf } from "./pages.ts";
import { APP } from "./strings.ts";
import { useUnreadCount } from "./unread.ts";

export type RailCounts = Accessor<Partial<Record<PageId, number>>>;

/** Numbers beside the rail's names; a number that could not be read is not shown. */
export function useRailCounts(): RailCounts {
  const { pulse } = useClient();
  const isReady = (): boolean => pulse() !== undefined;
  const groups = createRead(() => (isReady() ? { service: "logs", operation: "DescribeLogGroups", input: {} } : undefined), {
    follow: "version",
  });
  const queues = createRead(() => (isReady() ? { service: "sqs", operation: "ListQueues", input: {} } : undefined), { follow: "version" });
  const unread = useUnreadCount();
  const length = (list: unknown): number | undefined => (Array.isArray(list) ? list.length : undefined);
  return () => {
    const logs = length(groups.data()?.output["logGroups"]);
    const sqs = length(queues.data()?.output["QueueUrls"]);
    return { ...(logs === undefined ? {} : { logs }), ...(sqs === undefined ? {} : { queues: sqs }), inbox: unread() };
  };
}

/** The services, AWS's names in AWS's order; alarms in red with a bell. */
export function Rail(): JSX.Element {
  const { pulse } = useClient();
  const counts = useRailCounts();
  const inAlarm = (): number => pulse()?.alarmsInAlarm ?? 0;
  return (
    <nav class="rail" aria-label={APP.services}>
      <RailItem page={HOME} />
      <For each={GROUPS}>
        {(group) => (
          <>
            <h3 title={group.label}>
              <i class={group.hue} />
              <span>{group.label}</span>
            </h3>
            <For each={group.pages}>
              {(page) => (
                <RailItem page={page}>
                  <Show
                    when={page.id === "alarms"}
                    fallback={
                      <Show when={counts()[page.id]}>
                        <span class="n">
                          {counts()[page.id]}
                          <Show when={page.id === "inbox"}>
                            <span class="vh"> {APP.unread}</span>
                          </Show>
                        </span>
                      </Show>
                    }
                  >
                    <Show when={inAlarm() > 0}>
                      <span class="n hot">
                        <Glyph name="alarm" size="s" />
                        {inAlarm()}
                        <span class="vh">in alarm</span>
                      </span>
                    </Show>
                  </Show>
                </RailItem>
              )}
            </For>
          </>
        )}
      </For>
      <div class="foot">
        <For each={FOOT}>{(page) => <RailItem page={page} />}</For>
      </div>
    </nav>
  );
}

function RailItem(props: { readonly page: PageInfo; readonly children?: JSX.Element }): JSX.Element {
  const location = useLocation();
  const isHere = (): boolean => pageOf(location.pathname)?.id === props.page.id;
  return (
    <A class="rail-item" href={props.page.path} aria-current={isHere() ? "page" : undefined} title={props.page.label}>
      <Glyph name={props.page.glyph} />
      <span class="rail-label">{props.page.label}</span>
      {props.children}
    </A>
  );
}
