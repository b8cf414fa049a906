import type { JSX } from "solid-js";
import { arnName } from "../../app/paths.ts";
import { onCursor } from "../../charts/row-moments.ts";
import { Glyph } from "../../ui/Glyph.tsx";
import { countText } from "../../ui/numbers.ts";
import { type Column, Table } from "../../ui/Table.tsx";
import { secondText, stampText } from "../../ui/time.ts";
import type { Delivery } from "./answers.ts";
import { DeliveryBadge } from "./DeliveryStatus.tsx";
import { DELIVERIES as T } from "./delivery-strings.ts";
import { kindOfArn, targetGlyph } from "./target-kinds.ts";

const MOMENTS = onCursor((row: Delivery) => row.at);

/** Deliveries, newest first. */
export function DeliveryTable(props: {
  readonly deliveries: readonly Delivery[];
  readonly selected?: string | undefined;
  readonly onOpen: (delivery: Delivery) => void;
  /** They are all of one rule. */
  readonly isOneRule?: boolean;
  readonly empty: JSX.Element;
}): JSX.Element {
  const columns = (): readonly Column<Delivery>[] => [
    {
      id: "time",
      head: T.time,
      mono: true,
      width: "7rem",
      card: "end",
      cell: (row) => <time title={stampText(row.at)}>{secondText(row.at)}</time>,
    },
    { id: "status", head: T.status, width: "9.75rem", label: "", cell: (row) => <DeliveryBadge status={row.status} /> },
    ...(props.isOneRule
      ? []
      : [{ id: "rule", head: T.rule, min: 140, card: "main" as const, cell: (row: Delivery) => <b class="med">{row.rule}</b> }]),
    {
      id: "target",
      head: T.target,
      min: 160,
      ...(props.isOneRule ? { card: "main" as const } : { label: "" }),
      cell: (row) => (
        <span class="row" title={row.targetArn}>
          <Glyph name={targetGlyph(kindOfArn(row.targetArn))} size="s" />
          <span class="trunc">{arnName(row.targetArn)}</span>
        </span>
      ),
    },
    {
      id: "event",
      head: T.event,
      min: 170,
      spare: 1,
      label: "",
      cell: (row) => <span title={row.eventId}>{row.envelope?.["detail-type"] ?? row.eventId}</span>,
    },
    { id: "tries", head: T.tries, num: true, width: "6.5rem", spare: 2, cell: (row) => countText(row.attempts.length) },
  ];
  return (
    <Table
      label={T.title}
      columns={columns()}
      rows={props.deliveries}
      rowKey={(row) => row.sequence}
      moments={MOMENTS}
      selected={props.selected}
      onOpen={props.onOpen}
      empty={props.empty}
    />
  );
}
