import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { Account } from "../../../workers/account/account.ts";
import type { FileInspection, FileMapping } from "../../../workers/api.ts";
import { InputError } from "../../../workers/model/errors.ts";
import { sha256 } from "../../../workers/model/sha256.ts";
import { inspectFile } from "../../../workers/world/files/inspect.ts";
import { failure, MINUTE, openTestAccount, START, screen } from "../account/engine-harness.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const zipped = (text: string): Uint8Array => new Uint8Array(gzipSync(text));
const stamp = (second: number): string => new Date(START - 3_600_000 + second * 1000).toISOString();
const inspect = (file: Uint8Array, name: string, mapping: Partial<FileMapping> = {}): Promise<FileInspection> =>
  inspectFile(file, name, mapping, { reference: START });

async function attach(account: Account, file: Uint8Array, name: string, mode: "history" | "replay", mapping: Partial<FileMapping> = {}) {
  const info = { sha256: sha256(file), name, bytes: file.length };
  await account.storage.putAttachment(info, file);
  const suggested = { logGroupName: "/imported", logStreamName: "file", timeFormat: "none", multiline: "off" } as const;
  return (await account.stage({ kind: "attach", ...info, mapping: { ...suggested, ...mapping }, mode, reference: START }, "us-east-1")) as {
    events: number;
  };
}

async function messages(account: Account): Promise<readonly { timestamp: number; message: string }[]> {
  const found: { timestamp: number; message: string }[] = [];
  let nextToken: unknown;
  do {
    const input = {
      logGroupName: "/imported",
      logStreamName: "file",
      startFromHead: true,
      ...(nextToken === undefined ? {} : { nextToken }),
    };
    const { output } = await screen(account, "logs", "GetLogEvents", input);
    const events = output.events as { timestamp: number; message: string }[];
    found.push(...events);
    if (events.length === 0) break;
    nextToken = output.nextForwardToken;
  } while (found.length < 100_000);
  return found;
}

/** Attached as history and as replay the file gives the same messages, and a replay of the journal the same hash. */
async function bothWays(
  file: Uint8Array,
  name: string,
): Promise<{ inspection: FileInspection; events: readonly { timestamp: number; message: string }[] }> {
  const inspection = await inspect(file, name);
  const mapping = inspection.suggested as FileMapping;
  const target = { ...mapping, logGroupName: "/imported", logStreamName: "file" };
  const [history, replay] = [await openTestAccount(), await openTestAccount()];
  expect(await attach(history, file, name, "history", target)).toMatchObject({ events: inspection.events });
  expect(await attach(replay, file, name, "replay", target)).toMatchObject({ events: inspection.events });
  await replay.advanceTo(START + 26 * 60 * MINUTE);
  const events = await messages(history);
  expect((await messages(replay)).map((e) => e.message)).toEqual(events.map((e) => e.message));
  expect(events).toHaveLength(inspection.events);
  for (const account of [history, replay]) {
    const again = await openTestAccount();
    await again.storage.putAttachment({ sha256: sha256(file), name, bytes: file.length }, file);
    await again.load(account.journal(), account.now);
    expect(again.stateHash({ parts: true })).toEqual(account.stateHash({ parts: true }));
  }
  return { inspection, events };
}

describe("a file that holds no log", () => {
  const files: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ["empty.log", new Uint8Array(0), /is empty/],
    ["blank.log", bytes("\n\r\n\n\n"), /only empty lines/],
    ["picture.log", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]), /picture/],
    ["binary.log", Uint8Array.from({ length: 100_000 }, (_, i) => (i * 131 + (i >> 3)) & 255), /not a text file|not valid UTF-8/],
    ["cut.log.gz", zipped(`${stamp(0)} a line\n`.repeat(20_000)).slice(0, 300), /cannot be unpacked/],
    ["end.log.gz", zipped(`${stamp(0)} a line\n`).slice(0, -3), /cannot be unpacked/],
    ["no.log.gz", bytes("\u001f\u008bnot gzip at all"), /full of control characters/],
  ];

  it.each(files)("is refused before it is attached: %s", async (name, file, sentence) => {
    const error = await inspect(file, name).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(InputError);
    expect((error as Error).message).toMatch(sentence);
    expect((error as Error).message).toContain(name);
  });

  it.each(files.slice(1, 6))("is refused by the stage command as well, which leaves nothing behind: %s", async (name, file) => {
    for (const mode of ["history", "replay"] as const) {
      const account = await openTestAccount();
      const before = account.stateHash();
      const error = await failure(attach(account, file, name, mode));
      expect(error).toBeInstanceOf(InputError);
      expect(account.stateHash()).toEqual(before);
      expect((await screen(account, "logs", "DescribeLogGroups")).output.logGroups).toEqual([]);
      // It stands in the journal as something that failed, and a replay fails alike.
      const again = await openTestAccount();
      await again.storage.putAttachment({ sha256: sha256(file), name, bytes: file.length }, file);
      await again.load(account.journal(), account.now);
      expect(again.stateHash()).toEqual(before);
    }
  });

  it("of no bytes is refused by the stage command before it is journaled", async () => {
    const account = await openTestAccount();
    expect(await failure(attach(account, new Uint8Array(0), "empty.log", "history"))).toBeInstanceOf(InputError);
    expect(account.journal()).toEqual([]);
  });
});

describe("a file that is odd", () => {
  it("of one line of 5 MB is cut to what an event may hold, and that is said", async () => {
    const file = bytes(`${stamp(0)} ${"x".repeat(5_000_000)}`);
    const { inspection, events } = await bothWays(file, "long.log");
    expect(inspection.warnings.join(" ")).toMatch(/cut/);
    // Cut into pieces, each as large as an event may be, at the line's one time: nothing is lost.
    expect(events).toHaveLength(5);
    expect(events.map((e) => e.message).join("")).toBe(`${stamp(0)} ${"x".repeat(5_000_000)}`);
    expect(bytes(events[0]?.message ?? "").length).toBe(1_048_576 - 26);
    expect(new Set(events.map((e) => e.timestamp))).toEqual(new Set([START - 3_600_000]));
  });

  it("with bytes that are not UTF-8 keeps its lines, replaces and counts them", async () => {
    const file = Uint8Array.from([
      ...bytes(`${stamp(0)} good\n${stamp(1)} b`),
      0xff,
      ...bytes(`d\n${stamp(2)} `),
      0xe2,
      0x82,
      ...bytes(`\n${stamp(3)} end\n`),
    ]);
    const { inspection, events } = await bothWays(file, "mixed.log");
    expect(inspection.encoding).toBe("utf-8 with replaced bytes");
    expect(inspection.warnings.join(" ")).toMatch(/2 places in the file are not valid UTF-8/);
    expect(events.map((e) => e.message.slice(25))).toEqual(["good", "b\ufffdd", "\ufffd", "end"]);
  });

  it("with carriage returns has none in its events", async () => {
    const { events } = await bothWays(bytes(`${stamp(0)} a\r\n${stamp(1)} b\r\n\r\n${stamp(2)} c`), "dos.log");
    expect(events.map((e) => e.message.slice(25))).toEqual(["a", "b", "c"]);
  });

  it("with dates out of order is sorted by time, equal times as they stood, and that is said", async () => {
    const { inspection, events } = await bothWays(bytes([5, 3, 3, 9, 0].map((s, i) => `${stamp(s)} line ${i}`).join("\n")), "order.log");
    expect(inspection.outOfOrder).toBeGreaterThan(0);
    expect(inspection.warnings.join(" ")).toMatch(/out of order/);
    expect(events.map((e) => e.message.slice(-1))).toEqual(["4", "1", "2", "0", "3"]);
    expect(events.map((e) => e.timestamp)).toEqual([0, 3, 3, 5, 9].map((s) => START - 3_600_000 + s * 1000));
  });

  it("without dates is evenly spaced up to the clock, and that is said", async () => {
    const { inspection, events } = await bothWays(bytes("one\ntwo\nthree\n"), "plain.log");
    expect(inspection.timeFormat).toBeUndefined();
    expect(inspection.warnings.join(" ")).toMatch(/No dates/);
    expect(events.map((e) => e.timestamp)).toEqual([3000, 2000, 1000].map((ms) => START - ms));
  });

  it("in gzip is unpacked", async () => {
    const { inspection, events } = await bothWays(zipped(`${stamp(0)} a\n${stamp(1)} b\n`), "packed.log.gz");
    expect(inspection.encoding).toBe("gzip");
    expect(events.map((e) => e.message.slice(25))).toEqual(["a", "b"]);
  });

  it("whose times lie years apart is taken in whole as history, and replayed in its own order", async () => {
    const times = [Date.UTC(1999, 0, 1), Date.UTC(2010, 5, 5), START - 1000];
    const file = bytes(times.map((t, i) => `${new Date(t).toISOString()} ${i}`).join("\n"));
    const account = await openTestAccount();
    await attach(account, file, "old.log", "history", { timeFormat: "iso8601" });
    expect((await messages(account)).map((e) => e.timestamp)).toEqual(times);
    const replay = await openTestAccount();
    await attach(replay, file, "old.log", "replay", { timeFormat: "iso8601" });
    await replay.advanceTo(START + MINUTE);
    expect(await messages(replay)).toHaveLength(1);
  });

  it("is refused with a wrong mapping by the member that is wrong, before it is journaled", async () => {
    const account = await openTestAccount();
    const file = bytes(`${stamp(0)} a\n`);
    for (const [path, wrong] of [
      ["mapping.logGroupName", { logGroupName: "no such name!" }],
      ["mapping.logGroupName", { logGroupName: "" }],
      ["mapping.logStreamName", { logStreamName: "a:b" }],
      ["mapping.multiline", { multiline: "sometimes" as "off" }],
      ["mapping.spacingSeconds", { spacingSeconds: 0 }],
      ["mapping.spacingSeconds", { spacingSeconds: Number.NaN }],
      ["mapping.timeFormat", { timeFormat: 5 as unknown as string }],
    ] as const) {
      const error = (await failure(attach(account, file, "a.log", "history", wrong))) as InputError;
      expect(error).toBeInstanceOf(InputError);
      expect(error.path).toBe(path);
    }
    expect(account.journal()).toEqual([]);
    const command = {
      kind: "attach",
      sha256: sha256(file),
      name: "a.log",
      bytes: 3,
      mapping: { logGroupName: "g", logStreamName: "s", timeFormat: "none", multiline: "off" },
    };
    for (const [path, more] of [
      ["sha256", { sha256: "xyz" }],
      ["name", { name: "" }],
      ["bytes", { bytes: 0.5 }],
      ["mode", { mode: "both" }],
      ["reference", { mode: "replay", reference: 1e300 }],
      ["squeezeMinutes", { mode: "replay", reference: START, squeezeMinutes: -1 }],
      ["mapping", { mode: "replay", reference: START, mapping: null }],
    ] as const) {
      const error = (await failure(account.stage({ ...command, ...more }, "us-east-1"))) as InputError;
      expect([error.name, error.path]).toEqual(["InputError", path]);
    }
    expect(account.journal()).toEqual([]);
  });
});
