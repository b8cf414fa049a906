/** The page before its scripts have come: held back here for as long as it takes to use it. */
import type { Page } from "playwright";
import { expect, it } from "vitest";
import { useSite } from "./page.ts";

const site = useSite();

/** A tab whose own script waits until it is let go. */
async function heldBack(page: Page): Promise<() => void> {
  let letGo = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/\/assets\/index-[^/]+\.js$/, async (route) => {
    await asked;
    await route.continue();
  });
  return letGo;
}

it("a link followed before the scripts have come is where the page opens, with the focus still on it", async () => {
  const { context } = await site.open();
  const page = await context.newPage();
  const letGo = await heldBack(page);
  await page.goto(site.address(), { waitUntil: "commit" });
  const alarms = page.getByRole("navigation", { name: "Services" }).getByRole("link", { name: "Alarms" });
  await alarms.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => page.evaluate(() => location.hash)).toBe("#/alarms");
  expect(await page.locator(".first-paint").count()).toBe(1);
  letGo();
  await page.getByRole("heading", { level: 1, name: "Alarms" }).waitFor();
  expect(await page.locator(".first-paint").count()).toBe(0);
  expect(await alarms.evaluate((link) => link === document.activeElement)).toBe(true);
});

it("a click that is half done when the page is drawn arrives", async () => {
  const { context } = await site.open();
  const page = await context.newPage();
  const letGo = await heldBack(page);
  await page.goto(site.address(), { waitUntil: "commit" });
  await page.getByRole("link", { name: "Alarms" }).hover();
  await page.mouse.down();
  expect(await page.locator("a:active").count()).toBe(1);
  letGo();
  // Long enough for scripts, account and patience: the page waits for the finger.
  await page.waitForTimeout(3_000);
  expect(await page.locator(".first-paint").count()).toBe(1);
  await page.mouse.up();
  await page.getByRole("heading", { level: 1, name: "Alarms" }).waitFor();
});

it("is drawn in the theme and for the width that the visitor has", async () => {
  const { context, page: settings } = await site.open();
  await settings.evaluate(() => localStorage.setItem("nephoscope.theme", "dark"));
  const page = await context.newPage();
  await heldBack(page);
  await page.goto(site.address(), { waitUntil: "commit" });
  const rail = page.locator(".first-paint .rail");
  await rail.waitFor();
  expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
  const drawn = (await settings.locator(".app .rail").boundingBox())?.width;
  await expect.poll(async () => (await rail.boundingBox())?.width).toBe(drawn);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.reload({ waitUntil: "commit" });
  await page.locator(".first-paint").waitFor({ state: "attached" });
  await expect.poll(() => rail.isVisible()).toBe(false);
  await page.close();
});
