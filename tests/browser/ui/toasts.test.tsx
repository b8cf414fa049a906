import { afterEach, describe, expect, it, vi } from "vitest";
import { page } from "vitest/browser";
import { ToastRegion } from "../../../src/ui/ToastRegion.tsx";
import { dismissErrors, dismissToast, showToast, toasts } from "../../../src/ui/toasts.ts";
import { expectAccessible, mount, until } from "./mount.tsx";

const clear = (): void => {
  for (const toast of toasts()) dismissToast(toast.id);
};
const open = async (width: number): Promise<HTMLElement> => {
  await page.viewport(width, 800);
  return mount(
    () => (
      <>
        <div class={width < 700 ? "app is-phone" : "app"} />
        <ToastRegion />
      </>
    ),
    { width, height: 700 },
  );
};
const room = (): string => document.documentElement.style.getPropertyValue("--toast-room");

afterEach(clear);

describe("toasts", () => {
  it("say the same thing once", () => {
    showToast({ severity: "ok", text: "Confirmed." });
    showToast({ severity: "ok", text: "Something else." });
    showToast({ severity: "ok", text: "Confirmed." });
    expect(toasts().map((toast) => toast.text)).toEqual(["Something else.", "Confirmed."]);
  });

  it("go by themselves, also with a way on; errors stay", () => {
    vi.useFakeTimers();
    try {
      showToast({ severity: "ok", text: "Undone.", action: { label: "Redo", run: () => undefined } });
      showToast({ severity: "info", text: "Undone.", action: { label: "Redo", run: () => undefined } });
      showToast({ severity: "error", text: "Refused." });
      vi.advanceTimersByTime(6_001);
      expect(toasts().map((toast) => toast.text)).toEqual(["Refused."]);
    } finally {
      vi.useRealTimers();
    }
  });

  it("that are errors go with the past or the person they are of", () => {
    showToast({ severity: "error", text: "Refused." });
    showToast({ severity: "info", text: "You act as intruder." });
    dismissErrors();
    expect(toasts().map((toast) => toast.text)).toEqual(["You act as intruder."]);
  });

  it("that are errors show six lines before they scroll", async () => {
    const host = await open(1200);
    const line = "You are not authorized to perform this operation, because no policy allows it. ";
    showToast({ severity: "error", title: "AccessDenied: denied to intruder", text: line.repeat(4) });
    await until(() => host.querySelector(".toast-text") !== null, "the note");
    const shown = host.querySelector(".toast-text") as HTMLElement;
    expect(shown.scrollHeight).toBeLessThanOrEqual(shown.clientHeight + 1);
  });

  it("stand one at a time, the newest, and the one before comes back", async () => {
    const host = await open(1200);
    showToast({ severity: "error", text: "First." });
    showToast({ severity: "info", text: "Second." });
    await until(() => host.querySelector(".toast")?.textContent?.includes("Second.") ?? false, "the newest");
    expect(host.querySelectorAll(".toast")).toHaveLength(1);
    dismissToast(toasts().at(-1)?.id ?? 0);
    await until(() => host.querySelector(".toast")?.textContent?.includes("First.") ?? false, "the one before");
    await expectAccessible(host);
  });

  it("leave as much room below a phone's page as they cover", async () => {
    const host = await open(390);
    expect(room()).toBe("0px");
    showToast({ severity: "info", text: "One." });
    await until(() => host.querySelectorAll(".toast").length === 1, "the toast");
    await until(() => Number.parseFloat(room()) >= (host.querySelector(".toasts") as HTMLElement).offsetHeight, "the room");
    await expectAccessible(host);
    clear();
    await until(() => room() === "0px", "no room");
  });

  it("are one low line on a phone, the newest, however long the text", async () => {
    const host = await open(390);
    showToast({ severity: "ok", text: "First." });
    showToast({ severity: "error", title: "InvalidParameterValue", text: "This is far too long. ".repeat(30) });
    await until(() => host.querySelectorAll(".toast").length === 1, "one toast");
    const toast = host.querySelector(".toast") as HTMLElement;
    expect(toast.textContent).toContain("InvalidParameterValue");
    expect(toast.offsetHeight).toBeLessThanOrEqual(80);
    const box = toast.getBoundingClientRect();
    expect(box.left).toBeGreaterThanOrEqual(0);
    expect(box.right).toBeLessThanOrEqual(390);
    await expectAccessible(host);
  });
});
