import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ServiceError } from "../../../../workers/model/errors.ts";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { gridOf } from "../../../../workers/services/cloudwatch/series-read.ts";
import type { Context } from "../../../../workers/services/contract.ts";
import { type Harness, harness } from "../harness.ts";

const NOW = Date.UTC(2026, 10, 24, 12, 0, 30);
const MINUTE = 60_000;
const DAY = 86_400_000;

async function refusal(run: () => unknown): Promise<string> {
  try {
    await run();
  } catch (error) {
    if (error instanceof ServiceError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}
const put = (h: Harness, data: readonly object[], overrides?: Partial<Context>, Namespace = "Shop") =>
  h.call("PutMetricData", { Namespace, MetricData: data }, overrides);

describe("PutMetricData refuses", () => {
  const name = { MetricName: "m" };
  const exclusive = (other: string) =>
    `InvalidParameterCombination: The parameters MetricData.member.1.Value and MetricData.member.1.${other} are mutually exclusive and you have specified both.`;
  const set = { SampleCount: 2, Sum: 3, Minimum: 1, Maximum: 2 };
  test.each<[string, readonly object[], string]>([
    ["Value with Values", [{ ...name, Value: 1, Values: [1] }], exclusive("Values")],
    ["Value with a set", [{ ...name, Value: 1, StatisticValues: set }], exclusive("StatisticValues")],
    ["no number at all", [name], "MissingParameter: At least one of the parameters must be specified."],
    ["an empty list of values", [{ ...name, Values: [] }], "MissingParameter: At least one of the parameters must be specified."],
    [
      "what is beyond 2^360, as Java writes it",
      [{ ...name, Values: [1, 1e300] }],
      "InvalidParameterValue: The value 1.0E300 for parameter MetricData.member.1.Values.member.2 is invalid.",
    ],
    [
      "counts of another length",
      [{ ...name, Values: [1, 2], Counts: [1] }],
      "InvalidParameterValue: The parameters MetricData.member.1.Values and MetricData.member.1.Counts must be of the same size.",
    ],
    ["NaN", [{ ...name, Value: Number.NaN }], "InvalidParameterValue: The value NaN for parameter MetricData.member.1.Value is invalid."],
    [
      "old stamps, a line each",
      [
        { ...name, Value: 1, Timestamp: NOW - 15 * DAY },
        { ...name, Value: 1 },
        { ...name, Value: 1, Timestamp: NOW - 16 * DAY },
      ],
      "InvalidParameterValue: The parameter MetricData.member.1.Timestamp must specify a time within the past two weeks.\nThe parameter MetricData.member.3.Timestamp must specify a time within the past two weeks.",
    ],
    [
      "a stamp three hours ahead",
      [{ ...name, Value: 1, Timestamp: NOW + 3 * 3_600_000 }],
      "InvalidParameterValue: The parameter MetricData.member.1.Timestamp must specify a time no more than two hours in the future.",
    ],
    [
      "151 values",
      [{ ...name, Values: new Array(151).fill(1) }],
      "InvalidParameterValue: The collection MetricData.member.1.Values must not have a size greater than 150.",
    ],
    [
      "1001 data",
      new Array(1001).fill({ ...name, Value: 1 }),
      "InvalidParameterValue: The collection MetricData must not have a size greater than 1000.",
    ],
    [
      "a dimension twice",
      [
        {
          ...name,
          Value: 1,
          Dimensions: [
            { Name: "a", Value: "1" },
            { Name: "a", Value: "2" },
          ],
        },
      ],
      "InvalidParameterValue: No metric may specify the same dimension name twice.",
    ],
  ])("%s", async (_, data, message) => {
    const h = harness(cloudwatch, { now: NOW });
    expect(await refusal(() => put(h, data))).toBe(message);
    expect(h.context().metrics.list("123456789012", "us-east-1")).toHaveLength(0);
  });

  test("AWS/ names from people, not from the services themselves", async () => {
    const h = harness(cloudwatch, { now: NOW });
    const data = [{ MetricName: "Invocations", Value: 1 }];
    expect(await refusal(() => put(h, data, {}, "AWS/Lambda"))).toMatch(/^InvalidParameterValue/);
    expect(await refusal(() => put(h, data, { callerKind: "simulated" }, "AWS/Lambda"))).toBe("accepted");
  });
});

test("Values together with a statistic set are both stored", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await put(h, [{ MetricName: "m", Values: [1, 10], StatisticValues: { SampleCount: 10, Sum: 55, Minimum: 1, Maximum: 10 } }]);
  const input = {
    Namespace: "Shop",
    MetricName: "m",
    StartTime: NOW - MINUTE,
    EndTime: NOW + MINUTE,
    Period: 60,
    Statistics: ["Sum", "SampleCount"],
  };
  const { Datapoints } = await h.call<{ Datapoints: object[] }>("GetMetricStatistics", input);
  expect(Datapoints).toMatchObject([{ Sum: 66, SampleCount: 12, Unit: "None" }]);
});

test("the columnar form does what rows do, digest for digest", async () => {
  const datum = fc.record({ at: fc.integer({ min: -3600, max: 60 }), value: fc.double({ min: -1e9, max: 1e9, noNaN: true }) });
  const property = fc.asyncProperty(
    fc.array(datum, { minLength: 1, maxLength: 60 }),
    fc.constantFrom(1, 60),
    fc.constantFrom("Count", "Seconds"),
    async (data, StorageResolution, Unit) => {
      const identity = { MetricName: "m", Dimensions: [{ Name: "host", Value: "a" }], Unit, StorageResolution };
      const [rows, columns] = [harness(cloudwatch, { now: NOW }), harness(cloudwatch, { now: NOW })];
      await put(
        rows,
        data.map(({ at, value }) => ({ ...identity, Timestamp: NOW + at * 1000, Value: value })),
      );
      const timestamps = Float64Array.from(data, ({ at }) => NOW + at * 1000);
      const values = Float64Array.from(data, ({ value }) => value);
      columns.columns("PutMetricData", { Namespace: "Shop", ...identity, timestamps, values });
      const stateOf = (h: Harness) => [[...h.context().metrics.digests()], h.context().metrics.list("123456789012", "us-east-1")];
      expect(stateOf(columns)).toEqual(stateOf(rows));
      const read = (h: Harness) =>
        h.call("GetMetricStatistics", {
          Namespace: "Shop",
          MetricName: "m",
          Dimensions: identity.Dimensions,
          StartTime: NOW - 4000_000,
          EndTime: NOW + 200_000,
          Period: 60,
          Statistics: ["Sum", "Minimum", "Maximum", "SampleCount"],
        });
      expect(await read(columns)).toEqual(await read(rows));
    },
  );
  await fc.assert(property, { numRuns: 50 });
});

test("the columnar form refuses what rows refuse", async () => {
  const h = harness(cloudwatch, { now: NOW });
  const columns = { Namespace: "Shop", MetricName: "m", timestamps: Float64Array.of(NOW), values: Float64Array.of(1) };
  const tried = (change: object) => refusal(() => h.columns("PutMetricData", { ...columns, ...change }));
  expect(await tried({ values: Float64Array.of(Number.NaN) })).toBe(
    "InvalidParameterValue: The value NaN for parameter MetricData.member.1.Value is invalid.",
  );
  expect(await tried({ timestamps: Float64Array.of(NOW - 15 * DAY) })).toMatch(/past two weeks/);
  expect(await tried({ values: Float64Array.of(1, 2) })).toMatch(/same size/);
  expect(await tried({ Unit: "Furlongs" })).toMatch(/^InvalidParameterValue/);
  expect(await tried({})).toBe("accepted");
});

describe("GetMetricData", () => {
  const query = (Id: string, more: object = {}, stat: object = {}) => ({
    Id,
    MetricStat: { Metric: { Namespace: "Shop", MetricName: "m" }, Period: 60, Stat: "Sum", ...stat },
    ...more,
  });
  const ask = (h: Harness, MetricDataQueries: readonly object[], more: object = {}) =>
    h.call<{ MetricDataResults: { Label: string; Values: number[]; Timestamps: number[]; StatusCode: string }[]; NextToken?: string }>(
      "GetMetricData",
      {
        MetricDataQueries,
        StartTime: NOW - 10 * MINUTE,
        EndTime: NOW,
        ...more,
      },
    );
  async function filled(): Promise<Harness> {
    const h = harness(cloudwatch, { now: NOW });
    await put(
      h,
      [10, 30, 20].map((Value, i) => ({ MetricName: "m", Value, Timestamp: NOW - (4 - i) * MINUTE })),
    );
    return h;
  }

  test("answers centuries by the second from what is kept, and looks at no more", async () => {
    const h = await filled();
    const times = { StartTime: 0, EndTime: Date.UTC(2400, 0, 1) };
    expect(gridOf(times.StartTime, times.EndTime, 1, NOW).cells).toBe((3 + 2) * 3600 + 1);
    for (const Period of [1, 60, 300, 3600, 86_400]) {
      expect(gridOf(times.StartTime, times.EndTime, Period, NOW).cells).toBeLessThan(22_000);
      const [result] = (await ask(h, [query("a", {}, { Period })], times)).MetricDataResults;
      expect(result?.Values.reduce((sum, value) => sum + value, 0)).toBe(60);
    }
  });
  test("a grid that is cut keeps the steps of the one asked for", () => {
    for (const Period of [1, 60, 420, 300, 3600]) {
      const { start } = gridOf(NOW - 400 * DAY, NOW, Period, NOW);
      expect((start - Math.floor((NOW - 400 * DAY) / 3_600_000) * 3_600_000) % (Period * 1000)).toBe(0);
    }
  });
  test("refuses math by name until it is built", async () => {
    const h = await filled();
    const asked = [query("m1", { ReturnData: false }), { Id: "e1", Expression: "m1*2" }];
    expect(await refusal(() => ask(h, asked))).toMatch(/^NotImplemented: Metric math/);
  });
  test.each<[string, readonly object[], object, string]>([
    ["equal ids", [query("a"), query("a")], {}, "ValidationError: The values for parameter id in MetricDataQueries are not unique."],
    [
      "an upper-case id",
      [query("A")],
      {},
      "ValidationError: The value A for parameter MetricDataQueries.member.1.Id is not matching the expected pattern ^[a-z][a-zA-Z0-9_]*$.",
    ],
    ["no query", [], {}, "ValidationError: The parameter MetricDataQueries is required.\n"],
    ["a query of nothing", [{ Id: "a" }], {}, "ValidationError: The parameter MetricDataQueries.member.1.MetricStat is required.\n"],
    [
      "an unknown statistic",
      [query("a"), query("b", {}, { Stat: "Max" })],
      {},
      "ValidationError: The value for parameter MetricDataQueries.member.2.MetricStat.Stat is not a valid statistic.",
    ],
    [
      "an end before the start",
      [query("a")],
      { EndTime: NOW - DAY },
      "ValidationError: The parameter EndTime must be greater than StartTime.",
    ],
    ["a foreign token", [query("a")], { NextToken: "5b22" }, "InvalidNextToken: The next token specified is invalid."],
  ])("refuses %s", async (_, queries, more, message) => {
    const h = await filled();
    expect(await refusal(() => ask(h, queries, more))).toBe(message);
  });

  test("answers newest first, or oldest first when asked, and leaves out queries that return no data", async () => {
    const h = await filled();
    const down = await ask(h, [query("a"), query("hidden", { ReturnData: false })]);
    expect(down.MetricDataResults.map(({ Values }) => Values)).toEqual([[20, 30, 10]]);
    const up = await ask(h, [query("a")], { ScanBy: "TimestampAscending" });
    expect(up.MetricDataResults[0]).toMatchObject({ Values: [10, 30, 20], Label: "m", StatusCode: "Complete" });
  });

  test("pages hold all datapoints once, whatever the page size", async () => {
    const h = await filled();
    for (const MaxDatapoints of [1, 2, 3, 4, 5, 6, 7]) {
      const seen: [number, number][] = [];
      let NextToken: string | undefined;
      do {
        const page: Awaited<ReturnType<typeof ask>> = await ask(h, [query("a"), query("b")], {
          MaxDatapoints,
          ...(NextToken ? { NextToken } : {}),
        });
        expect(page.MetricDataResults.reduce((n, { Values }) => n + Values.length, 0)).toBeLessThanOrEqual(MaxDatapoints);
        for (const result of page.MetricDataResults)
          for (const [i, value] of result.Values.entries()) seen.push([result.Timestamps[i] as number, value]);
        NextToken = page.NextToken;
      } while (NextToken !== undefined);
      expect(seen.map(([, value]) => value)).toEqual([20, 30, 10, 20, 30, 10]);
    }
  });

  test("dynamic labels speak of the datapoints shown", async () => {
    const h = await filled();
    const label = async (Label: string, more: object = {}) =>
      (await ask(h, [query("a", { Label: Label.replaceAll("{", "$" + "{") })], more)).MetricDataResults[0]?.Label;
    expect(await label("max {MAX} min {MIN} avg {AVG} sum {SUM}")).toBe("max 30 min 10 avg 20 sum 60");
    expect(await label("{LABEL}: {FIRST} to {LAST}, {DATAPOINT_COUNT}")).toBe("m: 10 to 20, 3");
    expect(await label("{MAX_TIME}")).toBe("2026-11-24 11:57 UTC");
    expect(await label("{MAX_TIME}", { LabelOptions: { Timezone: "+0130" } })).toBe("2026-11-24 13:27 +0130");
    expect(await label("{MAX_TIME_RELATIVE} {FIRST_LAST_TIME_RANGE} {MIN_MAX_RANGE}")).toBe("3m 30s 2m 20");
    expect(await label("{PROP('Stat')} {PROP('Period')} {PROP('Region')}")).toBe("Sum 60 us-east-1");
    expect(await refusal(() => label("{NOTHING}"))).toMatch(/^ValidationError/);
    expect(await refusal(() => label("{LABEL} {LABEL}"))).toMatch(/^ValidationError/);
  });
});

test("ListMetrics shows what had data in two weeks, or in three hours, 500 a page", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await put(h, [{ MetricName: "old", Value: 1, Timestamp: NOW - 13 * DAY }]);
  for (let page = 0; page < 2; page++) {
    await put(
      h,
      Array.from({ length: 400 }, (_, i) => ({ MetricName: "m", Value: 1, Dimensions: [{ Name: "i", Value: `${page}-${i}` }] })),
    );
  }
  const list = (input: object) => h.call<{ Metrics: { MetricName: string }[]; NextToken?: string }>("ListMetrics", input);
  const first = await list({});
  expect(first.Metrics).toHaveLength(500);
  const second = await list({ NextToken: first.NextToken });
  expect(second.Metrics).toHaveLength(301);
  expect(second.NextToken).toBeUndefined();
  expect(await refusal(() => list({ NextToken: "x" }))).toBe("InvalidParameterValue: Request parameter NextToken is invalid.");
  expect(new Set([...first.Metrics, ...second.Metrics].map((metric) => JSON.stringify(metric))).size).toBe(801);
  expect((await list({ MetricName: "old", RecentlyActive: "PT3H" })).Metrics).toHaveLength(0);
  h.now += 2 * DAY;
  expect((await list({ MetricName: "old" })).Metrics).toHaveLength(0);
});

test("asked why, the queries say from which grain they read and whether it is exact", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await put(h, [{ MetricName: "m", Value: 60, Unit: "Seconds" }]);
  const said: unknown[] = [];
  const explain = (because: unknown): void => {
    said.push(because);
  };
  const range = { StartTime: NOW - MINUTE, EndTime: NOW + MINUTE };
  await h.call("GetMetricStatistics", { Namespace: "Shop", MetricName: "m", ...range, Period: 60, Statistics: ["Sum"] }, { explain });
  const MetricStat = { Metric: { Namespace: "Shop", MetricName: "m" }, Period: 60, Stat: "p90" };
  await h.call("GetMetricData", { MetricDataQueries: [{ Id: "a", MetricStat }], ...range }, { explain });
  expect(said).toEqual([
    { kind: "metric-statistics", units: [{ unit: "Seconds", tier: 1, exactness: "exact" }] },
    { kind: "metric-data", queries: [{ id: "a", unit: "Seconds", tier: 1, exactness: "exact", datapoints: 1, unitsSeen: ["Seconds"] }] },
  ]);
});

test("GetMetricStatistics gives a datapoint per unit, and none for a unit that is not there", async () => {
  const h = harness(cloudwatch, { now: NOW });
  await put(h, [
    { MetricName: "m", Value: 60, Unit: "Seconds" },
    { MetricName: "m", Value: 60_000, Unit: "Milliseconds" },
  ]);
  const ask = async (more: object) => {
    const base = { Namespace: "Shop", MetricName: "m", StartTime: NOW - MINUTE, EndTime: NOW + MINUTE, Period: 60 };
    return (await h.call<{ Datapoints: Record<string, unknown>[] }>("GetMetricStatistics", { ...base, ...more })).Datapoints;
  };
  expect((await ask({ Statistics: ["Sum"] })).map(({ Unit, Sum }) => [Unit, Sum])).toEqual([
    ["Milliseconds", 60_000],
    ["Seconds", 60],
  ]);
  expect(await ask({ Statistics: ["Sum"], Unit: "Bytes" })).toEqual([]);
  expect(await ask({ ExtendedStatistics: ["p99", "tm90"], Unit: "Seconds" })).toMatchObject([
    { ExtendedStatistics: { p99: 60, tm90: 60 } },
  ]);
  expect(await refusal(() => ask({ Statistics: ["Sum"], Period: 7 }))).toMatch(/^InvalidParameterValue/);
  expect(await refusal(() => ask({ Statistics: ["Sum"], StartTime: NOW - 86_400_000, Period: 1 }))).toMatch(
    /^InvalidParameterCombination: You have requested up to 86460 datapoints, which exceeds the limit of 1440\. You may reduce/,
  );
});
