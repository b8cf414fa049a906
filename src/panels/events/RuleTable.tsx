import { A } from "@solidjs/router";
import { For, type JSX, Show } from "solid-js";
import { arnName, rulePath } from "../../app/paths.ts";
import { Empty } from "../../ui/notes.tsx";
import { countText } from "../../ui/numbers.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { stampText } from "../../ui/time.ts";
import type { FlowRule } from "./answers.ts";
import { RuleStateBadge } from "./RuleState.tsx";
import { RULES as T } from "./rule-strings.ts";

const oneLine = (pattern: string): string => pattern.replace(/\s+/g, " ");

/** The rules of a bus. */
export function RuleTable(props: {
  readonly rules: readonly FlowRule[];
  readonly bus: string;
  readonly onOpen: (rule: FlowRule) => void;
  readonly onCreate: () => void;
}): JSX.Element {
  const columns: readonly Column<FlowRule>[] = [
    {
      id: "name",
      head: T.name,
      width: "14rem",
      card: "main",
      sort: (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
      cell: (rule) => (
        <A class="link med" href={rulePath(props.bus, rule.name)}>
          {rule.name}
        </A>
      ),
    },
    { id: "state", head: T.state, width: "9rem", card: "end", cell: (rule) => <RuleStateBadge state={rule.state} /> },
    {
      id: "when",
      head: T.when,
      mono: true,
      min: 200,
      label: "",
      cell: (rule) => {
        const text = [rule.schedule, rule.pattern].filter((one) => one !== undefined).join(" ");
        return <span title={text}>{oneLine(text)}</span>;
      },
    },
    {
      id: "next",
      head: T.next,
      mono: true,
      width: "12.5rem",
      spare: 2,
      isBlank: (rule) => rule.next === undefined,
      cell: (rule) => (rule.next === undefined ? T.none : <time>{stampText(rule.next)}</time>),
    },
    {
      id: "targets",
      head: T.targets,
      width: "14rem",
      spare: 1,
      cell: (rule) => (
        <Show when={rule.targets.length > 0} fallback={<span class="muted">{T.noTargets}</span>}>
          <span title={rule.targets.map((target) => target.arn).join("\n")}>
            <For each={rule.targets}>{(target, at) => `${at() === 0 ? "" : ", "}${arnName(target.arn)}`}</For>
          </span>
        </Show>
      ),
    },
    {
      id: "sent",
      head: T.sent,
      num: true,
      width: "10rem",
      sort: (a, b) => a.sent - b.sent,
      cell: (rule) => countText(rule.sent),
    },
  ];
  return (
    <Table
      label={T.rules}
      columns={columns}
      rows={props.rules}
      rowKey={(rule) => rule.name}
      onOpen={props.onOpen}
      empty={
        <Empty glyph="rule" title={T.rulesEmpty} action={{ label: T.create, run: props.onCreate }}>
          {T.rulesEmptyWhy}
        </Empty>
      }
    />
  );
}
