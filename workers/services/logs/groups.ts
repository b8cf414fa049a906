/** Log groups: CreateLogGroup, DeleteLogGroup, DescribeLogGroups, PutRetentionPolicy, DeleteRetentionPolicy. */
import { ServiceError } from "../../model/errors.ts";
import type {
  CreateLogGroupRequest,
  DescribeLogGroupsRequest,
  DescribeLogGroupsResponse,
  LogGroup,
  PutRetentionPolicyRequest,
} from "../../model/generated/logs.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import {
  existingGroup,
  expiryOf,
  filterDocs,
  filtersOf,
  type GroupDoc,
  groupArn,
  groupDocs,
  groupKey,
  idIn,
  nameOf,
  streamDocs,
  withPrefix,
} from "./documents.ts";
import { invalidParameter, violated } from "./failures.ts";
import { forgetMinute } from "./metric-filter-action.ts";
import { pageOf } from "./tokens.ts";

/** Size of an event beside its message, as AWS counts it. */
export const EVENT_OVERHEAD = 26;
const RETENTIONS = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653];

export function createLogGroup(ctx: Context, input: CreateLogGroupRequest): Record<string, never> {
  const { logGroupName, kmsKeyId, tags = {}, logGroupClass = "STANDARD", deletionProtectionEnabled = false } = input;
  if (/^aws\//i.test(logGroupName)) throw invalidParameter("Log groups starting with AWS/ are reserved for AWS.");
  const groups = groupDocs(ctx);
  if (groups.has(logGroupName)) throw new ServiceError("ResourceAlreadyExistsException", "The specified log group already exists");
  groups.put(logGroupName, {
    logGroupName,
    creationTime: ctx.now,
    logGroupClass,
    deletionProtectionEnabled,
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
    tags,
  });
  return {};
}

export function deleteLogGroup(ctx: Context, input: { readonly logGroupName: string }): Record<string, never> {
  const { logGroupName, deletionProtectionEnabled } = existingGroup(ctx, input.logGroupName);
  if (deletionProtectionEnabled) {
    throw new ServiceError("ValidationException", "The specified log group has deletion protection enabled and cannot be deleted.", {
      hint: "Switch deletion protection off first.",
    });
  }
  for (const { filterName } of filtersOf(ctx, logGroupName)) {
    filterDocs(ctx).delete(idIn(logGroupName, filterName));
    forgetMinute(ctx, logGroupName, filterName);
  }
  const streams = streamDocs(ctx);
  for (const { logStreamName } of withPrefix(streams, `${logGroupName}:`)) streams.delete(idIn(logGroupName, logStreamName));
  groupDocs(ctx).delete(logGroupName);
  ctx.logs.deleteGroup(groupKey(ctx, logGroupName));
  return {};
}

export function describeLogGroups(ctx: Context, input: DescribeLogGroupsRequest): MaybePromise<DescribeLogGroupsResponse> {
  const { logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers } = input;
  if (logGroupNamePrefix !== undefined && logGroupNamePattern !== undefined) {
    throw invalidParameter("LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.");
  }
  const named = logGroupIdentifiers && new Set(logGroupIdentifiers.map((identifier) => nameOf(ctx, identifier)));
  const groups = withPrefix(groupDocs(ctx), logGroupNamePrefix ?? "").filter(
    (group) =>
      group.logGroupName.includes(logGroupNamePattern ?? "") &&
      (logGroupClass === undefined || group.logGroupClass === logGroupClass) &&
      (named === undefined || named.has(group.logGroupName)),
  );
  const owner = JSON.stringify(["DescribeLogGroups", logGroupNamePrefix, logGroupNamePattern, logGroupClass, logGroupIdentifiers]);
  const { page, nextToken } = pageOf(owner, groups, ({ logGroupName }) => logGroupName, input, ctx.now);
  const answer = (logGroups: readonly LogGroup[]): DescribeLogGroupsResponse => ({
    logGroups,
    ...(nextToken === undefined ? {} : { nextToken }),
  });
  const described = page.map((group) => describedGroup(ctx, group));
  return described.some((entry) => entry instanceof Promise) ? Promise.all(described).then(answer) : answer(described as LogGroup[]);
}

/** Expired events do not count in storedBytes. Only a group whose expiry cuts through a chunk on disk makes this a promise. */
export function describedGroup(ctx: Context, group: GroupDoc): MaybePromise<LogGroup> {
  const stored = ctx.logs.stored(groupKey(ctx, group.logGroupName), expiryOf(ctx, group));
  const described = ({ events, messageBytes }: { readonly events: number; readonly messageBytes: number }): LogGroup => {
    const { logGroupName, creationTime, retentionInDays, logGroupClass, kmsKeyId, deletionProtectionEnabled } = group;
    const logGroupArn = groupArn(ctx, logGroupName);
    return {
      logGroupName,
      creationTime,
      ...(retentionInDays === undefined ? {} : { retentionInDays }),
      metricFilterCount: filtersOf(ctx, logGroupName).length,
      arn: `${logGroupArn}:*`,
      storedBytes: messageBytes + events * EVENT_OVERHEAD,
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      logGroupClass,
      logGroupArn,
      deletionProtectionEnabled,
    };
  };
  return stored instanceof Promise ? stored.then(described) : described(stored);
}

export function putRetentionPolicy(ctx: Context, input: PutRetentionPolicyRequest): Record<string, never> {
  const { logGroupName, retentionInDays } = input;
  if (!RETENTIONS.includes(retentionInDays)) {
    throw violated(retentionInDays, "retentionInDays", `Member must satisfy enum value set: [${RETENTIONS.join(", ")}]`);
  }
  groupDocs(ctx).put(logGroupName, { ...existingGroup(ctx, logGroupName), retentionInDays });
  return {};
}

export function deleteRetentionPolicy(ctx: Context, input: { readonly logGroupName: string }): Record<string, never> {
  const { retentionInDays: _, ...rest } = existingGroup(ctx, input.logGroupName);
  groupDocs(ctx).put(input.logGroupName, rest);
  return {};
}
