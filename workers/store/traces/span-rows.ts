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

export function takeSpans(table: TraceTable, { first, from, to, ingestion, sizes }: Run): SpanRows {
  const { spans, traces, details, notes, exceptions } = table;
  const count = to - from;
  const documents = sizes.length;
  const texts = new TextList(table);
  const cut = <C extends Uint32Array | Uint16Array | Float64Array>(column: C): C => column.slice(from, to) as C;
  const words = [new Uint32Array(documents), new Uint32Array(documents), new Uint32Array(documents), new Uint32Array(documents)] as const;
  const rows = {
    document: new Uint32Array(count),
    name: new Uint32Array(count),
    nodeName: new Uint32Array(count),
    nodeType: new Uint32Array(count),
    flags: new Uint16Array(count),
    detail: new Uint32Array(count),
  };
  const detailRows: number[] = [];
  for (let at = 0; at < count; at++) {
    const span = from + at;
    const document = (spans.document[span] as number) - first;
    const trace = spans.trace[span] as number;
    words[0][document] = traces.word0[trace] as number;
    words[1][document] = traces.word1[trace] as number;
    words[2][document] = traces.word2[trace] as number;
    words[3][document] = traces.word3[trace] as number;
    rows.document[at] = document;
    rows.name[at] = texts.number(spans.name[span] as number);
    const node = spans.node[span] as number;
    rows.nodeName[at] = texts.number(table.nodes.names[node] as number);
    rows.nodeType[at] = texts.number(table.nodes.types[node] as number);
    rows.flags[at] = (spans.flags[span] as number) & ~SPAN.replaced;
    const detail = spans.detail[span] as number;
    if (detail === 0) continue;
    for (const name of DETAILS) detailRows.push(texts.number(details[name][detail] as number));
    rows.detail[at] = detailRows.length / DETAILS.length;
  }
  const [noteStart, exceptionStart] = [spans.noteFrom[from] as number, spans.exceptionFrom[from] as number];
  const [noteEnd, exceptionEnd] = [spans.noteFrom[to] as number, spans.exceptionFrom[to] as number];
  const noteValue = notes.value.slice(noteStart, noteEnd);
  const noteKind = notes.kind.slice(noteStart, noteEnd);
  noteKind.forEach((kind, at) => {
    if (kind === NOTE.text) noteValue[at] = texts.number(noteValue[at] as number);
  });
  const numbered = (column: Uint32Array, start: number, end: number): Uint32Array =>
    column.slice(start, end).map((text) => texts.number(text));
  return {
    word0: words[0],
    word1: words[1],
    word2: words[2],
    word3: words[3],
    ingestion: ingestion.slice(),
    sizes: sizes.slice(),
    ...rows,
    idHigh: cut(spans.idHigh),
    idLow: cut(spans.idLow),
    parentHigh: cut(spans.parentHigh),
    parentLow: cut(spans.parentLow),
    start: cut(spans.start),
    end: cut(spans.end),
    status: cut(spans.status),
    noteFrom: spans.noteFrom.slice(from, to + 1).map((row) => row - noteStart),
    exceptionFrom: spans.exceptionFrom.slice(from, to + 1).map((row) => row - exceptionStart),
    details: Uint32Array.from(detailRows),
    noteKey: numbered(notes.key, noteStart, noteEnd),
    noteKind,
    noteValue,
    exceptionType: numbered(exceptions.type, exceptionStart, exceptionEnd),
    exceptionMessage: numbered(exceptions.message, exceptionStart, exceptionEnd),
    ...texts.columns(),
  };
}

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
