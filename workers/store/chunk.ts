/**
 * The chunk codec: a sealed run of telemetry as one ArrayBuffer, columns readable in place.
 *
 *     0  u32  magic "NPHC"
 *     4  u32  format version (1)
 *     8  u32  total length in bytes, a multiple of 8
 *    12  u32  XXH32 of everything from byte 16 to the end
 *    16  u32  length of the header text
 *    20  u32  0
 *    24  header: JSON in UTF-8, zero-padded to a multiple of 8
 *     .  columns in the order of the table, each zero-padded to a multiple of 8
 *
 * Invariant: a column starts on a multiple of 8 from the start of the buffer, so that any typed array is a view of it.
 */
import { Bug, InputError } from "../model/errors.ts";
import { checksum32 } from "./checksum.ts";
import type { Plain } from "./contract.ts";
import type { Room } from "./room.ts";

export type TypedArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/**
 * What a chunk says about itself. Times are epoch milliseconds, sequences the store's ingestion numbers; both ends
 * inclusive, and absent where the rows have none: points are ordered by time and numbered by nobody, documents have no time.
 */
export interface ChunkHeader {
  /** `metric`, `log` ...: who wrote it. */
  readonly kind: string;
  /** Key of the series or stream it belongs to. */
  readonly owner: string;
  /** Rows. Columns may be longer or shorter (bytes, offsets, dictionaries). */
  readonly count: number;
  readonly firstSeq?: number;
  readonly lastSeq?: number;
  readonly minTime?: number;
  readonly maxTime?: number;
  /** Anything else the writer wants back, as plain data. */
  readonly extra?: Plain;
}

export interface Chunk {
  readonly header: ChunkHeader;
  /** Views into the buffer: do not write to them, do not transfer the buffer while they are in use. */
  readonly columns: Readonly<Record<string, TypedArray>>;
}

/** A chunk that was cut off, altered or never one of ours. `found` and `allowed` say what is wrong. */
export class TornChunk extends InputError {
  readonly torn = true;
  constructor(what: string, found: string | number, allowed: string | number) {
    super(`Torn chunk: ${what} is ${found}, expected ${allowed}.`, { path: `chunk/${what}`, found: `${found}`, allowed: `${allowed}` });
  }
}

export const CHUNK_VERSION = 1;
const MAGIC = 0x4348504e; // "NPHC" read as a little-endian word
const FIXED = 24;
const CHECKED_FROM = 16;

const TYPES = {
  i8: Int8Array,
  u8: Uint8Array,
  i16: Int16Array,
  u16: Uint16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array,
  i64: BigInt64Array,
  u64: BigUint64Array,
} as const;
type TypeName = keyof typeof TYPES;

/** name, type, offset from the first column in bytes, length in elements */
type TableRow = readonly [string, TypeName, number, number];

const NAME = /^[A-Za-z][A-Za-z0-9]*$/;
const utf8 = new TextEncoder();
const fromUtf8 = new TextDecoder("utf-8", { fatal: true });

/** Packs a header and its columns into a buffer of its own; the columns are copied once. Column names are letters and digits. */
export function encodeChunk(header: ChunkHeader, columns: Readonly<Record<string, TypedArray>>): ArrayBuffer {
  return encoded(header, columns, (size) => new Uint8Array(size)).buffer;
}

/** The same in `room`: good until that is used again. */
export function encodeChunkIn(room: Room, header: ChunkHeader, columns: Readonly<Record<string, TypedArray>>): Uint8Array<ArrayBuffer> {
  return encoded(header, columns, (size) => room.bytes(size));
}

function encoded(
  header: ChunkHeader,
  columns: Readonly<Record<string, TypedArray>>,
  memory: (size: number) => Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  checkHeader(header);
  const table: TableRow[] = [];
  let size = 0;
  for (const [name, column] of Object.entries(columns)) {
    if (!NAME.test(name)) throw new Bug(`Column name "${name}" is not letters and digits.`);
    table.push([name, typeNameOf(column), size, column.length]);
    size += padded(column.byteLength);
  }
  const { kind, owner, count, firstSeq, lastSeq, minTime, maxTime, extra } = header;
  // What is absent is undefined here and left out by JSON.
  const text = utf8.encode(JSON.stringify({ kind, owner, count, firstSeq, lastSeq, minTime, maxTime, extra, columns: table }));
  const dataStart = FIXED + padded(text.length);
  const total = dataStart + size;
  const bytes = memory(total);
  let at = placed(bytes, text, FIXED);
  for (const column of Object.values(columns)) at = placed(bytes, new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
  const words = new Uint32Array(bytes.buffer, 0, FIXED / 4);
  words.set([MAGIC, CHUNK_VERSION, total, 0, text.length, 0]);
  words[3] = checksum32(bytes.subarray(CHECKED_FROM));
  return bytes;
}

/** Copies a part to `at` with zeros behind it up to a multiple of 8, where the next part begins. */
function placed(bytes: Uint8Array, part: Uint8Array, at: number): number {
  bytes.set(part, at);
  const end = at + padded(part.length);
  bytes.fill(0, at + part.length, end);
  return end;
}

/** Bytes of a chunk; those of a part of a buffer begin at a multiple of 8. */
type ChunkBytes = ArrayBuffer | Uint8Array<ArrayBuffer>;

const viewOf = (bytes: ChunkBytes): Uint8Array<ArrayBuffer> => (bytes instanceof ArrayBuffer ? new Uint8Array(bytes) : bytes);

/**
 * Reads a chunk in place. Throws `TornChunk` where anything of it is not as it was written. `trusted` leaves out the
 * checksum, for a buffer that was checked before and stayed in memory since.
 */
export function decodeChunk(chunk: ChunkBytes, options: { readonly trusted?: boolean } = {}): Chunk {
  const bytes = viewOf(chunk);
  const textLength = options.trusted === true ? lengthOfHeader(bytes) : verifyChunk(bytes);
  const { columns: table, ...header } = parsedHeader(bytes.subarray(FIXED, FIXED + textLength));
  checkHeader(header);
  const dataStart = FIXED + padded(textLength);
  const columns: Record<string, TypedArray> = {};
  for (const [name, type, offset, length] of table) {
    const make = TYPES[type];
    if (make === undefined) throw new TornChunk("column type", String(type), Object.keys(TYPES).join(" "));
    const start = dataStart + offset;
    const end = start + length * make.BYTES_PER_ELEMENT;
    if (!(offset >= 0 && length >= 0 && start % 8 === 0 && end <= bytes.length)) {
      throw new TornChunk(`column ${name}`, `${start}..${end}`, `within ${dataStart}..${bytes.length}`);
    }
    columns[name] = new make(bytes.buffer, bytes.byteOffset + start, length);
  }
  return { header, columns };
}

/** Does it begin like a chunk? Whether it is one, `verifyChunk` says. */
export function isChunk(chunk: ChunkBytes): boolean {
  return chunk.byteLength >= FIXED && wordsOf(viewOf(chunk))[0] === MAGIC;
}

/** Length and checksum only; answers the length of the header text. Throws `TornChunk`. */
export function verifyChunk(chunk: ChunkBytes): number {
  const bytes = viewOf(chunk);
  const textLength = lengthOfHeader(bytes);
  const stored = wordsOf(bytes)[3]!;
  const actual = checksum32(bytes.subarray(CHECKED_FROM));
  if (stored !== actual) throw new TornChunk("checksum", hex(actual), hex(stored));
  return textLength;
}

/** What tells whether these bytes come back as they are (`isWhole`): the checksum that a chunk has in it, or one of the bytes. */
export function sealOf(bytes: Uint8Array<ArrayBuffer>): number {
  return isChunk(bytes) ? wordsOf(bytes)[3]! : checksum32(bytes);
}

/** Are these the bytes of which `seal` was taken? Chunks of before `sealOf` had a checksum of all their bytes. */
export function isWhole(bytes: Uint8Array<ArrayBuffer>, seal: number): boolean {
  if (!isChunk(bytes) || wordsOf(bytes)[3] !== seal) return checksum32(bytes) === seal;
  try {
    verifyChunk(bytes);
    return true;
  } catch (error) {
    if (error instanceof TornChunk) return false;
    throw error;
  }
}

const wordsOf = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.buffer, bytes.byteOffset, FIXED / 4);

function lengthOfHeader(bytes: Uint8Array): number {
  if (bytes.length < FIXED) throw new TornChunk("length", bytes.length, `at least ${FIXED}`);
  const words = wordsOf(bytes);
  if (words[0] !== MAGIC) throw new TornChunk("magic", hex(words[0]!), hex(MAGIC));
  if (words[1] !== CHUNK_VERSION) throw new TornChunk("format version", words[1]!, CHUNK_VERSION);
  if (words[2] !== bytes.length) throw new TornChunk("length", bytes.length, words[2]!);
  if (FIXED + padded(words[4]!) > bytes.length) throw new TornChunk("header length", words[4]!, `at most ${bytes.length - FIXED}`);
  return words[4]!;
}

function parsedHeader(bytes: Uint8Array): ChunkHeader & { readonly columns: readonly TableRow[] } {
  try {
    const parsed = JSON.parse(fromUtf8.decode(bytes));
    if (Array.isArray(parsed?.columns)) return parsed;
  } catch (error) {
    throw new TornChunk("header", error instanceof Error ? error.message : String(error), "JSON");
  }
  throw new TornChunk("header", "without a column table", "one");
}

function checkHeader(header: ChunkHeader): void {
  if (!Number.isSafeInteger(header.count)) throw new Bug(`Chunk header: count is ${header.count}, not an integer.`);
  checkRange(header, ["firstSeq", "lastSeq"], Number.isSafeInteger, "an integer");
  checkRange(header, ["minTime", "maxTime"], Number.isFinite, "a time");
}

/** Both ends or none. */
function checkRange(
  header: ChunkHeader,
  names: readonly ["firstSeq", "lastSeq"] | readonly ["minTime", "maxTime"],
  fits: (value: unknown) => boolean,
  what: string,
): void {
  if (names.every((name) => header[name] === undefined)) return;
  for (const name of names) if (!fits(header[name])) throw new Bug(`Chunk header: ${name} is ${header[name]}, not ${what}.`);
}

function typeNameOf(column: TypedArray): TypeName {
  for (const name of Object.keys(TYPES) as TypeName[]) if (column instanceof TYPES[name]) return name;
  throw new Bug("A column is not a typed array.");
}

const padded = (length: number): number => Math.ceil(length / 8) * 8;
const hex = (word: number): string => `0x${word.toString(16).padStart(8, "0")}`;
