import { createMemo, createSignal, For, type JSX, Show } from "solid-js";
import { parsePattern } from "../../editors/filter-pattern/line-marks.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Empty, Skeleton } from "../../ui/notes.tsx";
import { valueText } from "../../ui/numbers.ts";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { milliText } from "../../ui/time.ts";
import { logsRequest } from "./answers.ts";
import { extractionOf } from "./extraction.ts";
import { useNewest } from "./newest.ts";
import { useLine } from "./reads.ts";
import type { Search } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";
import { createTest, TestLines } from "./TestLines.tsx";

export interface ExtractionCardProps {
  readonly search: Search;
  /** The metric value in question. */
  readonly value: string;
  readonly onValue: (value: string) => void;
}

const NEWEST = 3;

/** What the newest matching lines hold; lines of one's own; and the search as `aws` lines. */
export function ExtractionCard(props: ExtractionCardProps): JSX.Element {
  const [tab, setTab] = createSignal("extraction");
  const test = createTest(props.search);
  const items: readonly TabItem[] = [
    { id: "extraction", label: T.extraction, content: () => <ExtractionTable {...props} /> },
    {
      id: "test",
      label: T.testLines,
      get count() {
        return test.messages().length || undefined;
      },
      content: () => <TestLines test={test} search={props.search} />,
    },
    { id: "line", label: T.awsLine, content: () => <SearchLines search={props.search} /> },
  ];
  return (
    <Panel label={T.extraction} class="logs-extraction">
      <Tabs label={T.extraction} items={items} selected={tab()} onSelect={setTab} />
    </Panel>
  );
}

export function ExtractionTable(props: ExtractionCardProps & { readonly rows?: number; readonly hint?: string }): JSX.Element {
  const lines = useNewest(props.search, props.rows ?? NEWEST);
  const pattern = createMemo(() => parsePattern(props.search.pattern()).pattern);
  const extraction = createMemo(() => {
    const [parsed, rows] = [pattern(), lines()];
    return parsed === undefined || rows === undefined
      ? undefined
      : extractionOf(
          parsed,
          rows.map((line) => line.text()),
          props.value,
        );
  });
  return (
    <Show when={extraction()} fallback={<Skeleton rows={3} />}>
      {(found) => (
        <Show when={found().rows.length > 0} fallback={<Empty title={T.extractionEmpty}>{T.extractionEmptyWhy}</Empty>}>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard */}
          <section class="tbl-scroll" tabIndex={0} aria-label={T.extracted}>
            <table class="tbl tight logs-extract">
              <thead>
                <tr>
                  <th scope="col">{T.line}</th>
                  <For each={found().fields}>
                    {(field) => (
                      <th scope="col" class={isNumbers(found(), field) ? "num" : ""}>
                        <button
                          type="button"
                          class="sorter mono"
                          aria-pressed={props.value === field}
                          title={T.useField(field)}
                          onClick={() => props.onValue(props.value === field ? "1" : field)}
                        >
                          {field}
                        </button>
                      </th>
                    )}
                  </For>
                  <th scope="col" class="num">
                    {T.value}
                  </th>
                </tr>
              </thead>
              <tbody>
                <For each={found().rows}>
                  {(row, at) => (
                    <tr>
                      <td class="mono muted">{milliText(lines()?.[at()]?.timestamp ?? 0)}</td>
                      <For each={row.cells}>
                        {(cell, column) => (
                          <td class={isNumbers(found(), found().fields[column()] ?? "") ? "num" : "mono"} title={cell}>
                            {cell ?? T.none}
                          </td>
                        )}
                      </For>
                      <td class="num">
                        <Show when={row.value !== undefined} fallback={<span class="c-insuf">{T.noValue}</span>}>
                          <b>{valueText(row.value ?? 0)}</b>
                        </Show>
                      </td>
                    </tr>
                  )}
                </For>
              </tbody>
            </table>
          </section>
          <Show when={found().fields.length > 0 && props.hint}>{(hint) => <p class="small muted pb">{hint()}</p>}</Show>
        </Show>
      )}
    </Show>
  );
}

function isNumbers(found: ReturnType<typeof extractionOf>, field: string): boolean {
  const column = found.fields.indexOf(field);
  return found.rows.every((row) => row.cells[column] === undefined || /^-?[\d.]+(?:e[+-]?\d+)?$/i.test(row.cells[column] ?? ""));
}

/** The search as FilterLogEvents. */
function SearchLines(props: { readonly search: Search }): JSX.Element {
  const line = useLine(() => {
    const span = props.search.span();
    const stream = props.search.stream();
    if (span === undefined) return undefined;
    return logsRequest("FilterLogEvents", {
      logGroupName: props.search.group(),
      ...(stream === undefined ? {} : { logStreamNames: [stream] }),
      ...(props.search.pattern() === "" ? {} : { filterPattern: props.search.pattern() }),
      startTime: span.from,
      endTime: span.to - 1,
    });
  });
  return (
    <div class="pb col">
      <p class="small muted">{T.lineFilter}</p>
      <Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
    </div>
  );
}
