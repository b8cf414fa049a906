/**
 * The leaves of one event that some rule names, in columns: no object is made of a leaf unless a rule asks for one.
 *
 *     leaf        0      1      2
 *     path        3      5      3        leaves of a path are linked: firstOf[3] = 0, next[0] = 2, next[2] = -1
 *     from, to    place in the text, of strings without the quotes
 *     chain       innermost element of an array it lies in: -1 none, else a row of array, index, parent
 *
 * The columns of one event are overwritten by the next.
 */
import type { Leaf } from "../flatten.ts";
import { comparable } from "../numbers.ts";
import type { Span } from "../pattern-error.ts";
import { QUOTE } from "./codes.ts";
import { EventBytes } from "./event-bytes.ts";
import { heldValue } from "./number-bytes.ts";

/** What is known of a leaf. */
const ESCAPED = 1;
const VALUED = 2;
const MADE = 4;

const NOWHERE: ReadonlyMap<number, number> = new Map();
const LETTER_T = 116;
const LETTER_F = 102;
const LETTER_N = 110;

class ReadLeaf implements Leaf {
  constructor(
    readonly path: string,
    readonly kind: Leaf["kind"],
    readonly text: string,
    readonly value: number | undefined,
    readonly within: ReadonlyMap<number, number>,
    readonly at: Span,
  ) {}
}

const grown = (column: Int32Array): Int32Array<ArrayBuffer> => {
  const longer = new Int32Array(column.length * 2);
  longer.set(column);
  return longer;
};

export class EventLeaves {
  readonly event = new EventBytes();
  /** How many there are; how many paths have some. */
  count = 0;
  presentCount = 0;
  /** Paths that have leaves, in the order of their first. */
  readonly present: Int32Array;
  /** By leaf. */
  from = new Int32Array(64);
  to = new Int32Array(64);
  private paths = new Int32Array(64);
  private next = new Int32Array(64);
  private chains = new Int32Array(64);
  private flags = new Int32Array(64);
  private values = new Float64Array(64);
  private made: (Leaf | undefined)[] = [];
  /** Elements of arrays: array, index, the element it lies in. */
  private chainCount = 0;
  private chainArray = new Int32Array(16);
  private chainIndex = new Int32Array(16);
  private chainParent = new Int32Array(16);
  /** By path. */
  private readonly firstOf: Int32Array;
  private readonly lastOf: Int32Array;
  private readonly inArray: Uint8Array;

  constructor(private readonly names: readonly string[]) {
    this.firstOf = new Int32Array(names.length).fill(-1);
    this.lastOf = new Int32Array(names.length);
    this.inArray = new Uint8Array(names.length);
    this.present = new Int32Array(names.length);
  }

  /** Takes the next event; what was known of the one before is gone. */
  clear(text: string): void {
    for (let i = 0; i < this.presentCount; i++) {
      const path = this.present[i] as number;
      this.firstOf[path] = -1;
      this.inArray[path] = 0;
    }
    this.count = 0;
    this.presentCount = 0;
    this.chainCount = 0;
    this.event.load(text);
  }

  add(path: number, from: number, to: number, isEscaped: boolean, chain: number): void {
    const leaf = this.count++;
    if (leaf === this.from.length) this.grow();
    this.paths[leaf] = path;
    this.from[leaf] = from;
    this.to[leaf] = to;
    this.next[leaf] = -1;
    this.chains[leaf] = chain;
    this.flags[leaf] = isEscaped ? ESCAPED : 0;
    if (this.firstOf[path] === -1) {
      this.firstOf[path] = leaf;
      this.present[this.presentCount++] = path;
    } else this.next[this.lastOf[path] as number] = leaf;
    this.lastOf[path] = leaf;
    if (chain >= 0) this.inArray[path] = 1;
  }

  private grow(): void {
    this.from = grown(this.from);
    this.to = grown(this.to);
    this.paths = grown(this.paths);
    this.next = grown(this.next);
    this.chains = grown(this.chains);
    this.flags = grown(this.flags);
    const values = new Float64Array(this.from.length);
    values.set(this.values);
    this.values = values;
  }

  /** An element of an array, in the element `parent` (-1: none). */
  link(array: number, index: number, parent: number): number {
    const chain = this.chainCount++;
    if (chain === this.chainArray.length) {
      this.chainArray = grown(this.chainArray);
      this.chainIndex = grown(this.chainIndex);
      this.chainParent = grown(this.chainParent);
    }
    this.chainArray[chain] = array;
    this.chainIndex[chain] = index;
    this.chainParent[chain] = parent;
    return chain;
  }

  /** First leaf of a path, -1 where it has none; `after` gives the others. */
  first(path: number): number {
    return this.firstOf[path] as number;
  }

  after(leaf: number): number {
    return this.next[leaf] as number;
  }

  /** Whether a leaf of the path lies in an element of an array. */
  isInArray(path: number): boolean {
    return this.inArray[path] === 1;
  }

  isString(leaf: number): boolean {
    return this.event.bytes[(this.from[leaf] as number) - 1] === QUOTE;
  }

  /** Whether a string is written with escapes: then its bytes are not its text. */
  isEscaped(leaf: number): boolean {
    return ((this.flags[leaf] as number) & ESCAPED) !== 0;
  }

  /** Of no string: the kind by its first letter. */
  plainKind(leaf: number): Exclude<Leaf["kind"], "string"> {
    const letter = this.event.bytes[this.from[leaf] as number];
    if (letter === LETTER_T) return "true";
    if (letter === LETTER_F) return "false";
    return letter === LETTER_N ? "null" : "number";
  }

  /** Text of a string, unescaped. */
  string(leaf: number): string {
    const raw = this.event.text.slice(this.from[leaf], this.to[leaf]);
    return this.isEscaped(leaf) ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  /** Of a number that a double holds; NaN of all else. */
  value(leaf: number): number {
    const flags = this.flags[leaf] as number;
    if ((flags & VALUED) === 0) {
      this.flags[leaf] = flags | VALUED;
      this.values[leaf] = this.isString(leaf) || this.plainKind(leaf) !== "number" ? Number.NaN : this.read(leaf);
    }
    return this.values[leaf] as number;
  }

  private read(leaf: number): number {
    const [from, to] = [this.from[leaf] as number, this.to[leaf] as number];
    const value = heldValue(this.event.bytes, from, to);
    return Number.isNaN(value) ? (comparable(this.event.text.slice(from, to)) ?? Number.NaN) : value;
  }

  /** The leaf as the matcher by definition knows it. */
  leaf(number: number): Leaf {
    const flags = this.flags[number] as number;
    if ((flags & MADE) === 0) {
      this.flags[number] = flags | MADE;
      this.made[number] = this.make(number);
    }
    return this.made[number] as Leaf;
  }

  private make(number: number): Leaf {
    const [from, to] = [this.from[number] as number, this.to[number] as number];
    const isString = this.isString(number);
    const text = isString ? this.string(number) : this.event.text.slice(from, to);
    const kind = isString ? "string" : this.plainKind(number);
    const at = isString ? { from: from - 1, to: to + 1 } : { from, to };
    const path = this.names[this.paths[number] as number] as string;
    return new ReadLeaf(path, kind, text, kind === "number" ? comparable(text) : undefined, this.within(this.chains[number] as number), at);
  }

  private within(chain: number): ReadonlyMap<number, number> {
    if (chain < 0) return NOWHERE;
    const all = new Map<number, number>();
    for (let at = chain; at >= 0; at = this.chainParent[at] as number)
      all.set(this.chainArray[at] as number, this.chainIndex[at] as number);
    return all;
  }
}
