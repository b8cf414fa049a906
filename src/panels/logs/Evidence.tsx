import { createMemo, createSignal, type JSX } from "solid-js";
import type { MetricFilter, MetricTransformation } from "./answers.ts";
import { ExtractionCard } from "./ExtractionCard.tsx";
import { MetricCard } from "./MetricCard.tsx";
import type { Search } from "./search.ts";
import { WhyCard } from "./WhyCard.tsx";

/** The right column: why, what is extracted, and the metric it makes. */
export function Evidence(props: { readonly search: Search; readonly filters: readonly MetricFilter[] }): JSX.Element {
  const [chosenValue, setChosenValue] = createSignal<string>();
  /** The metric filter that has this very pattern, if there is one. */
  const filter = createMemo(() => props.filters.find((one) => one.filterPattern.trim() === props.search.pattern().trim()));
  const transformation = (): MetricTransformation | undefined => filter()?.metricTransformations[0];
  const value = (): string => chosenValue() ?? transformation()?.metricValue ?? "1";
  return (
    <div class="logs-evidence">
      <WhyCard search={props.search} />
      <ExtractionCard search={props.search} value={value()} onValue={setChosenValue} />
      <MetricCard search={props.search} filter={filter()} value={value()} />
    </div>
  );
}
