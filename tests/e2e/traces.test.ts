/** A trace put on its page, found on the map, by an expression and in the list, read to its last exception; and which rule would have taken it. */
import { describe, expect, it } from "vitest";
import { awsJson, field, toPage, typeLine, useSite } from "./page.ts";

const site = useSite();

interface Summaries {
  readonly TraceSummaries: readonly { readonly Id: string; readonly HasFault: boolean }[];
}

describe("the traces page", () => {
  it("leads from a sample trace over the map and a filter expression to the segment that failed", async () => {
    const { page } = await site.open();
    const main = page.getByRole("main");
    await toPage(page, "Traces");
    await main.getByText("No trace has come yet").waitFor();
    await main.getByText("Put a sample trace", { exact: true }).click();

    // The map: a client, two services in a row, what they call.
    const map = main.getByRole("group", { name: "Services and the calls between them" });
    const orders = map.getByRole("button", { name: /^orders, DynamoDB Table, 3 requests, .* throttled/ });
    await orders.waitFor();
    expect(await map.getByRole("button").count()).toBe(5);
    const xOf = async (name: RegExp): Promise<number> => (await map.getByRole("button", { name }).boundingBox())?.x ?? Number.NaN;
    expect(await xOf(/^shop-api, ApiGateway/)).toBeLessThan(await xOf(/^checkout, Lambda/));
    expect(await xOf(/^checkout, Lambda/)).toBeLessThan(await xOf(/^orders, /));
    await orders.click();
    const service = main.getByRole("region", { name: "orders", exact: true });
    await service.getByText("3 answers: half within").waitFor();
    await service.getByRole("button", { name: "Throttled" }).click();
    const filter = main.getByRole("textbox", { name: "Filter expression" });
    await expect.poll(() => filter.innerText()).toBe('service(id(name: "orders", type: "AWS::DynamoDB::Table")) { throttle }');
    await main.getByRole("status").getByText("1 of 1 trace", { exact: true }).waitFor();

    // An expression of one's own: completed, refused at its character, then live.
    await filter.click();
    await page.keyboard.press("Control+a");
    await page.keyboard.type('service("che');
    await page.getByRole("option", { name: "checkout" }).waitFor();
    await page.keyboard.press("Enter");
    await page.keyboard.type(") { fault } && responsetime > 2");
    await main.getByText("Write AND.").waitFor();
    expect(await filter.getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.press("Control+a");
    await page.keyboard.insertText('service("checkout") { fault } AND responsetime > 2');
    await main.getByRole("status").getByText("1 of 1 trace", { exact: true }).waitFor();
    const { TraceSummaries } = await awsJson<Summaries>(
      page,
      "xray get-trace-summaries --start-time 2020-01-01T00:00:00Z --end-time 2040-01-01T00:00:00Z --filter-expression 'service(\"checkout\") { fault } AND responsetime > 2'",
    );
    expect(TraceSummaries.map(({ HasFault }) => HasFault)).toEqual([true]);

    // The waterfall, by keys, to the call that was throttled last and the exception of the function.
    const lines = main.getByRole("treegrid", { name: "Waterfall" });
    await lines.getByRole("row", { name: /^shop-api/ }).click();
    await page.keyboard.press("ArrowDown");
    const segment = main.getByRole("region", { name: "Segment checkout", exact: true });
    await segment.getByRole("tab", { name: /^Exceptions/ }).click();
    await segment.getByText("Line 3 of the order could not be saved after 4 retries.").waitFor();
    await lines.getByRole("row", { name: /4 retries/ }).click();
    const call = main.getByRole("region", { name: "Segment DynamoDB", exact: true });
    await call.getByRole("tab", { name: "Overview" }).click();
    await call.getByText("PutItem, orders, us-east-1").waitFor();
    await main.getByText(/of 2\.91 s went to/).waitFor();
    await main.getByRole("radio", { name: "Raw JSON" }).click();
    await main.getByText('"ProvisionedThroughputExceededException"').waitFor();
  });

  it("says which rule takes a request, of rules made on its page; a trace from the terminal stands in its group", async () => {
    const { page } = await site.open("#/traces/sampling");
    const main = page.getByRole("main");
    await main.getByRole("button", { name: "Create rule" }).click();
    const form = page.getByRole("dialog");
    await form.getByRole("button", { name: "Save" }).click();
    await form.getByText("RuleName is required.").waitFor();
    await field(form, "Name").fill("checkout");
    await field(form, "HTTP method").fill("POST");
    await field(form, "URL path").fill("/checkout");
    await field(form, "Rate").fill("12.5");
    await form.getByRole("button", { name: "Save" }).click();
    await form.waitFor({ state: "hidden" });
    const tried = main.getByRole("region", { name: "Try a request" });
    await field(tried, "HTTP method").fill("GET");
    await tried.getByText("Rule Default takes it").waitFor();
    await tried.getByText("does not fit: HTTPMethod POST").waitFor();
    await field(tried, "HTTP method").fill("POST");
    await tried.getByText("Rule checkout takes it").waitFor();

    await awsJson(page, "xray create-group --group-name broken --filter-expression fault");
    // A fresh account's clock begins about now.
    const start = Math.floor(Date.now() / 1000) - 90;
    const id = `1-${start.toString(16)}-0123456789abcdef01234567`;
    const document = { trace_id: id, id: "0123456789abcdef", name: "till", start_time: start, end_time: start + 1, fault: true };
    await typeLine(page, `aws xray put-trace-segments --trace-segment-documents '${JSON.stringify(document)}'`);
    await page.keyboard.press("Control+`");
    await toPage(page, "Traces");
    await main.getByRole("row", { name: /till/ }).first().waitFor();
    await main.getByRole("button", { name: "Groups" }).click();
    await page.getByRole("menuitemradio", { name: /^broken/ }).click();
    await main.getByRole("status").getByText("1 of 1 trace", { exact: true }).waitFor();
    await main.getByRole("region", { name: "Why it was sampled" }).getByText("first match").waitFor();
  });
});
