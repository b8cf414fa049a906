import { HashRouter } from "@solidjs/router";
import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { ClientContext } from "../../../../src/client/context.ts";
import { clearLines, lines, setChosenPeriod } from "../../../../src/panels/metrics/graph-lines.ts";
import { MetricsPanel } from "../../../../src/panels/metrics/MetricsPanel.tsx";
import type { UiRequest, WorkerApi } from "../../../../workers/api.ts";
import { type Fake, PULSE } from "../../app/fake-client.ts";
import { expectAccessible, frame, mount, press, until } from "../../ui/mount.tsx";
import { fakeAlarms } from "../alarms/fake-alarms.tsx";

async function open(hash = "#/metrics", answers: Partial<WorkerApi> = {}, width = 1200): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(width, 900);
  location.hash = hash;
  setRangeChoice({ kind: "last", minutes: 30 });
  const fake = fakeAlarms({ "cloudwatch PutMetricData": () => ({}) }, answers);
  const host = mount(
    () => (
      <ClientContext.Provider value={fake.client}>
        <HashRouter>
          {[
            { path: "/metrics", component: MetricsPanel },
            { path: "*", component: () => <p>elsewhere</p> },
          ]}
        </HashRouter>
      </ClientContext.Provider>
    ),
    { width, height: 900 },
  );
  return { host, fake };
}

afterEach(() => {
  clearLines();
  setChosenPeriod(undefined);
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

const text = (host: ParentNode): string => (host.textContent ?? "").replace(/\s+/g, " ");
const rows = (host: HTMLElement): HTMLElement[] => [...host.querySelectorAll<HTMLElement>(".mbrowse tbody tr")];
const button = (host: ParentNode, name: string): HTMLButtonElement => {
  const found = [...host.querySelectorAll("button")].find(
    (one) => one.textContent?.trim() === name || one.getAttribute("aria-label") === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
};
const tab = (host: HTMLElement, name: string): void =>
  [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent?.startsWith(name))?.click();
const field = (host: ParentNode, label: string): HTMLInputElement => {
  const found = [...host.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
  return document.getElementById(found?.htmlFor ?? "") as HTMLInputElement;
};
const type = (input: HTMLInputElement, value: string): void => {
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
};
const seriesAsked = (fake: Fake): { metrics: { metricName: string; stats: string[] }[]; periodSeconds: number }[] =>
  fake.asked
    .filter(([method, question]) => method === "look" && (question as { view: string }).view === "series")
    .map(
      ([, question]) => (question as { question: { metrics: { metricName: string; stats: string[] }[]; periodSeconds: number } }).question,
    );

describe("the metrics page", () => {
  it("keeps what is drawn for each account", async () => {
    const { host, fake } = await open();
    await until(() => rows(host).length === 3, "the metrics");
    rows(host)[0]?.querySelector("input")?.click();
    await until(() => lines().length === 1, "a line");
    const [drawn] = lines();
    fake.setPulse((now) => now && { ...now, account: "another" });
    await until(() => lines().length === 0, "nothing in another account");
    fake.setPulse((now) => now && { ...now, account: PULSE.account });
    await until(() => lines().length === 1, "the line again");
    expect(lines()[0]).toEqual({ ...drawn, id: lines()[0]?.id });
    localStorage.clear();
  });

  it("draws what is ticked, counts as sums and times as averages, and keeps the search while it does", async () => {
    const { host, fake } = await open();
    await until(() => rows(host).length === 3, "the metrics");
    type(field(host, "Search"), "o");
    (host.querySelector('[aria-label="Draw ThrottledWrites"]') as HTMLElement).click();
    press(rows(host).find((row) => row.textContent?.includes("Latency")) as Element, "Enter");
    await until(() => (seriesAsked(fake).at(-1)?.metrics.length ?? 0) === 2, "two lines");
    expect(
      seriesAsked(fake)
        .at(-1)
        ?.metrics.map(({ metricName, stats }) => [metricName, ...stats]),
    ).toEqual([
      ["ThrottledWrites", "Sum"],
      ["Latency", "Average"],
    ]);
    expect(field(host, "Search").value).toBe("o");
    await until(() => host.querySelectorAll(".legend button").length === 2, "the legend");
    await until(() => text(host).includes("Read from 1 min cells."), "how it was read");
    expect(text(host)).toContain("exact");
    await expectAccessible(host);
  });

  it("filters by namespace and search, and offers to clear", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the metrics");
    [...host.querySelectorAll<HTMLElement>(".mbrowse-chips .chip")].find((one) => one.textContent?.startsWith("Shop/Orders"))?.click();
    expect(rows(host).length).toBe(2);
    type(field(host, "Search"), "nothing like it");
    expect(text(host)).toContain("No metric matches");
    button(host, "Clear the search").click();
    expect(rows(host).length).toBe(3);
  });

  it("changes a line's statistic without losing the focus, and says sketch when a percentile is one", async () => {
    const { host, fake } = await open("#/metrics?namespace=Shop%2FOrders&metric=ThrottledWrites&stat=Sum");
    await until(() => lines().length === 1, "the line of the address");
    tab(host, "Drawn metrics");
    const statistic = field(host, "Statistic");
    statistic.focus();
    type(statistic, "p99");
    await until(() => seriesAsked(fake).at(-1)?.metrics[0]?.stats[0] === "p99", "the percentile");
    expect(document.activeElement).toBe(statistic);
    await until(() => text(host).includes("1 min cells, sketch"), "what was read");
    await expectAccessible(host);
  });

  it("asks with the chosen period and shows the same values as a table", async () => {
    const { host, fake } = await open("#/metrics?namespace=Shop%2FOrders&metric=ThrottledWrites");
    await until(() => lines().length === 1, "the line");
    const period = field(host, "Period") as unknown as HTMLSelectElement;
    period.selectedIndex = [...period.options].findIndex((option) => option.textContent === "1 minute");
    period.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => seriesAsked(fake).at(-1)?.periodSeconds === 60, "the period");
    button(host, "Table").click();
    await until(() => host.querySelector(".tchart-table") !== null, "the table");
    expect(text(host.querySelector(".tchart-table") as HTMLElement)).toContain("134");
    await expectAccessible(host);
  });

  it("gives the graph as aws lines and leads to an alarm with the line in its address", async () => {
    const { host } = await open("#/metrics?namespace=Shop%2FOrders&metric=ThrottledWrites&stat=p99");
    await until(() => lines().length === 1, "the line");
    tab(host, "aws line");
    await until(() => text(host).includes("GetMetricStatistics"), "the line");
    expect(text(host)).toContain('"ExtendedStatistics":["p99"]');
    button(host, "Create alarm").click();
    await until(() => location.hash.startsWith("#/alarms/new?"), "the alarm's form");
    const query = new URLSearchParams(location.hash.split("?")[1]);
    expect(Object.fromEntries(query)).toEqual({ namespace: "Shop/Orders", metric: "ThrottledWrites", stat: "p99", period: "60" });
  });

  it("publishes a datapoint and draws its metric", async () => {
    const { host, fake } = await open();
    await until(() => rows(host).length === 3, "the metrics");
    button(host, "Publish a datapoint").click();
    await until(() => host.querySelector("dialog[open] .dialog-box") !== null, "the form");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Namespace"), "Shop/Stock");
    type(field(dialog, "Metric"), "Pallets");
    type(field(dialog, "Dimensions"), "Hall=3");
    type(field(dialog, "Value"), "41");
    await frame();
    await expectAccessible(dialog);
    button(dialog, "Publish").click();
    await until(() => lines().length === 1, "the drawn metric");
    const [, request] = fake.asked.find(([method]) => method === "call") as readonly [string, UiRequest];
    expect(request.input).toEqual({
      Namespace: "Shop/Stock",
      MetricData: [{ MetricName: "Pallets", Dimensions: [{ Name: "Hall", Value: "3" }], Value: 41 }],
    });
  });

  const withoutMetrics = () => open("#/metrics", { look: async ({ view }) => (view === "metricCatalog" ? { namespaces: [] } : []) });

  it("shows three ways to a first metric when there are none", async () => {
    const { host } = await withoutMetrics();
    await until(() => text(host).includes("No metrics yet"), "the empty list");
    expect(text(host)).toContain("Metric filters on log groups");
    expect(text(host)).toContain("A line appears here once a metric has a datapoint.");
    await expectAccessible(host);
    const ways = host.querySelector(".no-metrics") as HTMLElement;
    button(ways, "Publish a datapoint").click();
    await until(() => host.querySelector("dialog[open] .dialog-box") !== null, "the form");
  });

  it.each([
    ["Go to Home", "#/"],
    ["Choose a log group", "#/logs"],
  ])("leads on by %s", async (name, hash) => {
    const { host } = await withoutMetrics();
    await until(() => host.querySelector(".no-metrics") !== null, "the ways");
    button(host, name).click();
    await until(() => location.hash === hash, hash);
  });

  it("offers the newest metrics while nothing is drawn", async () => {
    const { host } = await open();
    await until(() => host.querySelectorAll(".graph-offers .chip").length === 3, "the offers");
    await expectAccessible(host);
    button(host, "Orders · Stage=prod").click();
    await until(() => lines().length === 1, "the line");
    expect(lines()[0]).toMatchObject({ namespace: "Shop/Orders", metricName: "Orders", stat: "Sum" });
    await until(() => host.querySelector(".graph-offers") === null, "the graph");
  });

  it("draws what a link names while it is open already", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the metrics");
    location.hash = "#/metrics?namespace=Shop%2FCheckout&metric=Latency&stat=p90";
    await until(() => lines().length === 1, "the line");
    expect(lines()[0]).toMatchObject({ metricName: "Latency", stat: "p90" });
  });

  it("hides and shows a line from its legend, and changes its statistic, by keyboard alone", async () => {
    const { host, fake } = await open("#/metrics?namespace=Shop%2FOrders&metric=ThrottledWrites&stat=Sum");
    await until(() => host.querySelector(".legend button") !== null, "the legend");
    (host.querySelector(".legend button") as HTMLElement).focus();
    await userEvent.keyboard("{Enter}");
    await until(() => host.querySelector(".legend button")?.getAttribute("aria-pressed") === "false", "the line hidden");
    await userEvent.keyboard("{Enter}");
    await until(() => host.querySelector(".legend button")?.getAttribute("aria-pressed") === "true", "the line shown");
    host.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
    await userEvent.keyboard("{ArrowRight}");
    await until(() => host.querySelector(".gline") !== null, "the drawn metrics");
    for (let step = 0; step < 4 && document.activeElement?.getAttribute("role") !== "combobox"; step++) await userEvent.keyboard("{Tab}");
    expect(document.activeElement).toBe(field(host, "Statistic"));
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
    await until(() => seriesAsked(fake).at(-1)?.metrics[0]?.stats[0] === "Average", "the statistic");
  });

  it("shows why a read failed and offers to try again", async () => {
    const { host } = await open("#/metrics?namespace=A&metric=B&stat=zz", {
      look: async ({ view }) => {
        if (view === "series") throw { kind: "service", code: "InvalidParameterValue", message: '"zz" is not a statistic.' };
        return { namespaces: [] };
      },
    });
    await until(() => text(host).includes('"zz" is not a statistic.'), "the refusal");
    button(host, "Try again");
  });

  it("offers metrics of long names within a phone's width", async () => {
    const Name = "LogGroupName";
    const metrics = [
      { metricName: "IncomingBytes", dimensions: [{ Name, Value: "/imported/".repeat(12) }], units: [], first: 1, last: 2, samples: 3 },
    ];
    const { host } = await open("#/metrics", { look: async () => ({ namespaces: [{ namespace: "AWS/Logs", metrics }] }) }, 390);
    await until(() => host.querySelectorAll(".graph-offers .chip").length === 1, "the offer");
    const card = host.querySelector(".graph-card") as HTMLElement;
    for (const one of card.querySelectorAll(".chip, .empty-why")) {
      expect(one.getBoundingClientRect().left).toBeGreaterThanOrEqual(card.getBoundingClientRect().left);
      expect(one.getBoundingClientRect().right).toBeLessThanOrEqual(card.getBoundingClientRect().right);
    }
    await expectAccessible(host);
  });

  it("fits a phone", async () => {
    const { host } = await open("#/metrics?namespace=Shop%2FOrders&metric=ThrottledWrites", {}, 390);
    await until(() => rows(host).length === 3, "the metrics");
    tab(host, "Drawn metrics");
    await frame();
    await expectAccessible(host);
    expect(host.scrollWidth).toBeLessThanOrEqual(390);
  });
});
