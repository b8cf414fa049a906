import { createSignal, For, type JSX, Match, Show, Switch } from "solid-js";
import { onCursor } from "../../charts/row-moments.ts";
import type { Read } from "../../client/resource.ts";
import { Chip } from "../../ui/Badge.tsx";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ReadState } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { Segmented } from "../../ui/Segmented.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText } from "../../ui/time.ts";
import type { FilterPreview, TraceSummary } from "./answers.ts";
import { PRESETS, type Preset } from "./presets.ts";
import { RequestLines } from "./RequestLines.tsx";
import { TRACES as T } from "./strings.ts";
import { lookOf, requestText, secondsText, summaryState } from "./texts.ts";
import { xrayRequest } from "./trace-reads.ts";

const MORE = 100;
type View = "list" | "json" | "line";

const MOMENTS = onCursor((trace: TraceSummary) => trace.StartTime ?? 0);

/** Traces of the range that the filter takes, newest first. */
export function TraceList(props: {
  readonly read: Read<FilterPreview>;
  /** How many of the range each preset would take. */
  readonly counts: Readonly<Partial<Record<Preset, number>>>;
  readonly filter: string;
  /** What is typed is no filter; the list still shows what `filter` takes. */
  readonly isBroken: boolean;
  readonly span: { readonly from: number; readonly to: number };
  readonly selected: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onFilter: (expression: string) => void;
  readonly onMore: () => void;
}): JSX.Element {
  const [view, setView] = createSignal<View>("list");
  const request = () =>
    xrayRequest("GetTraceSummaries", {
      StartTime: props.span.from,
      EndTime: props.span.to,
      ...(props.filter.trim() === "" ? {} : { FilterExpression: props.filter }),
    });
  return (
    <Panel
      label={T.list}
      class="traces-list"
      end={
        <Segmented
          small
          label={T.list}
          value={view()}
          options={[
            { value: "list", label: T.title },
            { value: "json", label: T.views.json },
            { value: "line", label: T.views.line },
          ]}
          onChange={setView}
        />
      }
    >
      {/* biome-ignore lint/a11y/useSemanticElements: chips that filter, no form */}
      <div class="traces-presets" role="group" aria-label={T.presets}>
        <For each={Object.keys(PRESETS) as Preset[]}>
          {(preset) => (
            <Chip
              on={props.filter.trim() === PRESETS[preset]}
              title={T.presetTitle(PRESETS[preset], countText(props.counts[preset] ?? 0))}
              onClick={() => props.onFilter(props.filter.trim() === PRESETS[preset] ? "" : PRESETS[preset])}
            >
              {T.preset[preset]} <span class="muted">{props.counts[preset] === undefined ? "" : countText(props.counts[preset])}</span>
            </Chip>
          )}
        </For>
      </div>
      <div class="traces-scroll">
        <ReadState read={props.read} rows={6}>
          {(found) => (
            <Switch>
              <Match when={view() === "list"}>
                <Table
                  label={T.list}
                  columns={COLUMNS}
                  rows={found().newest}
                  rowKey={(trace) => trace.Id ?? ""}
                  moments={MOMENTS}
                  selected={props.selected}
                  onOpen={(trace) => props.onOpen(trace.Id ?? "")}
                  empty={
                    <Empty
                      glyph="trace"
                      title={T.listEmpty}
                      children={props.isBroken ? T.listBrokenWhy : T.listEmptyWhy(found().scanned)}
                      {...(props.filter.trim() === "" ? {} : { action: { label: T.clear, run: () => props.onFilter("") } })}
                    />
                  }
                />
                <Show when={found().matched > found().newest.length}>
                  <div class="pb">
                    <Button small onClick={() => props.onMore()}>
                      {T.more(Math.min(MORE, found().matched - found().newest.length))}
                    </Button>
                  </div>
                </Show>
              </Match>
              <Match when={view() === "json"}>
                <JsonView label={T.jsonSource} value={found().newest} />
              </Match>
              <Match when={view() === "line"}>
                <div class="pb col">
                  <RequestLines requests={[request()]} />
                </div>
              </Match>
            </Switch>
          )}
        </ReadState>
      </div>
    </Panel>
  );
}

const shownId = (id: string): string => (id.length > 16 ? `${id.slice(0, 15)}…` : id);

const COLUMNS: readonly Column<TraceSummary>[] = [
  {
    id: "id",
    head: T.id,
    mono: true,
    min: 132,
    card: "fact",
    label: "",
    cell: (trace) => <span title={trace.Id}>{shownId(trace.Id ?? "")}</span>,
  },
  {
    id: "start",
    head: T.start,
    min: 84,
    label: "",
    cell: (trace) => secondText(trace.StartTime ?? 0),
    sort: (a, b) => (a.StartTime ?? 0) - (b.StartTime ?? 0),
  },
  {
    id: "time",
    head: T.time,
    num: true,
    min: 72,
    cell: (trace) => (trace.ResponseTime === undefined ? T.inProgress : secondsText(trace.ResponseTime)),
    sort: (a, b) => (a.ResponseTime ?? 0) - (b.ResponseTime ?? 0),
  },
  { id: "response", head: T.response, min: 104, card: "end", cell: (trace) => <Response trace={trace} /> },
  { id: "request", head: T.request, min: 110, spare: 1, card: "main", cell: (trace) => <span class="trunc">{requestText(trace)}</span> },
];

function Response(props: { readonly trace: TraceSummary }): JSX.Element {
  const look = () => lookOf(summaryState(props.trace), props.trace.Http?.HttpStatus);
  return (
    <span class={`row traces-response ${look().css}`}>
      <Glyph name={look().glyph} size="s" />
      {[props.trace.Http?.HttpStatus, look().word].filter((part) => part !== undefined).join(" ")}
    </span>
  );
}
