/** SimulateCustomPolicy and SimulatePrincipalPolicy: what policies would say, without the call. */

import {
  type AccessRequest,
  evaluateAccess,
  type PolicySet,
  type Principal,
  type StatementVerdict,
  type Verdict,
} from "../../language/policy/evaluate.ts";
import type { RequestContext } from "../../language/policy/glob.ts";
import { parsePolicy } from "../../language/policy/parse.ts";
import { placeOf, statementSpans } from "../../language/policy/places.ts";
import type { PolicyKind } from "../../language/policy/tree.ts";
import { statementKeys } from "../../language/policy/uses.ts";
import { ServiceError } from "../../model/errors.ts";
import type { EvaluationResult, Statement as Matched, Operations, ResourceSpecificResult } from "../../model/generated/iam.ts";
import type { Context } from "../contract.ts";
import {
  type IamStore,
  iamOf,
  idOf,
  invalidInput,
  noSuchEntity,
  type PrincipalDoc,
  type RoleDoc,
  roleByArn,
  type UserDoc,
} from "./documents.ts";
import { effectivePolicies } from "./effective.ts";
import { pageOf } from "./page.ts";

type Custom = Operations["SimulateCustomPolicy"]["input"];
type ForPrincipal = Operations["SimulatePrincipalPolicy"]["input"];
type Output = Operations["SimulateCustomPolicy"]["output"];

/** A policy text under the name that the answer gives it. */
interface Input {
  readonly id: string;
  readonly document: string;
}
type Inputs = Readonly<Partial<Record<PolicyKind, readonly Input[]>>>;

const listed = (name: string, documents: readonly string[] | undefined): readonly Input[] =>
  (documents ?? []).map((document, i) => ({ id: `${name}.${i + 1}`, document }));

export function simulateCustomPolicy(ctx: Context, input: Custom): Output {
  refuseUnbuilt(input.OrderedOrganizationPolicyInputList);
  const caller = callerOf(input.CallerArn, ctx.account);
  if (input.ResourcePolicy !== undefined && input.CallerArn === undefined)
    throw invalidInput("CallerArn is required when a ResourcePolicy is given.");
  return answer(
    input,
    caller,
    {
      identity: listed("PolicyInputList", input.PolicyInputList),
      ...boundaryInput(input.PermissionsBoundaryPolicyInputList),
      ...resourceInput(input.ResourcePolicy),
    },
    {},
  );
}

export function simulatePrincipalPolicy(ctx: Context, input: ForPrincipal): Output {
  if ((input.PolicyExclusionList ?? []).length > 0)
    throw new ServiceError("NotImplemented", "PolicyExclusionList is not built in Nephoscope.", { status: 501 });
  const store = iamOf(ctx);
  const source = sourceOf(store, input.PolicySourceArn);
  const { identity, boundary } = effectivePolicies(store, source.doc);
  const caller = input.CallerArn === undefined ? source.principal : callerOf(input.CallerArn, ctx.account);
  const given = boundaryInput(input.PermissionsBoundaryPolicyInputList);
  return answer(
    input,
    caller,
    {
      identity: [...identity.map(({ name, document }) => ({ id: name, document })), ...listed("PolicyInputList", input.PolicyInputList)],
      ...(boundary === undefined ? {} : { boundary: boundary.map(({ name, document }) => ({ id: name, document })) }),
      ...given,
      ...resourceInput(input.ResourcePolicy),
    },
    source.context,
  );
}

function refuseUnbuilt(organizations: readonly unknown[] | undefined): void {
  if ((organizations ?? []).length > 0)
    throw new ServiceError("NotImplemented", "OrderedOrganizationPolicyInputList is not built in Nephoscope.", { status: 501 });
}

const boundaryInput = (documents: readonly string[] | undefined): Inputs =>
  documents === undefined || documents.length === 0 ? {} : { boundary: listed("PermissionsBoundaryPolicyInputList", documents) };
const resourceInput = (document: string | undefined): Inputs =>
  document === undefined ? {} : { resource: [{ id: "ResourcePolicy", document }] };

function callerOf(arn: string | undefined, account: string): Principal {
  if (arn === undefined) return { type: "User", arn: `arn:aws:iam::${account}:user/simulated`, account };
  const [, of] = /^arn:aws[^:]*:iam::(\d{12}):user\/.+$/.exec(arn) ?? [];
  if (of === undefined) throw invalidInput("CallerArn must be the ARN of an IAM user.");
  return { type: "User", arn, account: of };
}

interface Source {
  readonly doc: PrincipalDoc;
  readonly principal: Principal;
  readonly context: RequestContext;
}

/** The user or role whose policies are simulated, and what is known of it. */
function sourceOf(store: IamStore, arn: string): Source {
  const [, kind] = /^arn:aws[^:]*:iam::\d{12}:(user|role|group)\/.+$/.exec(arn) ?? [];
  if (kind === undefined) throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`);
  const found: UserDoc | RoleDoc | undefined =
    kind === "user" ? store.users.get(idOf(arn.split("/").at(-1) as string)) : roleByArn(store, arn);
  if (found === undefined || found.Arn !== arn) throw noSuchEntity(`The ${kind} with name ${arn.split("/").at(-1)} cannot be found.`);
  const { account } = store;
  const tags = Object.fromEntries(found.Tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]));
  const common = { "aws:PrincipalArn": arn, "aws:PrincipalAccount": account, ...tags };
  if ("UserName" in found)
    return {
      doc: found,
      principal: { type: "User", arn, account },
      context: { ...common, "aws:PrincipalType": "User", "aws:username": found.UserName, "aws:userid": found.UserId },
    };
  const session = `arn:aws:sts::${account}:assumed-role/${found.RoleName}/simulated`;
  return {
    doc: found,
    principal: { type: "RoleSession", arn: session, roleArn: arn, account },
    context: { ...common, "aws:PrincipalType": "AssumedRole" },
  };
}

type Asked = Pick<Custom, "ActionNames" | "ResourceArns" | "ResourceOwner" | "ContextEntries" | "Marker" | "MaxItems">;

function answer(asked: Asked, caller: Principal, inputs: Inputs, known: RequestContext): Output {
  const policies = Object.fromEntries(
    (Object.entries(inputs) as [PolicyKind, readonly Input[]][]).map(([kind, list]) => [
      kind,
      list.map(({ id, document }) => parsed(document, kind, id)),
    ]),
  ) as PolicySet;
  const context = { ...known, ...contextOf(asked.ContextEntries) };
  const resources = asked.ResourceArns ?? [];
  const owner = asked.ResourceOwner === undefined ? undefined : /^arn:aws[^:]*:iam::(\d{12}):root$/.exec(asked.ResourceOwner)?.[1];
  if (asked.ResourceOwner !== undefined && owner === undefined) throw invalidInput("ResourceOwner must be the ARN of an account.");
  const results = asked.ActionNames.map((action): EvaluationResult => {
    if (!/^[a-z0-9-]+:[A-Za-z0-9*?]+$/i.test(action)) throw invalidInput(`Invalid Action: ${action}`);
    const each = (resources.length === 0 ? ["*"] : resources).map((resource) =>
      one(policies, inputs, { action, resource, caller, owner, context }),
    );
    return resultOf(action, each, resources);
  });
  const numbered = results.map((result, i) => ({ result, id: String(i).padStart(4, "0") }));
  const [page, rest] = pageOf(numbered, ({ id }) => id, asked);
  return { EvaluationResults: page.map(({ result }) => result), ...rest };
}

function parsed(document: string, kind: PolicyKind, id: string) {
  try {
    return parsePolicy(document, kind);
  } catch (thrown) {
    if (thrown instanceof ServiceError) throw invalidInput(`Invalid policy ${id}: ${thrown.hint ?? thrown.message}`);
    throw thrown;
  }
}

function contextOf(entries: Asked["ContextEntries"]): RequestContext {
  return Object.fromEntries(
    (entries ?? []).map(({ ContextKeyName, ContextKeyValues, ContextKeyType }) => {
      if (ContextKeyName === undefined || ContextKeyType === undefined)
        throw invalidInput("A context entry has a name, a type and values.");
      const values = (ContextKeyValues ?? []).flatMap((value) =>
        ContextKeyType.endsWith("List") ? value.split(",").map((part) => part.trim()) : [value],
      );
      return [ContextKeyName, values];
    }),
  );
}

interface Question {
  readonly action: string;
  readonly resource: string;
  readonly caller: Principal;
  readonly owner: string | undefined;
  readonly context: RequestContext;
}

const decisionOf = ({ isAllowed, reason }: Pick<Verdict, "isAllowed" | "reason">): EvaluationResult["EvalDecision"] =>
  isAllowed ? "allowed" : reason === "explicit" ? "explicitDeny" : "implicitDeny";

function one(policies: PolicySet, inputs: Inputs, { action, resource, caller, owner, context }: Question): ResourceSpecificResult {
  const of = resource.split(":")[4] ?? "";
  const resourceAccount = /^\d{12}$/.test(of) ? of : (owner ?? caller.account);
  const request: AccessRequest = { principal: caller, action, resource, resourceAccount, context };
  const verdict = evaluateAccess(policies, request);
  const isAcross = resourceAccount !== caller.account;
  const says = (kind: PolicyKind): Verdict["reason"] | undefined => verdictOf(verdict.statements.filter((one) => one.kind === kind));
  const word = (reason: Verdict["reason"] | undefined) =>
    decisionOf(reason === undefined ? { isAllowed: true } : { isAllowed: false, reason });
  return {
    EvalResourceName: resource,
    EvalResourceDecision: decisionOf(verdict),
    MatchedStatements: deciding(verdict).map((statement) => matched(statement, inputs)),
    MissingContextValues: missing(policies, verdict, context),
    ...(resource === "*"
      ? {}
      : { EvalDecisionDetails: isAcross ? { "IAM Policy": word(says("identity")), "Resource Policy": word(says("resource")) } : {} }),
    ...(policies.boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: says("boundary") === undefined } }),
  };
}

/** What the statements of one kind say together: undefined = allow. */
function verdictOf(statements: readonly StatementVerdict[]): Verdict["reason"] | undefined {
  const applying = statements.filter(({ applies }) => applies);
  if (applying.some(({ statement }) => statement.effect === "Deny")) return "explicit";
  return applying.length > 0 ? undefined : "implicit";
}

/** Where a statement denies, only such; else those that allow. */
function deciding({ reason, statements }: Verdict): readonly StatementVerdict[] {
  const effect = reason === "explicit" ? "Deny" : "Allow";
  return statements.filter(({ applies, statement }) => applies && statement.effect === effect);
}

function matched({ kind, policy, statement }: StatementVerdict, inputs: Inputs): Matched {
  const { id, document } = (inputs[kind] as readonly Input[])[policy] as Input;
  const { from, to } = statementSpans(document)[statement.index] ?? { from: 0, to: document.length };
  return {
    SourcePolicyId: id,
    // AWS answers with words that its model does not list.
    SourcePolicyType: (kind === "resource" ? "Resource Policy" : "IAM Policy") as never,
    StartPosition: placeOf(document, from),
    EndPosition: placeOf(document, to),
  };
}

/** Keys that statements for this action and resource ask for and nobody gave. */
function missing(policies: PolicySet, { statements }: Verdict, context: RequestContext): readonly string[] {
  const given = new Set(Object.keys(context).map((key) => key.toLowerCase()));
  const wanted = new Map<string, string>();
  for (const { kind, policy, statement, applies, missed } of statements) {
    if (!applies && missed !== "Condition") continue;
    const hasVariables = policies[kind]?.[policy]?.version === "2012-10-17";
    for (const key of statementKeys(statement, hasVariables)) if (!given.has(key.toLowerCase())) wanted.set(key.toLowerCase(), key);
  }
  return [...wanted.values()].sort();
}

function resultOf(action: string, each: readonly ResourceSpecificResult[], resources: readonly string[]): EvaluationResult {
  const [first] = each as [ResourceSpecificResult];
  const { EvalResourceName, EvalResourceDecision, ...rest } = first;
  if (each.length === 1)
    return {
      EvalActionName: action,
      EvalResourceName,
      EvalDecision: EvalResourceDecision,
      ...rest,
      ...(resources.length === 0 ? {} : { ResourceSpecificResults: each }),
    };
  const worst = (["explicitDeny", "implicitDeny"] as const).find((decision) =>
    each.some((result) => result.EvalResourceDecision === decision),
  );
  return {
    EvalActionName: action,
    EvalResourceName: "*",
    EvalDecision: worst ?? "allowed",
    MatchedStatements: [],
    MissingContextValues: [...new Set(each.flatMap((result) => result.MissingContextValues ?? []))].sort(),
    ResourceSpecificResults: each,
  };
}
