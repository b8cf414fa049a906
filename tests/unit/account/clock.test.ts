import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { InputError } from "../../../workers/model/errors.ts";
import { sha256 } from "../../../workers/model/sha256.ts";
import type { AccountStorage } from "../../../workers/store/contract.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { failure, MINUTE, openTestAccount, person, START, scenario, screen } from "./engine-harness.ts";
import { BEGINNING, live } from "./life.ts";

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

/** A storage whose reads of chunks and files come when `delay` says so. */
const slow = (inner: AccountStorage, delay: () => Promise<void>): AccountStorage => ({
  ...inner,
  get: async (id) => {
    await delay();
    return await inner.get(id);
  },
  attachment: async (sha) => {
    await delay();
    return await inner.attachment(sha);
  },
});

const open = (storage: AccountStorage): Promise<Account> => createEngine({ scenario: scenario(), storage, kernels: referenceKernels });

/** Lines of a log over ten minutes, an ERROR every seventh. */
const LOG = gzipSync(
  Array.from(
    { length: 600 },
    (_, i) => `${new Date(START - 3_600_000 + i * 1000).toISOString()} ${i % 7 === 0 ? "ERROR" : "fine"} ${i}\n`,
  ).join(""),
);
const FILE = { sha256: sha256(LOG), name: "shop.log.gz", bytes: LOG.length };
const attach = (mode: "history" | "replay") => ({
  kind: "attach",
  ...FILE,
  mapping: { logGroupName: "shop", logStreamName: "web", timeFormat: "iso8601", multiline: "timestamp" },
  mode,
  reference: START,
});

describe("the clock", () => {
  it("stands while the agenda waits for a file, and goes on when it has come", async () => {
    const memory = createMemoryStorage({ id: "slow" });
    await memory.putAttachment(FILE, new Uint8Array(LOG));
    const first = await open(memory);
    for (const step of BEGINNING) await live(first, step);
    await first.stage(attach("replay"), "us-east-1");
    await first.saveClock();
    // Opened anew, the agent has to read its file again.
    let release = (): void => undefined;
    let asked = 0;
    let wait = false;
    const account = await open(
      slow(memory, () => {
        if (!wait) return Promise.resolve();
        asked++;
        return new Promise((resolve) => {
          release = resolve;
        });
      }),
    );
    await account.checkpoint();
    const again = await open(
      slow(memory, () => {
        asked++;
        return wait ? new Promise((resolve) => (release = resolve)) : Promise.resolve();
      }),
    );
    wait = true;
    asked = 0;
    let there = false;
    const advancing = again.advanceTo(START + 10 * MINUTE).then(() => {
      there = true;
    });
    for (let i = 0; i < 20; i++) await pause();
    expect(asked).toBe(1);
    expect([there, again.now]).toEqual([false, START + 5_000]);
    // A screen is answered meanwhile, as things stand at this moment.
    expect((await screen(again, "logs", "DescribeLogGroups")).output.logGroups).toHaveLength(1);
    wait = false;
    release();
    await advancing;
    expect(again.now).toBe(START + 10 * MINUTE);
    const { output } = await screen(again, "logs", "FilterLogEvents", { logGroupName: "shop", filterPattern: "ERROR" });
    expect(output.events).toHaveLength(86);
  });

  it("comes to the same hash however slow the storage is, with reads under way all the time", async () => {
    const hour = async (delay: () => Promise<void>): Promise<unknown> => {
      const memory = createMemoryStorage({ id: "delays" });
      await memory.putAttachment(FILE, new Uint8Array(LOG));
      const account = await open(slow(memory, delay));
      for (const step of BEGINNING) await live(account, step);
      await person(account, "logs", "CreateLogStream", { logGroupName: "shop", logStreamName: "big" });
      await account.stage(attach("replay"), "us-east-1");
      const reading: Promise<unknown>[] = [];
      for (let i = 0; i < 6; i++) {
        // Half a megabyte a time, so that chunks are sealed and must be read back.
        const message = `ERROR ${"x".repeat(50_000)} ${i}`;
        await person(account, "logs", "PutLogEvents", {
          logGroupName: "shop",
          logStreamName: "big",
          logEvents: Array.from({ length: 10 }, (_, k) => ({ timestamp: START + i * 10 * MINUTE - 1000 + k, message })),
        });
        reading.push(screen(account, "logs", "FilterLogEvents", { logGroupName: "shop", filterPattern: "ERROR", limit: 50 }));
        reading.push(person(account, "logs", "FilterLogEvents", { logGroupName: "shop", filterPattern: "ERROR", limit: 50 }));
        reading.push(account.advanceTo(START + (i + 1) * 10 * MINUTE));
        await pause();
      }
      await Promise.all(reading);
      await account.advanceTo(START + 60 * MINUTE);
      expect((await memory.report()).chunks).toBeGreaterThan(0);
      return account.stateHash({ parts: true });
    };
    const expected = await hour(() => Promise.resolve());
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.nat(3)), async (delays) => {
        const delay = async (): Promise<void> => {
          for (let i = delays.next().value as number; i > 0; i--) await pause();
        };
        expect(await hour(delay)).toEqual(expected);
      }),
      { numRuns: 4 },
    );
  });

  it("goes to whole milliseconds of this age only", async () => {
    const account = await openTestAccount();
    for (const moment of [Number.NaN, Number.POSITIVE_INFINITY, 1.5, -1, 1e300]) {
      expect(await failure(account.advanceTo(moment))).toBeInstanceOf(InputError);
      expect(await failure(account.rewind(moment))).toBeInstanceOf(InputError);
    }
    expect(account.now).toBe(START);
  });

  it("never goes back by itself", async () => {
    const account = await openTestAccount();
    await account.advanceTo(START + MINUTE);
    await account.advanceTo(START);
    expect(account.now).toBe(START + MINUTE);
  });

  it("stops where it is cancelled and does there what is due before the next command", async () => {
    const run = async (cancelAfter: number): Promise<unknown> => {
      const account = await openTestAccount();
      for (const step of BEGINNING) await live(account, step);
      await live(account, {
        do: "lines",
        group: "shop",
        lines: [
          [0, "ERROR"],
          [0, "ERROR"],
        ],
      });
      let items = 0;
      const cancelled = (): boolean => ++items > cancelAfter;
      const there = await account.advanceTo(START + 30 * MINUTE, { cancelled });
      expect(there).toBe(false);
      expect(account.now).toBeLessThan(START + 30 * MINUTE);
      // A command now, then the same by replay: it must find the same things done.
      await person(account, "logs", "CreateLogGroup", { logGroupName: "after" });
      await account.advanceTo(START + 30 * MINUTE);
      const other = await openTestAccount();
      await other.load(account.journal(), account.now);
      expect(other.stateHash({ parts: true })).toEqual(account.stateHash({ parts: true }));
      return account.stateHash();
    };
    for (const cancelAfter of [0, 1, 2]) await run(cancelAfter);
  });
});
