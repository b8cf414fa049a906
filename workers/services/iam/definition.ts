/** AWS IAM: users, roles and the policies that the door asks. One for all Regions. */
import type { Operations } from "../../model/generated/iam.ts";
import { type Context, operation, type ServiceDefinition, type TrailKind } from "../contract.ts";
import { principals, whyDenied } from "./looks.ts";
import {
  createPolicy,
  createPolicyVersion,
  deletePolicy,
  deletePolicyVersion,
  getPolicy,
  getPolicyVersion,
  listEntitiesForPolicy,
  listPolicies,
  listPolicyVersions,
  setDefaultPolicyVersion,
} from "./policies.ts";
import {
  attach,
  deleteBoundary,
  deleteInline,
  detach,
  getRolePolicy,
  getUserPolicy,
  listAttached,
  listInline,
  putBoundary,
  putInline,
} from "./principal-policies.ts";
import {
  allPolicies,
  allRoles,
  allUsers,
  boundaryKey,
  newPolicy,
  newRole,
  newUser,
  ofPolicy,
  ofRole,
  ofSource,
  ofUser,
  policyKey,
} from "./resources.ts";
import { createRole, deleteRole, getRole, listRoles, updateAssumeRolePolicy, updateRole } from "./roles.ts";
import { simulateCustomPolicy, simulatePrincipalPolicy } from "./simulate.ts";
import { listRoleTags, listUserTags, tagRole, tagUser, untagRole, untagUser } from "./tags.ts";
import { createAccessKey, createUser, deleteAccessKey, deleteUser, getUser, listAccessKeys, listUsers, updateAccessKey } from "./users.ts";

type Ops = Operations;

const reads = (name: string) => ({ effect: "none" as const, action: `iam:${name}`, trail: "management-read" as TrailKind });
const writes = (name: string) => ({ effect: "state" as const, action: `iam:${name}`, trail: "management-write" as TrailKind });

/** An operation that answers nothing. */
const quietly =
  <I>(handle: (ctx: Context, input: I) => void) =>
  (ctx: Context, input: I): Record<string, never> => {
    handle(ctx, input);
    return {};
  };

export const iam: ServiceDefinition = {
  name: "iam",
  principal: "iam.amazonaws.com",
  eventSource: "iam.amazonaws.com",
  isGlobal: true,
  operations: {
    CreateUser: operation<Ops["CreateUser"]>({ ...writes("CreateUser"), resources: newUser, keys: boundaryKey, handle: createUser }),
    GetUser: operation<Ops["GetUser"]>({ ...reads("GetUser"), resources: ofUser, handle: getUser }),
    ListUsers: operation<Ops["ListUsers"]>({ ...reads("ListUsers"), resources: allUsers, handle: listUsers }),
    DeleteUser: operation<Ops["DeleteUser"]>({ ...writes("DeleteUser"), resources: ofUser, handle: quietly(deleteUser) }),
    CreateAccessKey: operation<Ops["CreateAccessKey"]>({ ...writes("CreateAccessKey"), resources: ofUser, handle: createAccessKey }),
    ListAccessKeys: operation<Ops["ListAccessKeys"]>({ ...reads("ListAccessKeys"), resources: ofUser, handle: listAccessKeys }),
    UpdateAccessKey: operation<Ops["UpdateAccessKey"]>({
      ...writes("UpdateAccessKey"),
      resources: ofUser,
      handle: quietly(updateAccessKey),
    }),
    DeleteAccessKey: operation<Ops["DeleteAccessKey"]>({
      ...writes("DeleteAccessKey"),
      resources: ofUser,
      handle: quietly(deleteAccessKey),
    }),

    CreateRole: operation<Ops["CreateRole"]>({ ...writes("CreateRole"), resources: newRole, keys: boundaryKey, handle: createRole }),
    GetRole: operation<Ops["GetRole"]>({ ...reads("GetRole"), resources: ofRole, handle: getRole }),
    ListRoles: operation<Ops["ListRoles"]>({ ...reads("ListRoles"), resources: allRoles, handle: listRoles }),
    UpdateRole: operation<Ops["UpdateRole"]>({ ...writes("UpdateRole"), resources: ofRole, handle: updateRole }),
    UpdateAssumeRolePolicy: operation<Ops["UpdateAssumeRolePolicy"]>({
      ...writes("UpdateAssumeRolePolicy"),
      resources: ofRole,
      handle: quietly(updateAssumeRolePolicy),
    }),
    DeleteRole: operation<Ops["DeleteRole"]>({ ...writes("DeleteRole"), resources: ofRole, handle: quietly(deleteRole) }),

    CreatePolicy: operation<Ops["CreatePolicy"]>({ ...writes("CreatePolicy"), resources: newPolicy, handle: createPolicy }),
    GetPolicy: operation<Ops["GetPolicy"]>({ ...reads("GetPolicy"), resources: ofPolicy, handle: getPolicy }),
    ListPolicies: operation<Ops["ListPolicies"]>({ ...reads("ListPolicies"), resources: allPolicies, handle: listPolicies }),
    DeletePolicy: operation<Ops["DeletePolicy"]>({ ...writes("DeletePolicy"), resources: ofPolicy, handle: quietly(deletePolicy) }),
    CreatePolicyVersion: operation<Ops["CreatePolicyVersion"]>({
      ...writes("CreatePolicyVersion"),
      resources: ofPolicy,
      handle: createPolicyVersion,
    }),
    GetPolicyVersion: operation<Ops["GetPolicyVersion"]>({ ...reads("GetPolicyVersion"), resources: ofPolicy, handle: getPolicyVersion }),
    ListPolicyVersions: operation<Ops["ListPolicyVersions"]>({
      ...reads("ListPolicyVersions"),
      resources: ofPolicy,
      handle: listPolicyVersions,
    }),
    SetDefaultPolicyVersion: operation<Ops["SetDefaultPolicyVersion"]>({
      ...writes("SetDefaultPolicyVersion"),
      resources: ofPolicy,
      handle: quietly(setDefaultPolicyVersion),
    }),
    DeletePolicyVersion: operation<Ops["DeletePolicyVersion"]>({
      ...writes("DeletePolicyVersion"),
      resources: ofPolicy,
      handle: quietly(deletePolicyVersion),
    }),
    ListEntitiesForPolicy: operation<Ops["ListEntitiesForPolicy"]>({
      ...reads("ListEntitiesForPolicy"),
      resources: ofPolicy,
      handle: listEntitiesForPolicy,
    }),

    AttachUserPolicy: operation<Ops["AttachUserPolicy"]>({
      ...writes("AttachUserPolicy"),
      resources: ofUser,
      keys: policyKey,
      handle: quietly(attach),
    }),
    DetachUserPolicy: operation<Ops["DetachUserPolicy"]>({
      ...writes("DetachUserPolicy"),
      resources: ofUser,
      keys: policyKey,
      handle: quietly(detach),
    }),
    ListAttachedUserPolicies: operation<Ops["ListAttachedUserPolicies"]>({
      ...reads("ListAttachedUserPolicies"),
      resources: ofUser,
      handle: listAttached,
    }),
    PutUserPolicy: operation<Ops["PutUserPolicy"]>({ ...writes("PutUserPolicy"), resources: ofUser, handle: quietly(putInline) }),
    GetUserPolicy: operation<Ops["GetUserPolicy"]>({ ...reads("GetUserPolicy"), resources: ofUser, handle: getUserPolicy }),
    ListUserPolicies: operation<Ops["ListUserPolicies"]>({ ...reads("ListUserPolicies"), resources: ofUser, handle: listInline }),
    DeleteUserPolicy: operation<Ops["DeleteUserPolicy"]>({
      ...writes("DeleteUserPolicy"),
      resources: ofUser,
      handle: quietly(deleteInline),
    }),
    PutUserPermissionsBoundary: operation<Ops["PutUserPermissionsBoundary"]>({
      ...writes("PutUserPermissionsBoundary"),
      resources: ofUser,
      keys: boundaryKey,
      handle: quietly(putBoundary),
    }),
    DeleteUserPermissionsBoundary: operation<Ops["DeleteUserPermissionsBoundary"]>({
      ...writes("DeleteUserPermissionsBoundary"),
      resources: ofUser,
      handle: quietly(deleteBoundary),
    }),

    AttachRolePolicy: operation<Ops["AttachRolePolicy"]>({
      ...writes("AttachRolePolicy"),
      resources: ofRole,
      keys: policyKey,
      handle: quietly(attach),
    }),
    DetachRolePolicy: operation<Ops["DetachRolePolicy"]>({
      ...writes("DetachRolePolicy"),
      resources: ofRole,
      keys: policyKey,
      handle: quietly(detach),
    }),
    ListAttachedRolePolicies: operation<Ops["ListAttachedRolePolicies"]>({
      ...reads("ListAttachedRolePolicies"),
      resources: ofRole,
      handle: listAttached,
    }),
    PutRolePolicy: operation<Ops["PutRolePolicy"]>({ ...writes("PutRolePolicy"), resources: ofRole, handle: quietly(putInline) }),
    GetRolePolicy: operation<Ops["GetRolePolicy"]>({ ...reads("GetRolePolicy"), resources: ofRole, handle: getRolePolicy }),
    ListRolePolicies: operation<Ops["ListRolePolicies"]>({ ...reads("ListRolePolicies"), resources: ofRole, handle: listInline }),
    DeleteRolePolicy: operation<Ops["DeleteRolePolicy"]>({
      ...writes("DeleteRolePolicy"),
      resources: ofRole,
      handle: quietly(deleteInline),
    }),
    PutRolePermissionsBoundary: operation<Ops["PutRolePermissionsBoundary"]>({
      ...writes("PutRolePermissionsBoundary"),
      resources: ofRole,
      keys: boundaryKey,
      handle: quietly(putBoundary),
    }),
    DeleteRolePermissionsBoundary: operation<Ops["DeleteRolePermissionsBoundary"]>({
      ...writes("DeleteRolePermissionsBoundary"),
      resources: ofRole,
      handle: quietly(deleteBoundary),
    }),

    TagUser: operation<Ops["TagUser"]>({ ...writes("TagUser"), resources: ofUser, handle: quietly(tagUser) }),
    UntagUser: operation<Ops["UntagUser"]>({ ...writes("UntagUser"), resources: ofUser, handle: quietly(untagUser) }),
    ListUserTags: operation<Ops["ListUserTags"]>({ ...reads("ListUserTags"), resources: ofUser, handle: listUserTags }),
    TagRole: operation<Ops["TagRole"]>({ ...writes("TagRole"), resources: ofRole, handle: quietly(tagRole) }),
    UntagRole: operation<Ops["UntagRole"]>({ ...writes("UntagRole"), resources: ofRole, handle: quietly(untagRole) }),
    ListRoleTags: operation<Ops["ListRoleTags"]>({ ...reads("ListRoleTags"), resources: ofRole, handle: listRoleTags }),

    SimulateCustomPolicy: operation<Ops["SimulateCustomPolicy"]>({ ...reads("SimulateCustomPolicy"), handle: simulateCustomPolicy }),
    SimulatePrincipalPolicy: operation<Ops["SimulatePrincipalPolicy"]>({
      ...reads("SimulatePrincipalPolicy"),
      resources: ofSource,
      handle: simulatePrincipalPolicy,
    }),
  },
  readsAs: { principals: { action: "iam:ListUsers", resources: allUsers } },
  looks: { principals, whyDenied },
};
