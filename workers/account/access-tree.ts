/** A judgement as it is shown and kept: which policies there were, which statements applied, and which decided. */
import { contextValue } from "../language/policy/glob.ts";
import { statementSpans } from "../language/policy/places.ts";
import type { PolicyKind } from "../language/policy/tree.ts";
import { statementKeys } from "../language/policy/uses.ts";
import type { AccessTree, TreePolicy, TreeStatement } from "../services/iam/denial.ts";
import { type Judged, textOf } from "./authorise.ts";

const KINDS: Readonly<Record<PolicyKind, string>> = {
  identity: "identity-based policy",
  resource: "policy of the resource",
  boundary: "permissions boundary",
  session: "session policy",
  scp: "service control policy",
  trust: "trust policy of the role",
};

export function treeOf(judged: Judged): AccessTree {
  const { verdict, request } = judged;
  const decision = verdict.isAllowed ? "allowed" : verdict.reason === "explicit" ? "explicitDeny" : "implicitDeny";
  return {
    principal: request.principal.arn,
    action: request.action,
    resource: request.resource,
    decision,
    by: request.principal.type === "Service" && verdict.statements.length === 0 && verdict.isAllowed ? "service" : verdict.by,
    ...(verdict.isAllowed ? {} : { message: textOf(judged) }),
    sentence: sentenceOf(judged),
    policies: policiesOf(judged),
    context: contextOf(judged),
  };
}

/** One sentence: which statement of which policy decided, or which kind of policy is silent. */
function sentenceOf({ verdict, request, sources }: Judged): string {
  const { decided, by, isAllowed } = verdict;
  if (by === "root") return "The root user of an account may do everything in it.";
  if (decided !== undefined) {
    const name = sources[decided.kind]?.[decided.policy]?.name ?? "";
    const statement = decided.statement.sid ? `statement ${decided.statement.sid}` : `statement ${decided.statement.index + 1}`;
    return `The ${KINDS[decided.kind]} ${name}, ${statement}, ${isAllowed ? "allows" : "denies"} ${request.action}.`;
  }
  if (isAllowed) return "A service acts for itself, and the resource has no policy that says otherwise.";
  const list = sources[by] ?? [];
  if (list.length === 0) return `There is no ${KINDS[by]}, so nothing allows ${request.action}.`;
  const near = verdict.statements.find(
    (one) => one.kind === by && one.statement.effect === "Allow" && !one.applies && one.missed !== "Action",
  );
  if (near === undefined) return `No ${KINDS[by]} has a statement that allows ${request.action}.`;
  const name = sources[by]?.[near.policy]?.name ?? "";
  const which = near.statement.sid ? `statement ${near.statement.sid}` : `statement ${near.statement.index + 1}`;
  return `${which[0]?.toUpperCase()}${which.slice(1)} of ${name} would allow ${request.action}, but its ${near.missed} does not fit.`;
}

function policiesOf({ verdict, sources }: Judged): readonly TreePolicy[] {
  return (Object.entries(sources) as [PolicyKind, NonNullable<(typeof sources)[PolicyKind]>][]).flatMap(([kind, list]) =>
    list.map(({ name, type, arn, document }, place): TreePolicy => {
      const spans = statementSpans(document);
      const statements = verdict.statements
        .filter((one) => one.kind === kind && one.policy === place)
        .map((one): TreeStatement => {
          const { index, sid, effect } = one.statement;
          const span = spans[index];
          const isNear = one.missed !== "Action" && span !== undefined;
          return {
            index,
            ...(sid === undefined ? {} : { sid }),
            effect,
            applies: one.applies,
            ...(one.missed === undefined ? {} : { missed: one.missed }),
            ...(one === verdict.decided ? { decided: true } : {}),
            ...(isNear ? { text: document.slice(span.from, span.to) } : {}),
          };
        });
      return { kind, name, type, ...(arn === undefined ? {} : { arn }), statements };
    }),
  );
}

/** Of the request's keys those that statements about the action look at. */
function contextOf({ verdict, request }: Judged): AccessTree["context"] {
  const keys = new Set(
    verdict.statements.filter(({ missed }) => missed !== "Action").flatMap(({ statement }) => statementKeys(statement, true)),
  );
  return Object.fromEntries(
    [...keys].sort().flatMap((key) => {
      const found = contextValue(request.context, key);
      return found === undefined ? [] : [[key, found.length === 1 ? (found[0] as string) : found]];
    }),
  );
}
