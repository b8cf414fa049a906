import type { MetricDimension, SeriesId } from "./types.ts";

export const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Dimensions ascending by name, then value. */
export function sortedDimensions(dimensions: readonly MetricDimension[]): readonly MetricDimension[] {
  return dimensions.length < 2 ? dimensions : [...dimensions].sort((a, b) => byCodeUnits(a.Name, b.Name) || byCodeUnits(a.Value, b.Value));
}

/** One text per metric within an account and Region; its order is namespace, name, dimensions. */
export function metricKey(namespace: string, metricName: string, dimensions: readonly MetricDimension[]): string {
  let key = `${namespace}\u0000${metricName}`;
  for (const { Name, Value } of sortedDimensions(dimensions)) key += `\u0000${Name}\u0001${Value}`;
  return key;
}

export const seriesKey = (id: SeriesId): string => metricKey(id.namespace, id.metricName, id.dimensions);
