import { afterEach, describe, expect, it } from "vitest";
import { deleteAccount, listAccounts } from "../../../workers/store/indexeddb/index-database.ts";
import { closePages, failing, openPage, reopen, replayed, storyFile } from "./page.ts";

afterEach(closePages);

const make = (logGroupName: string) => ({ service: "logs", operation: "CreateLogGroup", input: { logGroupName } });
const groups = async (page: ReturnType<typeof openPage>): Promise<readonly string[]> => {
  const { output } = await page.api.read({ service: "logs", operation: "DescribeLogGroups", input: { logGroupNamePrefix: "g" } });
  return (output.logGroups as { logGroupName: string }[]).map((g) => g.logGroupName);
};

describe("in a browser that gives no storage", () => {
  it("the account lives in memory, says so and why, and all else works", async () => {
    const page = openPage("blocked");
    await page.api.boot({ kind: "last" });
    await page.api.pause();
    await page.api.call(make("g1"));
    const { storage } = await page.api.info();
    expect(storage.kind).toBe("memory");
    expect(storage.reason).toMatch(/\w+ \w+ \w+/);
    expect(page.pulse()?.notices.map((n) => n.text)).toContain(storage.reason);
    await page.api.advance(600);
    await page.api.call(make("g2"));
    await page.api.undo();
    expect(await groups(page)).toEqual(["g1"]);
    await page.api.bringBack();
    expect(await groups(page)).toEqual(["g1", "g2"]);
    expect((await page.api.stateHash()).hash).toBe(await replayed(page));
    const info = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    expect(info.sameAsSender).toBe(true);
  });

  it("a saved account that is asked for is refused with a sentence, and another can be opened", async () => {
    const page = openPage("blocked");
    const error = await failing(page.api.boot({ kind: "saved", id: "never-there" }));
    expect(error.kind).toBe("input");
    expect(error.message.length).toBeGreaterThan(30);
    await page.api.boot({ kind: "new" });
    await page.api.call(make("g"));
    expect(await groups(page)).toEqual(["g"]);
  });
});

describe("with hardly any room", () => {
  it("a file is refused with a sentence, and commands and clock go on", async () => {
    const page = openPage("tiny");
    await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    const lines = Array.from({ length: 20_000 }, (_, i) => `2026-03-12T09:${String(i % 60).padStart(2, "0")}:00Z line ${i}`).join("\n");
    const mapping = { logGroupName: "g-file", logStreamName: "s", timeFormat: "iso8601", multiline: "off" } as const;
    const error = await failing(page.api.attach({ file: new Blob([lines]), name: "big.log", mapping, mode: "replay" }));
    expect(error.kind).toBe("input");
    expect(error.message).toMatch(/no room left to store the file big\.log/);
    await page.api.call(make("g1"));
    await page.api.advance(60);
    expect(await groups(page)).toEqual(["g1"]);
    expect((await page.api.stateHash()).hash).toBe(await replayed(page));
  });

  it("telemetry that does not fit stays in memory, the page says so, and reopening replays to the same hash", async () => {
    let page = openPage("tiny");
    const { id } = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    await page.api.call(make("g1"));
    await page.api.call({ service: "logs", operation: "CreateLogStream", input: { logGroupName: "g1", logStreamName: "s" } });
    for (let round = 0; round < 4; round++) {
      const { clock } = await page.api.info();
      const logEvents = Array.from({ length: 500 }, (_, i) => ({ timestamp: clock, message: `${round}.${i} ${"x".repeat(1500)}` }));
      await page.api.call({ service: "logs", operation: "PutLogEvents", input: { logGroupName: "g1", logStreamName: "s", logEvents } });
      await page.api.pause(); // takes a checkpoint
    }
    expect(
      page
        .pulse()
        ?.notices.map((n) => n.text)
        .join("\n"),
    ).toMatch(/no room left/);
    await page.api.advance(120);
    const { hash } = await page.api.stateHash();
    const found = await page.api.read({
      service: "logs",
      operation: "FilterLogEvents",
      input: { logGroupName: "g1", filterPattern: '"3.499 "' },
    });
    expect(found.output.events).toHaveLength(1);
    page.kill();
    page = await reopen(id);
    expect((await page.api.stateHash()).hash).toBe(hash);
  });
});

describe("in a second tab", () => {
  it("the account that is open is refused, can be copied, and can be taken over: then the first tab saves nothing any more", async () => {
    const first = openPage();
    const { id } = await first.api.boot({ kind: "scenario-file", text: await storyFile() });
    await first.api.call(make("g1"));
    const { hash } = await first.api.stateHash();

    const second = openPage();
    const last = await second.api.boot({ kind: "last" });
    if (last.openElsewhere !== undefined) expect(last.openElsewhere.title.length).toBeGreaterThan(0);
    await second.api.pause();
    const refused = await failing(second.api.boot({ kind: "saved", id }));
    expect(refused.message).toBe("This account is open in another tab.");
    // What was open in the second tab still is.
    expect((await second.api.info()).id).toBe(last.id);
    const copy = await second.api.boot({ kind: "copy", id });
    expect(copy.title).toContain("Copy of");
    expect(copy.id).not.toBe(id);
    expect((await second.api.stateHash()).hash).toBe(hash);

    await second.api.boot({ kind: "saved", id, takeOver: true });
    expect((await second.api.stateHash()).hash).toBe(hash);
    await expect.poll(async () => (await first.api.info()).storage.kind).toBe("memory");
    expect((await first.api.info()).storage.reason).toContain("Another tab took this account over");
    expect(
      first
        .pulse()
        ?.notices.map((n) => n.text)
        .join("\n"),
    ).toContain("Another tab took this account over");

    // Both go on: the second durably, the first for itself.
    await first.api.call(make("g-first"));
    await second.api.call(make("g-second"));
    await first.api.call(make("g-first-2"));
    await first.api.undo();
    await first.api.advance(60);
    expect(await groups(first)).toEqual(["g-first", "g1"]);
    expect(await groups(second)).toEqual(["g-second", "g1"]);
    expect((await first.api.stateHash()).hash).toBe(await replayed(first));
    const kept = await second.api.stateHash();
    second.kill();
    first.kill();
    const third = await reopen(id);
    expect(await third.api.stateHash()).toEqual(kept);
    expect(await groups(third)).toEqual(["g-second", "g1"]);
  });

  it("without Web Locks the page says that tabs cannot be told apart", async () => {
    const page = openPage("no locks");
    await page.api.boot({ kind: "new" });
    await page.api.call(make("g"));
    expect(
      page
        .pulse()
        ?.notices.map((n) => n.text)
        .join("\n"),
    ).toMatch(/do not open the same account in two tabs/);
  });

  it("an account deleted elsewhere ends in a sentence", async () => {
    const page = openPage();
    const { id } = await page.api.boot({ kind: "new" });
    await page.api.pause();
    await page.api.call(make("g"));
    expect((await listAccounts()).some((a) => a.id === id)).toBe(true);
    await deleteAccount(id);
    const error = await failing(page.api.call(make("g2")));
    expect(error.kind).toBe("input");
    expect(error.message).toMatch(/no longer saves/);
    expect(await groups(page)).toEqual(["g"]);
    await page.api.boot({ kind: "new" });
    await page.api.call(make("g3"));
    expect(await groups(page)).toEqual(["g3"]);
  });
});

describe("a wish that makes no sense", () => {
  it("is refused with a sentence and stops nothing", async () => {
    const page = openPage();
    expect((await failing(page.api.info())).message).toContain("No account is open");
    await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    const { hash } = await page.api.stateHash();
    for (const wish of [
      () => page.api.advance(-1),
      () => page.api.advance(Number.NaN),
      () => page.api.advance(Number.POSITIVE_INFINITY),
      () => page.api.play(0),
      () => page.api.play(Number.NaN),
      () => page.api.rewind(Number.NaN),
      () => page.api.rewind(0.5),
      () => page.api.stage({ kind: "constructor" }),
      () => page.api.stage({ kind: "identity", principal: "nobody" }),
      () => page.api.boot({ kind: "saved", id: "never-there" }),
      () => page.api.boot({ kind: "scenario-file", text: "no JSON" }),
      () => page.api.supply(new Blob(["x"]), "x.log"),
      () => page.api.replayAttachment("00"),
    ]) {
      const error = await failing(wish());
      expect([error.kind, error.message.length > 20], `${wish}: ${JSON.stringify(error)}`).toEqual(["input", true]);
      expect((await page.api.stateHash()).hash, String(wish)).toBe(hash);
    }
    // A cancel with nothing under way stops nothing that comes later.
    await page.api.cancel();
    await page.api.advance(60);
    await page.api.call(make("g"));
    expect((await page.api.stateHash()).hash).toBe(await replayed(page));
  });
});
