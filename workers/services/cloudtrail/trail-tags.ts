/** Tags of trails. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations } from "../../model/generated/cloudtrail.ts";
import type { Context } from "../contract.ts";
import { arnIn, shownTags, type TrailDoc, trailDocs } from "./trail-documents.ts";

type Ops = Operations;

const MOST_TAGS = 50;

/** Throws InvalidTagParameterException or TagsLimitExceededException. */
export function checkTags(tags: readonly { readonly Key: string; readonly Value?: string }[]): void {
  const keys = tags.map(({ Key }) => Key);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  if (twice !== undefined) throw new ServiceError("InvalidTagParameterException", `Tag key ${twice} is given more than once.`);
  const reserved = keys.find((key) => key.toLowerCase().startsWith("aws:"));
  if (reserved !== undefined)
    throw new ServiceError("InvalidTagParameterException", `Tag key ${reserved} is not valid: keys that begin with aws: are AWS's own.`);
  if (tags.length > MOST_TAGS) throw new ServiceError("TagsLimitExceededException", `A trail has at most ${MOST_TAGS} tags.`);
}

function taggedTrail(ctx: Context, arn: string): TrailDoc {
  if (!arn.startsWith("arn:")) throw new ServiceError("CloudTrailARNInvalidException", `${arn} is not an ARN.`);
  const trail = trailDocs(ctx).get(arnIn(ctx, arn));
  if (trail === undefined) throw new ServiceError("ResourceNotFoundException", `The resource ${arn} does not exist.`);
  return trail;
}

export function addTags(ctx: Context, input: Ops["AddTags"]["input"]): Ops["AddTags"]["output"] {
  const trail = taggedTrail(ctx, input.ResourceId);
  checkTags(input.TagsList);
  const added = new Set(input.TagsList.map(({ Key }) => Key));
  const tags = [...trail.tags.filter(({ Key }) => !added.has(Key)), ...shownTags(input.TagsList)];
  checkTags(tags);
  trailDocs(ctx).put(trail.TrailARN, { ...trail, tags });
  return {};
}

export function removeTags(ctx: Context, input: Ops["RemoveTags"]["input"]): Ops["RemoveTags"]["output"] {
  const trail = taggedTrail(ctx, input.ResourceId);
  const gone = new Set(input.TagsList.map(({ Key }) => Key));
  trailDocs(ctx).put(trail.TrailARN, { ...trail, tags: trail.tags.filter(({ Key }) => !gone.has(Key)) });
  return {};
}

export const listTags = (ctx: Context, input: Ops["ListTags"]["input"]): Ops["ListTags"]["output"] => ({
  ResourceTagList: input.ResourceIdList.map((arn) => ({ ResourceId: arn, TagsList: [...taggedTrail(ctx, arn).tags] })),
});
