/** AssumeRole: temporary credentials of a role. The door has judged the role's trust policy before. */
import { parsePolicy } from "../../language/policy/parse.ts";
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/sts.ts";
import type { Context } from "../contract.ts";
import { makeAccessKeyId, makeSecret } from "../principal-ids.ts";
import { roleOf } from "../roles.ts";

/** A session, by its access key id, in the Region `global`. */
export interface SessionDoc {
  readonly RoleSessionName: string;
  readonly Arn: string;
  readonly roleName: string;
  readonly roleArn: string;
  readonly roleId: string;
  /** Epoch ms. */
  readonly CreateDate: number;
  readonly Expiration: number;
  /** Session policies; none: the role's own alone count. */
  readonly document?: string;
  readonly policyArns: readonly string[];
  readonly Tags: readonly { readonly Key: string; readonly Value: string }[];
  readonly sourceIdentity?: string;
}

const ONE_HOUR = 3600;
const invalid = (message: string): ServiceError => new ServiceError("ValidationError", message);

export function assumeRole(ctx: Context, input: Operations["AssumeRole"]["input"]): Operations["AssumeRole"]["output"] {
  const { RoleArn, RoleSessionName, DurationSeconds = ONE_HOUR, Policy, PolicyArns = [], Tags = [], SourceIdentity } = input;
  if (ctx.identity.type === "Root") throw new ServiceError("AccessDenied", "Roles may not be assumed by root accounts.", { status: 403 });
  const role = roleOf(ctx, RoleArn);
  if (role === undefined)
    throw new ServiceError(
      "AccessDenied",
      `User: ${ctx.identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
      { status: 403 },
    );
  if (DurationSeconds > role.MaxSessionDuration)
    throw invalid("The requested DurationSeconds exceeds the MaxSessionDuration set for this role.");
  if (ctx.identity.type === "AssumedRole" && DurationSeconds > ONE_HOUR)
    throw invalid("The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.");
  if (Policy !== undefined) parsePolicy(Policy, "session");
  const AccessKeyId = makeAccessKeyId("ASIA", ctx.account, ctx.id("session-key"));
  const secret = ctx.id("session-secret");
  const Expiration = ctx.now + DurationSeconds * 1000;
  const Arn = `arn:aws:sts::${ctx.account}:assumed-role/${role.RoleName}/${RoleSessionName}`;
  const session: SessionDoc = {
    RoleSessionName,
    Arn,
    roleName: role.RoleName,
    roleArn: role.Arn,
    roleId: role.RoleId,
    CreateDate: ctx.now,
    Expiration,
    ...(Policy === undefined ? {} : { document: Policy }),
    policyArns: PolicyArns.flatMap(({ arn }) => arn ?? []),
    Tags,
    ...(SourceIdentity === undefined ? {} : { sourceIdentity: SourceIdentity }),
  };
  const sessions = ctx.docs<SessionDoc>("session", { region: "global" });
  forgetExpired(ctx, sessions);
  sessions.put(AccessKeyId, session);
  return {
    Credentials: { AccessKeyId, SecretAccessKey: makeSecret(secret), SessionToken: makeSecret(`${secret}/token`, 356), Expiration },
    AssumedRoleUser: { AssumedRoleId: `${role.RoleId}:${RoleSessionName}`, Arn },
    ...(SourceIdentity === undefined ? {} : { SourceIdentity }),
  };
}

/** Sessions are kept for a day after their end, so that who still uses one hears that it has expired. */
const KEPT = 86_400_000;

function forgetExpired(ctx: Context, sessions: ReturnType<typeof ctx.docs<SessionDoc>>): void {
  for (const [id, { Expiration }] of sessions.entries()) if (Expiration + KEPT < ctx.now) sessions.delete(id);
}
