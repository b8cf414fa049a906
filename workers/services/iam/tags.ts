/** Tags of users and roles. */
import type { Context } from "../contract.ts";
import { iamOf, idOf, invalidInput, limitExceeded, roleOf, type Tag, userOf } from "./documents.ts";
import { pageOf } from "./page.ts";

const MOST_TAGS = 50;

/** `given` over `present`, by key without regard to case. */
export function checkedTags(present: readonly Tag[], given: readonly Tag[]): readonly Tag[] {
  const byKey = new Map(present.map((tag) => [tag.Key.toLowerCase(), tag]));
  const seen = new Set<string>();
  for (const { Key, Value } of given) {
    const id = Key.toLowerCase();
    if (seen.has(id)) throw invalidInput("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    if (id.startsWith("aws:")) throw invalidInput("Tag keys beginning with aws: are reserved for system use.");
    seen.add(id);
    byKey.set(id, { Key, Value });
  }
  if (byKey.size > MOST_TAGS) throw limitExceeded(`Cannot exceed quota for TagsPerResource: ${MOST_TAGS}`);
  return [...byKey.values()].sort((a, b) => (a.Key < b.Key ? -1 : 1));
}

const without = (tags: readonly Tag[], keys: readonly string[]): readonly Tag[] => {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return tags.filter(({ Key }) => !gone.has(Key.toLowerCase()));
};

interface Listing {
  readonly Marker?: string;
  readonly MaxItems?: number;
}

function listed(tags: readonly Tag[], input: Listing) {
  const [Tags, rest] = pageOf(tags, ({ Key }) => Key, input);
  return { Tags, ...rest };
}

export function tagUser(ctx: Context, { UserName, Tags }: { readonly UserName: string; readonly Tags: readonly Tag[] }): void {
  const store = iamOf(ctx);
  const user = userOf(store, UserName);
  store.users.put(idOf(UserName), { ...user, Tags: checkedTags(user.Tags, Tags) });
}

export function untagUser(ctx: Context, { UserName, TagKeys }: { readonly UserName: string; readonly TagKeys: readonly string[] }): void {
  const store = iamOf(ctx);
  const user = userOf(store, UserName);
  store.users.put(idOf(UserName), { ...user, Tags: without(user.Tags, TagKeys) });
}

export const listUserTags = (ctx: Context, input: Listing & { readonly UserName: string }) =>
  listed(userOf(iamOf(ctx), input.UserName).Tags, input);

export function tagRole(ctx: Context, { RoleName, Tags }: { readonly RoleName: string; readonly Tags: readonly Tag[] }): void {
  const store = iamOf(ctx);
  const role = roleOf(store, RoleName);
  store.roles.put(idOf(RoleName), { ...role, Tags: checkedTags(role.Tags, Tags) });
}

export function untagRole(ctx: Context, { RoleName, TagKeys }: { readonly RoleName: string; readonly TagKeys: readonly string[] }): void {
  const store = iamOf(ctx);
  const role = roleOf(store, RoleName);
  store.roles.put(idOf(RoleName), { ...role, Tags: without(role.Tags, TagKeys) });
}

export const listRoleTags = (ctx: Context, input: Listing & { readonly RoleName: string }) =>
  listed(roleOf(iamOf(ctx), input.RoleName).Tags, input);
