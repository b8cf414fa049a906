import { A, useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { busRulesPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Menu } from "../../ui/Menu.tsx";
import { ErrorNote, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { Bus, BusTotal } from "./answers.ts";
import { BusPolicyDialog } from "./BusPolicyDialog.tsx";
import { BusSource } from "./BusSource.tsx";
import { CreateBusDialog } from "./CreateBusDialog.tsx";
import { EventsNav } from "./EventsNav.tsx";
import { eventsRequest, useBuses, useEventLook } from "./event-reads.ts";
import { RequestLines } from "./RequestLines.tsx";
import { RULES as T } from "./rule-strings.ts";

interface Row extends Bus {
  readonly total: BusTotal | undefined;
}

/** The event buses of the Region: what is on each, a new one, and an end to one. */
export function BusesView(): JSX.Element {
  const navigate = useNavigate();
  const buses = useBuses();
  const totals = useEventLook<readonly BusTotal[]>("busTotals", () => ({}));
  const [isCreating, setCreating] = createSignal(false);
  const [doomed, setDoomed] = createSignal<string>();
  const [shown, setShown] = createSignal<Bus>();
  const [permitting, setPermitting] = createSignal<Bus>();
  const rows = createMemo((): readonly Row[] =>
    buses.list().map((bus) => ({ ...bus, total: totals.data()?.find((one) => one.name === bus.Name) })),
  );
  const countOf = (n: number | undefined): string => (n === undefined ? T.none : countText(n));
  const columns: readonly Column<Row>[] = [
    {
      id: "name",
      head: T.name,
      min: 170,
      card: "main",
      sort: (a, b) => (a.Name < b.Name ? -1 : 1),
      cell: (row) => (
        <A class="link med" href={busRulesPath(row.Name)}>
          {row.Name}
        </A>
      ),
    },
    { id: "rules", head: T.busRules, num: true, width: "6rem", cell: (row) => countOf(row.total?.rules) },
    { id: "events", head: T.busEvents, num: true, width: "8rem", cell: (row) => countOf(row.total?.events) },
    {
      id: "arn",
      head: T.arn,
      mono: true,
      width: "28rem",
      spare: 2,
      label: "",
      card: "none",
      cell: (row) => <span title={row.Arn}>{row.Arn}</span>,
    },
    {
      id: "made",
      head: T.busMade,
      mono: true,
      width: "12.5rem",
      spare: 1,
      isBlank: (row) => row.CreationTime === undefined,
      cell: (row) => (row.CreationTime === undefined ? <span class="muted">{T.always}</span> : stampText(row.CreationTime)),
    },
    {
      id: "actions",
      head: T.actions,
      width: "5.5rem",
      card: "end",
      cell: (row) => (
        <Menu
          label={T.busActions(row.Name)}
          look="btn ghost icon"
          align="end"
          button={<Glyph name="dots" />}
          items={[
            { id: "rules", label: T.showRules, glyph: "rule", run: () => navigate(busRulesPath(row.Name)) },
            { id: "events", label: T.showEvents, glyph: "bus", run: () => navigate(`/events?bus=${encodeURIComponent(row.Name)}`) },
            { id: "policy", label: T.busPolicyEdit, glyph: "key", run: () => setPermitting(row) },
            { id: "source", label: T.source, glyph: "terminal", run: () => setShown(row) },
            ...(row.Name === "default"
              ? []
              : [{ id: "delete", label: T.remove, glyph: "cross" as const, danger: true, run: () => setDoomed(row.Name) }]),
          ]}
        />
      ),
    },
  ];
  return (
    <Page
      title={T.buses}
      scroll
      bar={<EventsNav here="buses" />}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setCreating(true)}>
          {T.busCreate}
        </Button>
      }
    >
      <Panel title={T.buses} sub={countText(rows().length)}>
        <ReadState read={buses.read}>
          {() => (
            <Table
              label={T.buses}
              columns={columns}
              rows={rows()}
              rowKey={(row) => row.Name}
              onOpen={(row) => navigate(busRulesPath(row.Name))}
            />
          )}
        </ReadState>
      </Panel>
      <Show when={isCreating()}>
        <CreateBusDialog onClose={() => setCreating(false)} />
      </Show>
      <Show when={doomed()} keyed>
        {(name) => <DeleteBusDialog name={name} onClose={() => setDoomed(undefined)} />}
      </Show>
      <Show when={shown()} keyed>
        {(bus) => <BusSource bus={bus} onClose={() => setShown(undefined)} />}
      </Show>
      <Show when={permitting()} keyed>
        {(bus) => <BusPolicyDialog bus={bus} onClose={() => setPermitting(undefined)} />}
      </Show>
    </Page>
  );
}

function DeleteBusDialog(props: { readonly name: string; readonly onClose: () => void }): JSX.Element {
  const command = createCommand({ quiet: true, done: T.busRemoved(props.name) });
  const request = eventsRequest("DeleteEventBus", { Name: props.name });
  const remove = async (): Promise<void> => {
    if ((await command.run(request)) !== undefined) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.busRemoveTitle(props.name)}
      actions={
        <>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.remove}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <div class="col">
        <p>{T.busRemoveWhy}</p>
        <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <RequestLines requests={[request]} />
      </div>
    </Dialog>
  );
}
