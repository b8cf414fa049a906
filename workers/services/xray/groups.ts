/**
 * Groups: named filter expressions. A group's expression is applied as traces arrive, so every version is kept with the
 * moment from which it counted (facts xray §8.3, §10).
 */
import { matchingTraces } from "../../language/xray-filter/evaluate.ts";
import { type GroupLookup, parseFilter } from "../../language/xray-filter/parse.ts";
import type { TraceRows } from "../../language/xray-filter/rows.ts";
import type { Group, Operations } from "../../model/generated/xray.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import type { Context, Scope } from "../contract.ts";
import { invalidRequest } from "./failures.ts";
import { forgetTags, setTags } from "./tags.ts";
import { pageOf } from "./tokens.ts";

export interface GroupDoc {
  readonly GroupName: string;
  readonly GroupARN: string;
  readonly InsightsConfiguration: { readonly InsightsEnabled: boolean; readonly NotificationsEnabled: boolean };
  /** Ascending by `since`, epoch milliseconds; the last one counts now. Without an expression every trace belongs to it. */
  readonly versions: readonly { readonly since: number; readonly expression?: string }[];
}

const NAME = /^[A-Za-z0-9_-]{1,32}$/;
const MOST_GROUPS = 25;
const PAGE = 100;
export const DEFAULT_GROUP = "Default";

const groupDocs = (ctx: Context) => ctx.docs<GroupDoc>("group");

/** ARN of a group by what a request names; the id at its end is known to the account only. */
export const groupArn = (input: { readonly GroupName?: string; readonly GroupARN?: string }, scope: Scope): readonly string[] => [
  input.GroupARN ?? `arn:aws:xray:${scope.region}:${scope.account}:group/${input.GroupName ?? ""}/*`,
];

export const findGroupByArn = (ctx: Context, arn: string): GroupDoc | undefined =>
  groupDocs(ctx)
    .values()
    .find(({ GroupARN }) => GroupARN === arn);

export const groupLookup =
  (ctx: Context): GroupLookup =>
  (by, value) => {
    const found = by === "name" ? groupDocs(ctx).get(value) : findGroupByArn(ctx, value);
    const expression = found?.versions.at(-1)?.expression;
    return found && { name: found.GroupName, arn: found.GroupARN, expression: expression ?? "" };
  };

export const groupNames = (ctx: Context): readonly string[] => groupDocs(ctx).ids();

function existing(ctx: Context, input: { readonly GroupName?: string; readonly GroupARN?: string }): GroupDoc {
  const { GroupName, GroupARN } = input;
  if (GroupName === undefined && GroupARN === undefined) throw invalidRequest("GroupName or GroupARN is required.");
  const found = GroupName === undefined ? findGroupByArn(ctx, GroupARN as string) : groupDocs(ctx).get(GroupName);
  if (found === undefined || (GroupARN !== undefined && found.GroupARN !== GroupARN)) throw invalidRequest("Group not found.");
  return found;
}

function checkedInsights(given: Operations["CreateGroup"]["input"]["InsightsConfiguration"], before: GroupDoc["InsightsConfiguration"]) {
  const insights = {
    InsightsEnabled: given?.InsightsEnabled ?? before.InsightsEnabled,
    NotificationsEnabled: given?.NotificationsEnabled ?? before.NotificationsEnabled,
  };
  if (insights.NotificationsEnabled && !insights.InsightsEnabled)
    throw invalidRequest("Notifications need insights: set InsightsEnabled to true.");
  return insights;
}

/** An expression, checked; empty text is none. */
function checkedExpression(ctx: Context, expression: string | undefined): { readonly expression?: string } {
  if (expression === undefined || expression === "") return {};
  parseFilter(expression, groupLookup(ctx));
  return { expression };
}

export const shownGroup = ({ GroupName, GroupARN, InsightsConfiguration, versions }: GroupDoc): Group => {
  const expression = versions.at(-1)?.expression;
  return { GroupName, GroupARN, ...(expression === undefined ? {} : { FilterExpression: expression }), InsightsConfiguration };
};

export function createGroup(ctx: Context, input: Operations["CreateGroup"]["input"]): Operations["CreateGroup"]["output"] {
  const { GroupName } = input;
  if (!NAME.test(GroupName)) throw invalidRequest("Invalid group name.", "A name has 1 to 32 letters, digits, dashes and underscores.");
  if (GroupName === DEFAULT_GROUP) throw invalidRequest(`${DEFAULT_GROUP} is a reserved group name.`);
  const docs = groupDocs(ctx);
  if (docs.has(GroupName)) throw invalidRequest("Group already exists.");
  if (docs.size >= MOST_GROUPS) throw invalidRequest(`Group limit exceeded: an account has at most ${MOST_GROUPS} groups in a Region.`);
  const group: GroupDoc = {
    GroupName,
    GroupARN: `arn:aws:xray:${ctx.region}:${ctx.account}:group/${GroupName}/${ctx.id("group").slice(0, 26).toUpperCase()}`,
    InsightsConfiguration: checkedInsights(input.InsightsConfiguration, { InsightsEnabled: false, NotificationsEnabled: false }),
    versions: [{ since: ctx.now, ...checkedExpression(ctx, input.FilterExpression) }],
  };
  if (input.Tags !== undefined) setTags(ctx, group.GroupARN, input.Tags);
  docs.put(GroupName, group);
  return { Group: shownGroup(group) };
}

export function updateGroup(ctx: Context, input: Operations["UpdateGroup"]["input"]): Operations["UpdateGroup"]["output"] {
  const before = existing(ctx, input);
  const next = checkedExpression(ctx, input.FilterExpression);
  const isChanged = input.FilterExpression !== undefined && next.expression !== before.versions.at(-1)?.expression;
  const group: GroupDoc = {
    ...before,
    InsightsConfiguration: checkedInsights(input.InsightsConfiguration, before.InsightsConfiguration),
    versions: isChanged ? [...before.versions, { since: ctx.now, ...next }] : before.versions,
  };
  groupDocs(ctx).put(group.GroupName, group);
  return { Group: shownGroup(group) };
}

export function deleteGroup(ctx: Context, input: Operations["DeleteGroup"]["input"]): Operations["DeleteGroup"]["output"] {
  const group = existing(ctx, input);
  groupDocs(ctx).delete(group.GroupName);
  forgetTags(ctx, group.GroupARN);
  return {};
}

export const getGroup = (ctx: Context, input: Operations["GetGroup"]["input"]): Operations["GetGroup"]["output"] => ({
  Group: shownGroup(existing(ctx, input)),
});

export function getGroups(ctx: Context, input: Operations["GetGroups"]["input"]): Operations["GetGroups"]["output"] {
  const { items, NextToken } = pageOf(groupDocs(ctx).entries(), input.NextToken, PAGE);
  return { Groups: items.map(shownGroup), ...(NextToken === undefined ? {} : { NextToken }) };
}

/** The traces of a group, and whether an older expression decided about some of the time from `since` on. */
export interface GroupTraces {
  readonly has: ((trace: number) => boolean) | undefined;
  readonly containsOldVersions: boolean;
}

/** `has` is undefined where no group is named: every trace belongs to it. @param since epoch milliseconds */
export function groupTraces(
  ctx: Context,
  input: { readonly GroupName?: string; readonly GroupARN?: string },
  table: TraceTable,
  rows: TraceRows,
  since: number,
): GroupTraces {
  if (input.GroupName === DEFAULT_GROUP || (input.GroupName === undefined && input.GroupARN === undefined))
    return { has: undefined, containsOldVersions: false };
  const { versions } = existing(ctx, input);
  const { arrived, count } = table.traces;
  const member = new Uint8Array(count);
  versions.forEach(({ since: from, expression }, at) => {
    const until = versions[at + 1]?.since ?? Infinity;
    const came: number[] = [];
    for (let trace = 0; trace < count; trace++) {
      if ((arrived[trace] as number) >= from && (arrived[trace] as number) < until) came.push(trace);
    }
    const selection = Uint32Array.from(came);
    const matching = expression === undefined ? selection : matchingTraces(parseFilter(expression, groupLookup(ctx)), rows, selection);
    for (const trace of matching) member[trace] = 1;
  });
  return { has: (trace) => member[trace] === 1, containsOldVersions: versions.length > 1 && (versions.at(-1)?.since ?? 0) > since };
}
