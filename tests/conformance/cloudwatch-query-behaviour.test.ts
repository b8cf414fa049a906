import { expect, test } from "vitest";
import type { Harness } from "../unit/services/harness.ts";
import { account, call, DAY, difference, duration, MINUTE, type Result, START, statQuery } from "./cloudwatch-support.ts";
import { casesOf } from "./shared.ts";

interface QueryCase {
  readonly id: string;
  readonly operation?: string;
  readonly kind?: string;
  readonly published?: { readonly metric: string; readonly unit: string; readonly values: readonly number[] };
  readonly publishedData?: readonly {
    readonly metric?: string;
    readonly dimensions?: Readonly<Record<string, string>>;
    readonly statisticSet?: object;
    readonly value?: number;
    readonly unit?: string;
  }[];
  readonly queries?: readonly {
    readonly metric: string;
    readonly stat: string;
    readonly period: number;
    readonly unit?: string;
    readonly dimensions?: Readonly<Record<string, string>>;
  }[];
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly statistics?: readonly string[];
  readonly expectSum?: number | null;
  readonly expectDatapoints?: readonly Readonly<Record<string, unknown>>[];
  readonly expectLabels?: readonly string[];
  readonly expectValues?: readonly (readonly number[])[];
  readonly expectStatusCode?: string;
  readonly expectMessages?: readonly object[];
  readonly expectDefault?: string;
  readonly points?: number;
  readonly maxDatapoints?: number;
  readonly expectFirstPage?: number;
  readonly expectNextToken?: boolean;
  readonly catalogue?: readonly { readonly name: string; readonly dims: Readonly<Record<string, string>> }[];
  readonly filter?: object;
  readonly expectCount?: number;
  readonly startTime?: string;
  readonly period?: number;
  readonly age?: string;
  readonly expectStart?: string;
  readonly storageResolution?: number;
  readonly startAge?: string;
  readonly expectData?: boolean;
}

const cases = casesOf<QueryCase>("cloudwatch-query-behaviour");
const pairs = (dims: Readonly<Record<string, string>> = {}) => Object.entries(dims).map(([Name, Value]) => ({ Name, Value }));
const put = (h: Harness, MetricData: readonly object[]) => call(h, "PutMetricData", { Namespace: "Ns", MetricData });
const read = async (h: Harness, queries: readonly object[], StartTime: number, EndTime: number, more: object = {}) =>
  await call<{ MetricDataResults: Result[]; NextToken?: string }>(h, "GetMetricData", {
    MetricDataQueries: queries,
    StartTime,
    EndTime,
    ...more,
  });
const T = Math.floor(START / MINUTE) * MINUTE - 2 * MINUTE;

const kinds: Readonly<Record<string, (c: QueryCase, h: Harness) => Promise<void>>> = {
  ordering: async (c, h) => {
    await put(
      h,
      Array.from({ length: 5 }, (_, i) => ({ MetricName: "m", Value: i, Timestamp: T - (5 - i) * MINUTE })),
    );
    const { MetricDataResults } = await read(h, [statQuery("q", "m", 60, "Sum")], T - 5 * MINUTE, T);
    const times = MetricDataResults[0]?.Timestamps as number[];
    expect(times).toHaveLength(5);
    expect(times).toEqual([...times].sort((a, b) => (c.expectDefault === "TimestampDescending" ? b - a : a - b)));
  },
  pagination: async (c, h) => {
    const n = c.points as number;
    const start = T - n * MINUTE;
    await put(
      h,
      Array.from({ length: n }, (_, i) => ({ MetricName: "m", Value: i, Timestamp: start + i * MINUTE })),
    );
    const page = (more: object) => read(h, [statQuery("q", "m", 60, "Sum")], start, T, { MaxDatapoints: c.maxDatapoints, ...more });
    const first = await page({});
    expect(first.MetricDataResults[0]?.Values).toHaveLength(c.expectFirstPage as number);
    expect(first.NextToken !== undefined).toBe(c.expectNextToken);
    const second = await page({ NextToken: first.NextToken });
    const values = [...(first.MetricDataResults[0]?.Values ?? []), ...(second.MetricDataResults[0]?.Values ?? [])];
    expect(values.sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
    expect(second.NextToken).toBeUndefined();
  },
  startRounding: async (c, h) => {
    const clock = (text: string) => text.split(":").reduce((total, part) => total * 60 + Number(part), 0) * 1000;
    const [start, want] = [clock(c.startTime as string), clock(c.expectStart as string)].map(
      (ms) => Math.floor(START / DAY) * DAY - DAY + ms,
    ) as [number, number];
    const period = c.period as number;
    h.now = want + 5 * MINUTE;
    await put(h, [{ MetricName: "m", Value: 5, Timestamp: want, StorageResolution: period < 60 ? 1 : 60 }]);
    const age = duration(c.age as string);
    if (age > 3 * 60 * MINUTE || start + age > h.now) await h.advanceTo(start + age);
    const { MetricDataResults } = await read(h, [statQuery("q", "m", period, "Sum")], start, start + Math.max(period, 60) * 1000);
    expect(MetricDataResults[0]?.Timestamps).toContain(want);
    expect(Math.min(...(MetricDataResults[0]?.Timestamps ?? []))).toBe(want);
  },
  retention: async (c, h) => {
    const t = Math.floor(START / 3_600_000) * 3_600_000;
    await put(h, [{ MetricName: "m", Value: 5, Timestamp: t, StorageResolution: c.storageResolution }]);
    await h.advanceTo(t + duration(c.startAge as string));
    // Further data make the store age, as in a living account.
    await put(h, [{ MetricName: "other", Value: 1 }]);
    const period = c.period as number;
    const { MetricDataResults } = await read(h, [statQuery("q", "m", period, "Sum")], t, t + Math.max(period, 60) * 1000);
    expect((MetricDataResults[0]?.Values.length ?? 0) > 0).toBe(c.expectData);
  },
  stamp: async (_, h) => {
    const hour = Math.floor(START / 3_600_000) * 3_600_000 - 7_200_000;
    await put(h, [{ MetricName: "m", Value: 5, Timestamp: hour + 1_800_000 }]);
    const { MetricDataResults } = await read(h, [statQuery("q", "m", 3600, "Sum")], hour, hour + 3_600_000);
    expect(MetricDataResults[0]?.Timestamps).toEqual([hour]);
  },
};

async function statisticsCase(c: QueryCase, h: Harness): Promise<void> {
  const MetricName = c.publishedData?.[0]?.metric ?? "m";
  const input = {
    Namespace: "Ns",
    MetricName,
    Dimensions: pairs(c.dimensions),
    StartTime: T,
    EndTime: T + MINUTE,
    Period: 60,
    Statistics: c.statistics,
  };
  const { Datapoints } = await call<{ Datapoints: Record<string, unknown>[] }>(h, "GetMetricStatistics", input);
  if (c.expectSum !== undefined) {
    expect(Datapoints.map((point) => point["Sum"])).toEqual(c.expectSum === null ? [] : [c.expectSum]);
    return;
  }
  expect(Datapoints).toHaveLength(c.expectDatapoints?.length ?? -1);
  for (const wanted of c.expectDatapoints ?? []) expect(Datapoints).toContainEqual(expect.objectContaining(wanted));
}

async function dataCase(c: QueryCase, h: Harness): Promise<void> {
  const queries = (c.queries ?? []).map((q, i) =>
    statQuery(`q${i}`, q.metric, q.period, q.stat, q.unit ? { Unit: q.unit } : {}, q.dimensions),
  );
  const { MetricDataResults: results } = await read(h, queries, T, T + MINUTE);
  if (c.expectLabels) expect(results.map(({ Label }) => Label)).toEqual(c.expectLabels);
  c.expectValues?.forEach((values, i) => {
    expect(results[i]?.Values).toHaveLength(values.length);
    values.forEach((value, k) => {
      expect(difference(value, results[i]?.Values[k])).toBeUndefined();
    });
  });
  if (c.expectStatusCode) for (const { StatusCode } of results) expect(StatusCode).toBe(c.expectStatusCode);
  if (c.expectMessages) expect(results.flatMap(({ Messages = [] }) => Messages)).toEqual(c.expectMessages);
}

test.each(cases)("query $id", async (c) => {
  const h = account();
  if (c.kind !== undefined) {
    const kind = kinds[c.kind];
    expect(kind, `kind ${c.kind}`).toBeDefined();
    await kind?.(c, h);
    return;
  }
  if (c.operation === "ListMetrics") {
    await put(
      h,
      (c.catalogue ?? []).map((m) => ({ MetricName: m.name, Value: 1, Timestamp: T, Dimensions: pairs(m.dims) })),
    );
    const { Metrics } = await call<{ Metrics: object[] }>(h, "ListMetrics", { Namespace: "Ns", ...c.filter });
    expect(Metrics).toHaveLength(c.expectCount as number);
    return;
  }
  const name = c.queries?.[0]?.metric ?? "m";
  const data: object[] = (c.published?.values ?? []).map((Value) => ({
    MetricName: c.published?.metric,
    Unit: c.published?.unit,
    Value,
    Timestamp: T,
  }));
  for (const p of c.publishedData ?? []) {
    const numbers = p.statisticSet === undefined ? { Value: p.value } : { StatisticValues: p.statisticSet };
    data.push({
      MetricName: p.metric ?? name,
      Timestamp: T,
      Dimensions: pairs(p.dimensions),
      ...numbers,
      ...(p.unit ? { Unit: p.unit } : {}),
    });
  }
  if (data.length > 0) await put(h, data);
  await (c.operation === "GetMetricStatistics" ? statisticsCase(c, h) : dataCase(c, h));
});
