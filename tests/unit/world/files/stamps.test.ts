import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type DecodedLines, decodeLines } from "../../../../workers/world/files/decode.ts";
import { daysFromCivil } from "../../../../workers/world/files/stamp-parsers.ts";
import { detectFormats, formatOf, resolveDays, resolveYears, stampOf, TIME_FORMATS } from "../../../../workers/world/files/timestamps.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const parse = (id: string, text: string): number => {
  const line = bytes(text);
  return formatOf(id)?.parse(line, 0, line.length) ?? Number.NaN;
};
const utc = (text: string): number => Date.parse(text);
const lines = (text: string): Promise<DecodedLines> => decodeLines(bytes(text), "x.log", { reference: 0 });

describe("each time format", () => {
  it.each([
    ["json", "2024-01-02T03:04:05.678Z"],
    ["vpc-flow", "2014-12-14T04:06:50Z"],
    ["iso8601", "2024-01-02T03:04:05.678Z"],
    ["datetime", "2015-10-18T18:01:47.978Z"],
    ["slash", "2024-01-02T03:04:05Z"],
    ["clf", "2000-10-10T20:55:36Z"],
    ["ctime", "2005-12-04T04:47:44Z"],
    ["syslog", "2000-12-10T06:55:46Z"],
    ["hdfs", "2008-11-09T20:36:15Z"],
    ["spark", "2017-06-09T20:10:40Z"],
    ["klog", "2000-01-02T15:04:05Z"],
    ["logcat", "2000-03-17T16:13:38.811Z"],
    ["month-first", "2015-10-18T18:01:47Z"],
    ["day-first", "2015-10-18T18:01:47Z"],
    ["dotted", "2015-10-18T18:01:47Z"],
    ["epoch-ms", "2015-01-01T00:00:00.123Z"],
    ["epoch-s", "2015-01-01T00:00:00.123Z"],
    ["day-month", "2024-01-02T03:04:05.678Z"],
    ["time-of-day", "1970-01-01T16:06:09.031Z"],
  ])("%s reads its own example", (id, expected) => {
    expect(parse(id, formatOf(id)?.example ?? "")).toBe(utc(expected));
  });

  it("has an example above for every format of the table", () => {
    expect(TIME_FORMATS).toHaveLength(19);
    expect(new Set(TIME_FORMATS.map((format) => format.id)).size).toBe(19);
  });

  it.each([
    ["iso8601", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"],
    ["iso8601", "2024-01-02T03:04:05,678Z x", "2024-01-02T03:04:05.678Z"],
    ["iso8601", "2024-01-02T03:04:05.123456789+02:00 x", "2024-01-02T01:04:05.123Z"],
    ["iso8601", "2024-01-02T03:04:05-0530 x", "2024-01-02T08:34:05Z"],
    ["iso8601", "2024-01-02T03:04:05+01 x", "2024-01-02T02:04:05Z"],
    ["iso8601", "2024-01-02T03:04:05", "2024-01-02T03:04:05Z"],
    ["iso8601", "<165>1 2003-10-11T22:14:15.003Z host app - - hi", "2003-10-11T22:14:15.003Z"],
    ["iso8601", "https 2018-07-02T22:23:00.186641Z app/lb/50dc 192.168.131.39:2817", "2018-07-02T22:23:00.186Z"],
    ["iso8601", "2024-01-01T10:00:00.5Z\t9f1c\tINFO\thello", "2024-01-01T10:00:00.500Z"],
    ["iso8601", "[2024-01-02T03:04:05Z] INFO", "2024-01-02T03:04:05Z"],
    ["iso8601", "2024-02-29T23:59:60Z", "2024-03-01T00:00:00Z"],
    ["datetime", "2015-10-18 18:01:47,978 INFO [main] org.apache", "2015-10-18T18:01:47.978Z"],
    ["datetime", "2024-01-01 00:00:00.123 UTC [17] LOG:", "2024-01-01T00:00:00.123Z"],
    ["datetime", "2024-01-01 05:00:00 +0200 x", "2024-01-01T03:00:00Z"],
    ["datetime", "INFO 2024-01-01 05:00:00 x", "2024-01-01T05:00:00Z"],
    ["datetime", "2019-12-04\t21:02:31\tLAX1\t392", "2019-12-04T21:02:31Z"],
    ["datetime", "Start-Date: 2025-06-24  14:36:25", "2025-06-24T14:36:25Z"],
    ["datetime", "nova-api.log.1.2017-05-16_13:53:08 2017-05-16 00:00:00.008 25746 INFO", "2017-05-16T00:00:00.008Z"],
    ["datetime", "2017-05-16_13:53:08.123 hello", "2017-05-16T13:53:08.123Z"],
    ["day-month", "[2-Jan-2024 03:04:05] x", "2024-01-02T03:04:05Z"],
    ["epoch-s", "- 1117838570 2005.06.03 R02-M1-N0-C:J12-U11 RAS KERNEL INFO", "2005-06-03T22:42:50Z"],
    ["time-of-day", "[23:59:59,9] x", "1970-01-01T23:59:59.900Z"],
    ["clf", '::1 - - [01/Jan/2024:00:00:00 +0530] "GET /"', "2023-12-31T18:30:00Z"],
    ["clf", 'h [not] - [01/Feb/2024:00:00:00] "GET /"', "2024-02-01T00:00:00Z"],
    ["ctime", "[Sun Dec 04 04:47:44.123456 2005] [error] x", "2005-12-04T04:47:44.123Z"],
    ["ctime", "Thu Feb 29 04:47:44 UTC 2024 x", "2024-02-29T04:47:44Z"],
    ["syslog", "<34>Oct  1 22:14:15 mymachine su: x", "2000-10-01T22:14:15Z"],
    ["month-first", "1/2/2024 3:04:05 PM x", "2024-01-02T15:04:05Z"],
    ["month-first", "1/2/2024 12:04:05 AM x", "2024-01-02T00:04:05Z"],
    ["month-first", "1/2/2024 12:04:05 PM x", "2024-01-02T12:04:05Z"],
    ["epoch-s", "1286536309.450    921 192.168.0.68 TCP_MISS/200", "2010-10-08T11:11:49.450Z"],
    ["epoch-s", "[1286536309] x", "2010-10-08T11:11:49Z"],
    ["json", '{"a":{"time":"no"},"ts":1700000000.25}', "2023-11-14T22:13:20.250Z"],
    ["json", '{"level":"x","@timestamp":"2024-01-01 05:00:00,7"}', "2024-01-01T05:00:00.700Z"],
    ["json", '{"eventTime":"2024-09-22T12:00:00Z"}', "2024-09-22T12:00:00Z"],
    ["json", '{ "msg" : "say \\"time\\": 1, ok" , "time" : 1700000000123456 }', "2023-11-14T22:13:20.123Z"],
    ["json", '{"time":"soon","timestamp":"1700000000000"}', "2023-11-14T22:13:20Z"],
  ])("%s reads %j", (id, text, expected) => {
    expect(parse(id, text)).toBe(utc(expected));
  });

  it.each([
    ["iso8601", "2024-13-02T03:04:05Z"],
    ["iso8601", "2024-02-30T03:04:05Z"],
    ["iso8601", "2023-02-29T03:04:05Z"],
    ["iso8601", "2024-01-02T24:04:05Z"],
    ["iso8601", "2024-01-02T03:60:05Z"],
    ["iso8601", "2024-01-02T03:04"],
    ["iso8601", "x2024-01-02T03:04:05Z"],
    ["iso8601", `${" ".repeat(70)}2024-01-02T03:04:05Z`],
    ["iso8601", "1969-12-31T23:59:59Z"],
    ["clf", "[10/Foo/2000:13:55:36 -0700]"],
    ["syslog", "Foo 10 06:55:46"],
    ["hdfs", "081309 203615"],
    ["hdfs", "081109 2036151"],
    ["epoch-s", "12865363090 x"],
    ["epoch-s", "0286536309 x"],
    ["epoch-ms", "128653630945 x"],
    ["vpc-flow", "2 123456789010 eni-1 - - - - - - - 1431280876"],
    ["vpc-flow", "2 1 fni-1 a b c d e f g 1431280876 1431280934 - NODATA"],
    ["json", '{"a":{"time":"2024-01-01T00:00:00Z"}}'],
    ["json", '["time","2024-01-01T00:00:00Z"]'],
    ["json", '{"time":null}'],
    ["json", '{"time'],
    ["month-first", "13/01/2024 10:00:00"],
  ])("%s refuses %j", (id, text) => {
    expect(parse(id, text)).toBeNaN();
  });

  it("looks for brackets and blanks in its own line only, however long the file", () => {
    const file = new Uint8Array(64 * 1024 * 1024).fill(97);
    file.set(bytes("<34 2 1 eni-"), 0);
    file.set(bytes("[> 10/Oct/2000:13:55:36 "), file.length - 30);
    const begun = performance.now();
    for (let i = 0; i < 200; i++) for (const format of TIME_FORMATS) expect(format.parse(file, i % 12, 100)).toBeNaN();
    expect(performance.now() - begun).toBeLessThan(2_000);
  });

  it("never reads past the end of its line", () => {
    const text = bytes("2024-01-02T03:04:05.678Z");
    for (let end = 0; end < 19; end++) for (const format of TIME_FORMATS) expect(format.parse(text, 0, end)).toBeNaN();
    expect(formatOf("iso8601")?.parse(text, 0, 21)).toBe(utc("2024-01-02T03:04:05.600Z"));
  });

  const two = (n: number): string => String(n).padStart(2, "0");
  const MON = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const DOW = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
  const ymd = (d: Date, separator: string): string => [d.getUTCFullYear(), two(d.getUTCMonth() + 1), two(d.getUTCDate())].join(separator);
  const hms = (d: Date): string => d.toISOString().slice(11, 19);
  const written: Readonly<Record<string, (d: Date) => string>> = {
    json: (d) => JSON.stringify({ level: "info", time: d.toISOString() }),
    "vpc-flow": (d) => `2 123456789010 eni-1 - - - - - - - ${d.getTime() / 1000} ${d.getTime() / 1000 + 60} - NODATA`,
    iso8601: (d) => `${d.toISOString()} x`,
    datetime: (d) => `${ymd(d, "-")} ${hms(d)} x`,
    slash: (d) => `${ymd(d, "/")} ${hms(d)} [error]`,
    clf: (d) => `h - - [${two(d.getUTCDate())}/${MON[d.getUTCMonth()]}/${d.getUTCFullYear()}:${hms(d)} +0000] "GET /"`,
    ctime: (d) => `[${DOW[d.getUTCDay()]} ${MON[d.getUTCMonth()]} ${two(d.getUTCDate())} ${hms(d)} ${d.getUTCFullYear()}] [error]`,
    hdfs: (d) => `${ymd(d, "").slice(2)} ${hms(d).replaceAll(":", "")} 1 INFO`,
    spark: (d) => `${ymd(d, "/").slice(2)} ${hms(d)} INFO`,
    "month-first": (d) => `${two(d.getUTCMonth() + 1)}/${two(d.getUTCDate())}/${d.getUTCFullYear()} ${hms(d)}`,
    "day-first": (d) => `${two(d.getUTCDate())}/${two(d.getUTCMonth() + 1)}/${d.getUTCFullYear()} ${hms(d)}`,
    dotted: (d) => `${two(d.getUTCDate())}.${two(d.getUTCMonth() + 1)}.${d.getUTCFullYear()} ${hms(d)}`,
    "epoch-ms": (d) => `${d.getTime()} x`,
    "epoch-s": (d) => `${d.getTime() / 1000} x`,
  };
  it.each(Object.keys(written))("%s reads any moment that is written in it", (id) => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000_000, max: 3_000_000_000 }), (seconds) => {
        const date = new Date(seconds * 1000);
        expect(parse(id, written[id]?.(date) ?? "")).toBe(date.getTime());
      }),
    );
  });

  it.each(["syslog", "klog", "logcat"])("%s finds the year again in any run of ascending moments of at most ten years", (id) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_400_000_000, max: 1_700_000_000 }),
        fc.array(fc.integer({ min: 0, max: 150 * 86_400 }), { maxLength: 30 }),
        (start, gaps) => {
          let at = start;
          const times = [start, ...gaps.map((gap) => (at += gap))].map((seconds) => seconds * 1000);
          const stamps = Float64Array.from(times, (time) => {
            const date = new Date(time);
            const day = two(date.getUTCDate());
            const month = date.getUTCMonth();
            return parse(
              id,
              id === "syslog"
                ? `${MON[month]} ${day} ${hms(date)} h`
                : id === "klog"
                  ? `I${two(month + 1)}${day} ${hms(date)}`
                  : `${two(month + 1)}-${day} ${hms(date)}`,
            );
          });
          resolveYears(stamps, (times[times.length - 1] ?? 0) + 1000);
          expect([...stamps]).toEqual(times);
        },
      ),
    );
  });

  it("counts days as the calendar does", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (day) => {
        const date = new Date(day * 86_400_000);
        expect(daysFromCivil(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate())).toBe(day);
      }),
    );
  });

  it("never throws and never answers a broken moment, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (line) => {
        for (const format of TIME_FORMATS) {
          const time = format.parse(line, 0, line.length);
          if (!Number.isNaN(time)) expect(Number.isInteger(time) && time >= -18 * 3_600_000).toBe(true);
        }
      }),
    );
  });
});

describe("finding the format of a file", () => {
  it.each([
    ["json", '{"time":"2024-01-01T00:00:00Z"}\n{"time":"2024-01-01T00:00:01Z"}'],
    ["clf", '10.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET /2001-01-01T00:00:00Z HTTP/1.0" 200 2326'],
    ["ctime", "[Sun Dec 04 04:47:44 2005] [notice] workerEnv.init() ok\n[Sun Dec 04 04:47:44 2005] [error] mod_jk child"],
    ["syslog", "Dec 10 06:55:46 LabSZ sshd[24200]: Invalid user webmaster\nDec 10 06:55:48 LabSZ sshd[24200]: Connection closed"],
    ["hdfs", "081109 203615 148 INFO dfs.DataNode$PacketResponder: PacketResponder 1 for block blk_38 terminating"],
    ["datetime", "2015-10-18 18:01:47,978 INFO [main] a.b.C: Created\njava.lang.IllegalStateException: no\n\tat a.b.C.d(C.java:1)"],
    ["vpc-flow", "2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK"],
  ])("takes %s", async (id, text) => {
    expect(detectFormats(await lines(text)).best).toBe(id);
  });

  it("takes a time of day alone only where nothing better is there", async () => {
    expect(detectFormats(await lines("16:06:09.031 [main] DEBUG a\n16:06:09.040 [main] DEBUG b")).best).toBe("time-of-day");
    expect(detectFormats(await lines("ratio 16:06\n16:06 x\n16:06:09:12 y")).best).toBeUndefined();
    expect(detectFormats(await lines("16:06:09 2024-01-02T16:06:09Z a")).best).toBe("iso8601");
  });

  it("looks behind the colours of a terminal", async () => {
    const line = bytes("\u001b[1;32m02-Jan-2024 03:04:05\u001b[0m INFO");
    const format = formatOf("day-month");
    expect(format && stampOf(format, line, 0, line.length)).toBe(utc("2024-01-02T03:04:05Z"));
    const broken = bytes("\u001b[1;32 02-Jan-2024 03:04:05");
    expect(format && stampOf(format, broken, 0, broken.length)).toBeNaN();
    expect(detectFormats(await lines("\u001b[32m2024-01-02T03:04:05Z\u001b[0m x")).best).toBe("iso8601");
  });

  it("puts the last time without a date at or before the reference, over midnight", () => {
    const at = (text: string): number => utc(`1970-01-01T${text}Z`);
    const stamps = Float64Array.of(at("23:59:00"), Number.NaN, at("00:00:30"), at("00:00:10"), at("09:00:00"));
    resolveDays(stamps, utc("2026-03-02T08:59:59Z"));
    expect([...stamps]).toEqual([
      utc("2026-02-28T23:59:00Z"),
      Number.NaN,
      utc("2026-03-01T00:00:30Z"),
      utc("2026-03-01T00:00:10Z"),
      utc("2026-03-01T09:00:00Z"),
    ]);
  });

  it("takes none where there are no dates", async () => {
    expect(detectFormats(await lines("hello\nworld 12:00\n"))).toEqual({ formats: [] });
  });

  it("takes a format of one line in a hundred when it is on the first", async () => {
    const trace = `2024-01-01 00:00:00 boom\n${"\tat x\n".repeat(99)}`;
    expect(detectFormats(await lines(trace))).toMatchObject({ best: "datetime", formats: [{ id: "datetime", share: 0.01 }] });
    expect(detectFormats(await lines(`${"\tat x\n".repeat(99)}2024-01-01 00:00:00 boom\n`)).best).toBeUndefined();
  });

  it("puts the last stamp without a year at or before the reference, over a turn of the year", () => {
    const dec = utc("2000-12-31T23:59:00Z");
    const jan = utc("2000-01-01T00:01:00Z");
    const stamps = Float64Array.of(dec, Number.NaN, jan);
    resolveYears(stamps, utc("2026-01-01T00:02:00Z"));
    expect([...stamps]).toEqual([utc("2025-12-31T23:59:00Z"), Number.NaN, utc("2026-01-01T00:01:00Z")]);
    const leap = Float64Array.of(utc("2000-02-29T12:00:00Z"));
    resolveYears(leap, utc("2023-06-01T00:00:00Z"));
    expect([...leap]).toEqual([utc("2023-03-01T12:00:00Z")]);
    const late = Float64Array.of(utc("2000-06-01T00:00:00Z"));
    resolveYears(late, utc("2026-05-31T23:59:59Z"));
    expect([...late]).toEqual([utc("2025-06-01T00:00:00Z")]);
  });
});
