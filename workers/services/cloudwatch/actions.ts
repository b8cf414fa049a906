/** What an alarm does when it changes state: the notification, and an entry of how it went. */
import type { Context } from "../contract.ts";
import type { AlarmDoc } from "./alarm.ts";
import { alarmMail } from "./alarm-mail.ts";
import { addHistory } from "./history.ts";
import { javaJson } from "./reason.ts";
import { regionName } from "./regions.ts";
import { offsetTime } from "./time-text.ts";

export function runActions(ctx: Context, previous: AlarmDoc, alarm: AlarmDoc): void {
  if (!alarm.ActionsEnabled) return;
  for (const arn of actionsFor(alarm)) {
    if (arn.split(":")[2] === "sns") publish(ctx, previous, alarm, arn);
    else {
      const error = "This kind of action is not available in this playground yet.";
      record(ctx, alarm.AlarmName, `Action ${arn} is not available in this playground yet`, arn, error);
    }
  }
}

function actionsFor(alarm: AlarmDoc): readonly string[] {
  switch (alarm.StateValue) {
    case "OK":
      return alarm.OKActions;
    case "ALARM":
      return alarm.AlarmActions;
    case "INSUFFICIENT_DATA":
      return alarm.InsufficientDataActions;
  }
}

function publish(ctx: Context, previous: AlarmDoc, alarm: AlarmDoc, topicArn: string): void {
  const { AlarmName } = alarm;
  ctx.emit({
    service: "sns",
    operation: "Publish",
    sourceArn: alarm.AlarmArn,
    input: { TopicArn: topicArn, Subject: subjectOf(ctx, alarm), MessageStructure: "json", Message: messageOf(ctx, previous, alarm) },
    settled: (later, result) => {
      if ("error" in result) record(later, AlarmName, `Failed to execute action ${topicArn}`, topicArn, result.error.message);
      else record(later, AlarmName, `Successfully executed action ${topicArn}`, topicArn, null);
    },
  });
}

function record(ctx: Context, alarmName: string, summary: string, arn: string, error: string | null): void {
  const data = { version: "1.0", actionState: error === null ? "Succeeded" : "Failed", notificationResource: arn, error };
  addHistory(ctx, alarmName, "Action", summary, JSON.stringify(data));
}

/** SNS takes fewer than 100 characters. */
const LONGEST_SUBJECT = 99;

function subjectOf(ctx: Context, alarm: AlarmDoc): string {
  const subject = `${alarm.StateValue}: "${alarm.AlarmName}" in ${regionName(ctx.region)}`.replace(/[^\x20-\x7e]/g, "?");
  return subject.length <= LONGEST_SUBJECT ? subject : `${subject.slice(0, LONGEST_SUBJECT - 3)}...`;
}

/** A text for each kind of subscription (alarm-mail.ts). */
const messageOf = (ctx: Context, previous: AlarmDoc, alarm: AlarmDoc): string =>
  JSON.stringify({ default: notification(ctx, previous, alarm), email: alarmMail(ctx, previous, alarm) });

/** Body of the notification, as recorded. */
export function notification(ctx: Pick<Context, "account" | "region">, previous: AlarmDoc, alarm: AlarmDoc): string {
  return javaJson({
    AlarmName: alarm.AlarmName,
    AlarmDescription: alarm.AlarmDescription ?? null,
    AWSAccountId: ctx.account,
    AlarmConfigurationUpdatedTimestamp: offsetTime(alarm.AlarmConfigurationUpdatedTimestamp),
    NewStateValue: alarm.StateValue,
    NewStateReason: alarm.StateReason,
    StateChangeTime: offsetTime(alarm.StateUpdatedTimestamp),
    Region: regionName(ctx.region),
    AlarmArn: alarm.AlarmArn,
    OldStateValue: previous.StateValue,
    OKActions: alarm.OKActions,
    AlarmActions: alarm.AlarmActions,
    InsufficientDataActions: alarm.InsufficientDataActions,
    ActionExecutedAfterMuteWindow: false,
    Trigger: triggerOf(alarm),
  });
}

const STATISTIC_NAMES = { SampleCount: "SAMPLE_COUNT", Average: "AVERAGE", Sum: "SUM", Minimum: "MINIMUM", Maximum: "MAXIMUM" } as const;

function triggerOf(alarm: AlarmDoc): object {
  const rest = {
    Period: alarm.Period,
    EvaluationPeriods: alarm.EvaluationPeriods,
    DatapointsToAlarm: alarm.DatapointsToAlarm,
    ComparisonOperator: alarm.ComparisonOperator,
    Threshold: alarm.Threshold,
    TreatMissingData: alarm.TreatMissingData ?? "",
    EvaluateLowSampleCountPercentile: alarm.EvaluateLowSampleCountPercentile ?? "",
  };
  if (alarm.Metrics !== undefined) return { ...rest, Metrics: alarm.Metrics };
  const statistic =
    alarm.Statistic === undefined
      ? { StatisticType: "ExtendedStatistic", ExtendedStatistic: alarm.ExtendedStatistic }
      : { StatisticType: "Statistic", Statistic: STATISTIC_NAMES[alarm.Statistic] };
  const dimensions = alarm.Dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
  return {
    MetricName: alarm.MetricName,
    Namespace: alarm.Namespace,
    ...statistic,
    Unit: alarm.Unit ?? null,
    Dimensions: dimensions,
    ...rest,
  };
}
