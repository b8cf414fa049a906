import { afterEach, describe, expect, it } from "vitest";
import { deniedMore } from "../../../../src/client/denied.ts";
import { QueuesPanel } from "../../../../src/panels/queues/QueuesPanel.tsx";
import { setFailureTeller } from "../../../../src/ui/failure-more.ts";
import { toasts } from "../../../../src/ui/toasts.ts";
import { NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, field, isWhole, openPanel, type PanelPage, text, type } from "../panel-page.tsx";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const url = (name: string): string => `https://sqs.us-east-1.amazonaws.com/123456789012/${name}`;
const queue = (name: string, visible: number, inFlight: number) => ({
  name,
  url: url(name),
  arn: `arn:aws:sqs:us-east-1:123456789012:${name}`,
  created: NOON - 60_000,
  visible,
  inFlight,
  delayed: 0,
});
const MESSAGES = [
  {
    id: "1",
    MessageId: "m-1",
    body: JSON.stringify({ Type: "Notification", Message: '{"AlarmName":"orders"}' }),
    sent: NOON - 30_000,
    receives: 0,
    state: "visible",
    visibleAt: NOON - 30_000,
    expires: NOON + 1000,
  },
  {
    id: "2",
    MessageId: "m-2",
    body: "plain text",
    sent: NOON - 20_000,
    receives: 1,
    state: "in flight",
    visibleAt: NOON + 10_000,
    expires: NOON + 2000,
  },
];
const open = (
  options: { readonly hash?: string; readonly width?: number; readonly none?: boolean; readonly refuse?: boolean } = {},
): Promise<PanelPage> =>
  openPanel("/queues", QueuesPanel, {
    ...options,
    looks: {
      "sqs/overview": () => ({
        queues: options.none ? [] : [queue("alarms-for-the-dashboards-of-the-corner-shop", 1, 1), queue("orders", 0, 0)],
      }),
      "sqs/contents": (question) =>
        question["queue"] === "orders" ? { total: 0, messages: [] } : { total: MESSAGES.length, messages: MESSAGES },
    },
    reads: {
      "sns ListTopics": () => ({ Topics: [{ TopicArn: TOPIC }] }),
      "sns Subscribe": () => ({ SubscriptionArn: `${TOPIC}:1` }),
      "sqs SendMessage": () => ({ MessageId: "m-3" }),
      "sqs ReceiveMessage": () => ({ Messages: [{ MessageId: "m-1", ReceiptHandle: "h-1" }] }),
      "sqs DeleteMessage": () => ({}),
      "sqs DeleteQueue": () => ({}),
      "sqs CreateQueue": () => {
        if (options.refuse) throw { kind: "service", code: "InvalidParameterValue", message: "Can only include alphanumeric characters." };
        return { QueueUrl: url("new") };
      },
    },
  });
const cells = (host: HTMLElement, label: string): string[][] =>
  [...host.querySelectorAll(`table[aria-label="${label}"] tbody tr`)].map((row) =>
    [...row.querySelectorAll("td")].map((cell) => text(cell).trim()),
  );
const message = (host: HTMLElement): string => text(host.querySelector(".body-aside") as HTMLElement);

afterEach(() => {
  location.hash = "";
  setFailureTeller(() => undefined);
});

describe("the queues page", () => {
  it("counts what each queue holds and shows the messages of the first", async () => {
    const { host } = await open();
    await until(() => cells(host, "Queues").length === 2, "the queues");
    expect(cells(host, "Queues")[0]?.slice(0, 4)).toEqual(["alarms-for-the-dashboards-of-the-corner-shop", "1", "1", "0"]);
    await until(() => message(host).includes("plain text"), "the newest message");
    expect(message(host)).toContain("visible again at");
    await expectAccessible(host);
  });

  it("unpacks the message in a notification", async () => {
    const { host } = await open();
    await until(() => message(host).includes("plain text"), "the messages");
    const first = host.querySelector('table[aria-label^="Messages"] tbody tr') as HTMLElement;
    press(first, "Enter");
    await until(() => message(host).includes('"AlarmName": "orders"'), "the message in it");
  });

  it("opens the queue its address names, and says that it is empty", async () => {
    const { host } = await open({ hash: "#/queues?queue=orders" });
    await until(() => text(host).includes("Messages in orders"), "the queue");
    await until(() => text(host).includes("No messages"), "its emptiness");
    expect(message(host)).toContain("Choose a message");
  });

  it("receives as a consumer does, and deletes what it received", async () => {
    const { host, called } = await open();
    await until(() => message(host).includes("plain text"), "the messages");
    button(host, "Receive one").click();
    await until(() => toasts().some((toast) => toast.action !== undefined), "the note");
    toasts().at(-1)?.action?.run();
    await until(() => called("DeleteMessage").length === 1, "the deletion");
    expect(called("DeleteMessage")[0]).toMatchObject({ ReceiptHandle: "h-1" });
  });

  it("sends what was typed, by Enter", async () => {
    const { host, called } = await open();
    await until(() => message(host).includes("plain text"), "the messages");
    type(field(host, "Send a message"), "hello");
    (host.querySelector(".queue-send") as HTMLFormElement).requestSubmit();
    await until(() => called("SendMessage").length === 1, "the call");
    expect(called("SendMessage")[0]).toMatchObject({ MessageBody: "hello" });
    await until(() => field(host, "Send a message").value === "", "an empty field");
  });

  it("subscribes the queue to a topic that is chosen", async () => {
    const { host, called } = await open();
    await until(() => message(host).includes("plain text"), "the messages");
    button(host, "Subscribe to a topic").click();
    await until(() => host.querySelectorAll("dialog[open] option").length === 2, "the topics");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    expect(text(dialog)).toContain("Subscribe alarms-for-the-dashboards-of-the-corner-shop to a topic");
    button(dialog, "Subscribe").click();
    expect(called("Subscribe")).toEqual([]);
    const select = dialog.querySelector("select") as HTMLSelectElement;
    select.value = TOPIC;
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await until(() => text(dialog).includes("aws sns Subscribe"), "the line");
    await expectAccessible(host);
    button(dialog, "Subscribe").click();
    await until(() => called("Subscribe").length === 1, "the call");
    expect(called("Subscribe")[0]).toEqual({
      TopicArn: TOPIC,
      Protocol: "sqs",
      Endpoint: "arn:aws:sqs:us-east-1:123456789012:alarms-for-the-dashboards-of-the-corner-shop",
    });
    await until(() => host.querySelector("dialog[open]") === null, "no dialog");
  });

  it("asks before a queue goes with all its messages", async () => {
    const { host, called } = await open();
    await until(() => cells(host, "Queues").length === 2, "the queues");
    button(host, "Actions, orders").click();
    await until(() => host.querySelector(".menu:popover-open .menu-item.danger") !== null, "the menu");
    (host.querySelector(".menu:popover-open .menu-item.danger") as HTMLElement).click();
    await until(() => text(host).includes("Delete orders?"), "the question");
    await expectAccessible(host);
    expect(called("DeleteQueue")).toEqual([]);
    (host.querySelector("dialog[open] .btn.danger") as HTMLElement).click();
    await until(() => called("DeleteQueue").length === 1, "the call");
    expect(called("DeleteQueue")[0]).toEqual({ QueueUrl: url("orders") });
  });

  it("shows at the name why a queue cannot be made", async () => {
    const { host } = await open({ none: true, refuse: true });
    await until(() => text(host).includes("No queues yet"), "the empty page");
    button(host.querySelector(".empty") as HTMLElement, "Create queue").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    type(field(host, "Queue name"), "a b");
    (host.querySelector("dialog[open] .btn.primary") as HTMLElement).click();
    await until(() => text(host.querySelector("dialog[open]") as HTMLElement).includes("Can only include"), "the rule");
    expect(field(host, "Queue name").getAttribute("aria-invalid")).toBe("true");
    await expectAccessible(host);
  });

  it("says that making a queue was denied, with a way to why, and blames no field; a list that was denied is not counted", async () => {
    setFailureTeller(deniedMore);
    const denied = (action: string) => () => {
      const because = { principal: "arn:aws:iam::1:user/intruder", action, decision: "implicitDeny", policies: [] };
      throw { kind: "service", code: "AccessDenied", message: `Not authorized to perform: ${action} on QueueName.`, because };
    };
    const { host } = await openPanel("/queues", QueuesPanel, {
      looks: { "sqs/overview": denied("sqs:ListQueues") },
      reads: { "sqs CreateQueue": denied("sqs:CreateQueue") },
    });
    await until(() => text(host).includes("sqs:ListQueues"), "the denied list");
    expect(text(host.querySelector(".queue-list") as HTMLElement)).not.toMatch(/Queues ?0/);
    button(host, "Create queue").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    type(field(dialog, "Queue name"), "a");
    (dialog.querySelector(".btn.primary") as HTMLElement).click();
    await until(() => text(dialog).includes("AccessDenied: denied to intruder"), "the note");
    expect(button(dialog, "Why")).toBeDefined();
    expect(field(dialog, "Queue name").getAttribute("aria-invalid")).not.toBe("true");
  });

  it("is cards on a phone, whole and accessible", async () => {
    const { host } = await open({ width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 4, "cards");
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
  });
});
