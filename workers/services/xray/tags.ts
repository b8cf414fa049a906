/** Tags of groups and sampling rules. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations, Tag } from "../../model/generated/xray.ts";
import type { Context } from "../contract.ts";
import { invalidRequest, notFound } from "./failures.ts";

interface TagsDoc {
  readonly tags: Readonly<Record<string, string>>;
}

const MOST_TAGS = 50;

const tagDocs = (ctx: Context) => ctx.docs<TagsDoc>("tags");

export function setTags(ctx: Context, arn: string, tags: readonly Tag[]): void {
  if (tags.some(({ Key }) => Key.startsWith("aws:"))) throw invalidRequest("Tag keys must not begin with aws:.");
  const docs = tagDocs(ctx);
  const merged = { ...docs.get(arn)?.tags, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) };
  if (Object.keys(merged).length > MOST_TAGS) {
    throw new ServiceError("TooManyTagsException", `A resource can have at most ${MOST_TAGS} tags.`, { details: { ResourceName: arn } });
  }
  if (Object.keys(merged).length > 0) docs.put(arn, { tags: merged });
}

export function forgetTags(ctx: Context, arn: string): void {
  tagDocs(ctx).delete(arn);
}

/** `group/NAME/ID` and `sampling-rule/NAME` of this account. */
function mustExist(ctx: Context, arn: string): void {
  const name = arn.split(":").slice(5).join(":").split("/");
  const kind = name[0] === "group" ? "group" : name[0] === "sampling-rule" ? "sampling-rule" : undefined;
  if (kind === undefined) throw invalidRequest("Invalid resource ARN.");
  const doc = ctx.docs<{ readonly GroupARN?: string; readonly RuleARN?: string }>(kind).get(name[1] ?? "");
  const isDefault = kind === "sampling-rule" && arn === `arn:aws:xray:${ctx.region}:${ctx.account}:sampling-rule/Default`;
  if (!isDefault && doc?.GroupARN !== arn && doc?.RuleARN !== arn) throw notFound(arn);
}

export function tagResource(ctx: Context, { ResourceARN, Tags }: Operations["TagResource"]["input"]): Record<string, never> {
  mustExist(ctx, ResourceARN);
  setTags(ctx, ResourceARN, Tags);
  return {};
}

export function untagResource(ctx: Context, { ResourceARN, TagKeys }: Operations["UntagResource"]["input"]): Record<string, never> {
  mustExist(ctx, ResourceARN);
  const docs = tagDocs(ctx);
  const left = Object.entries(docs.get(ResourceARN)?.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
  if (left.length === 0) docs.delete(ResourceARN);
  else docs.put(ResourceARN, { tags: Object.fromEntries(left) });
  return {};
}

export function listTagsForResource(
  ctx: Context,
  { ResourceARN }: Operations["ListTagsForResource"]["input"],
): Operations["ListTagsForResource"]["output"] {
  mustExist(ctx, ResourceARN);
  const tags = tagDocs(ctx).get(ResourceARN)?.tags ?? {};
  return {
    Tags: Object.keys(tags)
      .sort((a, b) => (a < b ? -1 : 1))
      .map((Key) => ({ Key, Value: tags[Key] as string })),
  };
}
