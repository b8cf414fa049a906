/** ListMetrics: metrics with data in the last two weeks, by filter, 500 a page. */
import type { ListMetricsInput, ListMetricsOutput, Metric } from "../../model/generated/cloudwatch.ts";
import { metricKey } from "../../store/metrics/series-key.ts";
import type { SeriesInfo } from "../../store/metrics/types.ts";
import type { Context } from "../contract.ts";
import { invalidValue } from "./failures.ts";
import { DAY, HOUR } from "./series-read.ts";
import { pageToken, placeOf } from "./tokens.ts";

const PAGE = 500;

export function listMetrics(ctx: Context, input: ListMetricsInput): ListMetricsOutput {
  const afterKey = placeOf("ListMetrics", input.NextToken, () => invalidValue("Request parameter NextToken is invalid."));
  const since = ctx.now - (input.RecentlyActive === undefined ? 14 * DAY : 3 * HOUR);
  const metrics: Metric[] = [];
  let lastKey = "";
  for (const info of ctx.metrics.list(ctx.account, ctx.region)) {
    if (info.last < since || !fits(info, input)) continue;
    const { namespace, metricName, dimensions } = info.id;
    const key = metricKey(namespace, metricName, dimensions);
    if (typeof afterKey === "string" && key <= afterKey) continue;
    if (metrics.length === PAGE) return { Metrics: metrics, NextToken: pageToken("ListMetrics", lastKey) };
    metrics.push({ Namespace: namespace, MetricName: metricName, Dimensions: dimensions });
    lastKey = key;
  }
  return { Metrics: metrics };
}

function fits({ id }: SeriesInfo, { Namespace, MetricName, Dimensions = [] }: ListMetricsInput): boolean {
  if (Namespace !== undefined && Namespace !== id.namespace) return false;
  if (MetricName !== undefined && MetricName !== id.metricName) return false;
  return Dimensions.every((wanted) =>
    id.dimensions.some((has) => has.Name === wanted.Name && (wanted.Value === undefined || wanted.Value === has.Value)),
  );
}
