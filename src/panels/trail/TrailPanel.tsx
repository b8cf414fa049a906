import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { useClient } from "../../client/context.ts";
import { createLook } from "../../client/resource.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { stampText } from "../../ui/time.ts";
import { RecordCard } from "./RecordCard.tsx";
import { ATTRIBUTES, TRAIL as T } from "./strings.ts";
import "./trail.css";
import type { HistoryRow, HistoryView } from "./history.ts";
import { WhyNotCard } from "./WhyNotCard.tsx";

const PAGE = 50;

/** CloudTrail's event history: one attribute, a text, newest first; the record beside it; and why a call is not here. */
export function TrailPanel(): JSX.Element {
  const { pulse } = useClient();
  const [attribute, setAttribute] = createSignal<string>("ReadOnly");
  const [value, setValue] = createSignal("false");
  const [text, setText] = createSignal("");
  const [offset, setOffset] = createSignal(0);
  const [chosen, setChosen] = createSignal<string>();
  const region = (): string => pulse()?.region ?? "us-east-1";
  const view = createLook<HistoryView>(
    () => ({
      service: "cloudtrail",
      view: "history",
      region: region(),
      question: {
        limit: PAGE,
        offset: offset(),
        ...(value() === "" ? {} : { attribute: { key: attribute(), value: value() } }),
        ...(text() === "" ? {} : { text: text() }),
      },
    }),
    { follow: "version" },
  );
  const row = createMemo(() => view.data()?.rows.find((r) => r.eventId === chosen()) ?? view.data()?.rows[0]);
  const restart = (change: () => void): void => {
    setOffset(0);
    change();
  };
  const columns: readonly Column<HistoryRow>[] = [
    {
      id: "name",
      head: T.eventName,
      cell: (r) => (
        <span class="row">
          <b class="med trunc">{r.eventName}</b>
          <Show when={r.errorCode !== ""}>
            <Badge tone="alarm" glyph="deny">
              {r.errorCode}
            </Badge>
          </Show>
        </span>
      ),
    },
    {
      id: "time",
      head: T.eventTime,
      mono: true,
      width: "12rem",
      sort: (a, b) => a.eventTime - b.eventTime,
      cell: (r) => stampText(r.eventTime),
    },
    { id: "user", head: T.userName, width: "9rem", cell: (r) => r.userName || T.none },
    { id: "source", head: T.eventSource, width: "13rem", cell: (r) => r.eventSource },
    { id: "resource", head: T.resource, cell: (r) => r.resourceName || T.none },
  ];
  return (
    <Page
      title={T.title}
      facts={<span class="muted">{T.sub(view.data()?.days ?? 90)}</span>}
      mainLabel={T.history}
      asideLabel={T.record}
      aside={
        <>
          <Show
            when={row()}
            fallback={
              <Panel title={T.record}>
                <Empty glyph="trail" title={T.choose} />
              </Panel>
            }
          >
            {(shown) => <RecordCard row={shown()} />}
          </Show>
          <WhyNotCard />
        </>
      }
      scroll
    >
      <Panel title={T.history} sub={T.more(countText(view.data()?.rows.length ?? 0), countText(view.data()?.total ?? 0))}>
        <div class="pb trail-filters">
          <Select
            label={T.attribute}
            value={attribute()}
            options={ATTRIBUTES.map((name) => ({ value: name as string, label: name }))}
            onChange={(name) =>
              restart(() => {
                setAttribute(name);
                setValue(name === "ReadOnly" ? "false" : "");
              })
            }
          />
          <Show
            when={attribute() === "ReadOnly"}
            fallback={<TextField label={T.value} mono value={value()} onInput={(v) => restart(() => setValue(v))} />}
          >
            <Select
              label={T.value}
              value={value()}
              options={[
                { value: "false", label: "false" },
                { value: "true", label: "true" },
                { value: "", label: T.readOnlyAll },
              ]}
              onChange={(v) => restart(() => setValue(v))}
            />
          </Show>
          <TextField label={T.text} type="search" glyph="search" value={text()} onInput={(v) => restart(() => setText(v))} />
        </div>
        <ReadState read={view}>
          {(shown) => (
            <Table
              label={T.history}
              columns={columns}
              rows={shown().rows}
              rowKey={(r) => r.eventId}
              selected={row()?.eventId}
              onOpen={(r) => setChosen(r.eventId)}
              empty={
                <Empty glyph="trail" title={T.empty} action={{ label: T.showReads, run: () => restart(() => setValue("")) }}>
                  {T.emptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
        <Show when={(view.data()?.total ?? 0) > PAGE}>
          <div class="pb row">
            <Button small disabled={offset() === 0} onClick={() => setOffset((o) => Math.max(0, o - PAGE))}>
              {T.newer}
            </Button>
            <Button small disabled={offset() + PAGE >= (view.data()?.total ?? 0)} onClick={() => setOffset((o) => o + PAGE)}>
              {T.older}
            </Button>
          </div>
        </Show>
      </Panel>
    </Page>
  );
}
