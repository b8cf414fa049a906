import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, Show, untrack } from "solid-js";
import { useTimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { ReadState } from "../../ui/notes.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { showToast } from "../../ui/toasts.ts";
import { newAlarmPath } from "../alarms/new-alarm-link.ts";
import { automaticPeriod, dimensionsOf, drawnPeriod, type MetricName, metricKey, useCatalog, useSeries } from "./catalog.ts";
import { GraphCard } from "./GraphCard.tsx";
import { GraphEmpty } from "./GraphEmpty.tsx";
import { GraphAwsLines, GraphJson } from "./GraphSource.tsx";
import { addLine, chosenPeriod, drawOf, keepDrawn, lines, toggleMetric } from "./graph-lines.ts";
import { LinesTable } from "./LinesTable.tsx";
import { MetricBrowser } from "./MetricBrowser.tsx";
import "./metrics.css";
import { NoMetrics } from "./NoMetrics.tsx";
import { PublishDialog } from "./PublishDialog.tsx";
import { METRICS_TEXT as T } from "./strings.ts";

/** Browse metrics, draw some, read them as lines of the CLI, go on to an alarm. `?namespace=..&metric=..&dimensions=..&stat=..` draws one. */
export function MetricsPanel(): JSX.Element {
  const navigate = useNavigate();
  const [query] = useSearchParams<{ namespace?: string; metric?: string; dimensions?: string; stat?: string }>();
  const { pulse } = useClient();
  const range = useTimeRange();
  const catalog = useCatalog();
  const [tab, setTab] = createSignal("browse");
  const [isPublishing, setPublishing] = createSignal(false);
  const drawn = createMemo(() => drawnPeriod(chosenPeriod() ?? automaticPeriod(range()), range()));
  const series = useSeries(lines, range, drawn);
  const chosen = createMemo(() => new Set(lines().map(metricKey)));

  const draw = (metric: MetricName & { readonly units?: readonly string[]; readonly stat?: string }): void => {
    if (chosen().has(metricKey(metric))) return;
    if (!addLine(metric)) showToast({ severity: "warn", text: T.tooMany });
  };
  // Links of other pages lead here while the page is open, too.
  createEffect(() => {
    const { namespace, metric, dimensions, stat } = query;
    if (namespace === undefined || metric === undefined) return;
    untrack(() =>
      draw({ namespace, metricName: metric, dimensions: dimensionsOf(dimensions ?? ""), ...(stat === undefined ? {} : { stat }) }),
    );
  });
  createEffect(() => {
    const account = pulse()?.account;
    if (account !== undefined) untrack(() => drawOf(account));
  });
  createEffect(() => keepDrawn(lines(), chosenPeriod()));
  const toBrowse = (): void => {
    setTab("browse");
  };
  const only = createMemo(() => (lines().length === 1 ? lines()[0] : undefined));
  // One list for the page's life: a tab draws anew only when another is chosen.
  const items: readonly TabItem[] = [
    {
      id: "browse",
      label: T.browse,
      get count() {
        return catalog.data() === undefined ? undefined : catalog.metrics().length;
      },
      content: () => (
        <ReadState read={catalog} rows={5}>
          {() => (
            <MetricBrowser
              metrics={catalog.metrics()}
              chosen={chosen()}
              onPick={(metric) => {
                if (!toggleMetric(metric)) showToast({ severity: "warn", text: T.tooMany });
              }}
              empty={<NoMetrics onPublish={() => setPublishing(true)} />}
            />
          )}
        </ReadState>
      ),
    },
    {
      id: "lines",
      label: T.lines,
      get count() {
        return lines().length;
      },
      content: () => <LinesTable read={series} periodSeconds={drawn()} onBrowse={toBrowse} />,
    },
    {
      id: "line",
      label: T.line,
      content: () => <GraphAwsLines range={range()} periodSeconds={drawn()} onBrowse={toBrowse} />,
    },
    {
      id: "json",
      label: T.json,
      content: () => <GraphJson range={range()} periodSeconds={drawn()} onBrowse={toBrowse} />,
    },
  ];

  return (
    <Page
      title={T.title}
      actions={
        <>
          <Button glyph="plus" onClick={() => setPublishing(true)}>
            {T.publish}
          </Button>
          <Button
            look="primary"
            glyph="alarm"
            onClick={() => {
              const line = only();
              if (line === undefined) navigate("/alarms/new");
              else {
                const { namespace, metricName, dimensions, stat, unit } = line;
                navigate(
                  newAlarmPath({
                    namespace,
                    metricName,
                    dimensions,
                    stat,
                    periodSeconds: drawn(),
                    ...(unit === undefined ? {} : { unit }),
                  }),
                );
              }
            }}
          >
            {T.createAlarm}
          </Button>
        </>
      }
      class="metrics-body"
    >
      <GraphCard range={range()} read={series} drawn={drawn()} empty={<GraphEmpty metrics={catalog.metrics()} onDraw={draw} />} />
      <Panel label={T.metrics} class="grow metrics-list">
        <Tabs label={T.metrics} selected={tab()} onSelect={setTab} class="metrics-tab" items={items} />
      </Panel>
      <Show when={isPublishing()}>
        <PublishDialog open={isPublishing()} metrics={catalog.metrics()} onClose={() => setPublishing(false)} onPublished={draw} />
      </Show>
    </Page>
  );
}
