/** A large file through the real worker: attached, reopened, given away in a scenario file, opened elsewhere. */
import { afterEach, expect, inject, it } from "vitest";
import { closePages, openPage, reopen } from "../../browser/engine/page.ts";
import { bigLog, eventsOf } from "../big-log.ts";

afterEach(closePages);

it("comes back whole after a reopening and in another account", async () => {
  const events = eventsOf(inject("soak").megabytes);
  const bytes = bigLog(events);
  const file = (): Blob => new Blob([bytes]);
  let page = openPage();
  await page.api.boot({ kind: "new" });
  const mapping = { logGroupName: "/imported/big", logStreamName: "big.log", timeFormat: "iso8601", multiline: "timestamp" } as const;
  const times: string[] = [];
  const timed = async <T>(what: string, work: Promise<T>): Promise<T> => {
    const began = performance.now();
    const result = await work;
    times.push(`${what} ${((performance.now() - began) / 1000).toFixed(1)} s`);
    return result;
  };
  const found = await timed("inspected", page.api.inspectFile(file(), "big.log"));
  expect([found.events, found.bytes]).toEqual([events, bytes.length]);
  const info = await timed("attached", page.api.attach({ file: file(), name: "big.log", mapping, mode: "history" }));
  expect(info.storage.attachmentBytes).toBe(bytes.length);
  await page.api.pause();
  const { hash } = await page.api.stateHash();
  page.kill();
  page = await timed("reopened", reopen(info.id));
  expect((await page.api.stateHash()).hash).toBe(hash);

  const text = await timed("given away", page.api.scenarioFile(true));
  page.kill();
  const other = openPage();
  const opened = await timed("opened elsewhere", other.api.boot({ kind: "scenario-file", text }));
  expect([opened.sameAsSender, opened.missingFiles]).toEqual([true, []]);
  expect((await other.api.stateHash()).hash).toBe(hash);

  // The link alone lacks it, and takes it when it comes.
  const link = JSON.stringify({ ...(JSON.parse(text) as object), files: [] });
  const third = openPage();
  const lacking = await third.api.boot({ kind: "scenario-file", text: link });
  expect(lacking.missingFiles).toHaveLength(1);
  const supplied = await timed("supplied", third.api.supply(file(), "big.log"));
  expect(supplied.sameAsSender).toBe(true);
  for (const { id } of [info, opened, lacking]) await third.api.deleteAccount(id);
  console.log(`attachment of ${Math.round(bytes.length / 1e6)} MB: ${times.join(", ")}`);
});
