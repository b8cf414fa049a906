/** Tags of pipelines. */
import { ServiceError } from "../../model/errors.ts";
import type { Operations, Tag } from "../../model/generated/codepipeline.ts";
import type { Context } from "../contract.ts";
import { type PipelineDoc, pipelineArn, pipelines } from "./documents.ts";

type In<K extends keyof Operations> = Operations[K]["input"];
type Out<K extends keyof Operations> = Operations[K]["output"];

const MOST_TAGS = 50;

/** Those there are with those that are given; a key that is there gets the new value. */
export function checkedTags(before: readonly Tag[], given: readonly Tag[]): readonly Tag[] {
  const wrong = given.find(({ key }) => /^aws:/i.test(key));
  if (wrong !== undefined)
    throw new ServiceError("InvalidTagsException", `The tag key '${wrong.key}' begins with aws:, which AWS keeps for itself`);
  const all = new Map([...before, ...given].map(({ key, value }) => [key, value]));
  if (all.size > MOST_TAGS) throw new ServiceError("TooManyTagsException", `A resource has at most ${MOST_TAGS} tags`);
  return [...all].map(([key, value]) => ({ key, value }));
}

function ofArn(ctx: Context, arn: string): PipelineDoc {
  const [, , , , , name = "", ...more] = arn.split(":");
  if (more.length > 0) throw new ServiceError("InvalidArnException", `The resource '${arn}' is no pipeline, action or webhook`);
  const doc = arn === pipelineArn(ctx, name) ? pipelines(ctx).get(name) : undefined;
  if (doc === undefined) throw new ServiceError("ResourceNotFoundException", `The resource '${arn}' was not found`);
  return doc;
}

export function tagResource(ctx: Context, { resourceArn, tags }: In<"TagResource">): Out<"TagResource"> {
  const doc = ofArn(ctx, resourceArn);
  pipelines(ctx).put(doc.name, { ...doc, tags: checkedTags(doc.tags, tags) });
  return {};
}

export function untagResource(ctx: Context, { resourceArn, tagKeys }: In<"UntagResource">): Out<"UntagResource"> {
  const doc = ofArn(ctx, resourceArn);
  pipelines(ctx).put(doc.name, { ...doc, tags: doc.tags.filter(({ key }) => !tagKeys.includes(key)) });
  return {};
}

export const listTagsForResource = (ctx: Context, { resourceArn }: In<"ListTagsForResource">): Out<"ListTagsForResource"> => ({
  tags: ofArn(ctx, resourceArn).tags,
});
