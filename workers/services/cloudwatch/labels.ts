/**
 * Labels of GetMetricData results: the default one (metric name, and what tells the queries of a metric apart) and the
 * dynamic values in `${...}` (User Guide, "Use dynamic labels"). AWS does not publish how it writes numbers and times in
 * them; the texts of labelTime and spanText are ours.
 */
import type { MetricDataQuery, MetricStat } from "../../model/generated/cloudwatch.ts";
import { invalid } from "./failures.ts";
import { labelTime, spanText } from "./time-text.ts";

/** Default label of each query of a call. */
export function defaultLabels(queries: readonly MetricDataQuery[]): readonly string[] {
  const byName = new Map<string, MetricStat[]>();
  for (const { MetricStat: stat } of queries) {
    if (stat === undefined) continue;
    const name = stat.Metric.MetricName ?? "";
    byName.set(name, [...(byName.get(name) ?? []), stat]);
  }
  return queries.map(({ Id, MetricStat: stat }) => {
    if (stat === undefined) return Id;
    const name = stat.Metric.MetricName ?? "";
    const same = byName.get(name) ?? [];
    const statsDiffer = same.some((other) => other.Stat !== stat.Stat);
    const periodsDiffer = same.some((other) => other.Period !== stat.Period);
    return `${name}${statsDiffer ? ` ${stat.Stat}` : ""}${periodsDiffer ? ` ${stat.Period}` : ""}`;
  });
}

export interface LabelFacts {
  readonly defaultLabel: string;
  /** Ascending. */
  readonly timestamps: readonly number[];
  readonly values: readonly number[];
  readonly stat: MetricStat | undefined;
  readonly account: string;
  readonly region: string;
  readonly now: number;
  readonly timezone: string | undefined;
}

const MOST_DYNAMIC = 5;
const DYNAMIC = /\$\{([^}]*)\}/g;

/** Refuses labels with more than five dynamic values, LABEL twice, or an unknown one. @param path names the parameter. */
export function checkLabel(label: string, path: string): void {
  const found = [...label.matchAll(DYNAMIC)].map((match) => match[1] as string);
  if (found.length > MOST_DYNAMIC) throw invalid(`The parameter ${path} must not have more than ${MOST_DYNAMIC} dynamic values.`);
  if (found.filter((name) => name === "LABEL").length > 1) throw invalid(`The parameter ${path} must not have more than one \${LABEL}.`);
  for (const name of found) {
    if (!(name in VALUES) && !/^PROP\('(AccountId|AccountLabel|Dim\..+|MetricName|Namespace|Period|Region|Stat)'\)$/.test(name)) {
      throw invalid(`The value \${${name}} for parameter ${path} is not a valid dynamic label.`);
    }
  }
}

export function labelText(label: string | undefined, facts: LabelFacts): string {
  if (label === undefined || label === "") return facts.defaultLabel;
  return label.replace(DYNAMIC, (_, name: string) => (name.startsWith("PROP(") ? property(name, facts) : (VALUES[name]?.(facts) ?? "")));
}

type Valuer = (facts: LabelFacts) => string;

const NONE = "--";
const indexOfBest = (values: readonly number[], better: (a: number, b: number) => boolean): number =>
  values.reduce((best, value, i) => (best < 0 || better(value, values[best] as number) ? i : best), -1);
const minAt = ({ values }: LabelFacts): number => indexOfBest(values, (a, b) => a < b);
const maxAt = ({ values }: LabelFacts): number => indexOfBest(values, (a, b) => a > b);
const firstAt = ({ values }: LabelFacts): number => (values.length > 0 ? 0 : -1);
const lastAt = ({ values }: LabelFacts): number => values.length - 1;
const numberText = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? NONE : String(Number(value.toPrecision(12)));
const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

type Place = (facts: LabelFacts) => number;
const valueAt =
  (place: Place): Valuer =>
  (facts) =>
    numberText(facts.values[place(facts)]);
const timeAt =
  (place: Place): Valuer =>
  (facts) => {
    const time = facts.timestamps[place(facts)];
    return time === undefined ? NONE : labelTime(time, facts.timezone);
  };
const agoAt =
  (place: Place): Valuer =>
  (facts) => {
    const time = facts.timestamps[place(facts)];
    return time === undefined ? NONE : spanText(facts.now - time);
  };
const valueRange =
  (from: Place, to: Place): Valuer =>
  (facts) => {
    const [a, b] = [facts.values[from(facts)], facts.values[to(facts)]];
    return a === undefined || b === undefined ? NONE : numberText(Math.abs(b - a));
  };
const timeRange =
  (from: Place, to: Place): Valuer =>
  (facts) => {
    const [a, b] = [facts.timestamps[from(facts)], facts.timestamps[to(facts)]];
    return a === undefined || b === undefined ? NONE : spanText(b - a);
  };

const VALUES: Readonly<Record<string, Valuer>> = {
  AVG: ({ values }) => numberText(values.length === 0 ? undefined : sumOf(values) / values.length),
  DATAPOINT_COUNT: ({ values }) => String(values.length),
  FIRST: valueAt(firstAt),
  FIRST_LAST_RANGE: valueRange(firstAt, lastAt),
  FIRST_LAST_TIME_RANGE: timeRange(firstAt, lastAt),
  FIRST_TIME: timeAt(firstAt),
  FIRST_TIME_RELATIVE: agoAt(firstAt),
  LABEL: ({ defaultLabel }) => defaultLabel,
  LAST: valueAt(lastAt),
  LAST_TIME: timeAt(lastAt),
  LAST_TIME_RELATIVE: agoAt(lastAt),
  MAX: valueAt(maxAt),
  MAX_TIME: timeAt(maxAt),
  MAX_TIME_RELATIVE: agoAt(maxAt),
  MIN: valueAt(minAt),
  MIN_MAX_RANGE: valueRange(minAt, maxAt),
  MIN_MAX_TIME_RANGE: timeRange(minAt, maxAt),
  MIN_TIME: timeAt(minAt),
  MIN_TIME_RELATIVE: agoAt(minAt),
  SUM: ({ values }) => numberText(values.length === 0 ? undefined : sumOf(values)),
};

function property(call: string, { stat, account, region }: LabelFacts): string {
  const name = call.slice("PROP('".length, -"')".length);
  if (name.startsWith("Dim.")) return stat?.Metric.Dimensions?.find((d) => d.Name === name.slice(4))?.Value ?? NONE;
  const known: Readonly<Record<string, string | undefined>> = {
    AccountId: account,
    AccountLabel: account,
    MetricName: stat?.Metric.MetricName,
    Namespace: stat?.Metric.Namespace,
    Period: stat === undefined ? undefined : String(stat.Period),
    Region: region,
    Stat: stat?.Stat,
  };
  return known[name] ?? NONE;
}
