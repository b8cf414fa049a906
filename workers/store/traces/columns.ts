/**
 * Columns that grow: typed arrays of one length, enlarged together. Whoever keeps an array over an append may hold an old
 * one; ask anew.
 */

type Column = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float64Array;

export function grown<C extends Column>(column: C, capacity: number): C {
  const longer = new (column.constructor as new (n: number) => C)(capacity);
  longer.set(column as never);
  return longer;
}

/** Columns shorter than this grow fourfold: each growth copies what there is into fresh memory, and what is not used yet costs nothing. */
const LARGE = 1 << 20;

/** Gives every column of `columns` room for at least `rows`. */
export function reserve<C extends object>(columns: C, rows: number): void {
  const held = columns as Record<string, unknown>;
  for (const name of Object.keys(columns)) {
    const column = held[name];
    if (ArrayBuffer.isView(column) && (column as Column).length < rows) {
      const { length } = column as Column;
      held[name] = grown(column as Column, Math.max(rows, length * (length < LARGE ? 4 : 2)));
    }
  }
}

const FIRST = 256;

/** Bits of `SpanColumns.flags`. */
export const SPAN = {
  /** A segment; otherwise a subsegment. */
  segment: 1,
  /** Sent as a document of its own; otherwise inside another. */
  document: 2,
  hasParent: 4,
  inProgress: 8,
  fault: 16,
  error: 32,
  throttle: 64,
  /** A call: a subsegment whose namespace is aws or remote. */
  call: 128,
  /** The called service sends a segment of its own. */
  traced: 256,
  /** Another document of the same id counts instead. */
  replaced: 512,
} as const;

/** One row per segment or subsegment, in the order of ingestion, enclosing ones before what they hold. */
export class SpanColumns {
  count = 0;
  trace = new Uint32Array(FIRST);
  /** Sequence of the document. */
  document = new Uint32Array(FIRST);
  idHigh = new Uint32Array(FIRST);
  idLow = new Uint32Array(FIRST);
  parentHigh = new Uint32Array(FIRST);
  parentLow = new Uint32Array(FIRST);
  /** Microseconds since 1970. */
  start = new Float64Array(FIRST);
  /** NaN where it has none yet. */
  end = new Float64Array(FIRST);
  name = new Uint32Array(FIRST);
  /** Node of a segment; of a call the node that is inferred where nobody answers it; 0 for own code. */
  node = new Uint32Array(FIRST);
  flags = new Uint16Array(FIRST);
  /** HTTP status of the response, 0 = none. */
  status = new Uint16Array(FIRST);
  /** Row of `DetailColumns`, 0 = none. */
  detail = new Uint32Array(FIRST);
  /** Its annotations and exceptions begin here and end where those of the next span begin. */
  noteFrom = new Uint32Array(FIRST);
  exceptionFrom = new Uint32Array(FIRST);
  // From here on: what assembling the trace makes of it.
  /** Next span of the trace, -1 at the end. */
  next = new Int32Array(FIRST);
  /** Span that its parent id names, -1 = none or not there. */
  up = new Int32Array(FIRST);
  /** Segment it lies in (itself for a segment), -1 while its parent is not there. */
  owner = new Int32Array(FIRST);
  /** Segment that answers this call, -1 = none. */
  callee = new Int32Array(FIRST);
}

/** Texts of a span, as numbers of the string table; 0 = unset. */
export const DETAILS = ["url", "method", "agent", "client", "user", "zone", "instance", "arn", "account"] as const;
export type DetailName = (typeof DETAILS)[number];

export class DetailColumns {
  /** Row 0 is "no details". */
  count = 1;
  url = new Uint32Array(FIRST);
  method = new Uint32Array(FIRST);
  agent = new Uint32Array(FIRST);
  client = new Uint32Array(FIRST);
  user = new Uint32Array(FIRST);
  zone = new Uint32Array(FIRST);
  instance = new Uint32Array(FIRST);
  arn = new Uint32Array(FIRST);
  account = new Uint32Array(FIRST);
}

export const NOTE = { text: 0, number: 1, flag: 2 } as const;

/** Annotations. `value`: a number, 0 or 1, or a number of the string table, as `kind` says. */
export class NoteColumns {
  count = 0;
  key = new Uint32Array(FIRST);
  kind = new Uint8Array(FIRST);
  value = new Float64Array(FIRST);
}

export class ExceptionColumns {
  count = 0;
  type = new Uint32Array(FIRST);
  message = new Uint32Array(FIRST);
}

/** Bits of `TraceColumns.flags`. */
export const TRACE = { ok: 1, error: 2, fault: 4, throttle: 8, partial: 16, inferred: 32, dirty: 64 } as const;

/** One row per trace. */
export class TraceColumns {
  count = 0;
  /** The id: seconds since 1970, then 96 bits. */
  word0 = new Uint32Array(FIRST);
  word1 = new Uint32Array(FIRST);
  word2 = new Uint32Array(FIRST);
  word3 = new Uint32Array(FIRST);
  firstSpan = new Int32Array(FIRST);
  lastSpan = new Int32Array(FIRST);
  documents = new Uint32Array(FIRST);
  /** UTF-8 bytes of all its documents. */
  bytes = new Float64Array(FIRST);
  /** When the first document came, epoch milliseconds. */
  arrived = new Float64Array(FIRST);
  // From here on: what assembling makes of it.
  flags = new Uint16Array(FIRST);
  /** The root segment, or the earliest one; -1 while there is none. */
  root = new Int32Array(FIRST);
  /** Microseconds. */
  start = new Float64Array(FIRST);
  end = new Float64Array(FIRST);
  /** Of the root, microseconds; NaN while it is in progress. */
  response = new Float64Array(FIRST);
  /** Annotations of the spans that count. */
  notes = new Uint32Array(FIRST);
}
