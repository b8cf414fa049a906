/** A quarter of a year in which little happens: an agent sends a dozen metrics every hour, and two alarms watch one of them and stay calm. */
import { expect, inject, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createEngine } from "../../../workers/engine.ts";
import { loadKernels } from "../../../workers/kernels/load.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { MINUTE, person, START, scenario } from "../../unit/account/engine-harness.ts";
import { BEGINNING, live } from "../../unit/account/life.ts";
import { weighed } from "../weighed.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const SERIES = 12;
/** Minutes are readable for 15 days: until then roll-ups grow. */
const SETTLED_DAYS = 18;

/** What an agent kept for an hour: a value every five minutes. */
async function hourly(account: Account): Promise<void> {
  for (let series = 0; series < SERIES; series++) {
    const MetricData = Array.from({ length: 12 }, (_, i) => ({
      MetricName: `load-${series}`,
      Timestamp: account.now - i * 5 * MINUTE,
      Value: ((account.now / MINUTE) * 7 + i * 13 + series) % 101,
    }));
    await person(account, "cloudwatch", "PutMetricData", { Namespace: "Fleet", MetricData });
  }
}

it("takes no more room after a quarter of a year than after three weeks", async () => {
  const { days } = inject("soak");
  const { storage, weights } = weighed(createMemoryStorage({ id: "quiet" }));
  const account = await createEngine({ scenario: scenario("quiet"), storage, kernels: await loadKernels() });
  for (const step of BEGINNING) await live(account, step);
  for (const [i, Period] of [60, 300].entries())
    await person(account, "cloudwatch", "PutMetricAlarm", {
      AlarmName: `quiet-${i}`,
      Namespace: "Fleet",
      MetricName: "load-0",
      Statistic: "Sum",
      Period,
      EvaluationPeriods: 2,
      Threshold: 1e9,
      ComparisonOperator: "GreaterThanThreshold",
      TreatMissingData: "notBreaching",
    });
  const began = performance.now();
  const states: number[] = [];
  const held: number[] = [];
  for (let day = 1; day <= days; day++) {
    for (let hour = 23; hour >= 0; hour--) {
      await hourly(account);
      await account.advanceTo(START + day * DAY - hour * HOUR);
    }
    await account.checkpoint();
    states.push(weights.at(-1)?.state ?? 0);
    held.push((await storage.report()).chunkBytes);
  }
  const seconds = (performance.now() - began) / 1000;
  const shown = (bytes: readonly number[]): string =>
    bytes
      .filter((_, day) => day % 10 === 9)
      .map((n) => Math.round(n / 1000))
      .join(" ");
  console.log(`quiet: ${days} days in ${seconds.toFixed(1)} s; every ten days, kB of state: ${shown(states)}; of chunks: ${shown(held)}`);
  const most = (bytes: readonly number[]): number => bytes.reduce((max, one) => Math.max(max, one), 0);
  expect(most(states.slice(SETTLED_DAYS))).toBeLessThan(most(states.slice(0, SETTLED_DAYS)) * 1.2);
  // The newest twelve checkpoints hold on to what they refer to, a block of every day among it.
  const full = SETTLED_DAYS + 12;
  expect(most(held.slice(full))).toBeLessThan(most(held.slice(0, full)) * 1.5);
  const again = await createEngine({ scenario: scenario("quiet"), storage, kernels: await loadKernels() });
  expect(again.stateHash({ parts: true })).toEqual(account.stateHash({ parts: true }));
});
