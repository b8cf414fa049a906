/**
 * Makes a trace of its spans (facts xray §5): which document counts where an id came twice, whose child each span is, in
 * which segment it lies, who answers each call, where the root is. A pure function of the trace's documents: the order in
 * which they came matters only where the same id was completed twice.
 */
import { SPAN, TRACE } from "./columns.ts";
import type { TraceTable } from "./table.ts";

/** Spans of one trace by id: open addressing over a scratch table that is as large as the largest trace needs. */
class SpanIds {
  private slots = new Int32Array(64);
  private mask = 63;

  clear(spans: number): void {
    let size = 64;
    while (size < spans * 2) size *= 2;
    if (size > this.slots.length) this.slots = new Int32Array(size);
    else this.slots.fill(0, 0, size);
    this.mask = size - 1;
  }

  /** The slot of an id: 0 in it, or span + 1. */
  slot(table: TraceTable, high: number, low: number): number {
    const { idHigh, idLow } = table.spans;
    let hash = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
    hash ^= hash >>> 15;
    for (let at = hash & this.mask; ; at = (at + 1) & this.mask) {
      const span = (this.slots[at] as number) - 1;
      if (span < 0 || (idLow[span] === low && idHigh[span] === high)) return at;
    }
  }

  at = (slot: number): number => (this.slots[slot] as number) - 1;
  set(slot: number, span: number): void {
    this.slots[slot] = span + 1;
  }
}

const ids = new SpanIds();
const members: number[] = [];

/** Does this span count rather than that one of the same id? Complete before in progress, then what came later. */
const prevails = (flags: Uint16Array, later: number, earlier: number): boolean =>
  ((flags[later] as number) & SPAN.inProgress) === 0 || ((flags[earlier] as number) & SPAN.inProgress) !== 0;

export function assemble(table: TraceTable, trace: number): void {
  const { spans, traces } = table;
  const { next, flags, up, owner, callee, start } = spans;
  members.length = 0;
  for (let span = traces.firstSpan[trace] as number; span >= 0; span = next[span] as number) {
    members.push(span);
    flags[span] = (flags[span] as number) & ~SPAN.replaced;
    owner[span] = -1;
    callee[span] = -1;
  }
  ids.clear(members.length);
  replaceDocuments(table);
  ids.clear(members.length);
  for (const span of members) {
    if (((flags[span] as number) & SPAN.replaced) !== 0) continue;
    const slot = ids.slot(table, spans.idHigh[span] as number, spans.idLow[span] as number);
    const held = ids.at(slot);
    if (held >= 0 && !prevails(flags, span, held)) flags[span] = (flags[span] as number) | SPAN.replaced;
    else {
      if (held >= 0) flags[held] = (flags[held] as number) | SPAN.replaced;
      ids.set(slot, span);
    }
  }
  let live = 0;
  for (const span of members) if (((flags[span] as number) & SPAN.replaced) === 0) members[live++] = span;
  members.length = live;
  for (const span of members) {
    const isChild = ((flags[span] as number) & SPAN.hasParent) !== 0;
    up[span] = isChild ? ids.at(ids.slot(table, spans.parentHigh[span] as number, spans.parentLow[span] as number)) : -1;
    if (up[span] === span) up[span] = -1;
    if (((flags[span] as number) & SPAN.segment) !== 0) owner[span] = span;
  }
  for (const span of members) {
    settleOwner(table, span);
    const parent = up[span] as number;
    if (parent < 0 || ((flags[span] as number) & SPAN.segment) === 0 || ((flags[parent] as number) & SPAN.call) === 0) continue;
    const held = callee[parent] as number;
    if (held < 0 || isEarlier(table, span, held)) callee[parent] = span;
  }
  summarise(table, trace, start);
}

/** By start, then by id, so that the order of arrival does not matter. */
function isEarlier({ spans }: TraceTable, a: number, b: number): boolean {
  const { start, idHigh, idLow } = spans;
  if (start[a] !== start[b]) return (start[a] as number) < (start[b] as number);
  return idHigh[a] === idHigh[b] ? (idLow[a] as number) < (idLow[b] as number) : (idHigh[a] as number) < (idHigh[b] as number);
}

/** A document that gives way takes with it what it held. */
function replaceDocuments(table: TraceTable): void {
  const { spans } = table;
  const { flags, document } = spans;
  let gone: Set<number> | undefined;
  for (const span of members) {
    if (((flags[span] as number) & SPAN.document) === 0) continue;
    const slot = ids.slot(table, spans.idHigh[span] as number, spans.idLow[span] as number);
    const held = ids.at(slot);
    if (held < 0) {
      ids.set(slot, span);
      continue;
    }
    gone ??= new Set();
    if (prevails(flags, span, held)) {
      gone.add(document[held] as number);
      ids.set(slot, span);
    } else gone.add(document[span] as number);
  }
  if (gone === undefined) return;
  for (const span of members) if (gone.has(document[span] as number)) flags[span] = (flags[span] as number) | SPAN.replaced;
}

const path: number[] = [];

/** Goes up until a segment, or one whose segment is known; a circle of parents has none. */
function settleOwner({ spans: { owner, up } }: TraceTable, span: number): void {
  path.length = 0;
  let at = span;
  while (at >= 0 && (owner[at] as number) === -1 && path.length <= members.length) {
    path.push(at);
    at = up[at] as number;
  }
  const found = at < 0 ? -1 : (owner[at] as number);
  if (found >= 0) for (const each of path) owner[each] = found;
}

function summarise(table: TraceTable, trace: number, start: Float64Array): void {
  const { spans, traces } = table;
  const { flags, end, callee, status } = spans;
  let first = Infinity;
  let last = -Infinity;
  let root = -1;
  let earliest = -1;
  let mark = 0;
  let notes = 0;
  for (const span of members) {
    const flag = flags[span] as number;
    if ((start[span] as number) < first) first = start[span] as number;
    notes += (spans.noteFrom[span + 1] as number) - (spans.noteFrom[span] as number);
    const ended = Number.isNaN(end[span] as number) ? (start[span] as number) : (end[span] as number);
    if (ended > last) last = ended;
    if ((flag & SPAN.document) !== 0) {
      if ((flag & SPAN.inProgress) !== 0) mark |= TRACE.partial;
      if ((flag & SPAN.throttle) !== 0) mark |= TRACE.throttle;
    }
    if ((flag & SPAN.call) !== 0 && (callee[span] as number) < 0) mark |= TRACE.inferred;
    if ((flag & SPAN.segment) === 0) continue;
    if (earliest < 0 || isEarlier(table, span, earliest)) earliest = span;
    if ((flag & SPAN.hasParent) === 0 && (root < 0 || isEarlier(table, span, root))) root = span;
  }
  if (root < 0) root = earliest;
  if (root >= 0) {
    const flag = flags[root] as number;
    if ((flag & SPAN.fault) !== 0) mark |= TRACE.fault;
    if ((flag & SPAN.error) !== 0) mark |= TRACE.error;
    if (isOk(flag, status[root] as number)) mark |= TRACE.ok;
  }
  traces.flags[trace] = mark;
  traces.root[trace] = root;
  traces.start[trace] = first;
  traces.end[trace] = last;
  traces.notes[trace] = notes;
  traces.response[trace] = root < 0 ? Number.NaN : (end[root] as number) - (start[root] as number);
}

/** A status from 200 to 299; without a status, no error. */
export const isOk = (flags: number, status: number): boolean =>
  status === 0 ? (flags & (SPAN.fault | SPAN.error | SPAN.throttle)) === 0 : status >= 200 && status <= 299;
