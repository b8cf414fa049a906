/** What an alarm does when it changes state: the notification, and an entry of how it went. */
import type { Context } from "../contract.ts";
import { actionsOf, addAction, recordAction } from "./action-record.ts";
import type { AlarmDoc } from "./alarm.ts";
import { alarmMail } from "./alarm-mail.ts";
import { javaJson } from "./reason.ts";
import { regionName } from "./regions.ts";
import { actOnInstance, scaleGroup } from "./resource-actions.ts";
import { offsetTime } from "./time-text.ts";

export function runActions(ctx: Context, previous: AlarmDoc, alarm: AlarmDoc): void {
  if (!alarm.ActionsEnabled) return;
  for (const arn of actionsOf(alarm)) {
    const vendor = arn.split(":")[2];
    if (vendor === "sns") publish(ctx, previous, alarm, arn);
    else if (vendor === "automate" || vendor === "swf") actOnInstance(ctx, alarm, arn);
    else if (vendor === "autoscaling") scaleGroup(ctx, alarm, arn);
    else {
      const error = "This kind of action is not available in this playground yet.";
      addAction(ctx, alarm.AlarmName, `Action ${arn} is not available in this playground yet`, arn, error);
    }
  }
}

function publish(ctx: Context, previous: AlarmDoc, alarm: AlarmDoc, topicArn: string): void {
  const { AlarmName } = alarm;
  ctx.emit({
    service: "sns",
    operation: "Publish",
    sourceArn: alarm.AlarmArn,
    input: { TopicArn: topicArn, Subject: subjectOf(ctx, alarm), MessageStructure: "json", Message: messageOf(ctx, previous, alarm) },
    settled: (later, result) => recordAction(later, AlarmName, topicArn, "error" in result ? result.error.message : null),
  });
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
