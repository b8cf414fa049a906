import { afterEach, describe, expect, it } from "vitest";
import { setAccountInfo } from "../../../../src/app/account-info.ts";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { ATTACHED, FILTER, GROUP } from "./fake-logs.ts";
import { button, editorReady, field, open, text, type } from "./page.tsx";

afterEach(() => {
  setAccountInfo(undefined);
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

describe("creating a metric filter", () => {
  const AT_NEW = `#/logs/${encodeURIComponent(GROUP)}/filters/new?pattern=${encodeURIComponent("{ $.table = orders }")}`;

  it("previews, sends the request, says that filters only look forward, and replays the file", async () => {
    const { host, fake } = await open(AT_NEW, { attached: ATTACHED });
    await until(() => fake.looks("preview").some((asked) => asked["filterPattern"] === "{ $.table = orders }"), "the preview");
    type(field(host, "Metric namespace"), "Shop/Orders");
    type(field(host, "Metric name"), "ThrottledWrites");
    type(field(host, "Default value"), "0");
    await until(() => fake.looks("preview").at(-1)?.["defaultValue"] === 0, "the default in the preview");
    await expectAccessible(host);
    button(host, "Create").click();
    await until(() => text(host).includes("Metric filters only look forward."), "the callout");
    expect(text(host)).toMatch(/The metric filter “[^”]+” is saved\./);
    expect(text(host)).toMatch(/look forward\. “[^”]+” sees lines/);
    expect(fake.calls().at(-1)).toMatchObject({
      operation: "PutMetricFilter",
      input: {
        logGroupName: GROUP,
        filterName: "throttled-writes",
        filterPattern: "{ $.table = orders }",
        metricTransformations: [{ metricName: "ThrottledWrites", metricNamespace: "Shop/Orders", metricValue: "1", defaultValue: 0 }],
      },
    });
    await expectAccessible(host);
    const pace = field(host, "Pace") as unknown as HTMLSelectElement;
    pace.selectedIndex = 2;
    pace.dispatchEvent(new Event("change", { bubbles: true }));
    button(host, "Replay the file through it").click();
    await until(() => fake.replayed.length === 1, "the replay");
    expect(fake.replayed[0]).toEqual(["f00d", 10]);
    button(host, "Create alarm").click();
    await until(() => location.hash.startsWith("#/alarms/new?"), "the alarm's form");
    expect(Object.fromEntries(new URLSearchParams(location.hash.split("?")[1]))).toEqual({
      namespace: "Shop/Orders",
      metric: "ThrottledWrites",
      stat: "Sum",
      period: "60",
    });
  });

  it("shows a refusal at its field", async () => {
    const { host } = await open(AT_NEW, {
      reads: {
        "logs PutMetricFilter": () => {
          throw { kind: "service", code: "InvalidParameterException", message: "Value '' at 'metricName' failed to satisfy constraint" };
        },
      },
    });
    await editorReady(host);
    button(host, "Create").click();
    await until(() => field(host, "Metric name").getAttribute("aria-invalid") === "true", "the field");
    // What is plainly not filled in is said with it, and the first of them has the focus.
    expect(field(host, "Metric namespace").getAttribute("aria-invalid")).toBe("true");
    expect(document.activeElement).toBe(field(host, "Metric namespace"));
    await expectAccessible(host);
  });

  it("says once, at the metric's name, that a filter without a name is named after it", async () => {
    const message = "Value '' at 'filterName' failed to satisfy constraint: Member must have length greater than or equal to 1";
    const { host } = await open(AT_NEW, {
      reads: {
        "logs PutMetricFilter": () => {
          throw { kind: "service", code: "InvalidParameterException", message };
        },
      },
    });
    await editorReady(host);
    type(field(host, "Metric namespace"), "Shop");
    button(host, "Create").click();
    await until(() => field(host, "Metric name").getAttribute("aria-invalid") === "true", "the metric's name");
    expect(text(host)).toContain("Name the metric");
    expect(text(host)).not.toContain("filterName'");
    expect(field(host, "Filter name").getAttribute("aria-invalid")).not.toBe("true");
    expect(document.activeElement).toBe(field(host, "Metric name"));
    type(field(host, "Metric name"), "注文");
    await until(() => text(host).includes("Left empty it is 注文"), "a name of other letters");
  });

  it("takes the value from a field that is chosen in the newest lines", async () => {
    const { host, fake } = await open(AT_NEW);
    await until(() => host.querySelector('button[title="Use $.ms as metric value"]') !== null, "the fields");
    (host.querySelector('button[title="Use $.ms as metric value"]') as HTMLElement).click();
    await until(() => fake.looks("preview").at(-1)?.["metricValue"] === "$.ms", "the value");
    expect(field(host, "Metric value").value).toBe("$.ms");
  });

  it("edits a filter under its own name", async () => {
    const { host, fake } = await open(`${AT_NEW}&edit=throttled`, { filters: [FILTER] });
    await until(() => field(host, "Metric name").value === "ThrottledWrites", "the filter");
    expect(field(host, "Filter name").disabled).toBe(true);
    type(field(host, "Metric value"), "$.ms");
    button(host, "Save changes").click();
    await until(() => fake.calls().length === 1, "saved");
    expect(fake.calls()[0]?.input).toMatchObject({ filterName: "throttled", metricTransformations: [{ metricValue: "$.ms" }] });
  });
});
