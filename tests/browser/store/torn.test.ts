import { expect, it } from "vitest";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { openIndexedDbStorage } from "../../../workers/store/indexeddb/storage.ts";
import { MINUTE, person, START, scenario, screen } from "../../unit/account/engine-harness.ts";
import { freshId, tamper } from "./places.ts";

const HOUR = 60 * MINUTE;

/** Flips a bit in the middle of every stored chunk whose id matches; answers how many. */
async function tear(id: string, matches: RegExp): Promise<number> {
  let count = 0;
  await tamper(id, async (db) => {
    for (const key of (await db.getAllKeys("chunks")) as string[]) {
      if (!matches.test(key)) continue;
      const bytes = (await db.get("chunks", key)) as ArrayBuffer;
      new Uint8Array(bytes)[bytes.byteLength >> 1]! ^= 1;
      await db.put("chunks", bytes, key);
      count++;
    }
  });
  return count;
}

const question = {
  Namespace: "Shop",
  MetricName: "Load",
  StartTime: START,
  EndTime: START + 6 * HOUR,
  Period: 3600,
  Statistics: ["Sum"],
};

it("mends telemetry that the disk damaged: found at opening where that is checked, at the first read where not", async () => {
  const id = freshId();
  const told: string[] = [];
  const open = (storage: AccountStorage) =>
    createEngine({
      scenario: scenario(),
      storage,
      kernels: referenceKernels,
      hooks: { onTrouble: (sentence) => void told.push(sentence) },
    });
  const account = await open(await openIndexedDbStorage(id));
  for (let hour = 0; hour < 6; hour++) {
    await person(account, "cloudwatch", "PutMetricData", {
      Namespace: "Shop",
      MetricData: [{ MetricName: "Load", Value: hour, Timestamp: account.now }],
    });
    await account.advanceTo(account.now + HOUR);
    if (hour === 2) await account.checkpoint();
  }
  await account.checkpoint();
  const hash = account.stateHash({ parts: true });
  const ask = async (of: typeof account) => (await screen(of, "cloudwatch", "GetMetricStatistics", question)).output;
  const answer = await ask(account);
  expect(answer.Datapoints).toHaveLength(6);
  await account.dispose();

  // Nothing is read at opening: a panel comes upon it.
  expect(await tear(id, /^m-/)).toBeGreaterThan(0);
  const unchecked = await open(await openIndexedDbStorage(id, { verifyBytes: 0 }));
  expect(told).toEqual([]);
  expect(await ask(unchecked)).toEqual(answer);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatch(/nothing is lost/);
  expect(unchecked.stateHash({ parts: true })).toEqual(hash);
  await unchecked.storage.flush();
  await unchecked.dispose();

  // What was made again was stored again.
  const mended = await open(await openIndexedDbStorage(id, { verifyBytes: 0 }));
  expect(await ask(mended)).toEqual(answer);
  expect(told).toHaveLength(1);
  await mended.checkpoint();
  await mended.dispose();

  // With the check, opening falls back by itself and says what was dropped.
  expect(await tear(id, /^m-/)).toBeGreaterThan(0);
  const storage = await openIndexedDbStorage(id);
  const checked = await open(storage);
  expect(await ask(checked)).toEqual(answer);
  expect(told).toHaveLength(1);
  expect(checked.stateHash({ parts: true })).toEqual(hash);
  expect((await storage.report()).repairs.join(" ")).toMatch(/stored telemetry .* was not stored whole .* rebuilt from an older one/);
  await checked.dispose();
});
