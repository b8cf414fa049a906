import { afterEach, describe, expect, it } from "vitest";
import { rangeChoice, setRangeChoice } from "../../../../src/app/time-range.ts";
import { cursorTime } from "../../../../src/charts/cursor.ts";
import { EventsPanel } from "../../../../src/panels/events/EventsPanel.tsx";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, choose, field, isWhole, link, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:checkout-service-p99-latency-over-two-seconds";
const MINUTE = 60_000;
const event = (sequence: string, at: number, source: string, detailType: string, cause: string, resources: readonly string[] = []) => ({
  sequence,
  bus: "default",
  at,
  cause,
  envelope: {
    version: "0",
    id: `e-${sequence}`,
    "detail-type": detailType,
    source,
    time: "2026-03-12T09:17:00Z",
    resources,
    detail: { n: sequence },
  },
});
const alarmEvent = (...given: Parameters<typeof event>) => {
  const made = event(...given);
  return { ...made, envelope: { ...made.envelope, detail: { ...made.envelope.detail, state: { value: "ALARM" } } } };
};
const EVENTS = [
  alarmEvent("3", NOON - 2 * MINUTE, "aws.cloudwatch", "CloudWatch Alarm State Change", "agenda/1", [ALARM]),
  event("2", NOON - 5 * MINUTE, "shop.orders", "OrderPlaced", "journal/7"),
  alarmEvent("1", NOON - 9 * MINUTE, "aws.cloudwatch", "CloudWatch Alarm Configuration Change", "journal/6", [ALARM]),
];
const CAUSES: Readonly<Record<string, unknown>> = {
  "agenda/1": { kind: "agenda", service: "cloudwatch", what: "evaluate", key: "checkout", at: NOON - 2 * MINUTE },
  "journal/7": {
    kind: "command",
    record: 7,
    at: NOON - 5 * MINUTE,
    principal: "developer",
    via: "terminal",
    request: { service: "events", operation: "PutEvents", input: {}, region: "us-east-1" },
  },
  "journal/6": {
    kind: "command",
    record: 6,
    at: NOON - 9 * MINUTE,
    principal: "ada",
    via: "form",
    request: { service: "cloudwatch", operation: "PutMetricAlarm", input: {}, region: "us-east-1" },
  },
};

function passed(question: Readonly<Record<string, unknown>>) {
  const {
    from,
    to,
    source,
    type: its,
    text: words,
  } = question as { from: number; to: number; source?: string; type?: string; text?: string };
  const inTime = EVENTS.filter((one) => one.at >= from && one.at <= to);
  const fits = inTime.filter(
    (one) =>
      (source === undefined || one.envelope.source === source) &&
      (its === undefined || one.envelope["detail-type"] === its) &&
      (words === undefined || JSON.stringify(one.envelope).includes(words)),
  );
  const named = (key: "source" | "detail-type") => [...new Set(inTime.map((one) => one.envelope[key]))].map((name) => ({ name, count: 1 }));
  const buckets = Array.from({ length: Number(question["buckets"] ?? 0) }, () => 0);
  return {
    events: fits,
    total: fits.length,
    kept: 3,
    dropped: 0,
    sources: named("source"),
    types: named("detail-type"),
    counts: { all: buckets, matching: buckets },
  };
}

const open = (options: { readonly hash?: string; readonly width?: number; readonly none?: boolean } = {}): Promise<PanelPage> =>
  openPanel("/events", EventsPanel, {
    ...options,
    looks: {
      "events/passed": options.none ? () => ({ ...passed({ from: 0, to: 0 }), kept: 0 }) : passed,
      "events/eventVerdicts": ({ sequence }) => {
        const found = EVENTS.find((one) => one.sequence === sequence);
        return found === undefined ? undefined : { event: found, rules: [], deliveries: [] };
      },
      "account/cause": (question) => CAUSES[String(question["cause"])],
    },
    reads: {
      "events ListEventBuses": () => ({
        EventBuses: [{ Name: "default", Arn: "arn:aws:events:us-east-1:123456789012:event-bus/default" }],
      }),
      "events PutEvents": () => ({
        FailedEntryCount: 1,
        Entries: [{ ErrorCode: "MalformedDetail", ErrorMessage: "Detail is malformed." }],
      }),
    },
  });
const why = (host: HTMLElement): string => text(host.querySelector('section[aria-label="Why it is here"]') as HTMLElement);

afterEach(() => {
  setRangeChoice({ kind: "last", minutes: 60 });
  location.hash = "";
});

describe("the event bus page", () => {
  it("says in the row of an alarm's change what the alarm went to", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the events");
    expect(rows(host).map((row) => text(row.querySelector(".badge") ?? document.createElement("i")).trim())).toEqual(["ALARM", "", ""]);
  });

  it("says of an event nobody asked for what the account did by itself", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the events");
    await until(() => why(host).includes("evaluated the alarm checkout"), "the cause");
    expect(why(host)).toContain("09:17:24");
    await expectAccessible(host);
  });

  it("shows the request behind an event as a line, and whose it was", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the events");
    press(rows(host)[0] as HTMLElement, "ArrowDown");
    press(rows(host)[1] as HTMLElement, "Enter");
    await until(() => why(host).includes("aws events PutEvents"), "the line");
    expect(why(host)).toContain("developer sent this request from the terminal.");
    press(rows(host)[1] as HTMLElement, "Escape");
    await until(() => why(host).includes("Nobody asked for it"), "the newest again");
    rows(host)[2]?.click();
    await until(() => why(host).includes("aws cloudwatch PutMetricAlarm"), "the request of the alarm");
    expect(why(host)).toContain("aws.cloudwatch announced it because of that request: PutMetricAlarm.");
  });

  it("filters by source, type and text, and offers what there is", async () => {
    const { host, asked } = await open();
    await until(() => rows(host).length === 3, "the events");
    expect([...field(host, "Source").options].map((option) => option.value)).toEqual(["", "aws.cloudwatch", "shop.orders"]);
    expect([...field(host, "Event bus").options].map((option) => option.value)).toEqual(["", "default"]);
    choose(field(host, "Event bus"), "default");
    await until(() => asked("passed").at(-1)?.["bus"] === "default", "the events of one bus");
    choose(field(host, "Source"), "shop.orders");
    await until(() => rows(host).length === 1, "one event");
    choose(field(host, "Source"), "");
    choose(field(host, "Detail type"), "OrderPlaced");
    await until(() => rows(host).length === 1, "one event again");
    type(field(host, "Anywhere in the event"), "nothing like it");
    await until(() => text(host).includes("No event fits the filter"), "none");
    expect(asked("passed").at(-1)).toMatchObject({ type: "OrderPlaced", text: "nothing like it" });
    button(host, "Clear the filter").click();
    await until(() => rows(host).length === 3, "all events again");
  });

  it("looks beyond the time range when asked", async () => {
    setRangeChoice({ kind: "fixed", from: NOON - 30 * MINUTE, to: NOON - 20 * MINUTE });
    const { host } = await open();
    await until(() => text(host).includes("No event in this time"), "an empty range");
    expect(text(host)).toContain("3 events stand outside it.");
    button(host, "Show all kept").click();
    await until(() => rows(host).length === 3, "all events");
  });

  it("takes a minute from its address, and leads to the same minute elsewhere", async () => {
    const { host, asked } = await open({ hash: `#/events?minute=${NOON - 5 * MINUTE}` });
    await until(() => rows(host).length === 1, "the events of the minute");
    const from = Math.floor((NOON - 5 * MINUTE) / MINUTE) * MINUTE;
    expect(asked("passed").find((question) => question["buckets"] === undefined)).toMatchObject({ from, to: from + MINUTE - 1 });
    expect(text(host)).toContain("Only 09:14");
    const place = link(host, "Event history");
    expect(place.getAttribute("href")).toBe(`#/trail?minute=${from}`);
    place.click();
    await until(() => text(host).includes("elsewhere"), "the other page");
    expect(cursorTime()).toBe(NOON - 5 * MINUTE);
    expect(rangeChoice()).toEqual({ kind: "last", minutes: 60 });
  });

  it("is on the cursor: a row pointed at says its moment, the moment is a line between rows, a pin keeps it", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the events");
    rows(host)[1]?.dispatchEvent(new PointerEvent("pointerenter"));
    expect(cursorTime()).toBe(NOON - 5 * MINUTE);
    await until(() => rows(host)[1]?.classList.contains("is-cursor") ?? false, "the line");
    // The line is no cell of its own: the row is as wide as the others, cell for cell.
    const edges = (row: HTMLElement | undefined): readonly number[] =>
      [...(row?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().right));
    expect(edges(rows(host)[1])).toEqual(edges(rows(host)[0]));
    expect(edges(rows(host)[1]).at(-1)).toBe(Math.round(rows(host)[1]?.getBoundingClientRect().right ?? 0));
    host.querySelector(".tbl tbody")?.dispatchEvent(new PointerEvent("pointerleave"));
    expect(cursorTime()).toBeUndefined();
    rows(host)[2]?.focus();
    expect(cursorTime()).toBe(NOON - 9 * MINUTE);
    button(host, "Pin 09:17:24").click();
    expect(cursorTime()).toBe(NOON - 2 * MINUTE);
    rows(host)[2]?.dispatchEvent(new PointerEvent("pointerenter"));
    expect(cursorTime()).toBe(NOON - 2 * MINUTE);
    await until(() => rows(host)[0]?.classList.contains("is-cursor") ?? false, "the line of the pin");
    button(host, "Only 09:17").click();
    await until(() => rows(host).length === 1, "its minute alone");
    await expectAccessible(host);
  });

  it("leads to the alarm that the event speaks of", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the events");
    const name = ALARM.split(":").at(-1) ?? "";
    expect(link(host, name).getAttribute("href")).toBe(`#/alarms/${name}`);
  });

  it("is cards on a phone, whole and accessible; the event has a side of its own", async () => {
    const { host } = await open({ width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 3, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    button(host, "Event").click();
    await until(() => why(host).includes("evaluated"), "the event");
    await expectAccessible(host);
  });

  it("says why nothing is here, and puts an event; what the bus refuses stands in the dialog", async () => {
    const { host, called } = await open({ none: true });
    await until(() => text(host).includes("Nothing has passed yet"), "the empty bus");
    button(host.querySelector(".empty") as HTMLElement, "Put an event").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    await expectAccessible(host);
    button(host, "Put event").click();
    await until(() => text(host).includes("MalformedDetail: Detail is malformed."), "the refusal");
    expect(called("PutEvents")).toHaveLength(1);
    expect(host.querySelector("dialog[open]")).not.toBeNull();
  });
});
