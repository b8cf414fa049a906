/** AWS/Lambda (facts cloudwatch, "AWS/Lambda"): by function, and over all of them. */
import type { Context } from "../contract.ts";

export type LambdaMetric = "Invocations" | "Errors" | "Throttles" | "Duration" | "ConcurrentExecutions";

/** @param at points carry the start of the request, epoch milliseconds. */
export function count(
  ctx: Context,
  name: string,
  MetricName: LambdaMetric,
  Unit: "Count" | "Milliseconds",
  value: number,
  at = ctx.now,
): void {
  for (const Dimensions of [[{ Name: "FunctionName", Value: name }], []]) {
    ctx.emit({
      service: "cloudwatch",
      operation: "PutMetricData",
      columns: {
        Namespace: "AWS/Lambda",
        MetricName,
        Dimensions,
        Unit,
        StorageResolution: 60,
        timestamps: Float64Array.of(at),
        values: Float64Array.of(value),
      },
    });
  }
}
