/**
 * CloudTrail's log files: `{"Records":[...]}` as CloudTrail delivers it, or one record a line. Records are cut out of the
 * bytes one by one, so that a file of any size costs no more than its largest record, and one that is broken costs itself
 * only: it is named and passed over, and reading goes on at the next that begins like a record.
 */
import { breathe, counted, type FileHooks, grouped, SLICE } from "./decode.ts";

export type FileRecord = Readonly<Record<string, unknown>>;

export interface ReadRecords {
  readonly records: number;
  /** Broken ones. */
  readonly skipped: number;
  /** What was wrong, the first few by name. */
  readonly warnings: readonly string[];
}

/** No record is larger (service quotas: 256 KB with room for what real files hold). */
const LARGEST_RECORD = 4 * 1_048_576;
const NAMED_WARNINGS = 20;
const [QUOTE, BACKSLASH, OPEN, CLOSE, BRACKET_CLOSE, COMMA, LINE] = [34, 92, 123, 125, 93, 44, 10];

const decoder = new TextDecoder();
const head = (bytes: Uint8Array, at = 0): string => decoder.decode(bytes.subarray(at, at + 4096));

/** Where the array of records begins, behind its bracket; undefined where the file is no such object. */
function arrayStart(bytes: Uint8Array): number | undefined {
  const found = /^\s*\{\s*"Records"\s*:\s*\[/.exec(head(bytes));
  return found === null ? undefined : new TextEncoder().encode(found[0]).length;
}

/** Whether the bytes begin like a CloudTrail log file. */
export function isTrailFile(bytes: Uint8Array): boolean {
  if (arrayStart(bytes) !== undefined) return /"event(?:Version|Time|Name)"\s*:|^\s*\{\s*"Records"\s*:\s*\[\s*\]/.test(head(bytes));
  const line = bytes.indexOf(LINE);
  const first = parsed(bytes, 0, line < 0 ? bytes.length : line);
  return typeof first === "object" && isRecord(recordIn(first));
}

/** Hands every record to `take`, which answers what is wrong with it or undefined. */
export async function readRecords(
  bytes: Uint8Array,
  hooks: FileHooks,
  take: (record: FileRecord) => string | undefined,
): Promise<ReadRecords> {
  let records = 0;
  let skipped = 0;
  let seen = 0;
  let told = 0;
  const warnings: string[] = [];
  for (const { start, end, value, next } of pieces(bytes)) {
    seen++;
    const trouble = typeof value === "string" ? value : (shapeTrouble(value) ?? take(value));
    if (trouble === undefined) records++;
    else {
      skipped++;
      if (warnings.length < NAMED_WARNINGS)
        warnings.push(`Record ${grouped(seen)} (bytes ${grouped(start)} to ${grouped(end)}) is left out: ${trouble}.`);
    }
    if (next - told < SLICE) continue;
    told = next;
    await breathe(hooks, "Reading records", next, bytes.length);
  }
  if (skipped > NAMED_WARNINGS) warnings.push(`${counted(skipped - NAMED_WARNINGS, "more record")} left out for the like.`);
  return { records, skipped, warnings };
}

interface Piece {
  readonly start: number;
  readonly end: number;
  /** The record, or what is wrong with the piece. */
  readonly value: FileRecord | string;
  /** Where reading goes on. */
  readonly next: number;
}

function pieces(bytes: Uint8Array): Generator<Piece> {
  const start = arrayStart(bytes);
  return start === undefined ? lines(bytes) : members(bytes, start);
}

function* lines(bytes: Uint8Array): Generator<Piece> {
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(LINE, at);
    const end = found < 0 ? bytes.length : found;
    const value = isBlank(bytes, at, end) ? undefined : parsed(bytes, at, end);
    if (value !== undefined) yield { start: at, end, value: typeof value === "string" ? value : recordIn(value), next: end + 1 };
    at = end + 1;
  }
}

/** Members of the array: each from its brace to the one that closes it, or else to the next that begins like a record. */
function* members(bytes: Uint8Array, from: number): Generator<Piece> {
  let at = from;
  for (;;) {
    while (at < bytes.length && (isSpace(bytes[at] as number) || bytes[at] === COMMA)) at++;
    if (bytes[at] === BRACKET_CLOSE) return;
    if (at >= bytes.length) {
      yield { start: at, end: at, value: "the file ends before its list of records does", next: at };
      return;
    }
    if (bytes[at] !== OPEN) {
      const end = scalarEnd(bytes, at);
      yield { start: at, end, value: "it is no JSON object", next: end };
      at = end;
      continue;
    }
    const close = closing(bytes, at);
    const whole = close === undefined ? undefined : parsed(bytes, at, close);
    if (close !== undefined && typeof whole === "object") {
      yield { start: at, end: close, value: whole, next: close };
      at = close;
      continue;
    }
    const next = nextRecord(bytes, at + 1);
    const end = next ?? close ?? bytes.length;
    const trouble =
      typeof whole === "string"
        ? whole
        : close === undefined && next === undefined
          ? "the file ends in the middle of it"
          : "it is not closed";
    yield { start: at, end, value: trouble, next: end };
    if (end === bytes.length) return;
    at = end;
  }
}

/** Behind what is no object: at the next comma or the end of the list. */
function scalarEnd(bytes: Uint8Array, start: number): number {
  let inText = false;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at];
    if (inText && byte === BACKSLASH) at++;
    else if (byte === QUOTE) inText = !inText;
    else if (!inText && (byte === COMMA || byte === BRACKET_CLOSE)) return Math.max(at, start + 1);
  }
  return bytes.length;
}

/** Place behind the brace that closes the one at `start`; undefined where none does within the size of a record. */
function closing(bytes: Uint8Array, start: number): number | undefined {
  const limit = Math.min(bytes.length, start + LARGEST_RECORD);
  let depth = 0;
  let inText = false;
  for (let at = start; at < limit; at++) {
    const byte = bytes[at];
    if (inText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) inText = false;
    } else if (byte === QUOTE) inText = true;
    else if (byte === OPEN) depth++;
    else if (byte === CLOSE && --depth === 0) return at + 1;
  }
  return undefined;
}

const MARK = new TextEncoder().encode('"eventVersion"');

/** The next brace with `"eventVersion"` right behind it. */
function nextRecord(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    if (!MARK.every((byte, i) => bytes[at + i] === byte)) continue;
    let back = at - 1;
    while (back >= from && isSpace(bytes[back] as number)) back--;
    if (back >= from && bytes[back] === OPEN) return back;
  }
  return undefined;
}

const isSpace = (byte: number): boolean => byte === 32 || byte === 10 || byte === 13 || byte === 9;

function isBlank(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (!isSpace(bytes[at] as number)) return false;
  return true;
}

/** The object in the bytes, or what is wrong with it. */
function parsed(bytes: Uint8Array, from: number, to: number): FileRecord | string {
  try {
    const value: unknown = JSON.parse(decoder.decode(bytes.subarray(from, to)));
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as FileRecord) : "it is no JSON object";
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return "it is not valid JSON"; // engines word the rest differently
  }
}

/** Lines may hold the record among other things, as `{"record": {...}}`. */
function recordIn(line: FileRecord): FileRecord {
  const inner = line["record"];
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as FileRecord) : line;
}

const isRecord = (value: FileRecord): boolean => typeof value["eventName"] === "string" && typeof value["eventSource"] === "string";

/** What every record has as text (user guide, Record contents). */
function shapeTrouble(record: FileRecord): string | undefined {
  const missing = ["eventTime", "eventSource", "eventName", "awsRegion"].filter((name) => typeof record[name] !== "string");
  return missing.length === 0 ? undefined : `it has no ${missing.join(", no ")}`;
}
