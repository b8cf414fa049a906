/**
 * Which rows an expression selects. One walk over the tree for any number of rows; with a recorder the same walk, over one
 * row, also says why: then every part is asked, else only rows that are still undecided.
 */
import type { Because } from "../because.ts";
import { numberPasses } from "./compare.ts";
import { containsStructure, placeRows, placesOf, type Rows, type Selection, type TraceRows } from "./rows.ts";
import type { AnnotationNode, CauseNode, EdgeNode, Expression, Selector, ServiceNode } from "./tree.ts";

/** Rows of related things that are looked at in one go. */
const AT_ONCE = 8192;
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
      for (const part of node.parts) left = without(left, passing(part, inner, parts === undefined ? left : selection));
      return without(selection, left);
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
  let at = 0;
  return kept(a, (row) => {
    if (at >= b.length || b[at] !== row) return true;
    at++;
    return false;
  });
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

/** Traces that have a related row which passes `test`, and then the block. */
function tracesWith(
  related: { readonly rows: Rows; of(trace: number, into: number[]): void },
  test: ((row: number) => boolean) | undefined,
  block: Expression | undefined,
  walk: Walk,
  selection: Selection,
  found: string[] | undefined,
): Selection {
  const out = new Uint32Array(selection.length);
  let n = 0;
  const inner: Walk = { rows: related.rows, traces: undefined, text: walk.text, record: undefined };
  let rows: number[] = [];
  let owners: number[] = [];
  const settle = (): void => {
    const passed = block === undefined ? rows : passing(block, inner, new Uint32Array(rows));
    // Both lists are in the order in which rows were taken, so one walk finds the owners of what passed.
    let at = 0;
    for (let i = 0; i < rows.length && at < passed.length; i++) {
      if (rows[i] !== passed[at]) continue;
      at++;
      if (n === 0 || out[n - 1] !== owners[i]) out[n++] = owners[i] as number;
    }
    if (found !== undefined) explainRelated(rows, block, walk, related.rows, found);
    rows = [];
    owners = [];
  };
  const mine: number[] = [];
  for (let i = 0; i < selection.length; i++) {
    const trace = selection[i] as number;
    mine.length = 0;
    related.of(trace, mine);
    for (let k = 0; k < mine.length; k++) {
      const row = mine[k] as number;
      if (test !== undefined && !test(row)) continue;
      rows.push(row);
      owners.push(trace);
      if (block === undefined) break; // one is enough
    }
    if (rows.length >= AT_ONCE) settle();
  }
  settle();
  return n === selection.length ? selection : out.subarray(0, n);
}

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
