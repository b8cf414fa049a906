import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { TimeRange } from "../../app/time-range.ts";
import { cursorTime } from "../../charts/cursor.ts";
import type { ChartMarker, ChartSeries } from "../../charts/series.ts";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { useClock } from "../../client/context.ts";
import { useMarkers } from "../../client/markers.ts";
import { Button } from "../../ui/Button.tsx";
import { Empty, ErrorNote } from "../../ui/notes.tsx";
import { valueText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { StateBand } from "../../ui/StateBand.tsx";
import { UI } from "../../ui/strings.ts";
import { durationText } from "../../ui/time.ts";
import { drawnPeriod, periodText, pointsOf, useSeries, wantedKey } from "../metrics/catalog.ts";
import { AlarmLegend, type AlarmSpan, bandSpans } from "./AlarmLegend.tsx";
import type { AlarmInput, Evaluation, Timeline, WhatIf } from "./answers.ts";
import { watchedText } from "./condition.ts";
import { COMPARISONS, watchedOf } from "./draft.ts";
import { ALARMS_TEXT as T } from "./strings.ts";

export interface AlarmChartProps {
  readonly input: AlarmInput;
  readonly range: TimeRange;
  readonly timeline?: Timeline | undefined;
  readonly whatIf?: WhatIf | undefined;
  readonly evaluation?: Evaluation | undefined;
  /** A datapoint was chosen: the start of its period. */
  readonly onPick?: (start: number) => void;
}

/** More squares than this would be one violet line. */
const MOST_GAPS = 120;
const CONTEXT = new Set(["deploy", "fault", "traffic"]);

/** The metric with threshold and verdicts, the states below it on the same axis. */
export function AlarmChart(props: AlarmChartProps): JSX.Element {
  const clock = useClock();
  const [isTable, setTable] = createSignal(false);
  const watched = createMemo(() => watchedOf(props.input), undefined, { equals: (a, b) => JSON.stringify(a) === JSON.stringify(b) });
  const wanted = createMemo(() => {
    const metric = watched();
    return metric === undefined ? [] : [metric];
  });
  const drawn = createMemo(() => drawnPeriod(watched()?.periodSeconds ?? 60, props.range));
  const read = useSeries(wanted, () => props.range, drawn);
  const markers = useMarkers(() => ({ from: props.range.from, to: props.range.to }));
  const comparison = () => COMPARISONS[props.input.ComparisonOperator ?? ""];
  const breaches = createMemo(() => {
    const [holds, threshold] = [comparison()?.holds, props.input.Threshold];
    return holds === undefined || threshold === undefined ? undefined : (value: number): boolean => holds(value, threshold);
  });
  const minute = createMemo(() => Math.floor(clock() / 10_000) * 10_000);
  const series = createMemo((): readonly ChartSeries[] => {
    const metric = watched();
    if (metric === undefined) return [];
    const columns = read.data()?.get(wantedKey(metric));
    const { times, values, missing } = pointsOf(columns, metric.stat, minute());
    const shownGaps = missing.filter((at) => at >= props.range.from);
    const isBreaching = breaches();
    return [
      {
        id: "metric",
        label: metric.stat,
        times,
        values,
        stepMs: columns?.period ?? drawn() * 1000,
        colour: 1,
        missing: shownGaps.length > MOST_GAPS ? [] : shownGaps,
        ...(isBreaching === undefined ? {} : { isBreaching }),
        ...(columns === undefined || columns.unit === "None" ? {} : { unit: columns.unit }),
      },
    ];
  });
  const threshold = createMemo(() => {
    const [sign, value] = [comparison()?.sign, props.input.Threshold];
    return sign === undefined || value === undefined ? undefined : { value, label: T.threshold(valueText(value), sign) };
  });
  const bands = createMemo(() => {
    const evaluation = props.evaluation;
    const [first, last] = [evaluation?.slots[0], evaluation?.slots.at(-1)];
    if (evaluation === undefined || first === undefined || last === undefined) return [];
    const length = evaluation.periodSeconds * evaluation.slots.length;
    return [{ from: first.start, to: last.start + evaluation.periodSeconds * 1000, label: T.range(durationText(length * 1000)) }];
  });
  const marks = createMemo((): readonly ChartMarker[] => [
    ...(markers.data() ?? []).filter((one) => CONTEXT.has(one.kind)),
    ...(props.timeline?.transitions ?? []).flatMap(({ at, to }): ChartMarker[] =>
      to === "ALARM" ? [{ at, kind: "alarm", text: to }] : [],
    ),
    ...(props.timeline?.configurations ?? [])
      .filter(({ at }) => at >= props.range.from && at <= props.range.to)
      .map(({ at, summary }): ChartMarker => ({ at, kind: "command", text: summary.endsWith("created") ? T.created : T.changed })),
  ]);
  const rows = createMemo(() => {
    const all: { label: string; spans: readonly AlarmSpan[]; dashed?: boolean }[] = [];
    if (props.timeline !== undefined) all.push({ label: T.stateRow, spans: bandSpans(props.timeline.spans) });
    if (props.whatIf !== undefined) all.push({ label: T.whatIfRow, spans: bandSpans(props.whatIf.spans), dashed: true });
    return all;
  });
  const isBlank = (): boolean => read.data() !== undefined && !read.stale() && (series()[0]?.times.length ?? 0) === 0;
  return (
    <Panel
      title={watched()?.metricName ?? T.graph}
      label={T.graph}
      class="alarm-graph"
      sub={
        <Show when={watched()}>
          {(metric) => (
            <>
              {metric().namespace} · {metric().stat} · {periodText(metric().periodSeconds)}
              <Show when={drawn() !== metric().periodSeconds}> · {T.coarser(periodText(drawn()))}</Show>
              <Show when={isBlank()}> · {T.noData}</Show>
              <Show when={read.stale()}> · {UI.stale}</Show>
            </>
          )}
        </Show>
      }
      end={
        <Show when={watched()}>
          <AlarmLegend />
          <Button small look="ghost" pressed={isTable()} onClick={() => setTable(!isTable())}>
            {T.table}
          </Button>
        </Show>
      }
    >
      <Show
        when={watched()}
        fallback={
          <Show
            when={(props.input.Metrics ?? []).length > 0}
            fallback={
              <Empty glyph="metrics" title={T.noMetric}>
                {T.noMetricWhy}
              </Empty>
            }
          >
            <Empty glyph="metrics" title={watchedText(props.input)}>
              {T.notDrawn}
            </Empty>
          </Show>
        }
      >
        <Show when={read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={read.again} />}</Show>
        <div class="alarm-chart">
          <div class="alarm-plot">
            <TimeChart
              title={`${watched()?.metricName}, ${watched()?.stat}`}
              from={props.range.from}
              to={Math.max(props.range.to, props.range.from + 60_000)}
              series={series()}
              threshold={threshold()}
              bands={bands()}
              markers={marks()}
              legend={false}
              table={isTable()}
              onPick={(start) => props.onPick?.(start)}
            />
          </div>
          <Show when={rows().length > 0}>
            <StateBand
              from={props.range.from}
              to={Math.max(props.range.to, props.range.from + 60_000)}
              rows={rows()}
              cursor={cursorTime()}
            />
          </Show>
        </div>
      </Show>
    </Panel>
  );
}
