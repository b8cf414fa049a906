import { afterEach, describe, expect, it } from "vitest";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, choose, isWhole, link, rows, text } from "../panel-page.tsx";
import { openEvents } from "./fake-events.ts";

afterEach(() => {
  location.hash = "";
});

describe("the rules of a bus", () => {
  it("stand with state, pattern or schedule, next moment, targets and what they sent on", async () => {
    const { host, asked } = await openEvents("/rules");
    await until(() => rows(host).length === 2, "the rules");
    const [big, beat] = rows(host).map(text);
    expect(big).toContain("big-orders");
    expect(big).toContain("Enabled");
    expect(big).toContain('{"source":["shop.orders"]');
    expect(big).toContain("gone, fulfil");
    expect(beat).toContain("Disabled");
    expect(beat).toContain("rate(5 minutes)");
    expect(beat).toContain("2026-03-12 09:20:24");
    expect(beat).toContain("no target");
    expect(asked("busFlow").at(-1)).toMatchObject({ bus: "default" });
    await expectAccessible(host);
    press(rows(host)[0] as HTMLElement, "Enter");
    await until(() => location.hash === "#/events/rules/default/big-orders", "the rule's page");
  });

  it("are drawn from the sources over the bus to the targets, each a way on", async () => {
    const { host } = await openEvents("/rules");
    await until(() => host.querySelector(".bp") !== null, "the picture");
    const picture = host.querySelector(".bp") as HTMLElement;
    expect(text(picture)).toContain("shop.ordersOrderPlaced2");
    expect(text(picture)).toContain("big-orders1 matched");
    expect(text(picture)).toContain("goneSQS queue · 1 failed");
    expect(text(picture)).toContain("heartbeatDisabled");
    expect(text(host)).toContain("3 events in, 1 sent on by a rule, 2 deliveries from 08:20 to 09:20, the time range above");
    expect(text(host)).toContain("“Sent on” counts 08:20 to 09:20");
    const target = [...picture.querySelectorAll("a")].find((one) => text(one).startsWith("gone"));
    expect(target?.getAttribute("href")).toBe("#/events/deliveries?bus=default&rule=big-orders");
  });

  it("of another bus are chosen there; one without rules says what a rule is", async () => {
    const { host } = await openEvents("/rules");
    await until(() => rows(host).length === 2, "the rules");
    choose(host.querySelector(".events-bus select") as HTMLSelectElement, "partners");
    await until(() => text(host).includes("No rule on this bus yet"), "the empty bus");
    expect(location.hash).toBe("#/events/rules?bus=partners");
    await expectAccessible(host);
    button(host.querySelector(".empty") as HTMLElement, "Create rule").click();
    await until(() => location.hash.startsWith("#/events/rules/new?bus=partners"), "the form");
  });

  it("of a bus that is not there lead to those that are", async () => {
    const { host } = await openEvents("/rules?bus=nowhere");
    await until(() => text(host).includes("There is no event bus nowhere"), "the sentence");
    button(host, "Show the buses").click();
    await until(() => location.hash === "#/events/buses", "the buses");
  });

  it("are cards on a phone, whole and accessible", async () => {
    const { host } = await openEvents("/rules", { width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 2, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("a rule", () => {
  it("shows its pattern against the newest event of its bus: where it differs, in the pattern and in the event", async () => {
    const { host } = await openEvents("/rules/default/big-orders");
    await until(() => host.querySelectorAll("[role=treeitem]").length === 3, "the reasons");
    expect(text(host)).toContain("Matches 1 of the last 3 events of default.");
    const tree = host.querySelector("[role=tree]") as HTMLElement;
    expect(tree.getAttribute("aria-label")).toBe("Why it does not match");
    expect(text(tree)).toContain('Differs. "OrderRefunded" does not meet equality with "OrderPlaced".');
    expect(text(tree)).toContain("Differs. 10 does not meet more than 5000.");
    const marked = [...host.querySelectorAll(".code .hb")].map((line) => text(line).trim());
    expect(marked).toEqual([
      '"detail-type": ["OrderPlaced"],',
      '"cents": [{ "numeric": [">", 5000] }]',
      '"detail-type": "OrderRefunded",',
      '"cents": 10',
    ]);
    // A saved rule is changed in its form, not here.
    expect(host.querySelector(".et-fix")).toBeNull();
    await expectAccessible(host);
  });

  it("is tried on the next event, or on one that it takes", async () => {
    const { host } = await openEvents("/rules/default/big-orders");
    await until(() => host.querySelectorAll("[role=treeitem]").length === 3, "the reasons");
    button(host, "Show a match").click();
    await until(() => text(host).includes("Why it matches"), "a match");
    button(host, "Older event").click();
    await until(() => text(host).includes("120 does not meet more than 5000."), "the next event");
    expect(button(host, "Older event").disabled).toBe(true);
  });

  it("lists its targets, its JSON, and the lines that make it again", async () => {
    const { host } = await openEvents("/rules/default/big-orders");
    await until(() => host.querySelectorAll("[role=tab]").length === 4, "the tabs");
    button(host, "Targets2").click();
    await until(() => host.querySelectorAll(".events-targets > li").length === 2, "the targets");
    expect(text(host)).toContain("Dead-letter queuelost-events");
    await expectAccessible(host);
    button(host, "JSON source").click();
    await until(() => text(host).includes('"EventPattern"'), "the JSON");
    button(host, "aws lines").click();
    await until(() => text(host).includes("aws events PutTargets"), "the lines");
    expect(text(host)).toContain("aws events DescribeRule");
  });

  it("is switched off and deleted with its targets, each by its request", async () => {
    const { host, called } = await openEvents("/rules/default/big-orders");
    await until(() => host.querySelector("[role=switch]") !== null, "the rule");
    (host.querySelector("[role=switch]") as HTMLElement).click();
    await until(() => called("DisableRule").length === 1, "the request");
    button(host, "Delete").click();
    await until(() => document.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = document.querySelector("dialog[open]") as HTMLElement;
    await until(() => text(dialog).includes("aws events DeleteRule"), "the lines");
    await expectAccessible(host);
    button(dialog, "Delete").click();
    await until(() => called("DeleteRule").length === 1, "the end");
    expect(called("RemoveTargets")).toEqual([{ Rule: "big-orders", EventBusName: "default", Ids: ["gone", "queue"] }]);
    await until(() => location.hash === "#/events/rules?bus=default", "the rules");
  });

  it("with a schedule shows its next moments and no pattern", async () => {
    const { host } = await openEvents("/rules/default/heartbeat");
    await until(() => host.querySelectorAll(".events-moments li").length === 5, "five moments");
    expect(text(host.querySelector(".events-moments li") as HTMLElement)).toContain("09:24:24");
    expect(text(host)).not.toContain("Why it");
  });

  it("that is not there says so, and leads back", async () => {
    const { host } = await openEvents("/rules/default/nothing");
    await until(() => text(host).includes("There is no rule nothing"), "the sentence");
    button(host, "Show the rules").click();
    await until(() => location.hash === "#/events/rules?bus=default", "the rules");
  });

  it("is whole on a phone, with a side for the reasons", async () => {
    const { host } = await openEvents("/rules/default/big-orders", { width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 2, "the deliveries");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    button(host, "Why").click();
    await until(() => host.querySelectorAll("[role=treeitem]").length === 3, "the reasons");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    expect(link(host, "Rules").getAttribute("aria-current")).toBe("page");
  });
});
