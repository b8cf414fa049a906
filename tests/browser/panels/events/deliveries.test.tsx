import { afterEach, describe, expect, it } from "vitest";
import { expectAccessible, until } from "../../ui/mount.tsx";
import { button, choose, field, isWhole, link, rows, text, type } from "../panel-page.tsx";
import { jsonOf, openEvents, typeJson } from "./fake-events.ts";

afterEach(() => {
  location.hash = "";
});

const none = document.createElement("div");
const main = (host: HTMLElement): HTMLElement => host.querySelector<HTMLElement>(".body-main") ?? none;
const side = (host: HTMLElement): HTMLElement => host.querySelector<HTMLElement>(".body-aside") ?? none;

describe("deliveries", () => {
  it("tell what became of each, with every attempt, its code and the pause before it", async () => {
    const { host } = await openEvents("/deliveries");
    await until(() => rows(main(host)).length === 2, "the deliveries");
    await until(() => rows(side(host)).length === 2, "the attempts");
    const [first, second] = rows(side(host)).map(text);
    expect(first).toContain("09:17:24.000at onceTHROTTLING");
    expect(second).toContain("09:17:25.5002 sTHROTTLING");
    expect(text(side(host))).toContain("MaximumRetryAttempts is reached.");
    expect(text(side(host))).toContain("Dead-letter queuelost-events");
    expect(text(side(host))).toContain('"cents": 9900');
    await expectAccessible(host);
  });

  it("are narrowed by rule and status; what was sent is shown as it is", async () => {
    const { host, asked } = await openEvents("/deliveries");
    await until(() => field(host, "Rule").options.length === 3, "the rules to choose from");
    choose(field(host, "Rule"), "big-orders");
    choose(field(host, "Status"), "delivered");
    await until(() => asked("deliveries").some((one) => one["rule"] === "big-orders" && one["status"] === "delivered"), "the question");
    await until(() => text(side(host)).includes("order over 50"), "the payload");
    choose(field(host, "Status"), "retrying");
    await until(() => text(host).includes("No delivery fits the filter"), "none");
    button(host, "Clear the filter").click();
    await until(() => rows(main(host)).length === 2, "all again");
  });

  it("lead to the event, and the event to its rules and deliveries", async () => {
    const { host } = await openEvents("/deliveries?delivery=10");
    await until(() => text(side(host)).includes("order over 50"), "the delivery of the address");
    link(side(host), "OrderPlaced").click();
    await until(() => location.hash === "#/events?event=2", "the event");
    await until(() => text(host).includes("What the rules said1 of 2 took it"), "the verdicts");
    const sent = [...host.querySelectorAll<HTMLAnchorElement>(".events-sent a")];
    expect(sent.map((one) => [text(one), one.getAttribute("href")])).toEqual([
      ["big-orders → gone", "#/events/deliveries?delivery=11"],
      ["big-orders → fulfil", "#/events/deliveries?delivery=10"],
    ]);
  });

  it("that are not there say what makes one", async () => {
    const { host } = await openEvents("/deliveries", { looks: { "events/deliveries": () => ({ deliveries: [], total: 0 }) } });
    await until(() => text(host).includes("Nothing was delivered yet"), "the sentence");
    await expectAccessible(host);
  });

  it("are cards on a phone, whole and accessible", async () => {
    const { host } = await openEvents("/deliveries", { width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 2, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    button(host, "Delivery").click();
    await until(() => text(host).includes("What was sent"), "the delivery");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("an event that no rule took", () => {
  it("has every rule's reason, and a way to a rule that takes its like", async () => {
    const { host } = await openEvents("?event=1");
    await until(() => host.querySelectorAll(".events-verdicts > li").length === 2, "the rules");
    const [big, beat] = [...host.querySelectorAll<HTMLElement>(".events-verdict")];
    big?.click();
    await until(() => host.querySelectorAll("[role=treeitem]").length === 3, "the reasons");
    expect(text(host)).toContain("10 does not meet more than 5000.");
    beat?.click();
    await until(() => text(host).includes("events do not set it off"), "why the other stays out");
    expect(text(host)).toContain("It was sent to no target.");
    await expectAccessible(host);
    button(host, "Make a rule for events like it").click();
    await until(() => host.querySelector('.cm-content[aria-label="Event pattern"]') !== null, "the form");
    expect(jsonOf(host, "Event pattern")).toBe('{\n  "source": ["shop.orders"],\n  "detail-type": ["OrderRefunded"]\n}');
    await until(() => text(host).includes("Why it matches"), "that very event");
  });

  it("on a bus without rules says so", async () => {
    const { host } = await openEvents("?event=4");
    await until(() => text(host).includes("The bus partners has no rule, so the event went nowhere."), "the sentence");
  });
});

describe("the sandbox", () => {
  it("holds a pattern against an event, and takes it into a rule", async () => {
    const { host } = await openEvents("/sandbox");
    await until(() => host.querySelectorAll(".cm-content").length === 2, "both editors");
    await until(() => text(host).includes("Why it does not match"), "the reasons");
    await expectAccessible(host);
    typeJson(host, "Event pattern", '{"detail":{"n":[{"exists":true}]}}');
    typeJson(host, "The event", '{"detail":{"n":1}}');
    await until(() => text(host).includes("Why it matches"), "the match");
    expect(text(host)).toContain("aws events TestEventPattern");
    button(host, "Use in a rule").click();
    await until(() => location.hash.startsWith("#/events/rules/new?bus=default&pattern="), "the form");
    await until(() => jsonOf(host, "Event pattern").includes('"n": [{ "exists": true }]'), "the pattern");
  });

  it("is whole on a phone", async () => {
    const { host } = await openEvents("/sandbox", { width: 390 });
    await until(() => host.querySelectorAll(".cm-content").length === 2, "both editors");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});

describe("event buses", () => {
  it("stand with their rules and events; a new one is made, and what is refused stands at its field", async () => {
    let isTaken = true;
    const { host, called } = await openEvents("/buses", {
      reads: {
        "events CreateEventBus": () => {
          if (isTaken) throw { kind: "service", code: "ResourceAlreadyExistsException", message: "Event bus orders already exists." };
          return {};
        },
      },
    });
    await until(() => rows(host).length === 2 && text(rows(host)[0] as HTMLElement).includes("default23"), "the buses");
    await expectAccessible(host);
    button(host, "Create bus").click();
    await until(() => document.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = document.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Name"), "orders");
    button(dialog, "Create bus").click();
    await until(() => field(dialog, "Name").getAttribute("aria-invalid") === "true", "the refusal");
    expect(text(dialog)).toContain("Event bus orders already exists.");
    await expectAccessible(host);
    isTaken = false;
    button(dialog, "Create bus").click();
    await until(() => document.querySelector("dialog[open]") === null, "the end of the dialog");
    expect(called("CreateEventBus")).toEqual([{ Name: "orders" }, { Name: "orders" }]);
  });

  it("are deleted where they are not the default one; their source is shown", async () => {
    const { host, called } = await openEvents("/buses");
    await until(() => rows(host).length === 2, "the buses");
    button(host, "Actions for default").click();
    await until(() => document.querySelector(".menu-item") !== null, "the menu");
    expect([...document.querySelectorAll(".menu-item")].map(text)).not.toContain("Delete");
    button(host, "Actions for default").click();
    button(host, "Actions for partners").click();
    await until(() => [...document.querySelectorAll(".menu-item")].some((one) => text(one) === "Delete"), "the menu of the other");
    button(document, "Delete").click();
    await until(() => document.querySelector("dialog[open]") !== null, "the dialog");
    button(document.querySelector("dialog[open]") as HTMLElement, "Delete").click();
    await until(() => called("DeleteEventBus").length === 1, "the request");
    await until(() => document.querySelector("dialog[open]") === null, "the end of the dialog");
    button(host, "Actions for partners").click();
    await until(() => document.querySelector(".menu-item") !== null, "the menu again");
    button(document, "JSON source and aws lines").click();
    await until(() => text(document.body).includes("aws events CreateEventBus"), "the lines");
    await expectAccessible(host);
  });

  it("have a policy that is written as JSON; what EventBridge refuses of it stands below", async () => {
    const hint = "Statement[0].Resource: arn:aws:sqs:::q is not this bus.";
    const message = `Parameter Policy is not valid. Reason: ${hint}`;
    const policy = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"events:PutEvents","Resource":"arn:aws:sqs:::q"}]}';
    let isRefused = true;
    const Arn = "arn:aws:events:us-east-1:123456789012:event-bus/partners";
    const { host, called } = await openEvents("/buses", {
      reads: {
        "events ListEventBuses": () => ({ EventBuses: [{ Name: "partners", Arn, Policy: '{"Version":"2012-10-17","Statement":[]}' }] }),
        "events PutPermission": () => {
          if (isRefused) throw { kind: "service", code: "ValidationException", message, hint };
          return {};
        },
      },
    });
    const open = async (item: string): Promise<HTMLElement> => {
      button(host, "Actions for partners").click();
      await until(() => document.querySelector(".menu-item") !== null, "the menu");
      button(document, item).click();
      await until(() => document.querySelector("dialog[open]") !== null, "the dialog");
      return document.querySelector("dialog[open]") as HTMLElement;
    };
    const close = () => until(() => document.querySelector("dialog[open]") === null, "the end of the dialog");
    await until(() => rows(host).length === 1, "the bus");
    const dialog = await open("Edit its policy");
    await until(() => dialog.querySelector('.cm-content[aria-label="Policy"]') !== null, "the editor");
    typeJson(dialog, "Policy", '{"Statement": [ {} ]}');
    await until(() => text(dialog).includes("Effect is Allow or Deny."), "what the language refuses");
    typeJson(dialog, "Policy", policy.replace(",", ", "));
    await until(() => dialog.querySelector(".cm-content")?.getAttribute("aria-invalid") !== "true", "nothing wrong");
    button(dialog, "Save policy").click();
    await until(() => dialog.querySelector(".cm-content")?.getAttribute("aria-invalid") === "true", "the refusal");
    expect(text(dialog)).toContain(message);
    await expectAccessible(host);
    isRefused = false;
    button(dialog, "Save policy").click();
    await close();
    expect(called("PutPermission").at(-1)).toEqual({ EventBusName: "partners", Policy: policy });
    button(await open("Edit its policy"), "Remove policy").click();
    await close();
    expect(called("RemovePermission")).toEqual([{ EventBusName: "partners", RemoveAllPermissions: true }]);
    const source = await open("JSON source and aws lines");
    await until(() => text(source).includes("aws events PutPermission"), "the line that makes it");
  });
});
