import { expect, it } from "vitest";
import { awsJson, goTo, pause, ready, useSite } from "./page.ts";

const site = useSite();

it("a reload leaves speed, pause and drawn metrics as they were, and a fresh account still starts by itself", async () => {
  const { page } = await site.open();
  const clock = page.getByRole("region", { name: "Account clock" });
  await clock.getByRole("button", { name: "Pause" }).waitFor();
  await awsJson(page, "cloudwatch put-metric-data --namespace Shop --metric-name Orders --value 1");
  await goTo(page, `${site.address()}#/metrics?namespace=Shop&metric=Orders&stat=Sum`);
  await page.getByRole("tab", { name: "Drawn metrics 1" }).waitFor();
  const fast = clock.getByRole("radio", { name: "60×" });
  const isFast = () => expect.poll(() => fast.getAttribute("aria-checked")).toBe("true");
  await fast.click();
  await isFast();
  await page.goto(`${site.address()}#/metrics`);
  await page.reload();
  await ready(page);
  await isFast();
  await clock.getByRole("button", { name: "Pause" }).waitFor();
  await page.getByRole("tab", { name: "Drawn metrics 1" }).waitFor();

  await pause(page);
  await clock.getByRole("button", { name: "Play" }).waitFor();
  await page.reload();
  await ready(page);
  await isFast();
  await clock.getByRole("button", { name: "Play" }).waitFor();

  const link = await page.evaluate(() => window.nephoscope?.link());
  const other = await site.open(link?.slice(site.address().length));
  await other.page.getByText("Opened. Same numbers as the sender.").waitFor();
  await other.page.getByRole("region", { name: "Account clock" }).getByRole("button", { name: "Play" }).waitFor();
});
