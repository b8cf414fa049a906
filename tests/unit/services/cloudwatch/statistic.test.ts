import { describe, expect, test } from "vitest";
import { cloudwatch } from "../../../../workers/services/cloudwatch/definition.ts";
import { parseStatistic } from "../../../../workers/services/cloudwatch/statistic.ts";
import { type Harness, harness } from "../harness.ts";

const T = 1_700_000_040_000; // a whole minute
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

async function readBack(stat: string, data: readonly object[], hourLater = false): Promise<number | undefined> {
  const h: Harness = harness(cloudwatch, { now: T + 120_000 });
  const MetricData = data.map((datum) => ({ MetricName: "m", Timestamp: T, ...datum }));
  await h.call("PutMetricData", { Namespace: "N", MetricData });
  if (hourLater) {
    h.now = T + 5 * 3_600_000;
    await h.call("PutMetricData", { Namespace: "N", MetricData: [{ MetricName: "other", Value: 1 }] });
  }
  const MetricStat = { Metric: { Namespace: "N", MetricName: "m" }, Period: 60, Stat: stat };
  const input = { MetricDataQueries: [{ Id: "q", MetricStat }], StartTime: T, EndTime: T + 60_000 };
  const out = await h.call<{ MetricDataResults: { Values: number[] }[] }>("GetMetricData", input);
  return out.MetricDataResults[0]?.Values[0];
}

describe("statistics", () => {
  const hundred = [{ Values: range(1, 100) }];
  const mixed = [{ Value: 11 }, { StatisticValues: { SampleCount: 10, Sum: 55, Minimum: 1, Maximum: 10 } }];
  const latencies = [{ Values: [100, 150, 151, 1000, 1001] }];
  const weighted = [{ Values: [1, 2, 3], Counts: [90, 9, 1] }];
  // Worked by hand, or from the examples of the user guide.
  const table: [string, readonly object[], number | undefined][] = [
    ["Average", [{ Values: [2, 4, 5] }], 11 / 3],
    ["Sum", [{ Values: [1, 10], Counts: [2, 4] }], 42],
    ["SampleCount", [{ Values: [1, 10], Counts: [2, 4] }], 6],
    ["Sum", mixed, 66],
    ["Average", mixed, 6],
    ["Minimum", mixed, 1],
    ["Maximum", mixed, 11],
    ["p90", mixed, undefined],
    ["p90", hundred, 90],
    ["p0", hundred, 1],
    ["p100", hundred, 100],
    ["tm90", hundred, 45.5],
    ["tc90", hundred, 90],
    ["ts90", hundred, 4095],
    ["TM(10%:90%)", hundred, 50.5],
    ["WM(10%:90%)", hundred, 50.4],
    ["TS(80%:)", hundred, 1810],
    ["IQM", hundred, 50.5],
    ["TM(150:1000)", latencies, 575.5],
    ["TC(150:1000)", latencies, 2],
    ["TS(150:1000)", latencies, 1151],
    ["PR(:300)", [{ Values: [100, 200, 300, 301, 1000] }], 60],
    ["PR(300:)", [{ Values: [100, 200, 300, 301, 1000] }], 40],
    ["WM(80:500)", [{ Values: [50, 80, 100, 600] }], 190],
    ["TM(2000:)", latencies, undefined],
    ["TC(2000:)", latencies, 0],
    ["p90", weighted, 1],
    ["p99", weighted, 2],
    ["p99.5", weighted, 3],
    ["p50", [{ Values: [-1, 2, 3] }], undefined],
    ["Sum", [{ Values: [-1, 2, 3] }], 4],
    ["p99", [{ StatisticValues: { SampleCount: 4, Sum: 12, Minimum: 3, Maximum: 3 } }], 3],
  ];
  test.each(table)("%s of %j is %s", async (stat, data, expected) => {
    const value = await readBack(stat, data);
    if (expected === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(expected, 9);
  });
  test.each(table)("%s of %j is still %s after the hour was rolled up", async (stat, data, expected) => {
    const value = await readBack(stat, data, true);
    if (expected === undefined) expect(value).toBeUndefined();
    else expect(value).toBeCloseTo(expected, 9);
  });
});

describe("the grammar of statistics", () => {
  test.each([
    "p99.9",
    "p100",
    "tm90",
    "IQM",
    "TM(:95%)",
    "TM(5%:)",
    "PR(1:5)",
    "TC(0.005:0.030)",
    "TS(1e2:2E+3)",
    "wm98",
    "p95.0123456789",
  ])("knows %s", (text) => expect(parseStatistic(text)).toBeDefined());
  test.each([
    "P99",
    "p101",
    "p100.5",
    "average",
    "TM90",
    "TM(:)",
    "TM()",
    "PR(10%:)",
    "TM(5%:101%)",
    "tm(10%:90%)",
    "TM(10%:90)",
    "iqm",
    "Max",
    "",
  ])("does not know %j", (text) => expect(parseStatistic(text)).toBeUndefined());
});
