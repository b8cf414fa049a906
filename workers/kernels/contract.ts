/**
 * What the kernels compute, whoever computes it: WebAssembly with SIMD, the scalar build, or the TypeScript reference.
 * All three give results equal to the bit (sums are taken in one fixed order), so a test may demand equality.
 * Numbers and bytes in, numbers out; nothing here knows AWS.
 */

/** Points of one series, sorted by time. `counts[i]` is how often `values[i]` occurred; absent = once each. */
export interface Points {
  /** Epoch milliseconds, non-decreasing. */
  readonly timestamps: Float64Array;
  readonly values: Float64Array;
  readonly counts?: Float64Array | undefined;
}

/** `cells` half-open periods: cell i covers [start + i·period, start + (i+1)·period). Milliseconds. */
export interface PeriodGrid {
  readonly start: number;
  readonly period: number;
  readonly cells: number;
}

/** One entry per cell of the grid. An empty cell has count 0, sum 0, min +Infinity, max -Infinity. */
export interface PeriodCells {
  readonly count: Float64Array;
  readonly sum: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
}

/** Lines as bytes: line i is bytes[offsets[i] .. offsets[i+1]) (offsets has one more entry than there are lines). */
export interface LineBlock {
  readonly bytes: Uint8Array;
  readonly offsets: Uint32Array;
}

/** A line matches when it holds every `all`, at least one `any` (if there are any), and no `none`. UTF-8 needles. */
export interface TermProgram {
  readonly all: readonly Uint8Array[];
  readonly any: readonly Uint8Array[];
  readonly none: readonly Uint8Array[];
}

/** The LZ4 block format. All flavours write the same bytes, so what one stored another reads, and a size is a size. */
export interface BlockCodec {
  /**
   * The block that holds the bytes, behind `lead` zeros for the caller to fill; undefined where the block would be longer
   * than `limit`. The array is the whole of its buffer, or the start of `room` where it is given (of `lead` + `limit` bytes or
   * more); in front of the block stands anything then.
   */
  compress(bytes: Uint8Array, limit: number, lead?: number, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> | undefined;
  /**
   * The `length` bytes that a block holds: at the start of `room` where it is given (of at least that length), else the whole
   * of their buffer. Throws `InputError` where the block is torn or holds more or less; in `room` stands anything then.
   */
  decompress(block: Uint8Array, length: number, room?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
}

export interface Kernels extends BlockCodec {
  readonly flavour: "simd" | "scalar" | "reference";
  /** count, sum, min, max per cell in one pass. Points outside the grid are left out. */
  aggregate(points: Points, grid: PeriodGrid): PeriodCells;
  /**
   * Exact percentiles by nearest rank per cell: the ceil(n·rank/100)-th smallest (rank 0 = least). Ranks 0 to 100.
   * Answers one array per rank, one entry per cell, NaN where the cell is empty.
   */
  percentiles(points: Points, grid: PeriodGrid, ranks: readonly number[]): Float64Array[];
  /** Indexes of the lines that match, ascending. */
  matchTerms(program: TermProgram, block: LineBlock): Uint32Array;
}
