/** The judgement of a simulated call as a tree, by the policy language that the engine judges with. */

import type { AccessTree, PolicySource, PrincipalRow, TreePolicy } from "../../workers/api.ts";
import { type AccessRequest, evaluateAccess, type StatementVerdict } from "../../workers/language/policy/evaluate.ts";
import { contextValue, type RequestContext } from "../../workers/language/policy/glob.ts";
import { parsePolicy } from "../../workers/language/policy/parse.ts";
import { principalOf } from "../../workers/language/policy/parts.ts";
import { statementSpans } from "../../workers/language/policy/places.ts";
import type { PolicyKind } from "../../workers/language/policy/tree.ts";
import { statementKeys } from "../../workers/language/policy/uses.ts";
import { ACCESS as T } from "./strings.ts";

export interface SimulatedCall {
  readonly row: PrincipalRow;
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
  /** JSON text of the resource's own policy. */
  readonly resourcePolicy?: string;
}

type Sources = Readonly<Partial<Record<PolicyKind, readonly PolicySource[]>>>;

export function simulatedTree({ row, action, resource, context, resourcePolicy }: SimulatedCall): AccessTree {
  const account = row.arn.split(":")[4] ?? "";
  const arn = row.kind === "user" ? row.arn : `arn:aws:sts::${account}:assumed-role/${row.name}/simulated`;
  const own = {
    "aws:PrincipalArn": row.arn,
    "aws:PrincipalAccount": account,
    "aws:PrincipalType": row.kind === "user" ? "User" : "AssumedRole",
    ...(row.kind === "user" ? { "aws:username": row.name, "aws:userid": row.id } : {}),
    ...Object.fromEntries(row.tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value])),
  };
  const sources: Sources = {
    identity: row.policies,
    ...(row.boundary === undefined ? {} : { boundary: [row.boundary] }),
    ...(resourcePolicy === undefined ? {} : { resource: [{ name: T.given, type: "resource", document: resourcePolicy }] }),
  };
  const policies = Object.fromEntries(
    (Object.entries(sources) as [PolicyKind, readonly PolicySource[]][]).map(([kind, list]) => [
      kind,
      list.map(({ document }) => parsePolicy(document, kind)),
    ]),
  );
  const of = resource.split(":")[4] ?? "";
  const request: AccessRequest = {
    principal: principalOf(arn, account),
    action,
    resource,
    resourceAccount: /^\d{12}$/.test(of) ? of : account,
    context: { ...own, ...context },
  };
  const verdict = evaluateAccess(policies, request);
  const decision = verdict.isAllowed ? "allowed" : verdict.reason === "explicit" ? "explicitDeny" : "implicitDeny";
  const { decided } = verdict;
  const name = decided === undefined ? "" : (sources[decided.kind]?.[decided.policy]?.name ?? "");
  const which = decided?.statement.sid ?? T.statement((decided?.statement.index ?? 0) + 1);
  return {
    principal: arn,
    action,
    resource,
    decision,
    by: verdict.by,
    sentence:
      decided === undefined ? T.silent(T.kinds[verdict.by as PolicyKind], action) : T.decidedBy(which, name, verdict.isAllowed, action),
    policies: policiesOf(sources, verdict.statements, decided),
    context: contextOf(verdict.statements, request.context),
  };
}

function policiesOf(sources: Sources, verdicts: readonly StatementVerdict[], decided: StatementVerdict | undefined): readonly TreePolicy[] {
  return (Object.entries(sources) as [PolicyKind, readonly PolicySource[]][]).flatMap(([kind, list]) =>
    list.map(({ name, type, arn, document }, place): TreePolicy => {
      const spans = statementSpans(document);
      const statements = verdicts.filter((one) => one.kind === kind && one.policy === place);
      return {
        kind,
        name,
        type,
        ...(arn === undefined ? {} : { arn }),
        statements: statements.map((one) => {
          const span = spans[one.statement.index];
          return {
            index: one.statement.index,
            ...(one.statement.sid === undefined ? {} : { sid: one.statement.sid }),
            effect: one.statement.effect,
            applies: one.applies,
            ...(one.missed === undefined ? {} : { missed: one.missed }),
            ...(one === decided ? { decided: true as const } : {}),
            ...(one.missed === "Action" || span === undefined ? {} : { text: document.slice(span.from, span.to) }),
          };
        }),
      };
    }),
  );
}

function contextOf(verdicts: readonly StatementVerdict[], context: RequestContext): AccessTree["context"] {
  const keys = new Set(verdicts.filter(({ missed }) => missed !== "Action").flatMap(({ statement }) => statementKeys(statement, true)));
  return Object.fromEntries(
    [...keys].sort().flatMap((key) => {
      const found = contextValue(context, key);
      return found === undefined ? [] : [[key, found.length === 1 ? (found[0] as string) : found]];
    }),
  );
}
