import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import type { ApiReply } from "../../../workers/account/contract.ts";
import { MENDED } from "../../../workers/account/mending.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { TornChunk } from "../../../workers/store/chunk.ts";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { failure, MINUTE, person, START, scenario, screen } from "./engine-harness.ts";

const HOUR = 60 * MINUTE;

/**
 * A storage whose chunks can be torn as on a disk: nobody knows before the first load, which drops the chunk; a chunk that
 * is put again is whole. `for good`: nothing that is put is there when it is asked for.
 */
function tearable() {
  const inner = createMemoryStorage({ id: "torn" });
  const torn = new Set<string>();
  const gone = new Set<string>();
  const put: string[] = [];
  let forGood = false;
  let asked = 0;
  const storage: AccountStorage = {
    ...inner,
    put(id, bytes) {
      put.push(id);
      torn.delete(id);
      gone.delete(id);
      inner.put(id, bytes);
    },
    has: (id) => !gone.has(id) && inner.has(id),
    get(id) {
      if (!forGood && !torn.has(id) && !gone.has(id)) return inner.get(id);
      gone.add(id);
      return Promise.reject(new TornChunk(`chunk ${id}`, "cut off", "whole"));
    },
    async checkpointBefore(moment, journalId) {
      asked++;
      for (let at = moment; ; ) {
        const found = await inner.checkpointBefore(at, journalId);
        if (found === undefined || found.chunks.every((id) => !gone.has(id))) return found;
        at = found.at - 1;
      }
    },
  };
  return {
    storage,
    put,
    tear: (matches: (id: string) => boolean): number => {
      for (const id of put) if (inner.has(id) && matches(id)) torn.add(id);
      return torn.size;
    },
    breakForGood: () => {
      forGood = true;
    },
    checkpointsAsked: () => asked,
  };
}

async function opened(place = tearable()) {
  const told: string[] = [];
  const account = await createEngine({
    scenario: scenario(),
    storage: place.storage,
    kernels: referenceKernels,
    hooks: { onTrouble: (sentence) => void told.push(sentence) },
  });
  return { account, told, place };
}

const datum = (account: Account, Value: number) =>
  person(account, "cloudwatch", "PutMetricData", {
    Namespace: "Shop",
    MetricData: [{ MetricName: "Load", Value, Timestamp: account.now }],
  });

/** Eight hours of a metric, so that its first hours lie in chunks; checkpoints on the way. */
async function day(account: Account): Promise<void> {
  for (let hour = 0; hour < 8; hour++) {
    for (let i = 0; i < 3; i++) {
      await datum(account, hour * 10 + i);
      await account.advanceTo(account.now + 20 * MINUTE);
    }
    if (hour % 2 === 1) await account.checkpoint();
  }
}

const question = (StartTime = START) => ({
  Namespace: "Shop",
  MetricName: "Load",
  StartTime,
  EndTime: StartTime + 8 * HOUR,
  Period: 3600,
  Statistics: ["Sum", "Maximum"],
});
const isMetric = (id: string): boolean => id.startsWith("m-");

describe("telemetry that turns out torn at its first load", () => {
  it("is made again under a panel's read: the answer is the right one, the person is told once, however many asked", async () => {
    const { account, told, place } = await opened();
    await day(account);
    const hash = account.stateHash({ parts: true });
    expect(place.tear(isMetric)).toBeGreaterThan(0);
    const before = place.checkpointsAsked();
    const answers = await Promise.all([0, 1, 2].map(() => screen(account, "cloudwatch", "GetMetricStatistics", question())));
    const [first] = answers as [ApiReply];
    const sums = (first.output.Datapoints as { Sum: number; Timestamp: number }[]).sort((a, b) => a.Timestamp - b.Timestamp);
    expect(sums.map((point) => point.Sum)).toEqual([3, 33, 63, 93, 123, 153, 183, 213]);
    for (const answer of answers) expect(answer.output).toEqual(first.output);
    expect(told).toEqual([MENDED]);
    expect(place.checkpointsAsked()).toBe(before + 1);
    expect(account.stateHash({ parts: true })).toEqual(hash);
    // What was made again stays: the next reader finds it.
    await screen(account, "cloudwatch", "GetMetricStatistics", question());
    expect(told).toEqual([MENDED]);
  });

  it("is made again under a command, which happens once", async () => {
    const [{ account, told, place }, untouched] = [await opened(), await opened()];
    for (const one of [account, untouched.account]) await day(one);
    place.tear(isMetric);
    const ask = (one: Account) => person(one, "cloudwatch", "GetMetricStatistics", question());
    expect((await ask(account)).output).toEqual((await ask(untouched.account)).output);
    expect(told).toEqual([MENDED]);
    expect(account.journal()).toEqual(untouched.account.journal());
    expect(account.stateHash({ parts: true })).toEqual(untouched.account.stateHash({ parts: true }));
  });

  it("is made again under the clock: an alarm over old hours decides as if nothing had been", async () => {
    const [one, other] = [await opened(), await opened()];
    for (const { account } of [one, other]) {
      await day(account);
      await person(account, "cloudwatch", "PutMetricAlarm", {
        AlarmName: "slow",
        Namespace: "Shop",
        MetricName: "Load",
        Statistic: "Sum",
        Period: 3600,
        EvaluationPeriods: 8,
        Threshold: 1,
        ComparisonOperator: "GreaterThanThreshold",
      });
    }
    one.place.tear(isMetric);
    for (const { account } of [one, other]) await account.advanceTo(account.now + 2 * HOUR);
    expect(one.told).toEqual([MENDED]);
    expect(one.account.now).toBe(other.account.now);
    expect(one.account.stateHash({ parts: true })).toEqual(other.account.stateHash({ parts: true }));
  });

  it("makes going back start from an older checkpoint, or from the scenario where none is whole", async () => {
    for (const all of [false, true]) {
      const place = tearable();
      const { account } = await opened(place);
      // More messages than a page of documents holds, so that checkpoints refer to pages.
      const pages: number[] = [];
      await person(account, "sqs", "CreateQueue", { QueueName: "q" });
      const QueueUrl = "https://sqs.us-east-1.amazonaws.com/123456789012/q";
      for (let i = 0; i < 900; i++) {
        await person(account, "sqs", "SendMessage", { QueueUrl, MessageBody: `message ${i}` });
        if (i % 300 === 299) {
          await account.advanceTo(account.now + MINUTE);
          await account.checkpoint();
          pages.push(place.put.length);
        }
      }
      const hash = account.stateHash({ parts: true });
      const newest = place.put.slice(pages[1]);
      expect(newest.length).toBeGreaterThan(0);
      place.tear((id) => all || newest.includes(id));
      await account.rewind(account.now);
      expect(account.stateHash({ parts: true })).toEqual(hash);
      // And opening does the same.
      place.tear((id) => all || newest.includes(id));
      expect((await opened(place)).account.stateHash({ parts: true })).toEqual(hash);
    }
  });

  it("ends in a sentence with a way on where storage keeps nothing, and leaves the account as it was", async () => {
    const { account, place } = await opened();
    await day(account);
    const hash = account.stateHash({ parts: true });
    place.breakForGood();
    const error = await failure(screen(account, "cloudwatch", "GetMetricStatistics", question()));
    expect(error.name).toBe("InputError");
    expect(error.message).toMatch(/damaged.*Download the account as a scenario file.*open that file/);
    expect(account.stateHash({ parts: true })).toEqual(hash);
    await datum(account, 1); // what needs no old telemetry goes on
  });
});
