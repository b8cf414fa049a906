/**
 * What hangs on texts, found by a text's place in an event's bytes: no string is made for a look-up.
 *
 *     heads[hash] -> entry -> entry -> -1      entry: its text as units pool[starts[e]] .. pool[starts[e + 1]], its value
 */

const PRIME = 0x01000193;

const mixed = (hash: number): number => hash ^ (hash >>> 15);

export class TextTable<T> {
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly starts: Int32Array;
  private readonly pool: Uint16Array;
  private readonly values: T[] = [];
  private readonly mask: number;

  constructor(entries: ReadonlyMap<string, T>) {
    let size = 8;
    while (size < entries.size * 2) size *= 2;
    this.mask = size - 1;
    this.heads = new Int32Array(size).fill(-1);
    this.next = new Int32Array(entries.size);
    this.starts = new Int32Array(entries.size + 1);
    let units = 0;
    for (const text of entries.keys()) units += text.length;
    this.pool = new Uint16Array(units);
    let at = 0;
    for (const [text, value] of entries) {
      const entry = this.values.push(value) - 1;
      const slot = this.slotOf(text);
      this.next[entry] = this.heads[slot] as number;
      this.heads[slot] = entry;
      for (let i = 0; i < text.length; i++) this.pool[at++] = text.charCodeAt(i);
      this.starts[entry + 1] = at;
    }
  }

  private slotOf(text: string): number {
    let hash = 0;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), PRIME);
    return mixed(hash) & this.mask;
  }

  get(text: string): T | undefined {
    for (let entry = this.heads[this.slotOf(text)] as number; entry >= 0; entry = this.next[entry] as number) {
      const start = this.starts[entry] as number;
      if ((this.starts[entry + 1] as number) - start !== text.length) continue;
      let same = 0;
      while (same < text.length && this.pool[start + same] === text.charCodeAt(same)) same++;
      if (same === text.length) return this.values[entry];
    }
    return undefined;
  }

  /** The same for a text that stands in bytes, all of them ASCII. */
  getPlain(bytes: Uint8Array, from: number, to: number): T | undefined {
    let hash = 0;
    for (let at = from; at < to; at++) hash = Math.imul(hash ^ (bytes[at] as number), PRIME);
    const { pool, starts } = this;
    for (let entry = this.heads[mixed(hash) & this.mask] as number; entry >= 0; entry = this.next[entry] as number) {
      const start = starts[entry] as number;
      if ((starts[entry + 1] as number) - start !== to - from) continue;
      let at = from;
      while (at < to && pool[start + at - from] === bytes[at]) at++;
      if (at === to) return this.values[entry];
    }
    return undefined;
  }
}
