/**
 * Rows of numbers in growing columns; column 0 is the timestamp.
 *
 *     columns[0]  t t t t t | t t . . .      sorted | arrived since, any order | free
 *
 * Invariant: rows [0, sorted) are in time order; `normalise` brings the rest in, rows of equal time in order of arrival.
 */
export class Rows {
  private columns: Float64Array[];
  private used = 0;
  private sorted = 0;

  constructor(private readonly width: number) {
    this.columns = Array.from({ length: width }, () => new Float64Array(0));
  }

  get length(): number {
    return this.used;
  }

  /** Adds rows; every column has the same length. */
  append(rows: readonly Float64Array[]): void {
    const n = (rows[0] as Float64Array).length;
    this.reserve(this.used + n);
    const wasInOrder = this.sorted === this.used;
    for (let c = 0; c < this.width; c++) (this.columns[c] as Float64Array).set(rows[c] as Float64Array, this.used);
    this.used += n;
    if (!wasInOrder) return;
    const times = this.columns[0] as Float64Array;
    while (this.sorted < this.used && (this.sorted === 0 || (times[this.sorted - 1] as number) <= (times[this.sorted] as number)))
      this.sorted++;
  }

  /** Puts late rows where they belong. Costs nothing when all is in order; else the part behind the earliest late row is sorted. */
  normalise(): void {
    if (this.sorted === this.used) return;
    const times = this.columns[0] as Float64Array;
    let earliest = times[this.sorted] as number;
    for (let i = this.sorted + 1; i < this.used; i++) earliest = Math.min(earliest, times[i] as number);
    const from = upperBound(times, earliest, 0, this.sorted);
    const order = Uint32Array.from({ length: this.used - from }, (_, i) => from + i);
    order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
    for (let c = 0; c < this.width; c++) {
      const column = this.columns[c] as Float64Array;
      column.set(
        Float64Array.from(order, (i) => column[i] as number),
        from,
      );
    }
    this.sorted = this.used;
  }

  /** Views of the rows with `from <= time < to`. Valid until the next write. */
  between(from: number, to: number): Float64Array[] {
    if (this.used === 0) return emptyRows(this.width);
    this.normalise();
    const times = this.columns[0] as Float64Array;
    const a = lowerBound(times, from, 0, this.used);
    const b = lowerBound(times, to, a, this.used);
    return this.columns.map((column) => column.subarray(a, b));
  }

  /** Takes the first `n` rows out, as copies. */
  takeFirst(n: number): Float64Array[] {
    this.normalise();
    const taken = this.columns.map((column) => column.slice(0, n));
    const left = this.used - n;
    // Rebuilt at the size that is needed, so that memory goes back.
    this.columns = this.columns.map((column) => column.slice(n, this.used));
    this.used = this.sorted = left;
    return taken;
  }

  takeBefore(time: number): Float64Array[] {
    this.normalise();
    const n = lowerBound(this.columns[0] as Float64Array, time, 0, this.used);
    return n === 0 ? emptyRows(this.width) : this.takeFirst(n);
  }

  /** Copies of the first `width` columns, in time order. */
  snapshot(width = this.width): Float64Array[] {
    this.normalise();
    return this.columns.slice(0, width).map((column) => column.slice(0, this.used));
  }

  private reserve(n: number): void {
    const capacity = (this.columns[0] as Float64Array).length;
    if (n <= capacity) return;
    const size = Math.max(8, n, capacity < 65536 ? capacity * 2 : capacity + (capacity >> 1));
    this.columns = this.columns.map((column) => {
      const grown = new Float64Array(size);
      grown.set(column.subarray(0, this.used));
      return grown;
    });
  }
}

/** First index in [from, to) whose value is >= x. */
export function lowerBound(sorted: Float64Array, x: number, from: number, to: number): number {
  let [a, b] = [from, to];
  while (a < b) {
    const middle = (a + b) >>> 1;
    if ((sorted[middle] as number) < x) a = middle + 1;
    else b = middle;
  }
  return a;
}

/** First index in [from, to) whose value is > x. */
export function upperBound(sorted: Float64Array, x: number, from: number, to: number): number {
  let [a, b] = [from, to];
  while (a < b) {
    const middle = (a + b) >>> 1;
    if ((sorted[middle] as number) <= x) a = middle + 1;
    else b = middle;
  }
  return a;
}

const NO_ROWS = new Float64Array(0);
export const emptyRows = (width: number): Float64Array[] => new Array<Float64Array>(width).fill(NO_ROWS);

/** Joins row sets that are each in time order; equal times keep the order of the sets. One set is handed through. */
export function mergeRows(parts: readonly Float64Array[][], width: number): Float64Array[] {
  const filled = parts.filter((part) => (part[0] as Float64Array).length > 0);
  if (filled.length === 1) return filled[0] as Float64Array[];
  const total = filled.reduce((n, part) => n + (part[0] as Float64Array).length, 0);
  const joined = Array.from({ length: width }, (_, c) => {
    const column = new Float64Array(total);
    let at = 0;
    for (const part of filled) {
      column.set(part[c] as Float64Array, at);
      at += (part[c] as Float64Array).length;
    }
    return column;
  });
  const follows = filled.every((part, i) => i === 0 || (part[0]?.[0] as number) >= (filled[i - 1]?.[0]?.at(-1) as number));
  if (follows) return joined;
  const rows = new Rows(width);
  rows.append(joined);
  return rows.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
}
