/** Managed policies: the account's own, with up to five versions, and those of AWS, which are read only. */
import { arnOf } from "../../model/arn.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations, Policy } from "../../model/generated/iam.ts";
import type { Context } from "../contract.ts";
import { uniqueId } from "../principal-ids.ts";
import { checkIdentityPolicy, policySize } from "./check-document.ts";
import {
  alreadyExists,
  deleteConflict,
  type IamStore,
  iamOf,
  limitExceeded,
  noSuchEntity,
  type PolicyDoc,
  type PolicyVersionDoc,
  type PrincipalDoc,
  policyOf,
} from "./documents.ts";
import { encodeDocument } from "./encode.ts";
import { isManagedArn, managedPolicies } from "./managed.ts";
import { pageOf } from "./page.ts";
import { checkedTags } from "./tags.ts";

const MOST_VERSIONS = 5;
const LARGEST = 6144;

/** How many users and roles have each policy attached, and how many have it as boundary. */
function uses(store: IamStore): { readonly attached: ReadonlyMap<string, number>; readonly boundaries: ReadonlyMap<string, number> } {
  const [attached, boundaries] = [new Map<string, number>(), new Map<string, number>()];
  const count = (of: Map<string, number>, arn: string): void => void of.set(arn, (of.get(arn) ?? 0) + 1);
  for (const principal of [...store.users.values(), ...store.roles.values()] as readonly PrincipalDoc[]) {
    for (const arn of principal.attached) count(attached, arn);
    if (principal.boundary !== undefined) count(boundaries, principal.boundary);
  }
  return { attached, boundaries };
}

function shownPolicy(store: IamStore, policy: PolicyDoc, isWhole: boolean, { attached, boundaries } = uses(store)): Policy {
  return {
    PolicyName: policy.PolicyName,
    PolicyId: policy.PolicyId,
    Arn: policy.Arn,
    Path: policy.Path,
    DefaultVersionId: policy.DefaultVersionId,
    AttachmentCount: attached.get(policy.Arn) ?? 0,
    PermissionsBoundaryUsageCount: boundaries.get(policy.Arn) ?? 0,
    IsAttachable: true,
    ...(isWhole && policy.Description !== undefined ? { Description: policy.Description } : {}),
    CreateDate: policy.CreateDate,
    UpdateDate: policy.UpdateDate,
    ...(isWhole && policy.Tags.length > 0 ? { Tags: policy.Tags } : {}),
  };
}

function checkedDocument(document: string): string {
  checkIdentityPolicy(document);
  if (policySize(document) > LARGEST) throw limitExceeded(`Cannot exceed quota for PolicySize: ${LARGEST}`);
  return document;
}

export function createPolicy(ctx: Context, input: Operations["CreatePolicy"]["input"]): Operations["CreatePolicy"]["output"] {
  const store = iamOf(ctx);
  const { PolicyName, Path = "/", PolicyDocument, Description } = input;
  const Document = checkedDocument(PolicyDocument);
  const isTaken = store.policies.values().some((policy) => policy.PolicyName.toLowerCase() === PolicyName.toLowerCase());
  if (isTaken) throw alreadyExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
  const policy: PolicyDoc = {
    PolicyName,
    PolicyId: uniqueId("ANPA", ctx.account, ctx.id("policy")),
    Arn: arnOf("iam", "", ctx.account, `policy${Path}${PolicyName}`),
    Path,
    ...(Description === undefined ? {} : { Description }),
    CreateDate: ctx.now,
    UpdateDate: ctx.now,
    DefaultVersionId: "v1",
    versions: [{ VersionId: "v1", Document, CreateDate: ctx.now }],
    nextVersion: 2,
    Tags: checkedTags([], input.Tags ?? []),
  };
  store.policies.put(policy.Arn, policy);
  const { Description: _later, ...shown } = shownPolicy(store, policy, true);
  return { Policy: shown };
}

function found(store: IamStore, arn: string): PolicyDoc {
  const policy = policyOf(store, arn);
  if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
  return policy;
}

/** A policy that may be changed. */
function own(store: IamStore, arn: string): PolicyDoc {
  if (isManagedArn(arn)) throw new ServiceError("AccessDenied", "Cannot perform operation on an AWS managed policy.", { status: 403 });
  return found(store, arn);
}

export function getPolicy(ctx: Context, { PolicyArn }: Operations["GetPolicy"]["input"]): Operations["GetPolicy"]["output"] {
  const store = iamOf(ctx);
  return { Policy: shownPolicy(store, found(store, PolicyArn), true) };
}

/** Of AWS's policies those that Nephoscope has. */
export function listPolicies(ctx: Context, input: Operations["ListPolicies"]["input"]): Operations["ListPolicies"]["output"] {
  const store = iamOf(ctx);
  const { Scope = "All", OnlyAttached = false, PathPrefix = "/", PolicyUsageFilter } = input;
  const counts = uses(store);
  const wanted =
    PolicyUsageFilter === "PermissionsBoundary"
      ? [counts.boundaries]
      : PolicyUsageFilter === undefined
        ? [counts.attached, counts.boundaries]
        : [counts.attached];
  const isUsed = ({ Arn }: PolicyDoc): boolean => wanted.some((count) => count.has(Arn));
  const policies = [...(Scope === "AWS" ? [] : store.policies.values()), ...(Scope === "Local" ? [] : managedPolicies())]
    .filter((policy) => policy.Path.startsWith(PathPrefix) && (!(OnlyAttached || PolicyUsageFilter !== undefined) || isUsed(policy)))
    .sort((a, b) => (a.Arn < b.Arn ? -1 : 1));
  const [page, rest] = pageOf(policies, ({ Arn }) => Arn, input);
  return { Policies: page.map((policy) => shownPolicy(store, policy, false, counts)), ...rest };
}

export function deletePolicy(ctx: Context, { PolicyArn }: Operations["DeletePolicy"]["input"]): void {
  const store = iamOf(ctx);
  const policy = own(store, PolicyArn);
  const { attached, boundaries } = uses(store);
  if (attached.has(PolicyArn) || boundaries.has(PolicyArn)) throw deleteConflict("Cannot delete a policy attached to entities.");
  if (policy.versions.length > 1)
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  store.policies.delete(PolicyArn);
}

const shownVersion = (policy: PolicyDoc, version: PolicyVersionDoc, withDocument: boolean) => ({
  ...(withDocument ? { Document: encodeDocument(version.Document) } : {}),
  VersionId: version.VersionId,
  IsDefaultVersion: version.VersionId === policy.DefaultVersionId,
  CreateDate: version.CreateDate,
});

export function createPolicyVersion(
  ctx: Context,
  input: Operations["CreatePolicyVersion"]["input"],
): Operations["CreatePolicyVersion"]["output"] {
  const store = iamOf(ctx);
  const policy = own(store, input.PolicyArn);
  const Document = checkedDocument(input.PolicyDocument);
  if (policy.versions.length >= MOST_VERSIONS)
    throw limitExceeded(
      `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  const version = { VersionId: `v${policy.nextVersion}`, Document, CreateDate: ctx.now };
  const after: PolicyDoc = {
    ...policy,
    versions: [...policy.versions, version],
    nextVersion: policy.nextVersion + 1,
    UpdateDate: ctx.now,
    ...(input.SetAsDefault === true ? { DefaultVersionId: version.VersionId } : {}),
  };
  store.policies.put(policy.Arn, after);
  return { PolicyVersion: shownVersion(after, version, false) };
}

function versionOf(policy: PolicyDoc, id: string): PolicyVersionDoc {
  const version = policy.versions.find(({ VersionId }) => VersionId === id);
  if (version === undefined) throw noSuchEntity(`Policy ${policy.Arn} version ${id} does not exist or is not attachable.`);
  return version;
}

export function getPolicyVersion(ctx: Context, input: Operations["GetPolicyVersion"]["input"]): Operations["GetPolicyVersion"]["output"] {
  const policy = found(iamOf(ctx), input.PolicyArn);
  return { PolicyVersion: shownVersion(policy, versionOf(policy, input.VersionId), true) };
}

/** Newest first. */
export function listPolicyVersions(
  ctx: Context,
  input: Operations["ListPolicyVersions"]["input"],
): Operations["ListPolicyVersions"]["output"] {
  const policy = found(iamOf(ctx), input.PolicyArn);
  const newest = [...policy.versions].reverse();
  const place = (version: PolicyVersionDoc): string => String(newest.indexOf(version)).padStart(3, "0");
  const [page, rest] = pageOf(newest, place, input);
  return { Versions: page.map((version) => shownVersion(policy, version, false)), ...rest };
}

export function setDefaultPolicyVersion(ctx: Context, input: Operations["SetDefaultPolicyVersion"]["input"]): void {
  const store = iamOf(ctx);
  const policy = own(store, input.PolicyArn);
  versionOf(policy, input.VersionId);
  store.policies.put(policy.Arn, { ...policy, DefaultVersionId: input.VersionId, UpdateDate: ctx.now });
}

export function deletePolicyVersion(ctx: Context, input: Operations["DeletePolicyVersion"]["input"]): void {
  const store = iamOf(ctx);
  const policy = own(store, input.PolicyArn);
  versionOf(policy, input.VersionId);
  if (input.VersionId === policy.DefaultVersionId) throw deleteConflict("Cannot delete the default version of a policy.");
  store.policies.put(policy.Arn, {
    ...policy,
    versions: policy.versions.filter(({ VersionId }) => VersionId !== input.VersionId),
    UpdateDate: ctx.now,
  });
}

export function listEntitiesForPolicy(
  ctx: Context,
  input: Operations["ListEntitiesForPolicy"]["input"],
): Operations["ListEntitiesForPolicy"]["output"] {
  const store = iamOf(ctx);
  const { PolicyArn, EntityFilter, PathPrefix = "/", PolicyUsageFilter } = input;
  found(store, PolicyArn);
  const has = ({ attached, boundary, Path }: PrincipalDoc): boolean =>
    Path.startsWith(PathPrefix) &&
    ((PolicyUsageFilter !== "PermissionsBoundary" && attached.includes(PolicyArn)) ||
      (PolicyUsageFilter !== "PermissionsPolicy" && boundary === PolicyArn));
  const entities = [
    ...(EntityFilter === undefined || EntityFilter === "Role" ? store.roles.values().filter(has) : []).map((role) => ({
      id: `role/${role.RoleName}`,
      role,
    })),
    ...(EntityFilter === undefined || EntityFilter === "User" ? store.users.values().filter(has) : []).map((user) => ({
      id: `user/${user.UserName}`,
      user,
    })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
  const [page, rest] = pageOf(entities, ({ id }) => id, input);
  return {
    PolicyGroups: [],
    PolicyUsers: page.flatMap((one) => ("user" in one ? [{ UserName: one.user.UserName, UserId: one.user.UserId }] : [])),
    PolicyRoles: page.flatMap((one) => ("role" in one ? [{ RoleName: one.role.RoleName, RoleId: one.role.RoleId }] : [])),
    ...rest,
  };
}
