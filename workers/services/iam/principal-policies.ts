/** Policies of users and roles: attached, inline, and the permissions boundary. One set of rules for both. */
import type { Operations } from "../../model/generated/iam.ts";
import type { Context } from "../contract.ts";
import { checkIdentityPolicy, policySize } from "./check-document.ts";
import {
  type IamStore,
  iamOf,
  idOf,
  invalidInput,
  limitExceeded,
  noSuchEntity,
  type PrincipalDoc,
  policyOf,
  roleOf,
  userOf,
} from "./documents.ts";
import { encodeDocument } from "./encode.ts";
import { pageOf } from "./page.ts";

/** Managed policies of one user or role, and white-space-free characters of all its inline policies. */
const MOST_ATTACHED = 10;
const INLINE_SIZE = { user: 2048, role: 10_240 } as const;

type Kind = keyof typeof INLINE_SIZE;
interface Named {
  readonly UserName?: string;
  readonly RoleName?: string;
}

const kindOf = (input: Named): Kind => (input.RoleName === undefined ? "user" : "role");
const nameOf = (input: Named): string => input.RoleName ?? input.UserName ?? "";
const principalOf = (store: IamStore, input: Named): PrincipalDoc =>
  kindOf(input) === "user" ? userOf(store, nameOf(input)) : roleOf(store, nameOf(input));

function change(store: IamStore, input: Named, of: (doc: PrincipalDoc) => Partial<PrincipalDoc>): void {
  const id = idOf(nameOf(input));
  if (kindOf(input) === "user") {
    const user = userOf(store, nameOf(input));
    store.users.put(id, { ...user, ...of(user) });
  } else {
    const role = roleOf(store, nameOf(input));
    store.roles.put(id, { ...role, ...of(role) });
  }
}

export const boundaryOf = ({ boundary }: PrincipalDoc) =>
  boundary === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: "PermissionsBoundaryPolicy" as const, PermissionsBoundaryArn: boundary } };

/** ARN of a boundary whose policy is there. */
export function checkedBoundary(store: IamStore, arn: string): string {
  if (policyOf(store, arn) === undefined) throw noSuchEntity(`Scope ARN: ${arn} does not exist or is not attachable.`);
  return arn;
}

type Attach = Named & { readonly PolicyArn: string };

export function attach(ctx: Context, input: Attach): void {
  const store = iamOf(ctx);
  const { attached } = principalOf(store, input);
  if (policyOf(store, input.PolicyArn) === undefined) throw noSuchEntity(`Policy ${input.PolicyArn} does not exist or is not attachable.`);
  if (attached.includes(input.PolicyArn)) return;
  const quota = kindOf(input) === "user" ? "PoliciesPerUser" : "PoliciesPerRole";
  if (attached.length >= MOST_ATTACHED) throw limitExceeded(`Cannot exceed quota for ${quota}: ${MOST_ATTACHED}`);
  change(store, input, () => ({ attached: [...attached, input.PolicyArn] }));
}

export function detach(ctx: Context, input: Attach): void {
  const store = iamOf(ctx);
  const { attached } = principalOf(store, input);
  if (!attached.includes(input.PolicyArn)) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`);
  change(store, input, () => ({ attached: attached.filter((arn) => arn !== input.PolicyArn) }));
}

type Listing = Named & { readonly Marker?: string; readonly MaxItems?: number; readonly PathPrefix?: string };

export function listAttached(ctx: Context, input: Listing): Operations["ListAttachedUserPolicies"]["output"] {
  const store = iamOf(ctx);
  const { PathPrefix = "/" } = input;
  const policies = principalOf(store, input)
    .attached.flatMap((arn) => policyOf(store, arn) ?? [])
    .filter(({ Path }) => Path.startsWith(PathPrefix))
    .sort((a, b) => (a.Arn < b.Arn ? -1 : 1));
  const [page, rest] = pageOf(policies, ({ Arn }) => Arn, input);
  return { AttachedPolicies: page.map(({ PolicyName, Arn }) => ({ PolicyName, PolicyArn: Arn })), ...rest };
}

type Put = Named & { readonly PolicyName: string; readonly PolicyDocument: string };

export function putInline(ctx: Context, input: Put): void {
  const store = iamOf(ctx);
  const { inline } = principalOf(store, input);
  checkIdentityPolicy(input.PolicyDocument);
  const after = { ...inline, [input.PolicyName]: input.PolicyDocument };
  const kind = kindOf(input);
  const size = Object.values(after).reduce((sum, document) => sum + policySize(document), 0);
  if (size > INLINE_SIZE[kind])
    throw limitExceeded(`Maximum policy size of ${INLINE_SIZE[kind]} bytes exceeded for ${kind} ${nameOf(input)}`);
  change(store, input, () => ({ inline: after }));
}

type OfInline = Named & { readonly PolicyName: string };

function inlineOf(store: IamStore, input: OfInline): string {
  const { inline } = principalOf(store, input);
  const document = Object.hasOwn(inline, input.PolicyName) ? inline[input.PolicyName] : undefined;
  if (document === undefined) throw noSuchEntity(`The ${kindOf(input)} policy with name ${input.PolicyName} cannot be found.`);
  return document;
}

export function getUserPolicy(ctx: Context, input: Operations["GetUserPolicy"]["input"]): Operations["GetUserPolicy"]["output"] {
  const { UserName, PolicyName } = input;
  return { UserName, PolicyName, PolicyDocument: encodeDocument(inlineOf(iamOf(ctx), input)) };
}

export function getRolePolicy(ctx: Context, input: Operations["GetRolePolicy"]["input"]): Operations["GetRolePolicy"]["output"] {
  const { RoleName, PolicyName } = input;
  return { RoleName, PolicyName, PolicyDocument: encodeDocument(inlineOf(iamOf(ctx), input)) };
}

export function deleteInline(ctx: Context, input: OfInline): void {
  const store = iamOf(ctx);
  inlineOf(store, input);
  change(store, input, ({ inline }) => ({
    inline: Object.fromEntries(Object.entries(inline).filter(([name]) => name !== input.PolicyName)),
  }));
}

export function listInline(ctx: Context, input: Listing): Operations["ListUserPolicies"]["output"] {
  const names = Object.keys(principalOf(iamOf(ctx), input).inline).sort();
  const [PolicyNames, rest] = pageOf(names, (name) => name, input);
  return { PolicyNames, ...rest };
}

export function putBoundary(ctx: Context, input: Named & { readonly PermissionsBoundary: string }): void {
  const store = iamOf(ctx);
  principalOf(store, input);
  if (!input.PermissionsBoundary.startsWith("arn:")) throw invalidInput(`ARN ${input.PermissionsBoundary} is not valid.`);
  const boundary = checkedBoundary(store, input.PermissionsBoundary);
  change(store, input, () => ({ boundary }));
}

export function deleteBoundary(ctx: Context, input: Named): void {
  const store = iamOf(ctx);
  if (principalOf(store, input).boundary === undefined)
    throw noSuchEntity(`${kindOf(input) === "user" ? "User" : "Role"} ${nameOf(input)} does not have a permissions boundary.`);
  const id = idOf(nameOf(input));
  if (kindOf(input) === "user") {
    const { boundary: _gone, ...user } = userOf(store, nameOf(input));
    store.users.put(id, user);
  } else {
    const { boundary: _gone, ...role } = roleOf(store, nameOf(input));
    store.roles.put(id, role);
  }
}
