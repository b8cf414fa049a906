/** Tags of buses and rules. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations, Tag } from "../../model/generated/events.ts";
import type { Context } from "../contract.ts";
import { busArn, buses, DEFAULT_BUS, overLimit, ruleArn, ruleId, rules } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

interface TagsDoc {
  readonly tags: readonly Tag[];
}

const MOST_TAGS = 50;
const tagDocs = (ctx: Context) => ctx.docs<TagsDoc>("tags");

export function setTags(ctx: Context, arn: string, tags: readonly Tag[]): void {
  if (tags.length === 0) return;
  const merged = new Map((tagDocs(ctx).get(arn)?.tags ?? []).map((tag) => [tag.Key, tag]));
  for (const tag of tags) merged.set(tag.Key, tag);
  if (merged.size > MOST_TAGS) throw overLimit(`A resource has at most ${MOST_TAGS} tags.`);
  tagDocs(ctx).put(arn, { tags: [...merged.values()] });
}

export const dropTags = (ctx: Context, arn: string): void => void tagDocs(ctx).delete(arn);

export function tagResource(ctx: Context, { ResourceARN, Tags }: In<"TagResource">): Out<"TagResource"> {
  mustExist(ctx, ResourceARN);
  setTags(ctx, ResourceARN, Tags);
  return {};
}

export function untagResource(ctx: Context, { ResourceARN, TagKeys }: In<"UntagResource">): Out<"UntagResource"> {
  mustExist(ctx, ResourceARN);
  const left = (tagDocs(ctx).get(ResourceARN)?.tags ?? []).filter(({ Key }) => !TagKeys.includes(Key));
  if (left.length === 0) dropTags(ctx, ResourceARN);
  else tagDocs(ctx).put(ResourceARN, { tags: left });
  return {};
}

export function listTagsForResource(ctx: Context, { ResourceARN }: In<"ListTagsForResource">): Out<"ListTagsForResource"> {
  mustExist(ctx, ResourceARN);
  return { Tags: tagDocs(ctx).get(ResourceARN)?.tags ?? [] };
}

function mustExist(ctx: Context, arn: string): void {
  const [kind, name = ""] = arn.split(/:(?=(?:rule|event-bus)\/)/)[1]?.split(/\/(.*)/s) ?? [];
  if (kind === "event-bus") {
    if (arn === busArn(ctx, name) && (name === DEFAULT_BUS || buses(ctx).has(name))) return;
    throw new ServiceError("ResourceNotFoundException", `Event bus ${name} does not exist.`);
  }
  const [bus, rule] = name.includes("/") ? (name.split("/") as [string, string]) : [DEFAULT_BUS, name];
  if (arn === ruleArn(ctx, bus, rule) && rules(ctx).has(ruleId(bus, rule))) return;
  throw new ServiceError("ResourceNotFoundException", `Rule ${rule} does not exist on EventBus ${bus}.`);
}
