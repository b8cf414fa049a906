/** A million events from one file, as history, with questions asked of them. */
import { expect, inject, it } from "vitest";
import { createEngine } from "../../../workers/engine.ts";
import { loadKernels } from "../../../workers/kernels/load.ts";
import { sha256 } from "../../../workers/model/sha256.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { screen } from "../../unit/account/engine-harness.ts";
import { bigLog, LOG_START } from "../big-log.ts";

it("takes in a million events, finds each again, and a replay of the journal gives the same hash", async () => {
  const { events } = inject("soak");
  const file = bigLog(events);
  const last = LOG_START + (events - 1) * 50;
  const kernels = await loadKernels();
  const storage = createMemoryStorage({ id: "import" });
  const scenario = { format: 1, title: "Import", seed: "import", start: last + 1000 } as const;
  const account = await createEngine({ scenario, storage, kernels });
  const info = { sha256: sha256(file), name: "big.log", bytes: file.length };
  await storage.putAttachment(info, file);
  const mapping = { logGroupName: "/imported/big", logStreamName: "big.log", timeFormat: "iso8601", multiline: "timestamp" };
  const began = performance.now();
  await account.stage({ kind: "attach", ...info, mapping, mode: "history", reference: last + 1000 }, "us-east-1");
  const seconds = (performance.now() - began) / 1000;
  await account.checkpoint();
  const summary = await account.look({
    service: "logs",
    view: "density",
    region: "us-east-1",
    question: { logGroupName: mapping.logGroupName, start: LOG_START, end: last + 1, buckets: 100 },
  });
  expect(JSON.stringify(summary).length).toBeGreaterThan(10);
  for (const wanted of [0, 1, Math.floor(events / 2), events - 1]) {
    const began = performance.now();
    const input = { logGroupName: mapping.logGroupName, filterPattern: `"request-${wanted} "` };
    const found: { message: string; timestamp: number }[] = [];
    let nextToken: unknown;
    do {
      const { output } = await screen(account, "logs", "FilterLogEvents", { ...input, ...(nextToken === undefined ? {} : { nextToken }) });
      found.push(...(output.events as typeof found));
      nextToken = output.nextToken;
    } while (nextToken !== undefined);
    expect(found.map((e) => e.timestamp)).toEqual([LOG_START + wanted * 50]);
    expect(performance.now() - began).toBeLessThan(60_000);
  }
  const report = await storage.report();
  console.log(
    `import: ${events} events (${Math.round(file.length / 1e6)} MB) in ${seconds.toFixed(1)} s, ${report.chunks} chunks of ${Math.round(report.chunkBytes / 1e6)} MB, heap ${Math.round(process.memoryUsage().heapUsed / 1e6)} MB`,
  );
  const hash = account.stateHash();
  expect((await createEngine({ scenario, storage, kernels })).stateHash()).toEqual(hash);
  const replay = await createEngine({ scenario, storage: createMemoryStorage({ id: "replay" }), kernels });
  await replay.storage.putAttachment(info, file);
  await replay.load(account.journal(), account.now);
  expect(replay.stateHash()).toEqual(hash);
});
