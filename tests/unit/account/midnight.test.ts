import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { MOMENT_MAX } from "../../../workers/account/contract.ts";
import { MINUTE, openTestAccount, person, START, screen } from "./engine-harness.ts";

const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Numbers whose sums depend on the order of adding. */
const put = (account: Account, n: number, Timestamp = account.now) =>
  person(account, "cloudwatch", "PutMetricData", {
    Namespace: "Shop",
    MetricData: [{ MetricName: "Load", Timestamp, Values: [0.1 * n, 1e9 / (n + 1), n % 7] }],
  });

async function live(account: Account, until: number): Promise<void> {
  for (let n = 0; account.now < until; n++) {
    await put(account, n);
    if (n % 9 === 0) await put(account, n, Math.max(START, account.now - 30 * HOUR)); // late, into a day that may be one block
    await account.advanceTo(Math.min(until, account.now + 2 * HOUR));
    if (n % 8 === 7) await account.checkpoint();
  }
}

async function answers(account: Account): Promise<unknown> {
  const ask = (Period: number, EndTime: number, what: object) =>
    screen(account, "cloudwatch", "GetMetricStatistics", {
      Namespace: "Shop",
      MetricName: "Load",
      StartTime: START,
      EndTime,
      Period,
      ...what,
    });
  const grids = [
    [60, START + DAY],
    [300, START + 4 * DAY],
    [3600, START + 20 * DAY],
    [86_400, START + 20 * DAY],
  ] as const;
  const wants = [{ Statistics: ["Sum", "Average", "Minimum"] }, { ExtendedStatistics: ["p90"] }];
  const found = await Promise.all(wants.flatMap((want) => grids.map(([period, end]) => ask(period, end, want))));
  return found.map((one) => one.output);
}

describe("days that end", () => {
  it("leave the same account, to the last bit of its sums, whether one went back over midnight or never went further", async () => {
    const account = await openTestAccount();
    await live(account, START + 5 * DAY);
    for (const hours of [101, 63, 41, 15]) {
      const moment = START + hours * HOUR;
      await account.rewind(moment);
      const plain = await openTestAccount();
      await live(plain, moment);
      await plain.advanceTo(moment);
      expect(account.now).toBe(moment);
      expect(await answers(account)).toEqual(await answers(plain));
      expect(account.stateHash({ parts: true }).parts?.metrics).toBe(plain.stateHash({ parts: true }).parts?.metrics);
    }
  });

  it("leave the same account in one step or in many", async () => {
    const [one, many] = [await openTestAccount(), await openTestAccount()];
    for (const account of [one, many]) await live(account, START + 2 * DAY);
    await one.advanceTo(START + 20 * DAY);
    while (many.now < START + 20 * DAY) await many.advanceTo(Math.min(START + 20 * DAY, many.now + 7 * HOUR + 1));
    expect(await answers(one)).toEqual(await answers(many));
    expect(one.stateHash({ parts: true })).toEqual(many.stateHash({ parts: true }));
  });

  it("are passed over once there is nothing left to forget", async () => {
    const account = await openTestAccount();
    await put(account, 1);
    expect(await account.advanceTo(MOMENT_MAX)).toBe(true);
    expect(account.now).toBe(MOMENT_MAX);
    expect((await screen(account, "cloudwatch", "ListMetrics")).output.Metrics).toEqual([]);
  });

  it("let go of chunks that are no longer referred to, also where nothing is journaled", async () => {
    const account = await openTestAccount({ journal: false });
    const chunks: number[] = [];
    for (let day = 0; day < 12; day++) {
      for (let n = 0; n < 12; n++) {
        await put(account, day + n);
        await account.advanceTo(account.now + 2 * HOUR);
      }
      chunks.push((await account.storage.report()).chunks);
    }
    expect(Math.max(...chunks)).toBeLessThan(12 + 3 * 24);
    expect(chunks.at(-1)).toBeGreaterThan(8); // a block a day is kept
  });
});
