/** The fields that some rule names, as a tree over the parts of their joined names: everything else in an event is passed over. */

export interface NameNode {
  /** Number of the path that ends here; -1 where none does. */
  readonly path: number;
  readonly children: ReadonlyMap<string, NameNode>;
  /** Whether some child's name has its first character's code: most names of an event end here. By code modulo 64. */
  readonly starts: Uint8Array;
  /** Its children's names, for searching. */
  readonly names: readonly string[];
}

interface Growing {
  path: number;
  readonly children: Map<string, Growing>;
  readonly starts: Uint8Array;
  readonly names: string[];
}

const growing = (): Growing => ({ path: -1, children: new Map(), starts: new Uint8Array(64), names: [] });

/** Names are joined with dots in events and patterns alike, so a part never holds one. */
export function nameTree(paths: readonly string[]): NameNode {
  const root = growing();
  for (const [number, path] of paths.entries()) {
    let node = root;
    for (const part of path.split(".")) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = growing();
        node.children.set(part, child);
        node.names.push(part);
        node.starts[part.charCodeAt(0) & 63] = 1; // NaN & 63 is 0: an empty name
      }
      node = child;
    }
    node.path = number;
  }
  return root;
}

/** Below `node` by an event's own name, which may hold dots. */
export function below(node: NameNode, name: string): NameNode | undefined {
  const found = node.children.get(name);
  if (found !== undefined || !name.includes(".")) return found;
  let at: NameNode | undefined = node;
  for (const part of name.split(".")) {
    at = at.children.get(part);
    if (at === undefined) return undefined;
  }
  return at;
}
