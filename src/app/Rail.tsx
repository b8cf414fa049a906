import { useLocation } from "@solidjs/router";
import { type Accessor, createMemo, createRenderEffect, type JSX, onCleanup, onMount, Show } from "solid-js";
import { insert } from "solid-js/web";
import { useClient } from "../client/context.ts";
import { createRead } from "../client/resource.ts";
import { Glyph } from "../ui/Glyph.tsx";
import { takeRail } from "./first-paint.ts";
import { PAGES, type PageId, pageOf } from "./pages.ts";
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
  const queues = createRead(() => (isReady() ? { service: "sqs", operation: "ListQueues", input: {} } : undefined), {
    follow: "version",
    onceInUse: true,
  });
  const unread = useUnreadCount();
  const length = (list: unknown): number | undefined => (Array.isArray(list) ? list.length : undefined);
  return () => {
    const logs = length(groups.data()?.output["logGroups"]);
    const sqs = length(queues.data()?.output["QueueUrls"]);
    return { ...(logs === undefined ? {} : { logs }), ...(sqs === undefined ? {} : { queues: sqs }), inbox: unread() };
  };
}

/**
 * The services, AWS's names in AWS's order; alarms in red with a bell. The links stand in the page before its scripts do
 * (`first-paint.ts`); here they learn where the page is and what there is to count.
 */
export function Rail(): JSX.Element {
  const { pulse } = useClient();
  const location = useLocation();
  const counts = useRailCounts();
  const inAlarm = (): number => pulse()?.alarmsInAlarm ?? 0;
  const here = createMemo(() => pageOf(location.pathname)?.id);
  const rail = takeRail();
  for (const { id, path } of PAGES) {
    const link = rail.querySelector(`a[href="#${path}"]`);
    if (link === null) throw new Error(`The rail has no link to ${path}.`);
    createRenderEffect(() => {
      if (here() === id) link.setAttribute("aria-current", "page");
      else link.removeAttribute("aria-current");
    });
    if (id === "alarms") insert(link, <AlarmCount count={inAlarm()} />, null);
    else insert(link, <Count count={counts()[id]} isUnread={id === "inbox"} />, null);
  }
  const place = document.createComment("rail");
  onMount(() => moveTo(place, rail));
  onCleanup(() => rail.remove());
  return place;
}

/** Before `place`. An element that is taken out and put back loses the focus; one that is moved does not. */
function moveTo(place: Comment, element: HTMLElement): void {
  const parent = place.parentNode as ParentNode & Node & { moveBefore?: (node: Node, before: Node) => void };
  if (element.isConnected && parent.moveBefore !== undefined) parent.moveBefore(element, place);
  else parent.insertBefore(element, place);
}

function AlarmCount(props: { readonly count: number }): JSX.Element {
  return (
    <Show when={props.count > 0}>
      <span class="n hot">
        <Glyph name="alarm" size="s" />
        {props.count}
        <span class="vh">in alarm</span>
      </span>
    </Show>
  );
}

function Count(props: { readonly count: number | undefined; readonly isUnread: boolean }): JSX.Element {
  return (
    <Show when={props.count}>
      <span class="n">
        {props.count}
        <Show when={props.isUnread}>
          <span class="vh"> {APP.unread}</span>
        </Show>
      </span>
    </Show>
  );
}
