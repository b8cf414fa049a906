/** CreateTags, DeleteTags and DescribeTags of instances. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations, Tag } from "../../model/generated/ec2.ts";
import type { Context } from "../contract.ts";
import { allInstances, type InstanceDoc, instances, instancesOf, tagList } from "./documents.ts";
import { invalidValue, unlessDryRun } from "./failures.ts";
import { matching } from "./filters.ts";
import { pageOf } from "./pages.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const MOST_TAGS = 50;
const isReserved = (key: string): boolean => key.startsWith("aws:");

/** `before` with the tags that are added; keys beginning with `aws:` are set by services alone and do not count. */
export function checkedTags(
  ctx: Context,
  before: Readonly<Record<string, string>>,
  added: readonly Tag[],
): Readonly<Record<string, string>> {
  const seen = new Set<string>();
  for (const { Key = "", Value = "" } of added) {
    if (Key === "") throw invalidValue("Tag key cannot be empty.");
    if (isReserved(Key) && ctx.identity.type !== "AWSService")
      throw invalidValue("Tag keys starting with 'aws:' are reserved for internal use");
    if (Key.length > 128) throw invalidValue("Tag key exceeds the maximum length of 128 characters.");
    if (Value.length > 256) throw invalidValue("Tag value exceeds the maximum length of 256 characters.");
    if (seen.has(Key)) throw invalidValue(`Duplicate tag key '${Key}' specified.`);
    seen.add(Key);
  }
  const tags = { ...before, ...Object.fromEntries(added.map(({ Key = "", Value = "" }) => [Key, Value])) };
  if (Object.keys(tags).filter((key) => !isReserved(key)).length > MOST_TAGS) {
    throw new ServiceError("TagLimitExceeded", "The maximum number of Tags for a resource has been reached.");
  }
  return tags;
}

function tagged(ctx: Context, ids: readonly string[]): readonly InstanceDoc[] {
  const other = ids.find((id) => !id.startsWith("i-"));
  if (other !== undefined) {
    throw new ServiceError("InvalidID", `The ID '${other}' is not valid`, { hint: "Only instances are here to be tagged." });
  }
  return instancesOf(ctx, ids);
}

export function createTags(ctx: Context, input: In<"CreateTags">): Out<"CreateTags"> {
  const changed = tagged(ctx, input.Resources).map((doc) => ({ ...doc, tags: checkedTags(ctx, doc.tags, input.Tags) }));
  unlessDryRun(input);
  for (const doc of changed) instances(ctx).put(doc.id, doc);
  return {};
}

/** A tag without a value goes whatever its value is; one with a value only if it is that. Without tags all of the user's go. */
export function deleteTags(ctx: Context, input: In<"DeleteTags">): Out<"DeleteTags"> {
  const goes = (key: string, value: string): boolean =>
    input.Tags === undefined || input.Tags.length === 0
      ? !isReserved(key)
      : input.Tags.some(({ Key, Value }) => Key === key && (Value === undefined || Value === value));
  const docs = tagged(ctx, input.Resources);
  unlessDryRun(input);
  for (const doc of docs) {
    instances(ctx).put(doc.id, { ...doc, tags: Object.fromEntries(Object.entries(doc.tags).filter(([key, value]) => !goes(key, value))) });
  }
  return {};
}

interface Row {
  readonly id: string;
  readonly key: string;
  readonly value: string;
}

export function describeTags(ctx: Context, input: In<"DescribeTags">): Out<"DescribeTags"> {
  const rows = allInstances(ctx).flatMap(({ id, tags }) => tagList(tags).map(({ Key, Value }): Row => ({ id, key: Key, value: Value })));
  const fits = matching<Row>(input.Filters, {
    values: {
      key: ({ key }) => [key],
      value: ({ value }) => [value],
      "resource-id": ({ id }) => [id],
      "resource-type": () => ["instance"],
    },
    tags: ({ key, value }) => ({ [key]: value }),
  });
  const found = rows.filter(fits).sort((a, b) => (place(a) < place(b) ? -1 : 1));
  unlessDryRun(input);
  const { page, token } = pageOf(found, place, input);
  const Tags = page.map(({ id, key, value }) => ({ Key: key, Value: value, ResourceId: id, ResourceType: "instance" as const }));
  return { Tags, ...token };
}

const place = ({ id, key }: Row): string => `${id}|${key}`;
