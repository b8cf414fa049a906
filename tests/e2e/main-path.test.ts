/** The main job on the built page, as a person does it: from a log file to an alarm, a mail, an event, a record, a link. */
import { readFile } from "node:fs/promises";
import { deflateRawSync } from "node:zlib";
import type { Download, Page } from "playwright";
import { describe, expect, it } from "vitest";
import type { StateHash } from "../../workers/account/contract.ts";
import {
  advance,
  aws,
  awsJson,
  dropFile,
  field,
  goTo,
  hashOf,
  ownLog,
  type Profile,
  pause,
  ready,
  toPage,
  typeLine,
  useSite,
} from "./page.ts";

const site = useSite();
const GROUP = "/imported/till";
/** 40 minutes; the printer runs out of paper after 15. */
const LOG = ownLog({ lines: 480, everySeconds: 5, failEvery: 4, failFrom: 180 });
const LAST = Date.UTC(2026, 4, 5, 9, 0, 0) + 479 * 5000;

async function importFile(page: Page, mode: "History" | "Replay", text = LOG, name = "till.log"): Promise<void> {
  await dropFile(page, name, text);
  await page.getByText("First events").waitFor();
  await page.getByRole("radiogroup", { name: "How" }).getByText(mode, { exact: true }).click();
  await page.getByRole("button", { name: mode === "History" ? "Import" : "Replay", exact: true }).click();
  await page.getByRole("link", { name: "Log groups" }).first().waitFor();
  await expect.poll(() => page.url(), { timeout: 30_000 }).toContain(`#/logs/${encodeURIComponent(GROUP)}`);
}

const clockNow = async (page: Page): Promise<string> =>
  (
    await page
      .getByRole("region", { name: "Account clock" })
      .getByText(/^\d\d:\d\d:\d\d$/)
      .innerText()
  ).trim();

describe("a log file dropped on the page", () => {
  it("shows what it holds first, and as history stands in a log group whose account's clock is just after its last event", async () => {
    const { page } = await site.open();
    await dropFile(page, "till.log", LOG);
    const preview = page.getByRole("main");
    await preview.getByRole("heading", { name: "Import till.log" }).waitFor();
    await preview.getByText("First events").waitFor();
    await preview.getByText("receipt r-1000 printed in 20 ms").waitFor();
    expect(await field(page, "Log group").inputValue()).toBe(GROUP);
    expect(await preview.getByText("2026-05-05 09:00:00").count()).toBeGreaterThan(0);
    await page.getByRole("button", { name: "Import", exact: true }).click();
    await page.getByText("480 events imported. The clock stands just after the last one").waitFor();
    await page.getByRole("region", { name: "Account clock" }).getByRole("button", { name: "Play", exact: true }).waitFor();
    const table = page.getByRole("grid", { name: "Log events" });
    await table.getByText("receipt r-1478 printed").waitFor();
    expect(Number(await table.getAttribute("aria-rowcount"))).toBeGreaterThanOrEqual(480);
    expect(await clockNow(page)).toBe("09:39:56");
    const { events } = await awsJson<{ events: { timestamp: number; message: string }[] }>(
      page,
      `logs filter-log-events --log-group-name ${GROUP} --filter-pattern ERROR`,
    );
    expect(events).toHaveLength(75);
    // The stack line belongs to the event before it.
    expect(events.at(-1)).toMatchObject({ timestamp: LAST, message: expect.stringContaining("\n    at print (till.js:12:3)") });
  });

  it("as a replay feeds a metric filter, an alarm, a mail, an event and the event history", async () => {
    const { page } = await site.open();
    await importFile(page, "Replay");
    await makeFilter(page);

    await page.getByRole("radiogroup", { name: "Speed" }).getByText("60×", { exact: true }).click();
    await expect.poll(async () => metricNames(page), { timeout: 60_000 }).toContain("TillErrors");
    // The clock stands while forms are filled: on a slow machine the quiet quarter of an hour would be over before the alarm is there.
    await pause(page);

    await toPage(page, "Metrics");
    await page.getByRole("checkbox", { name: /^Draw TillErrors/ }).check();
    await page.getByRole("tab", { name: /^Drawn metrics/ }).click();
    const drawn = page.getByRole("main");
    await drawn
      .getByLabel(/^Statistic/)
      .first()
      .waitFor();
    await page.getByRole("img", { name: /Graph/ }).or(page.getByRole("application")).first().waitFor();

    await page.getByRole("button", { name: "Create alarm", exact: true }).first().click();
    await makeAlarm(page);
    await page.getByRole("heading", { level: 1, name: "till-errors" }).waitFor();

    await toPage(page, "Inbox");
    await page.getByRole("button", { name: "Confirm subscription" }).first().click();
    await page.getByText("Subscription confirmed.").first().waitFor();

    await toPage(page, "Alarms");
    await page.getByRole("row", { name: /till-errors/ }).click();
    const head = page.getByRole("main");
    await page.getByRole("button", { name: "Play", exact: true }).click();
    await head.getByText("OK", { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole("radiogroup", { name: "Speed" }).getByText("600×", { exact: true }).click();
    await head.getByText("In alarm", { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole("button", { name: "Pause" }).click();

    // Why: the datapoints that decided.
    await page.getByRole("button", { name: /^since / }).click();
    await head.getByText("OK → In alarm").first().waitFor();
    await head
      .getByText(
        /Threshold Crossed: 1 (?:datapoint|out of the last 1 datapoints?) \[\d+\.0 \(\d\d\/\d\d\/\d\d \d\d:\d\d:00\)\] was greater than the threshold \(0\.0\)/,
      )
      .first()
      .waitFor();
    const history = await awsJson<{ AlarmHistoryItems: { HistorySummary: string }[] }>(
      page,
      "cloudwatch describe-alarm-history --alarm-name till-errors --history-item-type StateUpdate",
    );
    const summaries = history.AlarmHistoryItems.map((item) => item.HistorySummary).reverse();
    expect(summaries.slice(0, 2)).toEqual(["Alarm updated from INSUFFICIENT_DATA to OK", "Alarm updated from OK to ALARM"]);

    await toPage(page, "Inbox");
    await page
      .getByRole("row", { name: /ALARM: "till-errors" in US East \(N\. Virginia\)/ })
      .first()
      .click();
    await page
      .getByText(/You are receiving this email because your Amazon CloudWatch Alarm "till-errors"|"AlarmName":"till-errors"|AlarmName/)
      .first()
      .waitFor();

    await toPage(page, "Event bus");
    await page
      .getByRole("row", { name: /CloudWatch Alarm State Change aws\.cloudwatch.*till-errors/ })
      .first()
      .click();
    await page.getByRole("heading", { name: "CloudWatch Alarm State Change" }).waitFor();

    await toPage(page, "Event history");
    for (const [name, parameter] of [
      ["CreateLogGroup", GROUP],
      ["PutMetricFilter", "TillErrors"],
      ["PutMetricAlarm", "GreaterThanThreshold"],
    ] as const) {
      await page.getByLabel("Anywhere in the record").fill(name);
      await page
        .getByRole("row", { name: new RegExp(`\\b${name} `) })
        .first()
        .click();
      await page.getByRole("heading", { level: 2, name }).waitFor();
      await page.getByRole("main").getByText(parameter).first().waitFor();
    }
    await page.getByLabel("Anywhere in the record").fill("PutLogEvents");
    await page.getByText("No event fits").waitFor();
    expect(await field(page, "Operation").inputValue()).toBe("PutLogEvents");
    await page
      .getByText(/data event/i)
      .first()
      .waitFor();
  });
});

async function metricNames(page: Page): Promise<readonly string[]> {
  const { Metrics } = await awsJson<{ Metrics: { MetricName: string }[] }>(page, "cloudwatch list-metrics --namespace Till");
  return Metrics.map((metric) => metric.MetricName);
}

/** By the form on the log group's page; its preview says how many of the lines that are there match. */
async function makeFilter(page: Page): Promise<void> {
  await page
    .getByRole("link", { name: "Create metric filter" })
    .or(page.getByRole("button", { name: "Create metric filter" }))
    .first()
    .click();
  await page.getByRole("heading", { level: 1, name: "Create metric filter" }).waitFor();
  const form = page.getByRole("main");
  await form
    .getByRole("textbox", { name: "Filter pattern" })
    .or(form.getByRole("combobox", { name: "Filter pattern" }))
    .first()
    .fill('"out of paper"');
  await form.getByRole("combobox", { name: "Metric namespace" }).fill("Till");
  await form.getByRole("combobox", { name: "Metric name", exact: true }).fill("TillErrors");
  await page.keyboard.press("Escape");
  await field(form, "Filter name").fill("printer");
  await field(form, "Default value").fill("0");
  await form.getByRole("button", { name: "Create", exact: true }).click();
  await form.getByText("Metric filters only look forward.").first().waitFor();
}

/** The form, filled from the graph; its topic and the topic's first reader are made on the way. */
async function makeAlarm(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "Create alarm" }).waitFor();
  const form = page.getByRole("main");
  await field(form, "Alarm name").fill("till-errors");
  await form.getByRole("combobox", { name: "Statistic" }).fill("Sum");
  await page.keyboard.press("Escape");
  await field(form, "Period").selectOption({ label: "1 minute" });
  await form.getByLabel(/^Whenever TillErrors is/).selectOption("GreaterThanThreshold");
  await field(form, "than").fill("0");
  await field(form, "Evaluation periods").fill("1");
  await field(form, "Datapoints to alarm").fill("1");
  await form.getByRole("button", { name: "New topic" }).first().click();
  const dialog = page.getByRole("dialog");
  await field(dialog, "Topic name").fill("till-watch");
  await field(dialog, "E-mail").fill("ada@example.com");
  await dialog.getByRole("button", { name: "Create topic and subscribe" }).click();
  await dialog.waitFor({ state: "hidden" });
  await form.getByRole("button", { name: "Create alarm" }).click();
}

describe("the terminal", () => {
  it("takes the three lines of the course notes as they stand", async () => {
    const { page } = await site.open();
    const empty = await typeLine(page, "aws cloudwatch list-metrics --namespace AWS/EC2");
    expect(empty).toContain('"Metrics": []');
    const put = [
      "aws cloudwatch put-metric-data \\",
      "--metric-name CPUUtilization \\",
      "--namespace EC2 \\",
      "--dimensions InstanceType=t2.micro,AvailabilityZone=us-east-1a \\",
      "--value 70 \\",
      "--unit Percent",
    ].join("\n");
    expect(await typeLine(page, put)).not.toMatch(/error|exit code/i);
    const { Metrics } = await awsJson<{ Metrics: unknown[] }>(page, "cloudwatch list-metrics --namespace EC2");
    expect(Metrics).toEqual([
      {
        Namespace: "EC2",
        MetricName: "CPUUtilization",
        Dimensions: [
          { Name: "AvailabilityZone", Value: "us-east-1a" },
          { Name: "InstanceType", Value: "t2.micro" },
        ],
      },
    ]);
    const from = await day(page, 0);
    const to = await day(page, 1);
    const printed = await typeLine(
      page,
      `aws cloudwatch get-metric-statistics --namespace EC2 --metric-name CPUUtilization --dimensions Name=InstanceType,Value=t2.micro Name=AvailabilityZone,Value=us-east-1a --start-time ${from} --end-time ${to} --period 300 --statistics Average`,
    );
    expect(printed).toContain('"Average": 70.0');
    expect(printed).toContain('"Unit": "Percent"');
  });
});

/** The account's day (or the one after), as the clock bar tells it. */
async function day(page: Page, plus: number): Promise<string> {
  const text = (await page.getByRole("region", { name: "Account clock" }).innerText()).match(/\d{1,2} [A-Z][a-z]+ \d{4}/)?.[0];
  if (text === undefined) throw new Error("The clock bar shows no day.");
  return new Date(Date.parse(`${text} UTC`) + plus * 86_400_000).toISOString().slice(0, 10).concat("T00:00:00Z");
}

/** The address that the Share dialog copies. */
async function copyLink(page: Page): Promise<{ readonly link: string; readonly hash: string }> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share this account" });
  await dialog
    .getByRole("button", { name: "Copy Link" })
    .or(dialog.getByRole("button", { name: /Copy/ }))
    .first()
    .click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const hash = (await dialog.innerText()).match(/[0-9a-f]{32}/)?.[0] ?? "";
  return { link, hash };
}

/** Another browser on the link, which must give the sender's numbers. */
async function openSame(link: string): Promise<Profile> {
  const other = await site.open(link.slice(site.address().length));
  await other.page.getByText("Opened. Same numbers as the sender.").waitFor();
  return other;
}

/** A browser that has taken our log in as history, its clock standing, and its state hash. */
async function imported(): Promise<Profile & { readonly mine: StateHash }> {
  const first = await site.open();
  await importFile(first.page, "History");
  await pause(first.page);
  return { ...first, mine: await hashOf(first.page) };
}

/** The scenario file that the Share dialog saves, once it names the file it carries. */
async function downloadScenario(page: Page): Promise<Download> {
  await page.getByRole("button", { name: "Share", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Share this account" });
  await dialog.getByText("till.log").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    dialog.getByRole("button", { name: "Download scenario file" }).click(),
  ]);
  return download;
}

async function work(page: Page): Promise<void> {
  await pause(page);
  for (const line of [
    "logs create-log-group --log-group-name /shop/till",
    "logs create-log-stream --log-group-name /shop/till --log-stream-name a",
    "sns create-topic --name pager",
    "sqs create-queue --queue-name backlog",
    "cloudwatch put-metric-data --namespace Shop --metric-name Orders --value 3",
    "cloudwatch put-metric-alarm --alarm-name orders --namespace Shop --metric-name Orders --statistic Sum --period 60 --evaluation-periods 1 --threshold 2 --comparison-operator GreaterThanThreshold",
  ]) {
    await awsJson(page, line);
  }
  await advance(page, 300);
}

describe("sharing", () => {
  it("opens by its link in another browser as the same account with the same state hash", async () => {
    const first = await site.open();
    await work(first.page);
    const { link, hash } = await copyLink(first.page);
    expect(link.startsWith(`${site.address()}#/s/1.`)).toBe(true);
    const mine = await hashOf(first.page);
    expect(hash).toBe(mine.hash);
    const other = await openSame(link);
    await pause(other.page);
    // The address is a plain one again, and the account is the same.
    expect(other.page.url()).not.toContain("#/s/");
    const theirs = await hashOf(other.page);
    expect(theirs.parts).toEqual(mine.parts);
    expect(theirs.hash).toBe(mine.hash);
    await toPage(other.page, "Alarms");
    await other.page.getByRole("row", { name: /orders/ }).waitFor();
  });

  it("needs no file for the built-in sample: the page that opens the link makes the very same one", async () => {
    const first = await site.open();
    await first.page.getByRole("button", { name: "Open the sample" }).click();
    await first.page.getByText("First events").waitFor();
    await first.page.getByRole("button", { name: "Import", exact: true }).click();
    await first.page.getByText(/events imported/).waitFor();
    await awsJson(
      first.page,
      "logs put-metric-filter --log-group-name /imported/corner-shop-checkout --filter-name failed --filter-pattern ERROR --metric-transformations metricName=Failed,metricNamespace=Shop,metricValue=1",
    );
    const mine = await hashOf(first.page);
    const { link } = await copyLink(first.page);
    const other = await openSame(link);
    expect(await other.page.getByText(/lacks/).count()).toBe(0);
    expect((await hashOf(other.page)).hash).toBe(mine.hash);
  });

  it("names the file that a link lacks, and is the same account once it is dropped", async () => {
    const first = await site.open();
    await importFile(first.page, "History");
    await pause(first.page);
    await awsJson(first.page, "sns create-topic --name pager");
    const mine = await hashOf(first.page);
    const { link } = await copyLink(first.page);
    await first.page.getByRole("dialog").getByText("till.log").waitFor();

    const other = await site.open(link.slice(site.address().length));
    await other.page
      .getByRole("heading", { name: /^This account lacks till\.log \(\d+ kB\)$/ })
      .first()
      .waitFor();
    await other.page.getByText(`Until it is here ${GROUP} has none of its lines`).waitFor();
    await goTo(other.page, `${site.address()}#/logs/${encodeURIComponent(GROUP)}`);
    await other.page.getByRole("heading", { name: /^This account lacks till\.log/ }).waitFor();
    await dropFile(other.page, "till.log", LOG);
    await other.page.getByText("till.log is here now. Same numbers as the sender.").waitFor();
    expect(await other.page.getByRole("heading", { name: /This account lacks/ }).count()).toBe(0);
    await pause(other.page);
    const theirs = await hashOf(other.page);
    expect(theirs.parts).toEqual(mine.parts);
    expect(theirs.hash).toBe(mine.hash);
    const found = await awsJson<{ events: unknown[] }>(
      other.page,
      `logs filter-log-events --log-group-name ${GROUP} --filter-pattern ERROR`,
    );
    expect(found.events).toHaveLength(75);
  });

  it("puts the file's bytes into the scenario file, which is then enough", async () => {
    const { mine, ...first } = await imported();
    const download = await downloadScenario(first.page);
    const text = await readFile(await download.path(), "utf8");
    expect(download.suggestedFilename()).toBe("account.nephoscope.json");

    const other = await site.open();
    await dropFile(other.page, "account.nephoscope.json", text, "application/json");
    await expect.poll(async () => (await hashOf(other.page)).hash, { timeout: 20_000 }).toBe(mine.hash);
    await other.page.getByRole("link", { name: /^Log groups 1$/ }).waitFor();
  });

  it("carries the bytes for whoever opens the file by the script door as well", async () => {
    const { mine, ...first } = await imported();
    const download = await downloadScenario(first.page);
    const packed = deflateRawSync(await readFile(await download.path())).toString("base64url");
    const other = await site.open();
    await other.page.evaluate(async (link) => {
      await window.nephoscope?.open(link);
      await window.nephoscope?.clock.pause();
    }, `#/s/1.${packed}`);
    expect((await hashOf(other.page)).hash).toBe(mine.hash);
  });
});

describe("a tab that ends in the middle of things", () => {
  for (const how of ["closed without warning", "killed with the whole browser"] as const) {
    it(`${how} loses nothing that was acknowledged`, async () => {
      const first = await site.open();
      const { page } = first;
      await work(page);
      const mine = await hashOf(page);
      const clock = await clockNow(page);
      // A storm of commands; those that answered before the end are acknowledged.
      const done: string[] = [];
      await page.exposeFunction("acknowledged", (name: string) => void done.push(name));
      const storm = page.evaluate(async () => {
        const told = (window as unknown as { acknowledged: (name: string) => Promise<void> }).acknowledged;
        for (let at = 0; at < 5000; at++) {
          const name = `q-${at}`;
          const answer = await window.nephoscope?.aws(`sqs create-queue --queue-name ${name}`);
          if (answer?.exitCode === 0) await told(name);
        }
      });
      storm.catch(() => undefined);
      await expect.poll(() => done.length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(20);
      if (how === "closed without warning") {
        await page.close({ runBeforeUnload: false });
        await first.close();
      } else await first.kill();

      const again = await site.open("", { profile: first.folder });
      await pause(again.page);
      const names = ((await awsJson<{ QueueUrls?: string[] }>(again.page, "sqs list-queues --queue-name-prefix q-")).QueueUrls ?? []).map(
        (url) => url.slice(url.lastIndexOf("/") + 1),
      );
      expect(done.filter((name) => !names.includes(name))).toEqual([]);
      // At most the one that was under way came through unacknowledged.
      expect(names.length - done.length).toBeLessThanOrEqual(1);
      expect((await clockNow(again.page)) >= clock).toBe(true);
      // What the storm did not touch is as it was, to the bit.
      const theirs = await hashOf(again.page);
      expect(theirs.parts?.["cloudwatch"]).toBe(mine.parts?.["cloudwatch"]);
      expect(theirs.parts?.["logs"]).toBe(mine.parts?.["logs"]);
      expect(theirs.parts?.["sns"]).toBe(mine.parts?.["sns"]);
      // And the journal alone gives the same account in a third browser.
      const { link } = await copyLink(again.page);
      await openSame(link);
    });
  }

  it("in the middle of an import leaves the file whole or not there at all", async () => {
    const first = await site.open();
    await dropFile(first.page, "till.log", ownLog({ lines: 60_000, everySeconds: 1, failEvery: 9 }));
    await first.page.getByText("First events").waitFor();
    await first.page.getByRole("button", { name: "Import", exact: true }).click();
    await first.page.waitForTimeout(150);
    await first.kill();
    const again = await site.open("", { profile: first.folder });
    const { logGroups } = await awsJson<{ logGroups: { logGroupName: string }[] }>(again.page, "logs describe-log-groups");
    if (logGroups.length > 0) {
      const { events } = await awsJson<{ events: unknown[] }>(
        again.page,
        `logs filter-log-events --log-group-name ${GROUP} --filter-pattern ERROR --limit 5`,
      );
      expect(events).toHaveLength(5);
    }
    await goTo(again.page, site.address());
    await ready(again.page);
    expect((await aws(again.page, "sts get-caller-identity")).exitCode).toBe(0);
  });
});
