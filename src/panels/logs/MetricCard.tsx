import { useNavigate } from "@solidjs/router";
import { createMemo, type JSX, Show } from "solid-js";
import { newFilterPath } from "../../app/paths.ts";
import type { ChartSeries } from "../../charts/series.ts";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { createLook, type Read } from "../../client/resource.ts";
import { Button } from "../../ui/Button.tsx";
import { Glyph } from "../../ui/Glyph.tsx";
import { Empty, ErrorNote } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import type { MetricFilter, PreviewAnswer } from "./answers.ts";
import { useRegion } from "./reads.ts";
import type { Search } from "./search.ts";
import { createSlow } from "./slow.ts";
import { stepOf, stepText } from "./steps.ts";
import { LOGS_TEXT as T } from "./strings.ts";

const MINUTE = 60_000;

/** What the metric of the pattern would look like, from a minute up; of the lines of the span and no others. */
export function usePreview(
  search: Search,
  metric: () => { readonly value: string; readonly defaultValue?: number | undefined },
): { readonly read: Read<PreviewAnswer>; readonly step: () => number } {
  const region = useRegion();
  const step = (): number => stepOf(search.span() ?? { from: 0, to: 1 }, 120, MINUTE);
  const read = createLook<PreviewAnswer>(
    () => {
      const span = search.span();
      if (span === undefined) return undefined;
      const { value, defaultValue } = metric();
      const question = {
        logGroupName: search.group(),
        filterPattern: search.pattern(),
        metricValue: value,
        ...(defaultValue === undefined ? {} : { defaultValue }),
        start: span.from,
        end: span.to,
        period: step() / 1000,
      };
      return { service: "logs", view: "preview", region: region(), question };
    },
    { follow: "version" },
  );
  return { read, step };
}

/** Periods that have datapoints, as one series. */
export function previewSeries(answer: PreviewAnswer, label: string): ChartSeries {
  const times: number[] = [];
  const values: number[] = [];
  answer.count.forEach((count, at) => {
    if (count === 0) return;
    times.push(answer.start + at * answer.period);
    values.push(answer.sum[at] as number);
  });
  return { id: "preview", label, times, values, stepMs: answer.period };
}

export function PreviewChart(props: {
  readonly read: Read<PreviewAnswer>;
  readonly label: string;
  readonly step: number;
  readonly height: number;
}): JSX.Element {
  const drawn = createMemo(() => {
    const answer = props.read.data();
    return answer && { answer, series: previewSeries(answer, `${props.label}, Sum per ${stepText(props.step)}`) };
  });
  return (
    <>
      <Show when={props.read.error()}>{(failure) => <ErrorNote failure={failure()} onRetry={props.read.again} />}</Show>
      <Show when={drawn()}>
        {(one) => (
          <Show when={one().series.times.length > 0} fallback={<Empty title={T.metricEmpty} />}>
            <TimeChart
              title={props.label}
              from={one().answer.start}
              to={one().answer.start + one().answer.count.length * one().answer.period}
              series={[one().series]}
              height={props.height}
              legend={false}
            />
          </Show>
        )}
      </Show>
    </>
  );
}

export function MetricCard(props: {
  readonly search: Search;
  readonly filter: MetricFilter | undefined;
  readonly value: string;
}): JSX.Element {
  const navigate = useNavigate();
  const made = () => props.filter?.metricTransformations[0];
  const { read, step } = usePreview(props.search, () => ({ value: props.value, defaultValue: made()?.defaultValue }));
  const isSlow = createSlow(read.stale);
  const toForm = (): void => {
    const query = new URLSearchParams({ pattern: props.search.pattern() });
    if (props.filter !== undefined) query.set("edit", props.filter.filterName);
    else if (props.value !== "1") query.set("value", props.value);
    navigate(`${newFilterPath(props.search.group())}?${query}`);
  };
  return (
    <section class="panel logs-metric" aria-label={T.metric}>
      <div class="ph">
        <span class="sv-metrics">
          <Glyph name="metrics" />
        </span>
        <h2>{T.metric}</h2>
        <span class="end small muted">
          <Show when={(read.data()?.withoutValue ?? 0) > 0 && !isSlow()} fallback={isSlow() ? T.searching : T.perLine}>
            {T.withoutValue(countText(read.data()?.withoutValue ?? 0))}
          </Show>
        </span>
      </div>
      <div class="logs-metric-chart">
        <PreviewChart read={read} label={made()?.metricName ?? T.metric} step={step()} height={100} />
      </div>
      <div class="row small logs-metric-foot">
        <span class="t2 trunc grow">
          <Show when={made()} fallback={<span class="muted">{T.metricNone}</span>}>
            {(metric) => (
              <a
                class="link"
                href={`#/metrics?${new URLSearchParams({ namespace: metric().metricNamespace, metric: metric().metricName })}`}
              >
                {metric().metricNamespace} › {metric().metricName}
              </a>
            )}
          </Show>
        </span>
        <span class="muted nowrap">{T.metricFacts(props.value, made()?.defaultValue)}</span>
        <Button small onClick={toForm}>
          {props.filter === undefined ? T.makeFilter : T.edit}
        </Button>
      </div>
    </section>
  );
}
