import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { App } from "../../../src/app/App.tsx";
import { pastedTrace } from "../../../src/app/palette-items.ts";
import { setPaletteOpen } from "../../../src/app/shell-state.ts";
import { askWhy, whyAsked } from "../../../src/client/denied.ts";
import { dismissToast, toasts } from "../../../src/ui/toasts.ts";
import type { PlainFailure } from "../../../workers/api.ts";
import { expectAccessible, mount, press, until } from "../ui/mount.tsx";
import { fakeClient, NOON, PULSE } from "./fake-client.ts";

const TRACE = "1-69b28479-4c8e1f0a92b7d35e60f1a2c4";
const OTHER = "1-69b28470-aaaaaaaaaaaaaaaaaaaaaaaa";
const TREE = {
  decision: "implicitDeny",
  by: "identity",
  sentence: "Nothing allows it.",
  principal: "arn:aws:iam::123456789012:user/auditor",
  action: "sqs:CreateQueue",
  resource: "*",
  policies: [],
  context: {},
};
const DENIED: PlainFailure = { kind: "service", code: "AccessDenied", message: "no", because: TREE };

async function open(inUse: readonly string[] = ["events", "xray"]): Promise<{
  readonly host: HTMLElement;
  readonly asked: () => readonly string[];
  readonly type: (text: string) => void;
  readonly options: () => readonly string[];
}> {
  await page.viewport(1280, 800);
  location.hash = "#/settings";
  const fake = fakeClient(
    {
      "events ListEventBuses": () => ({ EventBuses: [{ Name: "default" }, { Name: "partners" }] }),
      "events ListRules": ({ EventBusName }) => ({ Rules: EventBusName === "default" ? [{ Name: "nightly" }] : [{ Name: "paid" }] }),
    },
    {
      look: async ({ view }) =>
        view === "filterPreview"
          ? { newest: [{ Id: OTHER, Http: { HttpMethod: "GET", HttpURL: "/buy" } }] }
          : view === "principals"
            ? [{ arn: "arn:aws:iam::1:role/deployer", name: "deployer", kind: "role" }]
            : [],
      aws: async () => ({ stdout: "", stderr: "AccessDenied: no\n", exitCode: 254, denied: [DENIED] }),
    },
  );
  fake.setPulse({ ...PULSE, clock: NOON, inUse });
  const host = mount(() => <App client={fake.client} />, { width: 1280, height: 800 });
  await until(() => host.querySelector("h1") !== null, "the page");
  setPaletteOpen(true);
  await until(() => host.querySelector("dialog.palette[open] .opt") !== null, "the palette");
  const input = host.querySelector<HTMLInputElement>(".palette input") as HTMLInputElement;
  return {
    host,
    asked: () => fake.asked.flatMap(([method, question]) => (method === "read" ? [(question as { operation: string }).operation] : [])),
    type: (text) => {
      input.value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    },
    options: () => [...host.querySelectorAll(".palette .opt")].map((one) => one.textContent ?? ""),
  };
}
const enter = (host: HTMLElement, more: KeyboardEventInit = {}): void =>
  press(host.querySelector(".palette input") as Element, "Enter", more);

afterEach(() => {
  setPaletteOpen(false);
  askWhy(undefined);
  for (const toast of toasts()) dismissToast(toast.id);
  location.hash = "";
});

describe("the palette", () => {
  it("finds rules of every bus by their names, buses, and roles", async () => {
    const { host, type, options } = await open();
    type("paid");
    await until(() => options()[0]?.startsWith("partners › paid") ?? false, "the rule of another bus");
    type("partners");
    await until(() => options().length >= 2, "the bus and its rule");
    expect(options().slice(0, 2)).toEqual(["partnersEvent bus", "partners › paidRule"]);
    type("deployer");
    await until(() => options()[0] === "deployerIAM role", "the role");
    type("nightly");
    await until(() => options()[0] === "nightlyRule, default bus", "the rule of the default bus");
    await expectAccessible(host.querySelector(".palette") as Element);
    enter(host);
    await until(() => location.hash === "#/events/rules/default/nightly", "its page");
  });

  it("finds a trace by the beginning of its id, and any by an id that is pasted", async () => {
    const { host, type, options } = await open();
    type("aaaa");
    expect(options().some((one) => one.startsWith(OTHER))).toBe(false);
    type("1-69b");
    await until(() => options()[0] === `${OTHER}Trace, GET /buy`, "the trace");
    type(`X-Amzn-Trace-Id: Root=${TRACE};Sampled=1`);
    await until(() => options()[0] === `${TRACE}Trace`, "the pasted one");
    enter(host);
    await until(() => location.hash === `#/traces/${TRACE}`, "its page");
  });

  it("asks nothing of services that have nothing", async () => {
    const { type, options, asked } = await open([]);
    type("alarms");
    await until(() => options().length > 0, "something");
    expect(asked()).not.toContain("ListEventBuses");
  });

  it("says why a line was denied", async () => {
    const { host, type } = await open();
    type("aws sqs create-queue --queue-name q");
    enter(host);
    await until(() => toasts().length === 1, "the refusal");
    expect(toasts()[0]?.action?.label).toBe("Why");
    toasts()[0]?.action?.run();
    expect(whyAsked()).toBe(TREE as unknown);
    await until(() => document.querySelector("dialog[open]")?.textContent?.includes("Why sqs:CreateQueue was denied") ?? false, "the why");
  });
});

describe("a pasted trace", () => {
  const idOf = (text: string): string | undefined => pastedTrace(text, { navigate: () => undefined })?.label;
  it.each([
    [TRACE, TRACE],
    [TRACE.toUpperCase(), TRACE],
    [`AWS-XRAY-TRACE-ID: ${TRACE}@1000000000000001`, TRACE],
    [TRACE.slice(2).replace("-", ""), TRACE],
    [`00-${TRACE.slice(2).replace("-", "")}-1000000000000001-01`, TRACE],
    [`${TRACE}0`, undefined],
    [TRACE.slice(0, -1), undefined],
    ["orders", undefined],
  ])("%s", (text, id) => {
    expect(idOf(text)).toBe(id);
  });
});
