/**
 * JSON in UTF-8 as a tape of its values: bytes are walked once, and whoever reads the tape steps over what it does not want
 * without looking at it. A tape takes exactly what JSON.parse takes.
 *
 *     [ kind, from, to, extra ]  four integers an entry
 *
 *     text     bytes [from, to) between the quotes; extra: their hash, where the text is plain
 *     number   bytes [from, to)
 *     object   extra: where the entry behind its last one begins; members lie as key, value, key, value
 *     array    the same; values one after the other
 */

/** `text` is ASCII without escapes; every other text is `escaped`. */
export const JSON_KIND = { text: 1, escaped: 2, number: 3, true: 4, false: 5, null: 6, object: 7, array: 8 } as const;
/** Integers of an entry. */
export const ENTRY = 4;

const [QUOTE, BACKSLASH, COMMA, COLON, MINUS, PLUS, DOT, SLASH, ZERO] = [34, 92, 44, 58, 45, 43, 46, 47, 48];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_ARRAY, CLOSE_ARRAY] = [123, 125, 91, 93];

/** Bytes that stand for themselves in a text. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte < 128 && byte !== QUOTE && byte !== BACKSLASH ? 1 : 0));
const SPACE = Uint8Array.from({ length: 256 }, (_, byte) => (byte === 32 || byte === 9 || byte === 10 || byte === 13 ? 1 : 0));
const SHORT_ESCAPES: ReadonlySet<number> = new Set([QUOTE, BACKSLASH, SLASH, 98, 102, 110, 114, 116]);

const HASH_START = 0x811c9dc5 | 0;
const HASH_FACTOR = 0x01000193;

/** The hash (FNV-1a) that a tape gives a plain text. */
export function hashOfPlain(text: string): number {
  let hash = HASH_START;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_FACTOR);
  return hash;
}

/** Holds one tape at a time; its memory is used again. */
export class JsonTape {
  /** Good until the next `read`. */
  entries = new Int32Array(4096);
  /** Entries that are open, as places on the tape. */
  private open = new Int32Array(1024);

  /** Puts [from, to) on the tape; false where it is no JSON. `bytes[to]` is there and is 0. */
  read(bytes: Uint8Array, from: number, to: number): boolean {
    // Every entry has a byte of its own.
    if (this.entries.length < (to - from + 1) * ENTRY) {
      this.entries = new Int32Array((to - from + 1) * 2 * ENTRY);
      this.open = new Int32Array((to - from + 1) * 2);
    }
    const { entries, open } = this;
    let at = from;
    let end = 0;
    let depth = 0;
    let isKey = false;
    for (;;) {
      let byte = bytes[at] as number;
      while (SPACE[byte] === 1) byte = bytes[++at] as number;
      entries[end] = JSON_KIND.text;
      entries[end + 1] = at;
      if (byte === QUOTE) {
        entries[end + 1] = ++at;
        let hash = HASH_START;
        byte = bytes[at] as number;
        while (PLAIN[byte] === 1) {
          hash = Math.imul(hash ^ byte, HASH_FACTOR);
          byte = bytes[++at] as number;
        }
        if (byte !== QUOTE) {
          at = escapedEnd(bytes, at);
          if (at < 0) return false;
          entries[end] = JSON_KIND.escaped;
        }
        entries[end + 2] = at++;
        entries[end + 3] = hash;
        end += ENTRY;
        if (isKey) {
          byte = bytes[at] as number;
          while (SPACE[byte] === 1) byte = bytes[++at] as number;
          if (byte !== COLON) return false;
          at++;
          isKey = false;
          continue;
        }
      } else if (isKey) return false;
      else if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) {
        entries[end] = byte === OPEN_OBJECT ? JSON_KIND.object : JSON_KIND.array;
        const close = byte === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
        byte = bytes[++at] as number;
        while (SPACE[byte] === 1) byte = bytes[++at] as number;
        if (byte !== close) {
          open[depth++] = end;
          end += ENTRY;
          isKey = close === CLOSE_OBJECT;
          continue;
        }
        entries[end + 2] = ++at;
        entries[end + 3] = end + ENTRY;
        end += ENTRY;
      } else {
        const kind = byte === MINUS || isDigit(byte) ? JSON_KIND.number : wordKind(bytes, at);
        if (kind < 0) return false;
        at = kind === JSON_KIND.number ? numberEnd(bytes, at) : at + (kind === JSON_KIND.false ? 5 : 4);
        if (at < 0) return false;
        entries[end] = kind;
        entries[end + 2] = at;
        end += ENTRY;
      }
      // Behind a value: what is open ends or goes on.
      for (;;) {
        byte = bytes[at] as number;
        while (SPACE[byte] === 1) byte = bytes[++at] as number;
        if (depth === 0) return at === to;
        const holder = open[depth - 1] as number;
        const isObject = entries[holder] === JSON_KIND.object;
        at++;
        if (byte === COMMA) {
          isKey = isObject;
          break;
        }
        if (byte !== (isObject ? CLOSE_OBJECT : CLOSE_ARRAY)) return false;
        depth--;
        entries[holder + 2] = at;
        entries[holder + 3] = end;
      }
    }
  }
}

const isDigit = (byte: number): boolean => byte >= ZERO && byte < 58;
const isHex = (byte: number): boolean => isDigit(byte) || ((byte | 32) >= 97 && (byte | 32) <= 102);

/** Where the quote of a text stands, from the first byte on that is not plain; -1 where the text is none. */
function escapedEnd(bytes: Uint8Array, from: number): number {
  for (let at = from; ; at++) {
    const byte = bytes[at] as number;
    if (byte === QUOTE) return at;
    if (byte < 32) return -1;
    if (byte !== BACKSLASH) continue;
    const escaped = bytes[++at] as number;
    if (SHORT_ESCAPES.has(escaped)) continue;
    if (escaped !== 117) return -1;
    for (let digit = 0; digit < 4; digit++) if (!isHex(bytes[++at] as number)) return -1;
  }
}

/** Where a number ends, -1 where it is none. */
function numberEnd(bytes: Uint8Array, from: number): number {
  let at = bytes[from] === MINUS ? from + 1 : from;
  at = bytes[at] === ZERO ? at + 1 : digitsEnd(bytes, at);
  if (at >= 0 && bytes[at] === DOT) at = digitsEnd(bytes, at + 1);
  if (at < 0 || ((bytes[at] as number) | 32) !== 101) return at;
  at++;
  return digitsEnd(bytes, bytes[at] === PLUS || bytes[at] === MINUS ? at + 1 : at);
}

/** Behind one or more digits, -1 where there is none. */
function digitsEnd(bytes: Uint8Array, from: number): number {
  let at = from;
  while (isDigit(bytes[at] as number)) at++;
  return at === from ? -1 : at;
}

/** `true`, `false` or `null` at this place, else -1. */
function wordKind(bytes: Uint8Array, at: number): number {
  const is = (word: readonly number[]): boolean => word.every((byte, index) => bytes[at + index] === byte);
  if (bytes[at] === 116) return is([116, 114, 117, 101]) ? JSON_KIND.true : -1;
  if (bytes[at] === 102) return is([102, 97, 108, 115, 101]) ? JSON_KIND.false : -1;
  return is([110, 117, 108, 108]) ? JSON_KIND.null : -1;
}

const POWERS = Float64Array.from({ length: 23 }, (_, power) => Number(`1e${power}`));
const MOST_EXACT = 9_007_199_254_740_991;
const decoder = new TextDecoder("utf-8");

/** The value of a number's bytes, to the bit as JSON.parse gives it. */
export function numberAt(bytes: Uint8Array, from: number, to: number): number {
  let digits = 0;
  let point = -1;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte === DOT) point = at;
    else if (isDigit(byte)) digits = digits * 10 + (byte - ZERO);
    else return Number(decoder.decode(bytes.subarray(from, to)));
  }
  if (point < 0 && digits <= MOST_EXACT) return digits;
  // Both are exact, so that one division rounds once.
  if (digits <= MOST_EXACT && to - point - 1 < POWERS.length) return digits / (POWERS[to - point - 1] as number);
  return Number(decoder.decode(bytes.subarray(from, to)));
}

/** A text whose bytes may hold escapes. */
export const textAt = (bytes: Uint8Array, from: number, to: number): string =>
  JSON.parse(`"${decoder.decode(bytes.subarray(from, to))}"`) as string;

/** A set of plain names, found by their bytes. */
export class JsonNames {
  private readonly slots = new Uint8Array(256);
  private readonly names: readonly Uint8Array[];

  /** @param names fewer than 128 */
  constructor(names: readonly string[]) {
    this.names = [new Uint8Array(0), ...names.map((name) => new TextEncoder().encode(name))];
    names.forEach((name, index) => {
      let slot = slotOf(hashOfPlain(name));
      while (this.slots[slot] !== 0) slot = (slot + 1) & 255;
      this.slots[slot] = index + 1;
    });
  }

  /** Place of a name in the list, counted from 1; 0 where it is none of them. */
  find(bytes: Uint8Array, from: number, to: number, hash: number): number {
    for (let slot = slotOf(hash); ; slot = (slot + 1) & 255) {
      const found = this.slots[slot] as number;
      if (found === 0) return 0;
      const name = this.names[found] as Uint8Array;
      if (name.length !== to - from) continue;
      let at = 0;
      while (at < name.length && name[at] === bytes[from + at]) at++;
      if (at === name.length) return found;
    }
  }
}

const slotOf = (hash: number): number => (hash ^ (hash >>> 15)) & 255;
