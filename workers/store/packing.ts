/**
 * The stored form of a chunk: what goes through IndexedDB, which costs by the byte. Everything above the shelf sees chunks
 * as they are (`chunk.ts`).
 *
 *     0  u32  magic "NPHZ"
 *     4  u16  version (1)
 *     6  u16  method: 0 as it is, 1 LZ4
 *     8  u32  length of the chunk in bytes
 *    12  u32  how many runs of words were taken apart first
 *    16  a run: u32 its first byte (a multiple of 8), u32 words, u32 bytes of a word (4 or 8) ...
 *     .  what the method made
 *
 * A chunk that would not get smaller is stored as it is, without an envelope: so are those of before there was one. (One
 * that begins like an envelope gets one around it.)
 *
 * LZ4 finds bytes that repeat; the times, offsets and sequences of rows do not, but the steps between them do. So a column
 * that ascends is taken apart: each word less the one before it, and of these first all lowest bytes, then all second ones:
 *
 *     0xa0 0xa3 0xa9 0x1aa  ->  a0 03 06 01   00 00 00 01   00 00 00 00   00 00 00 00
 *
 * Differences are taken of the words' bits, modulo 2^32 or 2^64, so whatever the numbers are they come back bit by bit.
 */
import type { BlockCodec } from "../kernels/contract.ts";
import { InputError } from "../model/errors.ts";
import { decodeChunk, isChunk, TornChunk } from "./chunk.ts";
import { Room } from "./room.ts";

const MAGIC = 0x5a48504e; // "NPHZ" read as a little-endian word
const VERSION = 1;
const ENVELOPE = 16;
const RUN = 12;
const AS_IT_IS = 0;
const LZ4 = 1;
/** Shorter chunks are not worth the work. */
const LEAST = 256;
/** Shorter columns neither. */
const LEAST_WORDS = 8;

/** Words of 4 or 8 bytes in a chunk, from byte `start` on. */
interface Run {
  readonly start: number;
  readonly words: number;
  readonly size: number;
}

/** Packs and unpacks with a codec; holds on to what memory it worked in, as long as the longest chunk. */
export class Packer {
  private readonly room = new Room();
  private readonly planes = new Room();

  constructor(private readonly codec: BlockCodec) {}

  /**
   * The stored form of a chunk; the given bytes themselves where that is their stored form. It is made at the start of
   * `room` where that is given (of `packedAtMost` bytes).
   */
  pack(chunk: Uint8Array<ArrayBuffer>, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
    if (chunk.length >= LEAST) {
      const runs = ascendingRuns(chunk);
      const begin = ENVELOPE + runs.length * RUN;
      const limit = chunk.length - (chunk.length >> 4) - begin;
      const stored = this.codec.compress(this.tookApart(chunk, runs), limit, begin, room);
      if (stored !== undefined) return enveloped(LZ4, chunk.length, runs, stored);
    }
    if (!isPacked(chunk)) return chunk;
    const stored = room?.subarray(0, ENVELOPE + chunk.length) ?? new Uint8Array(ENVELOPE + chunk.length);
    stored.set(chunk, ENVELOPE);
    return enveloped(AS_IT_IS, chunk.length, [], stored);
  }

  /**
   * The chunk that a stored form holds: in `room` where it is given and the chunk was packed, else the whole of its buffer (the
   * stored bytes where they are the chunk). Throws `TornChunk` where it cannot be had; whether it is whole, its checksum says.
   */
  unpack(stored: Uint8Array<ArrayBuffer>, room?: Room): Uint8Array<ArrayBuffer> {
    if (!isPacked(stored)) return stored;
    if (stored.length < ENVELOPE) throw new TornChunk("envelope", `${stored.length} bytes`, `at least ${ENVELOPE}`);
    const head = new DataView(stored.buffer, stored.byteOffset, stored.length);
    const [version, method] = [head.getUint16(4, true), head.getUint16(6, true)];
    const [length, count] = [head.getUint32(8, true), head.getUint32(12, true)];
    if (version !== VERSION) throw new TornChunk("envelope version", version, VERSION);
    const begin = ENVELOPE + count * RUN;
    if (begin > stored.length) throw new TornChunk("envelope", `${stored.length} bytes with ${count} runs`, `at least ${begin}`);
    const block = stored.subarray(begin);
    if (method === AS_IT_IS && length === block.length) return block.slice();
    if (method !== LZ4) throw new TornChunk("method", `${method} of ${block.length} bytes`, `${LZ4}, or ${AS_IT_IS} of ${length}`);
    const runs = Array.from({ length: count }, (_, i) => readRun(head, ENVELOPE + i * RUN, length));
    const chunk = this.decompressed(block, length, room);
    for (const { start, words, size } of runs) {
      const planes = this.planes.bytes(words * size);
      planes.set(chunk.subarray(start, start + words * size));
      putTogether(planes, new Uint32Array(chunk.buffer, start, (words * size) / 4), words, size);
    }
    return chunk;
  }

  private tookApart(chunk: Uint8Array<ArrayBuffer>, runs: readonly Run[]): Uint8Array {
    if (runs.length === 0) return chunk;
    const copy = this.room.bytes(chunk.length);
    copy.set(chunk);
    for (const run of runs) takeApart(chunk, copy, run);
    return copy;
  }

  private decompressed(block: Uint8Array, length: number, room: Room | undefined): Uint8Array<ArrayBuffer> {
    try {
      return this.codec.decompress(block, length, length <= block.length * 255 ? room?.bytes(length) : undefined);
    } catch (error) {
      if (error instanceof InputError) throw new TornChunk("block", error.found, `${length} bytes`);
      throw error;
    }
  }
}

function readRun(head: DataView, at: number, length: number): Run {
  const run = { start: head.getUint32(at, true), words: head.getUint32(at + 4, true), size: head.getUint32(at + 8, true) };
  const isSound = (run.size === 4 || run.size === 8) && run.start % 8 === 0 && run.start + run.words * run.size <= length;
  if (!isSound) throw new TornChunk("run", `${run.words} words of ${run.size} from ${run.start}`, `within ${length} bytes`);
  return run;
}

/** How long the stored form of a chunk of so many bytes is at most. */
export const packedAtMost = (length: number): number => length + ENVELOPE;

/** How long the chunk is that a stored form says to hold. */
export function unpackedLength(stored: Uint8Array): number {
  const isLong = stored.length >= ENVELOPE && isPacked(stored);
  return isLong ? new DataView(stored.buffer, stored.byteOffset).getUint32(8, true) : stored.length;
}

function isPacked(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true) === MAGIC;
}

/** Writes the envelope in front of what the method made. */
function enveloped(method: number, length: number, runs: readonly Run[], stored: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const head = new DataView(stored.buffer, stored.byteOffset);
  head.setUint32(0, MAGIC, true);
  head.setUint16(4, VERSION, true);
  head.setUint16(6, method, true);
  head.setUint32(8, length, true);
  head.setUint32(12, runs.length, true);
  for (const [i, { start, words, size }] of runs.entries())
    for (const [j, value] of [start, words, size].entries()) head.setUint32(ENVELOPE + i * RUN + j * 4, value, true);
  return stored;
}

/** The columns of the chunk whose numbers ascend (NaN comes after nothing). */
function ascendingRuns(chunk: Uint8Array<ArrayBuffer>): readonly Run[] {
  if (!isChunk(chunk)) return [];
  const runs: Run[] = [];
  for (const column of Object.values(decodeChunk(chunk, { trusted: true }).columns)) {
    if (!(column instanceof Float64Array || column instanceof Uint32Array || column instanceof Int32Array)) continue;
    if (column.length >= LEAST_WORDS && ascends(column))
      runs.push({ start: column.byteOffset - chunk.byteOffset, words: column.length, size: column.BYTES_PER_ELEMENT });
  }
  return runs;
}

function ascends(column: Float64Array | Uint32Array | Int32Array): boolean {
  for (let i = 1; i < column.length; i++) if (!((column[i] as number) >= (column[i - 1] as number))) return false;
  return true;
}

/** Reads a run of the chunk, writes its planes to the same place in `to`. */
function takeApart(chunk: Uint8Array<ArrayBuffer>, to: Uint8Array, { start, words: n, size }: Run): void {
  const words = new Uint32Array(chunk.buffer, chunk.byteOffset + start, (n * size) / 4);
  const planes = to.subarray(start, start + n * size);
  let [low, high] = [0, 0];
  for (let i = 0; i < n; i++) {
    const word = words[size === 8 ? 2 * i : i] as number;
    spread(planes, i, n, word - low);
    if (size === 8) {
      const upper = words[2 * i + 1] as number;
      spread(planes, 4 * n + i, n, upper - high - (word < low ? 1 : 0));
      high = upper;
    }
    low = word;
  }
}

/** Makes `n` words of their planes. */
function putTogether(planes: Uint8Array, words: Uint32Array, n: number, size: number): void {
  let [low, high] = [0, 0];
  for (let i = 0; i < n; i++) {
    const sum = low + gathered(planes, i, n);
    low = sum >>> 0;
    if (size === 8) {
      high = (high + gathered(planes, 4 * n + i, n) + (sum > low ? 1 : 0)) >>> 0;
      words[2 * i] = low;
      words[2 * i + 1] = high;
    } else words[i] = low;
  }
}

/** The four bytes of a word, `n` apart, the lowest first. */
function spread(planes: Uint8Array, at: number, n: number, word: number): void {
  planes[at] = word;
  planes[at + n] = word >>> 8;
  planes[at + 2 * n] = word >>> 16;
  planes[at + 3 * n] = word >>> 24;
}

function gathered(planes: Uint8Array, at: number, n: number): number {
  return (
    ((planes[at] as number) |
      ((planes[at + n] as number) << 8) |
      ((planes[at + 2 * n] as number) << 16) |
      ((planes[at + 3 * n] as number) << 24)) >>>
    0
  );
}
