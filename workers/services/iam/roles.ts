/** Roles and who may assume them. */
import { arnOf } from "../../model/arn.ts";
import type { Operations, Role } from "../../model/generated/iam.ts";
import type { Context } from "../contract.ts";
import { uniqueId } from "../principal-ids.ts";
import { checkTrustPolicy } from "./check-document.ts";
import { alreadyExists, deleteConflict, iamOf, idOf, type RoleDoc, roleOf } from "./documents.ts";
import { encodeDocument } from "./encode.ts";
import { pageOf } from "./page.ts";
import { boundaryOf, checkedBoundary } from "./principal-policies.ts";
import { checkedTags } from "./tags.ts";

const shownRole = (role: RoleDoc, isWhole = true): Role => ({
  Path: role.Path,
  RoleName: role.RoleName,
  RoleId: role.RoleId,
  Arn: role.Arn,
  CreateDate: role.CreateDate,
  AssumeRolePolicyDocument: encodeDocument(role.AssumeRolePolicyDocument),
  ...(role.Description === undefined ? {} : { Description: role.Description }),
  MaxSessionDuration: role.MaxSessionDuration,
  ...(isWhole ? { ...boundaryOf(role), ...(role.Tags.length > 0 ? { Tags: role.Tags } : {}), RoleLastUsed: {} } : {}),
});

export function createRole(ctx: Context, input: Operations["CreateRole"]["input"]): Operations["CreateRole"]["output"] {
  const store = iamOf(ctx);
  const { RoleName, Path = "/", AssumeRolePolicyDocument, Description, MaxSessionDuration = 3600, PermissionsBoundary } = input;
  checkTrustPolicy(AssumeRolePolicyDocument, store);
  if (store.roles.get(idOf(RoleName)) !== undefined) throw alreadyExists(`Role with name ${RoleName} already exists.`);
  const role: RoleDoc = {
    Path,
    RoleName,
    RoleId: uniqueId("AROA", ctx.account, ctx.id("role")),
    Arn: arnOf("iam", "", ctx.account, `role${Path}${RoleName}`),
    CreateDate: ctx.now,
    AssumeRolePolicyDocument,
    ...(Description === undefined ? {} : { Description }),
    MaxSessionDuration,
    inline: {},
    attached: [],
    ...(PermissionsBoundary === undefined ? {} : { boundary: checkedBoundary(store, PermissionsBoundary) }),
    Tags: checkedTags([], input.Tags ?? []),
  };
  store.roles.put(idOf(RoleName), role);
  const { RoleLastUsed: _never, ...shown } = shownRole(role);
  return { Role: shown };
}

export function getRole(ctx: Context, { RoleName }: Operations["GetRole"]["input"]): Operations["GetRole"]["output"] {
  return { Role: shownRole(roleOf(iamOf(ctx), RoleName)) };
}

export function listRoles(ctx: Context, input: Operations["ListRoles"]["input"]): Operations["ListRoles"]["output"] {
  const { PathPrefix = "/" } = input;
  const roles = iamOf(ctx)
    .roles.values()
    .filter(({ Path }) => Path.startsWith(PathPrefix));
  const [page, rest] = pageOf(roles, ({ RoleName }) => idOf(RoleName), input);
  return { Roles: page.map((role) => shownRole(role, false)), ...rest };
}

export function updateRole(ctx: Context, input: Operations["UpdateRole"]["input"]): Operations["UpdateRole"]["output"] {
  const store = iamOf(ctx);
  const { RoleName, Description, MaxSessionDuration } = input;
  const role = roleOf(store, RoleName);
  store.roles.put(idOf(RoleName), {
    ...role,
    ...(Description === undefined ? {} : { Description }),
    ...(MaxSessionDuration === undefined ? {} : { MaxSessionDuration }),
  });
  return {};
}

export function updateAssumeRolePolicy(ctx: Context, input: Operations["UpdateAssumeRolePolicy"]["input"]): void {
  const store = iamOf(ctx);
  const role = roleOf(store, input.RoleName);
  checkTrustPolicy(input.PolicyDocument, store);
  store.roles.put(idOf(input.RoleName), { ...role, AssumeRolePolicyDocument: input.PolicyDocument });
}

export function deleteRole(ctx: Context, { RoleName }: Operations["DeleteRole"]["input"]): void {
  const store = iamOf(ctx);
  const role = roleOf(store, RoleName);
  if (role.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(role.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  store.roles.delete(idOf(RoleName));
}
