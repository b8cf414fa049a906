import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import { createEngine } from "../../../workers/engine.ts";
import { referenceKernels } from "../../../workers/kernels/reference.ts";
import { createMemoryStorage } from "../../../workers/store/memory-storage.ts";
import { failure, MINUTE, openTestAccount, person, START, scenario, screen } from "./engine-harness.ts";
import { BEGINNING, type LifeStep, lifeStep, live } from "./life.ts";

const QUEUES = ["alarms", "orders"];

/** Everything that the issue asks to be equal after a rewind, beyond the hash. */
async function view(account: Account): Promise<unknown> {
  const asked = async (answer: Promise<unknown>): Promise<unknown> =>
    answer.catch((thrown: Error) => {
      if (thrown.name !== "ServiceError") throw thrown;
      return thrown.message;
    });
  const query = (Id: string, MetricName: string, Stat: string) => ({
    Id,
    MetricStat: { Metric: { Namespace: "Shop", MetricName }, Period: 60, Stat },
  });
  const data = screen(account, "cloudwatch", "GetMetricData", {
    StartTime: START - 60 * MINUTE,
    EndTime: START + 240 * MINUTE,
    MetricDataQueries: [query("a", "Errors", "Sum"), query("b", "Latency", "p90"), query("c", "Errors", "SampleCount")],
  });
  const look = (service: string, name: string, question: unknown) =>
    asked(account.look({ service, view: name, region: "us-east-1", question }));
  return {
    data: await asked(data.then((r) => r.output)),
    lines: await asked(screen(account, "logs", "FilterLogEvents", { logGroupName: "shop" }).then((r) => r.output)),
    trail: await asked(screen(account, "cloudtrail", "LookupEvents", {}).then((r) => r.output)),
    alarms: await asked(screen(account, "cloudwatch", "DescribeAlarms").then((r) => r.output)),
    queues: await Promise.all(QUEUES.map((queue) => look("sqs", "contents", { queue }))),
    inbox: await look("sns", "inbox", {}),
    events: await look("events", "passed", {}),
    identity: account.identity(),
    clock: account.now,
    hash: account.stateHash({ parts: true }),
  };
}

const steps = fc.array(lifeStep, { minLength: 6, maxLength: 30 });

describe("rewinding at random", () => {
  it("gives hash, metrics, lines, trail, queues, inbox and events of a run that never went further", async () => {
    await fc.assert(
      fc.asyncProperty(
        steps,
        fc.array(fc.nat(99), { minLength: 30, maxLength: 30 }),
        fc.array(fc.nat(999), { minLength: 1, maxLength: 3 }),
        async (lives, checkpoints, shares) => {
          const account = await openTestAccount();
          for (const step of BEGINNING) await live(account, step);
          for (const [i, step] of lives.entries()) {
            await live(account, step);
            if ((checkpoints[i] as number) < 20) await account.checkpoint();
          }
          const all = account.journal().slice();
          for (const share of shares) {
            const moment = START + Math.floor(((account.now - START) * share) / 1000);
            await account.rewind(moment);
            const plain = await openTestAccount();
            await plain.load(
              all.filter((r) => r.at <= moment),
              moment,
            );
            expect(await view(account)).toEqual(await view(plain));
            // And it lives on as that run would.
            for (const step of [...BEGINNING, { do: "wait", ms: 150_000 }] as LifeStep[]) {
              await live(account, step);
              await live(plain, step);
            }
            const [a, b] = [account.stateHash({ parts: true }).parts ?? {}, plain.stateHash({ parts: true }).parts ?? {}];
            expect([a.metrics, a["log events"], a.clock, a.agenda]).toEqual([b.metrics, b["log events"], b.clock, b.agenda]);
            all.splice(0, all.length, ...account.journal());
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it("and bringing back is as if it had not been rewound", async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(999), fc.nat(120_000), async (lives, share, later) => {
        const account = await openTestAccount();
        for (const step of [...BEGINNING, ...lives]) await live(account, step);
        const before = await view(account);
        const end = account.now;
        await account.rewind(START + Math.floor(((end - START) * share) / 1000));
        await account.advanceTo(Math.min(end, account.now + later));
        await account.bringBack();
        await account.advanceTo(end);
        expect(await view(account)).toEqual(before);
        expect(await account.storage.tail()).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});

describe("what was set aside", () => {
  const groups = async (account: Account): Promise<readonly string[]> =>
    ((await screen(account, "logs", "DescribeLogGroups")).output.logGroups as { logGroupName: string }[]).map((g) => g.logGroupName);
  const make = (account: Account, logGroupName: string) => person(account, "logs", "CreateLogGroup", { logGroupName });

  it("by undo comes back at its own moment, although the clock stands later", async () => {
    const account = await openTestAccount();
    await make(account, "a");
    await account.advanceTo(START + MINUTE);
    await make(account, "b");
    await account.advanceTo(START + 5 * MINUTE);
    const hash = account.stateHash();
    await account.undo();
    await account.undo();
    expect(await groups(account)).toEqual([]);
    await account.bringBack();
    expect(await groups(account)).toEqual(["a", "b"]);
    expect(account.stateHash()).toEqual(hash);
    expect(account.now).toBe(START + 5 * MINUTE);
  });

  it("changes places with what was done since, and the journal on disk agrees", async () => {
    const storage = createMemoryStorage({ id: "branches" });
    const open = () => createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
    const account = await open();
    await make(account, "root");
    await account.advanceTo(START + MINUTE);
    await make(account, "first");
    await account.rewind(START + 30_000);
    await make(account, "second");
    await account.advanceTo(START + MINUTE);
    for (const expected of [
      ["first", "root"],
      ["root", "second"],
      ["first", "root"],
    ]) {
      await account.bringBack();
      expect(await groups(account)).toEqual(expected);
      expect((await open()).stateHash()).toEqual(account.stateHash());
      expect(account.now).toBe(START + MINUTE);
    }
    await account.rewind(START + 30_000);
    expect(await groups(account)).toEqual(["root"]);
  });

  it("is nothing in an account that was never rewound", async () => {
    const account = await openTestAccount();
    await make(account, "a");
    const hash = account.stateHash();
    await account.bringBack();
    expect(account.stateHash()).toEqual(hash);
  });
});

describe("a change to the past that does not come to its end", () => {
  const prepared = async () => {
    let cancelled = false;
    const account = await openTestAccount({ hooks: { cancelled: () => cancelled } });
    for (const step of BEGINNING) await live(account, step);
    await account.advanceTo(START + 20 * MINUTE);
    await person(account, "logs", "CreateLogGroup", { logGroupName: "late" });
    return { account, before: await view(account), journal: account.journal().slice(), cancel: (on: boolean) => (cancelled = on) };
  };

  it.each(["rewind", "undo", "rebuild", "load", "bringBack"] as const)("leaves the account as it was: %s, cancelled", async (what) => {
    const { account, before, journal, cancel } = await prepared();
    const versions = { ...account.versions };
    let expected = { before, journal };
    if (what === "bringBack") {
      await account.rewind(START + 2 * MINUTE);
      expected = { before: await view(account), journal: account.journal().slice() };
    }
    cancel(true);
    const record = { id: 99, at: START + 21 * MINUTE, command: journal[0]?.command ?? null };
    const change = {
      rewind: () => account.rewind(START + 10 * MINUTE),
      undo: () => account.undo(),
      rebuild: () => account.rebuild(),
      load: () => account.load([record], START + 22 * MINUTE),
      bringBack: () => account.bringBack(),
    }[what];
    const error = await failure(change());
    expect(error.message).toContain("as it was before");
    cancel(false);
    expect(await view(account)).toEqual(expected.before);
    expect(account.journal()).toEqual(expected.journal);
    expect(await account.storage.journal()).toEqual(expected.journal);
    for (const [name, version] of Object.entries(versions)) expect(account.versions[name] as number).toBeGreaterThanOrEqual(version);
    // It can be done after all.
    await change();
    await account.advanceTo(account.now + MINUTE);
    const again = await openTestAccount();
    await again.load(account.journal(), account.now);
    expect(await view(account)).toEqual(await view(again));
  });

  it("leaves the account as it was when storage refuses", async () => {
    const inner = createMemoryStorage({ id: "refusing" });
    const storage = {
      ...inner,
      exchange: () => Promise.reject(new (class extends Error {})("the disk is gone")),
    };
    const account = await createEngine({ scenario: scenario(), storage, kernels: referenceKernels });
    for (const step of BEGINNING) await live(account, step);
    await account.advanceTo(START + 5 * MINUTE);
    const before = await view(account);
    expect((await failure(account.rewind(START - 1))).message).toBe("the disk is gone");
    expect((await failure(account.undo())).message).toBe("the disk is gone");
    expect(await view(account)).toEqual(before);
    expect(account.journal()).toEqual(await storage.journal());
  });
});
