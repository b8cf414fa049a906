/** The table of time formats, which of them a file has, and the years and days of stamps that carry none. */
import type { DecodedLines } from "./decode.ts";
import { jsonStamp } from "./json-stamp.ts";
import {
  clfStamp,
  ctimeStamp,
  dateTimeStamp,
  dayFirstStamp,
  dayMonthStamp,
  daysFromCivil,
  dottedStamp,
  epochMillisStamp,
  epochSecondsStamp,
  hdfsStamp,
  isoStamp,
  klogStamp,
  logcatStamp,
  moment,
  monthFirstStamp,
  pastColour,
  type StampParser,
  slashStamp,
  sparkStamp,
  syslogStamp,
  timeOfDayStamp,
  vpcFlowStamp,
} from "./stamp-parsers.ts";

export interface TimeFormat {
  readonly id: string;
  readonly label: string;
  /** A line of it. */
  readonly example: string;
  readonly parse: StampParser;
  /** Stamps carry no year: `resolveYears` has to follow. */
  readonly yearless?: true;
  /** Stamps are a time of day only: `resolveDays` has to follow. */
  readonly dateless?: true;
  /** Stamps never carry a zone and are read as UTC. */
  readonly zoneless?: true;
}

/** In order of preference where two recognise as many lines. */
export const TIME_FORMATS: readonly TimeFormat[] = [
  {
    id: "json",
    label: "JSON lines (timestamp, time, @timestamp, ts, eventTime)",
    example: '{"time":"2024-01-02T03:04:05.678Z","msg":"ok"}',
    parse: jsonStamp,
  },
  {
    id: "vpc-flow",
    label: "VPC flow log (start of the window)",
    example: "2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK",
    parse: vpcFlowStamp,
  },
  { id: "iso8601", label: "ISO 8601 (also load balancers, Lambda, containers)", example: "2024-01-02T03:04:05.678Z", parse: isoStamp },
  { id: "datetime", label: "Date and time (log4j, logback, Python, PostgreSQL)", example: "2015-10-18 18:01:47,978", parse: dateTimeStamp },
  { id: "slash", label: "Date with slashes (nginx errors, Go)", example: "2024/01/02 03:04:05", parse: slashStamp },
  {
    id: "clf",
    label: "Web server access log (Apache, nginx)",
    example: '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1',
    parse: clfStamp,
  },
  { id: "ctime", label: "Apache error log, ctime", example: "[Sun Dec 04 04:47:44 2005]", parse: ctimeStamp, zoneless: true },
  { id: "syslog", label: "Syslog (no year)", example: "Dec 10 06:55:46", parse: syslogStamp, yearless: true, zoneless: true },
  { id: "hdfs", label: "HDFS (yyMMdd HHmmss)", example: "081109 203615", parse: hdfsStamp, zoneless: true },
  { id: "spark", label: "Spark (yy/MM/dd)", example: "17/06/09 20:10:40", parse: sparkStamp, zoneless: true },
  {
    id: "klog",
    label: "Kubernetes components (no year)",
    example: "I0102 15:04:05.000000",
    parse: klogStamp,
    yearless: true,
    zoneless: true,
  },
  { id: "logcat", label: "Android (no year)", example: "03-17 16:13:38.811", parse: logcatStamp, yearless: true, zoneless: true },
  { id: "day-month", label: "Day-Mon-year (Tomcat)", example: "02-Jan-2024 03:04:05.678", parse: dayMonthStamp },
  { id: "month-first", label: "Month/day/year", example: "10/18/2015 18:01:47", parse: monthFirstStamp },
  { id: "day-first", label: "Day/month/year", example: "18/10/2015 18:01:47", parse: dayFirstStamp },
  { id: "dotted", label: "Day.month.year", example: "18.10.2015 18:01:47", parse: dottedStamp },
  { id: "epoch-ms", label: "Milliseconds since 1970", example: "1420070400123", parse: epochMillisStamp },
  { id: "epoch-s", label: "Seconds since 1970 (also Squid)", example: "1420070400.123", parse: epochSecondsStamp },
  {
    id: "time-of-day",
    label: "Time of day, no date (logback)",
    example: "16:06:09.031 [main] DEBUG",
    parse: timeOfDayStamp,
    dateless: true,
    zoneless: true,
  },
];

/** The time of one line under a format, or NaN. */
export const stampOf = (format: TimeFormat, bytes: Uint8Array, start: number, end: number): number =>
  format.parse(bytes, pastColour(bytes, start, end), end);

export const formatOf = (id: string): TimeFormat | undefined => TIME_FORMATS.find((format) => format.id === id);

/** Lines looked at to find the format: the first thousand and a thousand spread over the rest. */
const SAMPLE = 2_000;
/** Below this share a format is not taken, unless it is on the first line: traces may have many lines an event. */
const LEAST_SHARE = 0.05;

export interface Detected {
  /** Formats that recognise some lines, best first; `share` of the lines looked at that hold text. */
  readonly formats: readonly { readonly id: string; readonly label: string; readonly share: number }[];
  /** The one to take. */
  readonly best?: string;
}

export function detectFormats(lines: DecodedLines): Detected {
  const { bytes, starts, ends } = lines;
  const rows: number[] = [];
  const count = starts.length;
  const head = Math.min(count, SAMPLE / 2);
  const step = Math.max(1, Math.floor((count - head) / (SAMPLE / 2)));
  for (let i = 0; i < count && rows.length < SAMPLE; i += i < head ? 1 : step) if ((ends[i] ?? 0) > (starts[i] ?? 0)) rows.push(i);
  const found = TIME_FORMATS.map((format) => {
    let hits = 0;
    let first = false;
    rows.forEach((row, place) => {
      if (Number.isNaN(stampOf(format, bytes, starts[row] ?? 0, ends[row] ?? 0))) return;
      hits++;
      if (place === 0) first = true;
    });
    return { id: format.id, label: format.label, share: rows.length === 0 ? 0 : hits / rows.length, first };
  }).filter((each) => each.share > 0);
  const place = (id: string): number => TIME_FORMATS.findIndex((format) => format.id === id);
  found.sort((a, b) => b.share - a.share || place(a.id) - place(b.id));
  const best = found.find((each) => each.share >= LEAST_SHARE || each.first)?.id;
  return { formats: found.map(({ id, label, share }) => ({ id, label, share })), ...(best === undefined ? {} : { best }) };
}

const DAY = 86_400_000;
const YEAR_2000 = daysFromCivil(2000, 1, 1) * DAY;
const HALF_YEAR = 183 * DAY;

/**
 * Gives stamps of the year 2000 (NaN = none) their real years, in place. The last stamp gets the newest year in which
 * it is not after `reference`; going back, a jump of more than half a year is a turn of the year.
 */
export function resolveYears(stamps: Float64Array, reference: number): void {
  let year = Number.NaN;
  let later = Number.NaN;
  for (let i = stamps.length - 1; i >= 0; i--) {
    const stamp = stamps[i] ?? Number.NaN;
    if (Number.isNaN(stamp)) continue;
    if (Number.isNaN(year)) {
      year = new Date(reference).getUTCFullYear();
      if (inYear(stamp, year) > reference) year--;
    } else if (stamp - later > HALF_YEAR) year--;
    else if (later - stamp > HALF_YEAR) year++;
    later = stamp;
    stamps[i] = inYear(stamp, year);
  }
}

/**
 * Gives times of day (ms since midnight, NaN = none) their days, in place. The last one gets the newest day on which it is
 * not after `reference`; going back, a jump of more than half a day is a midnight.
 */
export function resolveDays(stamps: Float64Array, reference: number): void {
  let day = Number.NaN;
  let later = Number.NaN;
  for (let i = stamps.length - 1; i >= 0; i--) {
    const time = stamps[i] ?? Number.NaN;
    if (Number.isNaN(time)) continue;
    if (Number.isNaN(day)) {
      day = Math.floor(reference / DAY) * DAY;
      if (day + time > reference) day -= DAY;
    } else if (time - later > DAY / 2) day -= DAY;
    else if (later - time > DAY / 2) day += DAY;
    later = time;
    stamps[i] = Math.max(0, day + time);
  }
}

/** The same day and time in another year; 29 February becomes 1 March where there is none. */
function inYear(stamp: number, year: number): number {
  const date = new Date(stamp);
  const ofDay = (stamp - YEAR_2000) % DAY;
  const same = moment(year, date.getUTCMonth() + 1, date.getUTCDate(), 0, 0, 0, ofDay);
  return Number.isNaN(same) ? moment(year, 3, 1, 0, 0, 0, ofDay) : same;
}
