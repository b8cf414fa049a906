import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { OperationFidelity } from "../../../workers/api.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { Badge, Chip } from "../../ui/Badge.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { Select } from "../../ui/Select.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { FIDELITY } from "./strings.ts";

type Show3 = "built" | "all" | "missing";
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const columns: readonly Column<OperationFidelity>[] = [
  {
    id: "service",
    head: FIDELITY.service,
    width: "16%",
    min: 110,
    label: "",
    mono: true,
    sort: (a, b) => ascending(a.service, b.service),
    cell: (row) => row.service,
  },
  {
    id: "operation",
    head: FIDELITY.operation,
    width: "40%",
    min: 230,
    card: "main",
    mono: true,
    sort: (a, b) => ascending(a.operation, b.operation),
    cell: (row) => row.operation,
  },
  {
    id: "state",
    head: FIDELITY.state,
    width: "16%",
    min: 110,
    card: "end",
    sort: (a, b) => Number(b.built) - Number(a.built),
    cell: (row) => (
      <Show
        when={row.built}
        fallback={
          <span class="muted row">
            <Badge tone="insuf" glyph="ring">
              {FIDELITY.missing}
            </Badge>
          </span>
        }
      >
        <Badge tone="ok" glyph="okc">
          {FIDELITY.built}
        </Badge>
      </Show>
    ),
  },
  {
    id: "trail",
    head: FIDELITY.trail,
    min: 200,
    label: "",
    isBlank: (row) => row.trail === undefined,
    cell: (row) => <span class="t2">{row.trail === undefined ? "" : (FIDELITY.trails[row.trail] ?? row.trail)}</span>,
  },
];

/** Every operation the models know, and whether it is built. */
export function FidelityPanel(): JSX.Element {
  const { api } = useClient();
  const [text, setText] = createSignal("");
  const [service, setService] = createSignal("");
  const [show, setShow] = createSignal<Show3>("built");
  const read = createQuestion(
    () => ({ service: "fidelity" }),
    () => api.fidelity(),
    { follow: "question" },
  );
  const all = (): readonly OperationFidelity[] => read.data() ?? [];
  const services = createMemo(() => [...new Set(all().map((row) => row.service))].sort(ascending));
  const rows = createMemo(() => {
    const wanted = text().trim().toLowerCase();
    return all().filter(
      (row) =>
        (service() === "" || row.service === service()) &&
        (show() === "all" || row.built === (show() === "built")) &&
        (wanted === "" || `${row.service} ${row.operation}`.toLowerCase().includes(wanted)),
    );
  });
  return (
    <Page
      title={FIDELITY.title}
      facts={
        <Show when={all().length > 0}>
          <Chip>{FIDELITY.lead(countText(all().filter((row) => row.built).length), countText(all().length))}</Chip>
        </Show>
      }
      bar={
        <div class="fidelity-bar">
          <TextField label={FIDELITY.search} value={text()} onInput={setText} glyph="search" type="search" />
          <Select
            label={FIDELITY.service}
            value={service()}
            onChange={setService}
            options={[{ value: "", label: FIDELITY.all }, ...services().map((one) => ({ value: one, label: one }))]}
          />
          <div class="field">
            <span class="lab">{FIDELITY.show}</span>
            <Segmented label={FIDELITY.show} value={show()} options={FIDELITY.shows} onChange={setShow} />
          </div>
          <p class="small muted fidelity-why">{FIDELITY.why}</p>
        </div>
      }
    >
      <Panel label={FIDELITY.title} class="grow">
        <ReadState read={read} rows={8}>
          {() => (
            <Table
              label={FIDELITY.title}
              columns={columns}
              rows={rows()}
              rowKey={(row) => `${row.service} ${row.operation}`}
              empty={
                <Empty
                  glyph="fidelity"
                  title={FIDELITY.none}
                  action={{
                    label: FIDELITY.clear,
                    run: () => {
                      setText("");
                      setService("");
                      setShow("all");
                    },
                  }}
                >
                  {FIDELITY.noneWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
    </Page>
  );
}
