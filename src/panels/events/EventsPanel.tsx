import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook, createRead } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText, stampText } from "../../ui/time.ts";
import { PutEventCard } from "./PutEventCard.tsx";
import { EVENTS as T } from "./strings.ts";

interface Envelope {
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}
interface Passed {
  readonly sequence: string;
  readonly at: number;
  readonly envelope: Envelope;
}
interface PassedView {
  readonly events: readonly Passed[];
  readonly next?: string;
  readonly kept: number;
  readonly dropped: number;
}

/** What an event is about, short: the name at the end of its first resource, else a name in its detail. */
const aboutOf = ({ resources, detail }: Envelope): string => {
  const first = resources[0];
  return first === undefined ? String(detail.alarmName ?? "") : first.slice(first.lastIndexOf(":") + 1);
};

/** The default bus: what passed, newest first, each event in full, and a way to put one. */
export function EventsPanel(): JSX.Element {
  const { pulse } = useClient();
  const [source, setSource] = createSignal("");
  const [before, setBefore] = createSignal<string>();
  const [chosen, setChosen] = createSignal<string>();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const view = createLook<PassedView>(
    () => ({
      service: "events",
      view: "passed",
      region: region(),
      question: { limit: 100, ...(source() === "" ? {} : { source: source() }), ...(before() === undefined ? {} : { before: before() }) },
    }),
    { follow: "version" },
  );
  const buses = createRead(() => ({ service: "events", operation: "ListEventBuses", input: {} }), { follow: "version" });
  const busArn = (): string => (buses.data()?.output.EventBuses as readonly { readonly Arn: string }[] | undefined)?.[0]?.Arn ?? "";
  const sources = createMemo(() =>
    [...new Set((view.data()?.events ?? []).map((e) => e.envelope.source)), ...(source() === "" ? [] : [source()])].filter(
      (s, i, all) => all.indexOf(s) === i,
    ),
  );
  const event = createMemo(() => view.data()?.events.find((e) => e.sequence === chosen()) ?? view.data()?.events[0]);
  const columns: readonly Column<Passed>[] = [
    { id: "time", head: T.time, mono: true, width: "8rem", cell: (row) => <time title={stampText(row.at)}>{secondText(row.at)}</time> },
    { id: "source", head: T.source, mono: true, width: "12rem", cell: (row) => row.envelope.source },
    { id: "type", head: T.type, cell: (row) => row.envelope["detail-type"] },
    { id: "about", head: T.about, cell: (row) => aboutOf(row.envelope) },
  ];
  return (
    <Page title={T.bus} facts={<span class="muted">{T.sub}</span>} aside={<PutEventCard />} mainLabel={T.passed} asideLabel={T.put} scroll>
      <Panel
        title={T.passed}
        sub={T.kept(countText(view.data()?.kept ?? 0), view.data()?.dropped ?? 0)}
        end={
          <Select
            label={T.filter}
            value={source()}
            class="inline"
            options={[{ value: "", label: T.any }, ...sources().map((s) => ({ value: s, label: s }))]}
            onChange={(value) => {
              setBefore(undefined);
              setSource(value);
            }}
          />
        }
      >
        <ReadState read={view}>
          {(shown) => (
            <>
              <Table
                label={T.passed}
                columns={columns}
                rows={shown().events}
                rowKey={(row) => row.sequence}
                selected={event()?.sequence}
                onOpen={(row) => setChosen(row.sequence)}
                empty={
                  <Empty glyph="bus" title={T.empty}>
                    {T.emptyWhy}
                  </Empty>
                }
              />
              <Show when={shown().next}>
                {(next) => (
                  <div class="pb">
                    <Button small onClick={() => setBefore(next())}>
                      {T.older}
                    </Button>
                  </div>
                )}
              </Show>
            </>
          )}
        </ReadState>
      </Panel>
      <Show when={event()}>
        {(shown) => (
          <Panel title={shown().envelope["detail-type"]} sub={busArn()}>
            <JsonView label={T.event} value={shown().envelope} />
          </Panel>
        )}
      </Show>
    </Page>
  );
}
