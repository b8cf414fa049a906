/**
 * Roll-up blocks on disk. A book is one chunk that holds the blocks of many series: an hour (or a day) of a series is a run
 * of cells,
 *
 *     | 1 cell of an hour | up to 12 of 5 min | up to 60 of 1 min |        rows[0] <= rows[1] <= rows[2] <= rows[3]
 *
 * Each cell's distribution is a run in `values`/`weights` from `starts[i]` to `starts[i + 1]`. Books never change; late data
 * make blocks of their own in later books, and readers add the cells up.
 */
import { Bug } from "../../model/errors.ts";
import { decodeChunk, encodeChunk } from "../chunk.ts";
import type { ChunkSink, MaybePromise } from "../contract.ts";
import { type BlockRef, endOf } from "./blocks.ts";
import { chunkId } from "./chunk-id.ts";
import type { Distribution } from "./distribution.ts";
import { type Cell, TIERS, type Tier } from "./rollup.ts";

/** Cells of one series that go into one block. */
export interface BlockCells {
  readonly start: number;
  readonly span: number;
  readonly cells: Readonly<Record<Tier, readonly Cell[]>>;
}

interface OpenRef {
  start: number;
  span: number;
  chunk: string;
  rows: [number, number, number, number];
}

export interface Book {
  readonly times: Float64Array;
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly starts: Uint32Array;
  readonly kinds: Uint8Array;
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

const [UNKNOWN, EXACT, SKETCH] = [0, 1, 2];
const CELLS_A_BOOK = 32_768;
const VALUES_A_BOOK = 131_072;

/** Collects blocks and writes them out as books. The references are good after `seal`. */
export class BookWriter {
  private cells: Cell[] = [];
  private valueCount = 0;
  private refs: OpenRef[] = [];

  constructor(private readonly chunks: ChunkSink) {}

  add({ start, span, cells }: BlockCells): BlockRef {
    const ref: OpenRef = { start, span, chunk: "", rows: [0, 0, 0, 0] };
    TIERS.forEach((tier, i) => {
      ref.rows[i as 0 | 1 | 2] = this.cells.length;
      for (const cell of cells[tier]) {
        this.cells.push(cell);
        this.valueCount += cell.distribution?.values.length ?? 0;
      }
    });
    ref.rows[3] = this.cells.length;
    this.refs.push(ref);
    if (this.cells.length >= CELLS_A_BOOK || this.valueCount >= VALUES_A_BOOK) this.seal();
    return ref;
  }

  seal(): void {
    if (this.cells.length === 0) return;
    const cells = this.cells;
    const starts = new Uint32Array(cells.length + 1);
    const values = new Float64Array(this.valueCount);
    const weights = new Float64Array(this.valueCount);
    cells.forEach((cell, i) => {
      const start = starts[i] as number;
      if (cell.distribution !== undefined) {
        values.set(cell.distribution.values, start);
        weights.set(cell.distribution.counts, start);
      }
      starts[i + 1] = start + (cell.distribution?.values.length ?? 0);
    });
    const column = (of: (cell: Cell) => number): Float64Array => Float64Array.from(cells, of);
    const times = column((cell) => cell.time);
    const kinds = Uint8Array.from(cells, ({ distribution: d }) => (d === undefined ? UNKNOWN : d.exact ? EXACT : SKETCH) as number);
    let [minTime, maxTime] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const ref of this.refs) {
      minTime = Math.min(minTime, ref.start);
      maxTime = Math.max(maxTime, endOf(ref) - 1);
    }
    const buffer = encodeChunk(
      { kind: "metric-rollup", owner: "", count: cells.length, minTime, maxTime },
      {
        times,
        count: column((cell) => cell.count),
        sum: column((cell) => cell.sum),
        min: column((cell) => cell.min),
        max: column((cell) => cell.max),
        starts,
        kinds,
        values,
        weights,
      },
    );
    const id = chunkId(buffer);
    this.chunks.put(id, buffer);
    for (const ref of this.refs) ref.chunk = id;
    this.cells = [];
    this.valueCount = 0;
    this.refs = [];
  }
}

const BOOKS_KEPT = 48;

/** Decoded books, the least recently used forgotten first. A cache only: never part of a snapshot. */
export class BookShelf {
  private readonly open = new Map<string, Book>();

  constructor(private readonly chunks: ChunkSink) {}

  get(id: string): MaybePromise<Book> {
    const known = this.open.get(id);
    if (known !== undefined) {
      this.open.delete(id);
      this.open.set(id, known);
      return known;
    }
    const buffer = this.chunks.get(id);
    return buffer instanceof ArrayBuffer ? this.keep(id, buffer) : buffer.then((bytes) => this.keep(id, bytes));
  }

  private keep(id: string, buffer: ArrayBuffer): Book {
    const { columns } = decodeChunk(buffer);
    for (const name of ["times", "count", "sum", "min", "max", "starts", "kinds", "values", "weights"]) {
      if (columns[name] === undefined) throw new Bug(`Roll-up chunk ${id} has no column ${name}.`);
    }
    const book = columns as unknown as Book; // the columns named above, written by BookWriter
    this.open.set(id, book);
    if (this.open.size > BOOKS_KEPT) this.open.delete(this.open.keys().next().value as string);
    return book;
  }
}

export function distributionAt(book: Book, row: number): Distribution | undefined {
  const kind = book.kinds[row];
  if (kind === UNKNOWN) return undefined;
  const [from, to] = [book.starts[row] as number, book.starts[row + 1] as number];
  return { values: book.values.subarray(from, to), counts: book.weights.subarray(from, to), exact: kind === EXACT };
}
