import { afterEach, describe, expect, it } from "vitest";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, choose, field, isWhole, type PanelPage, text, type } from "../panel-page.tsx";
import { jsonOf, openEvents, QUEUE, typeJson } from "./fake-events.ts";

const PATTERN = "Event pattern";

afterEach(() => {
  location.hash = "";
});

async function openForm(at = "/rules/new", options = {}): Promise<PanelPage> {
  const opened = await openEvents(at, options);
  await until(() => opened.host.querySelector(`.cm-content[aria-label="${PATTERN}"]`) !== null, "the editor");
  return opened;
}

describe("the form of a rule", () => {
  it("says with every letter how many of the newest events the pattern matches, and why one does not", async () => {
    const { host } = await openForm();
    await until(() => text(host).includes("Matches 0 of the last 3 events of default."), "the preview");
    typeJson(host, PATTERN, '{"source":["shop.orders"],"detail":{"cents":[10]}}');
    await until(() => text(host).includes("Matches 1 of the last 3 events of default."), "the preview of the new pattern");
    await until(() => text(host).includes("Why it matches"), "the reasons");
    await expectAccessible(host);
  });

  it("tells what is wrong with a pattern at its character", async () => {
    const { host } = await openForm();
    typeJson(host, PATTERN, '{\n  "source": "aws.ec2"\n}');
    await until(() => host.querySelector(".json-wrong") !== null, "the mark");
    expect(text(host)).toMatch(/Line 2, character \d+\./);
    expect(host.querySelector(`.cm-content[aria-label="${PATTERN}"]`)?.getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(host);
  });

  it("takes into the pattern what the event has, where it differs", async () => {
    const { host } = await openForm("/rules/new?pattern=%7B%22source%22%3A%5B%22other%22%5D%7D");
    await until(() => host.querySelector(".et-fix") !== null, "a way to mend it");
    expect(host.querySelectorAll(".cm-line.hb")).toHaveLength(1);
    button(host, 'Take "shop.orders"').click();
    await until(() => jsonOf(host, PATTERN) === '{\n  "source": ["shop.orders"]\n}', "the mended pattern");
    await until(() => text(host).includes("Matches 3 of the last 3"), "the preview");
  });

  it("lays a pattern out, and counts its characters without blanks", async () => {
    const { host } = await openForm();
    typeJson(host, PATTERN, '{"source":["a"]}');
    await until(() => text(host).includes("16 of 2,048 characters"), "the number");
    button(host.querySelector(".json-field") as HTMLElement, "Prettify").click();
    await until(() => jsonOf(host, PATTERN) === '{\n  "source": ["a"]\n}', "the laid out pattern");
    expect(text(host)).toContain("16 of 2,048 characters");
  });

  it("offers examples of events, and takes one that is typed", async () => {
    const { host } = await openForm();
    await until(() => field(host, "Sample event").options.length > 4, "the choice");
    choose(field(host, "Sample event"), "alarm");
    await until(() => text(host).includes("Why it matches"), "the alarm");
    typeJson(host, "The event", "{ no json");
    await until(() => text(host).includes("The event is no JSON"), "the sentence");
    expect(field(host, "Sample event").value).toBe("own");
  });

  it("makes a queue on the spot and sends to it; what was typed stays", async () => {
    const url = QUEUE.replace(/^arn:aws:sqs:([^:]+):([^:]+):.*$/, "https://sqs.$1.amazonaws.com/$2/fresh");
    const { host, called } = await openForm("/rules/new", { reads: { "sqs CreateQueue": () => ({ QueueUrl: url }) } });
    type(field(host, "Name"), "kept");
    button(host, "Add target").click();
    await until(() => host.querySelector(".events-target") !== null, "a target");
    button(host, "New queue").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Queue name"), "fresh");
    button(dialog, "Create queue").click();
    await until(() => field(host, "Queue").value === QUEUE.replace(/[^:]+$/, "fresh"), "its ARN in the target");
    expect(called("CreateQueue")).toEqual([{ QueueName: "fresh" }]);
    expect(host.querySelector("dialog[open]")).toBeNull();
    expect(field(host, "Name").value).toBe("kept");
  });

  it("shows what a target would be sent of the event, live", async () => {
    const { host } = await openForm();
    button(host, "Add target").click();
    await until(() => host.querySelector(".events-target") !== null, "a target");
    type(field(host, "Queue"), QUEUE);
    await until(() => text(host).includes("It would be sent"), "the whole event");
    choose(field(host, "What it is sent"), "transformer");
    await until(() => text(host.querySelector(".events-result") as HTMLElement) === '"OrderRefunded at 2026-03-12T09:17:00Z"', "the text");
    type(field(host, "Values of the event"), "cents = $.detail.cents");
    type(field(host, "Template"), '{"paid": <cents>}');
    await until(() => text(host.querySelector(".events-result") as HTMLElement) === '{"paid": 10}', "the new text");
    type(field(host, "Template"), '{"paid": <cents> <cents>}');
    await until(() => text(host).includes("Nothing would be sent."), "the reason");
    button(host, "Retries and dead letters").click();
    await until(() => text(host).includes("Dead-letter queue"), "the rest");
    await expectAccessible(host);
  });

  it("sends PutRule and PutTargets, with the pattern on one line, and goes to the rule", async () => {
    const { host, called } = await openForm("/rules/new?bus=partners");
    type(field(host, "Name"), "orders");
    typeJson(host, PATTERN, '{\n  "source": ["shop.orders"]\n}');
    button(host, "Add target").click();
    await until(() => host.querySelector(".events-target") !== null, "a target");
    type(field(host, "Queue"), QUEUE);
    await until(() => text(host).includes("aws events PutTargets"), "the lines of both requests");
    button(host, "Save rule").click();
    await until(() => location.hash === "#/events/rules/partners/orders", "the rule's page");
    expect(called("PutRule")).toEqual([{ Name: "orders", EventBusName: "partners", EventPattern: '{"source":["shop.orders"]}' }]);
    expect(called("PutTargets")).toEqual([{ Rule: "orders", EventBusName: "partners", Targets: [{ Id: "target-1", Arn: QUEUE }] }]);
  });

  it("asks for read-only management calls by the rule's state, and says what that is", async () => {
    const { host, called } = await openForm();
    type(field(host, "Name"), "reads");
    expect(text(host)).not.toContain("Calls that CloudTrail reports");
    choose(field(host, "State"), "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    await until(() => text(host).includes("Calls that CloudTrail reports and that only read"), "the sentence");
    await expectAccessible(host);
    button(host, "Save rule").click();
    await until(() => called("PutRule").length === 1, "the request");
    expect(called("PutRule")[0]).toMatchObject({ Name: "reads", State: "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS" });
  });

  it("sends nothing while a target would be refused, and says so at its field", async () => {
    const { host, called } = await openForm();
    type(field(host, "Name"), "orders");
    button(host, "Add target").click();
    await until(() => host.querySelector(".events-target") !== null, "a target");
    button(host, "Save rule").click();
    await until(() => field(host, "Queue").getAttribute("aria-invalid") === "true", "the refusal");
    await until(() => document.activeElement === field(host, "Queue"), "the focus");
    expect(called("PutRule")).toEqual([]);
  });

  it("shows at the name what EventBridge refuses of it", async () => {
    const message =
      "1 validation error detected: Value '' at 'name' failed to satisfy constraint: Member must have length greater than or equal to 1";
    const { host } = await openForm("/rules/new", {
      reads: {
        "events PutRule": () => {
          throw { kind: "service", code: "ValidationException", message };
        },
      },
    });
    button(host, "Save rule").click();
    await until(() => field(host, "Name").getAttribute("aria-invalid") === "true", "the refusal");
    expect(text(host)).toContain("Member must have length greater than or equal to 1");
    await expectAccessible(host);
  });

  it("of a schedule shows its next moments, and what is wrong with it", async () => {
    const { host, called } = await openForm();
    button(host, "Schedule").click();
    await until(() => host.querySelectorAll(".events-moments li").length === 5, "the moments");
    type(field(host, "Schedule expression"), "rate(x)");
    await until(() => text(host).includes("A rate has a number and a unit."), "the reason");
    await expectAccessible(host);
    type(field(host, "Schedule expression"), "rate(10 minutes)");
    type(field(host, "Name"), "tick");
    button(host, "Add target").click();
    await until(() => host.querySelector(".events-target") !== null, "a target");
    type(field(host, "Queue"), QUEUE);
    await until(() => (host.querySelector(".events-result")?.textContent ?? "").includes("rule/tick"), "the schedule's event");
    button(host, "Remove target 1").click();
    await until(() => host.querySelector(".events-target") === null, "no target");
    button(host, "Save rule").click();
    await until(() => called("PutRule").length === 1, "the request");
    expect(called("PutRule")).toEqual([{ Name: "tick", ScheduleExpression: "rate(10 minutes)" }]);
  });

  it("of a rule that is there holds it, keeps its name, and sends only what changed", async () => {
    const { host, called } = await openForm("/rules/default/big-orders/edit");
    await until(() => host.querySelectorAll(".events-target").length === 2, "its targets");
    expect(field(host, "Name").disabled).toBe(true);
    expect(jsonOf(host, PATTERN)).toContain('  "source": ["shop.orders"],');
    button(host, "Remove target 1").click();
    type(field(host, "Description"), "Orders over 60");
    await until(() => host.querySelectorAll(".events-target").length === 1, "one target less");
    button(host, "Save rule").click();
    await until(() => location.hash === "#/events/rules/default/big-orders", "the rule's page");
    expect(called("PutRule")[0]).toMatchObject({ Name: "big-orders", Description: "Orders over 60" });
    expect(called("RemoveTargets")).toEqual([{ Rule: "big-orders", EventBusName: "default", Ids: ["gone"] }]);
    expect(called("PutTargets")).toEqual([]);
  });

  it("begins anew where its address asks for another rule", async () => {
    const { host } = await openForm();
    type(field(host, "Name"), "half-written");
    location.hash = "#/events/rules/new?bus=partners&pattern=%7B%22source%22%3A%5B%22a%22%5D%7D";
    await until(() => field(host, "Event bus").value === "partners", "the other form");
    expect(field(host, "Name").value).toBe("");
  });

  it("is whole on a phone", async () => {
    const { host } = await openForm("/rules/default/big-orders/edit", { width: 390 });
    await until(() => host.querySelectorAll(".events-target").length === 2, "its targets");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});
