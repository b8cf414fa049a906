import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { Chip } from "../../ui/Badge.tsx";
import { Empty } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { TextField } from "../../ui/TextField.tsx";
import { stampText } from "../../ui/time.ts";
import { type CatalogMetric, dimensionsText, metricKey } from "./catalog.ts";
import { METRICS_TEXT as T } from "./strings.ts";

const AT_MOST = 300;
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export interface MetricBrowserProps {
  readonly metrics: readonly CatalogMetric[];
  /** Keys of those that are drawn; with it each row has a box. */
  readonly chosen?: ReadonlySet<string>;
  readonly onPick: (metric: CatalogMetric) => void;
  /** What stands here when there is no metric at all. */
  readonly empty: JSX.Element;
}

/** Namespaces as chips, then the metrics with their dimensions; every word of the search must occur. */
export function MetricBrowser(props: MetricBrowserProps): JSX.Element {
  const [text, setText] = createSignal("");
  const [namespace, setNamespace] = createSignal("");
  const namespaces = createMemo(() => {
    const counts = new Map<string, number>();
    for (const metric of props.metrics) counts.set(metric.namespace, (counts.get(metric.namespace) ?? 0) + 1);
    return [...counts].sort(([a], [b]) => Number(a.startsWith("AWS/")) - Number(b.startsWith("AWS/")) || ascending(a, b));
  });
  const found = createMemo(() => {
    const words = text().toLowerCase().split(/\s+/).filter(Boolean);
    return props.metrics.filter((metric) => {
      if (namespace() !== "" && metric.namespace !== namespace()) return false;
      const all = `${metric.namespace} ${metric.metricName} ${dimensionsText(metric.dimensions)}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
  });
  const isChosen = (metric: CatalogMetric): boolean => props.chosen?.has(metricKey(metric)) ?? false;
  const columns = createMemo((): readonly Column<CatalogMetric>[] => [
    ...(props.chosen === undefined
      ? []
      : [
          {
            id: "on",
            head: T.drawn,
            width: "calc(64rem / 13)",
            card: "lead" as const,
            cell: (row: CatalogMetric) => (
              <label class="tick">
                <input
                  type="checkbox"
                  checked={isChosen(row)}
                  aria-label={T.draw(`${row.metricName} ${dimensionsText(row.dimensions)}`.trim())}
                  onChange={() => props.onPick(row)}
                />
              </label>
            ),
          },
        ]),
    {
      id: "metric",
      head: T.metric,
      width: "26%",
      min: 180,
      card: "main",
      sort: (a, b) => ascending(a.metricName, b.metricName),
      cell: (row) => <b class="med">{row.metricName}</b>,
    },
    {
      id: "dimensions",
      head: T.dimensions,
      min: 170,
      label: "",
      isBlank: (row) => row.dimensions.length === 0,
      sort: (a, b) => ascending(dimensionsText(a.dimensions), dimensionsText(b.dimensions)),
      cell: (row) => (
        <span class="mono" title={dimensionsText(row.dimensions)}>
          {row.dimensions.length === 0 ? "–" : dimensionsText(row.dimensions)}
        </span>
      ),
    },
    {
      id: "namespace",
      head: T.namespace,
      width: "20%",
      min: 110,
      label: "",
      sort: (a, b) => ascending(a.namespace, b.namespace),
      cell: (row) => <span class="t2">{row.namespace}</span>,
    },
    {
      id: "samples",
      head: T.samples,
      width: "calc(88rem / 13)",
      spare: 1,
      num: true,
      sort: (a, b) => a.samples - b.samples,
      cell: (row) => countText(row.samples),
    },
    {
      id: "last",
      head: T.lastPoint,
      width: "calc(160rem / 13)",
      spare: 2,
      label: "",
      mono: true,
      sort: (a, b) => a.last - b.last,
      cell: (row) => (Number.isFinite(row.last) ? stampText(row.last) : "–"),
    },
  ]);
  return (
    <Show when={props.metrics.length > 0} fallback={props.empty}>
      <div class="mbrowse">
        <div class="mbrowse-bar">
          <TextField
            class="grow"
            label={T.search}
            placeholder={T.searchHint}
            type="search"
            glyph="search"
            value={text()}
            onInput={setText}
          />
        </div>
        {/* biome-ignore lint/a11y/useSemanticElements: filters of the table below */}
        <div class="mbrowse-chips" role="group" aria-label={T.namespaces}>
          <Chip on={namespace() === ""} onClick={() => setNamespace("")}>
            {T.allNamespaces} <span class="muted">{countText(props.metrics.length)}</span>
          </Chip>
          <For each={namespaces()}>
            {([name, count]) => (
              <Chip on={namespace() === name} onClick={() => setNamespace(namespace() === name ? "" : name)}>
                {name} <span class="muted">{countText(count)}</span>
              </Chip>
            )}
          </For>
        </div>
        <Table
          label={T.metrics}
          columns={columns()}
          rows={found().slice(0, AT_MOST)}
          rowKey={metricKey}
          onOpen={(row) => props.onPick(row)}
          tight
          empty={
            <Empty
              glyph="search"
              title={T.noMatch}
              action={{
                label: T.clearSearch,
                run: () => {
                  setText("");
                  setNamespace("");
                },
              }}
            >
              {T.noMatchWhy}
            </Empty>
          }
        />
        <Show when={found().length > AT_MOST}>
          <p class="small muted mbrowse-more">{T.more(countText(AT_MOST), countText(found().length))}</p>
        </Show>
      </div>
    </Show>
  );
}
