/** Looks `metricCatalog` and `series`: what there is to draw, and columns to draw it from. */

import type { Dimension } from "../../model/generated/cloudwatch.ts";
import { chain } from "../../store/chain.ts";
import type { MaybePromise } from "../../store/contract.ts";
import type { Context } from "../contract.ts";
import { invalid } from "./failures.ts";
import { all, gridOf, isPeriod, readPreferredUnit, seriesIdOf, type UnitAnswer } from "./series-read.ts";
import { parseStatistic, type Statistic, statisticColumn, wantOf } from "./statistic.ts";

export interface CatalogMetric {
  readonly metricName: string;
  readonly dimensions: readonly Dimension[];
  readonly units: readonly string[];
  readonly first: number;
  readonly last: number;
  readonly samples: number;
}
export interface CatalogNamespace {
  readonly namespace: string;
  readonly metrics: readonly CatalogMetric[];
}

export function metricCatalog(ctx: Context): { readonly namespaces: readonly CatalogNamespace[] } {
  const byNamespace = new Map<string, CatalogMetric[]>();
  for (const { id, units, first, last, samples } of ctx.metrics.list(ctx.account, ctx.region)) {
    const metrics = byNamespace.get(id.namespace) ?? [];
    metrics.push({ metricName: id.metricName, dimensions: id.dimensions, units, first, last, samples });
    byNamespace.set(id.namespace, metrics);
  }
  return { namespaces: [...byNamespace].map(([namespace, metrics]) => ({ namespace, metrics })) };
}

export interface SeriesQuestion {
  readonly metrics: readonly {
    readonly namespace: string;
    readonly metricName: string;
    readonly dimensions?: readonly Dimension[];
    readonly unit?: string;
    readonly stats: readonly string[];
  }[];
  readonly start: number;
  readonly end: number;
  readonly periodSeconds: number;
}

/** One metric's columns; cell i starts at `start + i·period`. `tier` = coarsest grain in seconds that was read. NaN where there is no datapoint. The arrays may be transferred. */
export interface SeriesColumns {
  readonly start: number;
  readonly period: number;
  readonly unit: string;
  readonly stats: Readonly<Record<string, Float64Array>>;
  readonly because: { readonly tier: number; readonly exactness: "exact" | "sketch"; readonly unitsSeen: readonly string[] };
}

export function series(ctx: Context, question: SeriesQuestion): MaybePromise<readonly SeriesColumns[]> {
  const { start, end, periodSeconds } = question;
  if (!isPeriod(periodSeconds)) throw invalid(`The period ${periodSeconds} must be 1, 5, 10, 20, 30 or a multiple of 60 seconds.`);
  const grid = gridOf(start, end, periodSeconds, ctx.now);
  return all(
    question.metrics.map((metric) => {
      const id = seriesIdOf(ctx, { Namespace: metric.namespace, MetricName: metric.metricName, Dimensions: metric.dimensions ?? [] });
      const asked = metric.stats.map((name) => ({ name, statistic: statisticNamed(name) }));
      const answers = asked.map(({ statistic }) => readPreferredUnit(ctx, id, metric.unit, grid, wantOf(statistic)));
      return chain(all<UnitAnswer>(answers), (read) => {
        const stats = Object.fromEntries(
          asked.map(({ name, statistic }, i) => [name, statisticColumn(statistic, (read[i] as UnitAnswer).answer)]),
        );
        const coarsest = read.length === 0 ? 1 : Math.max(...read.map(({ answer }) => answer.tier));
        const exactness = read.some(({ answer }) => answer.exactness === "sketch") ? ("sketch" as const) : ("exact" as const);
        const because = { tier: coarsest, exactness, unitsSeen: read[0]?.unitsSeen ?? [] };
        return { start: grid.start, period: grid.period, unit: read[0]?.unit ?? "None", stats, because };
      });
    }),
  );
}

function statisticNamed(name: string): Statistic {
  const statistic = parseStatistic(name);
  if (statistic === undefined) throw invalid(`"${name}" is not a statistic.`);
  return statistic;
}
