/**
 * Statistics: their grammar (pattern of the API model) and their values (User Guide, "CloudWatch statistics definitions").
 *
 *   SampleCount Average Sum Minimum Maximum IQM      p90 tm90 tc90 ts90 wm90      TM|TC|TS|WM(10%:90%)      TM|TC|TS|WM|PR(80:500)
 *
 * Bounds as percentages are nearest ranks: the samples after the ceil(n·low/100)-th up to the ceil(n·high/100)-th. Bounds as
 * values leave out the lower and include the upper.
 */
import { type Distribution, percentileOf, rankOf, sampleCount } from "../../store/metrics/distribution.ts";
import type { ReadAnswer, ReadQuery } from "../../store/metrics/types.ts";

export type SimpleName = "SampleCount" | "Average" | "Sum" | "Minimum" | "Maximum";
export type Statistic =
  | { readonly kind: "simple"; readonly name: SimpleName }
  | { readonly kind: "percentile"; readonly percent: number }
  | {
      readonly kind: "trimmed";
      readonly form: "TM" | "WM" | "TC" | "TS" | "PR";
      readonly by: "percent" | "value";
      readonly low: number | undefined;
      readonly high: number | undefined;
    };

const SIMPLE_STATISTICS: ReadonlyMap<string, Statistic> = new Map(
  (["SampleCount", "Average", "Sum", "Minimum", "Maximum"] as const).map((name) => [name, { kind: "simple", name }]),
);
const SHORT = /^(p|tm|tc|ts|wm)(\d{1,2}(?:\.\d{0,10})?|100)$/;
const PERCENT = "(?:\\d{1,2}(?:\\.\\d{0,10})?|100(?:\\.0{0,10})?)";
const NUMBER = "\\d+(?:\\.\\d{0,10})?(?:[Ee][+-]?\\d+)?";
const BY_PERCENT = new RegExp(`^(TM|TC|TS|WM)\\((?:(${PERCENT})%)?:(?:(${PERCENT})%)?\\)$`);
const BY_VALUE = new RegExp(`^(TM|TC|TS|WM|PR)\\((${NUMBER})?:(${NUMBER})?\\)$`);

/** The statistic a text names; undefined when it names none. */
export function parseStatistic(text: string): Statistic | undefined {
  const simple = SIMPLE_STATISTICS.get(text);
  if (simple !== undefined) return simple;
  if (text === "IQM") return { kind: "trimmed", form: "TM", by: "percent", low: 25, high: 75 };
  const short = SHORT.exec(text);
  if (short !== null) {
    const percent = Number(short[2]);
    if (short[1] === "p") return { kind: "percentile", percent };
    return { kind: "trimmed", form: short[1]?.toUpperCase() as "TM", by: "percent", low: undefined, high: percent };
  }
  const by = BY_PERCENT.test(text) ? "percent" : "value";
  const match = BY_PERCENT.exec(text) ?? BY_VALUE.exec(text);
  if (match === null || (match[2] === undefined && match[3] === undefined)) return undefined;
  const bound = (part: string | undefined): number | undefined => (part === undefined ? undefined : Number(part));
  return { kind: "trimmed", form: match[1] as "TM", by, low: bound(match[2]), high: bound(match[3]) };
}

/** What the store must answer for a statistic. */
export function wantOf(statistic: Statistic): ReadQuery["want"] {
  if (statistic.kind === "simple") return "summary";
  return statistic.kind === "percentile" ? [statistic.percent] : "distribution";
}

/** One value per cell; NaN where there is no datapoint. */
export function statisticColumn(statistic: Statistic, answer: ReadAnswer): Float64Array {
  const out = new Float64Array(answer.count.length);
  for (let cell = 0; cell < out.length; cell++) out[cell] = statisticAt(statistic, answer, cell);
  return out;
}

export function statisticAt(statistic: Statistic, answer: ReadAnswer, cell: number): number {
  const count = answer.count[cell] as number;
  if (count === 0) return Number.NaN;
  if (statistic.kind === "simple") return simple(statistic.name, answer, cell);
  // Percentile-like statistics are not available for metrics with negative values.
  if ((answer.min[cell] as number) < 0) return Number.NaN;
  if (statistic.kind === "percentile") return answer.percentiles?.[0]?.[cell] ?? Number.NaN;
  const distribution = answer.distributions?.[cell];
  return distribution === undefined ? Number.NaN : trimmed(statistic, distribution);
}

function simple(name: SimpleName, { count, sum, min, max }: ReadAnswer, cell: number): number {
  switch (name) {
    case "SampleCount":
      return count[cell] as number;
    case "Sum":
      return sum[cell] as number;
    case "Average":
      return (sum[cell] as number) / (count[cell] as number);
    case "Minimum":
      return min[cell] as number;
    case "Maximum":
      return max[cell] as number;
  }
}

function trimmed(statistic: Extract<Statistic, { kind: "trimmed" }>, distribution: Distribution): number {
  const { form, low, high } = statistic;
  const n = sampleCount(distribution);
  if (form === "WM") return winsorized(statistic, distribution, n);
  const inside = statistic.by === "percent" ? byRank(distribution, n, low, high) : byValue(distribution, low, high);
  switch (form) {
    case "TC":
      return inside.count;
    case "TS":
      return inside.sum;
    case "PR":
      return (100 * inside.count) / n;
    case "TM":
      return inside.count === 0 ? Number.NaN : inside.sum / inside.count;
  }
}

interface Inside {
  readonly count: number;
  readonly sum: number;
}

function byRank({ values, counts }: Distribution, n: number, low: number | undefined, high: number | undefined): Inside {
  const after = low === undefined ? 0 : rankOf(n, low);
  const upTo = high === undefined ? n : rankOf(n, high);
  let [count, sum, seen] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    const next = seen + (counts[i] as number);
    const kept = Math.max(0, Math.min(next, upTo) - Math.max(seen, after));
    count += kept;
    sum += kept * (values[i] as number);
    seen = next;
  }
  return { count, sum };
}

function byValue({ values, counts }: Distribution, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): Inside {
  let [count, sum] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (value <= low || value > high) continue;
    count += counts[i] as number;
    sum += value * (counts[i] as number);
  }
  return { count, sum };
}

function winsorized({ by, low, high }: Extract<Statistic, { kind: "trimmed" }>, distribution: Distribution, n: number): number {
  const edge = (bound: number | undefined): number | undefined =>
    bound === undefined || by === "value" ? bound : percentileOf(distribution, bound);
  const floor = edge(low) ?? Number.NEGATIVE_INFINITY;
  const ceiling = edge(high) ?? Number.POSITIVE_INFINITY;
  let sum = 0;
  for (let i = 0; i < distribution.values.length; i++) {
    sum += Math.min(ceiling, Math.max(floor, distribution.values[i] as number)) * (distribution.counts[i] as number);
  }
  return sum / n;
}
