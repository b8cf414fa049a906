/**
 * An event's text as bytes, which are read several times faster than a string's units:
 *
 *     text    {  "  a  "  :  "  é  "  }
 *     bytes   7B 22 61 22 3A 22 FF 22 7D | 22 00 22      at the same places; FF for every unit past ASCII
 *
 * The three behind the text end every loop over a string, a number or blanks of a text that breaks off.
 */
import { QUOTE } from "./codes.ts";

/** Stands for every unit past ASCII: what it is, the text tells. */
export const WIDE = 0xff;
const BEHIND = [QUOTE, 0, QUOTE];

export class EventBytes {
  bytes = new Uint8Array(1024);
  text = "";
  /** Whether every unit is ASCII. */
  isPlain = true;
  private readonly encoder = new TextEncoder();

  /** Takes the next event; `bytes` may be another array behind it. */
  load(text: string): void {
    const { length } = text;
    if (this.bytes.length < length + BEHIND.length) this.bytes = new Uint8Array(2 * length + BEHIND.length);
    const { bytes } = this;
    this.text = text;
    // Past ASCII a unit takes more than one byte.
    this.isPlain = this.encoder.encodeInto(text, bytes).written === length;
    if (!this.isPlain)
      for (let at = 0; at < length; at++) {
        const unit = text.charCodeAt(at);
        bytes[at] = unit < 128 ? unit : WIDE;
      }
    bytes.set(BEHIND, length);
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
