import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InputError } from "../../../../workers/model/errors.ts";
import { BATCH_BYTES, BATCH_EVENTS, BATCH_SPAN, batchRows, takeRows } from "../../../../workers/world/files/batches.ts";
import { counted, decodeLines, type FileHooks, MESSAGE_BYTES } from "../../../../workers/world/files/decode.ts";
import { type EventMapping, type FileEvents, readEvents, toEvents } from "../../../../workers/world/files/events.ts";
import { inspectFile, suggestedMapping } from "../../../../workers/world/files/inspect.ts";
import { repairUtf8 } from "../../../../workers/world/files/utf8.ts";
import { dueAt, dueRows, planReplay, shiftedStamps } from "../../../../workers/world/replay-agent.ts";

const NOW = Date.UTC(2026, 0, 5, 12);
const hooks: FileHooks = { reference: NOW };
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (all: Uint8Array, from = 0, to = all.length): string => new TextDecoder().decode(all.subarray(from, to));

const linesOf = async (file: Uint8Array | string): Promise<string[]> => {
  const { bytes: all, starts, ends } = await decodeLines(typeof file === "string" ? bytes(file) : file, "x.log", hooks);
  return Array.from(starts, (start, i) => text(all, start, ends[i]));
};
const messagesOf = (events: FileEvents): string[] =>
  Array.from(events.timestamps, (_, i) => text(events.bytes, events.offsets[i], events.offsets[i + 1]));
const eventsOf = async (file: string, mapping: Partial<EventMapping> = {}): Promise<FileEvents> =>
  toEvents(await decodeLines(bytes(file), "x.log", hooks), { timeFormat: "iso8601", multiline: "timestamp", ...mapping }, hooks);
const failing = async (promise: Promise<unknown>): Promise<InputError> => {
  const thrown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(InputError);
  return thrown as InputError;
};

describe("lines of a file", () => {
  it("takes LF and CR LF, with and without a last line end, and keeps empty lines", async () => {
    expect(await linesOf("a\nb\r\n\r\nc")).toEqual(["a", "b", "", "c"]);
    expect(await linesOf("a\r\nb\r\n")).toEqual(["a", "b"]);
    // A carriage return alone ends a line only where no line feed does.
    expect(await linesOf("a\rb\r")).toEqual(["a", "b"]);
    expect(await linesOf("10 %\r20 %\nb\n")).toEqual(["10 %\r20 %", "b"]);
  });

  it("skips a byte order mark and converts UTF-16 of both orders", async () => {
    expect(await linesOf(Uint8Array.of(0xef, 0xbb, 0xbf, 97))).toEqual(["a"]);
    const little = Uint8Array.from([0xff, 0xfe, ...new Uint8Array(Uint16Array.from("zwölf\r\n✓", (c) => c.charCodeAt(0)).buffer)]);
    expect(await linesOf(little)).toEqual(["zwölf", "✓"]);
    const big = little.slice();
    for (let i = 0; i < big.length; i += 2) [big[i], big[i + 1]] = [big[i + 1] ?? 0, big[i] ?? 0];
    expect(await linesOf(big)).toEqual(["zwölf", "✓"]);
    expect((await decodeLines(big, "x", hooks)).warnings[0]).toContain("UTF-16");
  });

  it.each([
    ["empty.log", new Uint8Array(0), "empty.log is empty"],
    ["blank.log", bytes("\n\r\n\n"), "holds only empty lines"],
    ["a.zip", Uint8Array.of(0x50, 0x4b, 3, 4, 0, 0), "ZIP archive"],
    ["p.png", Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), "PNG picture"],
    ["x.bin", Uint8Array.from({ length: 4096 }, (_, i) => (i * 31) & 255), "not a text file"],
    ["latin.log", Uint8Array.from({ length: 4096 }, (_, i) => (i % 4 === 0 ? 0xe4 : 97)), "is not UTF-8 text"],
    ["cut.gz", gzipSync("a line\n".repeat(10_000)).subarray(0, 40), "cannot be unpacked"],
    ["tiny.gz", gzipSync("a line\n").subarray(0, 12), "cannot be unpacked"],
    ["bad.gz", Uint8Array.of(0x1f, 0x8b, 1, 2, 3, 4, 5, 6, 7, 8), "cannot be unpacked"],
    ["two.gz", Uint8Array.from([...gzipSync("one\n"), ...gzipSync("two\ntwo\n")]), "cannot be unpacked"],
    ["tail.gz", Uint8Array.from([...gzipSync("one\n"), 1, 2, 3, 4, 5]), "cannot be unpacked"],
    ["none.gz", gzipSync(""), "is empty once unpacked"],
  ])("refuses %s with a sentence", async (name, file, part) => {
    const error = await failing(decodeLines(file, name, hooks));
    expect(error.message).toContain(part);
    expect(error.message).toContain(name);
    expect(error.allowed).not.toBe("");
  });

  it("unpacks gzip", async () => {
    expect(await linesOf(gzipSync("eins\nzwei\n"))).toEqual(["eins", "zwei"]);
    expect((await decodeLines(gzipSync("eins\n"), "x.gz", hooks)).encoding).toBe("gzip");
  });

  it("replaces and counts what is not UTF-8", async () => {
    const decoded = await decodeLines(
      Uint8Array.from([...bytes("good\nb"), 0xff, ...bytes("d\nend "), 0xe2, 0x82, ...bytes("\n")]),
      "x",
      hooks,
    );
    expect(text(decoded.bytes)).toBe("good\nb\uFFFDd\nend \uFFFD\n");
    expect(decoded).toMatchObject({ encoding: "utf-8 with replaced bytes", replacements: 2 });
    expect(decoded.warnings[0]).toBe("2 places in the file are not valid UTF-8; each is shown as \uFFFD.");
  });

  it("repairs any bytes as a browser's decoder does", async () => {
    const piece = fc.oneof(
      fc.uint8Array({ maxLength: 6 }),
      fc.string({ unit: "grapheme" }).map(bytes),
      fc.constant(bytes("plain ascii text, long enough for whole words")),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), fc.integer({ min: 0, max: 3 }), async (pieces, shift) => {
        const all = Uint8Array.from([...new Uint8Array(shift), ...pieces.flatMap((each) => [...each])]).subarray(shift);
        const repaired = await repairUtf8(all, async () => undefined);
        const expected = new TextDecoder("utf-8", { ignoreBOM: true }).decode(all);
        if (repaired.replacements <= all.length / 10 + 10)
          expect(new TextDecoder("utf-8", { ignoreBOM: true, fatal: true }).decode(repaired.bytes)).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });

  it("cuts a line of 5 MB into parts that fit, never inside a character, and says so", async () => {
    const long = "ä".repeat(2_500_000);
    const decoded = await decodeLines(bytes(`2024-01-01T00:00:00Z ${long}\nshort\n`), "x", hooks);
    expect(decoded.cutLines).toBe(1);
    expect(decoded.warnings[0]).toBe("1 line longer than an event may be (1,048,550 bytes) was cut into parts.");
    const parts = Array.from(decoded.starts, (start, i) => text(decoded.bytes, start, decoded.ends[i]));
    expect(parts).toHaveLength(6);
    expect(parts.join("")).toBe(`2024-01-01T00:00:00Z ${long}short`);
    const events = await toEvents(decoded, { timeFormat: "iso8601", multiline: "timestamp" }, hooks);
    for (let i = 0; i < events.timestamps.length; i++)
      expect((events.offsets[i + 1] ?? 0) - (events.offsets[i] ?? 0)).toBeLessThanOrEqual(MESSAGE_BYTES);
    expect(new Set(events.timestamps)).toEqual(new Set([Date.UTC(2024, 0, 1)]));
  });

  it("tells its progress and stops when it is told to", async () => {
    const file = bytes("2024-01-01T00:00:00Z a line of the file\n".repeat(300_000));
    const told: number[] = [];
    let pauses = 0;
    const error = await failing(
      inspectFile(file, "x.log", undefined, {
        reference: NOW,
        breathe: async () => {
          pauses++;
        },
        onProgress: (done, total) => {
          expect(total).toBeGreaterThanOrEqual(done);
          told.push(done);
        },
        cancelled: () => told.length >= 3,
      }),
    );
    expect(pauses).toBe(3);
    expect(error.message).toBe("Reading the file was cancelled. Nothing was stored.");
  });
});

describe("events of a file", () => {
  it("joins the lines of a stack trace to the event before, without empty lines at its end", async () => {
    const events = await eventsOf("2024-01-01T00:00:00Z boom\r\njava.lang.X\r\n\r\n\tat a.b\r\n\r\n2024-01-01T00:00:01Z next\r\n");
    expect(messagesOf(events)).toEqual(["2024-01-01T00:00:00Z boom\njava.lang.X\n\n\tat a.b", "2024-01-01T00:00:01Z next"]);
  });

  it("keeps Lambda's own lines apart from the program's", async () => {
    const events = await eventsOf(
      "START RequestId: 1 Version: $LATEST\n2024-01-02T03:04:05Z\t1\tINFO\thello\n  more\nEND RequestId: 1\nREPORT RequestId: 1\tDuration: 3 ms\nXRAY TraceId: 1-2\n",
    );
    expect(messagesOf(events)).toEqual([
      "START RequestId: 1 Version: $LATEST",
      "2024-01-02T03:04:05Z\t1\tINFO\thello\n  more",
      "END RequestId: 1",
      "REPORT RequestId: 1\tDuration: 3 ms\nXRAY TraceId: 1-2",
    ]);
    expect(new Set(events.timestamps)).toEqual(new Set([Date.UTC(2024, 0, 2, 3, 4, 5)]));
  });

  it("joins by indent, or not at all", async () => {
    const file = "2024-01-01T00:00:00Z a\n  b\nc\n\td\n";
    expect(messagesOf(await eventsOf(file, { multiline: "indent" }))).toEqual(["2024-01-01T00:00:00Z a\n  b", "c\n\td"]);
    const off = await eventsOf(file, { multiline: "off" });
    expect(messagesOf(off)).toHaveLength(4);
    expect(new Set(off.timestamps).size).toBe(1);
    expect(off.inherited).toBe(3);
  });

  it("gives events before the first time that time", async () => {
    const events = await eventsOf("header\n2024-01-01T00:00:00Z a\n", { multiline: "off" });
    expect([...events.timestamps]).toEqual([Date.UTC(2024, 0, 1), Date.UTC(2024, 0, 1)]);
    const only = await eventsOf("header\n second 2024-01-01T00:00:00Z\n", { multiline: "indent" });
    expect([...only.timestamps]).toEqual([Date.UTC(2024, 0, 1)]);
  });

  it("sorts by time, keeps the order of equal times, and counts what was out of order", async () => {
    const events = await eventsOf(["03Z c", "01Z a", "02Z b1", "02Z b2", "03Z d"].map((each) => `2024-01-01T00:00:${each}`).join("\n"));
    expect(messagesOf(events).map((message) => message.split(" ")[1])).toEqual(["a", "b1", "b2", "c", "d"]);
    expect(events.outOfOrder).toBe(3);
    expect(events.warnings).toEqual(["3 events were out of order; all are sorted by time."]);
  });

  it("spaces events evenly up to now where there are no dates, whatever the joining", async () => {
    const events = await eventsOf("a\nb\nc\n", { timeFormat: "none", spacingSeconds: 60 });
    expect([...events.timestamps]).toEqual([NOW - 121_000, NOW - 61_000, NOW - 1000]);
    expect((await eventsOf("a\nb\n")).warnings).toEqual(["No line has a time in the chosen format: the events are evenly spaced."]);
  });

  it("refuses a format and a spacing that are none", async () => {
    expect((await failing(eventsOf("a", { timeFormat: "stardate" }))).path).toBe("mapping.timeFormat");
    expect((await failing(eventsOf("a", { timeFormat: "none", spacingSeconds: -1 }))).path).toBe("mapping.spacingSeconds");
  });

  it("keeps every byte of every line whatever the mapping", async () => {
    const line = fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 86_399 }), fc.stringMatching(/^[ \ta-z]{0,12}$/));
    const multilines = fc.constantFrom("timestamp" as const, "indent" as const, "off" as const);
    await fc.assert(
      fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 30 }), multilines, async (given, multiline) => {
        const file = given.map(([stamped, second, rest]) => `${stamped ? `${new Date(NOW + second * 1000).toISOString()} ` : ""}${rest}`);
        fc.pre(file.some((each) => each !== ""));
        const events = await eventsOf(file.join("\n"), { multiline });
        const out = messagesOf(events)
          .flatMap((message) => message.split("\n"))
          .filter((each) => each !== "");
        expect(out.sort()).toEqual(file.filter((each) => each !== "").sort());
        expect([...events.timestamps]).toEqual([...events.timestamps].sort((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });
});

describe("inspecting a file", () => {
  it("tells what it found", async () => {
    const file = bytes("Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user\r\nDec 10 06:55:48 LabSZ sshd[24200]: Connection closed\r\n");
    const found = await inspectFile(file, "OpenSSH_2k.log", undefined, hooks);
    expect(found).toMatchObject({
      bytes: file.length,
      encoding: "utf-8",
      lines: 2,
      events: 2,
      timeFormat: "syslog",
      first: Date.UTC(2025, 11, 10, 6, 55, 46),
      last: Date.UTC(2025, 11, 10, 6, 55, 48),
      outOfOrder: 0,
    });
    expect(found.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(found.sample[0]?.message).toBe("Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user");
    expect(found.warnings.join(" ")).toContain("no year");
    expect(found.suggested).toEqual({
      logGroupName: "/imported/OpenSSH_2k",
      logStreamName: "OpenSSH_2k.log",
      timeFormat: "syslog",
      multiline: "timestamp",
    });
  });

  it("obeys the person's mapping", async () => {
    const found = await inspectFile(bytes("2024-01-01T00:00:00Z a\nb\n"), "x.log", { timeFormat: "none", multiline: "off" }, hooks);
    expect(found.timeFormat).toBeUndefined();
    expect(found.events).toBe(2);
    expect(found.timeFormats[0]?.id).toBe("iso8601");
  });

  it.each([
    ["access.log", "/imported/access", "access.log"],
    ["access.log.1", "/imported/access", "access.log.1"],
    ["/var/log/app-2024-01-02.log.gz", "/imported/app", "app-2024-01-02.log.gz"],
    ["my app (copy).txt", "/imported/my-app-copy", "my app (copy).txt"],
    [".gz", "/imported/log", ".gz"],
    ["Apache_2k.log", "/imported/Apache_2k", "Apache_2k.log"],
    ["a:b*.log", "/imported/a-b", "a-b-.log"],
  ])("suggests a group and stream for %s", (name, logGroupName, logStreamName) => {
    expect(suggestedMapping(name, "iso8601")).toMatchObject({ logGroupName, logStreamName, multiline: "timestamp" });
  });

  it("reads 20 MB within a few seconds", async () => {
    const line = (i: number): string =>
      `${new Date(NOW + i * 50).toISOString()} INFO shop order ${i} took ${i % 977} ms, customer ${i % 31}, all went well`;
    const file = bytes(Array.from({ length: 210_000 }, (_, i) => line(i)).join("\n"));
    expect(file.length).toBeGreaterThan(15_000_000);
    const found = await inspectFile(file, "shop.log", undefined, hooks);
    expect(found).toMatchObject({ events: 210_000, timeFormat: "iso8601", outOfOrder: 0, warnings: [] });
  }, 30_000);
});

describe("putting a file", () => {
  const made = (times: readonly number[], size: (i: number) => number) => {
    const sizes = times.map((_, i) => size(i));
    const offsets = new Uint32Array(times.length + 1);
    sizes.forEach((each, i) => {
      offsets[i + 1] = (offsets[i] ?? 0) + each;
    });
    const all = new Uint8Array(offsets[times.length] ?? 0);
    for (let i = 0; i < times.length; i++) all.fill(i & 255, offsets[i], offsets[i + 1]);
    return { timestamps: Float64Array.from(times), offsets, bytes: all };
  };

  it("cuts rows into calls within the limits of PutLogEvents and loses nothing", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 30_000_000 }), fc.integer({ min: 1, max: 400_000 })), { minLength: 1, maxLength: 40 }),
        (rows) => {
          let at = NOW;
          const columns = made(
            rows.map(([gap]) => (at += gap)),
            (i) => rows[i]?.[1] ?? 1,
          );
          let expected = 0;
          for (const [from, to] of batchRows(columns, 0, rows.length)) {
            expect(from).toBe(expected);
            expected = to;
            const batch = takeRows(columns, from, to);
            const n = batch.timestamps.length;
            expect(n).toBe(to - from);
            expect(n).toBeGreaterThan(0);
            expect(batch.bytes.length + 26 * n).toBeLessThanOrEqual(BATCH_BYTES);
            expect((batch.timestamps[n - 1] ?? 0) - (batch.timestamps[0] ?? 0)).toBeLessThanOrEqual(BATCH_SPAN);
            expect([batch.offsets.length, batch.offsets[0], batch.offsets[n]]).toEqual([n + 1, 0, batch.bytes.length]);
            expect(Buffer.compare(batch.bytes, columns.bytes.subarray(columns.offsets[from], columns.offsets[to]))).toBe(0);
          }
          expect(expected).toBe(rows.length);
        },
      ),
      { numRuns: 30 },
    );
  });

  it("puts at most 10,000 events into a call", () => {
    const columns = made(
      Array.from({ length: 25_000 }, (_, i) => NOW + i),
      () => 3,
    );
    expect([...batchRows(columns, 0, 25_000)]).toEqual([
      [0, BATCH_EVENTS],
      [BATCH_EVENTS, 2 * BATCH_EVENTS],
      [2 * BATCH_EVENTS, 25_000],
    ]);
  });

  it("shifts every stamp by one constant and ships what is due", () => {
    const times = Float64Array.of(1000, 1500, 8000);
    const plan = planReplay(times, { start: NOW, reference: 7 });
    expect(plan).toEqual({ start: NOW, end: NOW + 7000, origin: 1000, span: 7000, length: 7000, reference: 7 });
    expect([...shiftedStamps(plan, times)]).toEqual([NOW, NOW + 500, NOW + 7000]);
    expect(dueRows(plan, times, 0, NOW - 1)).toBe(0);
    expect(dueRows(plan, times, 0, NOW + 5000)).toBe(2);
    expect(dueRows(plan, times, 2, NOW + 6999)).toBe(2);
    expect(dueRows(plan, times, 2, NOW + 7000)).toBe(3);
  });

  it("squeezes the span into minutes", () => {
    const times = Float64Array.of(0, 3_600_000, 7_200_000);
    expect([...shiftedStamps(planReplay(times, { start: NOW, reference: 0, squeezeMinutes: 2 }), times)]).toEqual([
      NOW,
      NOW + 60_000,
      NOW + 120_000,
    ]);
    const at = Float64Array.of(5, 5);
    expect([...shiftedStamps(planReplay(at, { start: NOW, reference: 0, squeezeMinutes: 2 }), at)]).toEqual([NOW, NOW]);
    for (const squeezeMinutes of [0, -1, Number.NaN])
      expect(() => planReplay(times, { start: NOW, reference: 0, squeezeMinutes })).toThrow(InputError);
  });

  it("ships every row exactly once, in order and never early, however often the agent flushes", () => {
    const wish = fc.option(fc.double({ min: 0.01, max: 5, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40_000 }), { minLength: 1, maxLength: 60 }),
        wish,
        fc.integer({ min: 1, max: 20_000 }),
        (gaps, minutes, flush) => {
          let at = 0;
          const times = Float64Array.from(gaps, (gap) => (at += gap));
          const plan = planReplay(times, { start: NOW, reference: 0, ...(minutes === null ? {} : { squeezeMinutes: minutes }) });
          const stamps = shiftedStamps(plan, times);
          expect([...stamps]).toEqual([...stamps].sort((a, b) => a - b));
          expect(stamps[times.length - 1]).toBe(plan.end);
          let shipped = 0;
          for (let now = NOW; shipped < times.length; now += flush) {
            const due = dueRows(plan, times, shipped, now);
            for (let row = shipped; row < due; row++) expect(dueAt(plan, times[row] ?? 0)).toBeLessThanOrEqual(now);
            if (due < times.length) expect(dueAt(plan, times[due] ?? 0)).toBeGreaterThan(now);
            shipped = due;
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("reads a file again with a reference just after its last event and finds the same times", async () => {
    for (const [file, timeFormat] of [
      ["Dec 31 23:59:58 h a\nJan  1 00:00:01 h b\n", "syslog"],
      ["no\ndates\nhere\n", "none"],
    ] as const) {
      const first = await readEvents(bytes(file), { timeFormat, multiline: "off" }, { reference: NOW });
      const last = first.timestamps[first.timestamps.length - 1] ?? 0;
      const again = await readEvents(bytes(file), { timeFormat, multiline: "off" }, { reference: Math.floor(last / 1000) * 1000 + 1000 });
      expect(again).toEqual(first);
    }
  });
});

it("writes counts with commas and the right ending", () => {
  expect([counted(1, "line"), counted(0, "line"), counted(1_234_567, "line")]).toEqual(["1 line", "0 lines", "1,234,567 lines"]);
});
