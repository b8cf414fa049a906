/** Events of alarms on the default bus (User Guide, "Alarm events and EventBridge"). */
import type { Context } from "../contract.ts";
import type { AlarmDoc } from "./alarm.ts";
import { offsetTime } from "./time-text.ts";

export function emitStateChange(ctx: Context, previous: AlarmDoc, alarm: AlarmDoc): void {
  emitEvent(ctx, alarm, "CloudWatch Alarm State Change", {
    alarmName: alarm.AlarmName,
    state: stateOf(alarm),
    previousState: stateOf(previous),
    configuration: { description: alarm.AlarmDescription, metrics: metricsOf(ctx, alarm) },
  });
}

export function emitConfigurationChange(
  ctx: Context,
  operation: "create" | "update" | "delete",
  alarm: AlarmDoc,
  previous: AlarmDoc | undefined,
): void {
  emitEvent(ctx, alarm, "CloudWatch Alarm Configuration Change", {
    alarmName: alarm.AlarmName,
    operation,
    state: { value: alarm.StateValue, timestamp: offsetTime(alarm.StateUpdatedTimestamp) },
    configuration: configurationOf(ctx, alarm),
    ...(operation === "update" && previous !== undefined ? { previousConfiguration: configurationOf(ctx, previous) } : {}),
  });
}

function emitEvent(ctx: Context, alarm: AlarmDoc, detailType: string, detail: object): void {
  const entry = {
    Source: "aws.cloudwatch",
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Resources: [alarm.AlarmArn],
    Time: ctx.now,
  };
  ctx.emit({ service: "events", operation: "PutEvents", input: { Entries: [entry] } });
}

function stateOf(alarm: AlarmDoc): object {
  return {
    value: alarm.StateValue,
    reason: alarm.StateReason,
    reasonData: alarm.StateReasonData,
    timestamp: offsetTime(alarm.StateUpdatedTimestamp),
  };
}

function configurationOf(ctx: Context, alarm: AlarmDoc): object {
  return {
    evaluationPeriods: alarm.EvaluationPeriods,
    datapointsToAlarm: alarm.DatapointsToAlarm,
    threshold: alarm.Threshold,
    comparisonOperator: alarm.ComparisonOperator,
    treatMissingData: alarm.TreatMissingData ?? "missing",
    metrics: metricsOf(ctx, alarm),
    alarmName: alarm.AlarmName,
    description: alarm.AlarmDescription,
    actionsEnabled: alarm.ActionsEnabled,
    timestamp: offsetTime(alarm.AlarmConfigurationUpdatedTimestamp),
    okActions: alarm.OKActions,
    alarmActions: alarm.AlarmActions,
    insufficientDataActions: alarm.InsufficientDataActions,
  };
}

interface EventDimension {
  readonly Name: string;
  readonly Value: string;
}
const asObject = (dimensions: readonly EventDimension[]): object => Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));

/** A plain alarm's one metric gets an id of its own; math alarms list every query with the caller's ids. */
function metricsOf(ctx: Context, alarm: AlarmDoc): readonly object[] {
  if (alarm.Metrics !== undefined) {
    return alarm.Metrics.map(({ Id, Expression, Label, ReturnData, MetricStat: stat }) => ({
      id: Id,
      expression: Expression,
      label: Label,
      metricStat: stat && {
        metric: { namespace: stat.Metric.Namespace, name: stat.Metric.MetricName, dimensions: asObject(stat.Metric.Dimensions ?? []) },
        period: stat.Period,
        stat: stat.Stat,
        unit: stat.Unit,
      },
      returnData: ReturnData ?? true,
    }));
  }
  const metric = { namespace: alarm.Namespace, name: alarm.MetricName, dimensions: asObject(alarm.Dimensions) };
  const metricStat = { metric, period: alarm.Period, stat: alarm.Statistic ?? alarm.ExtendedStatistic, unit: alarm.Unit };
  return [{ id: ctx.uuid("alarm-event-metric"), metricStat, returnData: true }];
}
