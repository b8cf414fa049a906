import { afterEach, describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { App } from "../../../src/app/App.tsx";
import { setRewindAsked } from "../../../src/app/shell-state.ts";
import { pinAt, unpin } from "../../../src/charts/cursor.ts";
import { dismissToast, toasts } from "../../../src/ui/toasts.ts";
import { expectAccessible, frame, mount, until } from "../ui/mount.tsx";
import { type Fake, fakeClient, NOON, PULSE } from "./fake-client.ts";

const MINUTE = 60_000;

async function phone(): Promise<{ host: HTMLElement; fake: Fake }> {
  await page.viewport(390, 844);
  location.hash = "#/settings";
  const fake = fakeClient();
  const host = mount(() => <App client={fake.client} />, { width: 390, height: 844 });
  await until(() => host.querySelector(".phone-tabs") !== null && host.querySelector(".clock .ruler svg") !== null, "the phone's shell");
  return { host, fake };
}

afterEach(() => {
  setRewindAsked(undefined);
  for (const toast of toasts()) dismissToast(toast.id);
  unpin();
});

describe("the clock bar of a phone", () => {
  it("has behind one button what it has no room for", async () => {
    const { host, fake } = await phone();
    const more = host.querySelector<HTMLElement>('.clock .tail > [aria-haspopup="menu"]') as HTMLElement;
    const asked = (method: string) => fake.asked.filter(([name]) => name === method).map(([, ...given]) => given);
    const items = (): string[] => [...host.querySelectorAll(".clock .menu:popover-open .menu-item")].map((one) => one.textContent ?? "");
    const pick = async (label: string): Promise<void> => {
      await until(() => more.getAttribute("aria-expanded") === "false", "the menu is closed");
      more.click();
      await until(() => items().length > 0, "the menu");
      [...host.querySelectorAll<HTMLElement>(".clock .menu:popover-open .menu-item")]
        .find((one) => one.textContent?.startsWith(label))
        ?.click();
      await frame();
    };
    more.click();
    await until(() => items().length > 0, "the menu");
    expect(items().map((one) => one.replace(/Run until.*/, ""))).toEqual([
      "Step back one minute",
      "Undo",
      "Next event",
      ...["1×", "10×", "60×", "600×", "3600×"].map((speed) => `Speed ${speed}`),
    ]);
    const menu = host.querySelector(".clock .menu:popover-open") as HTMLElement;
    const { left, right, top } = menu.getBoundingClientRect();
    expect([left >= 0, right <= 390, top >= 0]).toEqual([true, true, true]);
    expect(document.activeElement?.textContent).toBe("Speed 1×");
    fake.setPulse({ ...PULSE, clock: NOON + 1000 });
    await frame();
    expect(document.activeElement?.textContent).toBe("Speed 1×");
    await expectAccessible(menu);
    menu.hidePopover();
    await pick("Speed 600×");
    await until(() => asked("play").length === 1, "the speed");
    expect(asked("play")).toEqual([[600]]);
    await pick("Next event");
    await until(() => asked("advanceToNews").length === 1, "the next event");
    await pick("Undo");
    await until(() => asked("undo").length === 1, "undo");
    await pick("Step back");
    await until(() => asked("wouldSetAside").length === 1, "the step back");
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    fake.setPulse({ ...PULSE, past: { setAside: 0, canUndo: false, canRedo: true } });
    pinAt(NOON - 10 * MINUTE);
    await until(() => more.getAttribute("aria-expanded") === "false", "the menu is closed");
    more.click();
    await until(() => items().length > 0, "the menu again");
    expect(items().slice(0, 4)).toEqual(["Rewind to 09:09", "Step back one minute", "UndoThere is no command to take back.", "Redo"]);
  });
});
