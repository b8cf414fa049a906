import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { setRangeChoice } from "../../../../src/app/time-range.ts";
import type { AlarmProblem } from "../../../../src/panels/alarms/answers.ts";
import type { LookQuestion } from "../../../../workers/account/contract.ts";
import type { Fake } from "../../app/fake-client.ts";
import { expectAccessible, mount, until } from "../../ui/mount.tsx";
import { ALARM, AlarmsAt, fakeAlarms, look } from "./fake-alarms.tsx";

afterEach(() => {
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

const text = (host: Element | null): string => (host?.textContent ?? "").replace(/\s+/g, " ");
const button = (host: ParentNode, name: string): HTMLButtonElement =>
  [...host.querySelectorAll("button")].find((one) => one.textContent?.trim() === name) as HTMLButtonElement;
const fieldOf = (host: ParentNode, label: string): HTMLElement =>
  [...host.querySelectorAll<HTMLElement>(".field")].find((one) =>
    one.querySelector("label")?.textContent?.startsWith(label),
  ) as HTMLElement;
const type = (field: HTMLElement, value: string): void => {
  const input = field.querySelector("input") as HTMLInputElement;
  input.value = value;
  input.dispatchEvent(new InputEvent("input", { bubbles: true }));
};

/** A form whose engine refuses what `refuse` says of the request. */
async function open(hash: string, refuse: (alarm: Readonly<Record<string, unknown>>) => readonly AlarmProblem[]) {
  await page.viewport(1200, 900);
  location.hash = hash;
  const answer = async ({ view, question }: LookQuestion): Promise<unknown> => {
    const asked = question as { readonly alarm: Readonly<Record<string, unknown>> };
    return view === "alarmProblems" ? refuse(asked.alarm) : look(view, question as Readonly<Record<string, unknown>>);
  };
  const fake = fakeAlarms({}, { look: answer });
  const host = mount(() => <AlarmsAt fake={fake} />, { width: 1200, height: 900 });
  await until(() => host.querySelector(".alarm-form") !== null, "the form");
  return { host, fake };
}
const calls = (fake: Fake): number => fake.asked.filter(([method]) => method === "call").length;
const problem = (member: string, hint?: string): AlarmProblem => ({
  member,
  code: "ValidationError",
  message: `${member} is wrong`,
  ...(hint === undefined ? {} : { hint }),
});

describe("a form that would be refused", () => {
  const refuse = (alarm: Readonly<Record<string, unknown>>): readonly AlarmProblem[] => [
    ...(alarm["AlarmName"] === "" ? [problem("AlarmName", "Give the alarm a name.")] : []),
    ...(alarm["MetricName"] === undefined ? [problem("MetricName", "Choose a metric.")] : []),
    ...(alarm["Threshold"] === undefined ? [problem("Threshold")] : []),
  ];

  it("shows all that is wrong at its fields, leads to the first, and sends nothing", async () => {
    const { host, fake } = await open("#/alarms/new", refuse);
    expect(host.querySelector(".is-error")).toBeNull();
    button(host, "Create alarm").click();
    await until(() => host.querySelectorAll(".alarm-form .is-error").length === 3, "three fields");
    expect(text(fieldOf(host, "Alarm name"))).toContain("Give the alarm a name.");
    expect(text(fieldOf(host, "Metric"))).toContain("Choose a metric.");
    expect(text(fieldOf(host, "than"))).toContain("Threshold is wrong");
    expect(text(host.querySelector(".alarm-foot [role=alert]"))).toContain("3 fields need another look; nothing was sent.");
    await until(() => document.activeElement === fieldOf(host, "Alarm name").querySelector("input"), "the focus");
    expect(calls(fake)).toBe(0);
    await expectAccessible(host);
  });

  it("takes a mark away as soon as its field is right", async () => {
    const { host } = await open("#/alarms/new", refuse);
    button(host, "Create alarm").click();
    await until(() => host.querySelectorAll(".alarm-form .is-error").length === 3, "three fields");
    type(fieldOf(host, "Alarm name"), "orders");
    await until(() => host.querySelectorAll(".alarm-form .is-error").length === 2, "two fields");
    expect(fieldOf(host, "Alarm name").querySelector(".is-error")).toBeNull();
  });

  it("opens the fold for a field in it, and lists what has no field", async () => {
    const { host } = await open("#/alarms/orders-throttled", () => [problem("AlarmDescription", "Too long."), problem("Metrics")]);
    type(fieldOf(host, "than"), "50");
    await until(() => !button(host, "Save changes").hasAttribute("aria-disabled"), "something to save");
    button(host, "Save changes").click();
    await until(() => fieldOf(host, "Description")?.querySelector(".is-error") instanceof HTMLElement, "the opened fold");
    expect(text(fieldOf(host, "Description"))).toContain("Too long.");
    expect(text(host.querySelector(".alarm-loose"))).toContain("Metrics is wrong");
  });
});

describe("a blank form", () => {
  it("explains below its fields instead of looking filled in", async () => {
    const { host } = await open("#/alarms/new", () => []);
    expect([...host.querySelectorAll<HTMLInputElement>(".alarm-form input")].map((one) => one.placeholder)).toEqual(
      [...host.querySelectorAll(".alarm-form input")].map(() => ""),
    );
    expect(text(fieldOf(host, "In alarm, notify"))).toContain("Nobody is told yet.");
  });
});

describe("an alarm named new", () => {
  it("is opened from the list at an address of its own, and reloads there", async () => {
    await page.viewport(1200, 900);
    location.hash = "#/alarms";
    const named = { ...ALARM, AlarmName: "new" };
    const fake = fakeAlarms({ "cloudwatch DescribeAlarms": () => ({ MetricAlarms: [named] }) });
    const host = mount(() => <AlarmsAt fake={fake} />, { width: 1200, height: 900 });
    await until(() => host.querySelectorAll("tbody tr").length === 1, "the list");
    (host.querySelector("tbody tr") as HTMLElement).click();
    await until(() => text(host.querySelector("h1")) === "new", "the alarm");
    expect(location.hash).not.toBe("#/alarms/new");
    expect(host.querySelector(".why")).not.toBeNull();
    const again = mount(() => <AlarmsAt fake={fake} />, { width: 1200, height: 900 });
    await until(() => text(again.querySelector("h1")) === "new", "the alarm once more");
    location.hash = "#/alarms/new";
    await until(() => text(again.querySelector("h1")) === "Create alarm", "the form");
  });
});

describe("an alarm that is kept but not evaluated", () => {
  it("says so in the list", async () => {
    await page.viewport(1200, 900);
    location.hash = "#/alarms";
    const host = mount(() => <AlarmsAt fake={fakeAlarms()} />, { width: 1200, height: 900 });
    await until(() => text(host).includes("Not evaluated"), "the mark");
    const rows = [...host.querySelectorAll("tbody tr")].filter((row) => row.textContent?.includes("Not evaluated"));
    expect(rows.map((row) => row.querySelector("b")?.textContent)).toEqual(["orders-silent"]);
    await expectAccessible(host);
  });

  it("says so on its page, with its expression, and offers no what-if", async () => {
    const metric = { Metric: { Namespace: "Shop", MetricName: "Errors" }, Period: 60, Stat: "Sum" };
    const { Namespace: _, MetricName: __, Statistic: ___, Period: ____, ...rest } = ALARM;
    const Metrics = [
      { Id: "e", MetricStat: metric, ReturnData: false },
      { Id: "rate", Expression: "100*e/60", Label: "Rate" },
    ];
    await page.viewport(1200, 900);
    location.hash = "#/alarms/orders-throttled";
    const fake = fakeAlarms(
      { "cloudwatch DescribeAlarms": () => ({ MetricAlarms: [{ ...rest, Metrics }] }) },
      {
        look: async ({ view, question }) =>
          view === "alarmEvaluation"
            ? { kind: "not-evaluated", alarmName: "x", sentence: "Kept, but not evaluated." }
            : look(view, (question ?? {}) as Readonly<Record<string, unknown>>),
      },
    );
    const host = mount(() => <AlarmsAt fake={fake} />, { width: 1200, height: 900 });
    await until(() => text(host.querySelector(".page-head, header, .ph")) !== "" && text(host).includes("Not evaluated"), "the badge");
    expect(text(host)).toContain("Kept, but not evaluated.");
    expect(text(host)).toContain("Metric math: 100*e/60");
    expect(host.querySelector(".what-if")).toBeNull();
    await expectAccessible(host);
  });
});
