/** What IAM's operations touch, and the keys of their requests. */
import type { Context, Scope } from "../contract.ts";
import { iamOf, idOf } from "./documents.ts";

const arn = (scope: Scope, resource: string): string => `arn:aws:iam::${scope.account}:${resource}`;

export const allUsers = (_input: unknown, scope: Scope): readonly string[] => [arn(scope, "user/")];
export const allRoles = (_input: unknown, scope: Scope): readonly string[] => [arn(scope, "role/")];
export const allPolicies = (_input: unknown, scope: Scope): readonly string[] => [arn(scope, "policy/")];

export const newUser = (input: { readonly UserName: string; readonly Path?: string }, scope: Scope): readonly string[] => [
  arn(scope, `user${input.Path ?? "/"}${input.UserName}`),
];
export const newRole = (input: { readonly RoleName: string; readonly Path?: string }, scope: Scope): readonly string[] => [
  arn(scope, `role${input.Path ?? "/"}${input.RoleName}`),
];
export const newPolicy = (input: { readonly PolicyName: string; readonly Path?: string }, scope: Scope): readonly string[] => [
  arn(scope, `policy${input.Path ?? "/"}${input.PolicyName}`),
];

/** A user that is there has its path in its ARN. */
export const ofUser = (input: { readonly UserName?: string }, scope: Scope, ctx: Context): readonly string[] => {
  const name = input.UserName ?? ctx.identity.userName;
  if (name === undefined) return [ctx.identity.arn ?? arn(scope, "user/")];
  return [iamOf(ctx).users.get(idOf(name))?.Arn ?? arn(scope, `user/${name}`)];
};
export const ofRole = (input: { readonly RoleName: string }, scope: Scope, ctx: Context): readonly string[] => [
  iamOf(ctx).roles.get(idOf(input.RoleName))?.Arn ?? arn(scope, `role/${input.RoleName}`),
];
export const ofPolicy = (input: { readonly PolicyArn: string }): readonly string[] => [input.PolicyArn];
export const ofSource = (input: { readonly PolicySourceArn: string }): readonly string[] => [input.PolicySourceArn];

export const policyKey = (input: { readonly PolicyArn: string }) => ({ "iam:PolicyARN": input.PolicyArn });
export const boundaryKey = (input: { readonly PermissionsBoundary?: string | undefined }) =>
  input.PermissionsBoundary === undefined ? {} : { "iam:PermissionsBoundary": input.PermissionsBoundary };
