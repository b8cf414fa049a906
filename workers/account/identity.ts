/** Who can call: the people of a fresh account, and services acting for themselves. Feeds the door's first step. */
import { digestTexts } from "../model/digest.ts";
import { InputError } from "../model/errors.ts";
import type { CallerKind, Identity } from "../services/contract.ts";

/** People that a fresh account knows, in the order the switcher shows them. */
export const PEOPLE = ["developer", "admin", "auditor", "root"] as const;
export const DEFAULT_PERSON = "developer";
/** The role under which the simulated agents on hosts ship their telemetry. */
export const AGENT_ROLE = "CloudWatchAgentServerRole";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** AWS-shaped unique id (`AIDA...`): the prefix and 17 letters that follow from account and name. */
function uniqueId(prefix: string, account: string, name: string): string {
  const hex = digestTexts("principal", account, prefix, name).hex() + digestTexts("principal", name, account, prefix).hex();
  let id = prefix;
  for (let i = 0; i < 17; i++) id += LETTERS[Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16) & 31];
  return id;
}

/** Resolves a principal; an unknown person is an InputError naming those there are. */
export function resolveIdentity(account: string, kind: CallerKind, principal: string): Identity {
  if (kind === "service") return { id: principal, type: "AWSService", accountId: account };
  if (kind === "simulated") {
    const roleId = uniqueId("AROA", account, principal);
    return {
      id: principal,
      type: "AssumedRole",
      accountId: account,
      arn: `arn:aws:sts::${account}:assumed-role/${AGENT_ROLE}/${principal}`,
      principalId: `${roleId}:${principal}`,
      accessKeyId: uniqueId("ASIA", account, principal).slice(0, 20),
    };
  }
  if (principal === "root") {
    return {
      id: "root",
      type: "Root",
      accountId: account,
      arn: `arn:aws:iam::${account}:root`,
      principalId: account,
      accessKeyId: uniqueId("AKIA", account, "root").slice(0, 20),
    };
  }
  if (!(PEOPLE as readonly string[]).includes(principal)) {
    throw new InputError(`There is no identity "${principal}" in this account.`, {
      path: "identity",
      found: principal,
      allowed: PEOPLE.join(", "),
    });
  }
  return {
    id: principal,
    type: "IAMUser",
    accountId: account,
    arn: `arn:aws:iam::${account}:user/${principal}`,
    principalId: uniqueId("AIDA", account, principal),
    accessKeyId: uniqueId("AKIA", account, principal).slice(0, 20),
    userName: principal,
  };
}
