/** Trace ids as four words, and a hash table from them to rows. */

export interface TraceWords {
  readonly word0: number;
  readonly word1: number;
  readonly word2: number;
  readonly word3: number;
}

/** Eight hexadecimal digits of either case from `from` on as a number, -1 where they are none. */
export function hexWord(text: string, from: number): number {
  let word = 0;
  for (let at = from; at < from + 8; at++) {
    const code = text.charCodeAt(at);
    const digit = code >= 48 && code <= 57 ? code - 48 : code >= 97 && code <= 102 ? code - 87 : code >= 65 && code <= 70 ? code - 55 : -1;
    if (digit < 0) return -1;
    word = word * 16 + digit;
  }
  return word;
}

const DIGITS = Int8Array.from({ length: 256 }, (_, byte) =>
  /[0-9a-fA-F]/.test(String.fromCharCode(byte)) ? Number.parseInt(String.fromCharCode(byte), 16) : -1,
);

/** The same of bytes. */
export function hexWordAt(bytes: Uint8Array, from: number): number {
  let word = 0;
  let seen = 0;
  for (let at = from; at < from + 8; at++) {
    const digit = DIGITS[bytes[at] as number] as number;
    seen |= digit;
    word = (word << 4) | digit;
  }
  return seen < 0 ? -1 : word >>> 0;
}

/** `1-58406520-a006649127e371903a2de979`; undefined for anything else. */
export function traceWords(text: string): TraceWords | undefined {
  if (text.length !== 35 || text[0] !== "1" || text[1] !== "-" || text[10] !== "-") return undefined;
  const word0 = hexWord(text, 2);
  const word1 = hexWord(text, 11);
  const word2 = hexWord(text, 19);
  const word3 = hexWord(text, 27);
  if (word0 < 0 || word1 < 0 || word2 < 0 || word3 < 0) return undefined;
  return { word0, word1, word2, word3 };
}

const hex = (word: number): string => word.toString(16).padStart(8, "0");

export const traceText = ({ word0, word1, word2, word3 }: TraceWords): string => `1-${hex(word0)}-${hex(word1)}${hex(word2)}${hex(word3)}`;

interface IdColumns {
  readonly word0: Uint32Array;
  readonly word1: Uint32Array;
  readonly word2: Uint32Array;
  readonly word3: Uint32Array;
}

/** Open addressing: a slot holds a row + 1, 0 = free; at most half of the slots are taken. */
export class TraceIndex {
  private slots = new Int32Array(1024);

  /** Row of an id, or -1. */
  find(ids: IdColumns, { word0, word1, word2, word3 }: TraceWords): number {
    return (this.slots[this.place(ids, word0, word1, word2, word3)] as number) - 1;
  }

  /** Adds a row whose words stand in the columns. @param count rows there are with it */
  add(ids: IdColumns, row: number, count: number): void {
    if (count * 2 > this.slots.length) {
      this.slots = new Int32Array(this.slots.length * 4);
      for (let at = 0; at < row; at++) this.put(ids, at);
    }
    this.put(ids, row);
  }

  private put(ids: IdColumns, row: number): void {
    const { word0, word1, word2, word3 } = ids;
    const place = this.place(ids, word0[row] as number, word1[row] as number, word2[row] as number, word3[row] as number);
    this.slots[place] = row + 1;
  }

  private place(ids: IdColumns, word0: number, word1: number, word2: number, word3: number): number {
    const mask = this.slots.length - 1;
    let hash = Math.imul(word3 ^ Math.imul(word2, 0x85ebca6b) ^ Math.imul(word1, 0xc2b2ae35) ^ word0, 0x9e3779b1);
    hash ^= hash >>> 15;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const row = (this.slots[slot] as number) - 1;
      if (row < 0 || (ids.word3[row] === word3 && ids.word2[row] === word2 && ids.word1[row] === word1 && ids.word0[row] === word0))
        return slot;
    }
  }
}

export const wordsAt = (ids: IdColumns, row: number): TraceWords => ({
  word0: ids.word0[row] as number,
  word1: ids.word1[row] as number,
  word2: ids.word2[row] as number,
  word3: ids.word3[row] as number,
});
