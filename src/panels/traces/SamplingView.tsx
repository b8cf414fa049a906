import { createMemo, createSignal, type JSX, Show } from "solid-js";
import { Button } from "../../ui/Button.tsx";
import { ReadState } from "../../ui/notes.tsx";
import { valueText } from "../../ui/numbers.ts";
import { Page } from "../../ui/Page.tsx";
import { Panel } from "../../ui/Panel.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { RuleRecord, SamplingRule } from "./answers.ts";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { RuleDetails } from "./RuleDetails.tsx";
import { RuleDialog } from "./RuleDialog.tsx";
import { looksFor } from "./sampled-request.ts";
import { SAMPLING as T } from "./sampling-strings.ts";
import { TryRequest } from "./TryRequest.tsx";
import { useSamplingRules, xrayRequest } from "./trace-reads.ts";

const COLUMNS: readonly Column<RuleRecord>[] = [
  {
    id: "priority",
    head: T.priority,
    num: true,
    min: 76,
    cell: ({ SamplingRule }) => SamplingRule.Priority,
    sort: (a, b) => a.SamplingRule.Priority - b.SamplingRule.Priority,
  },
  { id: "rule", head: T.rule, min: 110, card: "main", cell: ({ SamplingRule }) => <b class="med">{SamplingRule.RuleName}</b> },
  { id: "looks", head: T.looksFor, min: 150, cell: ({ SamplingRule }) => <span class="mono trunc">{looksFor(SamplingRule)}</span> },
  { id: "reservoir", head: T.reservoir, num: true, min: 140, spare: 1, cell: ({ SamplingRule }) => SamplingRule.ReservoirSize },
  { id: "rate", head: T.rate, num: true, min: 76, cell: ({ SamplingRule }) => valueText(SamplingRule.FixedRate * 100) },
  {
    id: "modified",
    head: T.modified,
    min: 150,
    spare: 2,
    cell: ({ ModifiedAt = 0 }) => (ModifiedAt === 0 ? <span class="muted">{T.never}</span> : stampText(ModifiedAt)),
  },
];

type Open = { readonly kind: "create" } | { readonly kind: "edit" | "delete"; readonly rule: SamplingRule };

/** Sampling rules in the order in which they are tried, and a request to try them with. */
export function SamplingView(): JSX.Element {
  const rules = useSamplingRules();
  const [chosen, setChosen] = createSignal<string>();
  const [open, setOpen] = createSignal<Open>();
  const record = createMemo(() => rules.list().find(({ SamplingRule }) => SamplingRule.RuleName === chosen()) ?? rules.list()[0]);
  const editing = (): SamplingRule | undefined => {
    const now = open();
    return now?.kind === "edit" ? now.rule : undefined;
  };
  const deleting = (): SamplingRule | undefined => {
    const now = open();
    return now?.kind === "delete" ? now.rule : undefined;
  };
  return (
    <Page
      title={T.title}
      scroll
      facts={<span class="muted trunc">{T.sub}</span>}
      actions={
        <Button look="primary" glyph="plus" onClick={() => setOpen({ kind: "create" })}>
          {T.create}
        </Button>
      }
      mainLabel={T.title}
      asideLabel={T.tryTitle}
      aside={<TryRequest rules={rules.list()} />}
    >
      <Panel label={T.rules}>
        <ReadState read={rules.read} rows={3}>
          {() => (
            <Table
              label={T.rules}
              columns={COLUMNS}
              rows={rules.list()}
              rowKey={({ SamplingRule }) => SamplingRule.RuleName}
              selected={record()?.SamplingRule.RuleName}
              onOpen={({ SamplingRule }) => setChosen(SamplingRule.RuleName)}
            />
          )}
        </ReadState>
      </Panel>
      <Show when={record()}>
        {(one) => (
          <RuleDetails
            record={one()}
            onEdit={() => setOpen({ kind: "edit", rule: one().SamplingRule })}
            onDelete={() => setOpen({ kind: "delete", rule: one().SamplingRule })}
          />
        )}
      </Show>
      <Show when={open()?.kind === "create" || editing() !== undefined}>
        <RuleDialog before={editing()} onClose={() => setOpen(undefined)} onSaved={setChosen} />
      </Show>
      <Show when={deleting()}>
        {(rule) => (
          <DeleteDialog
            title={T.removeTitle(rule().RuleName)}
            why={T.removeWhy}
            done={T.removed(rule().RuleName)}
            request={xrayRequest("DeleteSamplingRule", { RuleName: rule().RuleName })}
            onClose={() => setOpen(undefined)}
          />
        )}
      </Show>
    </Page>
  );
}
