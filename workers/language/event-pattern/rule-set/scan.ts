/**
 * Reads the leaves of an event that some rule names, straight from its text: no object is made of the event, strings that
 * nobody asks for are jumped over, and what a leaf holds is decoded only when a rule looks at it.
 *
 * The text must be JSON; the columns of one event are overwritten by the next.
 */

import type { Leaf } from "../flatten.ts";
import { comparable } from "../numbers.ts";
import type { Span } from "../pattern-error.ts";
import { below, type NameNode } from "./names.ts";

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const BACKSLASH = 92;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/** Units after which the end of a string is searched instead of read. */
const SHORT = 24;

/** Names that are searched in the rest of an event before it is left unread. */
const MOST_SEARCHED = 12;

const NOWHERE: ReadonlyMap<number, number> = new Map();

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

export class Scanner {
  private text = "";
  private at = 0;
  private hasEscape = false;
  /** The first backslash at or behind the place where it was looked for last. */
  private escape = -1;
  private arrays = 0;
  /** Objects that are being read, and how many of their names have not come yet. */
  private readonly open: NameNode[] = [];
  private awaited = 0;
  private isDone = false;
  /** Leaves: path, place in the text (of strings without the quotes), whether escapes must be read, element of an array. */
  private readonly paths: number[] = [];
  private readonly from: number[] = [];
  private readonly to: number[] = [];
  private readonly escaped: boolean[] = [];
  private readonly chains: number[] = [];
  private readonly made: (Leaf | undefined)[] = [];
  /** Elements of arrays: array, index, the element it lies in. */
  private readonly chainArray: number[] = [];
  private readonly chainIndex: number[] = [];
  private readonly chainParent: number[] = [];
  /** First and next leaf of a path. */
  private readonly firstOf: Int32Array;
  private readonly lastOf: Int32Array;
  private readonly next: number[] = [];
  private readonly inArray: Uint8Array;
  private readonly touched: number[] = [];

  constructor(
    private readonly names: readonly string[],
    private readonly root: NameNode,
  ) {
    this.firstOf = new Int32Array(names.length).fill(-1);
    this.lastOf = new Int32Array(names.length).fill(-1);
    this.inArray = new Uint8Array(names.length);
  }

  /** Reads an event; the leaves of the one before are gone. */
  read(text: string): void {
    for (const path of this.touched) {
      this.firstOf[path] = -1;
      this.inArray[path] = 0;
    }
    this.touched.length = 0;
    this.paths.length = 0;
    this.from.length = 0;
    this.to.length = 0;
    this.escaped.length = 0;
    this.chains.length = 0;
    this.made.length = 0;
    this.next.length = 0;
    this.chainArray.length = 0;
    this.chainIndex.length = 0;
    this.chainParent.length = 0;
    this.arrays = 0;
    this.text = text;
    this.at = 0;
    this.escape = -1;
    this.open.length = 0;
    this.awaited = 0;
    this.isDone = false;
    this.blank();
    if (text.charCodeAt(this.at) === OPEN_OBJECT) this.object(this.root, -1);
  }

  /** Paths that have leaves, in the order of their first. */
  get present(): readonly number[] {
    return this.touched;
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
    return this.text.charCodeAt((this.from[leaf] as number) - 1) === QUOTE;
  }

  /** Text of a string, unescaped. */
  string(leaf: number): string {
    const raw = this.text.slice(this.from[leaf], this.to[leaf]);
    return this.escaped[leaf] === true ? (JSON.parse(`"${raw}"`) as string) : raw;
  }

  /** The leaf as the matcher by definition knows it. */
  leaf(number: number): Leaf {
    let leaf = this.made[number];
    if (leaf === undefined) {
      leaf = this.make(number);
      this.made[number] = leaf;
    }
    return leaf;
  }

  private make(number: number): Leaf {
    const [from, to] = [this.from[number] as number, this.to[number] as number];
    const isString = this.isString(number);
    const text = isString ? this.string(number) : this.text.slice(from, to);
    const kind = isString ? "string" : text === "true" || text === "false" || text === "null" ? text : "number";
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

  private blank(): void {
    while (this.text.charCodeAt(this.at) <= 32) this.at++;
  }

  /** From behind an opening quote to the closing one; leaves `at` behind it. Most strings are short: longer ones are jumped over. */
  private stringEnd(): number {
    const { text } = this;
    let end = this.at;
    const soon = end + SHORT;
    this.hasEscape = false;
    for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) {
      if (code === BACKSLASH) {
        this.hasEscape = true;
        end += 2;
      } else end++;
      if (end >= soon && !this.hasEscape) return this.longEnd(end);
    }
    this.at = end + 1;
    return end;
  }

  private longEnd(from: number): number {
    const { text } = this;
    let end = text.indexOf('"', from);
    if (this.escape < from) {
      const next = text.indexOf("\\", from);
      this.escape = next < 0 ? Number.POSITIVE_INFINITY : next;
    }
    if (this.escape < end) {
      this.hasEscape = true;
      end = this.escape;
      for (let code = text.charCodeAt(end); code !== QUOTE; code = text.charCodeAt(end)) end += code === BACKSLASH ? 2 : 1;
    }
    this.at = end + 1;
    return end;
  }

  private object(node: NameNode, chain: number): void {
    const { text } = this;
    this.open.push(node);
    this.awaited += node.children.size;
    let left = node.children.size;
    this.at++;
    while (!this.isDone) {
      this.blank();
      const code = text.charCodeAt(this.at++);
      if (code === CLOSE_OBJECT) break;
      if (code === COMMA) continue;
      const from = this.at;
      const to = this.stringEnd();
      const child = this.named(node, from, to);
      this.blank();
      if (text.charCodeAt(this.at) === COLON) this.at++;
      this.blank();
      if (child === undefined) {
        this.skip();
        continue;
      }
      if (left > 0) {
        left--;
        this.awaited--;
      }
      this.value(child, chain);
      if (this.awaited === 0) this.isDone = this.isRestSilent();
    }
    this.awaited -= left;
    this.open.pop();
  }

  private named(node: NameNode, from: number, to: number): NameNode | undefined {
    const { text } = this;
    if (this.hasEscape) return below(node, JSON.parse(text.slice(from - 1, to + 1)) as string);
    const mayBe = to === from || node.starts[text.charCodeAt(from) & 63] === 1;
    return mayBe ? below(node, text.slice(from, to)) : undefined;
  }

  /**
   * Every name that is looked for in the objects that are still open has come: what follows is read only if one of them comes
   * once more in it (members of the same name count), or an escape might spell one.
   */
  private isRestSilent(): boolean {
    const { text, at } = this;
    let count = 0;
    for (const { names } of this.open) count += names.length;
    if (count > MOST_SEARCHED || text.indexOf("\\", at) >= 0) {
      this.awaited = Number.POSITIVE_INFINITY;
      return false;
    }
    for (const { names } of this.open)
      for (const name of names) {
        if (name !== "" && text.indexOf(name, at) < 0) continue;
        this.awaited = Number.POSITIVE_INFINITY;
        return false;
      }
    return true;
  }

  private value(node: NameNode, chain: number): void {
    switch (this.text.charCodeAt(this.at)) {
      case OPEN_OBJECT:
        if (node.children.size === 0) this.skip();
        else this.object(node, chain);
        return;
      case OPEN_ARRAY:
        this.array(node, chain);
        return;
      case QUOTE: {
        const from = ++this.at;
        const to = this.stringEnd();
        if (node.path >= 0) this.add(node.path, from, to, this.hasEscape, chain);
        return;
      }
      default: {
        const from = this.at;
        this.plain();
        if (node.path >= 0) this.add(node.path, from, this.at, false, chain);
      }
    }
  }

  private array(node: NameNode, chain: number): void {
    const number = this.arrays++;
    this.awaited++; // more elements may come
    this.at++;
    for (let index = 0; ; ) {
      this.blank();
      const code = this.text.charCodeAt(this.at);
      if (code === CLOSE_ARRAY) break;
      if (code === COMMA) {
        this.at++;
        index++;
        continue;
      }
      const isPlain = code !== OPEN_OBJECT && code !== OPEN_ARRAY;
      this.value(node, isPlain ? chain : this.link(number, index, chain));
    }
    this.awaited--;
    this.at++;
  }

  private link(array: number, index: number, parent: number): number {
    this.chainArray.push(array);
    this.chainIndex.push(index);
    return this.chainParent.push(parent) - 1;
  }

  private add(path: number, from: number, to: number, escaped: boolean, chain: number): void {
    const leaf = this.paths.push(path) - 1;
    this.from.push(from);
    this.to.push(to);
    this.escaped.push(escaped);
    this.chains.push(chain);
    this.next.push(-1);
    this.made.push(undefined);
    if (this.firstOf[path] === -1) {
      this.firstOf[path] = leaf;
      this.touched.push(path);
    } else this.next[this.lastOf[path] as number] = leaf;
    this.lastOf[path] = leaf;
    if (chain >= 0) this.inArray[path] = 1;
  }

  /** Over a number or a literal. */
  private plain(): void {
    const { text } = this;
    for (let code = text.charCodeAt(this.at); code > 32 && code !== COMMA && code !== CLOSE_OBJECT && code !== CLOSE_ARRAY; )
      code = text.charCodeAt(++this.at);
  }

  /** Over a value that nobody asks for. */
  private skip(): void {
    const { text } = this;
    const code = text.charCodeAt(this.at);
    if (code === QUOTE) {
      this.at++;
      this.stringEnd();
      return;
    }
    if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) {
      this.plain();
      return;
    }
    let depth = 0;
    let at = this.at;
    for (;;) {
      const here = text.charCodeAt(at++);
      // Numbers, commas and colons lie below the brackets.
      if (here < OPEN_ARRAY) {
        if (here !== QUOTE) continue;
        this.at = at;
        this.stringEnd();
        at = this.at;
      } else if (here === OPEN_OBJECT || here === OPEN_ARRAY) depth++;
      else if ((here === CLOSE_OBJECT || here === CLOSE_ARRAY) && --depth === 0) break;
    }
    this.at = at;
  }
}
