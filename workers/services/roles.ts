/** Roles as the services see them that are handed one or act in its name. */
import { evaluateAccess } from "../language/policy/evaluate.ts";
import { parsePolicy } from "../language/policy/parse.ts";
import type { Context } from "./contract.ts";
import type { RoleDoc } from "./iam/documents.ts";
import type { Gone } from "./iam/overlay.ts";

/** The role of that ARN that someone made in this account. */
export function roleOf(ctx: Context, arn: string): RoleDoc | undefined {
  const name = arn.split("/").at(-1) ?? "";
  const role = ctx.peek<RoleDoc | Gone>("iam", "role", { region: "global" }).get(name.toLowerCase());
  return role === undefined || "gone" in role || role.Arn !== arn ? undefined : role;
}

/** Whether a service (`cloudtrail.amazonaws.com`) may assume the role; `sourceArn` is what it would do it for. */
export function isTrusted(role: RoleDoc, service: string, sourceArn?: string): boolean {
  const [, , , , account = ""] = role.Arn.split(":");
  return evaluateAccess(
    { trust: [parsePolicy(role.AssumeRolePolicyDocument, "trust")] },
    {
      principal: { type: "Service", arn: service, account: "aws" },
      action: "sts:AssumeRole",
      resource: role.Arn,
      resourceAccount: account,
      context: { "aws:SourceAccount": account, ...(sourceArn === undefined ? {} : { "aws:SourceArn": sourceArn }) },
    },
  ).isAllowed;
}
