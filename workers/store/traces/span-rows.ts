/**
 * The spans of a run of documents on their own, as columns: what a chunk or a checkpoint holds of them, and what a table
 * is filled from again. Numbers of texts are of the run's own list, so that a run means the same in any table.
 */
import { DETAILS, NOTE, SPAN } from "./columns.ts";
import type { SpanDraft, TraceTable } from "./table.ts";

export interface SpanRows {
  // One entry per document.
  readonly word0: Uint32Array;
  readonly word1: Uint32Array;
  readonly word2: Uint32Array;
  readonly word3: Uint32Array;
  readonly ingestion: Float64Array;
  readonly sizes: Uint32Array;
  // One per span; `document` counts from 0.
  readonly document: Uint32Array;
  readonly idHigh: Uint32Array;
  readonly idLow: Uint32Array;
  readonly parentHigh: Uint32Array;
  readonly parentLow: Uint32Array;
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly name: Uint32Array;
  readonly nodeName: Uint32Array;
  readonly nodeType: Uint32Array;
  readonly flags: Uint16Array;
  readonly status: Uint16Array;
  /** Row of `details` (nine numbers each), counted from 1; 0 = none. */
  readonly detail: Uint32Array;
  /** One more entry than spans. */
  readonly noteFrom: Uint32Array;
  readonly exceptionFrom: Uint32Array;
  readonly details: Uint32Array;
  readonly noteKey: Uint32Array;
  readonly noteKind: Uint8Array;
  readonly noteValue: Float64Array;
  readonly exceptionType: Uint32Array;
  readonly exceptionMessage: Uint32Array;
  /** Texts: UTF-8, text i+1 is textBytes[textFrom[i] .. textFrom[i+1]). */
  readonly textFrom: Uint32Array;
  readonly textBytes: Uint8Array;
}

/** Documents [first, first + count) whose spans are [from, to); sizes and times of the documents are the caller's. */
export interface Run {
  readonly first: number;
  readonly from: number;
  readonly to: number;
  readonly ingestion: Float64Array;
  readonly sizes: Uint32Array;
}

/** The rows may be views of the table's columns: good until something is added to it. */
export function takeSpans(table: TraceTable, { first, from, to, ingestion, sizes }: Run): SpanRows {
  const { spans, traces, details, notes, exceptions, nodes } = table;
  const count = to - from;
  const texts = new TextList(table);
  const document = new Uint32Array(count);
  const nodeName = new Uint32Array(count);
  const nodeType = new Uint32Array(count);
  const flags = new Uint16Array(count);
  const detail = new Uint32Array(count);
  const [word0, word1, word2, word3] = [0, 1, 2, 3].map(() => new Uint32Array(sizes.length)) as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ];
  let detailed = 0;
  for (let at = 0; at < count; at++) {
    const span = from + at;
    const own = (spans.document[span] as number) - first;
    document[at] = own;
    flags[at] = (spans.flags[span] as number) & ~SPAN.replaced;
    const node = spans.node[span] as number;
    nodeName[at] = texts.number(nodes.names[node] as number);
    nodeType[at] = texts.number(nodes.types[node] as number);
    if (spans.detail[span] !== 0) detail[at] = ++detailed;
    if (at > 0 && own === document[at - 1]) continue;
    const trace = spans.trace[span] as number;
    word0[own] = traces.word0[trace] as number;
    word1[own] = traces.word1[trace] as number;
    word2[own] = traces.word2[trace] as number;
    word3[own] = traces.word3[trace] as number;
  }
  const detailRows = new Uint32Array(detailed * DETAILS.length);
  DETAILS.forEach((name, place) => {
    const column = details[name];
    for (let at = 0; at < count; at++) {
      if (detail[at] === 0) continue;
      detailRows[((detail[at] as number) - 1) * DETAILS.length + place] = texts.number(column[spans.detail[from + at] as number] as number);
    }
  });
  const cut = <C extends Uint32Array | Uint16Array | Float64Array>(column: C): C => column.subarray(from, to) as C;
  const numbered = (column: Uint32Array, start: number, end: number): Uint32Array => {
    const numbers = new Uint32Array(end - start);
    for (let at = start; at < end; at++) numbers[at - start] = texts.number(column[at] as number);
    return numbers;
  };
  const since = (column: Uint32Array): Uint32Array => {
    const rows = new Uint32Array(count + 1);
    for (let at = 0; at <= count; at++) rows[at] = (column[from + at] as number) - (column[from] as number);
    return rows;
  };
  const [noteStart, exceptionStart] = [spans.noteFrom[from] as number, spans.exceptionFrom[from] as number];
  const [noteEnd, exceptionEnd] = [spans.noteFrom[to] as number, spans.exceptionFrom[to] as number];
  const noteKind = notes.kind.subarray(noteStart, noteEnd);
  const noteValue = notes.value.slice(noteStart, noteEnd);
  for (let at = 0; at < noteKind.length; at++) {
    if (noteKind[at] === NOTE.text) noteValue[at] = texts.number(noteValue[at] as number);
  }
  return {
    word0,
    word1,
    word2,
    word3,
    ingestion,
    sizes,
    document,
    idHigh: cut(spans.idHigh),
    idLow: cut(spans.idLow),
    parentHigh: cut(spans.parentHigh),
    parentLow: cut(spans.parentLow),
    start: cut(spans.start),
    end: cut(spans.end),
    name: numbered(spans.name, from, to),
    nodeName,
    nodeType,
    flags,
    status: cut(spans.status),
    detail,
    noteFrom: since(spans.noteFrom),
    exceptionFrom: since(spans.exceptionFrom),
    details: detailRows,
    noteKey: numbered(notes.key, noteStart, noteEnd),
    noteKind,
    noteValue,
    exceptionType: numbered(exceptions.type, exceptionStart, exceptionEnd),
    exceptionMessage: numbered(exceptions.message, exceptionStart, exceptionEnd),
    ...texts.columns(),
  };
}

/** Rows of which nothing is shared with the table. */
export const ownRows = (rows: SpanRows): SpanRows =>
  Object.fromEntries(Object.entries(rows).map(([name, column]: [string, Uint8Array]) => [name, column.slice()])) as unknown as SpanRows;

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8");

/** Numbers that texts of a table have in the run, 0 = none yet; used again by the next run. */
let runNumbers = new Uint32Array(0);

/** Numbers the texts of a run in the order in which they are met. */
class TextList {
  private readonly met: number[] = [];
  private readonly numbers: Uint32Array;
  constructor(private readonly table: TraceTable) {
    if (runNumbers.length < table.strings.count) runNumbers = new Uint32Array(table.strings.count * 2);
    this.numbers = runNumbers;
  }

  number(text: number): number {
    const known = this.numbers[text] as number;
    if (known !== 0 || text === 0) return known;
    const number = this.met.push(text);
    this.numbers[text] = number;
    return number;
  }

  /** The texts; no more numbers can be asked for. */
  columns(): Pick<SpanRows, "textFrom" | "textBytes"> {
    const texts = this.met.map((text) => encoder.encode(this.table.strings.texts[text]));
    for (const text of this.met) this.numbers[text] = 0;
    const textFrom = new Uint32Array(texts.length + 1);
    texts.forEach((bytes, at) => {
      textFrom[at + 1] = (textFrom[at] as number) + bytes.length;
    });
    const textBytes = new Uint8Array(textFrom[texts.length] as number);
    texts.forEach((bytes, at) => {
      textBytes.set(bytes, textFrom[at] as number);
    });
    return { textFrom, textBytes };
  }
}

/** Adds a run to a table; its first document gets the sequence `first`. */
export function putSpans(table: TraceTable, rows: SpanRows, first: number): void {
  const texts = new Uint32Array(rows.textFrom.length);
  for (let at = 1; at < rows.textFrom.length; at++) {
    texts[at] = table.strings.of(decoder.decode(rows.textBytes.subarray(rows.textFrom[at - 1], rows.textFrom[at])));
  }
  const text = (number: number): number => texts[number] as number;
  for (let at = 0; at < rows.document.length; at++) {
    for (let note = rows.noteFrom[at] as number; note < (rows.noteFrom[at + 1] as number); note++) {
      const kind = rows.noteKind[note] as number;
      const value = rows.noteValue[note] as number;
      table.addNote(text(rows.noteKey[note] as number), kind, kind === NOTE.text ? text(value) : value);
    }
    for (let row = rows.exceptionFrom[at] as number; row < (rows.exceptionFrom[at + 1] as number); row++) {
      table.addException(text(rows.exceptionType[row] as number), text(rows.exceptionMessage[row] as number));
    }
    table.addSpan(draftAt(table, rows, at, text));
    const document = rows.document[at] as number;
    if (rows.document[at + 1] === document) continue;
    const words = {
      word0: rows.word0[document] as number,
      word1: rows.word1[document] as number,
      word2: rows.word2[document] as number,
      word3: rows.word3[document] as number,
    };
    table.link(table.traceFor(words, rows.sizes[document] as number, rows.ingestion[document] as number), first + document);
  }
}

function draftAt(table: TraceTable, rows: SpanRows, at: number, text: (number: number) => number): SpanDraft {
  const nodeName = rows.nodeName[at] as number;
  let detail = 0;
  if (rows.detail[at] !== 0) {
    detail = table.addDetail();
    const from = ((rows.detail[at] as number) - 1) * DETAILS.length;
    DETAILS.forEach((name, place) => {
      table.details[name][detail] = text(rows.details[from + place] as number);
    });
  }
  return {
    idHigh: rows.idHigh[at] as number,
    idLow: rows.idLow[at] as number,
    parentHigh: rows.parentHigh[at] as number,
    parentLow: rows.parentLow[at] as number,
    start: rows.start[at] as number,
    end: rows.end[at] as number,
    name: text(rows.name[at] as number),
    node: nodeName === 0 ? 0 : table.nodes.of(text(nodeName), text(rows.nodeType[at] as number)),
    flags: rows.flags[at] as number,
    status: rows.status[at] as number,
    detail,
  };
}
