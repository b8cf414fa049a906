import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { readScenarioFile, writeScenarioFile } from "../../../workers/account/scenario-file.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { MINUTE, openTestAccount, person, START, scenario, screen } from "./engine-harness.ts";

/** A small life: a log group with a metric filter, an alarm with a topic and a queue, and errors that come and go. */
async function setUp(account: Account): Promise<void> {
  await person(account, "logs", "CreateLogGroup", { logGroupName: "shop" });
  await person(account, "logs", "CreateLogStream", { logGroupName: "shop", logStreamName: "web" });
  await person(account, "logs", "PutMetricFilter", {
    logGroupName: "shop",
    filterName: "errors",
    filterPattern: "ERROR",
    metricTransformations: [{ metricName: "Errors", metricNamespace: "Shop", metricValue: "1", defaultValue: 0 }],
  });
  const topic = (await person(account, "sns", "CreateTopic", { Name: "on-call" })).output.TopicArn;
  const queueUrl = (await person(account, "sqs", "CreateQueue", { QueueName: "alarms" })).output.QueueUrl;
  expect(queueUrl).toContain("alarms");
  await person(account, "sns", "Subscribe", {
    TopicArn: topic,
    Protocol: "sqs",
    Endpoint: "arn:aws:sqs:us-east-1:123456789012:alarms",
    ReturnSubscriptionArn: true,
  });
  await person(account, "cloudwatch", "PutMetricAlarm", {
    AlarmName: "errors",
    Namespace: "Shop",
    MetricName: "Errors",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 2,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
    AlarmActions: [topic],
  });
}

async function lines(account: Account, ...messages: string[]): Promise<void> {
  await person(account, "logs", "PutLogEvents", {
    logGroupName: "shop",
    logStreamName: "web",
    logEvents: messages.map((message) => ({ timestamp: account.now, message })),
  });
}

const stateOf = async (account: Account): Promise<unknown> => {
  const { output } = await screen(account, "cloudwatch", "DescribeAlarms", { AlarmNames: ["errors"] });
  return (output.MetricAlarms as { StateValue: string }[])[0]?.StateValue;
};

describe("from a log line to a notification", () => {
  it("goes INSUFFICIENT_DATA -> OK -> ALARM and leaves mail in the queue, an event on the bus and history", async () => {
    const account = await openTestAccount();
    await setUp(account);
    expect(await stateOf(account)).toBe("INSUFFICIENT_DATA");
    await lines(account, "all is well");
    await account.advanceTo(START + 2 * MINUTE);
    expect(await stateOf(account)).toBe("OK");
    await lines(account, "ERROR one", "ERROR two", "ERROR three");
    await account.advanceTo(START + 4 * MINUTE);
    expect(await stateOf(account)).toBe("ALARM");
    const received = await person(account, "sqs", "ReceiveMessage", {
      QueueUrl: "https://sqs.us-east-1.amazonaws.com/123456789012/alarms",
    });
    const body = JSON.parse((received.output.Messages as { Body: string }[])[0]?.Body as string);
    expect(JSON.parse(body.Message)).toMatchObject({ AlarmName: "errors", NewStateValue: "ALARM", OldStateValue: "OK" });
    const passed = (await account.look({ service: "events", view: "passed", region: "us-east-1", question: { limit: 10 } })) as {
      events: { "detail-type": string }[];
    };
    expect(JSON.stringify(passed)).toContain("CloudWatch Alarm State Change");
    const history = await screen(account, "cloudwatch", "DescribeAlarmHistory", { AlarmName: "errors" });
    expect((history.output.AlarmHistoryItems as { HistorySummary: string }[]).map((i) => i.HistorySummary)).toContain(
      "Alarm updated from OK to ALARM",
    );
  });

  it("spends next to nothing on an idle hour", async () => {
    const account = await openTestAccount();
    let breaths = 0;
    await account.advanceTo(START + 60 * MINUTE, {
      breathe: () => {
        breaths++;
        return undefined;
      },
    });
    expect(account.now).toBe(START + 60 * MINUTE);
    expect(breaths).toBe(0);
  });
});

describe("replay", () => {
  it("gives the same state hash from the scenario file in another account", async () => {
    const account = await openTestAccount();
    await setUp(account);
    await lines(account, "ERROR a", "ERROR b");
    await account.advanceTo(START + 7 * MINUTE);
    const hash = account.stateHash().hash;
    const { file } = readScenarioFile(writeScenarioFile(account.scenario, account.journal(), account.now, hash, []));
    const other = await createEngine({ scenario: file, storage: createMemoryStorage({ id: "other" }), kernels: referenceKernels });
    await other.load(file.commands, file.clock);
    expect(other.stateHash({ parts: true })).toEqual(account.stateHash({ parts: true }));
  });

  it("does not depend on how the clock was moved", async () => {
    const run = async (steps: readonly number[]): Promise<string> => {
      const account = await openTestAccount();
      await setUp(account);
      await lines(account, "ERROR a", "ERROR b");
      for (const step of steps) await account.advanceTo(Math.min(account.now + step, START + 10 * MINUTE));
      await account.advanceTo(START + 10 * MINUTE);
      return account.stateHash().hash;
    };
    const direct = await run([]);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 3 * MINUTE }), { maxLength: 8 }), async (steps) => {
        expect(await run(steps)).toBe(direct);
      }),
      { numRuns: 8 },
    );
  });

  it("reads of screens and looks, interleaved at random, leave the hash as it was", async () => {
    const account = await openTestAccount();
    await setUp(account);
    await account.advanceTo(START + 3 * MINUTE);
    const before = account.stateHash({ parts: true });
    await screen(account, "cloudwatch", "DescribeAlarms");
    await screen(account, "logs", "FilterLogEvents", { logGroupName: "shop" });
    await account.look({ service: "cloudwatch", view: "metricCatalog", region: "us-east-1" });
    await account.look({ service: "sns", view: "inbox", region: "us-east-1" });
    expect(account.stateHash({ parts: true })).toEqual(before);
  });
});

describe("rewinding", () => {
  it("answers at any minute what a run answered that never went further", async () => {
    const storage = createMemoryStorage({ id: "rewind" });
    const live = async (upTo: number, on = createMemoryStorage({ id: "plain" })): Promise<Account> => {
      const account = await createEngine({ scenario: scenario(), storage: on, kernels: referenceKernels });
      await setUp(account);
      for (let minute = 1; minute <= upTo; minute++) {
        await account.advanceTo(START + minute * MINUTE);
        if (minute < upTo || on === storage)
          await lines(account, ...Array.from({ length: minute % 4 }, (_, i) => `ERROR ${minute}.${i}`), "fine");
        if (minute % 5 === 0) await account.checkpoint();
      }
      return account;
    };
    const account = await live(20, storage);
    for (const minute of [13, 6, 2]) {
      const moment = START + minute * MINUTE + 30_000;
      await account.rewind(moment);
      const plain = await live(minute);
      await lines(plain, ...Array.from({ length: minute % 4 }, (_, i) => `ERROR ${minute}.${i}`), "fine");
      await plain.advanceTo(moment);
      expect(account.now).toBe(plain.now);
      expect(account.stateHash({ parts: true })).toEqual(plain.stateHash({ parts: true }));
      const question = {
        Namespace: "Shop",
        MetricName: "Errors",
        StartTime: START,
        EndTime: START + 30 * MINUTE,
        Period: 60,
        Statistics: ["Sum"],
      };
      expect((await screen(account, "cloudwatch", "GetMetricStatistics", question)).output).toEqual(
        (await screen(plain, "cloudwatch", "GetMetricStatistics", question)).output,
      );
    }
  });

  it("sets later commands aside and brings them back", async () => {
    const account = await openTestAccount();
    await setUp(account);
    await account.advanceTo(START + 3 * MINUTE);
    await person(account, "logs", "CreateLogGroup", { logGroupName: "later" });
    const hash = account.stateHash().hash;
    await account.rewind(START + 2 * MINUTE);
    expect((await screen(account, "logs", "DescribeLogGroups")).output.logGroups).toHaveLength(1);
    await account.bringBack();
    expect(account.stateHash().hash).toBe(hash);
  });

  it("undoes the last command that changed something, at the same moment of the clock", async () => {
    const account = await openTestAccount();
    await person(account, "logs", "CreateLogGroup", { logGroupName: "kept" });
    const hash = account.stateHash().hash;
    await person(account, "logs", "CreateLogGroup", { logGroupName: "mistake" });
    await person(account, "logs", "DescribeLogGroups");
    const named = async () => ((await account.undo())?.command as { input: { logGroupName: string } } | undefined)?.input.logGroupName;
    expect(await named()).toBe("mistake");
    expect(account.stateHash().hash).toBe(hash);
    expect(await named()).toBe("kept");
    expect(await named()).toBeUndefined();
  });
});

describe("reopening", () => {
  it("goes on exactly where it was, with and without a checkpoint", async () => {
    for (const withCheckpoint of [false, true]) {
      const storage = createMemoryStorage({ id: "reopen" });
      const account = await createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
      await setUp(account);
      await lines(account, "ERROR x", "ERROR y");
      await account.advanceTo(START + 5 * MINUTE);
      if (withCheckpoint) await account.checkpoint();
      await lines(account, "ERROR z");
      await account.advanceTo(START + 6 * MINUTE + 7);
      await account.saveClock();
      const hash = account.stateHash({ parts: true });
      const again = await createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
      expect(again.stateHash({ parts: true })).toEqual(hash);
    }
  });
});
