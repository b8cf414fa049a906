/**
 * What a person reads when an alarm notifies: CloudWatch publishes with MessageStructure `json`, the notification as
 * `default` and this text for subscriptions of protocol `email`; the other protocols (email-json, sqs, http) get the JSON.
 * Layout as mails of 2024 to 2026 have it; labels and columns are kept, since people's filters and scripts read them.
 */
import type { MetricAlarm } from "../../model/generated/cloudwatch.ts";
import type { Context } from "../contract.ts";
import { type AlarmDoc, watchedMetric } from "./alarm.ts";
import { javaDouble } from "./java-double.ts";
import { regionName } from "./regions.ts";
import { longTime } from "./time-text.ts";

type Rows = readonly (readonly [label: string, value: string])[];

const DETAIL_COLUMN = 28;
const METRIC_COLUMN = 37;

export function alarmMail(ctx: Pick<Context, "account" | "region">, previous: AlarmDoc, alarm: AlarmDoc): string {
  const { region } = ctx;
  const time = longTime(alarm.StateUpdatedTimestamp);
  return [
    `You are receiving this email because your Amazon CloudWatch Alarm "${alarm.AlarmName}" in the ${regionName(region)} region has entered the ${alarm.StateValue} state, because "${alarm.StateReason}" at "${time}".`,
    "",
    "View this alarm in the AWS Management Console:",
    `https://${region}.console.aws.amazon.com/cloudwatch/deeplink.js?region=${region}#alarmsV2:alarm/${encodeURIComponent(alarm.AlarmName)}`,
    "",
    "Alarm Details:",
    ...table(DETAIL_COLUMN, [
      ["Name", alarm.AlarmName],
      ["Description", alarm.AlarmDescription ?? ""],
      ["State Change", `${previous.StateValue} -> ${alarm.StateValue}`],
      ["Reason for State Change", alarm.StateReason],
      ["Timestamp", time],
      ["AWS Account", ctx.account],
      ["Alarm Arn", alarm.AlarmArn],
    ]),
    "",
    ...thresholdSection(alarm),
    ...(alarm.Metrics === undefined ? metricSection(alarm) : metricsSection(alarm.Metrics)),
    "",
    "",
    "State Change Actions:",
    `- OK: ${actions(alarm.OKActions)}`,
    `- ALARM: ${actions(alarm.AlarmActions)}`,
    `- INSUFFICIENT_DATA: ${actions(alarm.InsufficientDataActions)}`,
    "",
  ].join("\n");
}

const table = (column: number, rows: Rows): readonly string[] => rows.map(([label, value]) => `- ${label}:`.padEnd(column + 2) + value);

const actions = (arns: readonly string[]): string => arns.map((arn) => `[${arn}]`).join(" ");

/** Absent for alarms without a number to compare with (bands, PromQL). */
function thresholdSection(alarm: AlarmDoc): readonly string[] {
  const { Threshold, EvaluationPeriods: n, DatapointsToAlarm: m = n } = alarm;
  if (Threshold === undefined) return [];
  const period = watchedMetric(alarm)?.periodSeconds ?? alarm.Metrics?.find((query) => query.MetricStat !== undefined)?.MetricStat?.Period;
  const what = alarm.Metrics === undefined ? "metric" : "metric math expression";
  const each = period === undefined ? "" : ` of ${period} seconds`;
  return [
    "Threshold:",
    `- The alarm is in the ALARM state when the ${what} is ${alarm.ComparisonOperator} ${javaDouble(Threshold)} for at least ${m} of the last ${n} period(s)${each}.`,
    "",
  ];
}

function metricSection(alarm: AlarmDoc): readonly string[] {
  const watched = watchedMetric(alarm);
  if (watched === undefined) return [];
  const dimensions = watched.dimensions.map(({ Name, Value }) => `[${Name} = ${Value}]`).join(" ");
  return [
    "Monitored Metric:",
    ...table(METRIC_COLUMN, [
      ["MetricNamespace", watched.namespace],
      ["MetricName", watched.metricName],
      ["Dimensions", dimensions],
      ["Period", `${watched.periodSeconds} seconds`],
      ["Statistic", watched.stat],
      ["Unit", watched.unit ?? "not specified"],
      ...(alarm.TreatMissingData === undefined ? [] : [["TreatMissingData", alarm.TreatMissingData] as const]),
    ]),
  ];
}

function metricsSection(queries: NonNullable<MetricAlarm["Metrics"]>): readonly string[] {
  const rows = queries.flatMap(({ Id, Expression, Label, MetricStat }): Rows => {
    const said = Expression ?? (MetricStat && `${MetricStat.Metric.Namespace} ${MetricStat.Metric.MetricName} ${MetricStat.Stat}`) ?? "";
    return [
      [Expression === undefined ? `Metric ${Id}` : "MetricExpression", said],
      ...(Label === undefined ? [] : [["MetricLabel", Label] as const]),
    ];
  });
  return ["Monitored Metrics:", ...table(METRIC_COLUMN, rows)];
}
