/** Who can call: people, programs by their access keys, sessions of roles, services acting for themselves. The door's first step. */
import { InputError, ServiceError } from "../model/errors.ts";
import { speaksQuery } from "../model/models.ts";
import type { CallerKind, Identity } from "../services/contract.ts";
import type { KeyDoc, RoleDoc, UserDoc } from "../services/iam/documents.ts";
import type { Gone } from "../services/iam/overlay.ts";
import { AGENT_ROLE, PEOPLE } from "../services/iam/people.ts";
import { isOwnAccessKeyId, uniqueId } from "../services/principal-ids.ts";
import type { SessionDoc } from "../services/sts/session.ts";
import type { House } from "./house.ts";

const keyOf = (account: string, prefix: string, name: string): string => uniqueId(prefix, account, name).slice(0, 20);
const isSeeded = (principal: string): boolean => (PEOPLE as readonly string[]).includes(principal);

/** Ids are digests, and every call has an identity: those made are kept. */
const MOST_KEPT = 1_000;
const kept = new Map<string, Identity>();

/** Identity of someone a fresh account knows, as it stands there; an unknown person is an InputError naming those there are. */
export function resolveIdentity(account: string, kind: CallerKind, principal: string): Identity {
  const how = kind === "service" || kind === "simulated" ? kind : "person";
  const key = `${how}/${account}/${principal}`;
  let identity = kept.get(key);
  if (identity === undefined) {
    identity = Object.freeze(madeIdentity(account, how, principal));
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, identity);
  }
  return identity;
}

function madeIdentity(account: string, kind: "service" | "simulated" | "person", principal: string): Identity {
  if (kind === "service") return { id: principal, type: "AWSService", accountId: account };
  if (kind === "simulated") {
    return {
      id: principal,
      type: "AssumedRole",
      accountId: account,
      arn: `arn:aws:sts::${account}:assumed-role/${AGENT_ROLE}/${principal}`,
      principalId: `${uniqueId("AROA", account, AGENT_ROLE)}:${principal}`,
      accessKeyId: keyOf(account, "ASIA", principal),
    };
  }
  if (principal === "root") {
    return {
      id: "root",
      type: "Root",
      accountId: account,
      arn: `arn:aws:iam::${account}:root`,
      principalId: account,
      accessKeyId: keyOf(account, "AKIA", "root"),
    };
  }
  if (!isSeeded(principal)) {
    throw new InputError(`There is no identity "${principal}" in this account.`, {
      path: "identity",
      found: principal,
      allowed: `${PEOPLE.join(", ")}, or an IAM user of the account`,
    });
  }
  return {
    id: principal,
    type: "IAMUser",
    accountId: account,
    arn: `arn:aws:iam::${account}:user/${principal}`,
    principalId: uniqueId("AIDA", account, principal),
    accessKeyId: keyOf(account, "AKIA", principal),
    userName: principal,
  };
}

const nothing = (): void => undefined;
const opened = <D extends object>(house: House, account: string, service: string, kind: string) =>
  house.documents.open<D>(`${account}/global/${service}/${kind}`, false, nothing);

/**
 * Identity of a caller as the account stands. People and programs are named by `root`, an IAM user's name or an access key
 * id. Who is gone, or whose key is, gets AWS's refusal: InvalidClientTokenId, UnrecognizedClientException, ExpiredToken.
 */
export function identify(house: House, account: string, kind: CallerKind, principal: string, service = ""): Identity {
  if (kind === "service" || kind === "simulated" || principal === "root") return resolveIdentity(account, kind, principal);
  if (/^A[KS]IA[A-Z0-9]{12,}$/.test(principal)) return byAccessKey(house, account, principal, service);
  return byName(house, account, principal, service);
}

/** Documents are never mutated. */
const ofUser = new WeakMap<UserDoc, Identity>();

function byName(house: House, account: string, name: string, service: string): Identity {
  const user = opened<UserDoc | Gone>(house, account, "iam", "user").get(name.toLowerCase());
  if (user === undefined) return resolveIdentity(account, "person", name);
  if ("gone" in user) throw invalidToken(house, service);
  let identity = ofUser.get(user);
  if (identity === undefined) {
    identity = {
      id: user.UserName,
      type: "IAMUser",
      accountId: account,
      arn: user.Arn,
      principalId: user.UserId,
      accessKeyId: keyOf(account, "AKIA", user.UserName),
      userName: user.UserName,
    };
    ofUser.set(user, identity);
  }
  return identity;
}

function byAccessKey(house: House, account: string, id: string, service: string): Identity {
  if (id.startsWith("ASIA")) return bySession(house, account, id, service);
  const key = opened<KeyDoc | Gone>(house, account, "iam", "key").get(id);
  const owner =
    key === undefined
      ? PEOPLE.find((name) => resolveIdentity(account, "person", name).accessKeyId === id)
      : "gone" in key || key.Status !== "Active"
        ? undefined
        : key.UserName;
  if (owner === undefined) throw invalidToken(house, service);
  return { ...identify(house, account, "program", owner, service), accessKeyId: id };
}

function bySession(house: House, account: string, id: string, service: string): Identity {
  const session = opened<SessionDoc>(house, account, "sts", "session").get(id);
  if (session === undefined) throw invalidToken(house, service);
  if (session.Expiration <= house.now) throw expiredToken(house, service);
  const role = opened<RoleDoc | Gone>(house, account, "iam", "role").get(session.roleName.toLowerCase());
  if (role !== undefined && ("gone" in role || role.RoleId !== session.roleId)) throw invalidToken(house, service);
  return {
    id: session.RoleSessionName,
    type: "AssumedRole",
    accountId: account,
    arn: session.Arn,
    principalId: `${session.roleId}:${session.RoleSessionName}`,
    accessKeyId: id,
  };
}

function invalidToken(house: House, service: string): ServiceError {
  const message = "The security token included in the request is invalid.";
  return speaksQuery(house.models.get(service))
    ? new ServiceError("InvalidClientTokenId", message, { status: 403 })
    : new ServiceError("UnrecognizedClientException", message, { status: 400 });
}

function expiredToken(house: House, service: string): ServiceError {
  const message = "The security token included in the request is expired";
  return speaksQuery(house.models.get(service))
    ? new ServiceError("ExpiredToken", message, { status: 403 })
    : new ServiceError("ExpiredTokenException", message);
}

/**
 * The principal that an access key id of a program names: people by their plain names or their keys, keys and sessions that
 * this account made as themselves; every other key is `other`, so that whatever a client has configured works.
 */
export function principalOfKey(account: string, accessKeyId: string | undefined, other: string): string {
  if (accessKeyId === undefined) return other;
  if (isSeeded(accessKeyId)) return accessKeyId;
  const isOurs =
    isOwnAccessKeyId(account, accessKeyId) || PEOPLE.some((name) => resolveIdentity(account, "person", name).accessKeyId === accessKeyId);
  return isOurs ? accessKeyId : other;
}
