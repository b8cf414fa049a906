/** Metric alarms: their operations. */

import { ServiceError } from "../../model/errors.ts";
import type {
  DeleteAlarmsInput,
  DescribeAlarmsForMetricInput,
  DescribeAlarmsForMetricOutput,
  DescribeAlarmsInput,
  DescribeAlarmsOutput,
  DisableAlarmActionsInput,
  EnableAlarmActionsInput,
  PutMetricAlarmInput,
  SetAlarmStateInput,
} from "../../model/generated/cloudwatch.ts";
import { byCodeUnits, sortedDimensions } from "../../store/metrics/series-key.ts";
import type { Context } from "../contract.ts";
import { type AlarmDoc, alarmArn, watchedMetric } from "./alarm.ts";
import { emitConfigurationChange } from "./alarm-events.ts";
import { checkAlarm } from "./alarm-rules.ts";
import { invalid, noSuchAlarm } from "./failures.ts";
import { addHistory } from "./history.ts";
import { INITIAL_REASON } from "./reason.ts";
import { beginLedger, forgetLedger } from "./sightings.ts";
import { changeState } from "./state.ts";
import { setTags } from "./tags.ts";
import { pageToken, placeOf } from "./tokens.ts";
import { unwatch, wake, watch } from "./watch.ts";

const alarmsOf = (ctx: Context) => ctx.docs<AlarmDoc>("alarm");
const NOTHING: Record<string, never> = {};

export function putMetricAlarm(ctx: Context, input: PutMetricAlarmInput): Record<string, never> {
  checkAlarm(input, ctx);
  const previous = alarmsOf(ctx).get(input.AlarmName);
  const alarm = alarmFrom(ctx, input, previous);
  if (previous !== undefined) unwatch(ctx, previous);
  alarmsOf(ctx).put(alarm.AlarmName, alarm);
  // Tags are taken at creation only (API reference, PutMetricAlarm).
  if (previous === undefined && input.Tags !== undefined) setTags(ctx, alarm.AlarmArn, input.Tags);
  beginLedger(ctx, alarm, previous);
  watch(ctx, alarm);
  const operation = previous === undefined ? "create" : "update";
  const data = { version: "1.0", type: operation === "create" ? "Create" : "Update", updatedAlarm: alarm };
  addHistory(ctx, alarm.AlarmName, "ConfigurationUpdate", `Alarm "${alarm.AlarmName}" ${operation}d`, JSON.stringify(data));
  emitConfigurationChange(ctx, operation, alarm, previous);
  return NOTHING;
}

/** Replacing an alarm keeps its state and replaces all else. */
function alarmFrom(ctx: Context, input: PutMetricAlarmInput, previous: AlarmDoc | undefined): AlarmDoc {
  const { Tags: _tags, Dimensions, ...given } = input;
  const state =
    previous === undefined
      ? {
          StateValue: "INSUFFICIENT_DATA" as const,
          StateReason: INITIAL_REASON,
          StateUpdatedTimestamp: ctx.now,
          StateTransitionedTimestamp: ctx.now,
        }
      : {
          StateValue: previous.StateValue,
          StateReason: previous.StateReason,
          ...(previous.StateReasonData === undefined ? {} : { StateReasonData: previous.StateReasonData }),
          StateUpdatedTimestamp: previous.StateUpdatedTimestamp,
          StateTransitionedTimestamp: previous.StateTransitionedTimestamp,
        };
  return {
    ...withoutUndefined(given),
    ...state,
    AlarmName: input.AlarmName,
    AlarmArn: alarmArn(ctx.account, ctx.region, input.AlarmName),
    AlarmConfigurationUpdatedTimestamp: ctx.now,
    ActionsEnabled: input.ActionsEnabled ?? true,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
    Dimensions: Dimensions ?? [],
    EvaluationPeriods: input.EvaluationPeriods ?? 1,
    ComparisonOperator: input.ComparisonOperator ?? "GreaterThanThreshold",
  };
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as T;
}

/** Unknown names are passed over without an error (as reported for AWS in cloudformation-cli issue 456). */
export function deleteAlarms(ctx: Context, { AlarmNames }: DeleteAlarmsInput): Record<string, never> {
  const alarms = alarmsOf(ctx);
  for (const name of new Set(AlarmNames)) {
    const alarm = alarms.get(name);
    if (alarm === undefined) continue;
    unwatch(ctx, alarm);
    forgetLedger(ctx, name);
    alarms.delete(name);
    ctx.docs("tags").delete(alarm.AlarmArn);
    const data = { version: "1.0", type: "Delete", deletedAlarm: alarm };
    addHistory(ctx, name, "ConfigurationUpdate", `Alarm "${name}" deleted`, JSON.stringify(data));
    emitConfigurationChange(ctx, "delete", alarm, undefined);
  }
  return NOTHING;
}

export function setAlarmState(ctx: Context, input: SetAlarmStateInput): Record<string, never> {
  const alarm = alarmsOf(ctx).get(input.AlarmName);
  if (alarm === undefined) throw noSuchAlarm();
  if (input.StateReasonData !== undefined && !isJsonObject(input.StateReasonData)) {
    throw new ServiceError("InvalidFormat", "StateReasonData was not valid JSON", { shape: "InvalidFormatFault" });
  }
  // The next evaluation may change it back, so it must take place.
  wake(ctx, changeState(ctx, alarm, { value: input.StateValue, reason: input.StateReason, reasonData: input.StateReasonData }));
  return NOTHING;
}

function isJsonObject(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null;
  } catch {
    return false;
  }
}

/** Unknown names are passed over. */
export function enableAlarmActions(ctx: Context, { AlarmNames }: EnableAlarmActionsInput): Record<string, never> {
  return switchActions(ctx, AlarmNames, true);
}

export function disableAlarmActions(ctx: Context, { AlarmNames }: DisableAlarmActionsInput): Record<string, never> {
  return switchActions(ctx, AlarmNames, false);
}

function switchActions(ctx: Context, names: readonly string[], enabled: boolean): Record<string, never> {
  for (const name of new Set(names)) {
    const alarm = alarmsOf(ctx).get(name);
    if (alarm === undefined || alarm.ActionsEnabled === enabled) continue;
    const changed = { ...alarm, ActionsEnabled: enabled, AlarmConfigurationUpdatedTimestamp: ctx.now };
    alarmsOf(ctx).put(name, changed);
    const data = { version: "1.0", type: "Update", updatedAlarm: changed };
    addHistory(ctx, name, "ConfigurationUpdate", `Alarm "${name}" updated`, JSON.stringify(data));
    emitConfigurationChange(ctx, "update", changed, alarm);
  }
  return NOTHING;
}

export function describeAlarms(ctx: Context, input: DescribeAlarmsInput): DescribeAlarmsOutput {
  if (input.AlarmNames !== undefined && input.AlarmNames.length > 0 && input.AlarmNamePrefix !== undefined) {
    throw invalid("AlarmNames and AlarmNamePrefix cannot both be set");
  }
  const types = input.AlarmTypes === undefined || input.AlarmTypes.length === 0 ? ["MetricAlarm"] : input.AlarmTypes;
  const afterName = placeOf("DescribeAlarms", input.NextToken);
  const most = input.MaxRecords ?? 100;
  // No composite alarm can exist yet, so no alarm has parents or children.
  const wanted = types.includes("MetricAlarm") && input.ChildrenOfAlarmName === undefined && input.ParentsOfAlarmName === undefined;
  const found = wanted ? candidates(ctx, input.AlarmNames).filter((alarm) => fits(alarm, input)) : [];
  const rest = typeof afterName === "string" ? found.filter((alarm) => alarm.AlarmName > afterName) : found;
  const page = rest.slice(0, most);
  const token = rest.length > most ? { NextToken: pageToken("DescribeAlarms", page.at(-1)?.AlarmName as string) } : {};
  return { MetricAlarms: page, CompositeAlarms: [], ...token };
}

function candidates(ctx: Context, names: readonly string[] | undefined): readonly AlarmDoc[] {
  if (names === undefined || names.length === 0) return alarmsOf(ctx).values();
  const unique = [...new Set(names)].sort(byCodeUnits);
  return unique.flatMap((name) => alarmsOf(ctx).get(name) ?? []);
}

function fits(alarm: AlarmDoc, { AlarmNamePrefix, StateValue, ActionPrefix }: DescribeAlarmsInput): boolean {
  if (AlarmNamePrefix !== undefined && !alarm.AlarmName.startsWith(AlarmNamePrefix)) return false;
  if (StateValue !== undefined && alarm.StateValue !== StateValue) return false;
  if (ActionPrefix === undefined) return true;
  const actions = [...alarm.OKActions, ...alarm.AlarmActions, ...alarm.InsufficientDataActions];
  return actions.some((arn) => arn.startsWith(ActionPrefix));
}

export function describeAlarmsForMetric(ctx: Context, input: DescribeAlarmsForMetricInput): DescribeAlarmsForMetricOutput {
  const same = (a: AlarmDoc): boolean => {
    const metric = watchedMetric(a);
    return (
      a.Metrics === undefined &&
      metric !== undefined &&
      metric.namespace === input.Namespace &&
      metric.metricName === input.MetricName &&
      JSON.stringify(plain(metric.dimensions)) === JSON.stringify(plain(input.Dimensions ?? [])) &&
      (input.Statistic === undefined || a.Statistic === input.Statistic) &&
      (input.ExtendedStatistic === undefined || a.ExtendedStatistic === input.ExtendedStatistic) &&
      (input.Period === undefined || a.Period === input.Period) &&
      (input.Unit === undefined || a.Unit === input.Unit)
    );
  };
  return { MetricAlarms: alarmsOf(ctx).values().filter(same) };
}

const plain = (dimensions: Parameters<typeof sortedDimensions>[0]): unknown =>
  sortedDimensions(dimensions).map(({ Name, Value }) => [Name, Value]);
