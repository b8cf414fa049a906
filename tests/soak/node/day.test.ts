/** A whole simulated day: many alarms over many metrics, log traffic through a metric filter, topics and queues behind them. */
import { expect, inject, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createEngine } from "../../../workers/engine.ts";
import { loadKernels } from "../../../workers/kernels/load.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { MINUTE, person, START, scenario, screen } from "../../unit/account/engine-harness.ts";
import { BEGINNING, live } from "../../unit/account/life.ts";
import { weighed } from "../weighed.ts";

/** Raw points are kept three hours, then rolled up. */
const SETTLED_HOURS = 5;
const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";

async function setUp(account: Account, alarms: number): Promise<void> {
  for (const step of BEGINNING) await live(account, step);
  for (let i = 0; i < alarms; i++)
    await person(account, "cloudwatch", "PutMetricAlarm", {
      AlarmName: `load-${i}`,
      Namespace: "Fleet",
      MetricName: "Load",
      Dimensions: [{ Name: "Host", Value: `host-${i}` }],
      ...(i % 3 === 0 ? { ExtendedStatistic: "p90" } : { Statistic: i % 3 === 1 ? "Average" : "Maximum" }),
      Period: [60, 300, 10][i % 3] as number,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 70,
      ComparisonOperator: "GreaterThanThreshold",
      TreatMissingData: ["missing", "notBreaching", "breaching", "ignore"][i % 4] as string,
      AlarmActions: [TOPIC],
    });
}

/** A minute of traffic; loads wander between 40 and 100 so that alarms come and go. */
async function minute(account: Account, n: number, alarms: number): Promise<void> {
  const MetricData = Array.from({ length: alarms }, (_, i) => ({
    MetricName: "Load",
    Dimensions: [{ Name: "Host", Value: `host-${i}` }],
    Timestamp: account.now,
    Values: [40 + ((n * 7 + i * 13) % 60), 40 + ((n * 3 + i * 29) % 60)],
    StorageResolution: i % 3 === 2 ? 1 : 60,
  }));
  await person(account, "cloudwatch", "PutMetricData", { Namespace: "Fleet", MetricData });
  await person(account, "logs", "PutLogEvents", {
    logGroupName: "shop",
    logStreamName: "web",
    logEvents: Array.from({ length: 20 }, (_, i) => ({
      timestamp: account.now,
      message: `${(n * 11 + i) % 9 === 0 ? "ERROR" : "fine"} request ${n}.${i}`,
    })),
  });
  await account.advanceTo(account.now + MINUTE);
}

it("passes with a hundred alarms, can be rewound to any of its hours, and reopens as it was", async () => {
  const { alarms, hours } = inject("soak");
  const kernels = await loadKernels();
  const { storage, weights } = weighed(createMemoryStorage({ id: "day" }));
  const open = (on = storage): Promise<Account> => createEngine({ scenario: scenario("day"), storage: on, kernels });
  const account = await open();
  await setUp(account, alarms);
  const began = performance.now();
  const hashes: string[] = [];
  for (let n = 0; n < hours * 60; n++) {
    if (n % 60 === 0) hashes.push(account.stateHash().hash);
    await minute(account, n, alarms);
    if (n % 10 === 9) await account.checkpoint();
  }
  const seconds = (performance.now() - began) / 1000;
  const { output } = await screen(account, "cloudwatch", "DescribeAlarmHistory", { HistoryItemType: "StateUpdate", MaxRecords: 100 });
  expect((output.AlarmHistoryItems as unknown[]).length).toBeGreaterThan(Math.min(50, hours * 10));
  const { heapUsed } = process.memoryUsage();
  console.log(`day: ${hours} h with ${alarms} alarms in ${seconds.toFixed(1)} s, heap ${Math.round(heapUsed / 1e6)} MB`);
  // Six checkpoints an hour. After the first hours, once telemetry is as long as it is kept in memory, they no longer grow.
  const hourly = Array.from({ length: hours }, (_, hour) => {
    const ofHour = weights.slice(hour * 6, hour * 6 + 6);
    return ofHour.reduce((sum, one) => sum + one.state + one.chunks, 0) / ofHour.length;
  });
  console.log(`day: kB a checkpoint, by hour: ${hourly.map((bytes) => Math.round(bytes / 1000)).join(" ")}`);
  const settled = hourly[SETTLED_HOURS];
  if (settled !== undefined) for (const bytes of hourly.slice(SETTLED_HOURS)) expect(bytes).toBeLessThan(settled * 1.5);
  const end = account.stateHash({ parts: true });
  expect((await open()).stateHash({ parts: true })).toEqual(end);
  // Back to random hours, each with the commands up to it; then all that was set aside again.
  for (let hour = hashes.length - 1; hour > 0; hour -= Math.max(1, Math.floor(hashes.length / 4))) {
    await account.rewind(START + hour * 60 * MINUTE - 1);
    await account.advanceTo(START + hour * 60 * MINUTE);
    expect(account.stateHash().hash, `hour ${hour}`).toBe(hashes[hour]);
  }
  await account.bringBack();
  await account.advanceTo(START + hours * 60 * MINUTE);
  expect(account.stateHash({ parts: true })).toEqual(end);
});
