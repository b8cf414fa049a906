/** CloudWatch Logs: log groups and streams, events, metric filters. */
import type { Operations } from "../../model/generated/logs.ts";
import { operation, type Scope, type ServiceDefinition, type TrailKind } from "../contract.ts";
import { groupArn, nameOf, streamArn } from "./documents.ts";
import { createLogGroup, deleteLogGroup, deleteRetentionPolicy, describeLogGroups, putRetentionPolicy } from "./groups.ts";
import { explain } from "./look-explain.ts";
import { density, groupSummary, page, storage } from "./look-page.ts";
import { preview } from "./look-preview.ts";
import { DEFAULT_VALUE, publishDefault } from "./metric-filter-action.ts";
import { deleteMetricFilter, describeMetricFilters, putMetricFilter, testMetricFilter } from "./metric-filters.ts";
import { putLogEvents, putLogEventsColumns } from "./put-log-events.ts";
import { filterLogEvents, getLogEvents } from "./read-events.ts";
import { createLogStream, deleteLogStream, describeLogStreams } from "./streams.ts";
import { listTagsForResource, listTagsLogGroup, tagLogGroup, tagResource, untagLogGroup, untagResource } from "./tags.ts";

const reads = (name: string) => ({ effect: "none" as const, action: `logs:${name}`, trail: "management-read" as TrailKind });
const writes = (name: string) => ({ effect: "state" as const, action: `logs:${name}`, trail: "management-write" as TrailKind });
const data = (name: string, effect: "none" | "state") => ({ effect, action: `logs:${name}`, trail: "data" as TrailKind });

interface Named {
  readonly logGroupName?: string;
  readonly logGroupIdentifier?: string;
  readonly logStreamName?: string;
}
const ofGroup = (input: Named, scope: Scope): readonly string[] => {
  const name = input.logGroupName ?? (input.logGroupIdentifier === undefined ? undefined : nameOf(scope, input.logGroupIdentifier));
  return name === undefined ? ["*"] : [`${groupArn(scope, name)}:*`];
};
const ofStream = (input: Named, scope: Scope): readonly string[] =>
  input.logGroupName === undefined || input.logStreamName === undefined
    ? ofGroup(input, scope)
    : [streamArn(scope, input.logGroupName, input.logStreamName)];
const allGroups = (_input: unknown, scope: Scope): readonly string[] => [groupArn(scope, "*")];
const byArn = (input: { readonly resourceArn: string }): readonly string[] => [input.resourceArn];

type Ops = Operations;

export const logs: ServiceDefinition = {
  name: "logs",
  principal: "logs.amazonaws.com",
  eventSource: "logs.amazonaws.com",
  operations: {
    CreateLogGroup: operation<Ops["CreateLogGroup"]>({ ...writes("CreateLogGroup"), resources: ofGroup, handle: createLogGroup }),
    DeleteLogGroup: operation<Ops["DeleteLogGroup"]>({ ...writes("DeleteLogGroup"), resources: ofGroup, handle: deleteLogGroup }),
    DescribeLogGroups: operation<Ops["DescribeLogGroups"]>({
      ...reads("DescribeLogGroups"),
      resources: allGroups,
      handle: describeLogGroups,
    }),
    CreateLogStream: operation<Ops["CreateLogStream"]>({ ...writes("CreateLogStream"), resources: ofStream, handle: createLogStream }),
    DeleteLogStream: operation<Ops["DeleteLogStream"]>({ ...writes("DeleteLogStream"), resources: ofStream, handle: deleteLogStream }),
    DescribeLogStreams: operation<Ops["DescribeLogStreams"]>({
      ...reads("DescribeLogStreams"),
      resources: ofGroup,
      handle: describeLogStreams,
    }),
    PutLogEvents: operation<Ops["PutLogEvents"]>({
      ...data("PutLogEvents", "state"),
      resources: ofStream,
      handle: putLogEvents,
      columns: putLogEventsColumns,
    }),
    GetLogEvents: operation<Ops["GetLogEvents"]>({ ...data("GetLogEvents", "none"), resources: ofStream, handle: getLogEvents }),
    FilterLogEvents: operation<Ops["FilterLogEvents"]>({ ...data("FilterLogEvents", "none"), resources: ofGroup, handle: filterLogEvents }),
    PutMetricFilter: operation<Ops["PutMetricFilter"]>({ ...writes("PutMetricFilter"), resources: ofGroup, handle: putMetricFilter }),
    DescribeMetricFilters: operation<Ops["DescribeMetricFilters"]>({
      ...reads("DescribeMetricFilters"),
      resources: ofGroup,
      handle: describeMetricFilters,
    }),
    DeleteMetricFilter: operation<Ops["DeleteMetricFilter"]>({
      ...writes("DeleteMetricFilter"),
      resources: ofGroup,
      handle: deleteMetricFilter,
    }),
    TestMetricFilter: operation<Ops["TestMetricFilter"]>({ ...reads("TestMetricFilter"), handle: testMetricFilter }),
    PutRetentionPolicy: operation<Ops["PutRetentionPolicy"]>({
      ...writes("PutRetentionPolicy"),
      resources: ofGroup,
      handle: putRetentionPolicy,
    }),
    DeleteRetentionPolicy: operation<Ops["DeleteRetentionPolicy"]>({
      ...writes("DeleteRetentionPolicy"),
      resources: ofGroup,
      handle: deleteRetentionPolicy,
    }),
    TagResource: operation<Ops["TagResource"]>({ ...writes("TagResource"), resources: byArn, handle: tagResource }),
    UntagResource: operation<Ops["UntagResource"]>({ ...writes("UntagResource"), resources: byArn, handle: untagResource }),
    ListTagsForResource: operation<Ops["ListTagsForResource"]>({
      ...reads("ListTagsForResource"),
      resources: byArn,
      handle: listTagsForResource,
    }),
    TagLogGroup: operation<Ops["TagLogGroup"]>({ ...writes("TagLogGroup"), resources: ofGroup, handle: tagLogGroup }),
    UntagLogGroup: operation<Ops["UntagLogGroup"]>({ ...writes("UntagLogGroup"), resources: ofGroup, handle: untagLogGroup }),
    ListTagsLogGroup: operation<Ops["ListTagsLogGroup"]>({ ...reads("ListTagsLogGroup"), resources: ofGroup, handle: listTagsLogGroup }),
  },
  agenda: { [DEFAULT_VALUE]: publishDefault },
  readsAs: {
    page: { action: "logs:FilterLogEvents", resources: ofGroup },
    density: { action: "logs:FilterLogEvents", resources: ofGroup },
    preview: { action: "logs:FilterLogEvents", resources: ofGroup },
    groupSummary: { action: "logs:DescribeLogGroups", resources: allGroups },
    storage: { action: "logs:DescribeLogGroups", resources: allGroups },
  },
  looks: { page, density, explain, preview, groupSummary, storage },
};
