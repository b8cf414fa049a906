import { createMemo, For, type JSX, Show } from "solid-js";
import type { UiRequest } from "../../../workers/api.ts";
import type { TimeRange } from "../../app/time-range.ts";
import { useClient } from "../../client/context.ts";
import { createQuestion } from "../../client/resource.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Empty, ErrorNote } from "../../ui/notes.tsx";
import { isBasicStatistic } from "../alarms/draft.ts";
import { type GraphLine, lineLabel, lines } from "./graph-lines.ts";
import { METRICS_TEXT as T } from "./strings.ts";

interface SourceProps {
  readonly range: TimeRange;
  readonly periodSeconds: number;
  readonly onBrowse: () => void;
}

function metricOf(line: GraphLine): {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: GraphLine["dimensions"];
} {
  const { namespace: Namespace, metricName: MetricName, dimensions } = line;
  return dimensions.length === 0 ? { Namespace, MetricName } : { Namespace, MetricName, Dimensions: dimensions };
}

/** One GetMetricStatistics request: the values of one line on the screen. */
function statisticsRequest(line: GraphLine, props: SourceProps): UiRequest {
  const input = {
    ...metricOf(line),
    StartTime: props.range.from,
    EndTime: props.range.to,
    Period: props.periodSeconds,
    ...(isBasicStatistic(line.stat) ? { Statistics: [line.stat] } : { ExtendedStatistics: [line.stat] }),
    ...(line.unit === undefined ? {} : { Unit: line.unit }),
  };
  return { service: "cloudwatch", operation: "GetMetricStatistics", input };
}

function dataInput(props: SourceProps): UiRequest["input"] {
  return {
    MetricDataQueries: lines().map((line, at) => ({
      Id: `m${at + 1}`,
      Label: lineLabel(line, lines()),
      MetricStat: {
        Metric: metricOf(line),
        Period: props.periodSeconds,
        Stat: line.stat,
        ...(line.unit === undefined ? {} : { Unit: line.unit }),
      },
    })),
    StartTime: props.range.from,
    EndTime: props.range.to,
  };
}

/** The graph as `aws` lines: one for each line drawn, and all in one. */
export function GraphAwsLines(props: SourceProps): JSX.Element {
  const { api } = useClient();
  const requests = createMemo(() => [
    ...lines().map((line) => ({ label: lineLabel(line, lines()), request: statisticsRequest(line, props) })),
    ...(lines().length > 1
      ? [{ label: T.lineMany, request: { service: "cloudwatch", operation: "GetMetricData", input: dataInput(props) } }]
      : []),
  ]);
  const asked = createQuestion(
    () => (lines().length === 0 ? undefined : { service: "cloudwatch", requests: requests() }),
    (question) => Promise.all(question.requests.map(({ request }) => api.lineOf(request))),
    { follow: "question" },
  );
  return (
    <NothingDrawn onBrowse={props.onBrowse}>
      <div class="pb col">
        <p class="small muted">{T.lineWhy}</p>
        <Show when={asked.error()}>{(failure) => <ErrorNote failure={failure()} />}</Show>
        <For each={asked.data() ?? []}>
          {(line, at) => (
            <div class="col gsource">
              <span class="small muted">{requests()[at()]?.label}</span>
              <AwsLine line={line} wrap />
            </div>
          )}
        </For>
      </div>
    </NothingDrawn>
  );
}

/** The graph as a GetMetricData request; moments as the API takes them. */
export function GraphJson(props: SourceProps): JSX.Element {
  const value = createMemo(() => ({
    ...dataInput(props),
    StartTime: new Date(props.range.from).toISOString(),
    EndTime: new Date(props.range.to).toISOString(),
  }));
  return (
    <NothingDrawn onBrowse={props.onBrowse}>
      <div class="pb col">
        <p class="small muted">{T.jsonWhy}</p>
        <JsonView label={T.json} value={value()} />
      </div>
    </NothingDrawn>
  );
}

function NothingDrawn(props: { readonly onBrowse: () => void; readonly children: JSX.Element }): JSX.Element {
  return (
    <Show
      when={lines().length > 0}
      fallback={
        <Empty glyph="metrics" title={T.noLines} action={{ label: T.toBrowse, run: () => props.onBrowse() }}>
          {T.noLinesWhy}
        </Empty>
      }
    >
      {props.children}
    </Show>
  );
}
