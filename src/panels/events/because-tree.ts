/** The engine's reasons of an event pattern as nodes to draw, with the change of the pattern that would take what was found. */
import type { LineMark } from "../../editors/json/json-editor.ts";
import type { ExplainNode } from "../../ui/ExplainTree.tsx";
import type { Because } from "./answers.ts";

export interface Fix {
  /** Part of the pattern that is replaced. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface EventNode {
  readonly id: string;
  readonly result: ExplainNode["result"];
  /** A field's path, or how the parts below belong together. */
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** What the pattern asks of the field, each as it is written. */
  readonly tests: readonly string[];
  readonly found?: string;
  readonly reason: string;
  readonly fix?: Fix;
  readonly parts: readonly EventNode[];
}

export function eventNodes(because: Because): readonly EventNode[] {
  return (because.parts ?? []).map((part, at) => nodeOf(part, `${at}`));
}

function nodeOf(because: Because, id: string): EventNode {
  const { text: name, from, to, reason, found, verdict, parts = [] } = because;
  const common = { id, name, from, to, reason, ...(found === undefined ? {} : { found }) };
  // A field that stands twice: its first place does not count.
  if (parts.length === 0) return { ...common, result: found === undefined ? "skip" : verdict ? "yes" : "no", tests: [], parts: [] };
  const isField = found !== undefined;
  if (!isField) return { ...common, result: "branch", tests: [], parts: parts.map((part, at) => nodeOf(part, `${id}.${at}`)) };
  const result = verdict ? "yes" : found === "absent" ? "miss" : "no";
  const fix = result === "no" ? fixOf(parts, found) : undefined;
  return { ...common, result, tests: parts.map((part) => part.text), parts: [], ...(fix === undefined ? {} : { fix }) };
}

/** Only where one value was found: which of many is wanted, nobody knows. */
function fixOf(tests: readonly Because[], found: string): Fix | undefined {
  const [first, last] = [tests[0], tests.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  try {
    JSON.parse(found);
  } catch {
    return undefined; // several values, or a number that JSON does not know
  }
  return { from: first.from, to: last.to, text: found };
}

const leaves = (nodes: readonly EventNode[]): readonly EventNode[] =>
  nodes.flatMap((node) => (node.parts.length === 0 ? [node] : leaves(node.parts)));

/** Lines of the pattern to mark. */
export const patternMarks = (nodes: readonly EventNode[]): readonly LineMark[] =>
  leaves(nodes).flatMap(({ result, from, to }): readonly LineMark[] =>
    result === "no" ? [{ from, to, css: "hb" }] : result === "miss" ? [{ from, to, css: "hm" }] : [],
  );

/** Members of the event to mark, by dotted path. */
export const eventMarks = (nodes: readonly EventNode[]): Readonly<Record<string, "hb">> =>
  Object.fromEntries(leaves(nodes).flatMap(({ result, name }) => (result === "no" ? [[name, "hb" as const]] : [])));

/** How many of the fields are met. */
export function countMet(nodes: readonly EventNode[]): { readonly met: number; readonly all: number } {
  const counted = leaves(nodes).filter(({ result }) => result !== "skip");
  return { met: counted.filter(({ result }) => result === "yes").length, all: counted.length };
}

export const applied = (pattern: string, { from, to, text }: Fix): string => pattern.slice(0, from) + text + pattern.slice(to);
