import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { App } from "../../../src/app/App.tsx";
import { momentOf } from "../../../src/app/kept-moment.ts";
import { rangeChoice, setRangeChoice } from "../../../src/app/time-range.ts";
import { cursorTime, isCursorPinned, pinAt, pointAt, unpin } from "../../../src/charts/cursor.ts";
import { lineAmong } from "../../../src/ui/row-moments.ts";
import { frame, mount, until } from "../ui/mount.tsx";
import { type Fake, fakeClient, NOON, PULSE } from "./fake-client.ts";

const MINUTE = 60_000;

async function shell(hash: string, width = 1280): Promise<{ readonly host: HTMLElement; readonly fake: Fake }> {
  await page.viewport(width, 800);
  location.hash = hash;
  const fake = fakeClient();
  const host = mount(() => <App client={fake.client} />, { width, height: 800 });
  await until(() => host.querySelector("h1") !== null && host.querySelector(".clock .ruler svg") !== null, "the page");
  return { host, fake };
}

afterEach(() => {
  unpin();
  setRangeChoice({ kind: "last", minutes: 60 });
});

describe("a pinned moment", () => {
  it("is said in the head, by the moment that is meant, and let go there", async () => {
    const { host } = await shell("#/settings");
    pinAt(NOON - 60_000, { moment: NOON });
    const chip = (): HTMLButtonElement | undefined =>
      [...host.querySelectorAll<HTMLButtonElement>(".top button")].find((one) => one.textContent === "Unpin 09:19:24");
    await until(() => chip() !== undefined, "the chip");
    // So does the address: reloaded, the page is at the moment that was meant, not at the place of its mark.
    await until(() => location.hash === `#/settings?at=${NOON}`, "the moment in the address");
    chip()?.click();
    await until(() => chip() === undefined, "no chip");
    expect(isCursorPinned()).toBe(false);
  });

  it("is in the address, on the next page too, and leaves it when it is let go", async () => {
    await shell("#/settings");
    expect(location.hash).toBe("#/settings");
    pointAt(NOON - MINUTE);
    await frame();
    expect(location.hash).toBe("#/settings");
    pinAt(NOON - 5 * MINUTE);
    await until(() => location.hash === `#/settings?at=${NOON - 5 * MINUTE}`, "the moment in the address");
    location.hash = "#/fidelity";
    await until(() => location.hash === `#/fidelity?at=${NOON - 5 * MINUTE}`, "the moment on the next page");
    unpin();
    await until(() => location.hash === "#/fidelity", "a plain address");
  });

  it("is taken from the address, and the range goes where it is", async () => {
    await shell(`#/settings?at=${NOON - 300 * MINUTE}`);
    await until(() => isCursorPinned(), "the pin");
    expect(cursorTime()).toBe(NOON - 300 * MINUTE);
    expect(rangeChoice()).toMatchObject({ kind: "fixed", from: NOON - 315 * MINUTE - (NOON % MINUTE) });
    // Nothing is pinned that has not happened yet.
    location.hash = `#/settings?at=${NOON + 300 * MINUTE}`;
    await until(() => cursorTime() === NOON, "the present");
  });

  it("does not go along into another account", async () => {
    const { fake } = await shell(`#/settings?at=${NOON - MINUTE}`);
    await until(() => isCursorPinned(), "the pin");
    fake.setPulse({ ...PULSE, account: "a2" });
    await until(() => !isCursorPinned() && location.hash === "#/settings", "no pin");
  });

  it("is nothing where the address holds no moment", () => {
    for (const odd of [undefined, "", "noon", "-1", "1e9", "99999999999999999999"]) expect(momentOf(odd)).toBeUndefined();
  });
});

describe("the line of a moment among rows", () => {
  it.each([
    ["newest first, between two", [30, 20, 10], 25, { row: 1, edge: "top" }],
    ["newest first, at one", [30, 20, 10], 20, { row: 1, edge: "top" }],
    ["newest first, later than all", [30, 20, 10], 99, { row: 0, edge: "top" }],
    ["newest first, before all", [30, 20, 10], 5, { row: 2, edge: "bottom" }],
    ["newest last, between two", [10, 20, 30], 25, { row: 1, edge: "bottom" }],
    ["newest last, before all", [10, 20, 30], 5, { row: 0, edge: "top" }],
    ["newest last, later than all", [10, 20, 30], 99, { row: 2, edge: "bottom" }],
    ["in another order", [10, 30, 20], 15, undefined],
    ["of none", [], 15, undefined],
  ] as const)("%s", (_, times, moment, line) => {
    expect(lineAmong(times, moment)).toEqual(line);
  });
});

describe("the phone's head", () => {
  it("shows the whole name of a page beside who acts, whose menu says it in words", async () => {
    const { host } = await shell("#/trail", 390);
    const title = host.querySelector<HTMLElement>(".phone-title > .trunc");
    expect(title?.textContent).toBe("Event history");
    expect(title?.scrollWidth).toBeLessThanOrEqual(title?.clientWidth ?? 0);
    expect(host.querySelector(".phone-who")?.textContent).toBe("developer");
    const menu = host.querySelector<HTMLElement>('.phone-top [aria-label="Identity: developer"]');
    expect(menu?.title).toBe("Identity: developer");
  });
});
