/** A policy's text as a person reads it, and where its statements stand in it. */

import type { AccessTree, PolicySource, PrincipalRow, TreePolicy, TreeStatement } from "../../workers/api.ts";
import { parsePolicy } from "../../workers/language/policy/parse.ts";
import { principalOf, type StatementPart, statementParts } from "../../workers/language/policy/parts.ts";
import { type Span, statementSpans } from "../../workers/language/policy/places.ts";
import { laidOut } from "../editors/json/json-layout.ts";

/** Parts of a statement beside the request of a judgement; undefined where the tree kept no text of it. */
export function partsIn(tree: AccessTree, policy: TreePolicy, statement: TreeStatement): readonly StatementPart[] | undefined {
  if (statement.text === undefined) return undefined;
  const kind = policy.kind === "resource" || policy.kind === "trust" ? policy.kind : "identity";
  const parsed = parsePolicy({ Version: "2012-10-17", Statement: [JSON.parse(statement.text)] }, kind).statements[0];
  if (parsed === undefined) return undefined;
  return statementParts(parsed, {
    principal: principalOf(tree.principal, ""),
    action: tree.action,
    resource: tree.resource,
    context: tree.context,
  });
}

export interface MarkedText {
  readonly text: string;
  readonly mark?: Span;
  /** Whether the statement stands in it as it was judged. */
  readonly isSame: boolean;
}

/** A policy in the form people read, its statement's place, and whether that is still the statement that was judged. */
export function markedText(document: string, statement: TreeStatement): MarkedText {
  const isSame = statement.text === undefined || document.includes(statement.text);
  const text = document.includes("\n") ? document : (laidOut(document) ?? document);
  const mark = isSame ? statementSpans(text)[statement.index] : undefined;
  return { text, isSame, ...(mark === undefined ? {} : { mark }) };
}

/** The whole text of a policy of the tree, where the account's principals are known. */
export function sourceOf(rows: readonly PrincipalRow[], tree: AccessTree, policy: TreePolicy): PolicySource | undefined {
  const row = rowOf(rows, tree.principal);
  if (policy.kind === "trust") {
    const role = rows.find((one) => one.arn === tree.resource);
    return role?.trust === undefined ? undefined : { name: policy.name, type: "trust", document: role.trust };
  }
  const all = [...(row?.policies ?? []), ...(row?.boundary === undefined ? [] : [row.boundary])];
  return all.find((one) => one.name === policy.name && one.type === policy.type);
}

/** The user or role behind a caller. */
export function rowOf(rows: readonly PrincipalRow[], arn: string): PrincipalRow | undefined {
  const role = /:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return rows.find((one) => (role === undefined ? one.arn === arn : one.kind === "role" && one.name === role));
}

/** The statement that would let a call pass. */
export const missingStatement = (tree: Pick<AccessTree, "action" | "resource">): object => ({
  Effect: "Allow",
  Action: tree.action,
  Resource: tree.resource,
});
