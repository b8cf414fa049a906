import { afterEach, expect, it } from "vitest";
import { tamper } from "../store/places.ts";
import { closePages, openPage, reopen, replayed, storyFile } from "./page.ts";

afterEach(closePages);

it("says on the page what was not stored whole, and opens as if it had been", async () => {
  let page = openPage();
  const { id } = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
  await page.api.call({ service: "logs", operation: "CreateLogGroup", input: { logGroupName: "g" } });
  await page.api.call({ service: "logs", operation: "CreateLogStream", input: { logGroupName: "g", logStreamName: "s" } });
  for (let round = 0; round < 3; round++) {
    const { clock } = await page.api.info();
    const logEvents = Array.from({ length: 500 }, (_, i) => ({ timestamp: clock, message: `${round}.${i} ${"x".repeat(1500)}` }));
    await page.api.call({ service: "logs", operation: "PutLogEvents", input: { logGroupName: "g", logStreamName: "s", logEvents } });
  }
  await page.api.pause(); // takes a checkpoint
  const { hash } = await page.api.stateHash();
  await expect.poll(async () => (await page.api.info()).storage.checkpoints).toBeGreaterThan(0);
  page.kill();
  await tamper(id, async (db) => {
    const keys = (await db.getAllKeys("chunks")) as string[];
    expect(keys.some((key) => key.startsWith("log-"))).toBe(true);
    for (const key of keys) {
      const bytes = (await db.get("chunks", key)) as ArrayBuffer;
      await db.put("chunks", bytes.slice(0, bytes.byteLength - 8), key);
    }
  });
  page = await reopen(id);
  expect((await page.api.stateHash()).hash).toBe(hash);
  const told = (page.pulse()?.notices ?? []).map((notice) => notice.text).join("\n");
  expect(told).toMatch(/stored telemetry .* was not stored whole/);
  expect(told).toMatch(/checkpoint of .* was dropped; the account is rebuilt from an older one/);
  const found = await page.api.read({
    service: "logs",
    operation: "FilterLogEvents",
    input: { logGroupName: "g", filterPattern: '"0.7 "' },
  });
  expect(found.output.events).toHaveLength(1);
  expect((await page.api.stateHash()).hash).toBe(await replayed(page));
});
