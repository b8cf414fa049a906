import { createMemo, createSignal, type JSX, Show } from "solid-js";
import type { TimeRange } from "../../app/time-range.ts";
import type { ChartSeries } from "../../charts/series.ts";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { useClock } from "../../client/context.ts";
import { Button } from "../../ui/Button.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Callout, ErrorNote } from "../../ui/notes.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { Select } from "../../ui/Select.tsx";
import { UI } from "../../ui/strings.ts";
import {
  automaticPeriod,
  periodOptions,
  periodText,
  pointsOf,
  type SeriesColumns,
  type SeriesRead,
  tierText,
  wantedKey,
} from "./catalog.ts";
import { chosenPeriod, type GraphLine, lineLabel, lines, setChosenPeriod } from "./graph-lines.ts";
import { METRICS_TEXT as T } from "./strings.ts";

export interface GraphCardProps {
  readonly range: TimeRange;
  readonly read: SeriesRead;
  /** Seconds that the graph is drawn with; longer than the chosen one where the range is long. */
  readonly drawn: number;
  /** What stands here while nothing is drawn. */
  readonly empty: JSX.Element;
}

/** The graph of all chosen lines, how it was read, and the period they share. */
export function GraphCard(props: GraphCardProps): JSX.Element {
  const clock = useClock();
  const [isTable, setTable] = createSignal(false);
  const [isBecause, setBecause] = createSignal(false);
  const columnsOf = (line: GraphLine): SeriesColumns | undefined => props.read.data()?.get(wantedKey(line));
  const series = createMemo((): readonly ChartSeries[] => {
    return lines().map((line) => {
      const own = columnsOf(line);
      const { times, values } = pointsOf(own, line.stat, 0);
      const unit = own?.unit === "None" ? undefined : own?.unit;
      return {
        id: line.id,
        label: lineLabel(line, lines()),
        times,
        values,
        stepMs: own?.period ?? props.drawn * 1000,
        colour: line.colour,
        axis: line.axis,
        ...(unit === undefined ? {} : { unit }),
      };
    });
  });
  const isBlank = (): boolean => props.read.data() !== undefined && !props.read.stale() && series().every((one) => one.times.length === 0);
  /** What the values are measured in, where the datapoints say so. */
  const units = createMemo(() => [...new Set(series().flatMap((one) => (one.unit === undefined ? [] : [one.unit])))].join(", "));
  const how = createMemo(() => {
    const because = lines().flatMap((line) => columnsOf(line)?.because ?? []);
    if (because.length === 0) return undefined;
    const isSketch = because.some((one) => one.exactness === "sketch");
    return { tier: Math.max(...because.map((one) => one.tier)), isSketch };
  });
  return (
    <Panel
      title={T.graph}
      class="grow graph-card"
      sub={
        <>
          {periodText(props.drawn)}
          <Show when={chosenPeriod() !== undefined && chosenPeriod() !== props.drawn}> · {T.coarser(periodText(props.drawn))}</Show>
          <Show when={units() !== ""}> · {units()}</Show>
          <Show when={props.read.stale()}> · {UI.stale}</Show>
        </>
      }
      end={
        <>
          <div class="inline-select">
            <Select
              label={T.period}
              value={chosenPeriod() ?? 0}
              options={[{ value: 0, label: T.automatic(periodText(automaticPeriod(props.range))) }, ...periodOptions(1, chosenPeriod())]}
              onChange={(value) => setChosenPeriod(value === 0 ? undefined : value)}
            />
          </div>
          <Button small look="ghost" pressed={isTable()} onClick={() => setTable(!isTable())}>
            {T.table}
          </Button>
        </>
      }
    >
      <Show when={lines().length > 0} fallback={props.empty}>
        <Show when={props.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={props.read.again} />}</Show>
        <Show when={isBlank()}>
          <div class="pb">
            <Callout>{T.graphNoData}</Callout>
          </div>
        </Show>
        <div class="graph-chart">
          <TimeChart
            title={T.graph}
            from={props.range.from}
            to={Math.max(props.range.to, props.range.from + 60_000)}
            series={series()}
            legend
            table={isTable()}
          />
        </div>
        <Show when={how()}>
          {(read) => (
            <p class="row small graph-foot wrap">
              <b class="med">{read().isSketch ? T.sketch : T.exact}</b>
              <span class="muted">{read().isSketch ? T.sketchWhy : T.exactWhy}</span>
              <span class="muted">{T.readCells(tierText(read().tier))}</span>
              <span class="grow" />
              <button type="button" class="link tap" onClick={() => setBecause(true)}>
                {T.because}
              </button>
            </p>
          )}
        </Show>
      </Show>
      <Dialog open={isBecause()} onClose={() => setBecause(false)} title={T.becauseTitle} wide>
        <JsonView
          label={T.becauseTitle}
          value={{
            clock: new Date(clock()).toISOString(),
            lines: lines().map((line) => ({
              metric: line.metricName,
              stat: line.stat,
              periodSeconds: props.drawn,
              unit: columnsOf(line)?.unit,
              ...columnsOf(line)?.because,
            })),
          }}
        />
      </Dialog>
    </Panel>
  );
}
