/** What people would write in JavaScript, written well: the same layout, the same galloping, no objects, no copies. */
import type { LineBlock, PeriodCells, PeriodGrid, Points } from "../../workers/kernels/contract.ts";

const LINEAR = 24;

/** count, sum, min, max per cell of sorted points. Answers cells filled. */
export function aggregateLoop({ timestamps, values }: Points, grid: PeriodGrid, out: PeriodCells): number {
  const { count, sum, min, max } = out;
  const n = timestamps.length;
  let lo = 0;
  let cell = 0;
  let guess = 0;
  while (lo < n && cell < grid.cells) {
    const border = grid.start + (cell + 1) * grid.period;
    let s = 0;
    let mn = Infinity;
    let mx = -Infinity;
    let hi = lo;
    if (guess < LINEAR) {
      while (hi < n && timestamps[hi]! < border) {
        const v = values[hi]!;
        s += v;
        mn = v < mn ? v : mn;
        mx = v > mx ? v : mx;
        hi++;
      }
    } else {
      hi = gallop(timestamps, lo, n, border, guess);
      let [s1, s2, s3] = [0, 0, 0];
      let i = lo;
      for (; i + 4 <= hi; i += 4) {
        const a = values[i]!;
        const b = values[i + 1]!;
        const c = values[i + 2]!;
        const d = values[i + 3]!;
        s += a;
        s1 += b;
        s2 += c;
        s3 += d;
        if (a < mn) mn = a;
        if (b < mn) mn = b;
        if (c < mn) mn = c;
        if (d < mn) mn = d;
        if (a > mx) mx = a;
        if (b > mx) mx = b;
        if (c > mx) mx = c;
        if (d > mx) mx = d;
      }
      for (; i < hi; i++) {
        const v = values[i]!;
        s += v;
        if (v < mn) mn = v;
        if (v > mx) mx = v;
      }
      s += s1 + (s2 + s3);
    }
    count[cell] = hi - lo;
    sum[cell] = s;
    min[cell] = mn;
    max[cell] = mx;
    guess = hi - lo;
    lo = hi;
    cell++;
  }
  return cell;
}

function gallop(timestamps: Float64Array, lo: number, n: number, border: number, guess: number): number {
  let low = lo;
  let high = Math.min(n, lo + guess);
  if (high < n && timestamps[high]! < border) {
    low = high + 1;
    let step = 1;
    high = low;
    while (high < n && timestamps[high]! < border) {
      low = high + 1;
      high += step;
      step *= 2;
    }
    if (high > n) high = n;
  } else {
    let step = 1;
    while (high > low) {
      const probe = Math.max(low, high - step);
      if (timestamps[probe]! < border) {
        low = probe + 1;
        break;
      }
      high = probe;
      step *= 2;
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timestamps[middle]! < border) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Exact percentiles by quickselect: ranks ascending, each search begins where the one before ended. */
export function percentileLoop({ timestamps, values }: Points, grid: PeriodGrid, ranks: readonly number[], out: Float64Array[]): void {
  const n = timestamps.length;
  let work = new Float64Array(1024);
  let lo = 0;
  let guess = 0;
  for (let cell = 0; cell < grid.cells && lo < n; cell++) {
    const border = grid.start + (cell + 1) * grid.period;
    let hi = lo;
    if (guess < LINEAR) while (hi < n && timestamps[hi]! < border) hi++;
    else hi = gallop(timestamps, lo, n, border, guess);
    const count = hi - lo;
    if (count > work.length) work = new Float64Array(count * 2);
    for (let i = 0; i < count; i++) work[i] = values[lo + i]!;
    let from = 0;
    for (let r = 0; r < ranks.length; r++) {
      const k = Math.max(1, Math.ceil((count * ranks[r]!) / 100)) - 1;
      if (count > 0) {
        quickselect(work, from, count - 1, k);
        out[r]![cell] = work[k]!;
        from = k;
      }
    }
    guess = count;
    lo = hi;
  }
}

/** Moves the k-th smallest of a[left..right] to k (median of three, Hoare's partition, insertion sort for the last few). */
function quickselect(a: Float64Array, left: number, right: number, k: number): void {
  while (right - left > 12) {
    const middle = (left + right) >>> 1;
    let x = a[left]!;
    let y = a[middle]!;
    const z = a[right]!;
    if (x > y) [x, y] = [y, x];
    const pivot = z < x ? x : z > y ? y : z;
    let i = left;
    let j = right;
    while (i <= j) {
      while (a[i]! < pivot) i++;
      while (a[j]! > pivot) j--;
      if (i <= j) {
        const t = a[i]!;
        a[i] = a[j]!;
        a[j] = t;
        i++;
        j--;
      }
    }
    if (k <= j) right = j;
    else if (k >= i) left = i;
    else return;
  }
  for (let i = left + 1; i <= right; i++) {
    const v = a[i]!;
    let j = i - 1;
    while (j >= left && a[j]! > v) {
      a[j + 1] = a[j]!;
      j--;
    }
    a[j + 1] = v;
  }
}

/** Does a text match, as JavaScript asks it. */
export type LineTest = (line: string) => boolean;

/** Decodes every line and asks. */
export function perLineDecode({ bytes, offsets }: LineBlock, test: LineTest): number {
  const decoder = new TextDecoder();
  let matching = 0;
  for (let line = 0; line + 1 < offsets.length; line++) {
    if (test(decoder.decode(bytes.subarray(offsets[line], offsets[line + 1])))) matching++;
  }
  return matching;
}

const CHUNK = 1 << 20;

/** Decodes chunks of 1 MiB of whole lines. */
function eachChunk({ bytes, offsets }: LineBlock, visit: (text: string) => number): number {
  const decoder = new TextDecoder();
  let matching = 0;
  let from = 0;
  for (let line = 1; line < offsets.length; line++) {
    if (offsets[line]! - from < CHUNK && line + 1 < offsets.length) continue;
    matching += visit(decoder.decode(bytes.subarray(from, offsets[line])));
    from = offsets[line]!;
  }
  return matching;
}

/** Decodes a chunk at a time, finds the term by indexOf, goes on behind the line's end. */
export function decodeAndIndexOf(block: LineBlock, term: string): number {
  return eachChunk(block, (text) => {
    let matching = 0;
    for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at)) {
      matching++;
      at = text.indexOf("\n", at);
      if (at < 0) break;
    }
    return matching;
  });
}

/** Decodes a chunk at a time and asks line by line. */
export function decodeAndTest(block: LineBlock, test: LineTest): number {
  return eachChunk(block, (text) => {
    let matching = 0;
    for (let from = 0; from < text.length; ) {
      const newline = text.indexOf("\n", from);
      const end = newline < 0 ? text.length : newline;
      if (test(text.slice(from, end))) matching++;
      from = end + 1;
    }
    return matching;
  });
}
