/**
 * Which alarms look at which metric, and which of them sleep. An alarm whose whole evaluation range is empty reaches the
 * same verdict every time, so it is taken off the agenda until a datapoint of its metric arrives.
 */
import { byCodeUnits, metricKey } from "../../store/metrics/series-key.ts";
import type { MetricDimension } from "../../store/metrics/types.ts";
import type { Context } from "../contract.ts";
import type { AlarmDoc } from "./alarm.ts";
import { watchedMetric } from "./alarm.ts";
import { cadenceOf, nextTick } from "./window.ts";

interface WatchDoc {
  readonly alarms: readonly string[];
}

export function watch(ctx: Context, alarm: AlarmDoc): void {
  const metric = watchedMetric(alarm);
  if (metric === undefined) return;
  const docs = ctx.docs<WatchDoc>("watch");
  const key = metricKey(metric.namespace, metric.metricName, metric.dimensions);
  const alarms = docs.get(key)?.alarms ?? [];
  if (!alarms.includes(alarm.AlarmName)) docs.put(key, { alarms: [...alarms, alarm.AlarmName].sort(byCodeUnits) });
  wake(ctx, alarm);
}

export function unwatch(ctx: Context, alarm: AlarmDoc): void {
  ctx.unschedule("evaluate", alarm.AlarmName);
  ctx.docs("asleep").delete(alarm.AlarmName);
  const metric = watchedMetric(alarm);
  if (metric === undefined) return;
  const docs = ctx.docs<WatchDoc>("watch");
  const key = metricKey(metric.namespace, metric.metricName, metric.dimensions);
  const left = (docs.get(key)?.alarms ?? []).filter((name) => name !== alarm.AlarmName);
  if (left.length === 0) docs.delete(key);
  else docs.put(key, { alarms: left });
}

export function sleep(ctx: Context, alarmName: string): void {
  ctx.docs("asleep").put(alarmName, {});
}

/** Puts the next evaluation on the agenda. */
export function wake(ctx: Context, alarm: AlarmDoc): void {
  if (watchedMetric(alarm) === undefined) return;
  const asleep = ctx.docs("asleep");
  if (asleep.has(alarm.AlarmName)) asleep.delete(alarm.AlarmName);
  ctx.schedule({ kind: "evaluate", key: alarm.AlarmName, at: nextTick(ctx.now, cadenceOf(alarm)) });
}

/** A datapoint of a metric has arrived: its sleeping alarms wake. */
export function wakeWatchers(ctx: Context, namespace: string, metricName: string, dimensions: readonly MetricDimension[]): void {
  const asleep = ctx.docs("asleep");
  if (asleep.size === 0) return;
  for (const name of ctx.docs<WatchDoc>("watch").get(metricKey(namespace, metricName, dimensions))?.alarms ?? []) {
    if (!asleep.has(name)) continue;
    const alarm = ctx.docs<AlarmDoc>("alarm").get(name);
    if (alarm !== undefined) wake(ctx, alarm);
  }
}
