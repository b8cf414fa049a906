/**
 * The spans of one account and Region as columns, and the traces they belong to. What is resident here is a function of
 * the documents in the order they came; the documents themselves lie in pieces (see piece.ts).
 *
 *     traces   row 0   firstSpan -> span 0 -> span 1 -> span 4          linked by `spans.next`
 *              row 1   firstSpan -> span 2 -> span 3
 *
 * Spans of a document are added first and linked to their trace together, once the document is known to be right; until
 * then `unlink` takes them away again.
 *
 * Invariant: a trace that is not in `dirty` is assembled. Readers settle first.
 */
import { assemble } from "./assemble.ts";
import { DetailColumns, ExceptionColumns, NOTE, NoteColumns, reserve, SpanColumns, TRACE, TraceColumns } from "./columns.ts";
import { Nodes, Strings } from "./strings.ts";
import { TraceIndex, type TraceWords } from "./trace-ids.ts";

/** A span as it comes. Filled anew for each; `detail` members are numbers of the string table. */
export interface SpanDraft {
  idHigh: number;
  idLow: number;
  parentHigh: number;
  parentLow: number;
  start: number;
  end: number;
  name: number;
  node: number;
  flags: number;
  status: number;
  detail: number;
}

/** Traces of which spans changed that a reader may have read before; noted from its first question on. */
class Revised {
  private traces: Set<number> | undefined;

  add(trace: number): void {
    this.traces?.add(trace);
  }

  /** Those since the last question. */
  take(): Iterable<number> {
    const taken = this.traces ?? [];
    this.traces = new Set();
    return taken;
  }
}

export class TraceTable {
  readonly spans = new SpanColumns();
  readonly traces = new TraceColumns();
  readonly details = new DetailColumns();
  readonly notes = new NoteColumns();
  readonly exceptions = new ExceptionColumns();
  readonly strings = new Strings();
  readonly nodes = new Nodes();
  /** Grows with everything that changes what readers see. */
  version = 0;
  /** Traces that were assembled anew. */
  readonly revised = new Revised();
  private readonly index = new TraceIndex();
  private dirty: number[] = [];
  /** Spans there were when it was settled last. */
  private settled = 0;
  /** Rows that belong to documents which were taken. */
  private readonly linked = { spans: 0, notes: 0, exceptions: 0, details: 1 };

  /** Row of a trace, or -1. */
  find(words: TraceWords): number {
    return this.index.find(this.traces, words);
  }

  /** Row of the trace that a document belongs to, made where it is new. */
  traceFor(words: TraceWords, bytes: number, arrived: number): number {
    let row = this.find(words);
    const { traces } = this;
    if (row < 0) {
      row = traces.count++;
      if (traces.count > traces.word0.length) reserve(traces, traces.count);
      traces.word0[row] = words.word0;
      traces.word1[row] = words.word1;
      traces.word2[row] = words.word2;
      traces.word3[row] = words.word3;
      traces.firstSpan[row] = traces.lastSpan[row] = -1;
      traces.arrived[row] = arrived;
      traces.flags[row] = 0;
      this.index.add(traces, row, traces.count);
    }
    traces.documents[row] = (traces.documents[row] as number) + 1;
    traces.bytes[row] = (traces.bytes[row] as number) + bytes;
    if (((traces.flags[row] as number) & TRACE.dirty) === 0) {
      traces.flags[row] = (traces.flags[row] as number) | TRACE.dirty;
      this.dirty.push(row);
    }
    this.version++;
    return row;
  }

  /** Adds a span that is not linked yet; its annotations and exceptions are those added since the last. Answers its row. */
  addSpan(draft: SpanDraft): number {
    const { spans } = this;
    const row = spans.count++;
    if (spans.count + 1 > spans.trace.length) reserve(spans, spans.count + 1);
    spans.idHigh[row] = draft.idHigh;
    spans.idLow[row] = draft.idLow;
    spans.parentHigh[row] = draft.parentHigh;
    spans.parentLow[row] = draft.parentLow;
    spans.start[row] = draft.start;
    spans.end[row] = draft.end;
    spans.name[row] = draft.name;
    spans.node[row] = draft.node;
    spans.flags[row] = draft.flags;
    spans.status[row] = draft.status;
    spans.detail[row] = draft.detail;
    spans.noteFrom[row + 1] = this.notes.count;
    spans.exceptionFrom[row + 1] = this.exceptions.count;
    return row;
  }

  /** The spans added since the last `link` are those of a document. */
  link(trace: number, document: number): void {
    const { spans, traces, linked } = this;
    let last = traces.lastSpan[trace] as number;
    for (let row = linked.spans; row < spans.count; row++) {
      spans.trace[row] = trace;
      spans.document[row] = document;
      spans.next[row] = spans.up[row] = spans.owner[row] = spans.callee[row] = -1;
      if (last < 0) traces.firstSpan[trace] = row;
      else spans.next[last] = row;
      last = row;
    }
    traces.lastSpan[trace] = last;
    linked.spans = spans.count;
    linked.notes = this.notes.count;
    linked.exceptions = this.exceptions.count;
    linked.details = this.details.count;
  }

  /** Takes away what was added since the last `link`. */
  unlink(): void {
    const { linked } = this;
    this.spans.count = linked.spans;
    this.notes.count = linked.notes;
    this.exceptions.count = linked.exceptions;
    this.details.count = linked.details;
  }

  addNote(key: number, kind: number, value: number): void {
    const { notes } = this;
    const row = notes.count++;
    if (notes.count > notes.key.length) reserve(notes, notes.count);
    notes.key[row] = key;
    notes.kind[row] = kind;
    notes.value[row] = value;
  }

  addException(type: number, message: number): void {
    const { exceptions } = this;
    const row = exceptions.count++;
    if (exceptions.count > exceptions.type.length) reserve(exceptions, exceptions.count);
    exceptions.type[row] = type;
    exceptions.message[row] = message;
  }

  /** A row of details, all unset; fill in its columns. */
  addDetail(): number {
    const { details } = this;
    const row = details.count++;
    if (details.count > details.url.length) reserve(details, details.count);
    return row;
  }

  /** Assembles what documents came for since the last time. */
  settle(): void {
    if (this.dirty.length === 0) return;
    for (const trace of this.dirty) {
      assemble(this, trace);
      if ((this.traces.firstSpan[trace] as number) < this.settled) this.revised.add(trace);
    }
    this.dirty = [];
    this.settled = this.spans.count;
  }

  /** Value of an annotation. */
  noteValue(row: number): string | number | boolean {
    const value = this.notes.value[row] as number;
    const kind = this.notes.kind[row];
    return kind === NOTE.number ? value : kind === NOTE.flag ? value === 1 : (this.strings.texts[value] as string);
  }
}
