/** Actions of alarms on EC2 instances and Auto Scaling groups. */
import type { Context } from "../contract.ts";
import { recordAction } from "./action-record.ts";
import { type AlarmDoc, watchedMetric } from "./alarm.ts";

const MINUTE = 60_000;

/** A recovered instance is rebooted on other hardware; here all hardware is alike. */
const OPERATIONS: Readonly<Record<string, string>> = {
  stop: "StopInstances",
  terminate: "TerminateInstances",
  reboot: "RebootInstances",
  recover: "RebootInstances",
};

/** The operation of `arn:aws:automate:REGION:ec2:stop` and of `arn:aws:swf:REGION:ACCOUNT:action/actions/AWS_EC2.InstanceId.Stop/1.0`. */
function operationOf(arn: string): string | undefined {
  const word = /^arn:aws:automate:[^:]*:ec2:(\w+)$/.exec(arn)?.[1] ?? /:action\/actions\/AWS_EC2\.InstanceId\.(\w+)\/1\.0$/.exec(arn)?.[1];
  return word === undefined ? undefined : OPERATIONS[word.toLowerCase()];
}

/** Acts on the instance that the alarm's metric is of; whatever its namespace. */
export function actOnInstance(ctx: Context, alarm: AlarmDoc, arn: string): void {
  const operation = operationOf(arn);
  const instance = watchedMetric(alarm)?.dimensions.find(({ Name }) => Name === "InstanceId")?.Value;
  if (operation === undefined || instance === undefined) {
    const error = operation === undefined ? `There is no EC2 action ${arn}.` : "The alarm's metric has no dimension InstanceId.";
    recordAction(ctx, alarm.AlarmName, arn, error);
    return;
  }
  ctx.emit({
    service: "ec2",
    operation,
    sourceArn: alarm.AlarmArn,
    input: { InstanceIds: [instance] },
    settled: (later, result) => recordAction(later, alarm.AlarmName, arn, "error" in result ? result.error.message : null),
  });
}

/** An action that repeats: `since` is the change of state it belongs to, `outcome` how it went (null: well). */
export interface Repeat {
  readonly alarm: string;
  readonly arn: string;
  readonly since: number;
  readonly outcome: string | null;
}

/** Executes a scaling policy, with the newest datapoint that led to the state. */
export function scaleGroup(ctx: Context, alarm: AlarmDoc, arn: string): void {
  executePolicy(ctx, alarm, arn, decidingValue(alarm), undefined);
}

/**
 * Auto Scaling actions run again every minute as long as the alarm keeps its state. History tells the first time, and each
 * time it goes otherwise than the time before.
 */
export function executePolicy(
  ctx: Context,
  alarm: AlarmDoc,
  arn: string,
  value: number | undefined,
  before: string | null | undefined,
): void {
  const { AlarmName, Threshold } = alarm;
  ctx.emit({
    service: "autoscaling",
    operation: "ExecutePolicy",
    sourceArn: alarm.AlarmArn,
    input: {
      PolicyName: arn,
      HonorCooldown: true,
      ...(value === undefined || Threshold === undefined ? {} : { MetricValue: value, BreachThreshold: Threshold }),
    },
    settled: (later, result) => {
      const outcome = "error" in result ? result.error.message : null;
      if (outcome !== before) recordAction(later, AlarmName, arn, outcome);
      const payload: Repeat = { alarm: AlarmName, arn, since: alarm.StateTransitionedTimestamp, outcome };
      later.schedule({ kind: "repeat-action", key: `${AlarmName}|${arn}`, at: later.now + MINUTE, payload });
    },
  });
}

/** The newest of the state's datapoints; whoever sets a state by hand gives them along. */
export function decidingValue({ StateReasonData }: AlarmDoc): number | undefined {
  if (StateReasonData === undefined) return undefined;
  // An object in any case: SetAlarmState refuses others.
  const { recentDatapoints } = JSON.parse(StateReasonData) as { readonly recentDatapoints?: unknown };
  const newest: unknown = Array.isArray(recentDatapoints) ? recentDatapoints.at(-1) : undefined;
  return typeof newest === "number" ? newest : undefined;
}
