/** Views of IAM that AWS has no operation for. */
import type { Context } from "../contract.ts";
import { type AccessTree, DENIALS, type DenialDoc } from "./denial.ts";
import { iamOf, type PrincipalDoc } from "./documents.ts";
import { effectivePolicies, type PolicySource } from "./effective.ts";
import { GLOBAL } from "./global.ts";

export interface PrincipalRow {
  readonly kind: "user" | "role";
  readonly name: string;
  readonly arn: string;
  readonly id: string;
  readonly created: number;
  readonly policies: readonly PolicySource[];
  readonly boundary?: PolicySource;
  /** Of a role: who may assume it, JSON text. */
  readonly trust?: string;
  readonly keys: readonly { readonly AccessKeyId: string; readonly Status: string; readonly CreateDate: number }[];
  readonly tags: PrincipalDoc["Tags"];
}

/** Users, then roles, each with the policies that speak for it. */
export function principals(ctx: Context): readonly PrincipalRow[] {
  const store = iamOf(ctx);
  const keys = store.keys.values();
  const row = (doc: PrincipalDoc): Pick<PrincipalRow, "arn" | "created" | "policies" | "boundary" | "tags"> => {
    const { identity, boundary } = effectivePolicies(store, doc);
    return {
      arn: doc.Arn,
      created: doc.CreateDate,
      policies: identity,
      ...(boundary?.[0] === undefined ? {} : { boundary: boundary[0] }),
      tags: doc.Tags,
    };
  };
  return [
    ...store.users.values().map(
      (user): PrincipalRow => ({
        kind: "user",
        name: user.UserName,
        id: user.UserId,
        ...row(user),
        keys: keys
          .filter(({ UserName }) => UserName === user.UserName)
          .map(({ AccessKeyId, Status, CreateDate }) => ({ AccessKeyId, Status, CreateDate })),
      }),
    ),
    ...store.roles.values().map(
      (role): PrincipalRow => ({
        kind: "role",
        name: role.RoleName,
        id: role.RoleId,
        ...row(role),
        trust: role.AssumeRolePolicyDocument,
        keys: [],
      }),
    ),
  ];
}

export interface WhyDeniedQuestion {
  readonly eventId?: string;
  readonly requestId?: string;
  /** Instead of an id: how it would be now. */
  readonly identity?: string;
  readonly action?: string;
  readonly resource?: string;
  /** Put in by the account, which alone sees the policies of all resources. */
  readonly explain?: (identity: string, action: string, resource: string) => AccessTree;
}

export type WhyDenied =
  | { readonly found: true; readonly at: number; readonly tree: AccessTree }
  | { readonly found: false; readonly sentence: string };

/** Why a call was denied, from what was kept of it; or why it would be, as policies stand now. */
export function whyDenied(ctx: Context, question: WhyDeniedQuestion): WhyDenied {
  const { eventId, requestId, identity, action, resource = "*", explain } = question;
  if (eventId !== undefined || requestId !== undefined) {
    const kept = ctx.peek<DenialDoc>(DENIALS.service, DENIALS.kind, GLOBAL).entries();
    const doc = kept.find(([, denial]) => (eventId === undefined ? denial.requestId === requestId : denial.eventId === eventId))?.[1];
    if (doc !== undefined) return { found: true, at: doc.time, tree: doc.tree };
    return {
      found: false,
      sentence: `Nothing is kept of this call: it was not denied by a policy, or it is older than the last ${DENIALS.most} denials.`,
    };
  }
  if (identity === undefined || action === undefined || explain === undefined)
    return { found: false, sentence: "Give the id of an event, or an identity and an action." };
  return { found: true, at: ctx.now, tree: explain(identity, action, resource) };
}
