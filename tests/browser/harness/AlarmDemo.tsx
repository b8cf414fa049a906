import { createSignal, type JSX } from "solid-js";
import { cursorTime } from "../../../src/charts/cursor.ts";
import { TimeChart } from "../../../src/charts/TimeChart.tsx";
import { AwsLine } from "../../../src/ui/AwsLine.tsx";
import { StateBadge } from "../../../src/ui/Badge.tsx";
import { Button } from "../../../src/ui/Button.tsx";
import { Combobox } from "../../../src/ui/Combobox.tsx";
import { EvaluationStrip } from "../../../src/ui/EvaluationStrip.tsx";
import { NumberField } from "../../../src/ui/NumberField.tsx";
import { ErrorNote } from "../../../src/ui/notes.tsx";
import { Page } from "../../../src/ui/Page.tsx";
import { Panel } from "../../../src/ui/Panel.tsx";
import { Select } from "../../../src/ui/Select.tsx";
import { StateBand } from "../../../src/ui/StateBand.tsx";
import { Switch } from "../../../src/ui/Switch.tsx";
import { Table } from "../../../src/ui/Table.tsx";
import { Tabs } from "../../../src/ui/Tabs.tsx";
import { NOON } from "../app/fake-client.ts";

const MINUTE = 60_000;
const END = Math.ceil(NOON / MINUTE) * MINUTE;
const FROM = END - 30 * MINUTE;
const at = (minute: number): number => FROM + minute * MINUTE;
const points: readonly (readonly [number, number])[] = [
  [2, 1],
  [6, 2],
  [11, 1],
  [14, 2],
  [15, 2],
  [19, 1],
  [22, 3],
  [24, 48],
  [25, 96],
  [26, 131],
  [27, 127],
  [28, 134],
];

export function AlarmDemo(): JSX.Element {
  const [tab, setTab] = createSignal("form");
  const [datapoints, setDatapoints] = createSignal<number | undefined>(2);
  const [metric, setMetric] = createSignal("Shop/Orders › ThrottledWrites");
  const have = new Set(points.map(([minute]) => minute));
  return (
    <Page
      title="orders-throttled"
      facts={
        <>
          <StateBadge state="ALARM" />
          <span class="t2">since 09:17:00, 2 min 24 s</span>
        </>
      }
      actions={
        <>
          <Button>Edit</Button>
          <Button look="danger">Delete</Button>
        </>
      }
      asideLabel="Why"
      mainLabel="Alarm"
      aside={
        <>
          <Panel title="Why" sub="evaluation of 09:17:00" end={<span class="small muted">OK → ALARM</span>}>
            <div class="pb col">
              <p>
                <b class="c-alarm">3 of 5</b> datapoints breach, 3 are needed.
              </p>
              <EvaluationStrip
                cells={[
                  { at: at(20), value: undefined, state: "spare" },
                  { at: at(21), value: undefined, state: "spare" },
                  { at: at(22), value: 3, state: "good" },
                  { at: at(23), value: undefined, state: "filled" },
                  { at: at(24), value: 48, state: "breach" },
                  { at: at(25), value: 96, state: "breach" },
                  { at: at(26), value: 131, state: "breach" },
                ]}
                counted={[{ from: 2, to: 7 }]}
              />
              <ErrorNote
                failure={{
                  kind: "service",
                  code: "InvalidParameterException",
                  message: "Invalid character(s) in term '('.",
                  hint: 'Put the term in quotes: "(".',
                }}
              />
            </div>
          </Panel>
          <Panel
            title="What if"
            sub="datapoints to alarm 3 → 2"
            end={<Switch label="Overlay" on={true} onChange={() => undefined} />}
            class="grow"
          >
            <Table
              label="What if"
              tight
              columns={[
                { id: "what", head: "Last 30 minutes", width: "56%", cell: (row: readonly string[]) => row[0] },
                { id: "now", head: "Now", num: true, cell: (row) => row[1] },
                { id: "if", head: "What if", num: true, cell: (row) => <b class="c-acc">{row[2]}</b> },
              ]}
              rows={[
                ["Goes to ALARM at", "09:17", "09:16"],
                ["After the first bad minute", "3 min", "2 min"],
              ]}
              rowKey={(row) => row[0] ?? ""}
            />
          </Panel>
        </>
      }
    >
      <Panel title="ThrottledWrites" sub="Shop/Orders · Sum · 1 minute">
        <div class="demo-chart">
          <TimeChart
            title="ThrottledWrites"
            from={FROM}
            to={END}
            height={230}
            series={[
              {
                id: "m1",
                label: "ThrottledWrites",
                times: points.map(([minute]) => at(minute)),
                values: points.map(([, value]) => value),
                stepMs: MINUTE,
                missing: Array.from({ length: 29 }, (_, minute) => minute)
                  .filter((minute) => !have.has(minute))
                  .map(at),
                isBreaching: (value) => value >= 20,
              },
            ]}
            threshold={{ value: 20, label: "threshold 20, ≥ breaches" }}
            bands={[{ from: at(20), to: at(27), label: "evaluation range, 7 minutes" }]}
            markers={[
              { at: NOON - 7.2 * MINUTE, kind: "deploy", text: "checkout v42" },
              { at: at(27), kind: "alarm", text: "ALARM" },
            ]}
          />
          <StateBand
            from={FROM}
            to={END}
            cursor={cursorTime()}
            rows={[
              {
                label: "State",
                spans: [
                  { from: FROM, to: at(27), state: "OK" },
                  { from: at(27), to: NOON, state: "ALARM" },
                ],
              },
              {
                label: "What if",
                dashed: true,
                spans: [
                  { from: FROM, to: at(26), state: "OK" },
                  { from: at(26), to: NOON, state: "ALARM" },
                ],
              },
            ]}
          />
        </div>
      </Panel>
      <Panel label="Definition" class="grow">
        <Tabs
          label="Definition"
          selected={tab()}
          onSelect={setTab}
          items={[
            {
              id: "form",
              label: "Form",
              content: () => (
                <div class="pb demo-form">
                  <Combobox
                    label="Metric"
                    value={metric()}
                    onChange={setMetric}
                    options={[{ value: "Shop/Orders › ThrottledWrites" }, { value: "AWS/Logs › IncomingBytes" }]}
                  />
                  <Select label="Statistic" value="Sum" options={[{ value: "Sum", label: "Sum" }]} onChange={() => undefined} />
                  <NumberField label="Datapoints to alarm" value={datapoints()} onChange={setDatapoints} was="3" min={1} steppers />
                  <NumberField
                    label="than"
                    value={20}
                    onChange={() => undefined}
                    unit="Count"
                    error={{
                      rule: "DatapointsToAlarm is more than EvaluationPeriods (5).",
                      fix: { label: "Use 5.", run: () => setDatapoints(5) },
                    }}
                  />
                </div>
              ),
            },
            { id: "json", label: "JSON source", content: () => <p class="pb">json</p> },
            { id: "history", label: "History", count: 4, content: () => <p class="pb">history</p> },
          ]}
        />
        <div class="pb">
          <AwsLine
            line="aws cloudwatch put-metric-alarm --alarm-name orders-throttled --datapoints-to-alarm 2 --evaluation-periods 5 --threshold 20"
            marks={["datapoints-to-alarm"]}
          />
        </div>
      </Panel>
    </Page>
  );
}
