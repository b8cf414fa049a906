/** CloudWatch: metrics and alarms. */
import type { Operations } from "../../model/generated/cloudwatch.ts";
import { operation, type Scope, type ServiceDefinition, type TrailKind } from "../contract.ts";
import { alarmArn } from "./alarm.ts";
import {
  deleteAlarms,
  describeAlarms,
  describeAlarmsForMetric,
  disableAlarmActions,
  enableAlarmActions,
  putMetricAlarm,
  setAlarmState,
} from "./alarms.ts";
import { evaluateDue } from "./evaluation.ts";
import { getMetricData } from "./get-metric-data.ts";
import { getMetricStatistics } from "./get-metric-statistics.ts";
import { describeAlarmHistory, forgetHistory } from "./history.ts";
import { listMetrics } from "./list-metrics.ts";
import { alarmEvaluation } from "./look-evaluation.ts";
import { alarmProblems } from "./look-problems.ts";
import { metricCatalog, series } from "./look-series.ts";
import { alarmOverview, alarmTimeline } from "./look-timeline.ts";
import { whatIf } from "./look-what-if.ts";
import { putMetricData, putMetricDataColumns } from "./put-metric-data.ts";
import { repeatAction } from "./repeat-action.ts";
import { listTagsForResource, tagResource, untagResource } from "./tags.ts";

const metrics = (name: string, effect: "none" | "state" = "none") => ({
  effect,
  action: `cloudwatch:${name}`,
  trail: "data" as TrailKind,
});
const reads = (name: string) => ({ effect: "none" as const, action: `cloudwatch:${name}`, trail: "management-read" as TrailKind });
const writes = (name: string) => ({ effect: "state" as const, action: `cloudwatch:${name}`, trail: "management-write" as TrailKind });

const named = (input: { readonly AlarmName?: string }, scope: Scope): readonly string[] => [
  alarmArn(scope.account, scope.region, input.AlarmName ?? "*"),
];
const severalNamed = (input: { readonly AlarmNames?: readonly string[] }, scope: Scope): readonly string[] =>
  (input.AlarmNames ?? ["*"]).map((name) => alarmArn(scope.account, scope.region, name));
const allAlarms = (_question: unknown, scope: Scope): readonly string[] => named({}, scope);
const byArn = (input: { readonly ResourceARN: string }): readonly string[] => [input.ResourceARN];

type Ops = Operations;

export const cloudwatch: ServiceDefinition = {
  name: "cloudwatch",
  principal: "cloudwatch.amazonaws.com",
  eventSource: "monitoring.amazonaws.com",
  operations: {
    PutMetricData: operation<Ops["PutMetricData"]>({
      ...metrics("PutMetricData", "state"),
      keys: ({ Namespace }) => ({ "cloudwatch:namespace": Namespace }),
      handle: putMetricData,
      columns: putMetricDataColumns,
    }),
    ListMetrics: operation<Ops["ListMetrics"]>({ ...metrics("ListMetrics"), handle: listMetrics }),
    GetMetricStatistics: operation<Ops["GetMetricStatistics"]>({ ...metrics("GetMetricStatistics"), handle: getMetricStatistics }),
    GetMetricData: operation<Ops["GetMetricData"]>({ ...metrics("GetMetricData"), handle: getMetricData }),
    PutMetricAlarm: operation<Ops["PutMetricAlarm"]>({
      ...writes("PutMetricAlarm"),
      resources: named,
      keys: ({ AlarmActions = [] }) => (AlarmActions.length === 0 ? {} : { "cloudwatch:AlarmActions": AlarmActions }),
      handle: putMetricAlarm,
    }),
    DescribeAlarms: operation<Ops["DescribeAlarms"]>({ ...reads("DescribeAlarms"), resources: severalNamed, handle: describeAlarms }),
    DescribeAlarmsForMetric: operation<Ops["DescribeAlarmsForMetric"]>({
      ...reads("DescribeAlarmsForMetric"),
      handle: describeAlarmsForMetric,
    }),
    DescribeAlarmHistory: operation<Ops["DescribeAlarmHistory"]>({
      ...reads("DescribeAlarmHistory"),
      resources: named,
      handle: describeAlarmHistory,
    }),
    SetAlarmState: operation<Ops["SetAlarmState"]>({ ...writes("SetAlarmState"), resources: named, handle: setAlarmState }),
    DeleteAlarms: operation<Ops["DeleteAlarms"]>({ ...writes("DeleteAlarms"), resources: severalNamed, handle: deleteAlarms }),
    EnableAlarmActions: operation<Ops["EnableAlarmActions"]>({
      ...writes("EnableAlarmActions"),
      resources: severalNamed,
      handle: enableAlarmActions,
    }),
    DisableAlarmActions: operation<Ops["DisableAlarmActions"]>({
      ...writes("DisableAlarmActions"),
      resources: severalNamed,
      handle: disableAlarmActions,
    }),
    TagResource: operation<Ops["TagResource"]>({ ...writes("TagResource"), resources: byArn, handle: tagResource }),
    UntagResource: operation<Ops["UntagResource"]>({ ...writes("UntagResource"), resources: byArn, handle: untagResource }),
    ListTagsForResource: operation<Ops["ListTagsForResource"]>({
      ...reads("ListTagsForResource"),
      resources: byArn,
      handle: listTagsForResource,
    }),
  },
  agenda: { evaluate: evaluateDue, "forget-history": forgetHistory, "repeat-action": repeatAction },
  readsAs: {
    alarmEvaluation: { action: "cloudwatch:DescribeAlarms", resources: allAlarms },
    alarmOverview: { action: "cloudwatch:DescribeAlarms", resources: allAlarms },
    alarmTimeline: { action: "cloudwatch:DescribeAlarmHistory", resources: allAlarms },
    metricCatalog: { action: "cloudwatch:ListMetrics" },
    series: { action: "cloudwatch:GetMetricData" },
    whatIf: { action: "cloudwatch:GetMetricData" },
  },
  looks: { alarmEvaluation, alarmOverview, alarmProblems, alarmTimeline, metricCatalog, series, whatIf },
};
