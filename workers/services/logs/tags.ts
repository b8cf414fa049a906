/** Tags of log groups: by ARN, and the older operations by name. */
import { parseArn } from "../../model/arn.ts";
import { ServiceError } from "../../model/errors.ts";
import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagLogGroupRequest,
  TagResourceRequest,
  UntagLogGroupRequest,
  UntagResourceRequest,
} from "../../model/generated/logs.ts";
import type { Context } from "../contract.ts";
import { existingGroup, type GroupDoc, groupDocs, nameOf } from "./documents.ts";
import { invalidParameter } from "./failures.ts";

const MOST_TAGS = 50;

export function tagResource(ctx: Context, input: TagResourceRequest): Record<string, never> {
  return tag(ctx, groupOfArn(ctx, input.resourceArn), input.tags);
}
export function untagResource(ctx: Context, input: UntagResourceRequest): Record<string, never> {
  return untag(ctx, groupOfArn(ctx, input.resourceArn), input.tagKeys);
}
export function listTagsForResource(ctx: Context, input: ListTagsForResourceRequest): ListTagsForResourceResponse {
  return { tags: groupOfArn(ctx, input.resourceArn).tags };
}
export function tagLogGroup(ctx: Context, input: TagLogGroupRequest): Record<string, never> {
  return tag(ctx, existingGroup(ctx, input.logGroupName), input.tags);
}
export function untagLogGroup(ctx: Context, input: UntagLogGroupRequest): Record<string, never> {
  return untag(ctx, existingGroup(ctx, input.logGroupName), input.tags);
}
export function listTagsLogGroup(ctx: Context, input: { readonly logGroupName: string }): ListTagsForResourceResponse {
  return { tags: existingGroup(ctx, input.logGroupName).tags };
}

function groupOfArn(ctx: Context, arn: string): GroupDoc {
  if (parseArn(arn) === undefined) throw invalidParameter("The specified resource ARN is invalid.");
  return existingGroup(ctx, nameOf(ctx, arn));
}

function tag(ctx: Context, group: GroupDoc, added: Readonly<Record<string, string>>): Record<string, never> {
  const tags = { ...group.tags, ...added };
  if (Object.keys(tags).length > MOST_TAGS) {
    throw new ServiceError("TooManyTagsException", `The resource has more than ${MOST_TAGS} tags.`);
  }
  groupDocs(ctx).put(group.logGroupName, { ...group, tags });
  return {};
}

function untag(ctx: Context, group: GroupDoc, keys: readonly string[]): Record<string, never> {
  const tags = Object.fromEntries(Object.entries(group.tags).filter(([key]) => !keys.includes(key)));
  groupDocs(ctx).put(group.logGroupName, { ...group, tags });
  return {};
}
