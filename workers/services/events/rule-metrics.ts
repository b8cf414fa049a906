/** The metrics of rules in AWS/Events (facts eventbridge §14). */
import type { Context } from "../contract.ts";
import { DEFAULT_BUS, type RuleDoc } from "./documents.ts";

export type RuleMetric =
  | "MatchedEvents"
  | "TriggeredRules"
  | "Invocations"
  | "FailedInvocations"
  | "RetryInvocationAttempts"
  | "InvocationsSentToDlq"
  | "InvocationsFailedToBeSentToDlq";

export function countRule(ctx: Context, { bus, name }: Pick<RuleDoc, "bus" | "name">, MetricName: RuleMetric): void {
  const rule = { Name: "RuleName", Value: name };
  ctx.emit({
    service: "cloudwatch",
    operation: "PutMetricData",
    columns: {
      Namespace: "AWS/Events",
      MetricName,
      Dimensions: bus === DEFAULT_BUS ? [rule] : [{ Name: "EventBusName", Value: bus }, rule],
      Unit: "Count",
      StorageResolution: 60,
      timestamps: Float64Array.of(ctx.now),
      values: Float64Array.of(1),
    },
  });
}
