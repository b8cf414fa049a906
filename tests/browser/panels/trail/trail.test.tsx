import { afterEach, describe, expect, it } from "vitest";
import type { HistoryRow } from "../../../../src/panels/trail/history.ts";
import { lanesOf } from "../../../../src/panels/trail/lanes.ts";
import { TrailPanel } from "../../../../src/panels/trail/TrailPanel.tsx";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, choose, field, isWhole, link, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders";
const MINUTE = 60_000;
const LONG = "PutSubscriptionFilterForAllGroups";
interface Made {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  readonly user: string;
  readonly error?: string;
  readonly readOnly?: boolean;
  readonly resources?: readonly string[];
  readonly request?: object | null;
  readonly response?: object | null;
  readonly relation?: "on" | "names";
}
const row = (made: Made): HistoryRow => ({
  eventName: made.name,
  eventTime: made.at,
  userName: made.user,
  eventSource: "monitoring.amazonaws.com",
  resourceType: "",
  resourceName: (made.resources ?? []).join(", "),
  errorCode: made.error ?? "",
  sourceIpAddress: "203.0.113.5",
  readOnly: made.readOnly ?? false,
  eventId: made.id,
  ...(made.relation === undefined ? {} : { relation: made.relation }),
  record: {
    eventName: made.name,
    awsRegion: "us-east-1",
    userIdentity: { type: "IAMUser", arn: `arn:aws:iam::123456789012:user/${made.user}` },
    userAgent: "console.amazonaws.com",
    errorMessage: made.error === undefined ? undefined : "It is not allowed.",
    resources: (made.resources ?? []).map((ARN) => ({ ARN })),
    requestParameters: made.request === undefined ? { alarmName: "orders" } : made.request,
    responseElements: made.response ?? null,
  },
});
const ROWS = [
  row({ id: "e3", name: "SetAlarmState", at: NOON - MINUTE, user: "ada", error: "AccessDenied" }),
  row({ id: "e2", name: LONG, at: NOON - 10 * MINUTE, user: "developer", resources: [ALARM], response: { ok: true } }),
  row({ id: "e1", name: "DescribeAlarms", at: NOON - 20 * MINUTE, user: "developer", readOnly: true, request: null }),
];

function history(question: Readonly<Record<string, unknown>>) {
  const {
    attribute,
    start = 0,
    end = Number.POSITIVE_INFINITY,
    text: words,
  } = question as {
    attribute?: { key: string; value: string };
    start?: number;
    end?: number;
    text?: string;
  };
  const found = ROWS.filter(
    (one) =>
      one.eventTime >= start &&
      one.eventTime <= end &&
      (attribute?.key !== "ReadOnly" || String(one.readOnly) === attribute.value) &&
      (attribute?.key !== "EventName" || one.eventName === attribute.value) &&
      (words === undefined || one.eventName.includes(words)),
  );
  return { days: 90, total: found.length, rows: found };
}
const denial = (eventId: string) => ({
  found: true,
  at: NOON,
  tree: {
    principal: "arn:aws:iam::123456789012:user/ada",
    action: "cloudwatch:SetAlarmState",
    resource: ALARM,
    decision: "implicitDeny",
    by: "identity",
    message: `denied ${eventId}`,
    sentence: "No identity-based policy has a statement that allows cloudwatch:SetAlarmState.",
    policies: [],
    context: {},
  },
});
const open = (
  options: { readonly hash?: string; readonly width?: number; readonly none?: boolean; readonly lost?: boolean } = {},
): Promise<PanelPage> =>
  openPanel("/trail", TrailPanel, {
    ...options,
    looks: {
      "cloudtrail/history": options.none ? () => ({ days: 90, total: 0, rows: [] }) : history,
      "iam/whyDenied": ({ eventId }) =>
        options.lost ? { found: false, sentence: "Nothing is kept of this call." } : denial(String(eventId)),
      "iam/principals": () => [],
      "cloudtrail/whyNotRecorded": ({ operation }) => ({ trail: "data", sentence: `${String(operation)} is a data event.` }),
    },
  });
const record = (host: HTMLElement): string => text(host.querySelector(".body-aside") as HTMLElement);

afterEach(() => {
  delete document.documentElement.dataset["density"];
  location.hash = "";
});

describe("the event history", () => {
  it("leaves reads out at first and says so; one click brings them", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 2, "the writes");
    expect(text(host)).toContain("Read-only calls are left out.");
    button(host, "Show them").click();
    await until(() => rows(host).length === 3, "the reads too");
    await expectAccessible(host);
  });

  it("says who, what, when, on what, with which parameters and response, and why one is missing", async () => {
    const { host } = await open();
    await until(() => record(host).includes("AccessDenied It is not allowed."), "the refused call");
    expect(record(host)).toContain("The call was refused, so there was no response.");
    press(rows(host)[0] as HTMLElement, "ArrowDown");
    press(rows(host)[1] as HTMLElement, "Enter");
    await until(() => record(host).includes("Succeeded"), "the other record");
    for (const fact of [
      "user/developer",
      `${LONG} of monitoring.amazonaws.com`,
      "2026-03-12 09:09:24 UTC",
      "203.0.113.5, us-east-1",
      '"alarmName": "orders"',
      '"ok": true',
    ])
      expect(record(host)).toContain(fact);
    expect(link(host, "orders").getAttribute("href")).toBe("#/alarms/orders");
    expect(link(host, "Who touched it: orders").getAttribute("href")).toBe(`#/trail?resource=${encodeURIComponent(ALARM)}`);
    button(host, "Show them").click();
    await until(() => rows(host).length === 3, "the reads");
    rows(host)[2]?.click();
    await until(() => record(host).includes("CloudTrail does not record what a read-only call answered."), "the read");
    expect(record(host)).toContain("The call had no parameters.");
    [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((tab) => tab.textContent === "aws line")?.click();
    await until(() => record(host).includes("aws cloudtrail LookupEvents"), "the line");
  });

  it("explains a denied call beside its record, and says when nothing is kept of it", async () => {
    const { host, asked } = await open();
    await until(() => record(host).includes("Why SetAlarmState was denied"), "the explanation");
    await until(() => record(host).includes("No identity-based policy has a statement"), "the sentence");
    expect(asked("whyDenied")).toEqual([{ eventId: "e3" }]);
    expect(record(host)).toContain("denied e3");
    rows(host)[1]?.click();
    await until(() => !record(host).includes("Why SetAlarmState was denied"), "a call that was allowed");
    const lost = await open({ lost: true });
    await until(() => record(lost.host).includes("Nothing is kept of this call."), "the sentence");
  });

  it("shows who touched a resource: a lane each, refused ones marked, a mark opens its record", async () => {
    const { host, asked } = await open({ hash: `#/trail?resource=${encodeURIComponent(ALARM)}` });
    await until(() => host.querySelectorAll(".lane").length === 2, "two lanes");
    expect(asked("history").some((question) => question["touching"] === ALARM && question["limit"] === 500)).toBe(true);
    const lanes = [...host.querySelectorAll(".lane-who")].map((lane) => text(lane).trim());
    expect(lanes).toEqual(["developer IAM user", "ada IAM user"]);
    expect(host.querySelector('.lane-mark[data-shape="denied"]')).not.toBeNull();
    await until(() => rows(host).length === 3, "reads and writes on it");
    await until(() => host.querySelectorAll(".lane-button").length === 3, "a mark for each call");
    const first = host.querySelector(".lane-button") as HTMLButtonElement;
    expect(first.getAttribute("aria-label")).toContain("DescribeAlarms, 2026-03-12 08:59:24");
    first.click();
    await until(() => record(host).includes("DescribeAlarms"), "its record");
    expect(first.getAttribute("aria-pressed")).toBe("true");
    await expectAccessible(host);
    button(host, "Show all events").click();
    await until(() => host.querySelector(".lanes") === null, "the whole history");
    await until(() => rows(host).length === 2, "without reads again");
  });

  it("shows the whole time, also of another day, in every density", async () => {
    for (const density of ["compact", "comfortable", "present"]) {
      document.documentElement.dataset["density"] = density;
      const { host } = await open({ width: 1440, hash: `#/trail?minute=${NOON - 10 * MINUTE}` });
      await until(() => rows(host).length === 1, "the row");
      const time = host.querySelector("tbody time") as HTMLElement;
      time.textContent = "30 Nov 09:09:24";
      const cell = time.closest("td, .card-end") as HTMLElement;
      expect(cell.scrollWidth).toBeLessThanOrEqual(cell.clientWidth);
    }
  });

  it("takes a minute from its address, and clears it", async () => {
    const { host } = await open({ hash: `#/trail?minute=${NOON - 10 * MINUTE}` });
    await until(() => rows(host).length === 1, "one call");
    expect(text(host)).toContain("Only 09:09");
    button(host, "Only 09:09").click();
    await until(() => rows(host).length === 2, "all writes");
  });

  it("looks an attribute up exactly, and says when nothing fits", async () => {
    const { host, asked } = await open();
    await until(() => rows(host).length === 2, "the writes");
    choose(field(host, "Lookup attribute"), "EventName");
    type(field(host, "Value"), "DescribeAlarms");
    await until(() => rows(host).length === 1, "the call");
    expect(asked("history").at(-1)?.["attribute"]).toEqual({ key: "EventName", value: "DescribeAlarms" });
    type(field(host, "Value"), "describeAlarms");
    await until(() => text(host).includes("No event fits the filter"), "none");
    button(host, "Clear the filter").click();
    await until(() => rows(host).length === 3, "everything");
  });

  it("says why an empty history is empty", async () => {
    const { host } = await open({ none: true });
    await until(() => text(host).includes("No call has been recorded yet"), "the empty history");
    expect(button(host, "Show read-only events too")).toBeDefined();
  });

  it("answers why a call is not here", async () => {
    const { host } = await open();
    await until(() => record(host).includes("PutLogEvents is a data event."), "the answer");
    choose(field(host, "Service"), "cloudwatch");
    choose(field(host, "Operation"), "PutMetricData");
    await until(() => record(host).includes("PutMetricData is a data event."), "the other answer");
  });

  it("is cards on a phone: names whole, nothing beside the page, accessible", async () => {
    const { host } = await open({ width: 390, hash: `#/trail?resource=${encodeURIComponent(ALARM)}` });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 3, "cards");
    expect([...host.querySelectorAll(".card-main")].map((name) => name.textContent)).toContain(LONG);
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    button(host, "Record").click();
    await until(() => record(host).includes("AccessDenied"), "the record");
    await expectAccessible(host);
  });
});

describe("the lanes", () => {
  const span = { from: 0, to: 1000 };
  const wide = (words: string): number => words.length * 6;
  const at = (id: string, time: number, more: Partial<Made> = {}) => row({ id, name: "Put", at: time, user: "ada", ...more });
  it("join calls that would lie on each other, and say how many", () => {
    const [lane] = lanesOf([at("a", 100), at("b", 110), at("c", 500)], span, 1000, wide);
    expect(lane?.marks.map((mark) => [mark.rows.length, mark.text, mark.x])).toEqual([
      [2, "Put ×2", 100],
      [1, "Put", 500],
    ]);
  });
  it("mark the gravest of what they join", () => {
    const shapes = (...made: readonly Partial<Made>[]) =>
      lanesOf(
        made.map((one, n) => at(String(n), n, one)),
        span,
        100,
        wide,
      )[0]?.marks[0]?.shape;
    expect(shapes({ readOnly: true })).toBe("read");
    expect(shapes({ readOnly: true, relation: "on" }, { relation: "names" })).toBe("names");
    expect(shapes({ relation: "names" }, { relation: "on" })).toBe("on");
    expect(shapes({ relation: "on" }, { relation: "on", error: "AccessDenied" })).toBe("denied");
  });
  it("put words where there is room: right, else left, else nowhere", () => {
    const marks = lanesOf([at("a", 100), at("b", 140), at("c", 980)], span, 1000, wide)[0]?.marks ?? [];
    // 18 px of text and 15.6 beside it: right of the first they would end at 133.6, in the next mark's 127.
    expect(marks.map((mark) => mark.side)).toEqual(["left", "right", "left"]);
  });
});
