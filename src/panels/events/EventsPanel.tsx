import { useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { useTimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { createLook, createRead } from "../../client/resource.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { CopyButton } from "../../ui/CopyButton.tsx";
import { Page } from "../../ui/Page.tsx";
import { EventCard } from "./EventCard.tsx";
import { EventList } from "./EventList.tsx";
import "./events.css";
import { minuteOf } from "../../app/moments.ts";
import { createFilters, type Span } from "./filters.ts";
import { PutEventDialog } from "./PutEventDialog.tsx";
import type { Passed, PassedView } from "./passed.ts";
import { EVENTS as T } from "./strings.ts";

const MINUTE = 60_000;
/** Bars of the drawing; a minute each in the default hour. */
const BUCKETS = 60;
const PAGE = 100;

/** The default bus: what passed over time and in a list, each event with why it is here, and a way to put one. */
export function EventsPanel(): JSX.Element {
  const { pulse } = useClient();
  const [query] = useSearchParams<{ minute?: string }>();
  const [chosen, setChosen] = createSignal<string>();
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
  const filters = createFilters(useTimeRange(), whole, query.minute);
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
  const buses = createRead(() => ({ service: "events", operation: "ListEventBuses", input: {} }), { follow: "version" });
  const busArn = (): string => (buses.data()?.output.EventBuses as readonly { readonly Arn: string }[] | undefined)?.[0]?.Arn ?? "";
  const event = createMemo((): Passed | undefined => {
    const events = list.data()?.events ?? [];
    return events.find((one) => one.sequence === chosen()) ?? events[0];
  });
  return (
    <Page
      title={T.bus}
      facts={
        <>
          <Chip>{T.kind}</Chip>
          <Show when={busArn()}>
            {(arn) => (
              <span class="row events-arn">
                <span class="mono muted trunc" title={arn()}>
                  {arn()}
                </span>
                <CopyButton text={arn()} label={T.arn} inline />
              </span>
            )}
          </Show>
        </>
      }
      actions={
        <Button glyph="plus" onClick={() => setPutting(true)}>
          {T.put}
        </Button>
      }
      mainLabel={T.passed}
      asideLabel={T.event}
      aside={<EventCard event={event()} />}
    >
      <EventList
        list={list}
        drawn={drawn}
        filters={filters}
        selected={event()?.sequence}
        onChoose={setChosen}
        onPut={() => setPutting(true)}
      />
      <PutEventDialog open={isPutting()} onClose={() => setPutting(false)} />
    </Page>
  );
}
