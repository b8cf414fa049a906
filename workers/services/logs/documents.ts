/** Log groups, streams and metric filters as documents, and how they are found. */
import { arnOf, parseArn } from "../../model/arn.ts";
import type { MetricTransformation } from "../../model/generated/logs.ts";
import type { Context, Documents, Scope } from "../contract.ts";
import { invalidParameter, noGroup, noStream } from "./failures.ts";

export const DAY = 86_400_000;

export interface GroupDoc {
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly logGroupClass: "STANDARD" | "INFREQUENT_ACCESS" | "DELIVERY";
  readonly deletionProtectionEnabled: boolean;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface StreamDoc {
  readonly logStreamName: string;
  readonly creationTime: number;
}

export interface FilterDoc {
  readonly logGroupName: string;
  readonly filterName: string;
  readonly filterPattern: string;
  readonly creationTime: number;
  readonly applyOnTransformedLogs: boolean;
  readonly fieldSelectionCriteria?: string;
  readonly emitSystemFieldDimensions?: readonly string[];
  readonly transformation: MetricTransformation;
}

export const groupDocs = (ctx: Context): Documents<GroupDoc> => ctx.docs<GroupDoc>("group");
/** Ids are `group:stream`; no group name holds a colon. */
export const streamDocs = (ctx: Context): Documents<StreamDoc> => ctx.docs<StreamDoc>("stream");
/** Ids are `group:filter`. */
export const filterDocs = (ctx: Context): Documents<FilterDoc> => ctx.docs<FilterDoc>("metricFilter");

export const idIn = (group: string, name: string): string => `${group}:${name}`;

/** The log store's name for a group. */
export const groupKey = (ctx: Scope, group: string): string => `${ctx.account}:${ctx.region}:${group}`;

export const groupArn = (scope: Scope, group: string): string => arnOf("logs", scope.region, scope.account, `log-group:${group}`);
export const streamArn = (scope: Scope, group: string, stream: string): string => `${groupArn(scope, group)}:log-stream:${stream}`;

/** Documents whose id begins with `prefix`, ascending: the sorted ids are searched, not walked. */
export function withPrefix<D extends object>(docs: Documents<D>, prefix: string): D[] {
  const ids = docs.ids();
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ids[middle]! < prefix) low = middle + 1;
    else high = middle;
  }
  const found: D[] = [];
  for (let i = low; i < ids.length && ids[i]!.startsWith(prefix); i++) found.push(docs.get(ids[i]!)!);
  return found;
}

export const filtersOf = (ctx: Context, group: string): FilterDoc[] => withPrefix(filterDocs(ctx), `${group}:`);

export function existingGroup(ctx: Context, name: string): GroupDoc {
  const group = groupDocs(ctx).get(name);
  if (group === undefined) throw noGroup();
  return group;
}

export function existingStream(ctx: Context, group: string, name: string): StreamDoc {
  const stream = streamDocs(ctx).get(idIn(group, name));
  if (stream === undefined) throw noStream();
  return stream;
}

/** The group that a name or an identifier (name or ARN) means; exactly one of them must be given. */
export function groupNamed(
  ctx: Context,
  input: { readonly logGroupName?: string; readonly logGroupIdentifier?: string },
  both: () => Error = () => invalidParameter("LogGroup name and LogGroup ARN are mutually exclusive parameters."),
): GroupDoc {
  if (input.logGroupName !== undefined && input.logGroupIdentifier !== undefined) throw both();
  const name = input.logGroupName ?? (input.logGroupIdentifier === undefined ? undefined : nameOf(ctx, input.logGroupIdentifier));
  if (name === undefined) throw invalidParameter("Either logGroupName or logGroupIdentifier must be specified.");
  return existingGroup(ctx, name);
}

/** The group name in an identifier. An ARN of another account or Region names no group here. */
export function nameOf(scope: Scope, identifier: string): string {
  const arn = parseArn(identifier);
  if (arn === undefined) return identifier;
  if (arn.service !== "logs" || !arn.resource.startsWith("log-group:")) throw invalidParameter("The specified log group ARN is invalid.");
  if (arn.account !== scope.account || arn.region !== scope.region) throw noGroup();
  const name = arn.resource.slice("log-group:".length);
  return name.endsWith(":*") ? name.slice(0, -2) : name;
}

/** Events older than this are not shown; -Infinity where they never expire. */
export function expiryOf(ctx: Context, group: GroupDoc): number {
  return group.retentionInDays === undefined ? -Infinity : ctx.now - group.retentionInDays * DAY;
}

/** The classes other than STANDARD lack metric filters, GetLogEvents and FilterLogEvents (user guide "Log classes"). */
export function requireStandard(group: GroupDoc, operation: string): void {
  if (group.logGroupClass !== "STANDARD") {
    throw invalidParameter(
      `${operation} is not supported for log groups of class ${group.logGroupClass}.`,
      "Only log groups of class STANDARD can do this; the class of a group cannot be changed later.",
    );
  }
}
