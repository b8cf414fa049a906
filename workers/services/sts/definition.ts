/** AWS STS: who am I, and sessions of roles. */
import type { Operations } from "../../model/generated/sts.ts";
import { type Context, operation, type ServiceDefinition } from "../contract.ts";
import { assumeRole } from "./session.ts";

/** UserId, Account and Arn of the caller (API reference, GetCallerIdentity: needs no permission). */
export function getCallerIdentity(ctx: Context): Operations["GetCallerIdentity"]["output"] {
  const { identity } = ctx;
  const root = identity.type === "Root";
  const UserId = identity.principalId ?? (root ? identity.accountId : identity.id);
  const Arn =
    identity.arn ??
    (root ? `arn:aws:iam::${identity.accountId}:root` : `arn:aws:iam::${identity.accountId}:user/${identity.userName ?? identity.id}`);
  return { UserId, Account: identity.accountId, Arn };
}

export const sts: ServiceDefinition = {
  name: "sts",
  principal: "sts.amazonaws.com",
  eventSource: "sts.amazonaws.com",
  operations: {
    GetCallerIdentity: operation<Operations["GetCallerIdentity"]>({
      effect: "none",
      action: "sts:GetCallerIdentity",
      trail: "management-read",
      handle: getCallerIdentity,
    }),
    AssumeRole: operation<Operations["AssumeRole"]>({
      effect: "state",
      action: "sts:AssumeRole",
      resources: (input) => [input.RoleArn],
      keys: (input) => ({
        "sts:RoleSessionName": input.RoleSessionName,
        ...(input.ExternalId === undefined ? {} : { "sts:ExternalId": input.ExternalId }),
        ...(input.SourceIdentity === undefined ? {} : { "sts:SourceIdentity": input.SourceIdentity }),
      }),
      trail: "management-read",
      handle: assumeRole,
    }),
  },
};
