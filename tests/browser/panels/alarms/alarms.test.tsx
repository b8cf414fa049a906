import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import { cursorTime, pinAt, unpin } from "../../../../src/charts/cursor.ts";
import type { UiRequest, WorkerApi } from "../../../../workers/api.ts";
import { type Fake, NOON, PULSE, type Reads } from "../../app/fake-client.ts";
import { expectAccessible, frame, mount, press, until } from "../../ui/mount.tsx";
import { AlarmsAt, CHANGED, fakeAlarms } from "./fake-alarms.tsx";

const MINUTE = 60_000;

async function open(
  hash: string,
  reads: Reads = {},
  answers: Partial<WorkerApi> = {},
  width = 1200,
): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(width, 900);
  location.hash = hash;
  setRangeChoice({ kind: "last", minutes: 30 });
  const fake = fakeAlarms(reads, answers);
  const host = mount(() => <AlarmsAt fake={fake} />, { width, height: 900 });
  return { host, fake };
}

afterEach(() => {
  delete document.documentElement.dataset["density"];
  unpin();
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

const text = (host: HTMLElement): string => (host.textContent ?? "").replace(/\s+/g, " ");
const called = (fake: Fake): UiRequest[] => fake.asked.filter(([method]) => method === "call").map(([, request]) => request as UiRequest);
const looked = (fake: Fake, view: string): Record<string, unknown>[] =>
  fake.asked
    .filter(([method, question]) => method === "look" && (question as { view: string }).view === view)
    .map(([, question]) => (question as { question: Record<string, unknown> }).question);

function button(host: ParentNode, name: string): HTMLButtonElement {
  const found = [...host.querySelectorAll("button")].find(
    (one) => one.textContent?.trim() === name || one.getAttribute("aria-label") === name,
  );
  if (found === undefined) throw new Error(`no button ${name}`);
  return found;
}

function input(host: ParentNode, label: string): HTMLInputElement {
  const found = [...host.querySelectorAll("label")].find((one) => one.textContent?.startsWith(label));
  const field = found === undefined ? null : document.getElementById(found.htmlFor);
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) throw new Error(`no field ${label}`);
  return field as HTMLInputElement;
}

function type(field: HTMLInputElement, value: string): void {
  field.value = value;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
}

describe("the list of alarms", () => {
  it("shows state as shape, word and colour, the condition as a sentence, and whether actions run", async () => {
    const { host } = await open("#/alarms");
    await until(() => host.querySelectorAll("tbody tr").length === 3, "three alarms");
    const row = [...host.querySelectorAll("tbody tr")].find((one) => one.textContent?.includes("orders-throttled")) as HTMLElement;
    expect(row.textContent).toContain("In alarm");
    expect(row.querySelector(".badge svg")).not.toBeNull();
    expect(row.textContent).toContain("Shop/Orders › ThrottledWrites");
    expect(row.textContent).toContain("≥ 20 for 3 of 5 × 1 min");
    expect(row.querySelector('[title="ThrottledWrites ≥ 20 for 3 datapoints within 5 minutes"]')).not.toBeNull();
    expect(row.textContent).toContain("09:17:00");
    expect(row.textContent).toContain("on-call");
    expect(text(host)).toContain("Off");
    await expectAccessible(host);
  });

  it("filters by state and by every word of the search, and offers the way back when nothing is left", async () => {
    const { host } = await open("#/alarms");
    await until(() => host.querySelectorAll("tbody tr").length === 3, "three alarms");
    [...host.querySelectorAll<HTMLButtonElement>(".alarms-states .chip")].find((one) => one.textContent?.startsWith("In alarm"))?.click();
    expect(host.querySelectorAll("tbody tr").length).toBe(1);
    type(input(host, "Search"), "checkout latency");
    expect(text(host)).toContain("No alarm matches");
    button(host, "Clear the filters").click();
    expect(host.querySelectorAll("tbody tr").length).toBe(3);
  });

  it("opens an alarm by Enter on its row", async () => {
    const { host } = await open("#/alarms");
    await until(() => host.querySelectorAll("tbody tr").length === 3, "three alarms");
    press(host.querySelector("tbody tr") as Element, "Enter");
    await until(() => location.hash === "#/alarms/orders-throttled", "the alarm's address");
  });

  it("says why it is empty and how to go on", async () => {
    const { host } = await open("#/alarms", { "cloudwatch DescribeAlarms": () => ({ MetricAlarms: [] }) });
    await until(() => text(host).includes("No alarms yet"), "the empty list");
    await expectAccessible(host);
    const empty = host.querySelector(".empty") as HTMLElement;
    button(empty, "Create alarm").click();
    await until(() => location.hash === "#/alarms/new", "the form");
  });

  it("follows the tokens of a long list", async () => {
    const { host, fake } = await open("#/alarms", {
      "cloudwatch DescribeAlarms": ({ NextToken }) =>
        NextToken === undefined
          ? { MetricAlarms: [], NextToken: "t1" }
          : { MetricAlarms: [{ AlarmName: "last-one", StateValue: "OK", StateUpdatedTimestamp: NOON, ActionsEnabled: true }] },
    });
    await until(() => text(host).includes("last-one"), "the second page");
    expect(fake.asked.filter(([, request]) => (request as UiRequest | undefined)?.operation === "DescribeAlarms").length).toBeGreaterThan(
      1,
    );
  });
});

describe("one alarm", () => {
  const detail = async (reads: Reads = {}, answers: Partial<WorkerApi> = {}, width = 1200) => {
    const opened = await open("#/alarms/orders-throttled", reads, answers, width);
    await until(() => opened.host.querySelector(".alarm-form") !== null, "the form");
    return opened;
  };

  it("passes axe in light and dark with form, why and what if in sight", async () => {
    const { host } = await detail();
    await until(() => host.querySelectorAll(".evs-item").length === 7, "the evaluation");
    await until(() => host.querySelector(".tchart-over") !== null, "the graph");
    await expectAccessible(host);
  });

  it("explains the evaluation at the cursor and steps to the one before", async () => {
    const { host, fake } = await detail();
    await until(() => host.querySelectorAll(".evs-item").length === 7, "the evaluation");
    pinAt(CHANGED - MINUTE);
    await until(() => host.querySelector(".why .seg")?.textContent === "09:17:00", "the evaluation of 09:17");
    expect(looked(fake, "alarmEvaluation").at(-1)).toEqual({ alarmName: "orders-throttled", at: CHANGED });
    const why = host.querySelector(".why") as HTMLElement;
    expect(text(why)).toContain("3 of 5 datapoints breach, 3 are needed.");
    expect(text(why)).toContain("CloudWatch read 7 periods, two more than N. It found 4 datapoints.");
    expect(text(why)).toContain("One of five is lacking, so one gap is filled as not breaching");
    expect(text(why)).toContain("09:13 is empty because no line matched throttled-writes, and the filter has no default value.");
    expect(text(why)).toContain("OK → In alarm");
    button(why, "Earlier evaluation").click();
    await until(() => host.querySelector(".why .seg")?.textContent === "09:16:00", "the evaluation before");
    expect(cursorTime()).toBe(CHANGED - 2 * MINUTE);
  });

  it("reads each period as a sentence", async () => {
    const { host } = await detail();
    pinAt(CHANGED - MINUTE);
    await until(() => host.querySelector(".why .seg")?.textContent === "09:17:00", "the evaluation of 09:17");
    const said = [...host.querySelectorAll(".evs-item .vh")].map((one) => one.textContent);
    expect(said).toContain("09:14: 48, breaching.");
    expect(said).toContain("09:13: no datapoint, missing, treated as not breaching.");
  });

  it("counts what differs, marks the line, shows what the change would have done, and discards it", async () => {
    const { host, fake } = await detail();
    type(input(host, "Datapoints to alarm"), "2");
    await until(() => text(host).includes("1 field differs from the saved alarm"), "the difference");
    await until(() => host.querySelectorAll(".band-row").length === 2, "the what-if band");
    expect(
      looked(fake, "whatIf").some((question) => (question["alarm"] as { DatapointsToAlarm: number } | undefined)?.DatapointsToAlarm === 2),
    ).toBe(true);
    const card = host.querySelector(".what-if") as HTMLElement;
    expect(text(card)).toContain("datapoints to alarm 3 → 2");
    await until(() => text(card).includes("Goes to ALARM at09:1709:16"), "both moments");
    button(host, "Discard").click();
    await until(() => !text(host).includes("differs"), "the saved form");
    expect(input(host, "Datapoints to alarm").value).toBe("3");
    await until(() => host.querySelectorAll(".band-row").length === 1, "no what-if band");
  });

  it("saves the whole alarm, changed members second", async () => {
    const { host, fake } = await detail();
    type(input(host, "than"), "50");
    await until(() => text(host).includes("1 field differs"), "the difference");
    button(host, "Save changes").click();
    await until(() => called(fake).length === 1, "the request");
    const request = called(fake)[0] as UiRequest;
    expect(request.operation).toBe("PutMetricAlarm");
    expect(request.input).toMatchObject({
      AlarmName: "orders-throttled",
      Threshold: 50,
      DatapointsToAlarm: 3,
      TreatMissingData: "notBreaching",
    });
    expect(request.input).not.toHaveProperty("StateValue");
    expect(request.input).not.toHaveProperty("OKActions");
  });

  it("shows a refusal at the field it speaks of", async () => {
    const { host } = await detail(
      {},
      {
        look: async ({ view }) => {
          if (view === "whatIf")
            throw { kind: "service", code: "ValidationError", message: "Period must be 10, 20, 30 or a multiple of 60" };
          return view === "alarmTimeline" ? { spans: [], transitions: [], configurations: [] } : [];
        },
      },
    );
    type(input(host, "than"), "50");
    await until(() => host.querySelector(".alarm-form .is-error") !== null, "the refused field");
    const field = host.querySelector(".alarm-form .field:has(.is-error)") as HTMLElement;
    expect(text(field)).toContain("Period");
    expect(text(field)).toContain("multiple of 60");
  });

  it("ends a what-if in the state of a change at its very end", async () => {
    const { host } = await detail(
      {},
      {
        look: async ({ view }) =>
          view === "whatIf" || view === "alarmTimeline"
            ? {
                spans: [{ state: "OK", start: NOON - 60_000, end: NOON }],
                transitions: [{ at: NOON, from: "OK", to: "ALARM", reason: "" }],
                configurations: [],
                evaluations: 1,
              }
            : [],
      },
    );
    await until(() => /State at the end\s*In alarm/.test(text(host)), "the last state");
  });

  it("folds description, unit and the other notifications away until they are wanted", async () => {
    const { host, fake } = await detail();
    const toggle = button(host, "Description, unit, other notifications");
    expect(toggle.getAttribute("aria-expanded")).toBe("false");
    toggle.click();
    type(input(host, "Description"), "writes refused");
    await until(() => text(host).includes("1 field differs"), "the difference");
    await expectAccessible(host);
    button(host, "Save changes").click();
    await until(() => called(fake).length === 1, "the request");
    expect(called(fake)[0]?.input).toMatchObject({ AlarmDescription: "writes refused" });
  });

  it("edits the same request as JSON text, and says what is no JSON", async () => {
    const { host } = await detail();
    const tab = [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent === "JSON source");
    tab?.click();
    button(host, "Edit as text").click();
    const area = host.querySelector("textarea") as HTMLTextAreaElement;
    const typed = (value: string): void => {
      area.value = value;
      area.dispatchEvent(new InputEvent("input", { bubbles: true }));
    };
    typed("{");
    expect(text(host)).toContain("Not a JSON object");
    typed(JSON.stringify({ ...JSON.parse(area.value === "{" ? "{}" : area.value), AlarmName: "orders-throttled", Threshold: 7 }));
    await until(() => text(host).includes("fields differ"), "the differences");
  });

  it("shows the history with its kinds, and a row opens AWS's own record", async () => {
    const { host } = await detail();
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent?.startsWith("History"))?.click();
    await until(() => text(host).includes("Alarm updated from OK to ALARM"), "the history");
    await expectAccessible(host);
    press(host.querySelector(".alarm-def tbody tr") as Element, "Enter");
    await until(() => host.querySelector("dialog[open]")?.textContent?.includes("version") ?? false, "the record");
  });

  it("sets the state with a reason, switches actions off, and deletes only after asking", async () => {
    const { host, fake } = await detail();
    button(host, "Set state").click();
    [...host.querySelectorAll<HTMLElement>(".menu-item")].find((one) => one.textContent === "OK")?.click();
    const dialog = await shown(host);
    await expectAccessible(dialog);
    button(dialog, "Set state").click();
    await until(() => called(fake).length === 1, "SetAlarmState");
    expect(called(fake)[0]?.input).toEqual({ AlarmName: "orders-throttled", StateValue: "OK", StateReason: "Testing from the console" });

    button(host, "Actions on").click();
    [...host.querySelectorAll<HTMLElement>("[role=menuitemradio]")].find((one) => one.textContent?.trim() === "Actions off")?.click();
    await until(() => called(fake).at(-1)?.operation === "DisableAlarmActions", "DisableAlarmActions");

    await until(() => host.querySelector("dialog[open]") === null, "the dialog closed");
    button(host, "Delete").click();
    const question = await shown(host);
    expect(called(fake).some((one) => one.operation === "DeleteAlarms")).toBe(false);
    button(question, "Delete").click();
    await until(() => location.hash === "#/alarms", "the list");
    expect(called(fake).at(-1)).toMatchObject({ operation: "DeleteAlarms", input: { AlarmNames: ["orders-throttled"] } });
  });

  it("makes the aside a tab on a phone and fits its width", async () => {
    const { host } = await detail({}, {}, 390);
    expect(host.querySelector(".why")).toBeNull();
    const why = [...host.querySelectorAll<HTMLElement>("[role=radio]")].find((one) => one.textContent === "Why");
    why?.click();
    await until(() => host.querySelectorAll(".evs-item").length === 7, "the evaluation");
    await expectAccessible(host);
    expect(host.scrollWidth).toBeLessThanOrEqual(390);
  });

  it("leads from a change in the history to Why where both do not stand beside each other", async () => {
    const { host } = await detail({}, {}, 390);
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => text(one).startsWith("History"))?.click();
    await until(() => host.querySelector(".alarm-history-bar") !== null, "the history");
    const why = [...host.querySelectorAll<HTMLButtonElement>(".tbl button")].find((one) => text(one).startsWith("Why"));
    why?.focus();
    why?.click();
    await until(() => host.querySelector(".why") !== null, "why");
    expect(host.querySelector(".side-switch [aria-checked=true]")?.textContent).toBe("Why");
    await until(() => document.activeElement === host.querySelector(".side-switch [aria-checked=true]"), "the focus");
    await until(() => text(host.querySelector(".why") as HTMLElement).includes("09:17:00"), "the evaluation of the change");
  });

  for (const [density, width] of [
    ["compact", 1440],
    ["compact", 1024],
    ["comfortable", 1440],
    ["present", 1440],
  ] as const)
    it(`keeps the steps of Why within its head, ${density} at ${width}`, async () => {
      document.documentElement.dataset["density"] = density;
      const { host } = await detail({}, {}, width);
      await until(() => host.querySelectorAll(".evs-item").length === 7, "the evaluation");
      const box = (selector: string): DOMRect => host.querySelector(selector)?.getBoundingClientRect() as DOMRect;
      const [steps, head] = [box(".why .ph .seg"), box(".why .ph")];
      expect(steps.right).toBeLessThanOrEqual(head.right);
      expect(steps.bottom).toBeLessThanOrEqual(head.bottom);
      for (const other of [box(".why .ph h2"), box(".why .why-word")])
        expect(other.width === 0 || other.right <= steps.left || other.bottom <= steps.top).toBe(true);
    });

  it("says that there is no such alarm", async () => {
    const { host } = await open("#/alarms/nothing");
    await until(() => text(host).includes("There is no alarm named nothing"), "the sentence");
  });

  it("says why an alarm on an expression is not evaluated", async () => {
    const { host } = await detail(
      {},
      {
        look: async ({ view }) => {
          if (view === "markers") return [];
          if (view === "alarmEvaluation") return { kind: "not-evaluated", alarmName: "x", sentence: "Kept, but not evaluated." };
          return { spans: [], transitions: [], configurations: [] };
        },
      },
    );
    await until(() => text(host).includes("Kept, but not evaluated."), "the sentence");
  });
});

describe("a new alarm", () => {
  it("begins with the metric of the address and foresees before it is saved", async () => {
    const { host, fake } = await open("#/alarms/new?namespace=Shop%2FOrders&metric=ThrottledWrites&stat=p99&period=30");
    await until(() => text(host).includes("Shop/Orders › ThrottledWrites"), "the metric");
    expect(input(host, "Statistic").value).toBe("p99");
    expect(input(host, "Period").value).toBe("30");
    expect(looked(fake, "whatIf")).toEqual([]);
    type(input(host, "than"), "20");
    await until(() => host.querySelectorAll(".band-row").length === 1, "the what-if band");
    expect(looked(fake, "whatIf")[0]?.["alarm"]).toMatchObject({ ExtendedStatistic: "p99", Period: 30, Threshold: 20 });
    await expectAccessible(host);
  });

  it("takes a metric out of the list", async () => {
    const { host } = await open("#/alarms/new");
    await until(() => host.querySelector(".metric-pick") !== null, "the form");
    (host.querySelector(".metric-pick") as HTMLElement).click();
    const dialog = await shown(host);
    await until(() => dialog.querySelectorAll("tbody tr").length === 3, "the metrics");
    await expectAccessible(dialog);
    const row = [...dialog.querySelectorAll("tbody tr")].find((one) => one.textContent?.includes("Stage=prod")) as HTMLElement;
    press(row, "Enter");
    await until(() => text(host).includes("Shop/Orders › Orders · Stage=prod"), "the chosen metric");
  });

  it("makes a topic and a subscription as two requests and puts the topic into the form", async () => {
    const { host, fake } = await open("#/alarms/new");
    await until(() => host.querySelector(".actions-field") !== null, "the form");
    button(host, "New topic").click();
    const dialog = await shown(host);
    type(input(dialog, "Topic name"), "pager");
    type(input(dialog, "E-mail"), "mira@example.com");
    await until(() => dialog.querySelectorAll(".awsline").length === 2, "two lines");
    await expectAccessible(dialog);
    button(dialog, "Create topic and subscribe").click();
    await until(() => called(fake).length === 2, "two requests");
    expect(called(fake).map((one) => one.operation)).toEqual(["CreateTopic", "Subscribe"]);
    expect(called(fake)[1]?.input).toEqual({
      TopicArn: "arn:aws:sns:us-east-1:123456789012:pager",
      Protocol: "email",
      Endpoint: "mira@example.com",
    });
    await until(() => input(host, "In alarm, notify").value.endsWith(":pager"), "the topic in the form");
  });

  it("makes the topic by Enter in the dialog's fields", async () => {
    const { host, fake } = await open("#/alarms/new");
    await until(() => host.querySelector(".actions-field") !== null, "the form");
    button(host, "New topic").click();
    const dialog = await shown(host);
    type(input(dialog, "E-mail"), "mira@example.com");
    press(input(dialog, "E-mail"), "Enter");
    await until(() => called(fake).length === 2, "two requests");
    expect(called(fake).map((one) => one.operation)).toEqual(["CreateTopic", "Subscribe"]);
  });

  it("shows the engine's refusal at the name and leads there, and opens the alarm once it is made", async () => {
    let isRefusing = true;
    const { host } = await open("#/alarms/new?namespace=Shop%2FOrders&metric=ThrottledWrites", {
      "cloudwatch PutMetricAlarm": () => {
        if (!isRefusing) return {};
        throw {
          kind: "service",
          code: "ValidationError",
          message:
            "1 validation error detected: Value '' at 'alarmName' failed to satisfy constraint: Member must have length greater than or equal to 1",
        };
      },
    });
    await until(() => host.querySelector(".alarm-form") !== null, "the form");
    button(host, "Create alarm").click();
    await until(() => document.activeElement === input(host, "Alarm name"), "the focus at the name");
    expect(text(host.querySelector(".alarm-form .field") as HTMLElement)).toContain("length greater than or equal to 1");
    isRefusing = false;
    type(input(host, "Alarm name"), "orders-throttled");
    button(host, "Create alarm").click();
    await until(() => location.hash === "#/alarms/orders-throttled", "the new alarm");
  });
});

async function shown(host: HTMLElement): Promise<HTMLElement> {
  await until(() => host.querySelector("dialog[open] .dialog-box") !== null, "a dialog");
  await frame();
  return host.querySelector("dialog[open]") as HTMLElement;
}

describe("a live page", () => {
  it("keeps what is typed while the alarm is read again", async () => {
    const { host, fake } = await open("#/alarms/orders-throttled");
    await until(() => host.querySelector(".alarm-form") !== null, "the form");
    const field = input(host, "than");
    field.focus();
    type(field, "77");
    await until(() => text(host).includes("1 field differs"), "the difference");
    fake.setPulse({ ...PULSE, clock: NOON + 3 * MINUTE, versions: { cloudwatch: 9 } });
    await frame();
    await frame();
    expect(document.activeElement).toBe(field);
    expect(input(host, "than").value).toBe("77");
  });
});
