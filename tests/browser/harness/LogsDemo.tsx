import { createSignal, type JSX } from "solid-js";
import { Density } from "../../../src/charts/Density.tsx";
import { Sparkline } from "../../../src/charts/Sparkline.tsx";
import { Chip } from "../../../src/ui/Badge.tsx";
import { ExplainTree } from "../../../src/ui/ExplainTree.tsx";
import { JsonView } from "../../../src/ui/JsonView.tsx";
import { Page } from "../../../src/ui/Page.tsx";
import { Panel } from "../../../src/ui/Panel.tsx";
import { milliText } from "../../../src/ui/time.ts";
import { VirtualTable } from "../../../src/ui/VirtualTable.tsx";
import { NOON } from "../app/fake-client.ts";

interface Line {
  readonly at: number;
  readonly text: string;
}
const source = async (first: number, count: number): Promise<readonly Line[]> =>
  Array.from({ length: count }, (_, index) => ({
    at: NOON - (1_000_000 - first - index) * 10,
    text: `{"level": "INFO", "msg": "payment taken", "orderId": "o-${first + index}"}`,
  }));

export function LogsDemo(): JSX.Element {
  const [selected, setSelected] = createSignal(3);
  return (
    <Page
      title="/aws/lambda/checkout"
      facts={<Chip>1,000,000 events</Chip>}
      aside={
        <>
          <Panel title="Why this line did not match">
            <div class="pb">
              <ExplainTree
                label="Why"
                nodes={[
                  { id: "a", result: "yes", pattern: "message is a JSON object" },
                  {
                    id: "b",
                    result: "branch",
                    pattern: "detail",
                    value: "1 differs",
                    children: [
                      {
                        id: "c",
                        result: "miss",
                        pattern: '$.table = "orders"',
                        value: "no such field",
                        why: "Missing. No field of this name, so = is false.",
                        fix: { label: "Try $.error.code", run: () => undefined },
                      },
                      { id: "d", result: "no", pattern: '$.code = "x"', value: '"y"', why: "Differs." },
                    ],
                  },
                ]}
              />
            </div>
          </Panel>
          <Panel title="The metric it makes">
            <div class="pb">
              <Sparkline label="ThrottledWrites rises at the end" values={[1, null, 2, 1, null, 3, 48, 96, 131]} area />
            </div>
          </Panel>
          <Panel title="Event" class="grow">
            <JsonView
              label="event"
              value={{ version: "0", detail: { alarmName: "orders-throttled", state: { value: "ALARM", n: 3, ok: true, none: null } } }}
              marks={{ "detail.alarmName": "hb" }}
            />
          </Panel>
        </>
      }
      asideLabel="Why"
    >
      <Panel label="Density">
        <Density
          label="Lines per minute"
          from={NOON - 30 * 60_000}
          to={NOON}
          all={Array.from({ length: 30 }, (_, at) => 500 + ((at * 37) % 130))}
          matching={Array.from({ length: 30 }, (_, at) => (at > 23 ? 60 : 0))}
        />
      </Panel>
      <Panel label="Events" class="grow">
        <VirtualTable
          label="Events"
          count={1_000_000}
          source={source}
          selected={selected()}
          onSelect={setSelected}
          columns={[
            { id: "time", head: "Time", width: "110px", mono: true, cell: (row: Line) => <span class="muted">{milliText(row.at)}</span> },
            { id: "message", head: "Message", width: "minmax(0, 1fr)", mono: true, cell: (row: Line) => row.text },
          ]}
        />
      </Panel>
    </Page>
  );
}
