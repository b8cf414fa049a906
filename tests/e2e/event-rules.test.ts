/** A rule made by its form, an event out of the terminal, the message in the queue, and the delivery with what was sent. */
import { describe, expect, it } from "vitest";
import { awsJson, field, toPage, typeLine, useSite } from "./page.ts";

const site = useSite();
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:fulfil";
const PATTERN = '{"source": ["shop.orders"], "detail": {"cents": [{"numeric": [">", 5000]}]}}';
const entry = (detail: object): string =>
  `aws events put-events --entries '${JSON.stringify([{ Source: "shop.orders", DetailType: "OrderPlaced", Detail: JSON.stringify(detail) }])}'`;

describe("a rule made on its page", () => {
  it("says what it would match while it is written, and then sends it to its queue, to be seen with every attempt", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await awsJson(page, "sqs create-queue --queue-name fulfil");
    await typeLine(page, entry({ orderId: "o-1", cents: 9900 }));
    await typeLine(page, entry({ orderId: "o-2", cents: 120 }));
    await page.keyboard.press("Control+`");

    await toPage(page, "Event bus");
    await main.getByRole("link", { name: "Rules", exact: true }).click();
    await main.getByRole("button", { name: "Create rule" }).first().click();
    await field(main, "Name").fill("big-orders");
    const pattern = main.getByRole("textbox", { name: "Event pattern" });
    await pattern.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText(PATTERN);
    await main.getByText("Matches 1 of the last 2 events of default.").waitFor();
    // The newest event is the small order.
    await main.getByText("Differs.").waitFor();
    await main.getByRole("button", { name: "Show a match" }).click();
    await main.getByRole("heading", { name: "Why it matches" }).waitFor();

    await main.getByRole("button", { name: "Add target" }).click();
    await main.getByRole("combobox", { name: "Queue" }).click();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    expect(await main.getByRole("combobox", { name: "Queue" }).inputValue()).toBe(QUEUE);
    await field(main, "What it is sent").selectOption({ label: "A text made of it" });
    await field(main, "Values of the event, name = path, one a line").fill("id = $.detail.orderId");
    await field(main, "Template").fill('{"ship": <id>}');
    await main.getByText('{"ship": "o-1"}').waitFor();
    await main.getByRole("button", { name: "Save rule" }).click();
    await main.getByRole("heading", { level: 1, name: "big-orders" }).waitFor();
    await main.getByRole("switch", { name: "Enabled" }).waitFor();

    const { Targets } = await awsJson<{ Targets: object[] }>(page, "events list-targets-by-rule --rule big-orders");
    const InputTransformer = { InputPathsMap: { id: "$.detail.orderId" }, InputTemplate: '{"ship": <id>}' };
    expect(Targets).toEqual([{ Id: "target-1", Arn: QUEUE, InputTransformer }]);

    await typeLine(page, entry({ orderId: "o-3", cents: 7000 }));
    await typeLine(page, entry({ orderId: "o-4", cents: 70 }));
    await page.keyboard.press("Control+`");
    await main.getByRole("row", { name: /Delivered/ }).waitFor();
    await main.getByRole("row", { name: /Delivered/ }).click();
    await main.getByRole("heading", { level: 1, name: "Deliveries" }).waitFor();
    const sent = main.getByRole("region", { name: "What was sent, as JSON" });
    await sent.getByText('"ship": "o-3"').waitFor();
    await main.getByRole("table", { name: "Attempts" }).getByText("arrived").waitFor();

    await main.getByRole("region", { name: "Delivery", exact: true }).getByRole("link", { name: "OrderPlaced" }).click();
    await main.getByText("1 of 1 took it").waitFor();
    await toPage(page, "Queues");
    await main.getByText('{"ship": "o-3"}').first().waitFor();
    const { Attributes } = await awsJson<{ Attributes: { ApproximateNumberOfMessages: string } }>(
      page,
      "sqs get-queue-attributes --queue-url https://sqs.us-east-1.amazonaws.com/123456789012/fulfil --attribute-names ApproximateNumberOfMessages",
    );
    expect(Attributes.ApproximateNumberOfMessages).toBe("1");
  });

  it("is looked for in vain by an event it leaves out, which says why, and the rule is deleted with its targets", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await awsJson(page, "sqs create-queue --queue-name fulfil");
    await awsJson(page, `events put-rule --name big-orders --event-pattern '${PATTERN}'`);
    await awsJson(page, `events put-targets --rule big-orders --targets Id=1,Arn=${QUEUE}`);
    await awsJson(page, entry({ orderId: "o-2", cents: 120 }).replace(/^aws /, ""));
    await toPage(page, "Event bus");
    const rules = main.getByRole("region", { name: "What the rules said" });
    await rules.getByText("0 of 1 took it").waitFor();
    await rules.getByRole("button", { name: /^big-orders/ }).click();
    await rules.getByText("120 does not meet more than 5000.").waitFor();
    await rules.getByRole("link", { name: "Rule big-orders" }).click();
    await main.getByRole("heading", { level: 1, name: "big-orders" }).waitFor();
    await main.getByRole("button", { name: "Delete" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await main.getByText("No rule on this bus yet").first().waitFor();
    expect(await awsJson(page, "events list-rules")).toEqual({ Rules: [] });
  });
});
