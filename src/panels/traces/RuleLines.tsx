import type { JSX } from "solid-js";
import { Glyph, type GlyphName } from "../../ui/Glyph.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import type { WhySampled } from "./answers.ts";
import type { RuleLine } from "./sampled-request.ts";
import { TRACES as T } from "./strings.ts";

const LOOKS: Readonly<Record<RuleLine["result"], { readonly glyph: GlyphName; readonly css: string }>> = {
  taken: { glyph: "check", css: "c-ok" },
  differs: { glyph: "minus", css: "t2" },
  "not reached": { glyph: "gap", css: "muted" },
};

const COLUMNS: readonly Column<RuleLine>[] = [
  { id: "priority", head: T.priority, num: true, min: 56, label: T.priority, cell: (line) => line.priority },
  { id: "rule", head: T.rule, min: 84, card: "main", cell: (line) => <b class="med">{line.name}</b> },
  { id: "looks", head: T.looksFor, min: 100, spare: 1, label: "", cell: (line) => <span class="muted">{line.looksFor}</span> },
  {
    id: "result",
    head: T.result,
    min: 120,
    card: "fact",
    label: "",
    cell: (line) => (
      <span class={`row traces-result ${LOOKS[line.result].css}`} title={line.why}>
        <Glyph name={LOOKS[line.result].glyph} size="s" />
        <span>{line.why}</span>
      </span>
    ),
  },
];

/** Rules in the order in which they are tried, each with what became of it. */
export function RuleLines(props: { readonly label: string; readonly lines: readonly RuleLine[] }): JSX.Element {
  return (
    <div class="traces-rules">
      <Table
        label={props.label}
        tight
        columns={COLUMNS}
        rows={props.lines}
        rowKey={(line) => line.name}
        rowClass={(line) => (line.result === "taken" ? "is-taken" : "")}
      />
    </div>
  );
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** SAMPLE or not, and why. */
export function Decision(props: { readonly why: WhySampled }): JSX.Element {
  return (
    <p class="small t2 traces-decision">
      {sentence(props.why.because.reason)}, {T.asNew}.{" "}
      <b class={props.why.isSampled ? "c-ok" : "med"}>{props.why.isSampled ? T.sample : T.noSample}</b>
    </p>
  );
}
