/**
 * Reads the leaves of an event that some rule names, straight from its bytes: no object is made of the event, strings that
 * nobody asks for are jumped over, what a leaf holds is decoded only when a rule looks at it, and reading ends where no name
 * that is looked for can come any more.
 *
 * The text must be JSON; of one that breaks off, what was read until there counts.
 */
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from "./codes.ts";
import { stopOfName, stopOfString } from "./event-bytes.ts";
import type { EventLeaves } from "./leaves.ts";
import { below, belowPlain, type NameNode, type Needle } from "./names.ts";

/** Names that are searched in the rest of an event before it is left unread. */
const MOST_SEARCHED = 12;

export class Scanner {
  private bytes: Uint8Array = new Uint8Array(0);
  private view = new DataView(new ArrayBuffer(0));
  private text = "";
  private length = 0;
  private at = 0;
  private hasEscape = false;
  /** Where the next backslash stands, as far as was searched. */
  private readonly escape: Needle = { text: "\\", event: -1, at: -1 };
  private event = 0;
  private arrays = 0;
  /** Objects that are being read, and how many of their names have not come yet. */
  private readonly open: NameNode[] = [];
  private depth = 0;
  private awaited = 0;
  private isDone = false;

  constructor(
    private readonly root: NameNode,
    private readonly leaves: EventLeaves,
  ) {}

  /** Reads an event into the leaves; those of the one before are gone. */
  read(text: string): void {
    const { leaves } = this;
    leaves.clear(text);
    this.bytes = leaves.event.bytes;
    this.view = leaves.event.view;
    this.text = text;
    this.length = text.length;
    this.event++;
    this.arrays = 0;
    this.depth = 0;
    this.awaited = 0;
    this.isDone = false;
    this.at = 0;
    this.blank();
    if (this.bytes[this.at] === OPEN_OBJECT) this.object(this.root, -1);
  }

  private blank(): void {
    while ((this.bytes[this.at] as number) <= 32) this.at++;
  }

  private object(node: NameNode, chain: number): void {
    const { bytes, view } = this;
    this.open[this.depth++] = node;
    let left = node.children.size;
    this.awaited += left;
    let at = this.at + 1;
    for (;;) {
      let code = bytes[at] as number;
      while (code <= 32 || code === COMMA) code = bytes[++at] as number;
      if (code !== QUOTE || at >= this.length) break;
      const from = at + 1;
      let to = stopOfName(view, from);
      const isPlain = bytes[to] === QUOTE;
      if (!isPlain) to = this.restOfString(to);
      at = to + 1;
      code = bytes[at] as number;
      while (code <= 32 || code === COLON) code = bytes[++at] as number;
      const child = isPlain ? belowPlain(node, this.text, bytes, from, to) : this.spelt(node, from, to);
      if (child === undefined) {
        const end = code === QUOTE ? stopOfString(view, at + 1) : at;
        if (end > at && bytes[end] === QUOTE) {
          at = end + 1;
          continue;
        }
        this.at = at;
        this.skip();
        at = this.at;
        continue;
      }
      if (left > 0) {
        left--;
        this.awaited--;
      }
      this.at = at;
      this.value(child, chain);
      if (this.awaited === 0) this.isDone ||= this.isRestSilent();
      if (this.isDone) break;
      at = this.at;
    }
    this.at = at + 1;
    this.awaited -= left;
    this.depth--;
  }

  private spelt(node: NameNode, from: number, to: number): NameNode | undefined {
    return to < this.length ? below(node, JSON.parse(this.text.slice(from - 1, to + 1)) as string) : undefined;
  }

  /**
   * Every name that is looked for in the objects that are still open has come: what follows is read only if one of them comes
   * once more in it (members of the same name count), or an escape might spell one.
   */
  private isRestSilent(): boolean {
    const { open, depth } = this;
    let count = 0;
    for (let i = 0; i < depth; i++) count += (open[i] as NameNode).needles.length;
    if (count > MOST_SEARCHED || this.comes(this.escape)) return false;
    for (let i = depth - 1; i >= 0; i--) {
      const { needles } = open[i] as NameNode;
      for (let j = 0; j < needles.length; j++) if (this.comes(needles[j] as Needle)) return false;
    }
    return true;
  }

  /** Whether it stands in what is left; searched once, until that place is passed. */
  private comes(needle: Needle): boolean {
    if (needle.event !== this.event || needle.at < this.at) {
      const found = this.text.indexOf(needle.text, this.at);
      needle.event = this.event;
      needle.at = found < 0 ? Number.MAX_SAFE_INTEGER : found;
    }
    return needle.at < this.length;
  }

  private value(node: NameNode, chain: number): void {
    switch (this.bytes[this.at]) {
      case OPEN_OBJECT:
        if (node.children.size === 0) this.skip();
        else this.object(node, chain);
        return;
      case OPEN_ARRAY:
        this.array(node, chain);
        return;
      case QUOTE: {
        const from = this.at + 1;
        const to = this.stringEnd(from);
        if (node.path >= 0 && to < this.length) this.leaves.add(node.path, from, to, this.hasEscape, chain);
        return;
      }
      default: {
        const from = this.at;
        this.plain();
        if (node.path >= 0) this.leaves.add(node.path, from, this.at, false, chain);
      }
    }
  }

  private array(node: NameNode, chain: number): void {
    const number = this.arrays++;
    this.awaited++; // more elements may come
    this.at++;
    for (let index = 0; ; ) {
      this.blank();
      const code = this.bytes[this.at];
      if (code === CLOSE_ARRAY || code === CLOSE_OBJECT || this.at >= this.length) break;
      if (code === COMMA) {
        this.at++;
        index++;
        continue;
      }
      const isPlain = code !== OPEN_OBJECT && code !== OPEN_ARRAY;
      this.value(node, isPlain ? chain : this.leaves.link(number, index, chain));
    }
    this.awaited--;
    this.at++;
  }

  /** From behind an opening quote to the closing one; leaves `at` behind it. */
  private stringEnd(from: number): number {
    let end = stopOfString(this.view, from);
    if (this.bytes[end] !== QUOTE) end = this.longEnd(end);
    else this.hasEscape = false;
    this.at = end + 1;
    return end;
  }

  /** The same for a string that is long or holds an escape. */
  private longEnd(from: number): number {
    this.at = from;
    const found = this.text.indexOf('"', from);
    const end = found < 0 ? this.length : found;
    this.hasEscape = this.comes(this.escape) && this.escape.at < end;
    return this.hasEscape ? this.restOfString(this.escape.at) : end;
  }

  /** The closing quote of a string that holds escapes from `at` on. */
  private restOfString(at: number): number {
    const { bytes } = this;
    let end = at;
    for (let code = bytes[end]; code !== QUOTE; code = bytes[end]) end += code === BACKSLASH ? 2 : 1;
    return end;
  }

  /** Over a number or a literal. */
  private plain(): void {
    const { bytes } = this;
    let at = this.at;
    for (let code = bytes[at] as number; code > 32 && code !== COMMA && code !== CLOSE_OBJECT && code !== CLOSE_ARRAY; )
      code = bytes[++at] as number;
    this.at = at;
  }

  /** Over a value that nobody asks for. */
  private skip(): void {
    const { bytes, length } = this;
    const code = bytes[this.at];
    if (code === QUOTE) {
      this.stringEnd(this.at + 1);
      return;
    }
    if (code !== OPEN_OBJECT && code !== OPEN_ARRAY) {
      this.plain();
      return;
    }
    let depth = 0;
    let at = this.at;
    while (at < length) {
      const here = bytes[at++] as number;
      // Numbers, commas and colons lie below the brackets.
      if (here < OPEN_ARRAY) {
        if (here === QUOTE) {
          this.stringEnd(at);
          at = this.at;
        }
      } else if (here === OPEN_OBJECT || here === OPEN_ARRAY) depth++;
      else if ((here === CLOSE_OBJECT || here === CLOSE_ARRAY) && --depth === 0) break;
    }
    this.at = at;
  }
}
