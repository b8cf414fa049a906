import { createMemo, For, type JSX, Show } from "solid-js";
import { countText, plural } from "../../ui/numbers.ts";
import type { HistogramEntry } from "./answers.ts";
import { answersOf, binsOf, percentile } from "./histogram.ts";
import { TRACES as T } from "./strings.ts";
import { secondsText } from "./texts.ts";

/** How long answers took: bars to see, a sentence to read, a table for whoever wants numbers. */
export function Histogram(props: { readonly entries: readonly HistogramEntry[] }): JSX.Element {
  const bins = createMemo(() => binsOf(props.entries));
  const most = (): number => Math.max(1, ...bins().map(({ count }) => count));
  const within = (share: number): string => secondsText(percentile(props.entries, share) ?? 0);
  return (
    <Show when={bins().length > 0} fallback={<p class="muted">{T.noTimes}</p>}>
      <div class="traces-histogram" aria-hidden="true">
        <For each={bins()}>
          {({ from, to, count }) => (
            <i
              title={T.histogramBin(secondsText(from), secondsText(to), countText(count))}
              style={{ height: count === 0 ? "0" : `max(2px, ${(count / most()) * 100}%)` }}
            />
          )}
        </For>
      </div>
      <div class="row small muted" aria-hidden="true">
        <span>{secondsText(bins()[0]?.from ?? 0)}</span>
        <span class="grow" />
        <span>{secondsText(bins().at(-1)?.to ?? 0)}</span>
      </div>
      <p class="small t2">{T.histogramSummary(countText(answersOf(props.entries)), within(0.5), within(0.95))}</p>
      <table class="vh">
        <caption>{T.histogramTable}</caption>
        <thead>
          <tr>
            <th scope="col">{T.from}</th>
            <th scope="col">{T.to}</th>
            <th scope="col">{T.count}</th>
          </tr>
        </thead>
        <tbody>
          <For each={bins().filter(({ count }) => count > 0)}>
            {({ from, to, count }) => (
              <tr>
                <td>{secondsText(from)}</td>
                <td>{secondsText(to)}</td>
                <td>{plural(count, "answer")}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </Show>
  );
}
