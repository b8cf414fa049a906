/**
 * A 128-bit running digest (MurmurHash3 x86 128, public domain method by Austin Appleby), for state hashes and ids.
 * Not cryptographic: it tells states apart, it protects nothing. Integer arithmetic only, so equal in every engine.
 *
 * The stream is cut into blocks of 16 bytes however it is fed: `bytes(a); bytes(b)` equals `bytes(a ++ b)`.
 * Texts are fed as UTF-8 followed by a zero byte, so that ("ab","c") and ("a","bc") differ.
 */

const [C1, C2, C3, C4] = [0x239b961b, 0xab0e9789, 0x38b34ae5, 0xa1e38b93];
const rotl = (x: number, r: number): number => (x << r) | (x >>> (32 - r));
const fmix = (h: number): number => {
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
};
const encoder = new TextEncoder();
const scratch = new DataView(new ArrayBuffer(8));
/** Short texts of plain characters, as nearly all are that ids are made of, come through here: the encoder costs more than the digest. */
const plain = new Uint8Array(512);

/** UTF-8 of a text and a zero byte; good until the next call. */
function encoded(text: string): Uint8Array {
  const { length } = text;
  if (length >= plain.length) return encoder.encode(`${text}\0`);
  for (let i = 0; i < length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 127) return encoder.encode(`${text}\0`);
    plain[i] = unit;
  }
  plain[length] = 0;
  return plain.subarray(0, length + 1);
}

const HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
/** 8 hex digits of a 32-bit word. */
function hexOf(word: number): string {
  const at = (shift: number): string => HEX[(word >>> shift) & 255] as string;
  return at(24) + at(16) + at(8) + at(0);
}

export class Digest128 {
  private h1: number;
  private h2: number;
  private h3: number;
  private h4: number;
  private length = 0;
  private readonly pending = new Uint8Array(16);
  private filled = 0;

  constructor(seed = 0) {
    this.h1 = this.h2 = this.h3 = this.h4 = seed | 0;
  }

  /** Feeds raw bytes. */
  bytes(data: Uint8Array): this {
    this.length += data.length;
    let at = 0;
    if (this.filled > 0) {
      at = Math.min(16 - this.filled, data.length);
      this.pending.set(data.subarray(0, at), this.filled);
      this.filled += at;
      if (this.filled < 16) return this;
      this.blocks(new DataView(this.pending.buffer), 0);
      this.filled = 0;
    }
    if (at + 16 <= data.length) at = this.blocks(new DataView(data.buffer, data.byteOffset, data.byteLength), at);
    this.pending.set(data.subarray(at));
    this.filled = data.length - at;
    return this;
  }

  /** Feeds a text as UTF-8 and a closing zero byte. */
  text(value: string): this {
    return this.bytes(encoded(value));
  }

  /** Feeds numbers as little-endian doubles; every NaN counts as the same NaN. */
  f64(values: Float64Array | readonly number[]): this {
    const view = new DataView(new ArrayBuffer(values.length * 8));
    for (let i = 0; i < values.length; i++) {
      const value = values[i] as number;
      if (Number.isNaN(value)) view.setUint32(i * 8 + 4, 0x7ff80000, true);
      else view.setFloat64(i * 8, value, true);
    }
    return this.bytes(new Uint8Array(view.buffer));
  }

  number(value: number): this {
    scratch.setFloat64(0, value, true);
    return this.bytes(new Uint8Array(scratch.buffer));
  }

  /** 32 hex digits. May be asked at any time; feeding can go on. */
  hex(): string {
    const [a, b, c, d] = this.finished();
    return hexOf(a) + hexOf(b) + hexOf(c) + hexOf(d);
  }

  /** The digest as four unsigned 32-bit words. */
  words(): readonly [number, number, number, number] {
    const [a, b, c, d] = this.finished();
    return [a >>> 0, b >>> 0, c >>> 0, d >>> 0];
  }

  snapshot(): readonly number[] {
    return [this.h1, this.h2, this.h3, this.h4, this.length, this.filled, ...this.pending.subarray(0, this.filled)];
  }

  static from(snapshot: readonly number[]): Digest128 {
    const digest = new Digest128();
    [digest.h1, digest.h2, digest.h3, digest.h4, digest.length, digest.filled] = snapshot as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    digest.pending.set(snapshot.slice(6));
    return digest;
  }

  /** Takes in whole blocks from `from` on; answers where the rest begins. */
  private blocks(view: DataView, from: number): number {
    let { h1, h2, h3, h4 } = this;
    let at = from;
    for (const last = view.byteLength - 16; at <= last; at += 16) {
      h1 ^= Math.imul(rotl(Math.imul(view.getInt32(at, true), C1), 15), C2);
      h1 = (Math.imul((rotl(h1, 19) + h2) | 0, 5) + 0x561ccd1b) | 0;
      h2 ^= Math.imul(rotl(Math.imul(view.getInt32(at + 4, true), C2), 16), C3);
      h2 = (Math.imul((rotl(h2, 17) + h3) | 0, 5) + 0x0bcaa747) | 0;
      h3 ^= Math.imul(rotl(Math.imul(view.getInt32(at + 8, true), C3), 17), C4);
      h3 = (Math.imul((rotl(h3, 15) + h4) | 0, 5) + 0x96cd1c35) | 0;
      h4 ^= Math.imul(rotl(Math.imul(view.getInt32(at + 12, true), C4), 18), C1);
      h4 = (Math.imul((rotl(h4, 13) + h1) | 0, 5) + 0x32ac3b17) | 0;
    }
    this.h1 = h1;
    this.h2 = h2;
    this.h3 = h3;
    this.h4 = h4;
    return at;
  }

  private finished(): [number, number, number, number] {
    let { h1, h2, h3, h4 } = this;
    const tail = new DataView(new ArrayBuffer(16));
    for (let i = 0; i < this.filled; i++) tail.setUint8(i, this.pending[i] as number);
    if (this.filled > 12) h4 ^= Math.imul(rotl(Math.imul(tail.getInt32(12, true), C4), 18), C1);
    if (this.filled > 8) h3 ^= Math.imul(rotl(Math.imul(tail.getInt32(8, true), C3), 17), C4);
    if (this.filled > 4) h2 ^= Math.imul(rotl(Math.imul(tail.getInt32(4, true), C2), 16), C3);
    if (this.filled > 0) h1 ^= Math.imul(rotl(Math.imul(tail.getInt32(0, true), C1), 15), C2);
    h1 ^= this.length;
    h2 ^= this.length;
    h3 ^= this.length;
    h4 ^= this.length;
    h1 = (h1 + h2 + h3 + h4) | 0;
    h2 = (h2 + h1) | 0;
    h3 = (h3 + h1) | 0;
    h4 = (h4 + h1) | 0;
    [h1, h2, h3, h4] = [fmix(h1), fmix(h2), fmix(h3), fmix(h4)];
    h1 = (h1 + h2 + h3 + h4) | 0;
    return [h1, (h2 + h1) | 0, (h3 + h1) | 0, (h4 + h1) | 0];
  }
}

/** Digest of texts, each closed by a zero byte. */
export function digestTexts(...texts: readonly string[]): Digest128 {
  // The stream is the same as if they were fed one by one.
  const digest = new Digest128();
  return texts.length === 0 ? digest : digest.text(texts.join("\0"));
}
