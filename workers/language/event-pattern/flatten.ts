/** An event as event patterns see it (facts eventbridge §5.1, §5.11): leaves under joined names, and the arrays they lie in. */
import { comparable } from "./numbers.ts";
import type { Span } from "./pattern-error.ts";
import { JsonReader } from "./reader.ts";

export interface Leaf {
  readonly path: string;
  readonly kind: "string" | "number" | "true" | "false" | "null";
  /** Unescaped text of a string, a number as it is written, else the literal. */
  readonly text: string;
  /** Of a number that a double holds. */
  readonly value?: number | undefined;
  /** Number of each array whose element holds this leaf, by the element's index. An array's own plain elements are not bound to it. */
  readonly within: ReadonlyMap<number, number>;
  /** In the event's text. */
  readonly at: Span;
}

export type Leaves = ReadonlyMap<string, readonly Leaf[]>;

const NOWHERE: ReadonlyMap<number, number> = new Map();

/** Reads an event from its text, so that the spelling of numbers and members of the same name count. Throws where it is no JSON. */
export function flattenEvent(text: string): Leaves {
  const reader = new JsonReader(text);
  const leaves = new Map<string, Leaf[]>();
  let arrays = 0;
  const members = (prefix: string, within: ReadonlyMap<number, number>): void => {
    while (reader.next().kind !== "}") {
      const path = prefix + reader.token.text;
      reader.next();
      value(path, within);
    }
  };
  const elements = (path: string, within: ReadonlyMap<number, number>): void => {
    const array = arrays++;
    for (let index = 0; reader.next().kind !== "]"; index++) {
      const isPlain = reader.token.kind !== "{" && reader.token.kind !== "[";
      value(path, isPlain ? within : new Map(within).set(array, index));
    }
  };
  const value = (path: string, within: ReadonlyMap<number, number>, prefix = `${path}.`): void => {
    const { kind, from, to } = reader.token;
    if (kind === "{") members(prefix, within);
    else if (kind === "[") elements(path, within);
    else {
      const leaf = leafOf(kind as Leaf["kind"], reader.token.text, path, within, { from, to });
      const there = leaves.get(path);
      if (there === undefined) leaves.set(path, [leaf]);
      else there.push(leaf);
    }
  };
  reader.next();
  value("", NOWHERE, "");
  return leaves;
}

function leafOf(kind: Leaf["kind"], text: string, path: string, within: ReadonlyMap<number, number>, at: Span): Leaf {
  const common = { path, kind, text: text === "" && kind !== "string" ? kind : text, within, at };
  if (kind !== "number") return common;
  const value = comparable(text);
  return value === undefined ? common : { ...common, value };
}
