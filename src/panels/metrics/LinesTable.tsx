import { useNavigate } from "@solidjs/router";
import { Index, type JSX, Show } from "solid-js";
import { SeriesMark } from "../../charts/SeriesMark.tsx";
import { Button } from "../../ui/Button.tsx";
import { Combobox } from "../../ui/Combobox.tsx";
import { Empty } from "../../ui/notes.tsx";
import { Select } from "../../ui/Select.tsx";
import { newAlarmPath } from "../alarms/new-alarm-link.ts";
import { dimensionsText, type SeriesColumns, type SeriesRead, STATISTICS, tierText, wantedKey } from "./catalog.ts";
import { changeLine, clearLines, type GraphLine, lineLabel, lines, removeLine } from "./graph-lines.ts";
import { METRICS_TEXT as T, UNITS } from "./strings.ts";

/** The drawn lines, each with its statistic, unit and axis. */
export function LinesTable(props: {
  readonly read: SeriesRead;
  readonly periodSeconds: number;
  readonly onBrowse: () => void;
}): JSX.Element {
  const navigate = useNavigate();
  const becauseOf = (line: GraphLine): SeriesColumns["because"] | undefined => props.read.data()?.get(wantedKey(line))?.because;
  const units = (line: GraphLine) => [
    { value: "", label: T.anyUnit },
    ...[...new Set([...(becauseOf(line)?.unitsSeen ?? []), ...(line.unit === undefined ? [] : [line.unit]), ...UNITS])].map((unit) => ({
      value: unit,
      label: unit,
    })),
  ];
  const readFrom = (line: GraphLine): string => {
    const because = becauseOf(line);
    return because === undefined ? "" : T.readFromText(tierText(because.tier), because.exactness === "exact" ? T.exact : T.sketch);
  };
  return (
    <Show
      when={lines().length > 0}
      fallback={
        <Empty glyph="metrics" title={T.noLines} action={{ label: T.toBrowse, run: () => props.onBrowse() }}>
          {T.noLinesWhy}
        </Empty>
      }
    >
      <ul class="glines">
        <Index each={lines()}>
          {(line, at) => (
            <li class="gline">
              <div class="gline-name">
                <SeriesMark colour={line().colour} place={at} />
                <b class="med trunc" title={lineLabel(line(), lines())}>
                  {line().metricName}
                </b>
                <span class="muted small trunc" title={`${line().namespace} ${dimensionsText(line().dimensions)}`}>
                  {line().namespace}
                  <Show when={line().dimensions.length > 0}> · {dimensionsText(line().dimensions)}</Show>
                </span>
              </div>
              <Combobox label={T.statistic} value={line().stat} options={STATISTICS} onChange={(stat) => changeLine(line().id, { stat })} />
              <Select
                label={T.unit}
                value={line().unit ?? ""}
                options={units(line())}
                onChange={(unit) => changeLine(line().id, { unit: unit === "" ? undefined : unit })}
              />
              <Select
                label={T.axis}
                value={line().axis}
                options={[
                  { value: "left", label: T.left },
                  { value: "right", label: T.right },
                ]}
                onChange={(axis) => changeLine(line().id, { axis })}
              />
              <span class="field gline-read">
                <span class="lab">{T.readFrom}</span>
                <span class="small t2">{readFrom(line())}</span>
              </span>
              <span class="row gline-do">
                <Button
                  small
                  glyph="alarm"
                  onClick={() =>
                    navigate(
                      newAlarmPath({
                        namespace: line().namespace,
                        metricName: line().metricName,
                        dimensions: line().dimensions,
                        stat: line().stat,
                        periodSeconds: props.periodSeconds,
                        ...(line().unit === undefined ? {} : { unit: line().unit }),
                      }),
                    )
                  }
                >
                  {T.createAlarm}
                </Button>
                <Button
                  small
                  look="ghost"
                  glyph="cross"
                  label={T.removeNamed(lineLabel(line(), lines()))}
                  onClick={() => removeLine(line().id)}
                />
              </span>
            </li>
          )}
        </Index>
      </ul>
      <Show when={lines().length > 1}>
        <div class="pb">
          <Button small onClick={clearLines}>
            {T.clear}
          </Button>
        </div>
      </Show>
    </Show>
  );
}
