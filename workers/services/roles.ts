/** Roles as the services see them that are handed one or act in its name. */
import { evaluateAccess } from "../language/policy/evaluate.ts";
import type { RequestContext } from "../language/policy/glob.ts";
import type { Context, Documents } from "./contract.ts";
import { type IamStore, iamStore, type RoleDoc, roleByArn } from "./iam/documents.ts";
import { effectivePolicies, parsedOnce } from "./iam/effective.ts";

/** IAM as it stands in this account, what a fresh one has included. Only for reading, so what `peek` gives does. */
const iamOf = (ctx: Context): IamStore =>
  iamStore(ctx.account, <D extends object>(kind: string) => ctx.peek<D>("iam", kind, { region: "global" }) as Documents<D>);

/** The role of that ARN in this account. */
export const roleOf = (ctx: Context, arn: string): RoleDoc | undefined => roleByArn(iamOf(ctx), arn);

const accountOf = (arn: string): string => arn.split(":")[4] ?? "";

/** Whether a service (`cloudtrail.amazonaws.com`) may assume the role; `sourceArn` is what it would do it for. */
export function isTrusted(role: RoleDoc, service: string, sourceArn?: string): boolean {
  const account = accountOf(role.Arn);
  return evaluateAccess(
    { trust: [parsedOnce(role.AssumeRolePolicyDocument, "trust")] },
    {
      principal: { type: "Service", arn: service, account: "aws" },
      action: "sts:AssumeRole",
      resource: role.Arn,
      resourceAccount: account,
      context: { "aws:SourceAccount": account, ...(sourceArn === undefined ? {} : { "aws:SourceArn": sourceArn }) },
    },
  ).isAllowed;
}

export interface RoleQuestion {
  readonly action: string;
  readonly resource: string;
  /** JSON text of the resource's own policy, where it has one. */
  readonly resourcePolicy?: string | undefined;
  readonly context?: RequestContext;
}

/** Whether who has assumed the role may do that. */
export function roleMay(ctx: Context, role: RoleDoc, { action, resource, resourcePolicy, context = {} }: RoleQuestion): boolean {
  const account = accountOf(role.Arn);
  const { identity, boundary } = effectivePolicies(iamOf(ctx), role);
  return evaluateAccess(
    {
      identity: identity.map(({ document }) => parsedOnce(document, "identity")),
      ...(boundary === undefined ? {} : { boundary: boundary.map(({ document }) => parsedOnce(document, "boundary")) }),
      ...(resourcePolicy === undefined ? {} : { resource: [parsedOnce(resourcePolicy, "resource")] }),
    },
    {
      principal: { type: "RoleSession", arn: role.Arn, roleArn: role.Arn, account },
      action,
      resource,
      resourceAccount: accountOf(resource) || account,
      context: { "aws:PrincipalArn": role.Arn, "aws:PrincipalAccount": account, ...context },
    },
  ).isAllowed;
}
