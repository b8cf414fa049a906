/**
 * An event's text as bytes, which are read several times faster than a string's units:
 *
 *     text    {  "  a  "  :  "  é  "  }
 *     bytes   7B 22 61 22 3A 22 FF 22 7D | 22 00 22      at the same places; FF for every unit past ASCII
 *
 * The three behind the text end every loop over a string, a number or blanks of a text that breaks off.
 */
import { BACKSLASH, QUOTE } from "./codes.ts";

/** Behind the text, so that four bytes can be read at each place. */
const SPARE = 8;

/** Stands for every unit past ASCII: what it is, the text tells. */
export const WIDE = 0xff;

export class EventBytes {
  bytes = new Uint8Array(1024);
  /** Of the same bytes. */
  view = new DataView(this.bytes.buffer);
  text = "";
  /** Whether every unit is ASCII. */
  isPlain = true;
  private readonly encoder = new TextEncoder();

  /** Takes the next event; `bytes` may be another array behind it. */
  load(text: string): void {
    const { length } = text;
    if (this.bytes.length < length + SPARE) {
      this.bytes = new Uint8Array(2 * length + SPARE);
      this.view = new DataView(this.bytes.buffer);
    }
    const { bytes } = this;
    this.text = text;
    // Past ASCII a unit takes more than one byte.
    this.isPlain = this.encoder.encodeInto(text, bytes).written === length;
    if (!this.isPlain)
      for (let at = 0; at < length; at++) {
        const unit = text.charCodeAt(at);
        bytes[at] = unit < 128 ? unit : WIDE;
      }
    bytes[length] = QUOTE;
    bytes[length + 1] = 0;
    bytes[length + 2] = QUOTE;
  }
}

const ONES = 0x01010101;
const HIGHS = 0x80808080 | 0;
const QUOTES = QUOTE * ONES;
const BACKSLASHES = BACKSLASH * ONES;

/** Strings longer than this are worth another search. */
const LONG = 96;

/**
 * The first quote or backslash from `at` on, or neither where none comes soon. Four bytes at a time: a byte that is zero borrows
 * from its high bit when one is taken from it; bytes above it may then seem to do so too, therefore the lowest counts.
 */
export function stopOfString(view: DataView, at: number): number {
  let place = at;
  for (const end = Math.min(at + LONG, view.byteLength - 4); place < end; place += 4) {
    const four = view.getUint32(place, true) | 0;
    const quotes = four ^ QUOTES;
    const escapes = four ^ BACKSLASHES;
    const hits = (((quotes - ONES) & ~quotes) | ((escapes - ONES) & ~escapes)) & HIGHS;
    if (hits !== 0) return place + ((31 - Math.clz32(hits & -hits)) >> 3);
  }
  return place;
}

/** The first quote, backslash or `WIDE`. */
export function stopOfName(view: DataView, at: number): number {
  for (let place = at; ; place += 4) {
    const four = view.getUint32(place, true) | 0;
    const quotes = four ^ QUOTES;
    const escapes = four ^ BACKSLASHES;
    const hits = (((quotes - ONES) & ~quotes) | ((escapes - ONES) & ~escapes) | four) & HIGHS;
    if (hits !== 0) return place + ((31 - Math.clz32(hits & -hits)) >> 3);
  }
}

/** The units of an ASCII text; undefined of any other. */
export function asciiOf(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 128) return undefined;
    bytes[at] = unit;
  }
  return bytes;
}

/** Whether `wanted` stands in `bytes` from `from` on. */
export function standsAt(bytes: Uint8Array, from: number, wanted: Uint8Array): boolean {
  for (let i = 0; i < wanted.length; i++) if (bytes[from + i] !== wanted[i]) return false;
  return true;
}
