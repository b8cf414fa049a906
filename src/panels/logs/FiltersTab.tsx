import { useNavigate } from "@solidjs/router";
import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { newFilterPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import type { Read } from "../../client/resource.ts";
import { PatternText } from "../../editors/filter-pattern/PatternText.tsx";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { Empty, ErrorNote, ReadState } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import { logsRequest, type MetricFilter } from "./answers.ts";
import { ReplayForm } from "./ReplayPart.tsx";
import { useAttached } from "./reads.ts";
import { LOGS_TEXT as T } from "./strings.ts";

/** The metric filters of a group. */
export function FiltersTab(props: { readonly group: string; readonly filters: Read<readonly MetricFilter[]> }): JSX.Element {
  const navigate = useNavigate();
  const [deleting, setDeleting] = createSignal<string>();
  const rows = createMemo(() => props.filters.data() ?? []);
  const attached = useAttached(() => props.group);
  const canReplay = (): boolean => rows().length > 0 && (attached.files()?.length ?? 0) > 0;
  const edit = (filter: MetricFilter): void => {
    navigate(`${newFilterPath(props.group)}?${new URLSearchParams({ pattern: filter.filterPattern, edit: filter.filterName })}`);
  };
  const columns: readonly Column<MetricFilter>[] = [
    { id: "name", head: T.filterName, width: "13rem", cell: (filter) => <b class="med">{filter.filterName}</b> },
    { id: "pattern", head: T.pattern, mono: true, min: 160, cell: (filter) => <PatternText source={filter.filterPattern || "“”"} /> },
    {
      id: "metric",
      head: T.metricHead,
      min: 160,
      cell: (filter) => {
        const made = filter.metricTransformations[0];
        return (
          <Show when={made}>
            {(metric) => (
              <a
                class="link"
                href={`#/metrics?${new URLSearchParams({ namespace: metric().metricNamespace, metric: metric().metricName })}`}
              >
                {metric().metricNamespace} › {metric().metricName}
              </a>
            )}
          </Show>
        );
      },
    },
    {
      id: "value",
      head: T.metricValue,
      mono: true,
      width: "8rem",
      spare: 1,
      cell: (filter) => filter.metricTransformations[0]?.metricValue ?? T.none,
    },
    {
      id: "default",
      head: T.defaultValue,
      num: true,
      width: "8rem",
      spare: 2,
      cell: (filter) => filter.metricTransformations[0]?.defaultValue ?? T.none,
    },
    { id: "created", head: T.created, mono: true, width: "12.5rem", spare: 3, cell: (filter) => stampText(filter.creationTime) },
    {
      id: "actions",
      head: T.actions,
      label: "",
      width: "10.5rem",
      cell: (filter) => (
        <span class="row">
          <Button small onClick={() => edit(filter)}>
            {T.edit}
            <span class="vh"> {filter.filterName}</span>
          </Button>
          <Button small look="danger" onClick={() => setDeleting(filter.filterName)}>
            {T.delete}
            <span class="vh"> {filter.filterName}</span>
          </Button>
        </span>
      ),
    },
  ];
  const toNew = (): void => navigate(newFilterPath(props.group));
  return (
    <div class="logs-pad">
      <Panel
        title={T.tabs.filters}
        class={canReplay() ? "logs-wide" : "grow logs-wide"}
        end={
          <Button small onClick={toNew}>
            {T.createFilter}
          </Button>
        }
      >
        <ReadState read={props.filters}>
          {() => (
            <Table
              label={T.tabs.filters}
              columns={columns}
              rows={rows()}
              rowKey={(filter) => filter.filterName}
              onOpen={edit}
              empty={
                <Empty glyph="rule" title={T.filtersEmpty} action={{ label: T.createFilter, run: toNew }}>
                  {T.filtersEmptyWhy}
                </Empty>
              }
            />
          )}
        </ReadState>
      </Panel>
      <Show when={canReplay()}>
        <Panel title={T.replayFilters} sub={T.forward}>
          <div class="pb">
            <ReplayForm group={props.group} />
          </div>
        </Panel>
      </Show>
      <Show when={deleting()} keyed>
        {(name) => <DeleteFilter group={props.group} name={name} onClose={() => setDeleting(undefined)} />}
      </Show>
    </div>
  );
}

function DeleteFilter(props: { readonly group: string; readonly name: string; readonly onClose: () => void }): JSX.Element {
  const command = createCommand({ quiet: true, done: T.filterDeleted(props.name) });
  const remove = async (): Promise<void> => {
    const done = await command.run(logsRequest("DeleteMetricFilter", { logGroupName: props.group, filterName: props.name }));
    if (done !== undefined) props.onClose();
  };
  return (
    <Dialog
      open
      onClose={props.onClose}
      title={T.deleteFilterTitle(props.name)}
      actions={
        <>
          <Button look="danger" pending={command.pending()} onClick={() => void remove()}>
            {T.delete}
          </Button>
          <Button onClick={() => props.onClose()}>{T.cancel}</Button>
        </>
      }
    >
      <p>{T.deleteFilterWhy}</p>
      <Show when={command.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
    </Dialog>
  );
}
