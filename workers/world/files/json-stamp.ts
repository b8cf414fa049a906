/** The timestamp of a JSON line: the first of the usual members at the top level whose value is a time. No JSON.parse. */
import { dateTimeStamp, isoStamp, type StampParser, skipBlanks, slashStamp } from "./stamp-parsers.ts";

const NAMES = ["timestamp", "time", "@timestamp", "ts", "eventTime"].map((name) => new TextEncoder().encode(name));
const [QUOTE, BACKSLASH, COLON, COMMA] = [34, 92, 58, 44];

/** Index behind the closing quote of the string that begins at `at`; `end` when it does not close. */
function behindString(bytes: Uint8Array, at: number, end: number): number {
  for (let i = at + 1; i < end; i++) {
    if (bytes[i] === BACKSLASH) i++;
    else if (bytes[i] === QUOTE) return i + 1;
  }
  return end;
}

function isTimeName(bytes: Uint8Array, from: number, to: number): boolean {
  return NAMES.some((name) => {
    if (name.length !== to - from) return false;
    for (let i = 0; i < name.length; i++) if (bytes[from + i] !== name[i]) return false;
    return true;
  });
}

/** Seconds, milliseconds, microseconds or nanoseconds since 1970, told apart by their size; NaN outside 2001 to 2286. */
function numberStamp(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  let whole = 0;
  for (; at < end; at++) {
    const digit = (bytes[at] ?? 0) - 48;
    if (digit < 0 || digit > 9) break;
    whole = whole * 10 + digit;
  }
  const digits = at - from;
  let fraction = 0;
  if (bytes[at] === 46) {
    for (let place = 100, i = at + 1; i < end && place >= 1; i++, place = Math.trunc(place / 10)) {
      const digit = (bytes[i] ?? 0) - 48;
      if (digit < 0 || digit > 9) break;
      fraction += digit * place;
    }
  }
  if (digits === 10 && whole >= 1_000_000_000) return whole * 1000 + fraction;
  if (digits === 13) return whole;
  if (digits === 16) return Math.trunc(whole / 1000);
  return digits === 19 ? Math.trunc(whole / 1_000_000) : Number.NaN;
}

function valueStamp(bytes: Uint8Array, at: number, end: number): number {
  if (bytes[at] !== QUOTE) return numberStamp(bytes, at, end);
  const stop = behindString(bytes, at, end) - 1;
  for (const parse of [isoStamp, dateTimeStamp, slashStamp]) {
    const time = parse(bytes, at + 1, stop);
    if (!Number.isNaN(time)) return time;
  }
  const number = numberStamp(bytes, at + 1, stop);
  return number;
}

export const jsonStamp: StampParser = (bytes, start, end) => {
  let at = skipBlanks(bytes, start, end);
  if (bytes[at] !== 123) return Number.NaN;
  let depth = 0;
  let expectsName = false;
  for (; at < end; at++) {
    const byte = bytes[at];
    if (byte === 123 || byte === 91) {
      depth++;
      expectsName = byte === 123;
    } else if (byte === 125 || byte === 93) depth--;
    else if (byte === COMMA) expectsName = true;
    else if (byte === QUOTE) {
      const behind = behindString(bytes, at, end);
      if (depth === 1 && expectsName && isTimeName(bytes, at + 1, behind - 1)) {
        const colon = skipBlanks(bytes, behind, end);
        if (bytes[colon] === COLON) {
          const time = valueStamp(bytes, skipBlanks(bytes, colon + 1, end), end);
          if (!Number.isNaN(time)) return time;
        }
      }
      expectsName = false;
      at = behind - 1;
    }
  }
  return Number.NaN;
};
