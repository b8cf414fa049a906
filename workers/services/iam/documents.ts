/**
 * What IAM keeps, all in the Region `global`: users and roles by their name in small letters (names have no case), the
 * account's own policies by ARN, access keys by id. What a fresh account has from the start (`seeds.ts`) lies under it and
 * is no document until someone changes it.
 */
import { ServiceError } from "../../model/errors.ts";
import type { Context, Documents } from "../contract.ts";
import { GLOBAL } from "./global.ts";
import { managedPolicy } from "./managed.ts";
import { type Overlay, overlay } from "./overlay.ts";
import { seedsOf } from "./seeds.ts";

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

/** What users and roles have in common. */
export interface PrincipalDoc {
  readonly Path: string;
  readonly Arn: string;
  /** Epoch ms. */
  readonly CreateDate: number;
  /** Inline policies: name to JSON text. */
  readonly inline: Readonly<Record<string, string>>;
  /** ARNs of managed policies, in the order in which they were attached. */
  readonly attached: readonly string[];
  /** ARN of the permissions boundary. */
  readonly boundary?: string;
  readonly Tags: readonly Tag[];
}

export interface UserDoc extends PrincipalDoc {
  readonly UserName: string;
  readonly UserId: string;
}

export interface RoleDoc extends PrincipalDoc {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  /** Seconds. */
  readonly MaxSessionDuration: number;
}

export interface PolicyVersionDoc {
  readonly VersionId: string;
  readonly Document: string;
  readonly CreateDate: number;
}

export interface PolicyDoc {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly Description?: string;
  readonly CreateDate: number;
  readonly UpdateDate: number;
  readonly DefaultVersionId: string;
  /** Oldest first. */
  readonly versions: readonly PolicyVersionDoc[];
  /** Number of the next version: numbers are never used twice. */
  readonly nextVersion: number;
  readonly Tags: readonly Tag[];
}

export interface KeyDoc {
  readonly AccessKeyId: string;
  readonly UserName: string;
  readonly Status: "Active" | "Inactive";
  readonly CreateDate: number;
}

export interface IamStore {
  readonly account: string;
  readonly users: Overlay<UserDoc>;
  readonly roles: Overlay<RoleDoc>;
  /** The account's own; `policyOf` finds those of AWS too. */
  readonly policies: Overlay<PolicyDoc>;
  readonly keys: Overlay<KeyDoc>;
}

/** IAM's documents over any way to open them: a handler's, or the door's. */
export function iamStore(account: string, open: <D extends object>(kind: string) => Documents<D>): IamStore {
  const seeds = seedsOf(account);
  return {
    account,
    users: overlay(open("user"), seeds.users),
    roles: overlay(open("role"), seeds.roles),
    policies: overlay(open("policy"), seeds.policies),
    keys: overlay(open("key"), seeds.keys),
  };
}

export const iamOf = (ctx: Context): IamStore => iamStore(ctx.account, (kind) => ctx.docs(kind, GLOBAL));

export const idOf = (name: string): string => name.toLowerCase();

export function policyOf(store: IamStore, arn: string): PolicyDoc | undefined {
  return managedPolicy(arn) ?? store.policies.get(arn);
}

/** Text of a policy's default version. */
export function defaultDocument(policy: PolicyDoc): string {
  return policy.versions.find(({ VersionId }) => VersionId === policy.DefaultVersionId)?.Document ?? "";
}

export const noSuchEntity = (message: string): ServiceError =>
  new ServiceError("NoSuchEntity", message, { shape: "NoSuchEntityException", status: 404 });
export const alreadyExists = (message: string): ServiceError =>
  new ServiceError("EntityAlreadyExists", message, { shape: "EntityAlreadyExistsException", status: 409 });
export const deleteConflict = (message: string): ServiceError =>
  new ServiceError("DeleteConflict", message, { shape: "DeleteConflictException", status: 409 });
export const limitExceeded = (message: string): ServiceError =>
  new ServiceError("LimitExceeded", message, { shape: "LimitExceededException", status: 409 });
export const invalidInput = (message: string): ServiceError =>
  new ServiceError("InvalidInput", message, { shape: "InvalidInputException" });
export const validationError = (message: string): ServiceError => new ServiceError("ValidationError", message);

export function userOf(store: IamStore, name: string): UserDoc {
  const user = store.users.get(idOf(name));
  if (user === undefined) throw noSuchEntity(`The user with name ${name} cannot be found.`);
  return user;
}

export function roleOf(store: IamStore, name: string): RoleDoc {
  const role = store.roles.get(idOf(name));
  if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
  return role;
}

/** The role of an ARN in this account. */
export function roleByArn(store: IamStore, arn: string): RoleDoc | undefined {
  const name = /^arn:aws:iam::\d{12}:role\/(?:.*\/)?([^/]+)$/.exec(arn)?.[1];
  const role = name === undefined ? undefined : store.roles.get(idOf(name));
  return role?.Arn === arn ? role : undefined;
}
