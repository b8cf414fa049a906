import { type JSX, Show } from "solid-js";
import type { PrincipalRow } from "../../../workers/api.ts";
import { placeOf, statementSpans } from "../../../workers/language/policy/places.ts";
import { Badge } from "../../ui/Badge.tsx";
import { type Column, Table } from "../../ui/Table.tsx";
import { IAM as T } from "./strings.ts";

type Decision = keyof typeof T.decisions;

interface Matched {
  readonly SourcePolicyId: string;
  readonly StartPosition: { readonly Line: number; readonly Column: number };
}
interface OfResource {
  readonly EvalResourceName: string;
  readonly EvalResourceDecision: Decision;
  readonly MatchedStatements?: readonly Matched[];
  readonly MissingContextValues?: readonly string[];
}
interface Evaluated extends Omit<OfResource, "EvalResourceDecision"> {
  readonly EvalActionName: string;
  readonly EvalDecision: Decision;
  readonly ResourceSpecificResults?: readonly OfResource[];
}

export interface ResultRow {
  readonly id: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
  readonly matched: readonly Matched[];
  readonly missing: readonly string[];
}

/** One row an action and resource. */
export function resultRows(output: Readonly<Record<string, unknown>> | undefined): readonly ResultRow[] {
  return ((output?.["EvaluationResults"] as readonly Evaluated[] | undefined) ?? []).flatMap((one) => {
    const each = one.ResourceSpecificResults ?? [{ ...one, EvalResourceDecision: one.EvalDecision }];
    return each.map((result) => ({
      id: `${one.EvalActionName} ${result.EvalResourceName}`,
      action: one.EvalActionName,
      resource: result.EvalResourceName,
      decision: result.EvalResourceDecision,
      matched: result.MatchedStatements ?? [],
      missing: result.MissingContextValues ?? [],
    }));
  });
}

/** `ProtectAuditTrail, KeepTheTrail`: the policy, and which of its statements begins there. */
function statementName(principal: PrincipalRow | undefined, { SourcePolicyId, StartPosition }: Matched): string {
  const all = [...(principal?.policies ?? []), ...(principal?.boundary === undefined ? [] : [principal.boundary])];
  const document = all.find(({ name }) => name === SourcePolicyId)?.document;
  if (document === undefined) return SourcePolicyId;
  const index = statementSpans(document).findIndex(({ from }) => {
    const place = placeOf(document, from);
    return place.Line === StartPosition.Line && place.Column === StartPosition.Column;
  });
  const { Statement } = JSON.parse(document) as { Statement: { Sid?: string } | readonly { Sid?: string }[] };
  const sid = (Array.isArray(Statement) ? (Statement as readonly { Sid?: string }[]) : [Statement as { Sid?: string }])[index]?.Sid;
  return sid === SourcePolicyId ? sid : `${SourcePolicyId}, ${sid ?? `statement ${index + 1}`}`;
}

export function SimulatorResults(props: {
  readonly rows: readonly ResultRow[];
  readonly selected: string | undefined;
  readonly principal: PrincipalRow | undefined;
  readonly onChoose: (id: string) => void;
}): JSX.Element {
  const columns: readonly Column<ResultRow>[] = [
    {
      id: "decision",
      head: T.decision,
      width: "14rem",
      card: "end",
      cell: (row) => (
        <Badge tone={row.decision === "allowed" ? "ok" : "alarm"} glyph={row.decision === "allowed" ? "okc" : "deny"}>
          {T.decisions[row.decision]}
        </Badge>
      ),
    },
    { id: "action", head: T.action, mono: true, min: 160, card: "main", cell: (row) => <span title={row.action}>{row.action}</span> },
    { id: "resource", head: T.resource, mono: true, min: 120, spare: 1, cell: (row) => <span title={row.resource}>{row.resource}</span> },
    {
      id: "by",
      head: T.decidedBy,
      min: 140,
      cell: (row) => (
        <Show when={row.matched.length > 0} fallback={<span class="muted">{T.none}</span>}>
          {row.matched.map((one) => statementName(props.principal, one)).join("; ")}
        </Show>
      ),
    },
  ];
  return (
    <Table
      label={T.results}
      columns={columns}
      rows={props.rows}
      rowKey={(row) => row.id}
      selected={props.selected}
      onOpen={(row) => props.onChoose(row.id)}
    />
  );
}
