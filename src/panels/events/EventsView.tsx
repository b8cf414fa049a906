import { useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on } from "solid-js";
import { minuteOf } from "../../app/moments.ts";
import { useTimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Page, type PageSide } from "../../ui/Page.tsx";
import { EventCard } from "./EventCard.tsx";
import { EventList } from "./EventList.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { useBuses, useVerdicts } from "./event-reads.ts";
import { createFilters, type Span } from "./filters.ts";
import { PutEventDialog } from "./PutEventDialog.tsx";
import type { Passed, PassedView } from "./passed.ts";
import { EVENTS as T } from "./strings.ts";

const MINUTE = 60_000;
/** Bars of the drawing; a minute each in the default hour. */
const BUCKETS = 60;
const PAGE = 100;

/** What passed the buses, over time and in a list; each event with why it is here, what every rule said, and where it went. */
export function EventsView(): JSX.Element {
  const { pulse } = useClient();
  const [query] = useSearchParams<{ minute?: string; event?: string; bus?: string }>();
  const [chosen, setChosen] = createSignal<string | undefined>(query.event);
  const [side, setSide] = createSignal<PageSide>(query.event === undefined ? "main" : "aside");
  const [isPutting, setPutting] = createSignal(false);
  const region = (): string => pulse()?.region ?? "us-east-1";
  const whole = createMemo(
    (): Span => ({
      from: Math.floor((pulse()?.start ?? 0) / MINUTE) * MINUTE,
      to: Math.ceil(((pulse()?.clock ?? 0) + 1) / MINUTE) * MINUTE,
    }),
    undefined,
    { equals: (a, b) => a.from === b.from && a.to === b.to },
  );
  const filters = createFilters(useTimeRange(), whole, query.minute, query.bus);
  createEffect(
    on(
      () => query.minute,
      (minute) => filters.set({ narrowed: minuteOf(minute) }),
      { defer: true },
    ),
  );
  const question = (span: Span, more: object) => ({
    service: "events",
    view: "passed",
    region: region(),
    question: {
      ...span,
      ...(filters.bus() === "" ? {} : { bus: filters.bus() }),
      ...(filters.source() === "" ? {} : { source: filters.source() }),
      ...(filters.type() === "" ? {} : { type: filters.type() }),
      ...(filters.text() === "" ? {} : { text: filters.text() }),
      ...more,
    },
  });
  const list = createLook<PassedView>(
    () => question(filters.span(), { limit: PAGE, ...(filters.before() === undefined ? {} : { before: filters.before() }) }),
    { follow: "version" },
  );
  const drawn = createLook<PassedView>(() => question(filters.drawn(), { limit: 1, buckets: BUCKETS }), { follow: "version" });
  createEffect(
    on(
      () => query.event,
      (wanted) => {
        setChosen(wanted);
        if (wanted !== undefined) setSide("aside");
      },
      { defer: true },
    ),
  );
  const buses = useBuses();
  // One that an address names may stand outside the list.
  const verdicts = useVerdicts(() => chosen() ?? list.data()?.events[0]?.sequence);
  const event = createMemo((): Passed | undefined => {
    const events = list.data()?.events ?? [];
    const wanted = chosen();
    if (wanted === undefined) return events[0];
    const listed = events.find((one) => one.sequence === wanted);
    if (listed !== undefined) return listed;
    const named = verdicts.stale() ? undefined : verdicts.data()?.event;
    return named === undefined ? undefined : { ...named, sequence: wanted };
  });
  return (
    <Page
      title={T.title}
      facts={<span class="muted">{T.sub}</span>}
      bar={<EventsNav here="events" />}
      actions={
        <Button glyph="plus" onClick={() => setPutting(true)}>
          {T.put}
        </Button>
      }
      mainLabel={T.passed}
      asideLabel={T.event}
      side={side()}
      onSide={setSide}
      aside={<EventCard event={event()} verdicts={verdicts} />}
    >
      <EventList
        list={list}
        drawn={drawn}
        filters={filters}
        buses={buses.list().map((one) => one.Name)}
        selected={event()?.sequence}
        onChoose={setChosen}
        onPut={() => setPutting(true)}
      />
      <PutEventDialog open={isPutting()} bus={filters.bus() || "default"} onClose={() => setPutting(false)} />
    </Page>
  );
}
