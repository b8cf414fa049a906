/** Traces, their services and their calls as filter expressions ask for them, read from the columns as they lie. */
import type { Related, Rows, TraceRows } from "../../language/xray-filter/rows.ts";
import type { TextTest } from "../../language/xray-filter/tree.ts";
import { isOk } from "../../store/traces/assemble.ts";
import { type DetailName, SPAN, TRACE } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { rootCauses } from "./causes.ts";
import { isService, seconds, spansOf } from "./traces.ts";

type Test = (row: number) => boolean;

const DETAIL_OF: Readonly<Record<string, DetailName>> = {
  "http.url": "url",
  "http.method": "method",
  "http.useragent": "agent",
  "http.clientip": "client",
  user: "user",
  availabilityzone: "zone",
  "instance.id": "instance",
  "resource.arn": "arn",
  "account.id": "account",
};
/** Words that a trace takes from its root; the other texts from any of its segments. */
const OF_ROOT: ReadonlySet<string> = new Set(["http.url", "http.method", "http.useragent", "http.clientip"]);
const FLAGS: Readonly<Record<string, number>> = {
  ok: TRACE.ok,
  error: TRACE.error,
  fault: TRACE.fault,
  throttle: TRACE.throttle,
  partial: TRACE.partial,
  inferred: TRACE.inferred,
};
/** Annotations of a trace that are indexed. */
const INDEXED_KEYS = 50;

export function filterRows(table: TraceTable): TraceRows {
  const { spans, traces } = table;
  const passes = textPasses(table);
  const spanRows = rowsOfSpans(table, passes);
  const services: Related = {
    rows: spanRows,
    of(trace, into) {
      for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
        if (((spans.flags[span] as number) & SPAN.replaced) === 0 && isService(table, span)) into.push(span);
      }
    },
    // Calls of closures are what this costs, so that the loop over spans stands here and not behind one more.
    select(selection, first, second) {
      const { next, flags, callee } = spans;
      const { firstSpan } = traces;
      const found = new Uint32Array(selection.length);
      let n = 0;
      for (let i = 0; i < selection.length; i++) {
        const trace = selection[i] as number;
        for (let span = firstSpan[trace] as number; span >= 0; span = next[span] as number) {
          const kind = (flags[span] as number) & (SPAN.replaced | SPAN.segment | SPAN.call);
          if (kind !== SPAN.segment && !(kind === SPAN.call && (callee[span] as number) < 0)) continue;
          if (!first(span) || !second(span)) continue;
          found[n++] = trace;
          break;
        }
      }
      return found.subarray(0, n);
    },
  };
  const calls: TraceRows["calls"] = {
    rows: spanRows,
    of(trace, into) {
      for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number)
        if (isCall(table, span)) into.push(span);
    },
    select(selection, first, second) {
      return selection.filter((trace) => {
        for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number)
          if (isCall(table, span) && first(span) && second(span)) return true;
        return false;
      });
    },
    caller: (row) => callerOf(table, row),
    callee: (row) => calleeOf(table, row),
  };
  return { ...rowsOfTraces(table, passes), services, calls, causes: (trace, of) => rootCauses(table, trace, of) };
}

/** A span that an edge of the graph is measured by: a call, or a segment whose parent is a segment or own code. */
export function isCall({ spans }: TraceTable, span: number): boolean {
  const flags = spans.flags[span] as number;
  if ((flags & SPAN.replaced) !== 0) return false;
  if ((flags & SPAN.call) !== 0) return (spans.owner[span] as number) >= 0;
  const up = spans.up[span] as number;
  return (flags & SPAN.segment) !== 0 && up >= 0 && ((spans.flags[up] as number) & SPAN.call) === 0 && (spans.owner[up] as number) >= 0;
}

/** Segment from which a call goes out. */
export const callerOf = ({ spans }: TraceTable, span: number): number =>
  ((spans.flags[span] as number) & SPAN.segment) !== 0 ? (spans.owner[spans.up[span] as number] as number) : (spans.owner[span] as number);

/** Segment that answers a call, or the call itself where it stands for a service that sends nothing. */
export function calleeOf({ spans }: TraceTable, span: number): number {
  const callee = spans.callee[span] as number;
  return callee >= 0 ? callee : span;
}

/** Tests of numbers of the string table; each text is compared once. */
function textPasses({ strings }: TraceTable): (test: TextTest | undefined) => (text: number) => boolean {
  const known = new WeakMap<TextTest, Uint8Array>();
  return (test) => {
    if (test === undefined) return (text) => text !== 0;
    // 0 not compared yet, 1 fails, 2 passes
    const verdicts = known.get(test) ?? new Uint8Array(strings.count);
    known.set(test, verdicts);
    return (text) => {
      if (text === 0) return false;
      const verdict = verdicts[text];
      if (verdict !== 0) return verdict === 2;
      const passed = test.passes(strings.texts[text] as string);
      verdicts[text] = passed ? 2 : 1;
      return passed;
    };
  };
}

type Passes = ReturnType<typeof textPasses>;

function rowsOfTraces(table: TraceTable, passes: Passes): Rows {
  const { spans, traces, details, strings } = table;
  const values = (word: string, trace: number): readonly number[] => {
    const column = details[DETAIL_OF[word] as DetailName];
    const root = traces.root[trace] as number;
    const of = OF_ROOT.has(word)
      ? root < 0
        ? []
        : [root]
      : spansOf(table, trace).filter((span) => ((spans.flags[span] as number) & SPAN.segment) !== 0);
    return [...new Set(of.map((span) => column[spans.detail[span] as number] as number))].filter((text) => text !== 0);
  };
  return {
    flag: (word) => flagOfTrace(traces.flags, FLAGS[word] as number),
    number(word) {
      if (word === "responsetime") return (trace) => seconds(traces.response[trace] as number);
      if (word === "duration") return (trace) => seconds((traces.end[trace] as number) - (traces.start[trace] as number));
      return (trace) => {
        const root = traces.root[trace] as number;
        return root < 0 ? Number.NaN : statusOf(spans.status[root] as number);
      };
    },
    text(word, test) {
      const passed = passes(test);
      const column = details[DETAIL_OF[word] as DetailName];
      if (OF_ROOT.has(word)) {
        return (trace) => {
          const root = traces.root[trace] as number;
          return root >= 0 && passed(column[spans.detail[root] as number] as number);
        };
      }
      return (trace) => {
        for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
          const detail = spans.detail[span] as number;
          if (detail === 0 || !passed(column[detail] as number)) continue;
          if (((spans.flags[span] as number) & (SPAN.segment | SPAN.replaced)) === SPAN.segment) return true;
        }
        return false;
      };
    },
    annotation(key) {
      const wanted = strings.find(key);
      if (wanted === undefined) return () => {};
      return (trace, visit) => {
        if (traces.notes[trace] === 0) return;
        if ((traces.notes[trace] as number) > INDEXED_KEYS && !indexedKeys(table, trace).has(wanted)) return;
        for (let span = traces.firstSpan[trace] as number; span >= 0; span = spans.next[span] as number) {
          if (((spans.flags[span] as number) & SPAN.replaced) === 0) visitNotes(table, span, wanted, visit);
        }
      };
    },
    shown(word, trace) {
      if (FLAGS[word] !== undefined) return String(((traces.flags[trace] as number) & FLAGS[word]) !== 0);
      if (DETAIL_OF[word] !== undefined)
        return values(word, trace)
          .map((text) => JSON.stringify(strings.texts[text]))
          .join(", ");
      const number = this.number(word)(trace);
      return Number.isNaN(number) ? "" : String(number);
    },
  };
}

const flagOfTrace =
  (flags: Uint16Array, bit: number): Test =>
  (trace) =>
    ((flags[trace] as number) & bit) !== 0;

const statusOf = (status: number): number => (status === 0 ? Number.NaN : status);

/** The first keys of a trace, as many as are indexed, in the order they came. */
export function indexedKeys(table: TraceTable, trace: number): ReadonlySet<number> {
  const keys = new Set<number>();
  for (const span of spansOf(table, trace)) {
    for (let note = table.spans.noteFrom[span] as number; note < (table.spans.noteFrom[span + 1] as number); note++) {
      if (keys.size < INDEXED_KEYS) keys.add(table.notes.key[note] as number);
    }
  }
  return keys;
}

function visitNotes(table: TraceTable, span: number, key: number, visit: (value: string | number | boolean) => void): void {
  const { spans, notes } = table;
  const end = spans.noteFrom[span + 1] as number;
  for (let note = spans.noteFrom[span] as number; note < end; note++) if (notes.key[note] === key) visit(table.noteValue(note));
}

const SPAN_FLAGS: Readonly<Record<string, number>> = {
  error: SPAN.error,
  fault: SPAN.fault,
  throttle: SPAN.throttle,
  partial: SPAN.inProgress,
};

function rowsOfSpans(table: TraceTable, passes: Passes): Rows {
  const { spans, traces, details, strings, nodes } = table;
  const flagOf = (word: string): Test => {
    if (word === "ok") return (span) => isOk(spans.flags[span] as number, spans.status[span] as number);
    if (word === "inferred") return (span) => ((spans.flags[span] as number) & SPAN.segment) === 0;
    if (word === "root") return (span) => traces.root[spans.trace[span] as number] === span;
    const bit = SPAN_FLAGS[word] as number;
    return (span) => ((spans.flags[span] as number) & bit) !== 0;
  };
  const numberOf = (word: string): ((span: number) => number) =>
    word === "http.status"
      ? (span) => statusOf(spans.status[span] as number)
      : (span) => seconds((spans.end[span] as number) - (spans.start[span] as number));
  const textOf = (word: string): ((span: number) => number) => {
    if (word === "name") return (span) => nodes.names[spans.node[span] as number] as number;
    if (word === "type") return (span) => nodes.types[spans.node[span] as number] as number;
    const column = details[DETAIL_OF[word] as DetailName];
    return (span) => column[spans.detail[span] as number] as number;
  };
  return {
    flag: flagOf,
    number: numberOf,
    text(word, test) {
      const [passed, text] = [passes(test), textOf(word)];
      return (span) => passed(text(span));
    },
    annotation(key) {
      const wanted = strings.find(key);
      return wanted === undefined ? () => {} : (span, visit) => visitNotes(table, span, wanted, visit);
    },
    shown(word, span) {
      if (word === "ok" || word === "inferred" || word === "root" || SPAN_FLAGS[word] !== undefined) return String(flagOf(word)(span));
      if (word === "name" || word === "type" || DETAIL_OF[word] !== undefined) return strings.texts[textOf(word)(span)] ?? "";
      const number = numberOf(word)(span);
      return Number.isNaN(number) ? "" : String(number);
    },
  };
}
