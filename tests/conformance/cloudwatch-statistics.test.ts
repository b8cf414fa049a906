import { expect, test } from "vitest";
import type { Harness } from "../unit/services/harness.ts";
import { account, call, difference, outcome, type Result, START, special, statQuery } from "./cloudwatch-support.ts";
import { casesOf } from "./shared.ts";

interface StatisticCase {
  readonly id: string;
  readonly kind?: string;
  readonly values?: readonly unknown[];
  readonly counts?: readonly number[];
  readonly statisticSets?: readonly object[];
  readonly stat: string;
  readonly expect: number | null;
  readonly expectValid?: boolean;
  readonly accept?: readonly [number, number];
  readonly tolerance?: number;
  readonly period?: number;
  readonly storageResolution?: number;
  readonly left?: string;
  readonly right?: string;
  readonly rightProduct?: readonly string[];
}

const cases = casesOf<StatisticCase>("statistics");

async function published(c: StatisticCase, time: number): Promise<Harness> {
  const h = account();
  const base = { MetricName: "m", Timestamp: time, StorageResolution: c.storageResolution ?? 60 };
  const values = (c.kind === "syntax" ? Array.from({ length: 100 }, (_, i) => i + 1) : (c.values ?? [])).map(special);
  const data: object[] = [];
  for (let i = 0; i < values.length; i += 150) {
    data.push({ ...base, Values: values.slice(i, i + 150), ...(c.counts ? { Counts: c.counts.slice(i, i + 150) } : {}) });
  }
  for (const StatisticValues of c.statisticSets ?? []) data.push({ ...base, StatisticValues });
  await call(h, "PutMetricData", { Namespace: "Ns", MetricData: data });
  return h;
}

test.each(cases)("statistic $id", async (c) => {
  const period = c.period ?? 60;
  const time = Math.floor(START / 1000 / period) * period * 1000 - 2 * period * 1000;
  const h = await published(c, time);
  const read = (stat: string) => {
    const input = { MetricDataQueries: [statQuery("q", "m", period, stat)], StartTime: time, EndTime: time + period * 1000 };
    return outcome(h, "GetMetricData", input);
  };
  const value = async (stat: string): Promise<number | undefined> => {
    const { code, message, output } = await read(stat);
    expect(code, message).toBeNull();
    return (output as { MetricDataResults: Result[] }).MetricDataResults[0]?.Values[0];
  };
  switch (c.kind) {
    case undefined:
      expect(difference(special(c.expect) as number | null, await value(c.stat), c.tolerance, c.accept)).toBeUndefined();
      break;
    case "syntax":
      expect((await read(c.stat)).code).toBe(c.expectValid ? null : "ValidationError");
      break;
    case "equivalent": {
      const left = await value(c.left as string);
      expect(left).toBeDefined();
      expect(difference(left as number, await value(c.right as string))).toBeUndefined();
      break;
    }
    case "identity": {
      let product = 1;
      for (const stat of c.rightProduct ?? []) product *= (await value(stat)) as number;
      expect(difference(product, await value(c.left as string))).toBeUndefined();
      break;
    }
    default:
      expect.unreachable(`kind ${c.kind} has no mapping`);
  }
});

test("the cases are there", () => expect(cases.length).toBeGreaterThan(100));
