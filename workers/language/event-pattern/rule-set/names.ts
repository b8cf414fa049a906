/** The fields that some rule names, as a tree over the parts of their joined names: everything else in an event is passed over. */
import { DOT, QUOTE } from "./codes.ts";
import { asciiOf, standsAt } from "./event-bytes.ts";

/** What must stand in an event's text where a name is to come (again), and where it stands next. */
export interface Needle {
  readonly text: string;
  /** The event it was searched in last, and the place. */
  event: number;
  at: number;
}

interface Entry {
  readonly units: Uint8Array;
  readonly node: NameNode;
  readonly next: Entry | undefined;
}

export interface NameNode {
  /** Number of the path that ends here; -1 where none does. */
  path: number;
  readonly children: Map<string, NameNode>;
  /** One for each child. */
  readonly needles: Needle[];
  /** Whether a name with dots may lead below. */
  isDeep: boolean;
  /** Children with ASCII names by `slotOf`; undefined where too many share a slot. */
  slots: readonly (Entry | undefined)[] | undefined;
}

/** Children of one slot are compared one by one. */
const MOST_IN_SLOT = 6;

const grown = (): NameNode => ({ path: -1, children: new Map(), needles: [], isDeep: false, slots: undefined });

/** Names are joined with dots in events and patterns alike, so a part never holds one. */
export function nameTree(paths: readonly string[]): NameNode {
  const root = grown();
  for (const [number, path] of paths.entries()) {
    let node = root;
    for (const part of path.split(".")) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = grown();
        node.children.set(part, child);
      }
      node = child;
    }
    node.path = number;
  }
  furnish(root);
  return root;
}

function furnish(root: NameNode): void {
  const left = [root];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    for (const [name, child] of node.children) {
      // Behind a name the quote follows, or a dot that leads on; an empty one stands between quotes.
      const isEnd = child.children.size === 0;
      node.needles.push({ text: isEnd || name === "" ? `${name}"` : name, event: -1, at: -1 });
      node.isDeep ||= !isEnd;
      left.push(child);
    }
    node.slots = slotsOf(node.children);
  }
}

const slotOf = (length: number, first: number, middle: number, last: number, slots: number): number =>
  (length + first * 5 + middle * 11 + last * 23) & (slots - 1);

function slotsOf(children: ReadonlyMap<string, NameNode>): readonly (Entry | undefined)[] | undefined {
  let size = 16;
  while (size < children.size * 4) size *= 2;
  const slots = new Array<Entry | undefined>(size).fill(undefined);
  const used = new Map<number, number>();
  for (const [name, node] of children) {
    const units = asciiOf(name);
    if (units === undefined) continue;
    const { length } = units;
    const slot = slotOf(length, units[0] ?? QUOTE, units[length >> 1] ?? QUOTE, units[length - 1] ?? QUOTE, size);
    slots[slot] = { units, node, next: slots[slot] };
    used.set(slot, (used.get(slot) ?? 0) + 1);
  }
  return Math.max(0, ...used.values()) > MOST_IN_SLOT ? undefined : slots;
}

/** Below `node` by an event's own name, which may hold dots. */
export function below(node: NameNode, name: string): NameNode | undefined {
  let at: NameNode | undefined = node;
  for (const part of name.split(".")) {
    at = at.children.get(part);
    if (at === undefined) return undefined;
  }
  return at;
}

/** The same by the name's place between quotes, where it holds neither escapes nor units past ASCII. */
export function belowPlain(node: NameNode, text: string, bytes: Uint8Array, from: number, to: number): NameNode | undefined {
  const { slots } = node;
  if (slots === undefined) return below(node, text.slice(from, to));
  const length = to - from;
  const middle = bytes[from + (length >> 1)] as number;
  let entry = slots[slotOf(length, bytes[from] as number, middle, bytes[to - 1] as number, slots.length)];
  for (; entry !== undefined; entry = entry.next)
    if (entry.units.length === length && standsAt(bytes, from, entry.units)) return entry.node;
  if (node.isDeep) for (let at = from; at < to; at++) if (bytes[at] === DOT) return below(node, text.slice(from, to));
  return undefined;
}
