import { afterEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../workers/model/sha256.ts";
import { closePages, failing, openPage, type Page, reopen, replayed, storyFile } from "./page.ts";

afterEach(closePages);

const START = Date.UTC(2026, 1, 3, 4, 0, 0);
const TEXT = Array.from(
  { length: 3_000 },
  (_, i) => `${new Date(START + i * 1_700).toISOString()} ${i % 50 === 0 ? "ERROR" : "fine"} request ${i}\n`,
).join("");
const BYTES = new TextEncoder().encode(TEXT);
const FILE = { sha256: sha256(BYTES), name: "shop.log", bytes: BYTES };
const blob = (): Blob => new Blob([BYTES]);
const mapping = { logGroupName: "/imported/shop", logStreamName: "shop.log", timeFormat: "iso8601", multiline: "timestamp" } as const;

const errors = async (page: Page): Promise<number> => {
  let count = 0;
  let nextToken: unknown;
  do {
    const input = { logGroupName: mapping.logGroupName, filterPattern: "ERROR", ...(nextToken === undefined ? {} : { nextToken }) };
    const { output } = await page.api.read({ service: "logs", operation: "FilterLogEvents", input });
    count += (output.events as unknown[]).length;
    nextToken = output.nextToken;
  } while (nextToken !== undefined);
  return count;
};

describe("a file attached as history", () => {
  it("opens an account just after its last event, whose hash a reopening and a replay give again", async () => {
    let page = openPage();
    await page.api.boot({ kind: "new" });
    await page.api.setRegion("eu-central-1");
    const found = await page.api.inspectFile(blob(), "shop.log");
    expect(found).toMatchObject({ sha256: FILE.sha256, events: 3_000, timeFormat: "iso8601", outOfOrder: 0 });
    const info = await page.api.attach({ file: blob(), name: "shop.log", mapping, mode: "history" });
    await page.api.pause();
    expect(info.scenario.start).toBe(Math.floor((found.last as number) / 1000) * 1000 + 1000);
    expect(info.scenario.region).toBe("eu-central-1");
    expect(await errors(page)).toBe(60);
    const { hash } = await page.api.stateHash();
    expect(hash).toBe(await replayed(page, [FILE]));
    page.kill();
    page = await reopen(info.id);
    expect((await page.api.stateHash()).hash).toBe(hash);
    expect((await page.api.info()).missingFiles).toEqual([]);
    expect(await errors(page)).toBe(60);
  });

  it("is refused before anything else is closed when it or its mapping is wrong", async () => {
    const page = openPage();
    const before = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    const { hash } = await page.api.stateHash();
    for (const [file, wrong] of [
      [new Blob([]), {}],
      [new Blob([new Uint8Array(5_000).map((_, i) => (i * 31) & 255)]), {}],
      [blob(), { logGroupName: "no such name!" }],
      [blob(), { logStreamName: "a:b" }],
      [blob(), { timeFormat: "never heard of" }],
      [blob(), { spacingSeconds: -1, timeFormat: "none" }],
    ] as const) {
      for (const mode of ["history", "replay"] as const) {
        const error = await failing(page.api.attach({ file, name: "x.log", mapping: { ...mapping, ...wrong }, mode }));
        expect([error.kind, error.message.length > 20], JSON.stringify(error)).toEqual(["input", true]);
      }
    }
    const after = await page.api.info();
    expect([after.id, after.storage.attachmentBytes, (await page.api.stateHash()).hash]).toEqual([before.id, 0, hash]);
  });
});

describe("a file replayed from now on", () => {
  it("goes on where it was after the worker is killed on the way", async () => {
    let page = openPage();
    const { id } = await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    await page.api.call({ service: "logs", operation: "CreateLogGroup", input: { logGroupName: mapping.logGroupName } });
    await page.api.call({
      service: "logs",
      operation: "PutMetricFilter",
      input: {
        logGroupName: mapping.logGroupName,
        filterName: "errors",
        filterPattern: "ERROR",
        metricTransformations: [{ metricName: "Errors", metricNamespace: "Imported", metricValue: "1" }],
      },
    });
    await page.api.attach({ file: blob(), name: "shop.log", mapping, mode: "replay", squeezeMinutes: 30 });
    await page.api.advance(11 * 60 + 3);
    const { hash } = await page.api.stateHash();
    const half = await errors(page);
    expect(half).toBeGreaterThan(15);
    expect(half).toBeLessThan(30);
    page.kill();
    page = await reopen(id);
    expect((await page.api.stateHash()).hash).toBe(hash);
    await page.api.advance(30 * 60);
    expect(await errors(page)).toBe(60);
    const { clock } = await page.api.info();
    const { output } = await page.api.read({
      service: "cloudwatch",
      operation: "GetMetricStatistics",
      input: {
        Namespace: "Imported",
        MetricName: "Errors",
        StartTime: clock - 3_600_000,
        EndTime: clock,
        Period: 3600,
        Statistics: ["Sum"],
      },
    });
    expect((output.Datapoints as { Sum: number }[]).reduce((sum, { Sum }) => sum + Sum, 0)).toBe(60);
    expect((await page.api.stateHash()).hash).toBe(await replayed(page, [FILE]));
    // Once more from now on: metric filters only look forward.
    await page.api.replayAttachment(FILE.sha256, 5);
    await page.api.advance(600);
    expect(await errors(page)).toBe(120);
    expect((await page.api.stateHash()).hash).toBe(await replayed(page, [FILE]));
  });
});

describe("a scenario that names a file", () => {
  const sent = async (mode: "history" | "replay"): Promise<{ without: string; with: string; hash: string }> => {
    const page = openPage();
    await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    await page.api.attach({ file: blob(), name: "shop.log", mapping, mode, ...(mode === "replay" ? { squeezeMinutes: 10 } : {}) });
    await page.api.pause();
    await page.api.advance(900);
    return {
      without: await page.api.scenarioFile(false),
      with: await page.api.scenarioFile(true),
      hash: (await page.api.stateHash()).hash,
    };
  };

  it.each(["history", "replay"] as const)(
    "opens without it, names it, and comes to the sender's hash once it is supplied (%s)",
    async (mode) => {
      const { without, hash } = await sent(mode);
      const page = openPage();
      const info = await page.api.boot({ kind: "scenario-file", text: without });
      expect(info.missingFiles).toEqual([{ sha256: FILE.sha256, name: "shop.log", bytes: BYTES.length }]);
      expect(info.sameAsSender).toBe(false);
      const wrong = await failing(page.api.supply(new Blob(["something else"]), "other.log"));
      expect(wrong.message).toContain("shop.log");
      const supplied = await page.api.supply(blob(), "renamed since.log");
      expect(supplied.missingFiles).toEqual([]);
      expect(supplied.sameAsSender).toBe(true);
      expect((await page.api.stateHash()).hash).toBe(hash);
      page.kill();
      const again = await reopen(info.id);
      expect((await again.api.stateHash()).hash).toBe(hash);
    },
  );

  it("opens whole with the file that who opens it has at hand, and keeps nothing that it does not name", async () => {
    const { without, hash } = await sent("history");
    const page = openPage();
    const info = await page.api.boot({ kind: "scenario-file", text: without, files: [new Blob(["of no use"]), blob()] });
    expect([info.missingFiles, info.sameAsSender, info.storage.attachmentBytes]).toEqual([[], true, BYTES.length]);
    expect((await page.api.stateHash()).hash).toBe(hash);
  });

  it("is read from lines that people can read as from data", async () => {
    const page = openPage();
    await page.api.boot({ kind: "scenario-file", text: await storyFile() });
    const { hash } = await page.api.stateHash();
    const lines = await page.api.scenarioFile(false, true);
    expect(lines).toContain('"aws": "aws logs create-log-group');
    expect((await openPage().api.boot({ kind: "scenario-file", text: lines })).sameAsSender).toBe(true);
    expect(lines).toContain(hash);
  });

  it("opens whole when it carries it, and refuses a damaged one with a sentence", async () => {
    const { with: text, hash } = await sent("history");
    const page = openPage();
    const info = await page.api.boot({ kind: "scenario-file", text });
    expect([info.missingFiles, info.sameAsSender]).toEqual([[], true]);
    expect((await page.api.stateHash()).hash).toBe(hash);
    const file = JSON.parse(text) as { files: { base64: string; bytes: number }[] };
    const carried = file.files[0] as { base64: string; bytes: number };
    for (const wrong of [
      { base64: `AAAA${carried.base64.slice(4)}` },
      { base64: carried.base64.slice(4) },
      { base64: "###" },
      { bytes: 7 },
    ]) {
      const damaged = JSON.stringify({ ...file, files: [{ ...carried, ...wrong }] });
      const error = await failing(openPage().api.boot({ kind: "scenario-file", text: damaged }));
      expect(error.kind, JSON.stringify(error)).toBe("input");
      expect(error.message).toContain("shop.log that the scenario carries is damaged");
    }
  });
});
