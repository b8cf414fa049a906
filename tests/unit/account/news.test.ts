import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { MINUTE, openTestAccount, person, START, screen } from "./engine-harness.ts";

const REGION = "us-east-1";
const DAY = 24 * 60 * MINUTE;

/** An alarm over a metric, with a topic that mails. */
async function alarmOn(account: Account, AlarmName: string, more: object = {}): Promise<void> {
  await person(account, "cloudwatch", "PutMetricAlarm", {
    AlarmName,
    Namespace: "Shop",
    MetricName: "Errors",
    Statistic: "Sum",
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 2,
    ComparisonOperator: "GreaterThanOrEqualToThreshold",
    TreatMissingData: "notBreaching",
    ...more,
  });
}
const errors = (account: Account, at: number, Value: number) =>
  person(account, "cloudwatch", "PutMetricData", {
    Namespace: "Shop",
    MetricData: [{ MetricName: "Errors", Timestamp: new Date(at).toISOString(), Value }],
  });
const possible = (account: Account) => account.look({ service: "account", view: "news-possible", region: REGION });

describe("running until something happens", () => {
  it("stops at the first change of an alarm's state and says which", async () => {
    const account = await openTestAccount();
    await alarmOn(account, "high-errors");
    const first = await account.advanceToNews(START + DAY, REGION);
    expect(first.map((news) => news.text)).toEqual(["alarm high-errors went to OK"]);
    expect(account.now).toBe(first[0]?.at);
    await errors(account, START + 90 * MINUTE, 5);
    const second = await account.advanceToNews(START + DAY, REGION);
    expect(second.map((news) => [news.kind, news.text])).toEqual([["alarm", "alarm high-errors went to ALARM"]]);
    expect(account.now).toBeGreaterThanOrEqual(START + 90 * MINUTE);
    expect(account.now).toBeLessThan(START + 93 * MINUTE);
  });

  it("tells all that happens at one moment, and the mail that an alarm sends", async () => {
    const account = await openTestAccount();
    const topic = (await person(account, "sns", "CreateTopic", { Name: "on-call" })).output.TopicArn;
    await person(account, "sns", "Subscribe", { TopicArn: topic, Protocol: "email", Endpoint: "me@example.com" });
    const inbox = (await account.look({ service: "sns", view: "inbox", region: REGION })) as { mails: { token?: string }[] };
    await person(account, "sns", "ConfirmSubscription", { TopicArn: topic, Token: inbox.mails[0]?.token });
    await alarmOn(account, "one", { AlarmActions: [topic] });
    await alarmOn(account, "two");
    await account.advanceToNews(START + DAY, REGION);
    await errors(account, account.now + 10 * MINUTE, 5);
    const news = await account.advanceToNews(START + DAY, REGION);
    expect(news.map((one) => one.kind)).toEqual(["alarm", "mail", "alarm"]);
    expect([news[0]?.text, news[2]?.text]).toEqual(["alarm one went to ALARM", "alarm two went to ALARM"]);
    expect(news[1]?.text).toContain("me@example.com");
  });

  it("does not tell what other Regions do, nor what people did before", async () => {
    const account = await openTestAccount();
    await alarmOn(account, "here");
    await person(account, "cloudwatch", "SetAlarmState", { AlarmName: "here", StateValue: "OK", StateReason: "by hand" });
    await person(account, "events", "PutEvents", { Entries: [{ Source: "shop", DetailType: "Order", Detail: "{}" }] });
    expect(await account.advanceToNews(account.now + 60 * MINUTE, "eu-west-1")).toEqual([]);
    expect(await account.advanceToNews(account.now + 60 * MINUTE, REGION)).toEqual([]);
  });

  it("goes to the limit where nothing happens, and can be stopped", async () => {
    const account = await openTestAccount();
    expect(await possible(account)).toBe(false);
    await alarmOn(account, "quiet");
    expect(await possible(account)).toBe(true);
    await account.advanceToNews(START + DAY, REGION);
    const from = account.now;
    await errors(account, from + 60 * MINUTE, 5);
    let asked = 0;
    const news = await account.advanceToNews(from + DAY, REGION, { cancelled: () => ++asked > 3 });
    expect(news).toEqual([]);
    expect(account.now).toBeLessThan(from + 60 * MINUTE);
    expect((await account.advanceToNews(from + DAY, REGION))[0]?.text).toBe("alarm quiet went to ALARM");
  });

  it("is the same run as one without stops", async () => {
    const run = async (stops: boolean): Promise<string> => {
      const account = await openTestAccount();
      await alarmOn(account, "a");
      await errors(account, START + 30 * MINUTE, 5);
      for (let i = 0; stops && i < 3; i++) await account.advanceToNews(START + 2 * 60 * MINUTE, REGION);
      await account.advanceTo(START + 2 * 60 * MINUTE);
      return account.stateHash().hash;
    };
    expect(await run(true)).toBe(await run(false));
  });

  it("reads documents only: the views stay pure", async () => {
    const account = await openTestAccount();
    await alarmOn(account, "a");
    const before = account.stateHash().hash;
    await possible(account);
    await screen(account, "cloudwatch", "DescribeAlarms");
    expect(account.stateHash().hash).toBe(before);
  });
});
