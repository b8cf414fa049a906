/**
 * Parsers of timestamps over bytes. Each looks at one line, bytes[start .. end), never past it, and answers epoch
 * milliseconds (whole, not negative) or NaN. No zone in the text means UTC. Formats without a year answer a moment of
 * the year 2000, which has every day; `timestamps.ts` finds the year afterwards.
 */

export type StampParser = (bytes: Uint8Array, start: number, end: number) => number;

const DAY = 86_400_000;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
export const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** How far into a line a floating timestamp may begin. */
const NEAR = 40;

/** Days from 1970-01-01 to a date of the Gregorian calendar (Howard Hinnant's days_from_civil). */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);

/** Epoch ms of a date and time of day, or NaN when there is no such day or time. A leap second counts as the next second. */
export function moment(year: number, month: number, day: number, hour: number, minute: number, second: number, ms: number): number {
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] ?? 0) || (month === 2 && day === 29 && !isLeap(year))) return Number.NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return Number.NaN;
  const time = daysFromCivil(year, month, day) * DAY + hour * 3_600_000 + minute * 60_000 + second * 1000 + ms;
  return time >= 0 ? time : Number.NaN;
}

/** A place in a line; every step answers NaN or false once something did not fit. */
class Cursor {
  at = 0;
  end = 0;
  bytes: Uint8Array = new Uint8Array(0);

  over(bytes: Uint8Array, at: number, end: number): this {
    this.bytes = bytes;
    this.at = at;
    this.end = end;
    return this;
  }

  peek(): number {
    return this.at < this.end ? (this.bytes[this.at] ?? -1) : -1;
  }

  /** Exactly or up to `most` digits. */
  digits(least: number, most = least): number {
    let value = 0;
    let n = 0;
    while (n < most) {
      const digit = this.peek() - 48;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
      this.at++;
      n++;
    }
    return n < least ? Number.NaN : value;
  }

  take(byte: number): boolean {
    if (this.peek() !== byte) return false;
    this.at++;
    return true;
  }

  /** Index of one of the three-letter words at the place, or -1. */
  word(words: readonly string[]): number {
    if (this.at + 3 > this.end) return -1;
    const [a, b, c] = [this.bytes[this.at] ?? 0, this.bytes[this.at + 1] ?? 0, this.bytes[this.at + 2] ?? 0];
    for (let i = 0; i < words.length; i++) {
      const word = words[i] ?? "";
      if ((a | 32) === word.charCodeAt(0) && (b | 32) === word.charCodeAt(1) && (c | 32) === word.charCodeAt(2)) {
        this.at += 3;
        return i;
      }
    }
    return -1;
  }

  /** Fraction after `.` or `,` as whole milliseconds; 0 when there is none. */
  fraction(): number {
    const mark = this.peek();
    if (mark !== 46 && mark !== 44) return 0;
    const next = (this.bytes[this.at + 1] ?? 0) - 48;
    if (this.at + 1 >= this.end || next < 0 || next > 9) return 0;
    this.at++;
    let ms = 0;
    let weight = 100;
    for (let digit = this.peek() - 48; digit >= 0 && digit <= 9; digit = this.peek() - 48) {
      ms += Math.trunc(digit * weight);
      weight = weight >= 1 ? Math.trunc(weight / 10) : 0;
      this.at++;
    }
    return ms;
  }

  /** `Z`, `UTC`, `GMT`, `+hh:mm`, `+hhmm`, `+hh`, each perhaps after a blank: the offset in ms; 0 when there is none. */
  zone(): number {
    const mark = this.at;
    if (this.peek() === 32) this.at++;
    const byte = this.peek();
    if (byte === 90 || byte === 122) {
      this.at++;
      return 0;
    }
    if (this.word(["utc", "gmt"]) >= 0) return 0;
    if (byte === 43 || byte === 45) {
      this.at++;
      const hours = this.digits(2);
      const hasColon = this.take(58);
      const minutes = this.digits(2);
      if (hours <= 18 && (minutes <= 59 || (Number.isNaN(minutes) && !hasColon))) {
        return (byte === 43 ? 1 : -1) * (hours * 3_600_000 + (Number.isNaN(minutes) ? 0 : minutes) * 60_000);
      }
    }
    this.at = mark;
    return 0;
  }
}

/** One cursor for all: parsers are synchronous and do not nest. */
const cursor = new Cursor();

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;
const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && (isDigit(byte) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));

export function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (at < end && (bytes[at] === 32 || bytes[at] === 9)) at++;
  return at;
}

/** Behind the codes that colour a line on a terminal. */
export function pastColour(bytes: Uint8Array, start: number, end: number): number {
  let at = start;
  while (bytes[at] === 27 && bytes[at + 1] === 91) {
    const stop = Math.min(end, at + 16);
    let close = at + 2;
    while (close < stop && bytes[close] !== 109) close++;
    if (close === stop) return start;
    at = close + 1;
  }
  return at;
}

/** Behind blanks, an opening bracket, a syslog priority `<34>`. */
function opening(bytes: Uint8Array, start: number, end: number): number {
  let at = skipBlanks(bytes, start, end);
  if (bytes[at] === 60) {
    const stop = Math.min(end, at + 6);
    let close = at + 1;
    while (close < stop && bytes[close] !== 62) close++;
    if (close < stop) at = close + 1;
  }
  return bytes[at] === 91 || bytes[at] === 40 ? at + 1 : at;
}

/** `hh:mm:ss` with a fraction, then perhaps a zone. The date is there already. */
function timeOfDay(year: number, month: number, day: number, at: Cursor, withZone: boolean): number {
  const hour = at.digits(1, 2);
  if (!at.take(58)) return Number.NaN;
  const minute = at.digits(2);
  if (!at.take(58)) return Number.NaN;
  const second = at.digits(2);
  const ms = at.fraction();
  return moment(year, month, day, hour, minute, second, ms) - (withZone ? at.zone() : 0);
}

/** Year first: `2024-01-02T03:04:05.678Z`; `between` are the bytes that may stand between date and time. */
function yearFirst(separator: number, between: readonly number[]): StampParser {
  return (bytes, start, end) => {
    const stop = Math.min(end - 18, start + NEAR);
    for (let at = start; at < stop; at++) {
      if (bytes[at + 4] !== separator || !isDigit(bytes[at]) || isWordByte(bytes[at - 1 < start ? -1 : at - 1])) continue;
      const c = cursor.over(bytes, at, end);
      const year = c.digits(4);
      if (!c.take(separator)) continue;
      const month = c.digits(2);
      if (!c.take(separator)) continue;
      const day = c.digits(2);
      if (!between.includes(c.peek())) continue;
      // `nova-api.log.1.2017-05-16_13:53:08` is the name of a file, not the time of its line.
      if (c.peek() === 95 && at > start && bytes[at - 1] === 46) continue;
      c.at++;
      if (c.peek() === 32) c.at++;
      const time = timeOfDay(year, month, day, c, true);
      if (!Number.isNaN(time)) return time;
    }
    return Number.NaN;
  };
}

export const isoStamp = yearFirst(45, [84, 116]);
export const dateTimeStamp = yearFirst(45, [32, 9, 95]);
export const slashStamp = yearFirst(47, [32]);

/** `[10/Oct/2000:13:55:36 -0700]` anywhere in the first 512 bytes. */
export const clfStamp: StampParser = (bytes, start, end) => {
  const stop = Math.min(end - 20, start + 512);
  for (let at = start; at < stop; at++) {
    if (bytes[at] !== 91) continue;
    const c = cursor.over(bytes, at + 1, end);
    const day = c.digits(1, 2);
    if (!c.take(47)) continue;
    const month = c.word(MONTHS) + 1;
    if (month === 0 || !c.take(47)) continue;
    const year = c.digits(4);
    if (!c.take(58)) continue;
    const time = timeOfDay(year, month, day, c, true);
    if (!Number.isNaN(time)) return time;
  }
  return Number.NaN;
};

/** `[Sun Dec 04 04:47:44 2005]`, with or without brackets and fraction (Apache's error log, ctime). */
export const ctimeStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, opening(bytes, start, end), end);
  if (c.word(WEEKDAYS) < 0 || !c.take(32)) return Number.NaN;
  const month = c.word(MONTHS) + 1;
  if (month === 0 || !c.take(32)) return Number.NaN;
  c.take(32);
  const day = c.digits(1, 2);
  if (!c.take(32)) return Number.NaN;
  const inYear = timeOfDay(2000, month, day, c, true);
  if (Number.isNaN(inYear) || !c.take(32)) return Number.NaN;
  const year = c.digits(4);
  return Number.isNaN(year) ? Number.NaN : moment(year, month, day, 0, 0, 0, inYear - moment(2000, month, day, 0, 0, 0, 0));
};

/** `Dec 10 06:55:46`, no year. */
export const syslogStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, opening(bytes, start, end), end);
  const month = c.word(MONTHS) + 1;
  if (month === 0 || !c.take(32)) return Number.NaN;
  c.take(32);
  const day = c.digits(1, 2);
  return c.take(32) ? timeOfDay(2000, month, day, c, false) : Number.NaN;
};

/** `I0102 15:04:05.000000` (klog, glog), no year. */
export const klogStamp: StampParser = (bytes, start, end) => {
  const level = bytes[start];
  if (level !== 73 && level !== 87 && level !== 69 && level !== 70) return Number.NaN;
  const c = cursor.over(bytes, start + 1, end);
  const month = c.digits(2);
  const day = c.digits(2);
  return c.take(32) ? timeOfDay(2000, month, day, c, false) : Number.NaN;
};

/** `03-17 16:13:38.811` (Android), no year. */
export const logcatStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, start, end);
  const month = c.digits(2);
  if (!c.take(45)) return Number.NaN;
  const day = c.digits(2);
  return c.take(32) ? timeOfDay(2000, month, day, c, false) : Number.NaN;
};

/** Two digits of a year: 70 to 99 are of the last century. */
const century = (two: number): number => (two >= 70 ? 1900 + two : 2000 + two);

/** `081109 203615` (HDFS). */
export const hdfsStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, start, end);
  const [year, month, day] = [c.digits(2), c.digits(2), c.digits(2)];
  if (!c.take(32)) return Number.NaN;
  const [hour, minute, second] = [c.digits(2), c.digits(2), c.digits(2)];
  return isDigit(c.peek()) ? Number.NaN : moment(century(year), month, day, hour, minute, second, 0);
};

/** `17/06/09 20:10:40` (Spark): year, month, day. */
export const sparkStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, opening(bytes, start, end), end);
  const year = c.digits(2);
  if (!c.take(47)) return Number.NaN;
  const month = c.digits(2);
  if (!c.take(47)) return Number.NaN;
  const day = c.digits(2);
  return c.take(32) ? timeOfDay(century(year), month, day, c, false) : Number.NaN;
};

/** `10/18/2015 6:01:47 PM` or, day first, `18.10.2015 18:01:47`. */
function yearLast(separator: number, monthFirst: boolean): StampParser {
  return (bytes, start, end) => {
    const c = cursor.over(bytes, opening(bytes, start, end), end);
    const first = c.digits(1, 2);
    if (!c.take(separator)) return Number.NaN;
    const second = c.digits(1, 2);
    if (!c.take(separator)) return Number.NaN;
    const year = c.digits(4);
    c.take(44);
    if (!c.take(32)) return Number.NaN;
    const [month, day] = monthFirst ? [first, second] : [second, first];
    const time = timeOfDay(year, month, day, c, true);
    if (!c.take(32)) return time;
    const half = c.peek() | 32;
    if ((half !== 97 && half !== 112) || ((bytes[c.at + 1] ?? 0) | 32) !== 109) return time;
    const hour = Math.floor((time % DAY) / 3_600_000);
    return hour > 12 ? Number.NaN : time + (half === 112 ? (hour === 12 ? 0 : 12) : hour === 12 ? -12 : 0) * 3_600_000;
  };
}

/** `02-Jan-2024 03:04:05.678` (Tomcat). */
export const dayMonthStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, opening(bytes, start, end), end);
  const day = c.digits(1, 2);
  if (!c.take(45)) return Number.NaN;
  const month = c.word(MONTHS) + 1;
  if (month === 0 || !c.take(45)) return Number.NaN;
  const year = c.digits(4);
  return c.take(32) || c.take(84) ? timeOfDay(year, month, day, c, true) : Number.NaN;
};

/** `16:06:09.031` with nothing before it (logback's own pattern): ms since midnight; `resolveDays` has to follow. */
export const timeOfDayStamp: StampParser = (bytes, start, end) => {
  const at = opening(bytes, start, end);
  if (bytes[at + 2] !== 58) return Number.NaN;
  const c = cursor.over(bytes, at, end);
  const time = timeOfDay(2000, 1, 1, c, false);
  return isWordByte(c.peek()) || c.peek() === 58 ? Number.NaN : time % DAY;
};

export const monthFirstStamp = yearLast(47, true);
export const dayFirstStamp = yearLast(47, false);
export const dottedStamp = yearLast(46, false);

/** Epoch seconds (10 digits, perhaps a fraction) at the start of the line, perhaps behind a dash (BGL); of 2001 to 2286. */
export const epochSecondsStamp: StampParser = (bytes, start, end) => {
  const from = bytes[start] === 45 && bytes[start + 1] === 32 ? start + 2 : start;
  const c = cursor.over(bytes, opening(bytes, from, end), end);
  const seconds = c.digits(10);
  if (!(seconds >= 1_000_000_000)) return Number.NaN;
  const ms = c.fraction();
  return isWordByte(c.peek()) ? Number.NaN : seconds * 1000 + ms;
};

/** Epoch milliseconds (13 digits) at the start of the line. */
export const epochMillisStamp: StampParser = (bytes, start, end) => {
  const c = cursor.over(bytes, opening(bytes, start, end), end);
  const ms = c.digits(13);
  return ms >= 1_000_000_000_000 && !isWordByte(c.peek()) ? ms : Number.NaN;
};

/** A VPC flow log record of version 2: the start of the capture window, field 11, in epoch seconds. */
export const vpcFlowStamp: StampParser = (bytes, start, end) => {
  if (bytes[start] !== 50 || bytes[start + 1] !== 32) return Number.NaN;
  let at = start;
  for (let field = 1; field < 11; field++) {
    while (at < end && bytes[at] !== 32) at++;
    if (at >= end) return Number.NaN;
    at++;
    if (field === 2 && !(bytes[at] === 101 && bytes[at + 1] === 110 && bytes[at + 2] === 105 && bytes[at + 3] === 45)) return Number.NaN; // eni-
  }
  const c = cursor.over(bytes, at, end);
  const seconds = c.digits(10);
  return seconds >= 1_000_000_000 && c.peek() === 32 ? seconds * 1000 : Number.NaN;
};
