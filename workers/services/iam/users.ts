/** Users and their access keys. */
import { arnOf } from "../../model/arn.ts";
import type { AccessKeyMetadata, Operations, User } from "../../model/generated/iam.ts";
import type { Context } from "../contract.ts";
import { makeAccessKeyId, makeSecret, uniqueId } from "../principal-ids.ts";
import {
  alreadyExists,
  deleteConflict,
  iamOf,
  idOf,
  type KeyDoc,
  limitExceeded,
  noSuchEntity,
  type UserDoc,
  userOf,
  validationError,
} from "./documents.ts";
import { pageOf } from "./page.ts";
import { boundaryOf, checkedBoundary } from "./principal-policies.ts";
import { checkedTags } from "./tags.ts";

const KEYS_PER_USER = 2;

export const shownUser = (user: UserDoc, isWhole = true): User => ({
  Path: user.Path,
  UserName: user.UserName,
  UserId: user.UserId,
  Arn: user.Arn,
  CreateDate: user.CreateDate,
  ...(isWhole ? boundaryOf(user) : {}),
  ...(isWhole && user.Tags.length > 0 ? { Tags: user.Tags } : {}),
});

export function createUser(ctx: Context, input: Operations["CreateUser"]["input"]): Operations["CreateUser"]["output"] {
  const store = iamOf(ctx);
  const { UserName, Path = "/", PermissionsBoundary } = input;
  if (store.users.get(idOf(UserName)) !== undefined) throw alreadyExists(`User with name ${UserName} already exists.`);
  const user: UserDoc = {
    Path,
    UserName,
    UserId: uniqueId("AIDA", ctx.account, ctx.id("user")),
    Arn: arnOf("iam", "", ctx.account, `user${Path}${UserName}`),
    CreateDate: ctx.now,
    inline: {},
    attached: [],
    ...(PermissionsBoundary === undefined ? {} : { boundary: checkedBoundary(store, PermissionsBoundary) }),
    Tags: checkedTags([], input.Tags ?? []),
  };
  store.users.put(idOf(UserName), user);
  return { User: shownUser(user) };
}

/** Whose user an operation is about: the one named, or the caller. */
export function namedOrCaller(ctx: Context, name: string | undefined): string {
  const found = name ?? (ctx.identity.type === "IAMUser" ? ctx.identity.userName : undefined);
  if (found === undefined) throw validationError("Must specify userName when calling with non-User credentials");
  return found;
}

export function getUser(ctx: Context, input: Operations["GetUser"]["input"]): Operations["GetUser"]["output"] {
  const { identity } = ctx;
  if (input.UserName === undefined && identity.type === "Root") {
    const root = { Path: "/", UserName: "", UserId: ctx.account, Arn: arnOf("iam", "", ctx.account, "root"), CreateDate: 0 };
    return { User: { ...root, CreateDate: Date.UTC(2020, 0, 1) } };
  }
  return { User: shownUser(userOf(iamOf(ctx), namedOrCaller(ctx, input.UserName))) };
}

export function listUsers(ctx: Context, input: Operations["ListUsers"]["input"]): Operations["ListUsers"]["output"] {
  const { PathPrefix = "/" } = input;
  const users = iamOf(ctx)
    .users.values()
    .filter(({ Path }) => Path.startsWith(PathPrefix));
  const [page, rest] = pageOf(users, ({ UserName }) => idOf(UserName), input);
  return { Users: page.map((user) => shownUser(user, false)), ...rest };
}

export function deleteUser(ctx: Context, { UserName }: Operations["DeleteUser"]["input"]): void {
  const store = iamOf(ctx);
  const user = userOf(store, UserName);
  if (user.attached.length > 0) throw deleteConflict("Cannot delete entity, must detach all policies first.");
  if (Object.keys(user.inline).length > 0) throw deleteConflict("Cannot delete entity, must delete policies first.");
  if (keysOf(ctx, user.UserName).length > 0) throw deleteConflict("Cannot delete entity, must delete access keys first.");
  store.users.delete(idOf(UserName));
}

function keysOf(ctx: Context, name: string): readonly KeyDoc[] {
  return iamOf(ctx)
    .keys.values()
    .filter(({ UserName }) => idOf(UserName) === idOf(name));
}

const shownKey = ({ AccessKeyId, UserName, Status, CreateDate }: KeyDoc): AccessKeyMetadata => ({
  UserName,
  AccessKeyId,
  Status,
  CreateDate,
});

/** Answers the secret this once; it is kept nowhere. */
export function createAccessKey(ctx: Context, input: Operations["CreateAccessKey"]["input"]): Operations["CreateAccessKey"]["output"] {
  const store = iamOf(ctx);
  const { UserName } = userOf(store, namedOrCaller(ctx, input.UserName));
  if (keysOf(ctx, UserName).length >= KEYS_PER_USER) throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
  const key: KeyDoc = {
    AccessKeyId: makeAccessKeyId("AKIA", ctx.account, ctx.id("access-key")),
    UserName,
    Status: "Active",
    CreateDate: ctx.now,
  };
  store.keys.put(key.AccessKeyId, key);
  return {
    AccessKey: {
      UserName,
      AccessKeyId: key.AccessKeyId,
      Status: "Active",
      SecretAccessKey: makeSecret(ctx.id("secret")),
      CreateDate: ctx.now,
    },
  };
}

export function listAccessKeys(ctx: Context, input: Operations["ListAccessKeys"]["input"]): Operations["ListAccessKeys"]["output"] {
  const { UserName } = userOf(iamOf(ctx), namedOrCaller(ctx, input.UserName));
  const [page, rest] = pageOf(keysOf(ctx, UserName), ({ AccessKeyId }) => AccessKeyId, input);
  return { AccessKeyMetadata: page.map(shownKey), ...rest };
}

function keyOf(ctx: Context, input: { readonly UserName?: string; readonly AccessKeyId: string }): KeyDoc {
  const { UserName } = userOf(iamOf(ctx), namedOrCaller(ctx, input.UserName));
  const key = iamOf(ctx).keys.get(input.AccessKeyId);
  if (key === undefined || idOf(key.UserName) !== idOf(UserName))
    throw noSuchEntity(`The Access Key with id ${input.AccessKeyId} cannot be found.`);
  return key;
}

export function updateAccessKey(ctx: Context, input: Operations["UpdateAccessKey"]["input"]): void {
  if (input.Status === "Expired") throw validationError("Status must be Active or Inactive");
  const key = keyOf(ctx, input);
  iamOf(ctx).keys.put(key.AccessKeyId, { ...key, Status: input.Status });
}

export function deleteAccessKey(ctx: Context, input: Operations["DeleteAccessKey"]["input"]): void {
  iamOf(ctx).keys.delete(keyOf(ctx, input).AccessKeyId);
}
