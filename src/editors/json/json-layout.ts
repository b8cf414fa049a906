/** JSON laid out for reading: members one a line, short arrays on one. Every name and value stays as it was written. */

type Node = string | { readonly isList: boolean; readonly items: readonly (readonly [name: string, node: Node])[] };

const WIDEST = 72;
const TOKENS = /"(?:\\.|[^"\\])*"|[{}[\]:,]|[^\s{}[\]:,"]+/g;

/** Undefined where the text is no JSON: what is wrong with it, its own field says. */
export function laidOut(text: string): string | undefined {
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  const tokens = text.match(TOKENS) ?? [];
  let at = 0;
  const node = (): Node => {
    const first = tokens[at++] as string;
    if (first !== "{" && first !== "[") return first;
    const isList = first === "[";
    const items: (readonly [string, Node])[] = [];
    while (tokens[at] !== "}" && tokens[at] !== "]") {
      if (tokens[at] === ",") at++;
      if (isList) items.push(["", node()]);
      else {
        const name = tokens[at] as string;
        at += 2;
        items.push([name, node()]);
      }
    }
    at++;
    return { isList, items };
  };
  return written(node(), 0);
}

function written(node: Node, indent: number): string {
  if (typeof node === "string") return node;
  const [open, close] = node.isList ? "[]" : "{}";
  if (node.items.length === 0) return `${open}${close}`;
  const line = inOneLine(node);
  if (node.isList && line.length + indent <= WIDEST) return line;
  const inner = " ".repeat(indent + 2);
  const items = node.items.map(([name, item]) => `${inner}${name === "" ? "" : `${name}: `}${written(item, indent + 2)}`);
  return `${open}\n${items.join(",\n")}\n${" ".repeat(indent)}${close}`;
}

function inOneLine(node: Node): string {
  if (typeof node === "string") return node;
  const items = node.items.map(([name, item]) => (name === "" ? inOneLine(item) : `${name}: ${inOneLine(item)}`)).join(", ");
  return node.isList ? `[${items}]` : items === "" ? "{}" : `{ ${items} }`;
}

/** The same on one line, without blanks; undefined where the text is no JSON. */
export function compacted(text: string): string | undefined {
  return laidOut(text) === undefined ? undefined : (text.match(TOKENS) ?? []).join("");
}
