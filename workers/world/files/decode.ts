/**
 * From the bytes of a dropped file to its lines, without decoding a line: gzip is inflated, UTF-16 converted, UTF-8
 * validated (bad bytes become U+FFFD and are counted), line ends found. Line i is bytes[starts[i] .. ends[i]): no line
 * end, no carriage return in it. Work goes in slices; between them the progress is told and a cancel is heard.
 */
import { InputError } from "../../model/errors.ts";
import { repairUtf8 } from "./utf8.ts";

/** How a long read keeps in touch. All but `reference` may be absent: then it runs through. */
export interface FileHooks {
  /** "Now" for what has no year or no date at all: the account's clock, epoch ms. */
  readonly reference: number;
  /** Asked after every slice; a promise is waited for, so that the worker can hear a cancel. */
  readonly breathe?: () => Promise<void> | undefined;
  readonly onProgress?: (done: number, total: number, what: string) => void;
  readonly cancelled?: () => boolean;
}

export interface DecodedLines {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly encoding: "utf-8" | "utf-8 with replaced bytes" | "gzip";
  readonly replacements: number;
  /** Lines that were longer than an event may be and were cut. */
  readonly cutLines: number;
  readonly warnings: readonly string[];
}

/** An event may have 1 MiB, of which 26 bytes are overhead (CloudWatch Logs quotas). */
export const MESSAGE_BYTES = 1_048_576 - 26;
/** Inflating stops here: a small file can hold a very big one. */
export const INFLATED_CAP = 1_073_741_824;
export const SLICE = 4 * 1_048_576;

const MAGIC: readonly (readonly [string, readonly number[]])[] = [
  ["a ZIP archive", [0x50, 0x4b, 0x03, 0x04]],
  ["a PNG picture", [0x89, 0x50, 0x4e, 0x47]],
  ["a JPEG picture", [0xff, 0xd8, 0xff]],
  ["a PDF document", [0x25, 0x50, 0x44, 0x46]],
  ["a program (ELF)", [0x7f, 0x45, 0x4c, 0x46]],
  ["a bzip2 file", [0x42, 0x5a, 0x68, 0x39, 0x31, 0x41, 0x59]],
  ["an xz file", [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ["a Zstandard file", [0x28, 0xb5, 0x2f, 0xfd]],
  ["a SQLite database", [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65]],
  ["a Parquet file", [0x50, 0x41, 0x52, 0x31]],
];

/** Between two slices: tells the progress, lets the worker hear a cancel, throws when one came. */
export async function breathe(hooks: FileHooks, what: string, done: number, total: number): Promise<void> {
  hooks.onProgress?.(done, total, what);
  await hooks.breathe?.();
  if (hooks.cancelled?.() === true) throw new InputError("Reading the file was cancelled. Nothing was stored.", { path: "file" });
}

export interface DecodedText {
  readonly bytes: Uint8Array;
  readonly encoding: DecodedLines["encoding"];
  readonly replacements: number;
  readonly warnings: readonly string[];
}

/** The text of a file as valid UTF-8. Refuses what is no text with an InputError. */
export async function decodeText(file: Uint8Array, name: string, hooks: FileHooks): Promise<DecodedText> {
  const warnings: string[] = [];
  if (file.length === 0) throw refused(name, "is empty", "0 bytes", "a text file with at least one line");
  const isGzip = file[0] === 0x1f && file[1] === 0x8b;
  let bytes = isGzip ? await inflate(file, name, hooks) : file;
  if (bytes.length === 0) throw refused(name, "is empty once unpacked", "0 bytes", "a text file with at least one line");
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe ? "utf-16le" : bytes[0] === 0xfe && bytes[1] === 0xff ? "utf-16be" : undefined;
  if (wide !== undefined) {
    bytes = fromUtf16(bytes, wide);
    warnings.push("The file is UTF-16; it is kept as UTF-8.");
  } else if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3);
  refuseBinary(bytes, name);
  const repaired = await repairUtf8(bytes, (done) => breathe(hooks, "Checking the text", done, bytes.length));
  if (repaired.replacements > 10 && repaired.replacements * 10 > bytes.length) {
    throw refused(
      name,
      "is not UTF-8 text: more than a tenth of it is not valid",
      "more than a tenth is not valid UTF-8",
      "a log file in UTF-8; text in another encoding (Latin-1, Shift JIS) has to be converted first",
    );
  }
  if (repaired.replacements > 0) {
    warnings.push(
      `${counted(repaired.replacements, "place")} in the file ${repaired.replacements === 1 ? "is" : "are"} not valid UTF-8; each is shown as \uFFFD.`,
    );
  }
  const encoding = isGzip ? "gzip" : repaired.replacements > 0 ? "utf-8 with replaced bytes" : "utf-8";
  return { bytes: repaired.bytes, encoding, replacements: repaired.replacements, warnings };
}

export async function decodeLines(file: Uint8Array, name: string, hooks: FileHooks): Promise<DecodedLines> {
  return await linesOf(await decodeText(file, name, hooks), name, hooks);
}

/** Lines of a decoded text. */
export async function linesOf(text: DecodedText, name: string, hooks: FileHooks): Promise<DecodedLines> {
  const warnings = [...text.warnings];
  const lines = await findLines(text.bytes, hooks);
  if (lines.cutLines > 0) {
    warnings.push(
      `${counted(lines.cutLines, "line")} longer than an event may be (${grouped(MESSAGE_BYTES)} bytes) ${lines.cutLines === 1 ? "was" : "were"} cut into parts.`,
    );
  }
  if (!lines.hasText) throw refused(name, "holds only empty lines", "no text", "a text file with at least one line");
  const { starts, ends, cutLines } = lines;
  return { bytes: text.bytes, starts, ends, encoding: text.encoding, replacements: text.replacements, cutLines, warnings };
}

export const counted = (n: number, noun: string): string => `${grouped(n)} ${noun}${n === 1 ? "" : "s"}`;

/** 1234567 as 1,234,567. */
export const grouped = (n: number): string => String(n).replace(/\B(?=(\d{3})+$)/g, ",");

function refused(name: string, is: string, found: string, allowed: string): InputError {
  return new InputError(`${name} ${is}. Drop ${allowed}.`, { path: name, found, allowed });
}

function binary(name: string, found: string): InputError {
  return refused(name, `is not a text file: ${found}`, found, "a log file in text form, plain or gzip");
}

function refuseBinary(bytes: Uint8Array, name: string): void {
  const magic = MAGIC.find(([, start]) => start.every((byte, i) => bytes[i] === byte));
  if (magic !== undefined) throw binary(name, `it looks like ${magic[0]}`);
  const sample = bytes.subarray(0, 65_536);
  let controls = 0;
  for (const byte of sample)
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 && byte !== 12 && byte !== 8) controls++;
  if (controls * 20 > sample.length) throw binary(name, "it is full of control characters");
}

/**
 * Inflates with the platform's stream, under the cap. Damaged, cut-off and multi-part files are refused, in every
 * engine alike: engines differ in what they do with bytes after the first part, so its stated length must be the length.
 */
async function inflate(file: Uint8Array, name: string, hooks: FileHooks): Promise<Uint8Array> {
  const damaged = (found: string): InputError =>
    refused(name, "cannot be unpacked", found, "a whole gzip file made in one part, or the unpacked text");
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader();
  const written = (async () => {
    for (let at = 0; at < file.length; at += SLICE) await writer.write(file.slice(at, at + SLICE));
    await writer.close();
  })();
  // A failure of the stream is met on the reading side; here it only must not count as unhandled.
  written.catch(() => undefined);
  const parts: Uint8Array[] = [];
  let length = 0;
  let told = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      length += value.length;
      if (length > INFLATED_CAP)
        throw refused(name, "is larger than 1 GB once unpacked", "more than 1 GB", "a file of at most 1 GB of text");
      if (length - told > SLICE) {
        told = length;
        await breathe(hooks, "Unpacking", length, Math.max(length, statedLength(file)));
      }
    }
    await written;
  } catch (thrown) {
    await reader.cancel().catch(() => undefined);
    if (thrown instanceof InputError) throw thrown;
    throw damaged("it is damaged, cut off, or made of several parts");
  }
  if (statedLength(file) !== length) throw damaged("it is made of several parts, or has something behind its end");
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The unpacked length that the last four bytes of a gzip part state. */
const statedLength = (file: Uint8Array): number => new DataView(file.buffer, file.byteOffset + file.length - 4, 4).getUint32(0, true);

function fromUtf16(bytes: Uint8Array, encoding: string): Uint8Array {
  const decoder = new TextDecoder(encoding);
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += SLICE) {
    parts.push(encoder.encode(decoder.decode(bytes.subarray(at, at + SLICE), { stream: at + SLICE < bytes.length })));
  }
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function findLines(bytes: Uint8Array, hooks: FileHooks) {
  let starts = new Uint32Array(Math.max(1024, Math.ceil(bytes.length / 64)));
  let ends = new Uint32Array(starts.length);
  let count = 0;
  let cutLines = 0;
  let hasText = false;
  const add = (start: number, end: number): void => {
    if (count === starts.length) {
      starts = grown(starts);
      ends = grown(ends);
    }
    starts[count] = start;
    ends[count++] = end;
    if (end > start) hasText = true;
  };
  let next = SLICE;
  // Lines of a file without any line feed may end with carriage returns alone.
  const lineEnd = bytes.includes(10) ? 10 : 13;
  for (let at = 0; at < bytes.length; ) {
    const found = bytes.indexOf(lineEnd, at);
    const stop = found < 0 ? bytes.length : found;
    let end = stop;
    if (end > at && bytes[end - 1] === 13) end--;
    if (end - at > MESSAGE_BYTES) cutLines++;
    let start = at;
    while (end - start > MESSAGE_BYTES) {
      let cut = start + MESSAGE_BYTES;
      while (cut > start && ((bytes[cut] ?? 0) & 0xc0) === 0x80) cut--; // not inside a character
      add(start, cut);
      start = cut;
    }
    add(start, end);
    at = stop + 1;
    if (at >= next) {
      await breathe(hooks, "Finding lines", at, bytes.length);
      next = at + SLICE;
    }
  }
  return { starts: starts.slice(0, count), ends: ends.slice(0, count), cutLines, hasText };
}

function grown(array: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
}
