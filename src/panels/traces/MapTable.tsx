import { createMemo, type JSX } from "solid-js";
import { countText } from "../../ui/numbers.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import type { MapNode, TraceMapAnswer } from "./answers.ts";
import { TRACES as T } from "./strings.ts";
import { secondsText, typeText } from "./texts.ts";

const byName = (a: MapNode, b: MapNode): number => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.id - b.id);

/** The map in words: each service with what it answered and whom it calls. */
export function MapTable(props: {
  readonly map: TraceMapAnswer;
  readonly selected: number | undefined;
  readonly onOpen: (node: MapNode) => void;
}): JSX.Element {
  const names = createMemo(() => new Map(props.map.nodes.map((node) => [node.id, node.kind === "client" ? T.client : node.name])));
  const callees = (node: MapNode): string =>
    props.map.edges
      .filter((edge) => edge.from === node.id)
      .map((edge) => `${names().get(edge.to) ?? ""} ${countText(edge.counts.total)}`)
      .join(", ") || T.nobody;
  const columns: readonly Column<MapNode>[] = [
    { id: "name", head: T.service, cell: (node) => <b class="med">{names().get(node.id)}</b>, sort: byName, card: "main" },
    {
      id: "type",
      head: T.type,
      cell: (node) => (node.kind === "client" ? "" : typeText(node.type)),
      spare: 2,
      isBlank: (node) => node.kind === "client",
    },
    {
      id: "requests",
      head: T.requests,
      num: true,
      min: 80,
      cell: (node) => countText(node.counts.total),
      sort: (a, b) => a.counts.total - b.counts.total,
    },
    {
      id: "average",
      head: T.average,
      num: true,
      min: 80,
      cell: (node) => (node.averageSeconds === undefined ? "" : secondsText(node.averageSeconds)),
      sort: (a, b) => (a.averageSeconds ?? 0) - (b.averageSeconds ?? 0),
      isBlank: (node) => node.averageSeconds === undefined,
    },
    {
      id: "faults",
      head: T.faults,
      num: true,
      min: 65,
      cell: (node) => countText(node.counts.fault),
      sort: (a, b) => a.counts.fault - b.counts.fault,
    },
    { id: "errors", head: T.errors, num: true, min: 65, cell: (node) => countText(node.counts.error), spare: 1 },
    { id: "throttles", head: T.throttles, num: true, min: 80, cell: (node) => countText(node.counts.throttle), spare: 1 },
    { id: "calls", head: T.calls, cell: callees, spare: 3 },
  ];
  return (
    <Table
      label={T.mapTable}
      tight
      columns={columns}
      rows={props.map.nodes}
      rowKey={(node) => String(node.id)}
      selected={props.selected === undefined ? undefined : String(props.selected)}
      onOpen={(node) => props.onOpen(node)}
    />
  );
}
