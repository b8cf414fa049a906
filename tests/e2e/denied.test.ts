/** The intruder is denied; the history says why to the statement; the simulator agrees; a trail has delivered the record. */

import type { Page } from "playwright";
import { describe, expect, it } from "vitest";
import { advance, aws, awsJson, field, toPage, useSite } from "./page.ts";

const site = useSite();

async function actAs(page: Page, name: string): Promise<void> {
  await page.getByRole("button", { name: /^Identity:/ }).click();
  await page.getByRole("menuitemradio", { name: new RegExp(`^${name}`) }).click();
  await page.getByRole("button", { name: `Identity: ${name}` }).waitFor();
}

describe("a denied call", () => {
  it("is said with its identity, stands in the history with the why, and the simulator agrees", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await actAs(page, "intruder");
    await page.evaluate(() => window.nephoscope?.aws("sqs create-queue --queue-name loot"));
    await toPage(page, "Log groups");
    await main.getByText("AccessDeniedException: denied to intruder.").first().waitFor();
    await main.getByRole("button", { name: "Why" }).first().click();
    const dialog = page.getByRole("dialog", { name: "Why logs:DescribeLogGroups was denied" });
    await dialog.getByText("What is missing").first().waitFor();
    await page.keyboard.press("Escape");

    await actAs(page, "admin");
    await toPage(page, "Event history");
    await main.getByRole("row", { name: /CreateQueue/ }).click();
    const why = main.getByRole("region", { name: "Why CreateQueue was denied" });
    await why.getByText("Implicit deny").waitFor();
    await why.getByText("1 statement about other actions").waitFor();
    await why.getByRole("link", { name: "Try it in the simulator" }).click();
    await main.getByRole("heading", { level: 1, name: "Simulator" }).waitFor();
    await main.getByRole("row", { name: /Denied \(implicit\).*sqs:CreateQueue/ }).waitFor();

    await page.goBack();
    await main.getByRole("link", { name: "Give it to intruder" }).click();
    const editor = page.getByRole("dialog", { name: "New inline policy" });
    await editor.getByText("Allow sqs:CreateQueue on loot").waitFor();
    await editor.getByRole("button", { name: "Save" }).click();
    await main.getByText("Allow sqs:CreateQueue on loot").waitFor();
    await main.getByRole("button", { name: "Simulate" }).click();
    await field(main, "Actions, one a line").fill("sqs:CreateQueue\nsqs:DeleteQueue");
    await field(main, /^Resources, one ARN a line/).fill("arn:aws:sqs:us-east-1:123456789012:loot");
    await main.getByRole("row", { name: /Allowed.*sqs:CreateQueue.*AllowCreateQueue, statement 1/ }).waitFor();
    await main.getByRole("row", { name: /Denied \(implicit\).*sqs:DeleteQueue/ }).waitFor();

    await actAs(page, "intruder");
    expect((await aws(page, "sqs create-queue --queue-name loot")).exitCode).toBe(0);
    expect((await aws(page, "sqs list-queues")).stderr).toContain("AccessDenied");
  });

  it("by an explicit deny is explained by the statement in the policy's text", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await aws(page, "cloudtrail stop-logging --name any");
    await toPage(page, "Event history");
    const why = main.getByRole("region", { name: "Why StopLogging was denied" });
    await why.getByText("Explicit deny", { exact: true }).waitFor();
    await why.locator(".ln.hb", { hasText: "KeepTheTrail" }).waitFor();
    await why.getByRole("link", { name: "Open ProtectAuditTrail" }).click();
    await main.getByText("Deny cloudtrail:DeleteTrail, cloudtrail:StopLogging").waitFor();
  });
});

describe("a trail made on its page", () => {
  it("with bucket, log group and role in one step delivers, and its file opens with the denied call in it", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await actAs(page, "admin");
    await toPage(page, "Trails");
    await main.getByRole("button", { name: "Create trail" }).first().click();
    await main.getByRole("switch", { name: "Send records to a log group too" }).click();
    await main.getByText("A new role that CloudTrail may assume").waitFor();
    await main.getByRole("button", { name: "Create trail" }).click();
    await main.getByRole("heading", { level: 1, name: "management-events" }).waitFor();

    await actAs(page, "intruder");
    await aws(page, "sqs create-queue --queue-name loot");
    await actAs(page, "admin");
    await advance(page, 600);
    await main.getByRole("tab", { name: "Files" }).click();
    await main
      .getByRole("button", { name: /json\.gz/ })
      .first()
      .click();
    await main.getByRole("row", { name: /CreateQueue.*intruder.*AccessDenied/ }).click();
    await main.getByRole("region", { name: "Record" }).getByText('"userName": "intruder"').waitFor();
    const download = page.waitForEvent("download");
    await main.getByRole("button", { name: "Download" }).click();
    expect((await download).suggestedFilename()).toMatch(/^123456789012_CloudTrail_us-east-1_.*\.json\.gz$/);
    const { logStreams } = await awsJson<{ logStreams: object[] }>(
      page,
      "logs describe-log-streams --log-group-name /aws/cloudtrail/management-events",
    );
    expect(logStreams.length).toBeGreaterThan(0);
  });
});
