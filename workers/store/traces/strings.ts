import { grown } from "./columns.ts";

const decoder = new TextDecoder("utf-8");

/** Texts by number, each held once. 0 is "unset". Numbers follow the order of arrival and are no part of the state. */
export class Strings {
  readonly texts: string[] = [""];
  private readonly numbers = new Map<string, number>();
  /**
   * Texts that came as bytes, by their hash, so that one that is known is not made again: a slot holds a place + 1, and place
   * p stands for the bytes [starts[p], starts[p + 1]) of `bytes`.
   */
  private slots = new Int32Array(1024);
  private places = 0;
  private placeNumbers = new Uint32Array(513);
  private hashes = new Int32Array(513);
  private starts = new Uint32Array(514);
  private bytes = new Uint8Array(8192);

  of(text: string): number {
    const known = this.numbers.get(text);
    if (known !== undefined) return known;
    const number = this.texts.push(text) - 1;
    this.numbers.set(text, number);
    return number;
  }

  /** The same for ASCII that lies in bytes. @param hash any that depends on the bytes alone */
  ofBytes(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const { slots, hashes, starts, bytes: held } = this;
    const mask = slots.length - 1;
    const length = to - from;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let place = (slots[slot] as number) - 1; place >= 0; place = (slots[slot] as number) - 1) {
      if (hashes[place] === hash) {
        const start = starts[place] as number;
        if ((starts[place + 1] as number) - start === length) {
          let at = 0;
          while (at < length && held[start + at] === bytes[from + at]) at++;
          if (at === length) return this.placeNumbers[place] as number;
        }
      }
      slot = (slot + 1) & mask;
    }
    const number = this.of(decoder.decode(bytes.subarray(from, to)));
    this.remember(bytes.subarray(from, to), hash, number);
    return number;
  }

  private remember(text: Uint8Array, hash: number, number: number): void {
    const place = this.places++;
    if (this.places * 2 > this.slots.length) {
      const room = this.slots.length * 2;
      this.placeNumbers = grown(this.placeNumbers, room + 1);
      this.hashes = grown(this.hashes, room + 1);
      this.starts = grown(this.starts, room + 2);
      this.slots = new Int32Array(room * 2);
      for (let at = 0; at < place; at++) this.slots[this.freeSlot(this.hashes[at] as number)] = at + 1;
    }
    const start = this.starts[place] as number;
    if (start + text.length > this.bytes.length) this.bytes = grown(this.bytes, (start + text.length) * 2);
    this.bytes.set(text, start);
    this.starts[place + 1] = start + text.length;
    this.hashes[place] = hash;
    this.placeNumbers[place] = number;
    this.slots[this.freeSlot(hash)] = place + 1;
  }

  private freeSlot(hash: number): number {
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.slots[slot] !== 0) slot = (slot + 1) & mask;
    return slot;
  }

  find(text: string): number | undefined {
    return this.numbers.get(text);
  }

  get count(): number {
    return this.texts.length;
  }
}

/** Nodes of the service graph: a name and a type (0 = no type) by number; 0 is none. */
export class Nodes {
  readonly names: number[] = [0];
  readonly types: number[] = [0];
  private readonly numbers = new Map<number, number>();

  of(name: number, type: number): number {
    const key = name * 0x4000000 + type;
    const known = this.numbers.get(key);
    if (known !== undefined) return known;
    const number = this.names.push(name) - 1;
    this.types.push(type);
    this.numbers.set(key, number);
    return number;
  }
}
