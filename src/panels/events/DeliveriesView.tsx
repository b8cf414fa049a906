import { useNavigate, useSearchParams } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { RULES_PATH } from "../../app/paths.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { plural } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import type { DeliveryStatus } from "./answers.ts";
import { DeliveryCard } from "./DeliveryCard.tsx";
import { DeliveryTable } from "./DeliveryTable.tsx";
import { DELIVERIES as T } from "./delivery-strings.ts";
import { EventsNav } from "./EventsNav.tsx";
import { useBuses, useDeliveries, useFlow } from "./event-reads.ts";

const PAGE = 100;
const STATUSES = Object.keys(T.words) as DeliveryStatus[];

type Query = { bus?: string; rule?: string; status?: string; event?: string; delivery?: string };

/** Every delivery: filtered by bus, rule, status or event; with all attempts and what was sent. */
export function DeliveriesView(): JSX.Element {
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams<Query>();
  const [before, setBefore] = createSignal<string>();
  const buses = useBuses();
  const flow = useFlow(() => ({ bus: query.bus ?? "default", from: 0, to: 0 }));
  const filter = createMemo(() => {
    const { bus, rule, status, event } = query;
    return {
      ...(bus === undefined ? {} : { bus }),
      ...(rule === undefined ? {} : { rule }),
      ...(status === undefined ? {} : { status }),
      ...(event === undefined ? {} : { eventId: event }),
    };
  });
  const read = useDeliveries(() => ({ ...filter(), limit: PAGE, ...(before() === undefined ? {} : { before: before() }) }));
  // One that an address names and that stands on another page of the list.
  const named = useDeliveries(() => (query.delivery === undefined ? undefined : { sequence: query.delivery }));
  const chosen = createMemo(() => {
    const listed = read.data()?.deliveries ?? [];
    if (query.delivery === undefined) return listed[0];
    return listed.find((one) => one.sequence === query.delivery) ?? named.data()?.deliveries[0] ?? listed[0];
  });
  const change = (part: Query): void => {
    setBefore(undefined);
    setQuery({ delivery: undefined, ...part }, { replace: true });
  };
  const isFiltered = (): boolean => Object.keys(filter()).length > 0;
  const clear = (): void => change({ bus: undefined, rule: undefined, status: undefined, event: undefined } as unknown as Query);
  const choices = (any: string, names: readonly string[], now: string | undefined) => [
    { value: "", label: any },
    ...[...names, ...(now === undefined || names.includes(now) ? [] : [now])].map((name) => ({ value: name, label: name })),
  ];
  const given = (value: string): string | undefined => (value === "" ? undefined : value);
  return (
    <Page
      title={T.title}
      facts={<span class="muted">{T.sub}</span>}
      bar={<EventsNav here="deliveries" />}
      mainLabel={T.title}
      asideLabel={T.delivery}
      aside={<DeliveryCard delivery={chosen()} />}
    >
      <Panel title={T.title} sub={plural(read.data()?.total ?? 0, "delivery", "deliveries")} class="grow">
        <div class="pb events-filters">
          <Select
            label={T.bus}
            value={query.bus ?? ""}
            options={choices(
              T.anyBus,
              buses.list().map((one) => one.Name),
              query.bus,
            )}
            onChange={(bus) => change({ bus: given(bus), rule: undefined } as Query)}
          />
          <Select
            label={T.rule}
            value={query.rule ?? ""}
            options={choices(
              T.anyRule,
              (flow.data()?.rules ?? []).map((one) => one.name),
              query.rule,
            )}
            onChange={(rule) => change({ rule: given(rule) } as Query)}
          />
          <Select
            label={T.status}
            value={query.status ?? ""}
            options={[{ value: "", label: T.anyStatus }, ...STATUSES.map((value) => ({ value: value as string, label: T.words[value] }))]}
            onChange={(status) => change({ status: given(status) } as Query)}
          />
          <Show when={query.event}>
            {(id) => (
              <Chip on title={id()} onClick={() => change({ event: undefined } as unknown as Query)}>
                {T.only(T.oneEvent)}
                <Glyph name="cross" size="s" />
              </Chip>
            )}
          </Show>
        </div>
        <ReadState read={read} rows={6}>
          {(view) => (
            <DeliveryTable
              deliveries={view().deliveries}
              selected={chosen()?.sequence}
              onOpen={(delivery) => setQuery({ delivery: delivery.sequence }, { replace: true })}
              empty={
                <Show
                  when={isFiltered()}
                  fallback={
                    <Empty glyph="queue" title={T.empty} action={{ label: T.toRules, run: () => navigate(RULES_PATH) }}>
                      {T.emptyWhy}
                    </Empty>
                  }
                >
                  <Empty glyph="search" title={T.noneFits} action={{ label: T.clear, run: clear }}>
                    {T.noneFitsWhy}
                  </Empty>
                </Show>
              }
            />
          )}
        </ReadState>
        <Show when={read.data()?.next !== undefined || before() !== undefined}>
          <div class="pb row rule-t">
            <Button small disabled={before() === undefined} onClick={() => setBefore(undefined)}>
              {T.newest}
            </Button>
            <Button small disabled={read.data()?.next === undefined} onClick={() => setBefore(read.data()?.next)}>
              {T.older}
            </Button>
          </div>
        </Show>
      </Panel>
    </Page>
  );
}
