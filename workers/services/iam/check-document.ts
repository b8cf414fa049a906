/** What IAM refuses in a policy beyond its grammar, in its words. */

import { parsePolicy } from "../../language/policy/parse.ts";
import type { Policy } from "../../language/policy/tree.ts";
import { ServiceError } from "../../model/errors.ts";
import { type IamStore, idOf, limitExceeded } from "./documents.ts";

const malformed = (message: string, hint?: string): ServiceError =>
  new ServiceError("MalformedPolicyDocument", message, {
    shape: "MalformedPolicyDocumentException",
    ...(hint === undefined ? {} : { hint }),
  });

/** Length without white space, which is what the quotas count. */
export const policySize = (document: string): number => document.replace(/\s+/g, "").length;

function parsed(document: string, kind: "identity" | "trust"): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (thrown) {
    if (!(thrown instanceof ServiceError)) throw thrown;
    // IAM names what is missing or too much where it can.
    const hint = thrown.hint ?? "";
    const message = hint.endsWith("has Principal or NotPrincipal.")
      ? "Missing required field Principal"
      : hint.endsWith("Only policies of resources have Principal.")
        ? "Policy document should not specify a principal."
        : hint.endsWith("has Resource or NotResource.")
          ? "Policy statement must contain resources."
          : hint.endsWith("has Action or NotAction.")
            ? "Policy statement must contain actions."
            : thrown.message;
    throw malformed(message, hint);
  }
}

/** Checks a policy of a user or role, a managed one, or a boundary. */
export function checkIdentityPolicy(document: string): Policy {
  const policy = parsed(document, "identity");
  checkStatements(policy);
  for (const { resources } of policy.statements)
    for (const resource of resources?.patterns ?? [])
      if (!isResource(resource)) throw malformed(`Resource ${resource} must be in ARN format or "*".`);
  return policy;
}

/** Checks a role's trust policy; users and roles of this account that it names must be there. */
export function checkTrustPolicy(document: string, store: IamStore): Policy {
  if (policySize(document) > 2048) throw limitExceeded("Cannot exceed quota for ACLSizePerRole: 2048");
  const policy = parsed(document, "trust");
  checkStatements(policy);
  for (const { actions, resources, principals } of policy.statements) {
    if (resources !== undefined) throw malformed("Has prohibited field Resource");
    if (!actions.patterns.every((action) => action.toLowerCase().startsWith("sts:")))
      throw malformed("AssumeRole policy may only specify STS AssumeRole actions.");
    for (const { kind, value } of principals?.list ?? [])
      if (kind === "aws" && !isPrincipal(value, store)) throw malformed(`Invalid principal in policy: "AWS":"${value}"`);
  }
  return policy;
}

function checkStatements(policy: Policy): void {
  const seen = new Set<string>();
  for (const { sid, actions } of policy.statements) {
    if (sid !== undefined && sid !== "") {
      if (!/^[A-Za-z0-9]*$/.test(sid))
        throw malformed(`Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*`);
      if (seen.has(sid)) throw malformed("Statement IDs (SID) in a single policy must be unique.");
      seen.add(sid);
    }
    for (const action of actions.patterns)
      if (action !== "*" && !/^[A-Za-z0-9-]+:[\w*?-]+$/.test(action))
        throw malformed("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.", `${action} is not an action.`);
  }
}

/** `*`, an ARN of six parts, a pattern that may become one, or one that begins with a variable. */
const isResource = (resource: string): boolean =>
  /^[*?]/.test(resource) ||
  (resource.startsWith("arn:") && (resource.split(":").length >= 6 || resource.includes("*"))) ||
  resource.startsWith("${");

function isPrincipal(value: string, store: IamStore): boolean {
  if (/^\d{12}$/.test(value)) return true;
  const [, account, kind, path] =
    /^arn:aws(?:-[a-z-]+)?:(?:iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/.exec(value) ?? [];
  if (kind === undefined) return false;
  if (kind === "root" || account !== store.account) return kind === "root" ? path === undefined : path !== undefined;
  const name = idOf(path?.split("/").at(-1) ?? "");
  if (kind === "user") return store.users.get(name)?.Arn === value;
  if (kind === "role") return store.roles.get(name)?.Arn === value;
  return path !== undefined;
}
