/**
 * May this caller do this? The policies of IAM, of the role's session and of the resource itself, judged by the policy
 * language. Loaded when someone first calls of whom it is not known beforehand (`admission.ts`).
 *
 * What was decided is kept per caller and action, as long as nobody changes IAM: either for all resources at once, where one
 * unconditional Allow on `*` of each kind stands against no Deny, or per resource, where no statement asks for the request.
 */
import { type AccessRequest, evaluateAccess, type PolicySet, type Principal, type Verdict } from "../language/policy/evaluate.ts";
import { fitsAction, type RequestContext } from "../language/policy/glob.ts";
import { deniedText } from "../language/policy/texts.ts";
import type { Policy, PolicyKind, Statement } from "../language/policy/tree.ts";
import { statementKeys } from "../language/policy/uses.ts";
import type { Identity } from "../services/contract.ts";
import { type IamStore, iamStore, idOf, type PrincipalDoc } from "../services/iam/documents.ts";
import { effectivePolicies, managedSource, type PolicySource, parsedOnce } from "../services/iam/effective.ts";
import type { SessionDoc } from "../services/sts/session.ts";
import type { House } from "./house.ts";

export interface AccessQuestion {
  readonly identity: Identity;
  readonly action: string;
  readonly resource: string;
  /** JSON text of the resource's own policy, where it has one. */
  readonly resourcePolicy?: string | undefined;
  /** Made only where a statement asks for it. */
  readonly context: () => RequestContext;
}

export type Sources = Readonly<Partial<Record<PolicyKind, readonly PolicySource[]>>>;

/** A verdict with all that it was judged by. */
export interface Judged {
  readonly verdict: Verdict;
  readonly request: AccessRequest;
  readonly sources: Sources;
}

interface Caller {
  readonly principal: Principal;
  readonly sources: Sources;
  readonly policies: PolicySet;
  readonly known: RequestContext;
  readonly byAction: Map<string, KnownAction>;
}

/** `all`: allowed on every resource. `asks`: some statement about the action looks at the request. */
type KnownAction = "all" | { readonly asks: boolean; readonly byResource: Map<string, boolean> };

interface Known {
  readonly version: number;
  readonly callers: Map<string, Caller>;
}

const MOST_RESOURCES = 10_000;
const MOST_CALLERS = 1_000;
const kept = new WeakMap<House, Known>();

/** Versions of IAM's documents and of sessions: whatever changes rights changes one of them. */
const versionOf = (house: House): number => (house.versions["iam"] ?? 0) + (house.versions["sts"] ?? 0);

function callerOf(house: House, identity: Identity): Caller {
  const version = versionOf(house);
  let known = kept.get(house);
  if (known?.version !== version) {
    known = { version, callers: new Map() };
    kept.set(house, known);
  }
  const key = `${identity.accountId}/${identity.type}/${identity.type === "AssumedRole" ? `${identity.accessKeyId} ${identity.arn}` : identity.id}`;
  let caller = known.callers.get(key);
  if (caller === undefined) {
    caller = madeCaller(house, identity);
    if (known.callers.size >= MOST_CALLERS) known.callers.clear();
    known.callers.set(key, caller);
  }
  return caller;
}

const store = (house: House, account: string): IamStore =>
  iamStore(account, (kind) => house.documents.open(`${account}/global/iam/${kind}`, false, () => undefined));

const tagKeys = (tags: PrincipalDoc["Tags"]): RequestContext =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]));

function madeCaller(house: House, identity: Identity): Caller {
  const { accountId: account, arn = identity.id } = identity;
  const caller = (principal: Principal, sources: Sources, known: RequestContext): Caller => {
    const policies = Object.fromEntries(
      (Object.entries(sources) as [PolicyKind, readonly PolicySource[]][]).map(([kind, list]) => [
        kind,
        list.map(({ document }) => parsedOnce(document, kind)),
      ]),
    ) as PolicySet;
    return { principal, sources, policies, known, byAction: new Map() };
  };
  const common = { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, "aws:userid": identity.principalId };
  if (identity.type === "AWSService")
    return caller({ type: "Service", arn: identity.id, account: "aws" }, {}, { "aws:PrincipalServiceName": identity.id });
  if (identity.type === "Root") return caller({ type: "Root", arn, account }, {}, { ...common, "aws:PrincipalType": "Account" });
  const iam = store(house, account);
  if (identity.type === "IAMUser") {
    const user = iam.users.get(idOf(identity.userName ?? identity.id));
    const known = { ...common, "aws:PrincipalType": "User", "aws:username": identity.userName, ...tagKeys(user?.Tags ?? []) };
    return caller({ type: "User", arn, account }, user === undefined ? { identity: [] } : sourcesOf(iam, user), known);
  }
  const roleName = /assumed-role\/([^/]+)\//.exec(arn)?.[1] ?? "";
  const role = iam.roles.get(idOf(roleName));
  const session = house.documents.open<SessionDoc>(`${account}/global/sts/session`, false, () => undefined).get(identity.accessKeyId ?? "");
  const roleArn = role?.Arn ?? `arn:aws:iam::${account}:role/${roleName}`;
  const known = {
    ...common,
    "aws:PrincipalArn": roleArn,
    "aws:PrincipalType": "AssumedRole",
    ...(session === undefined ? {} : { "aws:TokenIssueTime": new Date(session.CreateDate).toISOString() }),
    ...(session?.sourceIdentity === undefined ? {} : { "aws:SourceIdentity": session.sourceIdentity }),
    ...tagKeys([...(role?.Tags ?? []), ...(session?.Tags ?? [])]),
  };
  const sources = { ...(role === undefined ? { identity: [] } : sourcesOf(iam, role)), ...sessionSources(iam, session) };
  return caller({ type: "RoleSession", arn, roleArn, account }, sources, known);
}

const sourcesOf = (iam: IamStore, doc: PrincipalDoc): Sources => ({ ...effectivePolicies(iam, doc) });

function sessionSources(iam: IamStore, session: SessionDoc | undefined): Sources {
  if (session === undefined || (session.document === undefined && session.policyArns.length === 0)) return {};
  const inline: readonly PolicySource[] =
    session.document === undefined ? [] : [{ name: session.RoleSessionName, type: "session", document: session.document }];
  return { session: [...inline, ...session.policyArns.flatMap((arn) => managedSource(iam, arn))] };
}

const KINDS = ["identity", "boundary", "session"] as const;

function knownAction({ policies }: Caller, action: string): KnownAction {
  const fitting = KINDS.flatMap((kind) =>
    (policies[kind] ?? []).flatMap((policy) =>
      policy.statements
        .filter((one) => one.actions.patterns.some((pattern) => fitsAction(action, pattern)) !== one.actions.isNot)
        .map((statement) => ({ kind, policy, statement })),
    ),
  );
  const isOpen = (kind: PolicyKind): boolean => fitting.some((one) => one.kind === kind && isUnconditional(one.statement));
  const isAll =
    fitting.every(({ statement }) => statement.effect === "Allow") &&
    KINDS.every((kind) => (kind !== "identity" && policies[kind] === undefined) || isOpen(kind));
  if (isAll) return "all";
  return { asks: fitting.some(({ policy, statement }) => asks(policy, statement)), byResource: new Map() };
}

const isUnconditional = ({ effect, resources, conditions }: Statement): boolean =>
  effect === "Allow" && conditions.length === 0 && resources !== undefined && !resources.isNot && resources.patterns.includes("*");
const asks = (policy: Policy, statement: Statement): boolean => statementKeys(statement, policy.version === "2012-10-17").length > 0;

/** Whether a call is allowed. The rule that it follows is `judge`; most calls are answered from what was decided before. */
export function isAllowed(house: House, question: AccessQuestion): boolean {
  const caller = callerOf(house, question.identity);
  if (saysSomething(question.resourcePolicy) || isSpecial(caller, question)) return judge(house, question).verdict.isAllowed;
  let known = caller.byAction.get(question.action);
  if (known === undefined) {
    known = knownAction(caller, question.action);
    caller.byAction.set(question.action, known);
  }
  if (known === "all") return true;
  if (known.asks) return judge(house, question).verdict.isAllowed;
  let allowed = known.byResource.get(question.resource);
  if (allowed === undefined) {
    allowed = judge(house, question).verdict.isAllowed;
    if (known.byResource.size >= MOST_RESOURCES) known.byResource.clear();
    known.byResource.set(question.resource, allowed);
  }
  return allowed;
}

const saysSomething = (policy: string | undefined): boolean => policy !== undefined && parsedOnce(policy, "resource").statements.length > 0;

const accountOf = (resource: string, own: string): string => {
  const account = resource.split(":", 6)[4] ?? "";
  return /^\d{12}$/.test(account) ? account : own;
};

const isSpecial = ({ principal }: Caller, { action, resource }: AccessQuestion): boolean =>
  principal.type === "Service" ||
  principal.type === "Root" ||
  action === "sts:AssumeRole" ||
  accountOf(resource, principal.account) !== principal.account;

/** The whole judgement. */
export function judge(house: House, question: AccessQuestion): Judged {
  const { identity, action, resource } = question;
  const caller = callerOf(house, identity);
  const extra = action === "sts:AssumeRole" ? trustSources(house, identity.accountId, resource) : resourceSources(question.resourcePolicy);
  const sources = { ...caller.sources, ...extra };
  const parsed = Object.fromEntries(
    (Object.entries(extra) as [PolicyKind, readonly PolicySource[]][]).map(([kind, list]) => [
      kind,
      list.map(({ document }) => parsedOnce(document, kind)),
    ]),
  );
  const { principal } = caller;
  const request: AccessRequest = {
    principal,
    action,
    resource,
    resourceAccount: accountOf(resource, identity.accountId),
    context: { ...question.context(), ...caller.known },
    ...(action === "sts:AssumeRole" ? { strictResourcePolicy: true } : {}),
  };
  // A service acts on its own where the resource has no policy of its own.
  const isFree = principal.type === "Service" && extra.resource === undefined && extra.trust === undefined;
  const verdict: Verdict = isFree
    ? { isAllowed: true, by: "resource", statements: [] }
    : evaluateAccess({ ...caller.policies, ...parsed }, request);
  return { verdict, request, sources };
}

const resourceSources = (document: string | undefined): Sources =>
  document === undefined ? {} : { resource: [{ name: "Policy of the resource", type: "resource", document }] };

/** A role that is not there trusts nobody. */
function trustSources(house: House, account: string, arn: string): Sources {
  const role = store(house, account).roles.get(idOf(arn.split("/").at(-1) ?? ""));
  return { trust: role?.Arn === arn ? [{ name: role.RoleName, type: "trust", document: role.AssumeRolePolicyDocument }] : [] };
}

/** AWS's text of a denial. IAM calls users, roles and policies that are there by their names. */
export function textOf({ verdict, request, sources }: Judged): string {
  if (request.action === "sts:AssumeRole" && sources.trust?.length === 0)
    return `User: ${request.principal.arn} is not authorized to perform: sts:AssumeRole on resource: ${request.resource}`;
  return deniedText({ ...request, resource: shownResource(request) }, verdict);
}

function shownResource({ action, resource }: AccessRequest): string {
  if (!action.startsWith("iam:") || /^iam:(?:Create(?:User|Role|Policy)|PassRole|Simulate\w+)$/.test(action)) return resource;
  const [, kind, name] = /^arn:aws:iam::\w*:(user|role|policy)\/(?:.*\/)?([^/]*)$/.exec(resource) ?? [];
  if (kind === "policy" && name === "") return "policy path /";
  if (kind === undefined || name === "") return resource;
  return kind === "policy" ? `policy ${resource}` : `${kind} ${name}`;
}
