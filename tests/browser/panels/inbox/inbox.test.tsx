import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { setAccountInfo } from "../../../../src/app/account-info.ts";
import { InboxPanel } from "../../../../src/panels/inbox/InboxPanel.tsx";
import { arnsIn } from "../../../../src/panels/inbox/mail.ts";
import { embeddedJson } from "../../../../src/ui/embedded-json.ts";
import { INFO, NOON } from "../../app/fake-client.ts";
import { expectAccessible, press, until } from "../../ui/mount.tsx";
import { button, field, isWhole, link, openPanel, type PanelPage, rows, text, type } from "../panel-page.tsx";

const TOPIC = "arn:aws:sns:us-east-1:123456789012:on-call";
const QUEUE = "arn:aws:sqs:us-east-1:123456789012:orders";
const ALARM = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:orders-failing";
const SUBJECT = 'ALARM: "orders-failing-in-the-checkout-of-the-corner-shop" in US East (N. Virginia)';
const MINUTE = 60_000;
const mail = (id: string, time: number, more: object = {}) => ({
  id,
  kind: "notification",
  time,
  to: "you@example.com",
  from: "AWS Notifications <no-reply@sns.amazonaws.com>",
  subject: SUBJECT,
  body: `The alarm went off.\n- Alarm Arn: ${ALARM}\n`,
  TopicArn: TOPIC,
  ...more,
});
const ENVELOPE = JSON.stringify({ Type: "Notification", Message: JSON.stringify({ AlarmName: "orders-failing", AlarmArn: ALARM }) });
const MAILS = [
  mail("3", NOON - MINUTE),
  mail("2", NOON - MINUTE, { to: "robot@example.com", body: ENVELOPE }),
  mail("1", NOON - 9 * MINUTE, {
    kind: "confirmation",
    subject: "AWS Notification - Subscription Confirmation",
    body: "Confirm.",
    token: "t1",
    confirmed: false,
  }),
];
let account = 0;

const open = (options: { readonly hash?: string; readonly width?: number; readonly none?: boolean } = {}): Promise<PanelPage> =>
  openPanel("/inbox", InboxPanel, {
    ...options,
    looks: {
      "sqs/overview": () => ({ queues: [{ arn: QUEUE }] }),
      "sns/inbox": () =>
        options.none
          ? { mails: [], total: 0, dropped: 0, pending: [] }
          : {
              mails: MAILS,
              total: MAILS.length,
              dropped: 0,
              pending: [
                {
                  TopicArn: TOPIC,
                  Endpoint: "you@example.com",
                  token: "t1",
                  sentence: "you@example.com gets nothing from on-call until its subscription is confirmed.",
                },
              ],
            },
    },
    reads: {
      "sns ListTopics": () => ({ Topics: options.none ? [] : [{ TopicArn: TOPIC }] }),
      "sns ListSubscriptions": () => ({
        Subscriptions: options.none
          ? []
          : [{ SubscriptionArn: "PendingConfirmation", TopicArn: TOPIC, Protocol: "email", Endpoint: "you@example.com" }],
      }),
      "sns Subscribe": () => ({ SubscriptionArn: "pending confirmation" }),
      "sns ConfirmSubscription": () => ({}),
    },
  });
const unread = (host: HTMLElement): number => host.querySelectorAll(".mail-dot[data-unread]").length;
const tab = (host: HTMLElement, name: string): void =>
  [...host.querySelectorAll<HTMLElement>("[role=tab]")].find((one) => one.textContent === name)?.click();

beforeEach(() => {
  setAccountInfo({ ...INFO, id: `inbox-${++account}` });
});
afterEach(() => {
  localStorage.removeItem(`nephoscope.read.inbox-${account}`);
  setAccountInfo(undefined);
  location.hash = "";
});

describe("the inbox", () => {
  it("shows the newest mail and counts the others as unread; a mail is read once it was shown", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the mails");
    await until(() => unread(host) === 2, "two unread");
    expect(text(host)).toContain("3, 2 unread");
    press(rows(host)[0] as HTMLElement, "ArrowDown");
    press(rows(host)[1] as HTMLElement, "Enter");
    await until(() => unread(host) === 1, "one unread");
    expect(JSON.parse(localStorage.getItem(`nephoscope.read.inbox-${account}`) ?? "[]")).toHaveLength(2);
    button(host, "Mark all as read").click();
    await until(() => unread(host) === 0, "none unread");
    expect(text(host)).toContain("3, all read");
    await expectAccessible(host);
  });

  it("knows in a reload what was read", async () => {
    localStorage.setItem(`nephoscope.read.inbox-${account}`, JSON.stringify(MAILS.map((one) => `${one.id}.${one.time}`)));
    const { host } = await open();
    await until(() => rows(host).length === 3, "the mails");
    expect(unread(host)).toBe(0);
  });

  it("leads to what a mail speaks of, not to its own topic", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the mails");
    expect(link(host, "orders-failing").getAttribute("href")).toBe("#/alarms/orders-failing");
    expect([...host.querySelectorAll(".mail-head .link")].map((one) => one.textContent)).toEqual(["orders-failing"]);
  });

  it("lays JSON out, and unpacks the JSON in it", async () => {
    const { host } = await open();
    await until(() => rows(host).length === 3, "the mails");
    rows(host)[1]?.click();
    await until(() => text(host).includes("Message, unpacked"), "the tabs");
    expect(text(host.querySelector(".tabpanel") as HTMLElement)).toContain('"AlarmName": "orders-failing"');
    tab(host, "As it was sent");
    await until(() => text(host.querySelector(".tabpanel") as HTMLElement).includes(ENVELOPE), "the raw text");
    // A box that scrolls is reached by keyboard.
    expect(host.querySelector<HTMLElement>(".mail-body")?.tabIndex).toBe(0);
  });

  it("confirms a subscription from the note above the list and from the mail", async () => {
    const { host, called } = await open();
    await until(() => rows(host).length === 3, "the mails");
    button(host.querySelector(".callout") as HTMLElement, "Confirm subscription").click();
    await until(() => called("ConfirmSubscription").length === 1, "the first call");
    rows(host)[2]?.click();
    await until(() => host.querySelector(".mail-view .btn.primary:not([disabled])") !== null, "the mail");
    (host.querySelector(".mail-view .btn.primary") as HTMLButtonElement).click();
    await until(() => called("ConfirmSubscription").length === 2, "the second call");
    expect(called("ConfirmSubscription")[1]).toEqual({ TopicArn: TOPIC, Token: "t1" });
  });

  it("shows one minute's mails when its address asks for it", async () => {
    const { host } = await open({ hash: `#/inbox?minute=${NOON - 9 * MINUTE}` });
    await until(() => rows(host).length === 1, "one mail");
    button(host, "Only 09:10").click();
    await until(() => rows(host).length === 3, "all mails");
  });

  it("is a list on a phone, with subjects whole; a mail takes its place and leads back", async () => {
    const { host } = await open({ width: 390 });
    await until(() => host.querySelectorAll(".tbl.cards .card").length === 3, "cards");
    expect(host.querySelector(".mail-view")).toBeNull();
    expect(unread(host)).toBe(3);
    expect(host.querySelector(".card-main")?.textContent).toBe(SUBJECT);
    expect(isWhole(host)).toBe(true);
    await expectAccessible(host);
    rows(host)[0]?.click();
    await until(() => host.querySelector(".mail-view") !== null, "the mail");
    expect(host.querySelector(".inbox-list")).toBeNull();
    await expectAccessible(host);
    button(host, "All mails").click();
    await until(() => host.querySelector(".inbox-list") !== null, "the list");
    expect(unread(host)).toBe(2);
  });

  it("subscribes another address, or a queue, to a topic", async () => {
    const { host, called } = await open();
    const subscribe = async (): Promise<HTMLElement> => {
      await until(() => text(host).includes("on-call"), "the topic");
      button(host, "Topic on-call").click();
      await until(() => host.querySelector(".menu:popover-open .menu-item") !== null, "the menu");
      (host.querySelector(".menu:popover-open .menu-item") as HTMLElement).click();
      await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
      return host.querySelector("dialog[open]") as HTMLElement;
    };
    const first = await subscribe();
    await expectAccessible(host);
    type(field(host, "Address"), "second@example.com");
    button(first, "Subscribe").click();
    await until(() => called("Subscribe").length === 1, "the call");
    expect(called("Subscribe")[0]).toEqual({ TopicArn: TOPIC, Protocol: "email", Endpoint: "second@example.com" });
    await until(() => host.querySelector("dialog[open]") === null, "no dialog");
    const second = await subscribe();
    const choose = (at: number, value: string): void => {
      const select = second.querySelectorAll("select")[at] as HTMLSelectElement;
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    };
    choose(0, "sqs");
    await until(() => second.querySelectorAll("select").length === 2 && text(second).includes("orders"), "the queues");
    choose(1, QUEUE);
    button(second, "Subscribe").click();
    await until(() => called("Subscribe").length === 2, "the call");
    expect(called("Subscribe")[1]).toEqual({ TopicArn: TOPIC, Protocol: "sqs", Endpoint: QUEUE });
  });

  it("says why it is empty and makes the first topic from there", async () => {
    const { host } = await open({ none: true });
    await until(() => text(host).includes("No mail yet"), "the empty inbox");
    expect(text(host)).toContain("No topics");
    button(host.querySelector(".empty") as HTMLElement, "New topic").click();
    await until(() => host.querySelector("dialog[open]") !== null, "the dialog");
    await expectAccessible(host);
  });
});

describe("what a mail holds", () => {
  it("names each ARN once, without the text around it", () => {
    expect(arnsIn(`"a": "${ALARM}", b ${TOPIC}&Token=1, ${ALARM}\n`)).toEqual([ALARM, TOPIC]);
    expect(arnsIn("nothing arn:aws:short")).toEqual([]);
  });
  it("unpacks members that are JSON objects or lists, and nothing else", () => {
    expect(embeddedJson({ a: ' {"x":1}', b: "[1]", c: "{broken", d: '"text"', e: 1 })).toEqual([
      { name: "a", value: { x: 1 } },
      { name: "b", value: [1] },
    ]);
    expect(embeddedJson("text")).toEqual([]);
  });
});
