/**
 * The values of one period: distinct values with counts, ascending. Exact up to 128 distinct values; beyond, values share
 * buckets: every power of two is cut into 128 equal parts, found from the bits of the number, so a bucket's middle is within
 * 0.4 % of every value in it, no logarithm is needed, and two sketches merge by adding counts.
 *
 *   bits of a double: | sign 1 | exponent 11 | mantissa 52 |      bucket = the top 19 bits (sign, exponent, 7 of mantissa)
 */
export interface Distribution {
  /** Ascending; values when exact, middles of buckets when not. */
  readonly values: Float64Array;
  readonly counts: Float64Array;
  readonly exact: boolean;
}

/** Distinct values a cell keeps before it becomes a sketch. */
export const EXACT_LIMIT = 128;

const bits = new DataView(new ArrayBuffer(8));

/** The value that stands for every value of its bucket: off by at most 0.4 %. Zero stands for itself. */
export function bucketMiddle(value: number): number {
  bits.setFloat64(0, value);
  const high = bits.getUint32(0) & ~0x1fff;
  if ((high & 0x7fffffff) === 0) return 0;
  bits.setUint32(0, high | 0x1000);
  bits.setUint32(4, 0);
  return bits.getFloat64(0);
}

/** Sorted values (`sorted[from..to)`) and counts aligned with them, as distinct values; a sketch when there are too many. */
export function distributionOf(values: Float64Array, counts: Float64Array): Distribution {
  const exact = distinct(values, counts);
  return exact.values.length <= EXACT_LIMIT ? { ...exact, exact: true } : sketchOf(exact);
}

/** Distinct values without a limit: for answers that hold raw points anyway. Input in any order. */
export function exactDistribution(values: Float64Array, counts: Float64Array | undefined): Distribution {
  const [v, c] = sortTogether(values, counts);
  return { ...distinct(v, c), exact: true };
}

/** Adds distributions. Exact while all are and few values differ (or `unlimited`). */
export function mergeDistributions(parts: readonly Distribution[], unlimited = false): Distribution {
  const only = parts[0];
  if (only !== undefined && parts.length === 1) return only;
  let total = 0;
  for (const part of parts) total += part.values.length;
  const values = new Float64Array(total);
  const counts = new Float64Array(total);
  let at = 0;
  for (const part of parts) {
    values.set(part.values, at);
    counts.set(part.counts, at);
    at += part.values.length;
  }
  const [v, c] = sortTogether(values, counts);
  const merged = distinct(v, c);
  if (!parts.every((part) => part.exact)) return sketchOf(merged);
  return unlimited || merged.values.length <= EXACT_LIMIT ? { ...merged, exact: true } : sketchOf(merged);
}

function sketchOf(source: { readonly values: Float64Array; readonly counts: Float64Array }): Distribution {
  // A middle's middle is itself, so sketching a sketch changes nothing.
  return { ...distinct(source.values.map(bucketMiddle), source.counts), exact: false };
}

/** Joins equal neighbours of ascending values. */
function distinct(values: Float64Array, counts: Float64Array): { values: Float64Array; counts: Float64Array } {
  const outValues = new Float64Array(values.length);
  const outCounts = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (n > 0 && outValues[n - 1] === value) outCounts[n - 1] = (outCounts[n - 1] as number) + (counts[i] as number);
    else {
      outValues[n] = value;
      outCounts[n++] = counts[i] as number;
    }
  }
  return { values: outValues.slice(0, n), counts: outCounts.slice(0, n) };
}

/** Ascending by value, counts carried along. Absent counts are ones. */
function sortTogether(values: Float64Array, counts: Float64Array | undefined): [Float64Array, Float64Array] {
  if (counts === undefined || allOnes(counts)) return [values.slice().sort(), new Float64Array(values.length).fill(1)];
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => (values[a] as number) - (values[b] as number) || a - b);
  return [Float64Array.from(order, (i) => values[i] as number), Float64Array.from(order, (i) => counts[i] as number)];
}

function allOnes(counts: Float64Array): boolean {
  for (let i = 0; i < counts.length; i++) if (counts[i] !== 1) return false;
  return true;
}

/** Samples of a distribution. */
export function sampleCount(distribution: Distribution): number {
  let n = 0;
  for (const count of distribution.counts) n += count;
  return n;
}

/** How many samples lie at or below the cut of `percent`: ceil(n·percent/100), forgiving the last bits of the product. */
export function rankOf(samples: number, percent: number): number {
  const exact = (samples * percent) / 100;
  const near = Math.round(exact);
  return Math.abs(exact - near) <= 1e-9 * Math.max(1, exact) ? near : Math.ceil(exact);
}

/** Nearest-rank percentile; NaN when empty. */
export function percentileOf(distribution: Distribution, percent: number): number {
  const rank = Math.max(1, rankOf(sampleCount(distribution), percent));
  let seen = 0;
  for (let i = 0; i < distribution.values.length; i++) {
    seen += distribution.counts[i] as number;
    if (seen >= rank) return distribution.values[i] as number;
  }
  return distribution.values.at(-1) ?? Number.NaN;
}
