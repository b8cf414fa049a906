/** AWS's words for a denial (facts iam §5). */
import type { AccessRequest, Verdict } from "./evaluate.ts";
import type { PolicyKind } from "./tree.ts";

const EXPLICIT: Readonly<Record<PolicyKind, string>> = {
  identity: "an identity-based policy",
  resource: "a resource-based policy",
  boundary: "a permissions boundary",
  session: "a session policy",
  scp: "a service control policy",
  trust: "the role trust policy",
};
const IMPLICIT: Readonly<Record<Exclude<PolicyKind, "scp">, string>> = {
  identity: "identity-based policy",
  resource: "resource-based policy",
  boundary: "permissions boundary",
  session: "session policy",
  trust: "role trust policy",
};

/** `User: arn:... is not authorized to perform: logs:PutLogEvents on resource: arn:... because no identity-based policy allows the logs:PutLogEvents action` */
export function deniedText(
  { principal, action, resource }: Pick<AccessRequest, "principal" | "action" | "resource">,
  { reason, by }: Verdict,
): string {
  const on = resource === "*" ? "" : ` on resource: ${resource}`;
  const kind = by === "root" ? "identity" : by;
  // A service control policy that is silent reads as one that denies.
  const why =
    reason === "explicit" || kind === "scp"
      ? `with an explicit deny in ${EXPLICIT[kind]}`
      : `because no ${IMPLICIT[kind]} allows the ${action} action`;
  return `User: ${principal.arn} is not authorized to perform: ${action}${on} ${why}`;
}
