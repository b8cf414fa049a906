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
/** Where a day of a series lies, in the state of a checkpoint. */
const REFERENCE_BYTES = 64;
/** A roll-up cell with the value it came of. */
const CELL_BYTES = 72;
/** Columns of the account besides: of the filter, of the topics and queues. */
const COLUMNS = SERIES + 6;

/** Cells that anybody can read after so many days: of a minute for 15 days, of five for 63, of an hour for 455. */
const readableCells = (days: number): number => SERIES * (288 * Math.min(15, days) + 288 * Math.min(63, days) + 24 * Math.min(455, days));

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

it("grows by what stays readable and by nothing else", async () => {
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
  const from = Math.floor(days / 5);
  const daily = ((states.at(-1) as number) - (states[from] as number)) / Math.max(1, days - 1 - from);
  expect(daily).toBeLessThan(COLUMNS * REFERENCE_BYTES);
  // What was readable stays for the sake of the checkpoints before: the newest twelve, and one for each doubling of age.
  for (const [day, bytes] of held.entries())
    if (day > 20) expect(bytes, `day ${day + 1}`).toBeLessThan(3 * CELL_BYTES * readableCells(day + 1));
  const again = await createEngine({ scenario: scenario("quiet"), storage, kernels: await loadKernels() });
  expect(again.stateHash({ parts: true })).toEqual(account.stateHash({ parts: true }));
});
