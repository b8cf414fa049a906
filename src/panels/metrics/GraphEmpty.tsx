import { createMemo, For, type JSX, Show } from "solid-js";
import { Empty } from "../../ui/notes.tsx";
import { type CatalogMetric, dimensionsText, metricKey } from "./catalog.ts";
import { METRICS_TEXT as T } from "./strings.ts";

const MOST_OFFERED = 4;

/** Nothing is drawn: the metrics with the newest datapoints, a press away; those people made before those of AWS. */
export function GraphEmpty(props: {
  readonly metrics: readonly CatalogMetric[];
  readonly onDraw: (metric: CatalogMetric) => void;
}): JSX.Element {
  const isOwn = (metric: CatalogMetric): number => Number(metric.namespace.startsWith("AWS/"));
  const offered = createMemo(() => [...props.metrics].sort((a, b) => isOwn(a) - isOwn(b) || b.last - a.last).slice(0, MOST_OFFERED));
  const name = (metric: CatalogMetric): string => {
    const dimensions = dimensionsText(metric.dimensions);
    return dimensions === "" ? metric.metricName : `${metric.metricName} · ${dimensions}`;
  };
  return (
    <Empty glyph="metrics" title={T.graphEmpty}>
      <Show when={offered().length > 0} fallback={T.graphEmptyNone}>
        {T.graphEmptyWhy}
        <span class="graph-offers">
          <For each={offered()}>
            {(metric) => (
              <button
                type="button"
                class="chip"
                data-metric={metricKey(metric)}
                title={`${metric.namespace} ${name(metric)}`}
                onClick={() => props.onDraw(metric)}
              >
                <span class="trunc">{name(metric)}</span>
              </button>
            )}
          </For>
        </span>
      </Show>
    </Empty>
  );
}
