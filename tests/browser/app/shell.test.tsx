import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { App } from "../../../src/app/App.tsx";
import { takeDroppedFile } from "../../../src/app/dropped-file.ts";
import { linkIn } from "../../../src/app/links.ts";
import { matchRank } from "../../../src/app/palette-items.ts";
import { preferences } from "../../../src/app/preferences.ts";
import { rulerSpan, rulerTicks } from "../../../src/app/ruler-scale.ts";
import {
  setHelpOpen,
  setPaletteOpen,
  setRewindAsked,
  setSetAsideOpen,
  setShareOpen,
  setTerminalOpen,
} from "../../../src/app/shell-state.ts";
import { rangeAt, rangeChoice, setRangeChoice, shiftRange } from "../../../src/app/time-range.ts";
import { unpin } from "../../../src/charts/cursor.ts";
import { dismissToast, showToast, toasts } from "../../../src/ui/toasts.ts";
import type { NewsStop, WorkerApi } from "../../../workers/api.ts";
import { expectAccessible, frame, mount, press, until } from "../ui/mount.tsx";
import { ALARM_LINE, type Fake, fakeClient, NOON, PULSE } from "./fake-client.ts";

const MINUTE = 60_000;

function buttonIn(host: Element | null, name: string): HTMLElement {
  const found = [...(host?.querySelectorAll<HTMLElement>("button") ?? [])].find((button) => button.textContent === name);
  if (found === undefined) throw new Error(`There is no button "${name}".`);
  return found;
}

async function shell(
  width = 1440,
  height = 900,
  hash = "#/settings",
  answers: Partial<WorkerApi> = {},
): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(width, height);
  location.hash = hash;
  const fake = fakeClient({}, answers);
  const host = mount(() => <App client={fake.client} />, { width, height });
  await until(() => (host.querySelector(".phone-tabs") !== null) === width < 700, "the shape for this width");
  await until(() => host.querySelector(".clock .ruler svg") !== null, "the ruler");
  await until(() => host.querySelector("h1") !== null, "the page");
  return { host, fake };
}

afterEach(() => {
  setPaletteOpen(false);
  setShareOpen(false);
  setHelpOpen(false);
  setTerminalOpen(false);
  setSetAsideOpen(false);
  setRewindAsked(undefined);
  setRangeChoice({ kind: "last", minutes: 60 });
  for (const toast of toasts()) dismissToast(toast.id);
  unpin();
});

describe("the shell", () => {
  it("shortens the way to a page before the page's own name, which never vanishes", async () => {
    const group = encodeURIComponent("/imported/corner-shop-checkout-of-the-second-floor");
    const { host } = await shell(1180, 850, `#/logs/${group}/filters/new`);
    const crumbs = host.querySelector(".crumbs") as HTMLElement;
    const here = crumbs.querySelector("[aria-current]") as HTMLElement;
    expect(here.textContent).toBe("Create metric filter");
    expect(here.getBoundingClientRect().right).toBeLessThanOrEqual(crumbs.getBoundingClientRect().right + 1);
    expect(here.getBoundingClientRect().width).toBeGreaterThan(28);
    for (const one of crumbs.querySelectorAll<HTMLElement>("a")) {
      if (one.scrollWidth > one.clientWidth) expect(getComputedStyle(one).textOverflow).toBe("ellipsis");
    }
    expect([...crumbs.querySelectorAll("a")].some((one) => one.scrollWidth > one.clientWidth)).toBe(true);
  });

  it("takes errors away with the person they were of, and with the past", async () => {
    const { host, fake } = await shell();
    showToast({ severity: "error", text: "Refused." });
    fake.setPulse({ ...PULSE, clock: NOON + 1000 });
    expect(toasts()).toHaveLength(1);
    fake.setPulse({ ...PULSE, identity: "intruder" });
    await until(() => toasts().length === 0, "gone with the person");
    showToast({ severity: "error", text: "Refused." });
    press(host, "z", { ctrlKey: true });
    await until(() => toasts().every((one) => one.severity !== "error") && toasts().length === 1, "gone with the past");
  });

  it("passes axe in light and dark on Settings and on Fidelity", async () => {
    const { host } = await shell();
    await until(() => host.textContent?.includes("access.log") ?? false, "the accounts");
    await expectAccessible(host);
    location.hash = "#/fidelity";
    await until(() => host.textContent?.includes("PutMetricAlarm") ?? false, "the operations");
    await expectAccessible(host);
  });

  it("passes axe on a phone and at 1024", async () => {
    const small = await shell(390, 844);
    await until(() => small.host.querySelector(".phone-tabs") !== null, "the phone's bar");
    await expectAccessible(small.host);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });

  it("says where we are in AWS's names and marks the page in the rail", async () => {
    const { host } = await shell(1440, 900, "#/logs/%2Faws%2Flambda%2Fcheckout");
    const crumbs = host.querySelector(".crumbs") as HTMLElement;
    expect(crumbs.textContent).toBe("LogsLog groups/aws/lambda/checkout");
    expect(host.querySelector(".rail-item[aria-current=page]")?.textContent).toContain("Log groups");
    expect(host.querySelector(".rail-item .n.hot")?.textContent).toContain("1");
  });

  it("shows the clock with the words account time, and the speed it keeps when it cannot keep the asked one", async () => {
    const { host, fake } = await shell();
    const now = host.querySelector(".clock .now") as HTMLElement;
    expect(now.textContent).toContain("09:19:24");
    expect(now.textContent).toContain("account time");
    fake.setPulse({ ...PULSE, speed: 3600, kept: 412 });
    expect(now.textContent).toContain("3600× asked, keeps 412×");
  });

  it("plays, steps and rewinds by keys, and not while typing or when single keys are off", async () => {
    const { host, fake } = await shell();
    const calls = (): string[] => fake.asked.map(([name]) => name).filter((name) => /^(play|pause|advance|rewind)$/.test(name));
    press(document.body, "k");
    press(document.body, ".");
    press(document.body, ",");
    await frame();
    expect(calls()).toEqual(["pause", "advance", "rewind"]);
    press(host.querySelector(".ruler") as Element, " ");
    await frame();
    expect(calls().at(-1)).toBe("pause");
    preferences().setSingleKeys(false);
    press(document.body, "k");
    await frame();
    expect(calls().length).toBe(4);
    preferences().setSingleKeys(true);
  });

  it("chooses a speed by arrows in the radio group", async () => {
    const { host, fake } = await shell();
    const speed = host.querySelector<HTMLElement>(".speeds [aria-checked=true]") as HTMLElement;
    speed.focus();
    press(speed, "ArrowRight");
    await frame();
    expect(fake.asked.find(([name]) => name === "play")?.[1]).toBe(10);
  });

  it("goes to a page by g and its letter", async () => {
    const { host } = await shell();
    press(document.body, "g");
    press(document.body, "f");
    await until(() => host.querySelector("h1")?.textContent === "Fidelity", "Fidelity");
  });

  it("finds a resource in the palette, opens it by Enter and runs its aws line by Ctrl Enter", async () => {
    const { host, fake } = await shell();
    press(document.body, "k", { ctrlKey: true });
    await until(() => host.querySelector("dialog.palette[open] .opt") !== null, "the palette");
    const input = host.querySelector<HTMLInputElement>(".palette input") as HTMLInputElement;
    expect(document.activeElement).toBe(input);
    input.value = "throttled";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    await until(
      () => host.querySelector(".palette .opt[aria-selected=true]")?.textContent?.startsWith("orders-throttled") ?? false,
      "the alarm",
    );
    await expectAccessible(host.querySelector(".palette") as Element);
    press(input, "Enter", { ctrlKey: true });
    await until(() => fake.asked.some(([name]) => name === "aws"), "the line");
    expect(fake.asked.find(([name]) => name === "aws")?.[1]).toBe("aws cloudwatch describe-alarms --alarm-names orders-throttled");
    press(document.body, "k", { ctrlKey: true });
    await until(() => host.querySelector("dialog.palette[open] .opt") !== null, "the palette again");
    input.value = "orders-throttled";
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
    press(input, "Enter");
    await until(() => location.hash === "#/alarms/orders-throttled", "the alarm's page");
  });

  it("opens keyboard help, terminal and share, each accessible", async () => {
    const { host } = await shell();
    press(document.body, "?");
    await until(() => host.querySelector("dialog.dialog[open] .keys-grid") !== null, "the keys");
    await expectAccessible(host.querySelector("dialog[open]") as Element);
    setHelpOpen(false);
    press(document.body, "`", { ctrlKey: true });
    await until(() => host.querySelector(".drawer") !== null, "the drawer");
    const edge = host.querySelector(".drawer-edge") as HTMLElement;
    const before = Number(edge.getAttribute("aria-valuenow"));
    press(edge, "ArrowUp");
    expect(Number(edge.getAttribute("aria-valuenow"))).toBe(before + 4);
    press(edge, "ArrowDown");
    press(edge, "Escape");
    await until(() => host.querySelector(".drawer") === null, "no drawer");
    setShareOpen(true);
    await until(() => host.querySelector(".share-link")?.textContent?.includes("#/s/1.") ?? false, "the link");
    await expectAccessible(host.querySelector("dialog[open]") as Element);
  });

  it("shares again and again: each time in front of everything, with the hash of what the link holds", async () => {
    const hashes = ["a".repeat(32), "b".repeat(32)];
    let made = 0;
    const { host } = await shell(1440, 900, "#/settings", {
      scenarioFile: async () => JSON.stringify({ format: 1, hash: hashes[made++] }),
    });
    for (const hash of hashes) {
      setShareOpen(true);
      await until(() => host.querySelector("dialog:modal .share-link") !== null, "the link in a modal dialog");
      expect(host.querySelector("dialog:modal")?.textContent).toContain(hash);
      setShareOpen(false);
      await until(() => host.querySelector("dialog:modal") === null, "no dialog");
    }
  });

  for (const width of [1440, 1024]) {
    it(`keeps toasts off the page's work at ${width}`, async () => {
      const { host } = await shell(width, 900, "#/alarms/new");
      await until(() => host.querySelector(".alarm-form") !== null, "the form");
      const work = host.querySelector(".body-main") as HTMLElement;
      const before = work.getBoundingClientRect();
      showToast({
        severity: "ok",
        text: "Undone: a line so long that it takes two. ".repeat(8),
        action: { label: "Redo", run: () => undefined },
      });
      await until(() => host.querySelector(".toast") !== null, "the toast");
      await frame();
      const toast = host.querySelector(".toast") as HTMLElement;
      expect(work.getBoundingClientRect()).toEqual(before);
      expect(toast.getBoundingClientRect().top).toBeGreaterThanOrEqual(before.bottom);
      expect(toast.getBoundingClientRect().bottom).toBeLessThanOrEqual(host.querySelector(".clock")?.getBoundingClientRect().top ?? 0);
      const open = host.querySelector(".term-open") as HTMLElement;
      expect(toast.getBoundingClientRect().right).toBeLessThanOrEqual(open.getBoundingClientRect().left);
      press(document.body, "`", { ctrlKey: true });
      await until(() => host.querySelector(".drawer") !== null, "the terminal");
      const head = host.querySelector(".drawer-head") as HTMLElement;
      await until(() => Math.abs(toast.getBoundingClientRect().top - head.getBoundingClientRect().top) < 12, "the toast over its head");
    });
  }

  it("gives the focus to the page's heading when what had it went with the page before", async () => {
    const { host } = await shell(1440, 900, "#/logs");
    await until(() => host.querySelector(".main a.link") !== null, "a row");
    const row = host.querySelector(".main a.link") as HTMLElement;
    row.focus();
    row.click();
    await until(() => location.hash.startsWith("#/logs/"), "another page");
    await until(() => host.querySelector("#main")?.contains(document.activeElement) ?? false, "the focus in the page");
    expect(document.activeElement?.matches("h1, #main")).toBe(true);
    // A link that is still there keeps it.
    const rail = host.querySelector('.rail a[href="#/settings"]') as HTMLElement;
    rail.focus();
    rail.click();
    await until(() => location.hash === "#/settings", "settings");
    await frame();
    await frame();
    expect(document.activeElement).toBe(rail);
  });

  it("leaves no label on the ruler that the cursor's tag would cut", async () => {
    const { host } = await shell();
    const ruler = host.querySelector(".ruler") as HTMLElement;
    const labels = (): Element[] => [...host.querySelectorAll(".ruler-label")];
    const all = labels().length;
    expect(all).toBeGreaterThan(4);
    const label = labels()[2]?.getBoundingClientRect() as DOMRect;
    const box = ruler.getBoundingClientRect();
    ruler.dispatchEvent(
      new PointerEvent("pointermove", { clientX: label.left + label.width / 2 + 30, clientY: box.top + 30, bubbles: true }),
    );
    await until(() => host.querySelector(".ruler .curtag") !== null, "the tag");
    const tag = host.querySelector(".ruler .curtag")?.getBoundingClientRect() as DOMRect;
    for (const one of labels()) {
      const { left, right } = one.getBoundingClientRect();
      expect(right <= tag.left || left >= tag.right).toBe(true);
    }
    expect(labels().length).toBe(all - 1);
  });

  it("moves the shared cursor on the ruler by keys and offers to rewind there", async () => {
    const { host, fake } = await shell();
    const ruler = host.querySelector(".ruler") as HTMLElement;
    press(ruler, "ArrowLeft", { shiftKey: true });
    expect(ruler.getAttribute("aria-valuetext")).toBe("2026-03-12 09:14:00, pinned");
    const offer = [...host.querySelectorAll<HTMLElement>(".tail button")].find((button) => button.textContent === "Rewind to 09:14");
    offer?.click();
    await until(() => fake.asked.some(([name]) => name === "rewind"), "the rewind");
    expect(fake.asked.find(([name]) => name === "rewind")?.[1]).toBe(NOON - 5 * MINUTE - 24_000);
    expect(fake.asked.find(([name]) => name === "wouldSetAside")?.[1]).toBe(NOON - 5 * MINUTE - 24_000);
  });

  it("asks before rewinding sets commands aside, and does nothing on no", async () => {
    const { host, fake } = await shell(1440, 900, "#/settings", {
      wouldSetAside: async () => ({ commands: [ALARM_LINE, { ...ALARM_LINE, isLine: false, text: "Act as root" }], forgotten: 1 }),
    });
    const rewinds = (): number => fake.asked.filter(([name]) => name === "rewind").length;
    const dialog = (): HTMLElement | null => host.querySelector("dialog.dialog[open]");
    press(document.body, ",");
    await until(() => dialog() !== null, "the question");
    expect(dialog()?.textContent).toContain("2 commands after 09:18:24 are set aside; you can bring them back.");
    expect(dialog()?.textContent).toContain("put-metric-alarm --alarm-name high-errors");
    expect(dialog()?.textContent).toContain("Act as root");
    expect(dialog()?.textContent).toContain("1 command is set aside already");
    await expectAccessible(dialog() as Element);
    buttonIn(dialog(), "Cancel").click();
    await until(() => dialog() === null, "no question");
    expect(rewinds()).toBe(0);
    press(document.body, ",");
    await until(() => dialog() !== null, "the question again");
    buttonIn(dialog(), "Rewind").click();
    await until(() => rewinds() === 1, "the rewind");
    await until(() => host.querySelector(".toast")?.textContent?.includes("2 commands are set aside.") ?? false, "what is set aside");
  });

  it("shows as long as something is set aside, lists it and brings it back", async () => {
    const { host, fake } = await shell(1440, 900, "#/settings", {
      past: async () => ({ redo: ALARM_LINE, aside: [ALARM_LINE], since: [{ ...ALARM_LINE, text: "aws sns create-topic --name t" }] }),
    });
    expect(host.querySelector(".clock .chip")).toBeNull();
    fake.setPulse({ ...PULSE, past: { setAside: 1, canUndo: true, canRedo: true } });
    const chip = host.querySelector<HTMLElement>(".clock .chip");
    expect(chip?.textContent).toBe("1 set aside");
    expect(host.querySelector(".main .callout")?.textContent).toContain("1 command is set aside");
    chip?.click();
    await until(() => host.querySelector("dialog[open] .past-list") !== null, "the list");
    const dialog = host.querySelector("dialog[open]") as HTMLElement;
    expect(dialog.textContent).toContain("put-metric-alarm --alarm-name high-errors");
    expect(dialog.textContent).toContain("1 command done since is then set aside in turn:");
    await expectAccessible(dialog);
    buttonIn(dialog, "Bring back").click();
    await until(() => fake.asked.some(([name]) => name === "bringBack"), "bringing back");
    expect(host.querySelector("dialog[open]")).toBeNull();
    fake.setPulse(PULSE);
    expect(host.querySelector(".clock .chip")).toBeNull();
  });

  it("undoes and redoes by keys, outside of fields and dialogs, and says which command it was", async () => {
    const { host, fake } = await shell();
    const count = (name: string): number => fake.asked.filter(([asked]) => asked === name).length;
    const toast = (): string => [...host.querySelectorAll(".toast")].at(-1)?.textContent ?? "";
    press(document.body, "z", { ctrlKey: true });
    await until(() => toast().includes("Undone: aws cloudwatch put-metric-alarm --alarm-name high-errors"), "what was undone");
    press(document.body, "Z", { ctrlKey: true, shiftKey: true });
    await frame();
    expect([count("undo"), count("redo"), toast()]).toEqual([1, 0, expect.stringContaining("There is no command to do again.")]);
    fake.setPulse({ ...PULSE, past: { setAside: 1, canUndo: false, canRedo: true } });
    press(document.body, "Z", { ctrlKey: true, shiftKey: true });
    await until(() => toast().includes("Done again: aws cloudwatch put-metric-alarm"), "what was done again");
    press(document.body, "z", { ctrlKey: true });
    await frame();
    expect([count("undo"), count("redo")]).toEqual([1, 1]);
    fake.setPulse(PULSE);
    press(document.body, "k", { ctrlKey: true });
    await until(() => host.querySelector("dialog.palette[open]") !== null, "the palette");
    press(host.querySelector(".palette input") as Element, "z", { ctrlKey: true });
    await frame();
    expect(count("undo")).toBe(1);
  });

  it("runs to the next event and says what it stopped at", async () => {
    let stop: NewsStop = { clock: NOON, news: [], ended: "idle" };
    const { host } = await shell(1440, 900, "#/settings", { advanceToNews: async () => stop });
    const toast = (): string => [...host.querySelectorAll(".toast")].at(-1)?.textContent ?? "";
    const next = buttonIn(host.querySelector(".clock"), "Next event");
    next.click();
    await until(() => toast().includes("Nothing is planned"), "that nothing is planned");
    stop = { clock: NOON + 3_600_000, news: [], ended: "limit" };
    next.click();
    await until(
      () => toast().includes("Nothing happened in an hour. The clock stands at 10:19:24; ask again to run on."),
      "that nothing happened",
    );
    const at = NOON + 72 * MINUTE;
    const news = [
      { at, kind: "alarm" as const, text: "alarm high-errors went to ALARM" },
      { at, kind: "mail" as const, text: "mail to me" },
    ];
    stop = { clock: at, news, ended: "news" };
    next.click();
    await until(() => toast().includes("10:31:24: alarm high-errors went to ALARM, and one thing more."), "the alarm");
  });

  it("has undo under its command's name and moments in the order of time in the palette", async () => {
    const { host, fake } = await shell();
    press(document.body, "k", { ctrlKey: true });
    await until(() => host.textContent?.includes("Undo: aws cloudwatch put-metric-alarm") ?? false, "undo by name");
    const times = [...host.querySelectorAll(".palette .opt")]
      .map((option) => /^\d\d:\d\d:\d\d/.exec(option.textContent ?? "")?.[0])
      .filter(Boolean);
    expect(times.length).toBeGreaterThan(2);
    expect(times).toEqual([...times].sort().reverse());
    expect(host.textContent).not.toContain("Redo: ");
    expect(fake.asked.some(([name]) => name === "past")).toBe(true);
  });

  it("takes a file dropped anywhere to Home", async () => {
    const { host } = await shell();
    const data = new DataTransfer();
    data.items.add(new File(["line"], "app.log"));
    host.dispatchEvent(new DragEvent("dragenter", { dataTransfer: data, bubbles: true }));
    expect(host.querySelector(".page-drop")).not.toBeNull();
    host.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
    await until(() => location.hash === "#/", "Home");
    expect(host.querySelector(".page-drop")).toBeNull();
    // Home takes it as soon as it is drawn; until then it waits.
    expect(takeDroppedFile()?.name ?? "app.log").toBe("app.log");
  });

  it("shows notices as bars, long work with Cancel, and announces a change of alarms once", async () => {
    const { host, fake } = await shell();
    fake.setPulse({
      ...PULSE,
      alarmsInAlarm: 2,
      notices: [{ id: 1, severity: "warn", text: "Storage is nearly full." }],
      progress: { what: "Replaying", done: 3, total: 9 },
    });
    await frame();
    expect(host.querySelector(".bar.callout")?.textContent).toContain("Storage is nearly full.");
    (host.querySelector(".bar .progress button") as HTMLElement).click();
    await frame();
    expect(fake.asked.some(([name]) => name === "cancel")).toBe(true);
    expect(host.querySelector("[role=status][aria-live=polite]")?.textContent).toBe("2 alarms are in ALARM.");
    (host.querySelector(".bar.callout button") as HTMLElement).click();
    expect(host.querySelector(".bar.callout")).toBeNull();
  });

  it("says that an address stands for nothing", async () => {
    const { host } = await shell(1440, 900, "#/nowhere/at/all");
    expect(host.querySelector("h1")?.textContent).toBe("There is no such page");
  });

  it("follows theme and density", async () => {
    await shell();
    preferences().setTheme("dark");
    preferences().setDensity("present");
    await frame();
    expect(document.documentElement.dataset).toMatchObject({ theme: "dark", density: "present" });
    preferences().setTheme("system");
    preferences().setDensity("compact");
    await frame();
    expect(document.documentElement.dataset["theme"]).toBeUndefined();
  });
});

describe("the time range", () => {
  it("ends at the next whole minute while it is live, and is live again when it is moved to the clock", () => {
    expect(rangeAt({ kind: "last", minutes: 30 }, NOON)).toEqual({
      from: NOON - 24_000 - 29 * MINUTE,
      to: NOON - 24_000 + MINUTE,
      isLive: true,
    });
    setRangeChoice({ kind: "last", minutes: 30 });
    shiftRange(-1, NOON);
    expect(rangeAt(rangeChoice(), NOON)).toMatchObject({ to: NOON - 24_000 - 14 * MINUTE, isLive: false });
    shiftRange(1, NOON);
    expect(rangeChoice()).toEqual({ kind: "last", minutes: 30 });
  });

  it("stands on a ruler that shows it, the clock and a little ahead", () => {
    const span = rulerSpan(NOON, NOON - 60 * MINUTE, NOON);
    expect(span.from).toBeLessThanOrEqual(NOON - 60 * MINUTE);
    expect(span.to - NOON).toBeGreaterThan(10 * MINUTE);
    const labels = rulerTicks(span, 800).filter((tick) => tick.isLabelled);
    expect(labels.length).toBeGreaterThan(4);
    for (let at = 1; at < labels.length; at++) expect((labels[at]?.x ?? 0) - (labels[at - 1]?.x ?? 0)).toBeGreaterThanOrEqual(63.9);
  });
});

describe("small rules of the shell", () => {
  it("knows a link in an address and leaves pages alone", () => {
    expect(linkIn("https://x.example/app/#/s/1.abc")).toBe("#/s/1.abc");
    expect(linkIn("#/settings")).toBeUndefined();
  });
  it("ranks whole names before beginnings before words before letters in order", () => {
    expect(["orders", "orders-x", "my-orders", "xorders", "o-r-d-e-r-s", "none"].map((label) => matchRank(label, "orders"))).toEqual([
      0,
      1,
      2,
      3,
      4,
      undefined,
    ]);
  });
});
