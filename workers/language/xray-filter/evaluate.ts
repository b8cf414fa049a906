/**
 * Which rows an expression selects. One walk over the tree for any number of rows; with a recorder the same walk, over one
 * row, also says why: then every part is asked, else only rows that are still undecided.
 */
import type { Because } from "../because.ts";
import { numberPasses } from "./compare.ts";
import { containsStructure, placeRows, placesOf, type Related, type Rows, type RowTest, type Selection, type TraceRows } from "./rows.ts";
import type { AnnotationNode, CauseNode, EdgeNode, Expression, Selector, ServiceNode } from "./tree.ts";

/** Related things that an explanation shows. */
const SHOWN = 5;

/** The traces of a selection (ascending) that match, ascending. */
export const matchingTraces = (expression: Expression, traces: TraceRows, selection: Selection): Selection =>
  passing(expression, { rows: traces, traces, text: "", record: undefined }, selection);

export const matchesTrace = (expression: Expression, traces: TraceRows, trace: number): boolean =>
  matchingTraces(expression, traces, Uint32Array.of(trace)).length > 0;

/** Why one trace matches or does not, part by part. @param text the expression as it was parsed */
export function explainTrace(expression: Expression, text: string, traces: TraceRows, trace: number): Because {
  const record: Because[] = [];
  passing(expression, { rows: traces, traces, text, record }, Uint32Array.of(trace));
  return record[0] as Because;
}

interface Walk {
  readonly rows: Rows;
  /** Absent inside blocks. */
  readonly traces: TraceRows | undefined;
  readonly text: string;
  readonly record: Because[] | undefined;
}

function passing(node: Expression, walk: Walk, selection: Selection): Selection {
  if (walk.record === undefined) return decide(node, walk, selection, undefined, undefined);
  const parts: Because[] = [];
  const found: string[] = [];
  const kept = decide(node, walk, selection, parts, found);
  const verdict = kept.length > 0;
  walk.record.push({
    text: walk.text.slice(node.from, node.to),
    from: node.from,
    to: node.to,
    verdict,
    ...(found.length === 0 ? {} : { found: found.join(", ") }),
    reason: reasonOf(node, verdict, parts, found),
    ...(parts.length === 0 ? {} : { parts }),
  });
  return kept;
}

function decide(node: Expression, walk: Walk, selection: Selection, parts: Because[] | undefined, found: string[] | undefined): Selection {
  const inner: Walk = { ...walk, record: parts };
  const show = (word: string): void => {
    if (found === undefined) return;
    for (const row of selection) {
      const text = walk.rows.shown(word, row);
      if (text !== "") found.push(text);
    }
  };
  switch (node.kind) {
    case "and": {
      let left = selection;
      for (const part of node.parts) {
        const passed = passing(part, inner, parts === undefined ? left : selection);
        // With a recorder the selection is one row, asked of every part.
        left = left.length === 0 ? left : passed;
      }
      return left;
    }
    case "or": {
      let left = selection;
      let found: Selection = new Uint32Array(0);
      node.parts.forEach((part, at) => {
        const passed = passing(part, inner, left);
        if (parts !== undefined) {
          // With a recorder the selection is one row, asked of every part.
          if (found.length === 0) found = passed;
          return;
        }
        found = merged(found, passed);
        if (at < node.parts.length - 1) left = without(left, passed);
      });
      return found;
    }
    case "not":
      return without(selection, passing(node.part, inner, selection));
    case "flag": {
      const flag = walk.rows.flag(node.word);
      show(node.word);
      return kept(selection, (row) => flag(row) === node.wanted);
    }
    case "number": {
      const number = walk.rows.number(node.word);
      show(node.word);
      return kept(selection, (row) => numberPasses(node.test, number(row)));
    }
    case "text":
      show(node.word);
      return kept(selection, walk.rows.text(node.word, node.test));
    case "annotation":
      return kept(selection, annotationPasses(node, walk.rows, found));
    case "group":
      return passing(node.inner, { ...inner, text: node.text }, selection);
    case "service":
      return serviceTraces(node, inner, selection, found);
    case "edge":
      return edgeTraces(node, inner, selection, found);
    case "cause":
      return causeTraces(node, inner, selection);
    case "cause-json":
      return kept(selection, (trace) => node.structures.every((given) => anyCause(walk.traces as TraceRows, trace, given)));
  }
}

function kept(selection: Selection, test: (row: number) => boolean): Selection {
  const out = new Uint32Array(selection.length);
  let n = 0;
  for (let i = 0; i < selection.length; i++) {
    const row = selection[i] as number;
    if (test(row)) out[n++] = row;
  }
  return n === selection.length ? selection : out.subarray(0, n);
}

/** What is in `a` and not in `b`, which is what was kept of `a`: the same rows in the same order, or fewer. */
function without(a: Selection, b: Selection): Selection {
  if (b.length === 0) return a;
  const out = new Uint32Array(a.length - b.length);
  let at = 0;
  for (let i = 0, n = 0; n < out.length; i++) {
    if (at < b.length && b[at] === a[i]) at++;
    else out[n++] = a[i] as number;
  }
  return out;
}

/** What is in either, ascending as both are; nothing is in both. */
function merged(a: Selection, b: Selection): Selection {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out = new Uint32Array(a.length + b.length);
  let [i, k] = [0, 0];
  for (let n = 0; n < out.length; n++) {
    if (k >= b.length || (i < a.length && (a[i] as number) < (b[k] as number))) out[n] = a[i++] as number;
    else out[n] = b[k++] as number;
  }
  return out;
}

function annotationPasses({ key, test }: AnnotationNode, rows: Rows, found: string[] | undefined): (row: number) => boolean {
  const values = rows.annotation(key);
  let passes = false;
  const visit = (value: string | number | boolean): void => {
    found?.push(typeof value === "string" ? JSON.stringify(value) : String(value));
    if (test === undefined) passes ||= value !== false;
    else if (typeof value === "string") passes ||= test.kind === "text" && test.passes(value);
    else if (typeof value === "number") passes ||= test.kind === "number" && numberPasses(test, value);
    else passes ||= test.kind === "flag" && test.wanted === value;
  };
  return (row) => {
    passes = false;
    values(row, visit);
    return passes;
  };
}

function fits(rows: Rows, { name, type, account }: Selector): ((row: number) => boolean) | undefined {
  const tests = [
    ...(name === undefined ? [] : [rows.text("name", name)]),
    ...(type === undefined ? [] : [rows.text("type", type)]),
    ...(account === undefined ? [] : [rows.text("account.id", account)]),
  ];
  if (tests.length === 0) return undefined;
  const [first] = tests as [(row: number) => boolean];
  return tests.length === 1 ? first : (row) => tests.every((test) => test(row));
}

/** Traces that have a related row which passes `test`, and the block. */
function tracesWith(
  related: Related,
  test: RowTest | undefined,
  block: Expression | undefined,
  walk: Walk,
  selection: Selection,
  found: string[] | undefined,
): Selection {
  const inBlock = block === undefined ? undefined : blockTest(block, related.rows);
  // Flags and numbers lie in columns, names behind two more: what costs less is asked first.
  const [first = all, second = all] = block !== undefined && isCheap(block) ? [inBlock, test] : [test, inBlock];
  if (found !== undefined) {
    const rows: number[] = [];
    for (const trace of selection) related.of(trace, rows);
    const fitting = test === undefined ? rows : rows.filter(test);
    // Without a block one is enough.
    explainRelated(block === undefined ? fitting.slice(0, 1) : fitting, block, walk, related.rows, found);
  }
  return related.select(selection, first, second);
}

const all: RowTest = () => true;

/** A block as a test of one row: it holds comparisons only. */
function blockTest(node: Expression, rows: Rows): RowTest {
  switch (node.kind) {
    case "and": {
      const parts = node.parts.map((part) => blockTest(part, rows));
      return (row) => parts.every((part) => part(row));
    }
    case "or": {
      const parts = node.parts.map((part) => blockTest(part, rows));
      return (row) => parts.some((part) => part(row));
    }
    case "not": {
      const part = blockTest(node.part, rows);
      return (row) => !part(row);
    }
    case "flag": {
      const flag = rows.flag(node.word);
      return node.wanted ? flag : (row) => !flag(row);
    }
    case "number": {
      const number = rows.number(node.word);
      return (row) => numberPasses(node.test, number(row));
    }
    case "text":
      return rows.text(node.word, node.test);
    case "annotation":
      return annotationPasses(node, rows, undefined);
    default:
      throw new TypeError(`${node.kind} stands in a block`); // the parser lets it stand at trace level only
  }
}

const isCheap = (node: Expression): boolean =>
  node.kind === "flag" || node.kind === "number" || ((node.kind === "and" || node.kind === "or") && node.parts.every(isCheap));

/** What was found, and the block's reasons for the first few. */
function explainRelated(rows: readonly number[], block: Expression | undefined, walk: Walk, of: Rows, found: string[]): void {
  for (const row of rows.slice(0, SHOWN)) {
    const type = of.shown("type", row);
    found.push(`${of.shown("name", row)}${type === "" ? "" : ` (${type})`}`);
    if (block !== undefined) passing(block, { rows: of, traces: undefined, text: walk.text, record: walk.record }, Uint32Array.of(row));
  }
  if (rows.length > SHOWN) found.push(`and ${rows.length - SHOWN} more`);
}

function serviceTraces({ selector, block }: ServiceNode, walk: Walk, selection: Selection, found: string[] | undefined): Selection {
  const { services } = walk.traces as TraceRows; // the parser lets service() stand at trace level only
  return tracesWith(services, fits(services.rows, selector), block, walk, selection, found);
}

function edgeTraces({ caller, callee, block }: EdgeNode, walk: Walk, selection: Selection, found: string[] | undefined): Selection {
  const { services, calls } = walk.traces as TraceRows;
  const [from, to] = [fits(services.rows, caller), fits(services.rows, callee)];
  const test = (row: number): boolean => {
    const [a, b] = [calls.caller(row), calls.callee(row)];
    return a >= 0 && b >= 0 && (from?.(a) ?? true) && (to?.(b) ?? true);
  };
  return tracesWith(calls, test, block, walk, selection, found);
}

function causeTraces({ of, list, block }: CauseNode, walk: Walk, selection: Selection): Selection {
  const traces = walk.traces as TraceRows;
  return kept(selection, (trace) =>
    traces.causes(trace, of).some((cause) => {
      const places = placesOf(cause, list);
      const all = Uint32Array.from(places, (_, row) => row);
      const inner: Walk = { rows: placeRows(places), traces: undefined, text: walk.text, record: undefined };
      return passing(block, inner, all).length > 0;
    }),
  );
}

const anyCause = (traces: TraceRows, trace: number, given: unknown): boolean =>
  (["fault", "error", "responsetime"] as const).some((of) => traces.causes(trace, of).some((cause) => containsStructure(given, cause)));

function reasonOf(node: Expression, verdict: boolean, parts: readonly Because[], found: readonly string[]): string {
  switch (node.kind) {
    case "and":
    case "or": {
      const met = parts.filter((part) => part.verdict).length;
      return node.kind === "and" ? `${met} of ${parts.length} hold; all must` : `${met} of ${parts.length} hold; one is enough`;
    }
    case "not":
      return verdict ? "it does not hold, so its opposite does" : "it holds, so its opposite does not";
    case "group":
      return "stands for the group's expression";
    case "service":
    case "edge":
      if (found.length === 0) return node.kind === "service" ? "the trace has no such service" : "the trace has no such call";
      if (node.block === undefined) return "it is in the trace";
      return verdict ? "one of them meets the block" : "none of them meets the block";
    case "cause":
    case "cause-json":
      return verdict ? "a root cause of the trace fits" : "no root cause of the trace fits";
    default:
      if (found.length === 0) return verdict ? "it is unset" : "it is unset, and a comparison with what is unset is false";
      return verdict ? "it holds" : "it does not hold";
  }
}
