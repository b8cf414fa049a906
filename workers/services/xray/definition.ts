/** AWS X-Ray: traces, the service graph, sampling, groups. */
import type { Operations } from "../../model/generated/xray.ts";
import { operation, type ServiceDefinition } from "../contract.ts";
import { batchGetTraces } from "./batch-get-traces.ts";
import { getEncryptionConfig, putEncryptionConfig } from "./encryption.ts";
import { createGroup, deleteGroup, getGroup, getGroups, groupArn, updateGroup } from "./groups.ts";
import { filterNames, filterPreview } from "./look-filter.ts";
import { traceMap } from "./look-map.ts";
import { whySampled } from "./look-sampling.ts";
import { trace } from "./look-trace.ts";
import { putTraceSegments } from "./put-trace-segments.ts";
import { createSamplingRule, deleteSamplingRule, getSamplingRules, ruleArn, updateSamplingRule } from "./sampling-rules.ts";
import { getSamplingStatisticSummaries, getSamplingTargets } from "./sampling-targets.ts";
import { getServiceGraph, getTimeSeriesServiceStatistics, getTraceGraph } from "./service-graph.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";
import { putTelemetryRecords } from "./telemetry.ts";
import { getTraceSummaries } from "./trace-summaries.ts";

const taggedArn = (input: { readonly ResourceARN: string }): readonly string[] => [input.ResourceARN];

export const xray: ServiceDefinition = {
  name: "xray",
  principal: "xray.amazonaws.com",
  eventSource: "xray.amazonaws.com",
  operations: {
    PutTraceSegments: operation<Operations["PutTraceSegments"]>({
      effect: "state",
      action: "xray:PutTraceSegments",
      trail: "data",
      handle: putTraceSegments,
    }),
    BatchGetTraces: operation<Operations["BatchGetTraces"]>({
      effect: "none",
      action: "xray:BatchGetTraces",
      trail: "data",
      handle: batchGetTraces,
    }),
    GetTraceSummaries: operation<Operations["GetTraceSummaries"]>({
      effect: "none",
      action: "xray:GetTraceSummaries",
      trail: "data",
      handle: getTraceSummaries,
    }),
    GetServiceGraph: operation<Operations["GetServiceGraph"]>({
      effect: "none",
      action: "xray:GetServiceGraph",
      trail: "never",
      handle: getServiceGraph,
    }),
    GetTraceGraph: operation<Operations["GetTraceGraph"]>({
      effect: "none",
      action: "xray:GetTraceGraph",
      trail: "never",
      handle: getTraceGraph,
    }),
    GetTimeSeriesServiceStatistics: operation<Operations["GetTimeSeriesServiceStatistics"]>({
      effect: "none",
      action: "xray:GetTimeSeriesServiceStatistics",
      trail: "never",
      handle: getTimeSeriesServiceStatistics,
    }),
    PutTelemetryRecords: operation<Operations["PutTelemetryRecords"]>({
      effect: "state",
      action: "xray:PutTelemetryRecords",
      trail: "never",
      handle: putTelemetryRecords,
    }),
    CreateSamplingRule: operation<Operations["CreateSamplingRule"]>({
      effect: "state",
      action: "xray:CreateSamplingRule",
      resources: (input, scope) => ruleArn(input.SamplingRule, scope),
      trail: "management-write",
      handle: createSamplingRule,
    }),
    UpdateSamplingRule: operation<Operations["UpdateSamplingRule"]>({
      effect: "state",
      action: "xray:UpdateSamplingRule",
      resources: (input, scope) => ruleArn(input.SamplingRuleUpdate, scope),
      trail: "management-write",
      handle: updateSamplingRule,
    }),
    DeleteSamplingRule: operation<Operations["DeleteSamplingRule"]>({
      effect: "state",
      action: "xray:DeleteSamplingRule",
      resources: ruleArn,
      trail: "management-write",
      handle: deleteSamplingRule,
    }),
    GetSamplingRules: operation<Operations["GetSamplingRules"]>({
      effect: "none",
      action: "xray:GetSamplingRules",
      trail: "never",
      handle: getSamplingRules,
    }),
    GetSamplingTargets: operation<Operations["GetSamplingTargets"]>({
      effect: "state",
      action: "xray:GetSamplingTargets",
      trail: "never",
      handle: getSamplingTargets,
    }),
    GetSamplingStatisticSummaries: operation<Operations["GetSamplingStatisticSummaries"]>({
      effect: "none",
      action: "xray:GetSamplingStatisticSummaries",
      trail: "management-read",
      handle: getSamplingStatisticSummaries,
    }),
    CreateGroup: operation<Operations["CreateGroup"]>({
      effect: "state",
      action: "xray:CreateGroup",
      resources: groupArn,
      trail: "management-write",
      handle: createGroup,
    }),
    UpdateGroup: operation<Operations["UpdateGroup"]>({
      effect: "state",
      action: "xray:UpdateGroup",
      resources: groupArn,
      trail: "management-write",
      handle: updateGroup,
    }),
    DeleteGroup: operation<Operations["DeleteGroup"]>({
      effect: "state",
      action: "xray:DeleteGroup",
      resources: groupArn,
      trail: "management-write",
      handle: deleteGroup,
    }),
    GetGroup: operation<Operations["GetGroup"]>({
      effect: "none",
      action: "xray:GetGroup",
      resources: groupArn,
      trail: "management-read",
      handle: getGroup,
    }),
    GetGroups: operation<Operations["GetGroups"]>({
      effect: "none",
      action: "xray:GetGroups",
      trail: "management-read",
      handle: getGroups,
    }),
    GetEncryptionConfig: operation<Operations["GetEncryptionConfig"]>({
      effect: "none",
      action: "xray:GetEncryptionConfig",
      trail: "management-read",
      handle: getEncryptionConfig,
    }),
    PutEncryptionConfig: operation<Operations["PutEncryptionConfig"]>({
      effect: "state",
      action: "xray:PutEncryptionConfig",
      trail: "management-write",
      handle: putEncryptionConfig,
    }),
    TagResource: operation<Operations["TagResource"]>({
      effect: "state",
      action: "xray:TagResource",
      resources: taggedArn,
      trail: "management-write",
      handle: tagResource,
    }),
    UntagResource: operation<Operations["UntagResource"]>({
      effect: "state",
      action: "xray:UntagResource",
      resources: taggedArn,
      trail: "management-write",
      handle: untagResource,
    }),
    ListTagsForResource: operation<Operations["ListTagsForResource"]>({
      effect: "none",
      action: "xray:ListTagsForResource",
      resources: taggedArn,
      trail: "management-read",
      handle: listTagsForResource,
    }),
  },
  readsAs: {
    traceMap: { action: "xray:GetServiceGraph" },
    trace: { action: "xray:BatchGetTraces" },
    filterPreview: { action: "xray:GetTraceSummaries" },
    filterNames: { action: "xray:GetTraceSummaries" },
    whySampled: { action: "xray:GetSamplingRules" },
  },
  looks: { traceMap, trace, filterPreview, filterNames, whySampled },
};
