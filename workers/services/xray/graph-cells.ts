/**
 * The service graph by minutes, kept between looks: a look adds up the minutes of its range, and reads spans only of those
 * that are new, that changed, or that lie only partly in the range.
 *
 *     cells   minute 29453760   first span -> ... -> last span            linked by `next`, in the order they came
 *                               graph: sum over the spans up to `summed`
 *
 * Invariant: a cell's graph is the sum over its spans up to `summed` as they are assembled now. What a span adds depends on
 * others of its trace, so a document that comes for a trace which was summed takes the graphs of that trace's minutes away.
 */
import { SPAN } from "../../store/traces/columns.ts";
import type { TraceTable } from "../../store/traces/table.ts";
import { Graph } from "./graph.ts";
import { visitSpan } from "./graph-walk.ts";

/** Microseconds. */
const CELL = 60_000_000;
/** Graphs that are kept: a day's and a little. */
const MOST_KEPT = 1500;

interface Cell {
  first: number;
  last: number;
  /** Times at which its spans begin. */
  earliest: number;
  latest: number;
  graph: Graph | undefined;
  summed: number;
}

export class GraphCells {
  private readonly cells = new Map<number, Cell>();
  /** Cells that have a graph, the one that was made first in front. */
  private readonly kept = new Set<Cell>();
  private next = new Int32Array(1024);
  /** Spans that stand in cells. */
  private known = 0;

  constructor(private readonly table: TraceTable) {}

  /** The graph of the spans that begin in [from, to), microseconds. The table is settled. */
  sum(from: number, to: number): Graph {
    this.revise();
    this.takeNew();
    const graph = new Graph(this.table);
    for (const cell of this.cellsBetween(from, to)) {
      if (cell.earliest >= from && cell.latest < to) graph.addAll(this.summed(cell));
      else this.visit(cell.first, graph, from, to);
    }
    return graph;
  }

  private *cellsBetween(from: number, to: number): Generator<Cell> {
    const [first, last] = [Math.floor(from / CELL), Math.floor(to / CELL)];
    if (last - first < this.cells.size) {
      for (let minute = first; minute <= last; minute++) {
        const cell = this.cells.get(minute);
        if (cell !== undefined) yield cell;
      }
    } else for (const [minute, cell] of this.cells) if (minute >= first && minute <= last) yield cell;
  }

  private revise(): void {
    const { spans, traces, revised } = this.table;
    for (const trace of revised.take()) {
      for (let span = traces.firstSpan[trace] as number; span >= 0 && span < this.known; span = spans.next[span] as number) {
        const cell = this.cells.get(Math.floor((spans.start[span] as number) / CELL));
        if (cell === undefined) continue;
        cell.graph = undefined;
        this.kept.delete(cell);
      }
    }
  }

  private takeNew(): void {
    const { start, flags, count } = this.table.spans;
    if (this.next.length < count) {
      const longer = new Int32Array(start.length);
      longer.set(this.next);
      this.next = longer;
    }
    let cell: Cell | undefined;
    let minute = Number.NaN;
    for (let span = this.known; span < count; span++) {
      if (((flags[span] as number) & (SPAN.segment | SPAN.call)) === 0) continue;
      const began = start[span] as number;
      const own = Math.floor(began / CELL);
      if (cell === undefined || own !== minute) {
        minute = own;
        cell = this.cells.get(own);
        if (cell === undefined) {
          cell = { first: -1, last: -1, earliest: Infinity, latest: -Infinity, graph: undefined, summed: -1 };
          this.cells.set(own, cell);
        }
      }
      this.next[span] = -1;
      if (cell.last < 0) cell.first = span;
      else this.next[cell.last] = span;
      cell.last = span;
      if (began < cell.earliest) cell.earliest = began;
      if (began > cell.latest) cell.latest = began;
    }
    this.known = count;
  }

  private summed(cell: Cell): Graph {
    if (cell.graph === undefined) {
      cell.graph = new Graph(this.table);
      cell.summed = -1;
      this.kept.add(cell);
      if (this.kept.size > MOST_KEPT) this.forget();
    }
    if (cell.summed !== cell.last) {
      this.visit(cell.summed < 0 ? cell.first : (this.next[cell.summed] as number), cell.graph, -Infinity, Infinity);
      cell.summed = cell.last;
    }
    return cell.graph;
  }

  private forget(): void {
    const [oldest] = this.kept;
    if (oldest === undefined) return;
    oldest.graph = undefined;
    this.kept.delete(oldest);
  }

  private visit(first: number, graph: Graph, from: number, to: number): void {
    const { start } = this.table.spans;
    for (let span = first; span >= 0; span = this.next[span] as number) {
      const began = start[span] as number;
      if (began >= from && began < to) visitSpan(this.table, span, graph);
    }
  }
}

const cellsOf = new WeakMap<TraceTable, GraphCells>();

export function graphCells(table: TraceTable): GraphCells {
  let cells = cellsOf.get(table);
  if (cells === undefined) {
    cells = new GraphCells(table);
    cellsOf.set(table, cells);
  }
  return cells;
}
