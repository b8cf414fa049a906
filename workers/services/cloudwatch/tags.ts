/** Tags of alarms. */
import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  Tag,
  TagResourceInput,
  UntagResourceInput,
} from "../../model/generated/cloudwatch.ts";
import { byCodeUnits } from "../../store/metrics/series-key.ts";
import type { Context } from "../contract.ts";
import type { AlarmDoc } from "./alarm.ts";
import { invalidValue, noSuchResource } from "./failures.ts";

interface TagsDoc {
  readonly tags: Readonly<Record<string, string>>;
}

const MOST_TAGS = 50;

export function setTags(ctx: Context, arn: string, tags: readonly Tag[]): void {
  const docs = ctx.docs<TagsDoc>("tags");
  const merged = { ...docs.get(arn)?.tags, ...Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value])) };
  if (Object.keys(merged).length > MOST_TAGS) throw invalidValue(`A resource can have at most ${MOST_TAGS} tags.`);
  docs.put(arn, { tags: merged });
}

export function tagResource(ctx: Context, { ResourceARN, Tags }: TagResourceInput): Record<string, never> {
  mustExist(ctx, ResourceARN);
  setTags(ctx, ResourceARN, Tags);
  return {};
}

export function untagResource(ctx: Context, { ResourceARN, TagKeys }: UntagResourceInput): Record<string, never> {
  mustExist(ctx, ResourceARN);
  const docs = ctx.docs<TagsDoc>("tags");
  const left = Object.entries(docs.get(ResourceARN)?.tags ?? {}).filter(([key]) => !TagKeys.includes(key));
  if (left.length === 0) docs.delete(ResourceARN);
  else docs.put(ResourceARN, { tags: Object.fromEntries(left) });
  return {};
}

export function listTagsForResource(ctx: Context, { ResourceARN }: ListTagsForResourceInput): ListTagsForResourceOutput {
  mustExist(ctx, ResourceARN);
  const tags = ctx.docs<TagsDoc>("tags").get(ResourceARN)?.tags ?? {};
  const keys = Object.keys(tags).sort(byCodeUnits);
  return { Tags: keys.map((Key) => ({ Key, Value: tags[Key] as string })) };
}

function mustExist(ctx: Context, arn: string): void {
  const name = arn.split(":alarm:")[1];
  const alarm = name === undefined ? undefined : ctx.docs<AlarmDoc>("alarm").get(name);
  if (alarm?.AlarmArn !== arn) throw noSuchResource("Unknown");
}
