import { useNavigate, useSearchParams } from "@solidjs/router";
import { createEffect, createMemo, createSignal, type JSX, on, Show } from "solid-js";
import { logGroupPath } from "../../app/paths.ts";
import { createCommand } from "../../client/command.ts";
import { AwsLine } from "../../ui/AwsLine.tsx";
import { Button } from "../../ui/Button.tsx";
import { JsonView } from "../../ui/JsonView.tsx";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type TabItem, Tabs } from "../../ui/Tabs.tsx";
import { ExtractionTable } from "./ExtractionCard.tsx";
import { FilterForm } from "./FilterForm.tsx";
import { ForwardCard } from "./ForwardCard.tsx";
import { BLANK_FILTER, draftOf, type FilterDraft, nameOfFilter, putFilterRequest } from "./filter-draft.ts";
import { PreviewChart, usePreview } from "./MetricCard.tsx";
import { useFilters, useLine } from "./reads.ts";
import { PatternBar } from "./SearchTab.tsx";
import { createSearch } from "./search.ts";
import { LOGS_TEXT as T } from "./strings.ts";

const one = (value: string | string[] | undefined): string | undefined => (typeof value === "string" ? value : undefined);

/** Creates a metric filter, or edits one, beside what it would have made of the lines that are there. */
export function FilterPage(props: { readonly group: string }): JSX.Element {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const editing = one(query["edit"]);
  const search = createSearch(() => props.group, one(query["pattern"]) ?? "");
  const filters = useFilters(() => props.group);
  const [draft, setDraft] = createSignal<FilterDraft>({ ...BLANK_FILTER, metricValue: one(query["value"]) ?? "1" });
  const [saved, setSaved] = createSignal<FilterDraft>();
  const [tab, setTab] = createSignal("form");
  const command = createCommand({ quiet: true, ...(editing === undefined ? {} : { done: T.filterSaved(editing) }) });
  const existing = createMemo(() => filters.data()?.find((filter) => filter.filterName === editing));
  // Filled once: what is typed is not overwritten by a later read.
  const [isFilled, setFilled] = createSignal(false);
  createEffect(
    on([existing, () => filters.data()], ([filter, all]) => {
      if (isFilled() || all === undefined) return;
      setFilled(true);
      if (filter !== undefined) {
        setDraft(draftOf(filter));
        if (query["pattern"] === undefined) search.setText(filter.filterPattern);
      } else {
        const last = all[all.length - 1]?.metricTransformations[0];
        if (last !== undefined && draft().metricNamespace === "") change({ metricNamespace: last.metricNamespace });
      }
    }),
  );
  const change = (part: Partial<FilterDraft>): void => {
    command.clear();
    setDraft((now) => ({ ...now, ...part }));
  };
  const request = createMemo(() => putFilterRequest(props.group, search.text(), draft()));
  const line = useLine(request);
  const { read, step } = usePreview(search, () => ({ value: draft().metricValue.trim() || "1", defaultValue: draft().defaultValue }));
  const put = async (): Promise<void> => {
    const sent = draft();
    if ((await command.run(request())) === undefined) {
      setTab("form");
      queueMicrotask(() => document.querySelector<HTMLElement>(".logs-form [aria-invalid=true]")?.focus());
      return;
    }
    setSaved({ ...sent, filterName: nameOfFilter(sent) });
  };
  const items: readonly TabItem[] = [
    {
      id: "form",
      label: T.form,
      content: () => (
        <FilterForm search={search} draft={draft()} isEdit={editing !== undefined} failure={command.error()} onChange={change} />
      ),
    },
    { id: "json", label: T.jsonSource, content: () => <JsonView label={T.jsonSource} value={request().input} /> },
    {
      id: "line",
      label: T.awsLine,
      content: () => <div class="pb">{<Show when={line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>}</div>,
    },
  ];
  const metricName = (): string => (draft().metricName === "" ? T.metricName : draft().metricName);
  return (
    <Page
      title={editing === undefined ? T.createFilter : T.editTitle(editing)}
      facts={<span class="muted mono trunc">{props.group}</span>}
      actions={<Button onClick={() => navigate(logGroupPath(props.group))}>{T.backToGroup}</Button>}
      mainLabel={T.definition}
      asideLabel={T.preview}
      scroll
      aside={
        <>
          <Panel title={T.preview}>
            <div class="logs-metric-chart">
              <PreviewChart read={read} label={metricName()} step={step()} height={190} />
            </div>
            <p class="small muted pb">{T.previewWhy}</p>
          </Panel>
          <Panel title={T.newestMatching} class="logs-extraction">
            <ExtractionTable
              search={search}
              value={draft().metricValue}
              onValue={(metricValue) => change({ metricValue })}
              rows={8}
              hint={T.extractionMore}
            />
          </Panel>
        </>
      }
    >
      <Show when={saved()} keyed>
        {(filter) => (
          <ForwardCard
            group={props.group}
            filter={filter}
            onAnother={() => {
              setSaved(undefined);
              setDraft({ ...BLANK_FILTER, metricNamespace: filter.metricNamespace });
            }}
          />
        )}
      </Show>
      <Show when={saved() === undefined}>
        <Panel label={T.definition}>
          <Tabs label={T.definition} items={items} selected={tab()} onSelect={setTab} />
          <div class="pb col">
            <Show when={tab() === "form" && line.data()}>{(text) => <AwsLine line={text()} wrap />}</Show>
            <div class="row">
              <Button
                look="primary"
                pending={command.pending()}
                disabled={search.parsed().error !== undefined}
                reason={search.parsed().error?.message ?? ""}
                onClick={() => void put()}
              >
                {editing === undefined ? T.create : T.save}
              </Button>
              <Button onClick={() => navigate(logGroupPath(props.group))}>{T.cancel}</Button>
            </div>
          </div>
        </Panel>
      </Show>
      <PatternBar search={search} bare />
    </Page>
  );
}
