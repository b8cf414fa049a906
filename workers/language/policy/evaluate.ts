/** Whether a request is allowed, in the order of facts iam §2, and which statement of which policy decided. */
import { conditionHolds } from "./conditions.ts";
import { fitsAction, fitsPattern, type RequestContext } from "./glob.ts";
import type { Policy, PolicyKind, PrincipalPattern, Statement } from "./tree.ts";

export interface Principal {
  readonly type: "Root" | "User" | "RoleSession" | "Service";
  /** The user's or session's ARN, or the service's name. */
  readonly arn: string;
  /** The role behind a session. */
  readonly roleArn?: string;
  /** 12 digits; `aws` for a service. */
  readonly account: string;
}

export interface AccessRequest {
  readonly principal: Principal;
  /** `logs:PutLogEvents` */
  readonly action: string;
  /** An ARN, or `*` where the action has no resource. */
  readonly resource: string;
  readonly resourceAccount: string;
  readonly context: RequestContext;
  /** The resource's own policy must allow: keys, and roles that are assumed. */
  readonly strictResourcePolicy?: boolean;
}

/** Absent: there is no policy of that kind. Several of `identity` and `resource` add up. */
export type PolicySet = Readonly<Partial<Record<PolicyKind, readonly Policy[]>>>;

export interface StatementVerdict {
  readonly kind: PolicyKind;
  /** Place of the policy among those of its kind, from 0. */
  readonly policy: number;
  readonly statement: Statement;
  readonly applies: boolean;
  /** The first part that did not fit. */
  readonly missed?: "Action" | "Resource" | "Principal" | "Condition";
}

export interface Verdict {
  readonly isAllowed: boolean;
  /** Of a denial: a statement says so, or none allows. */
  readonly reason?: "explicit" | "implicit";
  /** The kind of policy that decided. */
  readonly by: PolicyKind | "root";
  /** The statement that decided, where one did. */
  readonly decided?: StatementVerdict;
  readonly statements: readonly StatementVerdict[];
}

/** How a resource's policy names the caller: as itself, its role, or its account. */
type Grant = "direct" | "role" | "account";

export function evaluateAccess(policies: PolicySet, request: AccessRequest): Verdict {
  const statements = judged(policies, request);
  const verdict = decide(policies, request, statements);
  return { ...verdict, statements };
}

function judged(policies: PolicySet, request: AccessRequest): readonly StatementVerdict[] {
  return (Object.entries(policies) as [PolicyKind, readonly Policy[]][]).flatMap(([kind, list]) =>
    list.flatMap((policy, place) =>
      policy.statements.map((statement): StatementVerdict => {
        const missed = firstMiss(statement, policy, request);
        return { kind, policy: place, statement, applies: missed === undefined, ...(missed === undefined ? {} : { missed }) };
      }),
    ),
  );
}

function decide(policies: PolicySet, request: AccessRequest, statements: readonly StatementVerdict[]): Omit<Verdict, "statements"> {
  const { principal } = request;
  const isRoot = principal.type === "Root";
  const applying = statements.filter((one) => one.applies);
  const denied = applying.find(({ kind, statement }) => statement.effect === "Deny" && (!isRoot || kind === "scp" || isOfResource(kind)));
  if (denied !== undefined) return { isAllowed: false, reason: "explicit", by: denied.kind, decided: denied };
  const allowing = (kind: PolicyKind): StatementVerdict | undefined =>
    applying.find((one) => one.kind === kind && one.statement.effect === "Allow");
  const silent = (by: PolicyKind): Omit<Verdict, "statements"> => ({ isAllowed: false, reason: "implicit", by });
  const allow = (by: Verdict["by"], decided?: StatementVerdict): Omit<Verdict, "statements"> => ({
    isAllowed: true,
    by,
    ...(decided === undefined ? {} : { decided }),
  });
  if (policies.scp !== undefined && allowing("scp") === undefined && principal.type !== "Service") return silent("scp");

  const granted = strongest(applying, principal);
  const resourceKind: PolicyKind = policies.trust === undefined ? "resource" : "trust";
  if (principal.type === "Service") return granted === undefined ? silent(resourceKind) : allow(granted.by.kind, granted.by);
  const isSameAccount = principal.account === request.resourceAccount;
  if (isRoot && isSameAccount) return allow("root");
  if (isSameAccount && granted?.grant === "direct") return allow(granted.by.kind, granted.by);
  const needsResource = !isSameAccount || request.strictResourcePolicy === true;
  if (needsResource && granted === undefined) return silent(resourceKind);

  const identity = allowing("identity");
  const isByRole = isSameAccount && granted?.grant === "role";
  if (!isByRole && identity === undefined && !(isRoot && !isSameAccount)) return silent("identity");
  for (const kind of ["boundary", "session"] as const)
    if (policies[kind] !== undefined && allowing(kind) === undefined) return silent(kind);
  return isByRole && granted !== undefined ? allow(granted.by.kind, granted.by) : allow("identity", identity);
}

const isOfResource = (kind: PolicyKind): boolean => kind === "resource" || kind === "trust";

const STRENGTH: readonly Grant[] = ["account", "role", "direct"];

function strongest(
  applying: readonly StatementVerdict[],
  principal: Principal,
): { readonly grant: Grant; readonly by: StatementVerdict } | undefined {
  let best: { grant: Grant; by: StatementVerdict } | undefined;
  for (const by of applying) {
    if (!isOfResource(by.kind) || by.statement.effect !== "Allow") continue;
    const { principals } = by.statement;
    const grants =
      principals === undefined || principals.isNot ? ["direct" as const] : principals.list.flatMap((one) => grantOf(one, principal) ?? []);
    for (const grant of grants) if (best === undefined || STRENGTH.indexOf(grant) > STRENGTH.indexOf(best.grant)) best = { grant, by };
  }
  return best;
}

export function grantOf({ kind, value }: PrincipalPattern, principal: Principal): Grant | undefined {
  if (kind === "anyone") return "direct";
  if (kind === "service") return principal.type === "Service" && principal.arn === value ? "direct" : undefined;
  if (kind !== "aws" || principal.type === "Service") return undefined;
  if (value === principal.arn) return "direct";
  if (principal.roleArn === value) return "role";
  return value === principal.account || value === `arn:aws:iam::${principal.account}:root` ? "account" : undefined;
}

function firstMiss(statement: Statement, policy: Policy, request: AccessRequest): StatementVerdict["missed"] | undefined {
  const hasVariables = policy.version === "2012-10-17";
  const { actions, resources, principals, conditions } = statement;
  if (actions.patterns.some((pattern) => fitsAction(request.action, pattern)) === actions.isNot) return "Action";
  const variables = hasVariables ? request.context : undefined;
  if (
    resources !== undefined &&
    resources.patterns.some((pattern) => fitsPattern(request.resource, pattern, variables)) === resources.isNot
  )
    return "Resource";
  if (principals !== undefined) {
    const isNamed = principals.list.some((one) => grantOf(one, request.principal) !== undefined);
    if (isNamed === principals.isNot) return "Principal";
  }
  return conditions.every((condition) => conditionHolds(condition, request.context, hasVariables)) ? undefined : "Condition";
}
